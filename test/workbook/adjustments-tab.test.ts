import fc from 'fast-check';
import { ADJUSTMENT_COLUMNS, adjustmentDrafts, readAdjustments } from '../../src/workbook/adjustments-tab.ts';

type Value = string | number | boolean | null;
const TITLE = 'Purser adjustments';
const KNOWN = new Set(['c-1', '1001']);
const read = (...rows: Value[][]) =>
  readAdjustments(TITLE, [[...ADJUSTMENT_COLUMNS], ...rows], KNOWN, '2026-05');
const row = (changes: Partial<Record<(typeof ADJUSTMENT_COLUMNS)[number], Value>> = {}): Value[] => {
  const all: Record<(typeof ADJUSTMENT_COLUMNS)[number], Value> = {
    Month: '2026-05',
    Charter: 'c-1',
    Kind: 'refund',
    Amount: 25,
    Reason: 'Late departure',
    Who: 'Nora',
    Link: '',
    ...changes,
  };
  return ADJUSTMENT_COLUMNS.map((column) => all[column]);
};
const at = (name: string) => `'${TITLE}'!${name}`;

test('each kind is read, with heads or exact cents, and where a person finds it', () => {
  const common = { month: '2026-05', charterId: 'c-1', reason: 'Late departure', who: 'Nora', link: '' };
  expect(
    read(
      row({ Kind: 'guests', Amount: 9 }),
      row({ Kind: 'Comps', Amount: '2' }),
      row({ Kind: 'rate', Amount: 118.1 }),
      [],
      row({ Kind: 'discount', Amount: '$1,250.50' }),
      row({ Kind: ' REFUND ', Amount: 0.29 }),
      row({ Kind: 'forfeited', Amount: '40', Charter: 1001 }),
      row({ Kind: 'note', Amount: '', Link: 'https://example.com/x' }),
      row({ Kind: 'note', Amount: null, Charter: 'none' }),
    ),
  ).toEqual({
    problems: [],
    adjustments: [
      { ...common, kind: 'guests', heads: 9, cell: at('A2') },
      { ...common, kind: 'comps', heads: 2, cell: at('A3') },
      { ...common, kind: 'rate', cents: 11_810, cell: at('A4') },
      { ...common, kind: 'discount', cents: 125_050, cell: at('A6') },
      { ...common, kind: 'refund', cents: 29, cell: at('A7') },
      { ...common, kind: 'forfeited', cents: 4000, charterId: '1001', cell: at('A8') },
      { ...common, kind: 'note', link: 'https://example.com/x', cell: at('A9') },
      { ...common, kind: 'note', charterId: null, cell: at('A10') },
    ],
  });
});

test.each<[Value, number]>([
  [-125, -12_500],
  [125.5, 12_550],
  ['-125.00', -12_500],
  ['−$1,125.00', -112_500],
  ['$-0.29', -29],
  ['$ 40', 4000],
])('the amount of a correction is signed: %j', (Amount, cents) => {
  const { adjustments, problems } = read(row({ Kind: 'correction', Charter: 'of-years-ago', Amount }));
  expect(problems).toEqual([]);
  expect(adjustments).toMatchObject([{ kind: 'correction', charterId: 'of-years-ago', cents }]);
});

test('a correction may be without a charter, and of one that sails later; its amount must be an amount', () => {
  expect(read(row({ Kind: 'correction', Charter: '', Amount: -1 })).adjustments).toMatchObject([
    { kind: 'correction', charterId: null, cents: -100 },
  ]);
  const later = readAdjustments(
    TITLE,
    [[...ADJUSTMENT_COLUMNS], row({ Kind: 'Correction', Amount: -1 })],
    KNOWN,
    '2026-06',
    new Set(['c-1']),
  );
  expect(later).toEqual({ adjustments: [], problems: [] });
  for (const Amount of ['', '--5', '-', '-1.005', 'much']) {
    expect(read(row({ Kind: 'correction', Amount })).problems).toMatchObject([
      { cell: at('D2'), message: expect.stringContaining('such as -125.00') },
    ]);
  }
});

test('no other amount is signed', () => {
  expect(read(row({ Amount: -25 })).problems).toMatchObject([
    { message: expect.stringContaining('It is never negative.') },
  ]);
});

test.each<[string, Value]>([
  ['text', '2026-05'],
  ['its name', 'May 2026'],
  ['the date that Sheets makes of it', 46_143],
  ['a day in it', '2026-05-14'],
])('the month may be %s', (_what, month) => {
  expect(read(row({ Month: month })).adjustments).toHaveLength(1);
});

test.each<[string, Value[], string, string]>([
  ['no month', row({ Month: '' }), 'A2', '“” is not a month such as 2026-05.'],
  ['a month in other words', row({ Month: '05/26' }), 'A2', '“05/26” is not a month'],
  ['a charter that nobody knows', row({ Charter: 'c-9' }), 'B2', 'There is no charter “c-9”'],
  [
    'no charter where one is needed',
    row({ Charter: '' }),
    'B2',
    'A row of the kind refund needs the id of a charter',
  ],
  ['a kind that there is not', row({ Kind: 'bonus' }), 'C2', '“bonus” is not one of guests, comps, rate'],
  ['no kind', row({ Kind: '' }), 'C2', '“” is not one of'],
  ['no amount', row({ Amount: '' }), 'D2', '“” is not an amount of dollars'],
  [
    'a negative amount',
    row({ Amount: -5 }),
    'D2',
    '“-5” is not an amount of dollars such as 125.00. It is never negative.',
  ],
  ['half cents', row({ Amount: 1.005 }), 'D2', '“1.005” is not an amount'],
  ['commas that group nothing', row({ Amount: '1,25' }), 'D2', '“1,25” is not an amount'],
  ['half a guest', row({ Kind: 'guests', Amount: 1.5 }), 'D2', '“1.5” is not a whole number of guests.'],
  ['an error of a formula', row({ Amount: '#REF!' }), 'D2', '“#REF!” is not an amount'],
  [
    'a rate in cents',
    row({ Kind: 'rate', Amount: 12_500 }),
    'D2',
    '$12,500.00 a guest is more than $10,000.00',
  ],
  ['a note with an amount', row({ Kind: 'note', Amount: 5 }), 'D2', 'A note has no amount.'],
  ['no reason', row({ Reason: ' ' }), 'E2', 'A reason is needed'],
  ['a reason whose formula fails', row({ Reason: '#REF!' }), 'E2', 'A reason is needed'],
  ['nobody who decided it', row({ Who: null }), 'F2', 'Who decided it is needed'],
])('%s is a problem with its cell, and gives no adjustment', (_what, cells, cell, words) => {
  const { adjustments, problems } = read(cells);
  expect(adjustments).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ cell: at(cell), message: expect.stringContaining(words) });
});

test('all that is wrong with a row is told at once', () => {
  expect(read(row({ Month: 'x', Kind: 'y', Reason: '', Who: '' })).problems.map(({ cell }) => cell)).toEqual(
    ['A2', 'C2', 'E2', 'F2'].map(at),
  );
});

test('rows of other months hold nothing up, whatever they say', () => {
  expect(read(row({ Month: '2026-04', Charter: 'gone', Kind: '?', Who: '' }))).toEqual({
    adjustments: [],
    problems: [],
  });
});

test('a figure can be set once; rate and price are one figure', () => {
  expect(read(row({ Kind: 'guests', Amount: 9 }), row({ Kind: 'guests', Amount: 8 }))).toMatchObject({
    adjustments: [{ heads: 9 }],
    problems: [{ cell: at('D3'), message: expect.stringContaining(at('D2')) }],
  });
  expect(read(row({ Kind: 'rate', Amount: 95 }), row({ Kind: 'price', Amount: 95 })).problems).toHaveLength(
    1,
  );
  expect(read(row({ Kind: 'rate', Amount: 95 }), row({ Kind: 'rate', Amount: 95 })).problems).toEqual([]);
  expect(read(row(), row({ Amount: 30 })).adjustments).toHaveLength(2);
});

test('an empty tab, and one with only its headings, has no adjustments', () => {
  expect(readAdjustments(TITLE, [], KNOWN, '2026-05')).toEqual({ adjustments: [], problems: [] });
  expect(read(['', null, ' '])).toEqual({ adjustments: [], problems: [] });
});

test('columns in another order are refused, not misread', () => {
  const header = ['Month', 'Kind', 'Charter', 'Amount', 'Reason', 'Who', 'Link'];
  expect(readAdjustments(TITLE, [header, row()], KNOWN, '2026-05')).toEqual({
    adjustments: [],
    problems: [{ cell: at('B1'), month: null, message: expect.stringContaining('“Charter”, not “Kind”') }],
  });
});

test('problems become findings that name the cell and what to do', () => {
  const linksOf = (cell: string) => [{ label: cell, url: 'https://sheet.example' }];
  expect(adjustmentDrafts(read(row({ Who: '' })).problems, linksOf)).toEqual([
    {
      code: 'adjustment-unreadable',
      message: `${at('F2')}: Who decided it is needed; it is printed under the statement. Correct it, or empty the row.`,
      links: [{ label: at('F2'), url: 'https://sheet.example' }],
    },
  ]);
});

test('whatever a row holds, it is an adjustment, a problem, another month’s, or empty', () => {
  const cell = fc.oneof(
    fc.constantFrom<Value>('2026-05', 'c-1', 'refund', 'guests', 'note', '25', 46_143, true, null, ''),
    fc.string(),
    fc.double(),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<Value>('2026-05', 46_150, 'May', null),
      fc.array(cell, { maxLength: 8 }),
      (month, rest) => {
        const cells = [month, ...rest];
        const { adjustments, problems } = read(cells);
        const isBlank = cells.every((value) => String(value ?? '').trim() === '');
        if (isBlank) expect([...adjustments, ...problems]).toEqual([]);
        else expect(adjustments.length === 1).toBe(problems.length === 0);
      },
    ),
    { numRuns: 500 },
  );
});
