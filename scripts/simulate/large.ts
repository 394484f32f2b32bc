/**
 * A month of very many charters, of services that answer so late that it takes several executions, beside the same month
 * in one: both must leave the very same behind.
 */
import type { HostCall } from '../local/apps-script/host-calls.ts';
import { differing } from './check.ts';
import type { Observed } from './observe.ts';
import { traceText } from './print.ts';
import type { Scenario } from './scenario.ts';
import type { Beginning } from './scene.ts';
import type { Result } from './simulator.ts';
import { openSimulator } from './simulator.ts';

export interface LargeMonth {
  readonly bundleFolder: string;
  readonly charters: number;
}

export interface LargePlayed {
  /** One line each. */
  readonly seen: readonly string[];
  readonly violations: readonly string[];
  readonly trace: string;
}

/** Twice what the model has for Google and AWS, which is 55 seconds for 10,000 charters; and each round so much later. */
const MODEL_FACTOR = 2;
const LATE_MS = 29_000;
/** What is less shows nothing: a month that is made in one execution and sent in the next goes on from itself only once. */
const LEAST_EXECUTIONS = 3;

const BY_THE_CLOCK: Scenario = { scene: 'built-in', first: 'monthly', moves: [], outage: null };

export async function playLarge({ bundleFolder, charters }: LargeMonth): Promise<LargePlayed> {
  const simulator = await openSimulator({ bundleFolder, name: 'built-in', charters });
  const timed = async (rounds: number): Promise<Result & { readonly seconds: number }> => {
    const beginning: Beginning = { modelFactor: MODEL_FACTOR, late: { ms: LATE_MS, rounds } };
    const startedMs = performance.now();
    const result = await simulator.run(BY_THE_CLOCK, beginning);
    return { ...result, seconds: (performance.now() - startedMs) / 1000 };
  };
  try {
    // As late while all is read, so that “data as of” is the same.
    const one = await timed(readingRounds(await simulator.cleanCalls('monthly')));
    const several = await timed(Number.POSITIVE_INFINITY);
    const violations = [
      ...one.violations.map((words) => `in one execution: ${words}`),
      ...several.violations,
      ...(one.collecting === 1 ? [] : [`in one execution: it took ${one.collecting}`]),
      ...(several.collecting >= LEAST_EXECUTIONS ? [] : [`it took ${several.collecting} executions`]),
      ...unlike(one.rest, several.rest),
    ];
    return { seen: [line(one), line(several)], violations, trace: traceText(several.told) };
  } finally {
    await simulator.close();
  }
}

/** Those before the month’s tab is made. */
function readingRounds(calls: readonly HostCall[]): number {
  const rounds = calls.filter(({ kind }) => kind === 'round');
  return rounds.findIndex(({ requests }) =>
    requests.some(({ body }) => body !== null && Buffer.from(body).includes('purser.staging')),
  );
}

function line({ outcome, collecting, rest, seconds }: Result & { readonly seconds: number }): string {
  const { statements, monthTabs, files, record } = rest;
  const cells = monthTabs.flatMap((tab) => Object.keys(tab.cells)).length;
  return [
    `${outcome} by ${collecting} ${collecting === 1 ? 'execution' : 'executions'} in ${seconds.toFixed(0)} s`,
    `${statements.length} mail, ${monthTabs.length} tab of ${cells} cells, ${files.length} files`,
    `XLSX ${record?.statement?.sha256.slice(0, 12) ?? 'none'}, fingerprint ${record?.statement?.fingerprint.slice(0, 12) ?? 'none'}`,
  ].join('; ');
}

/** What is not the same; the register and the mail’s head say when, and when differs. */
function unlike(one: Observed, several: Observed): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, of: (observed: Observed) => unknown): void => {
    const [is, wanted] = [of(several), of(one)].map((value) => JSON.stringify(value));
    if (is !== wanted) found.push(`${what}: ${is?.slice(0, 200)}, in one execution ${wanted?.slice(0, 200)}`);
  };
  compare('tabs', ({ tabs }) => tabs.map(({ title, hidden }) => [title, hidden]));
  for (const kind of ['monthTabs', 'auditTabs'] as const) {
    const [cells = {}, others = {}] = [several[kind][0]?.cells, one[kind][0]?.cells];
    const wrong = differing(cells, others, others);
    if (wrong !== null) found.push(`${kind}: ${wrong}`);
  }
  compare('figures', ({ record }) => [record?.statement?.totals, record?.statement?.fingerprint]);
  compare('file', ({ record }) => record?.statement?.sha256);
  compare('mails', ({ statements }) => statements.map(({ headers }) => [headers.to, headers.subject]));
  compare('register', ({ registered }) => registered);
  return found;
}
