/** What the simulator shows: a table of what was tried and what became of it, and the trace of a scenario. */
import Table from 'cli-table3';
import type { HostCall } from '../local/apps-script/host-calls.ts';
import type { Outcome } from './check.ts';
import type { Told } from './play.ts';
import type { PlayedWord } from './player.ts';
import { actWord, scenarioOf } from './scenario.ts';

const OUTCOMES: readonly Outcome[] = ['sent', 'unknown', 'held', 'stopped'];

/** One row for each kind of fault: at how many points it was tried, and how it ended. */
export function tableOf(played: readonly PlayedWord[]): string {
  const rows = new Map<string, { points: Set<string>; runs: PlayedWord[] }>();
  for (const one of played) {
    const { scene, first, moves, outage } = scenarioOf(one.word);
    const acts = moves.map(({ act }) => actWord(act).replace(/@\d+$/, ' (one)'));
    const names = [...acts, ...(outage === null ? [] : [`outage of ${outage.of}`])];
    for (const name of new Set(names)) {
      const row = rows.get(name) ?? { points: new Set(), runs: [] };
      rows.set(name, row);
      row.runs.push(one);
      for (const { execution, call } of moves) row.points.add(`${scene} ${first} ${execution}.${call}`);
    }
  }
  const table = new Table({
    head: ['What happened', 'Points', 'Runs', ...OUTCOMES, 'Violations'],
    colAligns: ['left', ...Array<'right'>(3 + OUTCOMES.length).fill('right')],
    style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], compact: true },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  const cells = (name: string, points: number, runs: readonly PlayedWord[]): (string | number)[] => [
    name,
    points,
    runs.length,
    ...OUTCOMES.map((outcome) => runs.filter((run) => run.outcome === outcome).length),
    runs.filter(({ violations }) => violations.length > 0).length,
  ];
  for (const [name, { points, runs }] of [...rows].sort(([one], [other]) => (one < other ? -1 : 1))) {
    table.push(cells(name, points.size, runs));
  }
  const all = new Set([...rows.values()].flatMap(({ points }) => [...points]));
  table.push(cells('all', all.size, played));
  return table.toString();
}

/** Numbered calls of each execution, what was put in, and how it ended. */
export function traceText(told: readonly Told[]): string {
  const lines = told.map((line) => {
    if ('begins' in line) return `${new Date(line.atMs).toISOString()}  ${line.begins}`;
    if ('ends' in line) return line.error === null ? '  ended' : `  ended: ${line.error}`;
    const { call, act } = line;
    const place = `${call.execution}.${call.call}`.padEnd(7);
    return `  ${place} ${callText(call)}${act === null ? '' : `   <<< ${act}`}`;
  });
  return lines.join('\n');
}

const MOST_REQUESTS = 6;

function callText({ kind, what, requests }: HostCall): string {
  if (requests.length === 0) return `${kind} ${what}`;
  const shown = requests.slice(0, MOST_REQUESTS).map(({ method, url }) => {
    const { hostname, pathname } = new URL(url);
    return `${method} ${hostname.replace('.googleapis.com', '')}${pathname.replace(/\/1PurserLocal[^/:]*/, '/…')}`;
  });
  const more = requests.length - shown.length;
  return `round of ${requests.length}: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
