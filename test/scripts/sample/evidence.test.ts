import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_CODES } from '../../../src/statement/findings.ts';
import type { ReadPapers } from '../read-evidence.ts';
import { readPapers } from '../read-evidence.ts';

const FOLDER = join(import.meta.dirname, '../../../sample');
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');

function filesOf(folder: string, ending: RegExp): { name: string; bytes: Uint8Array }[] {
  return readdirSync(join(FOLDER, folder))
    .filter((name) => ending.test(name))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(FOLDER, folder, name))) }));
}

let papers: ReadPapers;
beforeAll(async () => {
  papers = await readPapers({
    charterLines: readFileSync(join(FOLDER, 'charters.jsonl'), 'utf8'),
    mails: filesOf('mail', /\.eml$/).map(({ bytes }) => bytes),
    tripSheets: filesOf('trip-sheets', /\.(?:csv|xlsx)$/),
  });
});

test('everything in the mails and on the trip sheets can be understood', () => {
  expect([...papers.words, ...papers.sheets].flatMap(({ problems }) => problems)).toEqual([]);
});

test.each(['2026-01', '2026-02', '2026-03', '2026-05'])(
  'mail and trip sheets of %s agree with the ledger',
  (month) => {
    expect(papers.audit(month)).toEqual([]);
  },
);

const APRIL = [
  ['guests-differ', 'BH-2026-04-002', -12_500],
  ['amount-differs', 'BH-2026-04-007', 2_500],
  ['trip-sheet-missing', 'BH-2026-04-009', null],
  ['comp-unexplained', 'BH-2026-04-013', -12_500],
  ['cancelled-but-paid', 'BH-2026-04-014', 62_500],
  ['guests-differ', 'BH-2026-04-015', 9_500],
  ['booking-moved', 'BH-2026-04-008', null],
  ['booking-without-charter', null, -50_000],
] as const;

test('April shows exactly the differences that were planted, each with its cents', () => {
  expect(papers.audit('2026-04').map(({ code, charterId, cents }) => [code, charterId, cents])).toEqual(
    APRIL,
  );
});

test('README.md lists them', () => {
  const rows = readme.matchAll(/^\| `([a-z-]+)` \| \w+ \| ([\w-]*) ?\| (-?\d*) ?\|/gm);
  const listed = [...rows].map(([, code, charterId, cents]) => [
    code,
    charterId || null,
    cents ? Number(cents) : null,
  ]);
  expect(listed).toEqual(expect.arrayContaining([...APRIL]));
  expect(listed.filter(([code]) => !FINDING_CODES.some((known) => known === code))).toEqual([]);
});
