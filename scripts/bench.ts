/**
 * `npm run bench`: what a statement costs, counted on the local Workspace by the built bundle: calls, rounds, bytes,
 * and seconds by the latencies of scripts/local/latency.ts; beside it an ordinary script for the same job. Those
 * figures are the same on every machine. Only the comparison of parts reads a clock, and compares within a round.
 *
 * `-- --quick` leaves out the two large months.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareRows } from './bench/compare-rows.ts';
import { compareSigners } from './bench/compare-signers.ts';
import { measureCalendars } from './bench/measure-calendars.ts';
import { measureOrdinary } from './bench/measure-ordinary.ts';
import type { MailReading, Measured } from './bench/measure-purser.ts';
import { measurePurser } from './bench/measure-purser.ts';
import { measureSidebar } from './bench/measure-sidebar.ts';
import {
  bundleLine,
  calendarsTable,
  ordinaryTable,
  purserTable,
  sidebarTable,
  timedTable,
} from './bench/print.ts';
import { REGIONS } from './bench/scene.ts';
import { build } from './build.ts';

const ORDINARY_SIZES = [30, 300];
const SIDEBAR_CHARTERS = 300;
const ROUNDS = 60;

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const sizes = values.quick ? [30, 300] : [30, 300, 3_000, 10_000];
const cache = join(fileURLToPath(new URL('../', import.meta.url)), '.cache');
const bundleFolder = join(cache, 'bench');
const ordinaryFolder = join(cache, 'bench-ordinary');
const { minifiedBytes } = await build({ outDir: bundleFolder, regions: REGIONS });
await build({ outDir: ordinaryFolder, regions: REGIONS, entry: 'scripts/bench/ordinary-script.ts' });

const daily = await measureAll('daily');
console.log(`\n${purserTable('Purser, booking mail read day by day before', daily)}`);
const atOnce = await measureAll('at once');
console.log(`\n${purserTable('Purser, all booking mail read on the statement day', atOnce)}`);
process.stderr.write(`${SIDEBAR_CHARTERS} charters, the sidebar …\n`);
console.log(`\n${sidebarTable(SIDEBAR_CHARTERS, await measureSidebar(bundleFolder, SIDEBAR_CHARTERS))}`);
process.stderr.write(`${SIDEBAR_CHARTERS} charters, calendars …\n`);
console.log(`\n${calendarsTable(await measureCalendars(bundleFolder, SIDEBAR_CHARTERS))}`);
const ordinary = [];
for (const charters of ORDINARY_SIZES) {
  process.stderr.write(`${charters} charters, the ordinary script …\n`);
  ordinary.push(await measureOrdinary(bundleFolder, ordinaryFolder, charters));
}
console.log(`\n${ordinaryTable(ordinary, daily)}`);
console.log(`\n${timedTable('Signing 100 requests', await compareSigners(ROUNDS))}`);
console.log(`\n${timedTable('1,000 items, from text to rows', await compareRows(ROUNDS))}`);
console.log(`\n${bundleLine(minifiedBytes)}`);

async function measureAll(reading: MailReading): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const charters of sizes) {
    process.stderr.write(`${charters} charters, mail read ${reading} …\n`);
    measured.push(await measurePurser(bundleFolder, charters, reading));
  }
  return measured;
}
