import fc from 'fast-check';
import type { SheetValue } from '../../src/clients/google/sheets.ts';
import type { RegisterEntry } from '../../src/workbook/register.ts';
import {
  findingsSummary,
  REGISTER_COLUMNS,
  readRegister,
  registerWrite,
  registerWrites,
  saysSent,
} from '../../src/workbook/register.ts';
import { charter, statementOf } from '../statement/samples.ts';

const header = REGISTER_COLUMNS.map(({ header: title }) => title);
const entry: RegisterEntry = {
  statement: statementOf(charter({ recordedCents: 124_950 })),
  status: 'sent',
  sentAt: '2026-06-01 06:00',
  to: 'ann@example.com',
  fileUrl: 'https://drive.example/file',
  messageUrl: 'https://mail.example/message',
  findings: 'revenue-differs',
};

test('a month gets one row under all others, a cell for each column', () => {
  const { range, values } = registerWrite('Bob’s "register"', [header, ['2026-04', 1, 'sent']], entry);
  expect(range).toBe('\'Bob’s "register"\'!A3:R3');
  expect(values).toEqual([
    [
      '2026-05',
      1,
      'sent',
      1,
      10,
      0,
      10,
      1250,
      1249.5,
      -0.5,
      entry.statement.code,
      entry.statement.fingerprint.slice(0, 12),
      '2026-06-01 06:00',
      '2026-06-01 06:00',
      'ann@example.com',
      entry.fileUrl,
      entry.messageUrl,
      'revenue-differs',
    ],
  ]);
  expect(values[0]).toHaveLength(REGISTER_COLUMNS.length);
});

test('a month and version that is there has its row rewritten, also when Sheets made a date of the month', () => {
  for (const month of ['2026-05', 'May 2026', 46_143]) {
    expect(registerWrite('R', [header, ['2026-04', 1], [month, 1], ['2026-06', 1]], entry).range).toBe(
      "'R'!A3:R3",
    );
  }
  expect(registerWrite('R', [header, ['2026-05', 2]], entry).range).toBe("'R'!A3:R3");
});

test('of a statement whose figures nobody knows, none is written', () => {
  const { values } = registerWrite('R', [header], { ...entry, figuresKnown: false });
  expect(values[0]).toEqual([
    '2026-05',
    1,
    'sent',
    ...Array.from({ length: 7 }, () => ''),
    entry.statement.code,
    '',
    '',
    ...['2026-06-01 06:00', 'ann@example.com', entry.fileUrl, entry.messageUrl, 'revenue-differs'],
  ]);
});

describe('what an entry does not know', () => {
  const there = (status: string): SheetValue[] => [
    ...['2026-05', 1, status, 3, 9, 1, 8, 1200, 1190, -10, 'PRSX', 'abcdef012345'],
    ...['2026-06-01 05:59', '2026-06-01 06:10', 'bob@example.com', 'F', 'M', 'none'],
  ];
  const found: RegisterEntry = {
    ...{ ...entry, figuresKnown: false, sentAt: '2026-07-01 08:00' },
    ...{ to: '', fileUrl: '', messageUrl: '' },
  };
  const written = (status: string, one: RegisterEntry): readonly SheetValue[] =>
    registerWrite('R', [header, there(status)], one).values[0] ?? [];

  test.each(['sent', 'unknown', ' Sent by hand'])('stays as a row has it that says “%s”', (status) => {
    expect(written(status, found).slice(2)).toEqual([
      'sent',
      ...there(status).slice(3, 10),
      entry.statement.code,
      ...there(status).slice(11, 17),
      'revenue-differs',
    ]);
  });

  test('is left blank where the row is of a statement that did not go out', () => {
    const row = written('ready', found);
    expect(row.slice(3, 10)).toEqual(Array.from({ length: 7 }, () => ''));
    expect(row.slice(11, 17)).toEqual(['', '', '2026-07-01 08:00', '', '', '']);
  });

  test('of when data were read stays beside the very same figures only', () => {
    const { statement } = entry;
    const known = { ...entry, statement: { ...statement, asOf: '' } };
    expect(written('sent', known)[12]).toBe('');
    const same = { ...known, statement: { ...known.statement, fingerprint: 'abcdef012345678' } };
    expect(written('sent', same)[12]).toBe('2026-06-01 05:59');
  });

  test('hides nothing that it knows: a second copy that went out has its own time', () => {
    const [again] = [written('sent', entry)];
    expect(again).toEqual(registerWrite('R', [header], entry).values[0]);
  });
});

test.each<[SheetValue, number]>([
  ['', 1],
  [null, 1],
  ['V1', 1],
  [' v 2', 2],
  ['first', 1],
  [0, 1],
  [3, 3],
])('a version that a person typed as %j is read as %i', (version, expected) => {
  const values = [header, ['2026-05', version, 'sent']];
  expect(readRegister(values)).toMatchObject([{ version: expected }]);
  const statement = { ...entry.statement, version: expected };
  expect(registerWrite('R', values, { ...entry, statement }).range).toBe("'R'!A2:R2");
});

test('an emptied tab keeps its header row', () => {
  expect(registerWrite('R', [], entry).range).toBe("'R'!A2:R2");
});

test('rows are read with where they stand; what is no month is passed over', () => {
  expect(
    readRegister([
      header,
      ['2026-04', 1, 'sent', 0, 0, 0, 0, 1234.5, 0, 0, 'PRSX'],
      ['a note'],
      [],
      [46_143, '2', 'held'],
    ]),
  ).toEqual([
    {
      ...{ row: 1, month: '2026-04', version: 1, status: 'sent', code: 'PRSX', to: '' },
      figures: { charters: 0, paying: 0, reportableCents: 123_450 },
    },
    { row: 4, month: '2026-05', version: 2, status: 'held', code: '', to: '', figures: null },
  ]);
});

describe('figures of a row', () => {
  const reportable = (cell: SheetValue, charters: SheetValue = 3): number | null | undefined =>
    readRegister([header, ['2026-04', 1, 'sent', charters, 9, 1, 8, cell]])[0]?.figures?.reportableCents;

  test.each<[SheetValue, number | undefined]>([
    [1234.5, 123_450],
    [0, 0],
    [-0.29, -29],
    ['1234.50', 123_450],
    ['$1,234.50', 123_450],
    ['-$1,234.50', -123_450],
    ['EUR 1,234,567.89', 123_456_789],
    ['1,50', undefined],
    ['1.234,50', undefined],
    [1234.567, undefined],
    ['', undefined],
    [null, undefined],
    [true, undefined],
    ['#REF!', undefined],
  ])('%j dollars are %s cents', (cell, cents) => {
    expect(reportable(cell)).toBe(cents);
  });

  test('are all there, or none is used', () => {
    expect(reportable(5, 'three')).toBeUndefined();
    expect(reportable(5, 2.5)).toBeUndefined();
    expect(reportable(5, '3')).toBe(500);
  });

  test('are read back to the cent as they were written, and the recipients with them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5_000_000_000, max: 49_000_000_000 }),
        fc.nat(100_000),
        (cents, heads) => {
          const { statement } = entry;
          const totals = { ...statement.totals, reportableCents: cents, charters: heads, paying: heads };
          const write = registerWrite('R', [header], { ...entry, statement: { ...statement, totals } });
          expect(readRegister([header, ...write.values])).toMatchObject([
            { figures: { charters: heads, paying: heads, reportableCents: cents }, to: 'ann@example.com' },
          ]);
        },
      ),
    );
  });
});

test('what no cell can hold is cut, so that the row is written all the same', () => {
  const long = 'x'.repeat(60_000);
  const { values } = registerWrite('R', [header], { ...entry, to: long, findings: long });
  for (const value of values[0] ?? []) expect(String(value).length).toBeLessThanOrEqual(50_000);
});

test('a version that is sent says of those before it that it has replaced them; they still say “sent”', () => {
  const second = { ...entry, statement: { ...entry.statement, version: 2 } };
  const values = [
    header,
    ['2026-05', 1, 'sent'],
    ['2026-04', 1, 'sent'],
    ['2026-05', 1, 'sent by hand'],
    ['2026-05', 3, 'sent'],
    ['2026-05', 1, 'held'],
  ];
  const [own, ...replaced] = registerWrites('R', values, second);
  expect(own).toEqual(registerWrite('R', values, second));
  expect(replaced).toEqual([{ range: "'R'!C2", values: [['sent, superseded']] }]);
  expect(saysSent({ status: 'sent, superseded' })).toBe(true);
  expect(registerWrites('R', values, { ...second, status: 'held' })).toHaveLength(1);
  expect(registerWrites('R', values, entry)).toHaveLength(1);
});

test('the findings of a row are counted by code, accepted ones apart', () => {
  const accepted = { who: 'Dana', on: '', reason: 'Known' };
  const code = 'crew-unknown';
  expect(findingsSummary([{ code }, { code }, { code, accepted }, { code: 'stale-month' }])).toBe(
    'crew-unknown ×2, crew-unknown accepted, stale-month',
  );
});
