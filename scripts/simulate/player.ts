/** A process that plays scenarios: it opens each scene once, and answers one question after the other. */
import type { HostCall } from '../local/apps-script/host-calls.ts';
import type { Outcome } from './check.ts';
import { traceText } from './print.ts';
import { type Starter, scenarioOf } from './scenario.ts';
import type { SceneName } from './scene.ts';
import type { Simulator } from './simulator.ts';
import { openSimulator } from './simulator.ts';

export type Question =
  | { readonly ask: 'calls'; readonly scene: SceneName; readonly first: Starter }
  | { readonly ask: 'play'; readonly word: string; readonly withTrace: boolean };

export interface PlayedWord {
  readonly word: string;
  readonly outcome: Outcome;
  readonly met: number;
  readonly violations: readonly string[];
  /** Of a scenario with violations, or of each when asked for. */
  readonly trace: string | null;
}

/** Calls without the bodies of their requests. */
export type PlannedCall = HostCall;

export type Reply =
  | { readonly calls: readonly PlannedCall[] }
  | { readonly played: PlayedWord }
  | { readonly broken: string };

/** @param bundleFolder of the built bundle */
export function answering(bundleFolder: string): {
  answer(question: Question): Promise<Reply>;
  close(): Promise<void>;
} {
  const open = new Map<SceneName, Promise<Simulator>>();
  const simulator = (name: SceneName): Promise<Simulator> => {
    const known = open.get(name) ?? openSimulator({ bundleFolder, name });
    open.set(name, known);
    return known;
  };
  return {
    async answer(question) {
      if (question.ask === 'calls') {
        const calls = await (await simulator(question.scene)).cleanCalls(question.first);
        const bare = calls.map((call) => ({
          ...call,
          requests: call.requests.map(({ method, url }) => ({ method, url, headers: {}, body: null })),
        }));
        return { calls: bare };
      }
      const scenario = scenarioOf(question.word);
      const result = await (await simulator(scenario.scene)).run(scenario);
      const { outcome, met, violations } = result;
      const trace = question.withTrace || violations.length > 0 ? traceText(result.told) : null;
      return { played: { word: question.word, outcome, met, violations, trace } };
    },
    async close() {
      for (const one of open.values()) await (await one).close();
    },
  };
}

const [, , bundleFolder] = process.argv;
if (process.send !== undefined && bundleFolder !== undefined) {
  const { answer, close } = answering(bundleFolder);
  process.on('message', (question: Question | 'close') => {
    if (question === 'close') {
      void close().then(() => process.disconnect());
      return;
    }
    answer(question)
      .catch(
        (error: unknown): Reply => ({
          broken: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .then((reply) => process.send?.(reply));
  });
}
