import { readRates } from '../../src/workbook/rates-tab.ts';

const HEADER = ['From', 'Vessel', 'Rate', 'Note'];
const read = (...rows: (string | number | boolean | null)[][]) =>
  readRates('Purser rates', [HEADER, ...rows]);

test('rows are read with dates as Sheets keeps them or as text, any vessel or one, dollars exactly', () => {
  expect(
    read([46_143, '', 118.1, 'spring'], ['2026-06-01', 'Osprey', '$130.50'], [], ['2026-07-01', 'ANY', 0]),
  ).toEqual([
    { from: '2026-05-01', vessel: null, rateCents: 11_810, note: 'spring', cell: "'Purser rates'!C2" },
    { from: '2026-06-01', vessel: 'Osprey', rateCents: 13_050, note: '', cell: "'Purser rates'!C3" },
    { from: '2026-07-01', vessel: null, rateCents: 0, note: '', cell: "'Purser rates'!C5" },
  ]);
});

test('an empty tab, or one with only its header, has no rates', () => {
  expect(readRates('Purser rates', [])).toEqual([]);
  expect(read(['', ' ', null])).toEqual([]);
});

test.each<[string, (string | number | boolean | null)[], string]>([
  ['no date', ['', 'Osprey', 125], "'Purser rates'!A2: “” is not a date"],
  ['a date in words', ['May 1', '', 125], "'Purser rates'!A2: “May 1” is not a date"],
  ['a day that there is not', ['2026-02-30', '', 125], "'Purser rates'!A2"],
  ['a date with a time', [46_143.5, '', 125], "'Purser rates'!A2: “46143.5” is not a date"],
  ['no rate', ['2026-05-01', ''], "'Purser rates'!C2: “” is not an amount"],
  ['a rate in words', ['2026-05-01', '', 'half'], "'Purser rates'!C2: “half” is not an amount"],
  ['a negative rate', ['2026-05-01', '', -1], "'Purser rates'!C2: “-1” is not an amount"],
  ['half cents', ['2026-05-01', '', 125.005], "'Purser rates'!C2: “125.005” is not an amount"],
  [
    'cents for dollars',
    ['2026-05-01', '', 12_500],
    "'Purser rates'!C2: $12,500.00 a guest is more than $10,000.00; the rate is in dollars, not in cents.",
  ],
  ['an enormous rate', ['2026-05-01', '', 1e300], "'Purser rates'!C2: “1e+300” is not an amount"],
  ['a tick', ['2026-05-01', '', true], "'Purser rates'!C2: “true” is not an amount"],
])('%s is refused with its cell', (_what, row, words) => {
  expect(() => read(row)).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
  expect(() => read(row)).toThrow(words);
});

test('all bad rows are named at once', () => {
  expect(() => read(['x', '', 1], ['2026-05-01', '', 'y'])).toThrow(/A2.*C3/);
});

test('two rates for the same day and vessel are refused, unless they are the same', () => {
  expect(() => read(['2026-05-01', 'Osprey', 125], [46_143, 'osprey', 130])).toThrow(
    "'Purser rates'!C3: 'Purser rates'!C2 gives another rate for the same day and vessel; keep one of them.",
  );
  expect(
    read(['2026-05-01', '', 125], ['2026-05-01', 'any', 125], ['2026-05-01', 'Osprey', 130]),
  ).toHaveLength(3);
});
