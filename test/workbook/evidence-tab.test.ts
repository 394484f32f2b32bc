import fc from 'fast-check';
import type { SheetValue } from '../../src/clients/google/sheets.ts';
import type { BookingWord } from '../../src/statement/booking.ts';
import { EVIDENCE_COLUMNS } from '../../src/workbook/evidence-row.ts';
import {
  appendParts,
  evidenceParts,
  evidenceRange,
  fileRow,
  joinParts,
  mailRows,
  readEvidence,
} from '../../src/workbook/evidence-tab.ts';
import { errorOf } from '../tools/fake-host.ts';

type Row = SheetValue[];
const TITLE = 'Purser evidence';
const HEADER: Row = EVIDENCE_COLUMNS.map(({ header }) => header);
const LINK = 'https://mail.google.com/mail/u/0/#all/m1';
const AT = '2026-05-03T14:05:09Z';

const word = (changes: Partial<BookingWord> = {}): BookingWord => ({
  messageId: 'm1',
  receivedAt: AT,
  kind: 'confirmed',
  reference: 'HB-45239',
  guestNames: ['Ana Öztürk', 'O’Neil, Pat'],
  partySize: 2,
  date: '2026-05-16',
  departs: '10:00',
  vessel: 'Blue Heron',
  amountCents: 25_050,
  currency: null,
  outsideCents: null,
  isNet: false,
  problems: [],
  ...changes,
});
const rowsOf = (...words: BookingWord[]): Row[] =>
  mailRows(words[0]?.messageId ?? 'm1', words, words[0]?.receivedAt ?? AT, LINK);
/** As values.batchGet answers the ranges that are asked for: no link, and no empty cells at a row's end. */
const asRead = (rows: readonly Row[]): Row[] =>
  rows.map((row) => {
    const cells = row.slice(0, 14);
    while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
    return cells;
  });
const read = (...rows: Row[]) => readEvidence(TITLE, [HEADER, ...asRead(rows)]);

test('a row tells a person what was understood', () => {
  const [row] = rowsOf(
    word({ currency: 'EUR', outsideCents: 1250, isNet: true, problems: ['Two dates.', 'No time.'] }),
  );
  expect(Object.fromEntries(HEADER.map((header, index) => [header, row?.[index]]))).toEqual({
    Source: 'mail',
    Id: 'm1',
    Received: AT,
    Said: 'confirmed',
    Reference: 'HB-45239',
    Guests: 'Ana Öztürk; O’Neil, Pat',
    Party: '2',
    Date: '2026-05-16',
    Departs: '10:00',
    Vessel: 'Blue Heron',
    Amount: '250.50',
    More: '{"currency":"EUR","isNet":true,"outsideCents":1250}',
    'Not understood': 'Two dates. | No time.',
    Check: expect.stringMatching(/^[0-9a-f]{8}$/),
    Link: LINK,
  });
  expect(rowsOf(word())[0]?.slice(11, 13)).toEqual(['', '']);
});

test('whose mail it is stands in its row; a row without it is of the built-in mailbox', () => {
  const office = word({ mailbox: 'office@harbor.example' });
  expect(rowsOf(office)[0]?.[11]).toBe('{"mailbox":"office@harbor.example"}');
  expect(read(...rowsOf(office)).words).toEqual([office]);
  expect(read(...rowsOf(word())).words).toEqual([word()]);
});

const instant = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const text = fc
  .oneof(
    fc.constantFrom(
      '=1+1',
      '+49 170',
      '-',
      '@SUM(A1)',
      "'t Hooft",
      '0012',
      '1e5',
      'TRUE',
      '2026-05-16',
      '#REF!',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  )
  .filter((one) => !/[\p{Cc};|\ufffe\uffff]/u.test(one));
const words = fc.array(
  fc.record<BookingWord>({
    messageId: fc.constant('m1'),
    receivedAt: fc.constant(AT),
    kind: fc.constantFrom('requested', 'confirmed', 'amended', 'cancelled'),
    reference: fc.option(text),
    guestNames: fc.array(text, { maxLength: 4 }),
    partySize: fc.option(fc.nat(400)),
    date: fc.option(fc.constantFrom('2026-05-16', '2024-02-29')),
    departs: fc.option(fc.constantFrom('10:00', '00:05')),
    vessel: fc.option(text),
    amountCents: fc.option(fc.integer({ min: -5_000_000, max: 50_000_000_000 })),
    currency: fc.option(fc.constantFrom('EUR', '$')),
    outsideCents: fc.option(fc.integer({ min: -100, max: 9_000_000 })),
    isNet: fc.boolean(),
    problems: fc.array(text, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test('every word comes back from its row as it was, formula-like text too', () => {
  fc.assert(
    fc.property(words, (given) => {
      const reading = read(...rowsOf(...given));
      expect(reading.words).toEqual(given);
      expect(reading).toMatchObject({ changed: [], usedRows: given.length + 1 });
      expect([...reading.readMessageIds]).toEqual(['m1']);
    }),
    { numRuns: 500 },
  );
});

test('sorting the tab, and rows that are there twice, change nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(words, instant), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (mails, random) => {
        const rows = mails.flatMap(([given, receivedAt], mail) =>
          mailRows(
            `m${mail}`,
            given.map((one) => ({ ...one, receivedAt })),
            receivedAt,
            LINK,
          ),
        );
        const shuffled = [...rows, ...rows]
          .map((row) => ({ row, place: random.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ row }) => row);
        expect({ ...read(...shuffled), usedRows: 0 }).toEqual({ ...read(...rows), usedRows: 0 });
        expect(read(...rows).words).toHaveLength(mails.flatMap(([given]) => given).length);
      },
    ),
  );
});

test('what a separator would break gives way, and is the same when written again', () => {
  const [back] = read(
    ...rowsOf(word({ guestNames: ['Ana; Ben', 'Li'], problems: ['a | b'], vessel: 'Blue\r\nHeron\u0007' })),
  ).words;
  expect(back).toMatchObject({
    guestNames: ['Ana, Ben', 'Li'],
    problems: ['a / b'],
    vessel: 'Blue\nHeron\ufffd',
  });
  expect(read(...rowsOf(back ?? word())).words).toEqual([back]);
});

test('a name of nothing is no name', () => {
  const names = (...guestNames: string[]) => read(...rowsOf(word({ guestNames }))).words[0]?.guestNames;
  expect(names('', 'Li', '')).toEqual(['Li']);
  expect(names('')).toEqual([]);
});

test('lists too long for a cell are cut where an item ends, and say so', () => {
  const guestNames = Array.from({ length: 2000 }, (_, index) => `Guest ${index}`);
  const problems = Array.from({ length: 900 }, (_, index) => `Line ${index} was not understood.`);
  const given = word({ guestNames, problems, reference: 'R'.repeat(60_000) });
  const [back] = read(...rowsOf(given)).words;
  const kept = back?.guestNames.length ?? 0;
  expect(back?.guestNames).toEqual(guestNames.slice(0, kept));
  expect(kept).toBeGreaterThan(400);
  expect(back?.problems[0]).toBe(
    `${2000 - kept} of its guest names are left out: too long a list for a cell.`,
  );
  expect(back?.problems.at(-1)).toMatch(/^And \d+ more\.$/);
  expect(back?.reference).toHaveLength(500);
  for (const cell of rowsOf(given)[0] ?? []) expect(String(cell).length).toBeLessThan(10_000);
});

test('a mail without a booking is read once, and a word is not made of it', () => {
  const reading = read(...mailRows('m9', [], AT, LINK), ...rowsOf(word()));
  expect([...reading.readMessageIds].sort()).toEqual(['m1', 'm9']);
  expect(reading.words).toEqual([word()]);
});

test('two bookings without a reference in one mail stay two, even when they say the same', () => {
  const twin = word({ reference: null });
  expect(read(...rowsOf(twin, twin)).words).toEqual([twin, twin]);
});

test.each(HEADER.slice(0, 14).map((header, column) => [String(header), column] as const))(
  'a change in the column %s makes the mail unread, and is told',
  (_header, column) => {
    const [first = [], second = []] = rowsOf(word(), word({ reference: 'HB-2' }));
    const edited = second.with(column, 'x');
    const reading = read(first, edited, ...rowsOf(word({ messageId: 'm2' })));
    const mailbox = column === 0 || column === 11 ? {} : { mailbox: null };
    expect(reading.changed).toEqual([{ cell: `'${TITLE}'!A3`, id: column === 1 ? 'x' : 'm1', ...mailbox }]);
    expect([...reading.readMessageIds]).toEqual(['m2']);
    expect(reading.words.map(({ messageId }) => messageId)).toEqual(['m2']);
  },
);

test('a date that Sheets made of a text is a change; a number that it made of one is not', () => {
  const [row = []] = rowsOf(word());
  expect(read(row.with(7, 46_158)).words).toEqual([]);
  expect(read(row.with(6, 2)).words).toEqual([word()]);
});

test('a quote that Sheets took for its own mark of a text is no change', () => {
  const [row = []] = rowsOf(word({ guestNames: ["'t Hooft"] }));
  expect(read(row.with(5, 't Hooft')).words).toEqual([word({ guestNames: ['t Hooft'] })]);
});

test('a mail that lacks one of its rows is read again, and then complete beside what is left', () => {
  const rows = rowsOf(word({ reference: 'A' }), word({ reference: 'B' }), word({ reference: 'C' }));
  const left = [rows[0] ?? [], rows[2] ?? []];
  expect(read(...left)).toMatchObject({ words: [], changed: [] });
  expect([...read(...left).readMessageIds]).toEqual([]);
  const again = read(...left, ...rows);
  expect(again.words.map(({ reference }) => reference)).toEqual(['A', 'B', 'C']);
});

test('a mail that was read again after a change counts by the new rows; the change is still told', () => {
  const [row = []] = rowsOf(word());
  const reading = read(row.with(6, '9'), ...rowsOf(word()));
  expect(reading.words).toEqual([word()]);
  expect([...reading.readMessageIds]).toEqual(['m1']);
  expect(reading.changed).toEqual([{ cell: `'${TITLE}'!A2`, id: 'm1', mailbox: null }]);
});

test('a changed row still says which account’s mail it was of, also when the mail told of no booking', () => {
  const office = 'office@harbor.example';
  const rows = [
    ...mailRows('m1', [word({ mailbox: office })], AT, LINK, office),
    ...mailRows('m2', [], AT, LINK, office),
    ...mailRows('m3', [], AT, LINK),
  ];
  expect([...read(...rows).readMessageIds].sort()).toEqual(['m1', 'm2', 'm3']);
  expect(read(...rows.map((row) => row.with(3, 'x'))).changed.map(({ mailbox }) => mailbox)).toEqual([
    office,
    office,
    null,
  ]);
});

test('when a mail was read anew to another effect, the lower rows count', () => {
  const one = rowsOf(word({ reference: 'A' }));
  const two = rowsOf(word({ reference: 'B' }), word({ reference: 'C' }));
  const references = (...rows: Row[]) => read(...rows).words.map(({ reference }) => reference);
  expect(references(...one, ...two)).toEqual(['B', 'C']);
  expect(references(...two, ...one)).toEqual(['A']);
  expect(references(...two, ...one, ...two)).toEqual(['B', 'C']);
  expect(references(...one, two[0] ?? [])).toEqual(['A']);
  expect(references(...one, ...mailRows('m1', [], AT, LINK))).toEqual([]);
});

test('a trip-sheet file is known by what it was when it was last read', () => {
  const file = (modifiedTime: string, sha256: string): Row =>
    fileRow({
      id: 'f1',
      name: 'BH-007.csv',
      modifiedTime,
      sha256,
      trips: 2,
      url: 'https://drive.example/f1',
    });
  expect(file('2026-05-17T08:00:00Z', 'ab')).toEqual([
    'trip sheet',
    'f1',
    '2026-05-17T08:00:00Z',
    'file',
    'BH-007.csv',
    ...['', '', '', '', '', ''],
    '{"sha256":"ab","trips":2}',
    '',
    expect.stringMatching(/^[0-9a-f]{8}$/),
    'https://drive.example/f1',
  ]);
  const newer = file('2026-05-18T08:00:00Z', 'cd');
  for (const rows of [
    [newer, file('2026-05-17T08:00:00Z', 'ab')],
    [file('2026-05-17T08:00:00Z', 'ab'), newer],
  ]) {
    const reading = read(...rows);
    expect(reading.files.get('f1')).toMatchObject({ modifiedTime: '2026-05-18T08:00:00Z', sha256: 'cd' });
    expect([...reading.readMessageIds]).toEqual([]);
  }
  expect(read(newer.with(11, '{"sha256":"ef","trips":2}'))).toMatchObject({
    files: new Map(),
    changed: [{ id: 'f1' }],
  });
});

test('an empty tab has nothing; one whose headings were moved is refused, with what to do', () => {
  expect(readEvidence(TITLE, [])).toMatchObject({ words: [], changed: [], usedRows: 0 });
  expect(readEvidence(TITLE, [HEADER])).toMatchObject({ words: [], usedRows: 1 });
  const error = errorOf(() => readEvidence(TITLE, [['Mine', ...HEADER], ...rowsOf(word())]));
  expect(error).toMatchObject({ code: 'settings-invalid' });
  expect(error.message).toContain(`'${TITLE}'!A1 must be “Source”`);
  expect(() => readEvidence(TITLE, [[], ...rowsOf(word())])).toThrow('must be “Source”');
});

test('parts cover the tab, and come together with each row in its place', () => {
  expect(evidenceParts("Bob's", 12_001)).toEqual([
    "'Bob''s'!A1:N5000",
    "'Bob''s'!A5001:N10000",
    "'Bob''s'!A10001:N12001",
  ]);
  expect(evidenceParts(TITLE, 0)).toEqual([`'${TITLE}'!A1:N1`]);
  expect(joinParts([[HEADER, ['a']], [], [['b']], []])).toHaveLength(10_001);
  const joined = joinParts([[HEADER, ['a']], [], [['b']], []]);
  expect([joined[1], joined[4999], joined[9999], joined[10_000]]).toEqual([['a'], [], [], ['b']]);
  expect(joinParts([[HEADER], [], []])).toEqual([HEADER]);
});

describe('new rows', () => {
  const rows = (count: number): Row[] =>
    Array.from({ length: count }, (_, index) => rowsOf(word({ messageId: `m${index}` }))).flat();

  it('go under what is there, all columns of the tab being looked at', () => {
    expect(evidenceRange("Bob's")).toBe("'Bob''s'!A:O");
    expect(appendParts(5, rows(2))).toEqual([rows(2)]);
    expect(appendParts(5, [])).toEqual([]);
  });

  it('bring the headings along when the tab was emptied', () => {
    expect(appendParts(0, rows(1))).toEqual([[HEADER, ...rows(1)]]);
    expect(appendParts(0, [])).toEqual([]);
  });

  it('are cut into requests below 1.5 MB, each row once and in order', () => {
    const many = rows(4000).map((row, index) => row.with(9, `Ünïcode ${'é'.repeat(200)} ${index}`));
    const parts = appendParts(1, many);
    expect(parts.length).toBeGreaterThan(1);
    for (const values of parts) {
      expect(Buffer.byteLength(JSON.stringify({ range: evidenceRange(TITLE), values }))).toBeLessThan(
        1_500_000,
      );
    }
    expect(parts.flat()).toEqual(many);
  });
});
