import fc from 'fast-check';
import { CARRIED_COLUMNS, carriedDrafts, readCarried } from '../../src/workbook/carried-tab.ts';

type Value = string | number | boolean | null;
const TITLE = 'Purser carried forward';
const read = (...rows: Value[][]) => readCarried(TITLE, [[...CARRIED_COLUMNS], ...rows]);
const row = (changes: Partial<Record<(typeof CARRIED_COLUMNS)[number], Value>> = {}): Value[] => {
  const all: Record<(typeof CARRIED_COLUMNS)[number], Value> = {
    Month: '2026-05',
    Finding: 'guests-differ',
    Charter: 'c-1',
    Amount: -125,
    Reason: 'Counted again next week',
    Who: 'Nora',
    Resolved: '',
    ...changes,
  };
  return CARRIED_COLUMNS.map((column) => all[column]);
};
const at = (name: string) => `'${TITLE}'!${name}`;
const linksOf = (cell: string) => [{ label: cell, url: 'https://sheet.example' }];

test('a row is read with its amount to the cent and where a person finds it', () => {
  const reading = read(
    row(),
    [],
    row({ Charter: '', Amount: '', Month: 'May 2026', Finding: ' Mail-Unreadable ' }),
  );
  expect(reading).toEqual({
    problems: [],
    carried: [
      {
        month: '2026-05',
        code: 'guests-differ',
        charterId: 'c-1',
        cents: -12_500,
        reason: 'Counted again next week',
        who: 'Nora',
        resolved: false,
        cell: at('A2'),
      },
      expect.objectContaining({ code: 'mail-unreadable', charterId: null, cents: null, cell: at('A4') }),
    ],
  });
});

test.each<[Value, number | null]>([
  [12.5, 1250],
  [-0.29, -29],
  [0, 0],
  ['-$1,250.50', -125_050],
  ['$-5', -500],
  ['($12.00)', -1200],
  ['EUR -12.00', -1200],
  ['-EUR 12.00', -1200],
  ['−12.00', -1200],
  ['-0.00', 0],
  [' ', null],
])('the amount %s is read with its sign', (amount, cents) => {
  expect(read(row({ Amount: amount })).carried).toMatchObject([{ cents }]);
});

test.each<[Value, boolean]>([
  ['', false],
  [null, false],
  [false, false],
  ['no', false],
  ['Not yet', false],
  ['#N/A', false],
  [46_173, true],
  ['2026-06-03', true],
  ['refunded', true],
  [true, true],
])('Resolved with %s in it', (value, resolved) => {
  expect(read(row({ Resolved: value })).carried).toMatchObject([{ resolved }]);
});

test.each<[string, Value[], string, string]>([
  ['no month', row({ Month: '' }), 'A2', '“” is not a month such as 2026-05.'],
  ['a code that there is not', row({ Finding: 'guests differ' }), 'B2', '“guests differ” is not the code'],
  ['an amount in words', row({ Amount: 'much' }), 'D2', '“much” is not an amount of dollars'],
  ['two signs', row({ Amount: '--5' }), 'D2', '“--5” is not an amount'],
  ['a negative in brackets', row({ Amount: '(-5)' }), 'D2', '“(-5)” is not an amount'],
  ['half cents', row({ Amount: 1.005 }), 'D2', '“1.005” is not an amount'],
  ['no reason', row({ Reason: ' ' }), 'E2', 'A reason is needed'],
  ['a reason whose formula fails', row({ Reason: '#NAME?' }), 'E2', 'A reason is needed'],
  ['nobody who decided it', row({ Who: null }), 'F2', 'Who decided it is needed'],
])('%s is a problem with its cell, and carries nothing', (_what, cells, cell, words) => {
  const { carried, problems } = read(cells);
  expect(carried).toEqual([]);
  expect(problems).toMatchObject([{ cell: at(cell), message: expect.stringContaining(words) }]);
});

test('a resolved row holds nothing up, whatever else it says', () => {
  expect(read(row({ Month: '?', Finding: 'x', Who: '', Resolved: 'June 3' }))).toEqual({
    carried: [],
    problems: [],
  });
});

test('columns in another order are refused, not misread', () => {
  const header = ['Month', 'Charter', 'Finding', 'Amount', 'Reason', 'Who', 'Resolved'];
  expect(readCarried(TITLE, [header, row()])).toEqual({
    carried: [],
    problems: [{ cell: at('B1'), month: null, message: expect.stringContaining('“Finding”, not “Charter”') }],
  });
  expect(readCarried(TITLE, [header])).toEqual({ carried: [], problems: [] });
});

test('problems become findings that name the cell and what to do; those of later months wait', () => {
  const { problems } = read(
    row({ Month: '2026-04', Who: '' }),
    row({ Month: '2026-06', Who: '' }),
    row({ Month: 'x', Resolved: 'no' }),
  );
  expect(carriedDrafts(problems, '2026-05', linksOf)).toEqual([
    {
      code: 'carried-unreadable',
      message: `${at('F2')}: Who decided it is needed. Correct it, or empty the row.`,
      links: [{ label: at('F2'), url: 'https://sheet.example' }],
    },
    expect.objectContaining({ message: expect.stringContaining(`${at('A4')}: “x” is not a month`) }),
  ]);
});

test('whatever a row holds, it is carried, a problem, resolved, or empty', () => {
  const cell = fc.oneof(
    fc.constantFrom<Value>('2026-05', 'guests-differ', 'c-1', '25', 46_143, true, null, ''),
    fc.string(),
    fc.double(),
  );
  fc.assert(
    fc.property(
      fc.array(cell, { maxLength: 6 }),
      fc.constantFrom<Value>('', 'no', 'done'),
      (cells, resolved) => {
        const whole = [...cells, ...Array.from<null>({ length: 6 - cells.length }).fill(null), resolved];
        const { carried, problems } = read(whole);
        const isBlank = whole.every((value) => String(value ?? '').trim() === '');
        if (isBlank) expect([...carried, ...problems]).toEqual([]);
        else if (resolved === 'done') expect(problems).toEqual([]);
        else expect(carried.length === 1).toBe(problems.length === 0);
      },
    ),
    { numRuns: 500 },
  );
});
