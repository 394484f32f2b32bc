/** What the workbench's page counts without a browser. */
import { array, assert, constantFrom, integer, property } from 'fast-check';
import type { CellView, TabView } from '../../../scripts/workbench/contract.ts';
import { axisOf, cellName, rangeOf } from '../../../scripts/workbench/page/grid/axis.ts';
import { fittedHeights } from '../../../scripts/workbench/page/grid/fit-rows.ts';
import { pagesFor, sheetOf, stepFrom, windowOf } from '../../../scripts/workbench/page/grid/sheet.ts';
import { bytesWords, momentOf, momentWords, wallClock } from '../../../scripts/workbench/page/moments.ts';
import { tabOf } from '../../browser/workbench-fake.ts';

const ZONE = 'America/New_York';
const MINUTE_MS = 60_000;

const tab = (rowCount: number, more: Partial<TabView> = {}): TabView => ({
  ...tabOf(new URL('http://x/?id=1'), rowCount),
  ...more,
});
/** Seven pixels a letter. */
const measure = (text: string) => text.length * 7;

describe('rows and columns as distances', () => {
  it('finds each row where it begins and where it ends, whatever their heights', () => {
    assert(
      property(
        array(integer({ min: 1, max: 80 }), { maxLength: 40 }),
        integer({ min: 1, max: 60 }),
        (sizes, count) => {
          const axis = axisOf(sizes, count, 21);
          for (let index = 0; index < count; index++) {
            expect(axis.at(axis.startPx(index))).toBe(index);
            expect(axis.at(axis.startPx(index) + axis.sizePx(index) - 1)).toBe(index);
          }
          expect(axis.startPx(count)).toBe(axis.totalPx);
        },
      ),
    );
  });

  it('reads names of cells and ranges as Sheets does, and nothing else', () => {
    expect([cellName(6, 1), cellName(0, 26), cellName(9, 701)]).toEqual(['B7', 'AA1', 'ZZ10']);
    const one = { startRow: 6, endRow: 7, startColumn: 1, endColumn: 2 };
    expect([rangeOf('B7', 100, 26), rangeOf(' $b$7 ', 100, 26)]).toEqual([one, one]);
    expect(rangeOf('C3:A1', 100, 26)).toEqual({ startRow: 0, endRow: 3, startColumn: 0, endColumn: 3 });
    expect(rangeOf('B:B', 100, 26)).toEqual({ startRow: 0, endRow: 100, startColumn: 1, endColumn: 2 });
    expect(
      ['', 'B', '7', 'B0', 'AB1', 'B101', 'A1:B2:C3', 'Sheet1!A1'].map((a1) => rangeOf(a1, 100, 26)),
    ).toEqual(Array.from({ length: 8 }, () => null));
  });
});

describe('what is drawn and asked for', () => {
  const sheet = sheetOf([tab(10_000)], measure);
  if (sheet === null) throw new Error('No sheet.');

  it('is what is in sight and a little more; pages without anything are never asked for', () => {
    const { first, last } = windowOf(sheet, 105_000, 420);
    expect([first, last]).toEqual([4989, 5032]);
    expect(pagesFor(sheet.tab, first, last)).toEqual([9, 10]);
    expect(pagesFor({ ...sheet.tab, rowsOfNote: 40 }, 0, 999)).toEqual([0]);
    expect(pagesFor({ ...sheet.tab, rowsOfNote: 40 }, 5000, 5040)).toEqual([]);
  });

  it('begins with the first row of a merge that reaches into sight', () => {
    const merges = [{ startRow: 4900, endRow: 4995, startColumn: 0, endColumn: 1 }];
    const merged = sheetOf([tab(10_000, { merges })], measure);
    expect(merged && windowOf(merged, 105_000, 420).first).toBe(4900);
  });

  it('never steps onto a hidden column, nor out of the tab', () => {
    const hidden = sheetOf([tab(3, { columnWidths: [100, 0, 0, 100], columnCount: 5 })], measure);
    if (hidden === null) throw new Error('No sheet.');
    expect(stepFrom(hidden, { row: 0, column: 0 }, 0, 1)).toEqual({ row: 0, column: 3 });
    expect(stepFrom(hidden, { row: 2, column: 4 }, 1, 0)).toEqual({ row: 2, column: 4 });
    expect(stepFrom(hidden, { row: 0, column: 3 }, 0, -1)).toEqual({ row: 0, column: 0 });
  });
});

describe('heights of rows', () => {
  const long: CellView = {
    row: 1,
    column: 0,
    text: 'Margaret & Ellen Tolliver of Deal Island',
    input: '',
    kind: 'text',
    style: 0,
    link: null,
    note: null,
  };
  const heightOf = (more: Partial<TabView>, cell: Partial<CellView> = {}) =>
    fittedHeights(
      [tab(3, { cells: [{ ...long, ...cell }], styles: [{ wrap: true }, {}], ...more })],
      measure,
    )[1] ?? 21;

  it('grow with a text that is wrapped, and only where nobody gave another height', () => {
    expect(heightOf({})).toBe(67);
    expect(heightOf({ columnWidths: [400] })).toBe(21);
    expect(heightOf({ rowHeights: [21, 30] })).toBe(30);
    expect(heightOf({}, { style: 1 })).toBe(21);
    expect(heightOf({}, { style: 1, text: 'one\ntwo' })).toBe(36);
  });
});

describe('moments', () => {
  it('come back from the clocks of the zone as they went', () => {
    assert(
      property(
        integer({ min: 0, max: 60 * 24 * 366 }),
        constantFrom(ZONE, 'UTC', 'Asia/Kolkata', 'Pacific/Auckland'),
        (minutes, zone) => {
          const ms = Date.UTC(2026, 0, 1) + minutes * MINUTE_MS;
          const wall = wallClock(ms, zone);
          // In autumn an hour comes twice; either of the two shows this time.
          expect(wallClock(Date.parse(momentOf(wall, zone) ?? ''), zone)).toBe(wall);
        },
      ),
    );
    expect(momentOf('2026-06-01T06:00', ZONE)).toBe('2026-06-01T10:00:00.000Z');
    expect(momentOf('2026-12-01T06:00', ZONE)).toBe('2026-12-01T11:00:00.000Z');
    expect([momentOf('2026-03-08T02:30', ZONE), momentOf('', ZONE)]).toEqual([
      '2026-03-08T07:30:00.000Z',
      null,
    ]);
  });

  it('and sizes are shown as a person reads them', () => {
    expect(momentWords('2026-06-01T04:00:00.000Z', ZONE)).toBe('Mon, Jun 1, 2026, 00:00');
    expect(momentWords('no moment', ZONE)).toBe('no moment');
    expect([1, 812, 14_240, 2_500_000].map(bytesWords)).toEqual(['1 byte', '812 bytes', '14.2 kB', '2.5 MB']);
  });
});
