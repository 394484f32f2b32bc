/**
 * `npm run bench`: what a statement costs, counted on the local Workspace by the built bundle: calls, rounds, bytes,
 * and seconds by the latencies of scripts/local/latency.ts. Counts are the same on every machine; no wall clock.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { build } from './build.ts';
import { readItemLines } from './local/aws/export-lines.ts';
import { crewDispatch, crewRoster } from './local/aws/tables.ts';
import type { TracedExchange } from './local/contract.ts';
import { generateMonth } from './local/generate.ts';
import { chooseSend, chooseSetUp, typeIntoSettings } from './local/person.ts';
import { startWorkspace } from './local/workspace.ts';
import { zonedMs } from './local/zoned-time.ts';
import { statementMail } from './sample/mails.ts';
import { COMPANY, OFFICE } from './sample/operator.ts';
import { jsonLines } from './sample/statements.ts';

const MONTH = '2026-05';
const REGIONS = ['us-east-1', 'us-west-2'];
const SIZES = [30, 300, 3_000, 10_000];
/** docs/performance.md says where they come from. */
const BUDGETS = new Map([
  [300, { host: 24, rounds: 12, seconds: 10 }],
  [10_000, { host: 36, rounds: 14, seconds: 40 }],
]);
const BUNDLE_BYTES = 150_000;

interface Measured {
  readonly charters: number;
  readonly host: number;
  readonly http: number;
  readonly rounds: number;
  /** With the assumed latencies halved, as they are, and doubled. */
  readonly seconds: readonly [number, number, number];
  /** Of one request or reply, pages of a query apart. */
  readonly largestBytes: number;
  readonly largestPageBytes: number;
}

const bundleFolder = join(fileURLToPath(new URL('../', import.meta.url)), '.cache', 'bench');
const { minifiedBytes } = await build({ outDir: bundleFolder, regions: REGIONS });
const measured: Measured[] = [];
for (const charters of SIZES) {
  process.stderr.write(`${charters} charters …\n`);
  measured.push(await measure(charters));
}
print(measured);

async function measure(charters: number): Promise<Measured> {
  const generated = generateMonth({ month: MONTH, charters, seed: 20_260_501 });
  const workspace = await startWorkspace({
    bundleFolder,
    startMs: zonedMs('2026-06-01', 6, 'America/New_York'),
    user: { email: OFFICE.address, name: OFFICE.name },
    workbookTitle: COMPANY,
    timeZone: 'America/New_York',
    regions: REGIONS,
    seed: 1,
    state: null,
    workbook: null,
  });
  try {
    const items = readItemLines(jsonLines(generated.charters), 'charterId').items;
    const crew = readItemLines(jsonLines(generated.roster), 'crewId').items;
    for (const region of REGIONS) {
      await workspace.seedTable(region, crewDispatch(), items);
      await workspace.seedTable(region, crewRoster(), crew);
    }
    await workspace.deliver(await statementMail('2026-04', null), ['SENT']);
    chooseSetUp(workspace);
    await typeIntoSettings(workspace, new Map([['Company', COMPANY]]));
    const { appsScript, network } = workspace;
    const before = { ...appsScript.counts };
    const secondsBefore = secondsOf(appsScript.modelledSeconds);
    const traced = network.trace.length;
    const report = chooseSend(workspace, MONTH, true);
    if (report.status !== 'sent')
      throw new Error(`${charters} charters: ${report.status}, ${report.error?.message ?? ''}`);
    const seconds = secondsOf(appsScript.modelledSeconds).map(
      (now, index) => now - (secondsBefore[index] ?? 0),
    );
    const exchanges = network.trace.slice(traced);
    return {
      charters,
      host: appsScript.counts.host - before.host,
      http: appsScript.counts.http - before.http,
      rounds: appsScript.counts.rounds - before.rounds,
      seconds: [seconds[0] ?? 0, seconds[1] ?? 0, seconds[2] ?? 0],
      largestBytes: largest(exchanges.filter((exchange) => !isPage(exchange))),
      largestPageBytes: largest(exchanges.filter(isPage)),
    };
  } finally {
    await workspace.close();
  }
}

function secondsOf(modelled: (options: { assumedFactor: number }) => number): number[] {
  return [0.5, 1, 2].map((assumedFactor) => modelled({ assumedFactor }));
}

function isPage({ request }: TracedExchange): boolean {
  return request.url.includes('dynamodb.');
}

function largest(exchanges: readonly TracedExchange[]): number {
  return Math.max(
    0,
    ...exchanges.flatMap(({ request, reply }) => [
      request.body.length,
      'failed' in reply ? 0 : reply.body.length,
    ]),
  );
}

function print(rows: readonly Measured[]): void {
  const table = new Table({
    head: [
      'charters',
      'host calls',
      'HTTP',
      'rounds',
      'modelled s (×0.5 … ×2)',
      'largest MB',
      'query page MB',
      'budget',
    ],
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
  for (const row of rows) {
    const budget = BUDGETS.get(row.charters);
    const [low, middle, high] = row.seconds;
    table.push([
      row.charters,
      row.host,
      row.http,
      row.rounds,
      `${middle.toFixed(1)} (${low.toFixed(1)} … ${high.toFixed(1)})`,
      megabytes(row.largestBytes),
      megabytes(row.largestPageBytes),
      budget === undefined
        ? ''
        : `host ≤ ${budget.host}, rounds ≤ ${budget.rounds}, s ≤ ${budget.seconds}, 2 MB`,
    ]);
  }
  console.log(table.toString());
  const [first] = rows;
  const last = rows.at(-1);
  if (first !== undefined && last !== undefined) {
    const exponent = (pick: (row: Measured) => number): string =>
      (Math.log(pick(last) / pick(first)) / Math.log(last.charters / first.charters)).toFixed(2);
    console.log(
      `Growth exponents from ${first.charters} to ${last.charters} charters: host calls ${exponent(({ host }) => host)}, modelled seconds ${exponent(({ seconds }) => seconds[1])}.`,
    );
  }
  console.log(
    `Bundle: ${(minifiedBytes / 1000).toFixed(1)} kB minified (the design's budget is ${BUNDLE_BYTES / 1000} kB; see docs/decisions).`,
  );
}
