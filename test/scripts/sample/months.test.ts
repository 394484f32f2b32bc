import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CharterItem, CrewItem } from '../../../scripts/local/generate.ts';
import { makeSample } from '../../../scripts/sample/files.ts';
import { calculateMonth } from '../../../scripts/sample/statements.ts';
import { formatMoney } from '../../../src/statement/money.ts';

const FOLDER = join(import.meta.dirname, '../../../sample');
const charterLines = readFileSync(join(FOLDER, 'charters.jsonl'), 'utf8');
const rosterLines = readFileSync(join(FOLDER, 'roster.jsonl'), 'utf8');
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const charters = charterLines
  .trim()
  .split('\n')
  .map((line): CharterItem => JSON.parse(line));
const roster = rosterLines
  .trim()
  .split('\n')
  .map((line): CrewItem => JSON.parse(line));
const may = charters.filter(({ month }) => month === '2026-05');
const monthOf = (month: string) => calculateMonth(month, charterLines, rosterLines);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

test('the files in sample/ are, byte for byte, what make-sample makes; run it after a change', async () => {
  const made = await makeSample();
  expect(filesBelow(FOLDER)).toEqual([...made.keys(), '.gitattributes', 'README.md'].sort());
  const stale = [...made].filter(([name, bytes]) => !readFileSync(join(FOLDER, name)).equals(bytes));
  expect(stale.map(([name]) => name)).toEqual([]);
});

test('making the sample again later gives the same bytes', async () => {
  const laterMs = Date.UTC(2031, 10, 5, 4, 3, 2);
  const Today = Date;
  globalThis.Date = class extends Today {
    constructor(...given: readonly unknown[]) {
      super(...((given.length > 0 ? given : [laterMs]) as [number]));
    }
    static override now(): number {
      return laterMs;
    }
  } as DateConstructor;
  try {
    const made = await makeSample();
    expect(made.size).toBeGreaterThan(15);
    const changed = [...made].filter(([name, bytes]) => !readFileSync(join(FOLDER, name)).equals(bytes));
    expect(changed.map(([name]) => name)).toEqual([]);
  } finally {
    globalThis.Date = Today;
  }
});

test.each(['2025-05', '2026-01', '2026-02', '2026-03', '2026-05'])(
  '%s is clean: nothing at all is found',
  (month) => {
    const { findings, statement } = monthOf(month);
    expect(findings).toEqual([]);
    expect(statement.totals.reportableCents).toBeGreaterThan(0);
    expect(statement.totals.differenceCents).toBe(0);
  },
);

const PLANTED = [
  ['revenue-differs', 'block', 'BH-2026-04-006', 12_500],
  ['price-missing', 'block', 'BH-2026-04-011', 145_000],
  ['duplicate-charter', 'block', 'BH-2026-04-020', 75_000],
  ['status-open', 'block', 'BH-2026-04-019', 62_500],
  ['paid-not-sailed', 'warn', 'BH-2026-04-010', 25_000],
] as const;

test('April is held by exactly the five findings that were planted, each with its cents', () => {
  const found = monthOf('2026-04').findings.map(({ code, severity, charterId, cents }) => [
    code,
    severity,
    charterId,
    cents,
  ]);
  expect(found).toEqual(PLANTED);
});

test('the difference of April is what its findings explain, the uncounted duplicate apart', () => {
  const explained = PLANTED.filter(([code]) => code !== 'duplicate-charter').map(([, , , cents]) => cents);
  expect(monthOf('2026-04').statement.totals.differenceCents).toBe(
    explained.reduce((sum, cents) => sum + cents, 0),
  );
});

test('README.md says what April shows and what each month comes to', () => {
  for (const [code, severity, id, cents] of PLANTED)
    expect(readme).toContain(`| \`${code}\` | ${severity} | ${id} | ${cents} |`);
  for (const month of ['2025-05', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05']) {
    const { totals } = monthOf(month).statement;
    expect(readme).toContain(`| ${month} | ${totals.charters} | ${formatMoney(totals.reportableCents)} |`);
  }
  const { recordedCents, differenceCents } = monthOf('2026-04').statement.totals;
  expect(readme).toContain(
    `April records ${formatMoney(recordedCents)}, ${formatMoney(differenceCents)} more`,
  );
});

test('winter is quieter than May, which has 30 to 40 charters', () => {
  const counts = ['2026-01', '2026-02', '2026-03', '2026-04'].map(
    (month) => charters.filter((item) => item.month === month).length,
  );
  expect(may.length).toBeGreaterThanOrEqual(30);
  expect(may.length).toBeLessThanOrEqual(40);
  expect(Math.max(...counts)).toBeLessThan(may.length);
});

test('May has a charter cancelled for weather without revenue, and one no-show whose revenue was kept', () => {
  const cancelled = may.filter(({ status }) => status === 'cancelled');
  expect(cancelled).toEqual([
    expect.objectContaining({ revenueTotal: 0, cancelReason: expect.stringContaining('weather') }),
  ]);
  const [noShow, ...others] = may.filter(({ status }) => status === 'no-show');
  expect(others).toEqual([]);
  expect(noShow?.forfeited).toBeGreaterThan(0);
  expect(noShow?.forfeited).toBe(noShow?.revenueTotal);
});

test('May shows every way to be priced and every optional amount', () => {
  const sailed = may.filter(({ status }) => status === 'completed');
  const publics = sailed.filter(({ kind }) => kind === 'public');
  const privates = sailed.filter(({ kind }) => kind === 'private');
  expect(publics.some((item) => item.ratePerPerson === undefined)).toBe(true);
  expect(publics.some((item) => item.ratePerPerson === 95)).toBe(true);
  expect(privates.some((item) => item.flatPrice !== undefined)).toBe(true);
  expect(privates.some((item) => item.ratePerPerson !== undefined)).toBe(true);
  for (const name of ['discount', 'refund', 'tax', 'fees', 'gratuity', 'noShows'] as const) {
    expect([name, sailed.some((item) => (item[name] ?? 0) > 0)]).toEqual([name, true]);
  }
});

test('every comp of the sample but April’s one of trade has a person and a reason', () => {
  const comped = charters.filter(({ comps, charterId }) => comps > 0 && charterId !== 'BH-2026-04-013');
  expect(comped.filter(({ month }) => month === '2026-05').length).toBeGreaterThanOrEqual(3);
  for (const { comps, compNotes = '' } of comped) {
    const people = compNotes.split('; ');
    expect(people).toHaveLength(comps);
    for (const words of people) expect(words).toMatch(/^[A-ZŁ].+, .+$/u);
  }
});

test('only people of the roster crew, and names need more than ASCII', () => {
  const known = new Set(roster.map(({ crewId }) => crewId));
  expect(charters.flatMap(({ crew }) => crew).filter((id) => !known.has(id))).toEqual([]);
  const names = roster.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Zoë Müller', 'José Ángel Núñez']));
  expect(new Set(charters.map(({ vessel }) => vessel))).toContain('Étoile du Nord');
});
