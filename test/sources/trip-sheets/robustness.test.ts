/** Whatever the file: no throw, always an answer; and what was written in a random way is read as it was meant. */
import fc from 'fast-check';
import XLSX from 'xlsx';
import type { Separator } from '../../../src/sources/trip-sheets/parse-csv.ts';
import { guessSeparator, parseCsv } from '../../../src/sources/trip-sheets/parse-csv.ts';
import type { TripSheet } from '../../../src/statement/trip-sheet.ts';
import { bySheetJs, encode, only, readCsv, readWorkbook } from './build-files.ts';

const separators = fc.constantFrom<Separator>(',', ';', '\t', '|');
const anyText = fc.string({
  unit: fc.constantFrom(...('aÉ€😀 0,;\t|"\'\n\r='.match(/./gsu) ?? [])),
  maxLength: 12,
});
const anyRows = fc.array(fc.array(anyText, { minLength: 1, maxLength: 5 }), { maxLength: 8 });

test('what a writer of RFC 4180 wrote is read as it was', () => {
  fc.assert(
    fc.property(anyRows, separators, fc.constantFrom('\n', '\r\n', '\r'), (rows, separator, lineEnd) => {
      const quoted = (text: string) => `"${text.split('"').join('""')}"`;
      const needsQuotes = (text: string) =>
        text === '' || [...text].some((one) => `${separator}"\r\n`.includes(one));
      const text = rows
        .map(
          (row) => row.map((field) => (needsQuotes(field) ? quoted(field) : field)).join(separator) + lineEnd,
        )
        .join('');
      expect(parseCsv(text, separator)).toStrictEqual({ rows, openQuoteRow: null });
    }),
    { numRuns: 1000 },
  );
});

test('what SheetJS wrote is read as it was', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aÉ€😀 0,;\t|"\'\n='), minLength: 1, maxLength: 12 });
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );
  fc.assert(
    fc.property(table, separators, (rows, separator) => {
      const text = XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet(rows), { FS: separator });
      expect(parseCsv(text, separator).rows).toStrictEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test('a text of any characters is parsed without losing one', () => {
  fc.assert(
    fc.property(anyText, separators, (text, separator) => {
      const { rows, openQuoteRow } = parseCsv(text, separator);
      const letters = (some: string) => some.replace(/["\r\n,;\t|]/g, '');
      expect(letters(rows.flat().join(''))).toBe(letters(text));
      if (!text.includes('"')) expect(openQuoteRow).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

const word = fc.constantFrom(
  ...[
    'Charter',
    'Date',
    'Departure',
    'Vessel',
    'Captain',
    'Guest',
    'Party',
    'Boarded',
    'No-show',
    'Comp',
    'Reason',
  ],
  ...[
    'Status',
    'Signed',
    'Total',
    'Booking',
    'Note',
    'Signed: x',
    'Boarded: 3',
    'Comps: Ann (press)',
    'x',
    '✓',
    '',
  ],
  ...[
    'boarded',
    'no show',
    'comp',
    '4',
    '3 of 4',
    '-1',
    '1e9',
    '99999',
    '5/7/2026',
    '2026-05-07',
    '13/13/2026',
  ],
  ...[
    '17:30',
    '5 PM',
    'May 7',
    '46149',
    'Anna Smith',
    'Smith x4',
    'Smith (999)',
    '#REF!',
    'TRUE',
    'FALSE',
    '""',
  ],
  ...[
    '::::',
    'a:b:c',
    '____',
    'Étoile',
    '1. Bob',
    'Adults',
    'Last name',
    '(',
    '[',
    '\\',
    '$&',
    '=SUM(A1)',
    '"',
  ],
);
const wordRows = fc.array(fc.array(word, { maxLength: 7 }), { maxLength: 14 });

function expectAnswer(trips: readonly TripSheet[]): void {
  expect(trips.length).toBeGreaterThan(0);
  for (const { problems, boarded, noShows } of trips) {
    expect(problems.filter((problem) => problem.startsWith('Purser failed'))).toStrictEqual([]);
    for (const count of [boarded, noShows]) {
      if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
    }
  }
}

test('any arrangement of the words of trip sheets gets an answer, the same from CSV and from a workbook', () => {
  fc.assert(
    fc.property(wordRows, (rows) => {
      expectAnswer(readCsv(XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet(rows))));
      expectAnswer(readWorkbook(bySheetJs({ Trip: rows })));
    }),
    { numRuns: 400 },
  );
});

test('any bytes get an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expectAnswer(readCsv(bytes));
      expectAnswer(readWorkbook(bytes));
      expectAnswer(readWorkbook(Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes)));
    }),
    { numRuns: 500 },
  );
});

test('a workbook with some bytes broken gets an answer', () => {
  const good = bySheetJs({
    Trip: [
      ['Date', '2026-05-07'],
      ['Guest', 'Boarded'],
      ['Smith', 4],
    ],
  });
  const breaks = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(breaks, (changes) => {
      const bytes = good.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      expectAnswer(readWorkbook(bytes));
    }),
    { numRuns: 500 },
  );
});

const name = fc
  .tuple(
    fc.constantFrom('Anna', 'José', 'Zoë', 'Łukasz', 'Siobhán', 'Mary-Jane'),
    fc.constantFrom('Smith', 'Núñez', "O'Brien", 'de Vries', 'Müller', 'Weiß'),
    fc.integer({ min: 1, max: 999 }),
  )
  // A number in letters keeps names apart without looking like heads.
  .map(
    ([first, last, number]) =>
      `${first} ${last} ${number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')}`,
  );
const party = fc.record({
  name,
  heads: fc.integer({ min: 1, max: 9 }),
  stayed: fc.integer({ min: 0, max: 9 }),
  comp: fc.option(fc.constantFrom('crew friend', 'press', 'apology for May 1')),
});
const trip = fc.record({
  date: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
  minutes: fc.integer({ min: 8 * 60, max: 23 * 60 + 59 }),
  parties: fc.uniqueArray(party, { minLength: 1, maxLength: 8, selector: (it) => it.name }),
  separator: separators,
  charset: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le-bom', 'utf-16be-bom', 'utf-16le') as fc.Arbitrary<
    'utf-8' | 'utf-8-bom' | 'utf-16le-bom' | 'utf-16be-bom' | 'utf-16le'
  >,
  words: fc.record({
    date: fc.constantFrom('Date', 'Trip date', 'DATE:', 'Date of sailing'),
    departs: fc.constantFrom('Departure', 'Departs', 'Time', 'Dep. time'),
    vessel: fc.constantFrom('Vessel', 'Boat', 'Ship name:', 'Name of vessel'),
    guest: fc.constantFrom('Guest', 'Name', 'Passenger name', 'Lead guest', 'Guest name(s)'),
    heads: fc.constantFrom('Party', 'Pax', 'Party size', '# of guests', 'Booked'),
    boarded: fc.constantFrom('Boarded', 'Aboard', 'On board', 'Checked in'),
    reason: fc.constantFrom('Comp reason', 'Reason', 'Reason for comp'),
  }),
  american: fc.boolean(),
  totals: fc.boolean(),
  oneLine: fc.boolean(),
});

test('a trip written in any of many ways is read as it was meant, without a problem', () => {
  fc.assert(
    fc.property(trip, ({ date, minutes, parties, separator, charset, words, american, totals, oneLine }) => {
      const iso = date.toISOString().slice(0, 10);
      const [hour, minute] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')];
      const clock = `${String(hour).padStart(2, '0')}:${minute}`;
      const time = american
        ? `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`
        : clock;
      const day = american ? `${Number(iso.slice(5, 7))}/${Number(iso.slice(8))}/${iso.slice(0, 4)}` : iso;
      const came = parties.map((it) => Math.max(it.heads - it.stayed, 0));
      const boarded = came.reduce((sum, count) => sum + count, 0);
      const heading = [
        [words.date, day],
        [words.departs, time],
        [words.vessel, 'Étoile du Nord'],
      ];
      const rows: readonly (readonly (string | number)[])[] = [
        ...(oneLine ? [heading.flat()] : heading),
        [],
        [words.guest, words.heads, words.boarded, words.reason],
        ...parties.map((it, at) => [it.name, it.heads, came[at] ?? 0, it.comp ?? '']),
        ...(totals ? [['Total', parties.reduce((sum, it) => sum + it.heads, 0), boarded, '']] : []),
      ];
      const text = XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), {
        FS: separator,
      });
      expect(guessSeparator(text, (cell) => ['Guest', words.guest, words.date].includes(cell))).toBe(
        separator,
      );
      const comps = parties.flatMap((it, at) =>
        it.comp === null || came[at] === 0 ? [] : [{ person: it.name, heads: came[at], reason: it.comp }],
      );
      expect(only(readCsv(encode(text, charset)))).toMatchObject({
        date: iso,
        departs: clock,
        vessel: 'Étoile du Nord',
        boarded,
        noShows: parties.reduce((sum, it, at) => sum + it.heads - (came[at] ?? 0), 0),
        guestNames: parties.map((it) => it.name),
        comps,
        problems: [],
      });
    }),
    { numRuns: 500 },
  );
});
