/** The bench's figures as tables and sentences for a terminal. */
import Table from 'cli-table3';
import { chartersWithin, EXECUTION_SECONDS, exponent } from './growth.ts';
import type { Timed } from './interleave.ts';
import type { CalendarsMeasured } from './measure-calendars.ts';
import type { OrdinaryMeasured } from './measure-ordinary.ts';
import type { Measured } from './measure-purser.ts';
import type { SidebarMeasured } from './measure-sidebar.ts';
import type { Spent } from './spent.ts';

/** docs/performance.md says where they come from. */
const BUDGETS = new Map([
  [300, { host: 24, rounds: 12, seconds: 10 }],
  [10_000, { host: 36, rounds: 14, seconds: 40 }],
]);
const LARGEST_BYTES = 2_000_000;
const BUNDLE_BYTES = 150_000;
const QUIET_SYNC_ROUNDS = 4;
const SYNCS_A_DAY = 48;
/** developers.google.com/apps-script/guides/services/quotas: “Triggers total runtime”, consumer accounts */
const TRIGGER_MINUTES_A_DAY = 90;

export function purserTable(title: string, rows: readonly Measured[]): string {
  const table = newTable([
    'charters',
    'mails',
    'sheets',
    'host calls',
    'HTTP',
    'rounds',
    'modelled s (×0.5 … ×2)',
    'executions',
    'waited s',
    'tick s before',
    'largest MB',
    'query page MB',
    'budget',
  ]);
  for (const row of rows) {
    table.push([
      row.charters,
      row.mails,
      row.tripSheets,
      row.host,
      row.http,
      row.rounds,
      range(row),
      row.executions,
      row.waitedSeconds.toFixed(0),
      row.tickSeconds?.toFixed(1) ?? '',
      megabytes(row.largestBytes),
      megabytes(row.largestPageBytes),
      budget(row),
    ]);
  }
  return `${title}\n${table.toString()}\n${growth(rows)}`;
}

export function sidebarTable(charters: number, rows: readonly SidebarMeasured[]): string {
  const table = newTable(['what', 'host calls', 'HTTP', 'rounds', 'modelled s (×0.5 … ×2)', 'answer kB']);
  for (const row of rows) {
    table.push([row.name, row.host, row.http, row.rounds, range(row), (row.answerBytes / 1000).toFixed(1)]);
  }
  return `The sidebar, ${charters} charters, each a call of its own\n${table.toString()}`;
}

export function calendarsTable({ accounts, charters, syncs }: CalendarsMeasured): string {
  const table = newTable([
    'sync',
    'host calls',
    'HTTP',
    'rounds',
    'modelled s (×0.5 … ×2)',
    'MB in and out',
    'events written',
    'budget',
  ]);
  for (const row of syncs) {
    const over = row.isQuiet && row.rounds > QUIET_SYNC_ROUNDS;
    table.push([
      row.name,
      row.host,
      row.http,
      row.rounds,
      range(row),
      megabytes(row.bytes),
      row.written,
      row.isQuiet ? (over ? `over: rounds ≤ ${QUIET_SYNC_ROUNDS}` : 'kept') : '',
    ]);
  }
  const quiet = syncs.filter(({ isQuiet }) => isQuiet).map(({ seconds }) => seconds);
  const minutes = [0, 1, 2].map((factor) => (mean(quiet.map((one) => one[factor] ?? 0)) * SYNCS_A_DAY) / 60);
  const [low = 0, middle = 0, high = 0] = minutes.map((one) => one.toFixed(0));
  return `Calendars: ${accounts} accounts and the Charters calendar, ${charters} charters, every half hour\n${table.toString()}\n${SYNCS_A_DAY} quiet syncs a day take ${middle} minutes (${low} … ${high}) of the ${TRIGGER_MINUTES_A_DAY} minutes of triggers that a consumer account has; what the script itself computes is not in the model.`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}

function budget(row: Measured): string {
  const allowed = BUDGETS.get(row.charters);
  // Budgets are of months whose mail was read before.
  if (allowed === undefined || row.tickSeconds === null) return '';
  const over = [
    ...(row.host > allowed.host ? [`host ≤ ${allowed.host}`] : []),
    ...(row.rounds > allowed.rounds ? [`rounds ≤ ${allowed.rounds}`] : []),
    ...(row.seconds[1] > allowed.seconds ? [`s ≤ ${allowed.seconds}`] : []),
    ...(row.largestBytes > LARGEST_BYTES ? [`2 MB (${row.largestOf})`] : []),
  ];
  return over.length === 0 ? 'kept' : `over: ${over.join(', ')}`;
}

function growth(rows: readonly Measured[]): string {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined || first === last) return '';
  const between = (pick: (row: Measured) => number): string =>
    exponent(
      { charters: first.charters, cost: pick(first) },
      { charters: last.charters, cost: pick(last) },
    ).toFixed(2);
  const most = chartersWithin(
    EXECUTION_SECONDS,
    rows.map(({ charters, seconds, waitedSeconds }) => ({ charters, cost: seconds[1] + waitedSeconds })),
  );
  return `Growth exponents from ${first.charters} to ${last.charters}: host calls ${between(({ host }) => host)}, rounds ${between(({ rounds }) => rounds)}, modelled seconds ${between(({ seconds }) => seconds[1])}. One execution of six minutes, the wait included, holds ${count(most)} charters, by the line through the two nearest sizes; what the script itself computes is not in the model.`;
}

/** Ours beside the ordinary script's, of the same sizes. */
export function ordinaryTable(rows: readonly OrdinaryMeasured[], ours: readonly Measured[]): string {
  const table = newTable([
    'charters',
    'host calls',
    'HTTP',
    'modelled s (×0.5 … ×2)',
    'Purser’s share of calls',
    'of seconds',
  ]);
  for (const row of rows) {
    const own = ours.find(({ charters }) => charters === row.charters);
    const share = (pick: (spent: Spent) => number): string =>
      own === undefined ? '' : `${((pick(own) / pick(row)) * 100).toFixed(1)} %`;
    table.push([
      row.charters,
      row.host,
      row.http,
      range(row),
      share(({ host }) => host),
      share(({ seconds }) => seconds[1]),
    ]);
  }
  const most = chartersWithin(
    EXECUTION_SECONDS,
    rows.map(({ charters, seconds }) => ({ charters, cost: seconds[1] })),
  );
  const large = chartersAt(rows, 10_000);
  return `An ordinary script for the same job, one row, one mail, one file at a time\n${table.toString()}\nBy the line through both, one execution of six minutes holds ${count(most)} charters; 10,000 would take ${(large / 3600).toFixed(1)} hours.`;
}

/** Modelled seconds on the line through both sizes. */
function chartersAt(rows: readonly OrdinaryMeasured[], charters: number): number {
  const [small, large] = rows;
  if (small === undefined || large === undefined) return Number.NaN;
  const perCharter = (large.seconds[1] - small.seconds[1]) / (large.charters - small.charters);
  return large.seconds[1] + perCharter * (charters - large.charters);
}

export function timedTable(title: string, rows: readonly Timed[]): string {
  const table = newTable(['', 'median ms', 'times Purser’s']);
  for (const { name, medianMs, ratioToFirst } of rows) {
    table.push([name, medianMs.toFixed(2), ratioToFirst.toFixed(2)]);
  }
  return `${title}\n${table.toString()}`;
}

export function bundleLine(minifiedBytes: number): string {
  return `Bundle: ${(minifiedBytes / 1000).toFixed(1)} kB minified (the design’s budget is ${BUNDLE_BYTES / 1000} kB; see docs/decisions).`;
}

function newTable(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] } });
}

function range({ seconds: [low, middle, high] }: Spent): string {
  return `${middle.toFixed(1)} (${low.toFixed(1)} … ${high.toFixed(1)})`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}

function count(charters: number): string {
  return Number.isFinite(charters) ? charters.toLocaleString('en-US') : 'any number of';
}
