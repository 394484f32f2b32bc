/** A scene that is open, and what a clean run of it leaves behind: plays scenarios and checks them, one after the other. */
import type { HostCall } from '../local/apps-script/host-calls.ts';
import type { Checked, Expected, Outcome } from './check.ts';
import { check } from './check.ts';
import type { Observed } from './observe.ts';
import { observe } from './observe.ts';
import type { Played, Told } from './play.ts';
import { play } from './play.ts';
import type { Move, Scenario, Starter } from './scenario.ts';
import { type Beginning, openScene, type Scene, type SceneOptions } from './scene.ts';
import type { OutlinedTab } from './workbook-hand.ts';

export interface Result extends Checked {
  readonly scenario: Scenario;
  /** Whether all moves met a call. */
  readonly met: number;
  /** What became of it at once, without a person. */
  readonly outcome: Outcome;
  readonly told: readonly Told[];
  /** Executions that asked for charters. */
  readonly collecting: number;
  /** What was there before a person had the last word. */
  readonly rest: Observed;
}

export interface Simulator {
  /** Calls of a clean run that begins so. */
  cleanCalls(first: Starter): Promise<readonly HostCall[]>;
  run(scenario: Scenario, beginning?: Beginning): Promise<Result>;
  close(): Promise<void>;
}

export async function openSimulator(options: SceneOptions): Promise<Simulator> {
  const scene = await openScene(options);
  try {
    const expected = { first: await cleanEnd(scene, []), later: await cleanEnd(scene, [A_DAY_LATER]) };
    return simulatorOn(scene, expected);
  } catch (error) {
    await scene.close();
    throw error;
  }
}

const A_DAY_LATER: Move = { execution: 0, call: 0, act: { fault: 'day-ahead' } };

function clean(scene: Scene, first: Starter): Promise<Played> {
  return play(scene, { scene: scene.name, first, moves: [], outage: null });
}

async function cleanEnd(scene: Scene, moves: Scenario['moves']): Promise<Expected['first']> {
  const { script } = await play(scene, { scene: scene.name, first: 'monthly', moves, outage: null });
  const observed = await observe(scene, script);
  if (observed.record?.state !== 'sent')
    throw new Error(`Without a fault May ends ${observed.record?.state}.`);
  return observed;
}

function asksForCharters({ requests }: HostCall): boolean {
  return requests.some(({ url }) => url.startsWith('https://dynamodb.'));
}

/** A tab that a reader must not see: one that is not finished, or one that nobody has asked for. */
function seenWrong(tabs: readonly OutlinedTab[], { first }: Expected): string | null {
  const known = new Set(first.tabs.map(({ title }) => title));
  const wrong = tabs.find(
    ({ hidden, title, marks }) => !hidden && (marks['purser.staging'] !== undefined || !known.has(title)),
  );
  return wrong === undefined ? null : `a reader sees ${wrong.title}`;
}

function simulatorOn(scene: Scene, expected: Expected): Simulator {
  return {
    async cleanCalls(first) {
      return (await clean(scene, first)).calls[0] ?? [];
    },
    async run(scenario, beginning = {}) {
      const played = await play(scene, scenario, {
        watch: (tabs) => seenWrong(tabs, expected),
        ...beginning,
      });
      const rest = await observe(scene, played.script);
      const { outcome, violations } = await check(rest, expected, played);
      const found = [...violations];
      const collecting = played.calls.filter((calls) => calls.some(asksForCharters)).length;
      if (outcome !== 'sent') {
        // The way on that was named leads on.
        played.personSends(rest.statements.length > 0);
        const end = await observe(scene, played.script);
        const after = await check(end, expected, played);
        if (after.outcome !== 'sent' && !played.isEdited)
          found.push(`after a person sent it: ${after.outcome}`);
        if (after.outcome === 'sent' && end.statements.length !== 1)
          found.push('after a person sent it: no mail');
        found.push(...after.violations.map((words) => `after a person sent it: ${words}`));
      }
      return { scenario, met: played.met, outcome, violations: found, told: played.told, collecting, rest };
    },
    close: () => scene.close(),
  };
}
