/** What nobody has decided on of a month that changed, and the rows by which a change is carried. */
import fc from 'fast-check';
import type { Charter } from '../../src/statement/charter.ts';
import { differencesOf } from '../../src/statement/differences.ts';
import type { OpenChange } from '../../src/statement/open-change.ts';
import {
  carriedReason,
  changeSummary,
  itemWords,
  openChange,
  standing,
} from '../../src/statement/open-change.ts';
import { carriedCells, carriedOf, carriedWords } from '../../src/workbook/carried-changes.ts';
import { anyMonth, charter, statementOf } from './samples.ts';

const CODE = 'PRSK3QD202605V1';
type Cells = ReturnType<typeof carriedCells>;

function openOf(
  sent: readonly Charter[],
  now: readonly Charter[],
  rows: readonly Cells[],
): OpenChange | null {
  return openChange(
    CODE,
    differencesOf(statementOf(...sent), statementOf(...now)),
    carriedOf(rows, CODE),
    'USD',
  );
}

function carry(change: OpenChange | null, code = CODE): Cells[] {
  return (change?.items ?? [])
    .filter(({ cents }) => cents !== 0)
    .map((item) =>
      carriedCells({
        month: '2026-06',
        charterId: item.id,
        cents: item.cents,
        reason: carriedReason('2026-05', code, item),
        who: 'nora@harbor.example',
      }),
    );
}

const HERON = charter({ id: 'BH-1' });
const REFUNDED = { ...HERON, refundCents: 12_500 };

test('all of a change is open until it is carried', () => {
  const change = openOf([HERON], [REFUNDED], []);
  expect(change?.deltaCents).toBe(-12_500);
  expect(change?.items.map((item) => itemWords(item, 'USD'))).toEqual([
    'BH-1 (2026-05-14, Blue Heron): refund $0.00 → $125.00 (-$125.00)',
  ]);
  const rows = carry(change);
  expect(rows).toEqual([
    [
      '2026-06',
      'BH-1',
      'correction',
      -125,
      'Change to May 2026 after it was sent (PRSK3QD202605V1): refund $0.00 → $125.00',
      'nora@harbor.example',
      '',
    ],
  ]);
  expect(change?.isCarried).toBe(false);
  const after = openOf([HERON], [REFUNDED], rows);
  expect(after).toMatchObject({ deltaCents: 0, isCarried: true });
  expect(after?.items[0]?.words).toContain('-$125.00 was carried already');
  expect(after?.hash).not.toBe(change?.hash);
});

test('what changes besides, without cents, is not carried with it', () => {
  const rows = carry(openOf([HERON], [REFUNDED], []));
  expect(openOf([HERON], [{ ...REFUNDED, crewIds: [] }], rows)).toMatchObject({
    deltaCents: 0,
    isCarried: false,
  });
  const withAnother = openOf([HERON, charter({ id: 'BH-2', departs: '09:00' })], [REFUNDED], rows);
  expect(withAnother).toMatchObject({ deltaCents: -125_000, isCarried: false });
});

test('what was carried and is undone at the source comes back with the opposite sign', () => {
  const rows = carry(openOf([HERON], [REFUNDED], []));
  const back = openOf([HERON], [HERON], rows);
  expect(back).toMatchObject({ deltaCents: 12_500, isCarried: false, items: [{ id: 'BH-1', line: null }] });
  expect(openOf([HERON], [HERON], [...rows, ...carry(back)])).toBeNull();
});

test('a corrected statement that has what was carried as well makes it open again', () => {
  const rows = carry(openOf([HERON], [REFUNDED], []));
  const second = openChange('PRSK3QD202605V2', null, carriedOf(rows, 'PRSK3QD202605V2'), 'USD');
  expect(second?.deltaCents).toBe(12_500);
});

test('other rows of the tab, and those of other months and workbooks, are none of it', () => {
  const [row = []] = carry(openOf([HERON], [REFUNDED], []));
  const changed = (column: number, value: string): Cells =>
    row.map((cell, at) => (at === column ? value : cell));
  for (const other of [
    changed(2, 'refund'),
    changed(3, 'some'),
    changed(4, 'Change to April (PRSK3QD202604V1)'),
    changed(4, 'Change to May (PRSK3QD202605V1x), xPRSK3QD202605V1'),
    changed(4, ''),
    [],
  ])
    expect(carriedOf([['Month', 'Charter'], other], CODE)).toEqual([]);
  expect(carriedOf([changed(3, '−$1,125.00'), changed(4, `Said otherwise, ${CODE}.`)], CODE)).toEqual([
    expect.objectContaining({ charter: 'BH-1', cents: -112_500 }),
    expect.objectContaining({ charter: 'BH-1', cents: -12_500 }),
  ]);
});

test('a charter may have any id, as long as a cell can hold it', () => {
  for (const id of ['=1+1', ' padded ', 'none', '__proto__', 'a\u0000b', 'x'.repeat(2000)]) {
    const sent = [{ ...HERON, id }];
    const rows = carry(openOf(sent, [{ ...REFUNDED, id }], []));
    expect(openOf(sent, [{ ...REFUNDED, id }], rows)?.deltaCents).toBe(0);
    expect(openOf(sent, sent, rows)?.deltaCents).toBe(12_500);
  }
});

test('words that are too long for a row, or that a cell does not give back, are known again all the same', () => {
  for (const crewIds of [Array.from({ length: 60 }, (_, index) => `crew-number-${index}`), ['x\ufffe ']]) {
    const vessel = `${'A very long name '.repeat(5)}${crewIds.length}`;
    const now = { ...REFUNDED, vessel, crewIds, departs: '09:45', guests: 3, comps: 1, discountCents: 100 };
    const change = openOf([HERON], [{ ...now, compNotes: `${'because '.repeat(20)} ` }], []);
    const rows = carry(change);
    expect(String(rows[0]?.[4]).length).toBeLessThanOrEqual(400);
    expect(openOf([HERON], [{ ...now, compNotes: `${'because '.repeat(20)} ` }], rows)).toMatchObject({
      deltaCents: 0,
      isCarried: true,
    });
    // The same cents and the same beginning are not the same change.
    expect(openOf([HERON], [{ ...now, compNotes: 'else' }], rows)?.isCarried).toBe(false);
  }
});

test('what was carried back no longer stands', () => {
  const rows = carry(openOf([HERON], [REFUNDED], []));
  expect(standing(carriedOf(rows, CODE))).toMatchObject([{ charter: 'BH-1', cents: -12_500, row: 0 }]);
  const back = carry(openOf([HERON], [HERON], rows));
  expect(standing(carriedOf([...rows, ...back], CODE))).toEqual([]);
  // Another charter's amount is no set-off, though the sum is nothing.
  const other = back.map((row) => row.map((cell, at) => (at === 1 ? 'BH-9' : cell)));
  expect(standing(carriedOf([...rows, ...other], CODE))).toHaveLength(2);
});

test('rows that carry are named with their cells', () => {
  const rows = carry(openOf([HERON], [REFUNDED], []));
  expect(carriedWords('Purser adjustments', carriedOf([[], ...rows], CODE), 'USD')).toBe(
    "'Purser adjustments'!A2 (-$125.00 in June 2026)",
  );
});

test('amounts have a sign, charters a number', () => {
  const change = openOf([HERON], [HERON, charter({ id: 'BH-2', departs: '09:00' })], []);
  if (change === null) throw new Error('There is no change.');
  expect(changeSummary(change, 'USD')).toBe('+$1,250.00 (1 charter)');
  expect(changeSummary({ ...change, items: [...change.items, ...change.items] }, 'EUR', '; left')).toBe(
    '+EUR 1,250.00 (2 charters; left)',
  );
});

test('however often the ledger changes and each change is carried, what was carried is what the month differs by', () => {
  fc.assert(
    fc.property(anyMonth, fc.array(anyMonth, { minLength: 1, maxLength: 4 }), (sent, later) => {
      let rows: readonly Cells[] = [];
      for (const now of later) {
        rows = [...rows, ...carry(openOf(sent, now, rows))];
        const carriedCents = carriedOf(rows, CODE).reduce((sum, { cents }) => sum + cents, 0);
        const delta =
          statementOf(...now).totals.reportableCents - statementOf(...sent).totals.reportableCents;
        expect(carriedCents).toBe(delta);
        expect(openOf(sent, now, rows)?.items.every(({ cents }) => cents === 0) ?? true).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
