import fc from 'fast-check';
import { isSameFinding, keyOf } from '../../src/statement/accepted.ts';
import { FINDING_CODES } from '../../src/statement/findings.ts';
import {
  ACCEPTED_COLUMNS,
  acceptedCells,
  acceptedDrafts,
  readAccepted,
} from '../../src/workbook/accepted-tab.ts';

type Value = string | number | boolean | null;
const TITLE = 'Purser accepted';
const read = (...rows: Value[][]) => readAccepted(TITLE, [[...ACCEPTED_COLUMNS], ...rows]);
const row = (changes: Partial<Record<(typeof ACCEPTED_COLUMNS)[number], Value>> = {}): Value[] => {
  const all: Record<(typeof ACCEPTED_COLUMNS)[number], Value> = {
    Month: '2026-05',
    Finding: 'guests-differ',
    About: 'c-1',
    Amount: -125,
    Reason: 'Counted again',
    Who: 'Dana',
    On: '2026-06-02',
    ...changes,
  };
  return ACCEPTED_COLUMNS.map((column) => all[column]);
};
const at = (name: string) => `'${TITLE}'!${name}`;
const linksOf = (cell: string) => [{ label: cell, url: 'https://sheet.example' }];

test('a row is read with its amount to the cent, its day, and where a person finds it', () => {
  expect(read(row(), [], row({ About: '', Amount: '', Month: 'May 2026', On: 46_175 }))).toEqual({
    problems: [],
    accepted: [
      {
        month: '2026-05',
        code: 'guests-differ',
        about: 'c-1',
        cents: -12_500,
        reason: 'Counted again',
        who: 'Dana',
        on: '2026-06-02',
        cell: at('A2'),
      },
      expect.objectContaining({ about: null, cents: null, on: '2026-06-02', cell: at('A4') }),
    ],
  });
  expect(read(row({ On: '' })).accepted).toMatchObject([{ on: '' }]);
});

test.each<[string, Value[], string, string]>([
  ['no month', row({ Month: '' }), 'A2', '“” is not a month such as 2026-05.'],
  ['a code that there is not', row({ Finding: 'guests differ' }), 'B2', '“guests differ” is not the code'],
  ['an amount in words', row({ Amount: 'any' }), 'D2', '“any” is not an amount of dollars'],
  ['no reason', row({ Reason: ' ' }), 'E2', 'A reason is needed'],
  ['a reason whose formula fails', row({ Reason: '#NAME?' }), 'E2', 'A reason is needed'],
  ['nobody who decided it', row({ Who: null }), 'F2', 'Who decided it is needed'],
])('%s is a problem with its cell, and accepts nothing', (_what, cells, cell, words) => {
  const { accepted, problems } = read(cells);
  expect(accepted).toEqual([]);
  expect(problems).toMatchObject([{ cell: at(cell), message: expect.stringContaining(words) }]);
});

test('columns in another order are refused, not misread', () => {
  const header = ['Month', 'About', 'Finding', 'Amount', 'Reason', 'Who', 'On'];
  expect(readAccepted(TITLE, [header, row()])).toEqual({
    accepted: [],
    problems: [{ cell: at('B1'), month: null, message: expect.stringContaining('“Finding”, not “About”') }],
  });
  expect(readAccepted(TITLE, [header])).toEqual({ accepted: [], problems: [] });
});

test('problems become findings that name the cell and what to do; those of other months wait', () => {
  const { problems } = read(
    row({ Month: '2026-04', Who: '' }),
    row({ Month: '2026-05', Who: '' }),
    row({ Month: '2026-06', Who: '' }),
    row({ Month: 'x' }),
  );
  expect(acceptedDrafts(problems, '2026-05', linksOf)).toEqual([
    {
      code: 'acceptance-unreadable',
      message: `${at('F3')}: Who decided it is needed. Correct it, or empty the row.`,
      links: [{ label: at('F3'), url: 'https://sheet.example' }],
    },
    expect.objectContaining({ message: expect.stringContaining(`${at('A5')}: “x” is not a month`) }),
  ]);
});

test('what Purser writes it reads back as it was', () => {
  const words = fc
    .stringMatching(/^[ -~é=+'"]{1,40}$/)
    .filter((text) => /[a-z]/i.test(text) && !/^#/.test(text.trim()));
  fc.assert(
    fc.property(
      fc.constantFrom(...FINDING_CODES),
      fc.option(
        fc
          .stringMatching(/^[A-Za-z][A-Za-z0-9@. -]{0,20}[a-z0-9]$/)
          .filter((text) => text.toLowerCase() !== 'none'),
      ),
      fc.option(fc.integer({ min: -10_000_000_00, max: 10_000_000_00 })),
      words,
      (code, about, cents, reason) => {
        const one = {
          month: '2026-05',
          code,
          about,
          cents,
          reason: reason.trim(),
          who: 'Dana',
          on: '2026-06-02',
        };
        expect(read(acceptedCells(one))).toEqual({ accepted: [{ ...one, cell: at('A2') }], problems: [] });
      },
    ),
    { numRuns: 500 },
  );
});

test('the row of a finding is known again, whatever its charter is called', () => {
  const ids = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('none', ' None ', '', '007', "'x", '=1'),
  );
  fc.assert(
    fc.property(ids, fc.constantFrom(null, -12_500, 0), (charterId, cents) => {
      const [code, severity] = ['trip-sheet-missing', 'warn'] as const;
      const key = keyOf({ code, severity, charterId, cents, message: '', links: [] });
      const cells = acceptedCells({ ...key, month: '2026-05', reason: 'Lost', who: 'Dana', on: '' });
      const [only] = read(cells).accepted;
      expect(only).toBeDefined();
      expect(only === undefined || isSameFinding(only, key)).toBe(true);
    }),
  );
});
