import fc from 'fast-check';
import type { AuditSheetInput } from '../../src/statement/audit-sheet/input.ts';
import { auditSheet } from '../../src/statement/audit-sheet.ts';
import type { Booking } from '../../src/statement/booking.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { Finding } from '../../src/statement/findings.ts';
import { makeFinding } from '../../src/statement/findings.ts';
import type { GridCell, TabGrid } from '../../src/statement/grid.ts';
import type { CharterEvidence, Matches } from '../../src/statement/matching.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { charter, statementOf } from './samples.ts';

function booked(changes: Partial<Booking> = {}): Booking {
  return {
    key: changes.reference ?? 'message-1',
    reference: 'HB-1',
    cancelled: false,
    requested: false,
    guestNames: [],
    partySize: 10,
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    amountCents: 125_000,
    outsideCents: null,
    isNet: false,
    history: [],
    ...changes,
  };
}

function sheetOf(changes: Partial<TripSheet> = {}): TripSheet {
  return {
    fileId: 'file-1',
    fileName: 'Blue Heron May 14.csv',
    tab: '',
    charterId: 'c-1',
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    boarded: 10,
    noShows: null,
    guestNames: [],
    comps: [],
    signedBy: 'Tom Reyes',
    problems: [],
    notes: [],
    ...changes,
  };
}

function evidenceOf(one: Charter, changes: Partial<CharterEvidence> = {}): CharterEvidence {
  return {
    charter: one,
    bookings: [booked()],
    contested: [],
    requested: [],
    sheets: [sheetOf()],
    missingReferences: [],
    proposed: { bookings: [], sheets: [] },
    ...changes,
  };
}

function matchesOf(...charters: readonly CharterEvidence[]): Matches {
  return {
    charters,
    proposedBookings: [],
    proposedSheets: [],
    bookingsWithoutCharter: [],
    sheetsWithoutCharter: [],
    bookingsSetAside: [],
    chartersWithoutBooking: [],
    chartersWithoutSheet: [],
    problems: [],
  };
}

const agreeing = charter({ bookingRefs: ['HB-1'] });

function sheetInput(changes: Partial<AuditSheetInput> = {}): AuditSheetInput {
  return {
    title: 'Audit May 2026',
    statement: statementOf(agreeing),
    findings: [],
    regions: {
      primary: { region: 'us-east-1', answered: true, problem: null },
      second: { region: 'us-west-2', answered: true, problem: null },
      differences: [],
    },
    matches: matchesOf(evidenceOf(agreeing)),
    rateUses: [],
    adjustments: [],
    asked: { bookings: true, tripSheets: true },
    counts: { bookings: 1, mails: 3, tripSheets: 1 },
    ...changes,
  };
}

const BLOCK = makeFinding(
  {
    code: 'revenue-differs',
    charterId: 'c-1',
    cents: 5_000,
    message: 'Charter c-1: recorded $50.00 more.',
    links: [
      { label: 'c-1 in us-east-1', url: 'https://example.com/c-1' },
      { label: 'HB-1', url: 'https://example.com/mail' },
      { label: 'Sheet', url: 'https://example.com/sheet' },
      { label: 'Another', url: 'https://example.com/other' },
    ],
  },
  {},
);
const found = (changes: Partial<Finding>): Finding => ({ ...BLOCK, ...changes });

const shown = ({ input }: GridCell): string | number | boolean | null => {
  switch (input.kind) {
    case 'text':
      return input.text;
    case 'number':
      return input.number;
    case 'blank':
      return null;
    default:
      throw new Error(`a ${input.kind} has no place here`);
  }
};

const valuesOf = (grid: TabGrid): (string | number | boolean | null)[][] =>
  grid.rows.map((row) => row.map(shown).filter((value) => value !== null));

/** The rows between a section's header and the next empty row. */
function section(grid: TabGrid, heading: string): GridCell[][] {
  const start = grid.rows.findIndex((row) => row[0] !== undefined && shown(row[0]) === heading);
  const rest = grid.rows.slice(start);
  const end = rest.findIndex((row) => row.length === 0);
  return rest.slice(0, end < 0 ? rest.length : end).map((row) => [...row]);
}

/** One line of a table, by its headers. */
function line(grid: TabGrid, heading: string, index = 0): Record<string, GridCell> {
  const rows = section(grid, heading);
  const header = rows.findIndex((row) => row.filter((cell) => shown(cell) !== null).length > 1);
  const cells: Record<string, GridCell> = {};
  rows[header]?.forEach((cell, column) => {
    const name = shown(cell);
    const value = rows[header + 1 + index]?.[column];
    if (typeof name === 'string' && value !== undefined) cells[name] = value;
  });
  return cells;
}

const values = (cells: Record<string, GridCell>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, shown(cell)]));

const coloured = (cells: Record<string, GridCell>): string[] =>
  Object.entries(cells).flatMap(([name, { format }]) => (format.backgroundColor === undefined ? [] : [name]));

/** What the witnesses table says of the one charter. */
function witness(
  changes: Partial<CharterEvidence>,
  one: Charter = agreeing,
  findings: readonly Finding[] = [],
): Record<string, GridCell> {
  const grid = auditSheet(
    sheetInput({ statement: statementOf(one), matches: matchesOf(evidenceOf(one, changes)), findings }),
  );
  return line(grid, 'Witnesses');
}

test('a clean month says so, with what was read and which region answered', () => {
  const text = valuesOf(auditSheet(sheetInput())).flat();
  expect(text).toEqual(
    expect.arrayContaining([
      'Audit of the revenue statement, May 2026',
      'Clean: nothing that a person must look at.',
      expect.stringMatching(
        /^Statement PRS\w+V1, version 1\. Fingerprint [0-9a-f]{12}\. Data as of 2026-06-01 06:00\. us-east-1 answered; us-west-2 answered and agrees\.$/,
      ),
      'Nothing was found.',
      '3 mails read, 1 booking understood.',
      '1 trip sheet read.',
    ]),
  );
});

test.each([
  [['block', 'warn', 'info'], 'Held: 1 finding blocks sending. 1 more to look at. 1 good to know.'],
  [['block', 'block'], 'Held: 2 findings block sending.'],
  [['warn'], 'Look at 1 finding. None blocks sending.'],
  [['info'], 'Clean: nothing that a person must look at. 1 good to know.'],
] as const)('findings of %p read “%s”', (severities, words) => {
  const findings = severities.map((severity) => found({ severity }));
  expect(valuesOf(auditSheet(sheetInput({ findings }))).flat()).toContain(words);
});

test('calendars are shown where there are any, coloured where a trip has no charter', () => {
  expect(valuesOf(auditSheet(sheetInput())).flat()).not.toContain('Calendars');
  const use = {
    account: 'ana@example.com',
    calendarId: '=primary',
    from: '2026-05-01',
    readAt: '2026-06-01 05:00',
    written: 3,
    trips: 4,
    matched: 3,
  };
  const grid = auditSheet(sheetInput({ calendars: [use, { ...use, matched: 4 }] }));
  expect(values(line(grid, 'Calendars'))).toEqual({
    'Read since': 46143,
    Account: 'ana@example.com',
    Calendar: '=primary',
    'Last read': '2026-06-01 05:00',
    'By Purser': 3,
    Trips: 4,
    Matched: 3,
  });
  expect([0, 1].map((index) => coloured(line(grid, 'Calendars', index)))).toEqual([['Matched'], []]);
});

test('a finding stands under the columns that the tab for carried findings has, its amount a number', () => {
  const grid = auditSheet(sheetInput({ findings: [BLOCK] }));
  const cells = line(grid, 'Findings');
  expect(Object.keys(cells)).toEqual([
    'Month',
    'Finding',
    'Charter',
    'Amount',
    'Severity',
    'What',
    'Where 1',
    'Where 2',
    'Where 3',
  ]);
  expect(values(cells)).toEqual({
    Month: '2026-05',
    Finding: 'revenue-differs',
    Charter: 'c-1',
    Amount: 50,
    Severity: 'Blocks sending',
    What: 'Charter c-1: recorded $50.00 more.',
    'Where 1': 'c-1 in us-east-1',
    'Where 2': 'HB-1',
    'Where 3': 'Sheet (and 1 more)',
  });
  expect(cells['Where 2']?.format.textFormat?.link).toEqual({ uri: 'https://example.com/mail' });
  expect(cells.Amount?.format.numberFormat?.pattern).toContain('#,##0.00');
});

test('an accepted finding says who, when and why beside it, weighs nothing in the verdict, and is counted there', () => {
  const accepted = { who: 'Dana', on: '2026-06-02', reason: 'The captain counted again' };
  const findings = [found({ severity: 'warn' }), { ...BLOCK, accepted }];
  const grid = auditSheet(sheetInput({ findings }));
  expect(valuesOf(grid).flat()).toContain('Look at 1 finding. None blocks sending. 1 accepted.');
  const [first, second] = [line(grid, 'Findings', 0), line(grid, 'Findings', 1)];
  expect(values(first)).toMatchObject({ Severity: 'Look at this' });
  expect(values(second)).toMatchObject({
    Severity: 'Accepted',
    What: 'Charter c-1: recorded $50.00 more.',
    'Where 2': 'HB-1 (and 2 more)',
    'Accepted by': 'Dana, 2026-06-02: The captain counted again',
  });
  const allAccepted = auditSheet(sheetInput({ findings: [{ ...BLOCK, accepted }] }));
  expect(valuesOf(allAccepted).flat()).toContain('Clean: nothing that a person must look at. 1 accepted.');
});

test('only web addresses become links', () => {
  const links = ['javascript:alert(1)', 'HTTPS://example.com/a', 'ftp://example.com'].map((url) => ({
    label: 'x',
    url,
  }));
  const cells = line(auditSheet(sheetInput({ findings: [found({ links })] })), 'Findings');
  expect(['Where 1', 'Where 2', 'Where 3'].map((name) => cells[name]?.format.textFormat?.link?.uri)).toEqual([
    undefined,
    'HTTPS://example.com/a',
    undefined,
  ]);
});

test('with more findings than can be linked, the others show their addresses', () => {
  const findings = Array.from({ length: 501 }, () => BLOCK);
  const grid = auditSheet(sheetInput({ findings }));
  expect(shown(line(grid, 'Findings', 499)['Where 1'] ?? { input: { kind: 'blank' }, format: {} })).toBe(
    'c-1 in us-east-1',
  );
  expect(values(line(grid, 'Findings', 500))['Where 1']).toBe('c-1 in us-east-1 https://example.com/c-1');
});

test('witnesses that agree are not coloured and leave no words', () => {
  const cells = witness({});
  expect(values(cells)).toMatchObject({
    Date: 46_156,
    Vessel: 'Blue Heron',
    Charter: 'c-1',
    Departs: '17:30',
    Status: 'completed',
    'Guests, ledger': 10,
    'Guests, booked': 10,
    'Guests, boarded': 10,
    Recorded: 1250,
    Booked: 1250,
    'What differs': null,
    'How matched': 'HB-1 by reference; sheet by charter id',
    'Signed by': 'Tom Reyes',
  });
  expect(coloured(cells)).toEqual([]);
});

test.each<[string, Partial<CharterEvidence>, string, string[]]>([
  [
    'boarded heads',
    { sheets: [sheetOf({ boarded: 11 })] },
    'Boarded 11, ledger 10',
    ['Guests, ledger', 'Guests, booked', 'Guests, boarded'],
  ],
  [
    'two sheets',
    { sheets: [sheetOf(), sheetOf({ boarded: 12 })] },
    'Boarded 10 and 12, ledger 10',
    ['Guests, ledger', 'Guests, booked', 'Guests, boarded'],
  ],
  [
    'booked heads',
    { bookings: [booked({ partySize: 9 })] },
    'Booked 9, paying 10',
    ['Guests, ledger', 'Guests, booked', 'Guests, boarded'],
  ],
  [
    'comps',
    { sheets: [sheetOf({ comps: [{ person: 'Dana', heads: 2, reason: '' }] })] },
    'Comps 2 on the sheet, 0 in the ledger',
    ['Comps, ledger', 'Comps, sheet'],
  ],
  [
    'money',
    { bookings: [booked({ amountCents: 120_000 })] },
    'Booked $50.00 less than recorded',
    ['Recorded', 'Booked'],
  ],
])('%s that differ are told in words and coloured', (_what, changes, words, columns) => {
  const cells = witness(changes);
  expect(values(cells)['What differs']).toBe(words);
  expect(coloured(cells)).toEqual([...columns, 'What differs']);
});

test('what a mail may quote on top of revenue is told and not coloured', () => {
  const one = charter({
    bookingRefs: ['HB-1'],
    taxCents: 8_000,
    discountCents: 2_000,
    recordedCents: 123_000,
  });
  const cells = witness({ bookings: [booked({ amountCents: 133_000 })] }, one);
  expect(values(cells)['What differs']).toBe('Booked with tax, before the discount');
  expect(coloured(cells)).toEqual([]);
});

test('no-shows and comps may be among the booked', () => {
  const one = charter({ guests: 10, comps: 1, recordedCents: 112_500, noShows: 2 });
  for (const partySize of [9, 10, 12]) {
    expect(coloured(witness({ bookings: [booked({ partySize, amountCents: null })] }, one))).toEqual([]);
  }
  expect(coloured(witness({ bookings: [booked({ partySize: 13, amountCents: null })] }, one))).not.toEqual(
    [],
  );
});

test('a finding about a charter is named beside it and coloured, even when the table alone would not show it', () => {
  const cells = witness({}, agreeing, [found({ code: 'comp-unexplained', severity: 'warn' })]);
  expect(values(cells)['What differs']).toBe('See comp-unexplained');
  expect(coloured(cells)).toEqual(['Comps, ledger', 'Comps, sheet', 'What differs']);
});

test('it says how each piece of evidence came to its charter', () => {
  const cells = witness({
    bookings: [booked(), booked({ reference: 'HB-2' }), booked({ reference: 'HB-3', cancelled: true })],
    contested: [{ booking: booked({ reference: 'HB-4' }), why: 'moved' }],
    requested: [booked({ reference: 'HB-8' })],
    missingReferences: ['HB-5'],
    proposed: { bookings: [booked({ reference: 'HB-6' })], sheets: [] },
    sheets: [sheetOf({ charterId: null, signedBy: null })],
  });
  expect(values(cells)['How matched']).toBe(
    'HB-1 by reference; HB-2 by date, vessel and departure; HB-3 cancelled by mail; HB-4 moved by mail, not counted; HB-8 only asked for, not counted; proposed, not counted: HB-6; no mail for HB-5; sheet by date, vessel and departure',
  );
  expect(values(cells)['Signed by']).toBe('nobody');
});

test('a witness that nobody asked is not missed', () => {
  const bare = evidenceOf(agreeing, { bookings: [], sheets: [] });
  const grid = (asked: AuditSheetInput['asked']): TabGrid =>
    auditSheet(sheetInput({ asked, matches: matchesOf(bare) }));
  expect(values(line(grid({ bookings: true, tripSheets: true }), 'Witnesses'))['How matched']).toBe(
    'No booking; no trip sheet',
  );
  const unasked = grid({ bookings: false, tripSheets: false });
  expect(values(line(unasked, 'Witnesses'))['How matched']).toBeNull();
  expect(valuesOf(unasked).flat()).toContain('Not looked at: the settings name no folder of trip sheets.');
});

test('without evidence the ledger stands alone', () => {
  const cells = line(auditSheet(sheetInput({ matches: null })), 'Witnesses');
  expect(values(cells)).toMatchObject({
    'Guests, ledger': 10,
    'Guests, booked': null,
    'Guests, boarded': null,
    Booked: null,
  });
});

test('the first and the last row of a section are where the contents say', () => {
  const grid = auditSheet(sheetInput({ findings: [BLOCK, BLOCK] }));
  const contents = valuesOf(grid)
    .flat()
    .find((text) => String(text).startsWith('Findings: row '));
  const places = [...String(contents).matchAll(/([^·]+): row (\d+)/g)];
  expect(places).toHaveLength(6);
  expect(valuesOf(grid).at(-2)).toEqual(['Adjustments', '0 rows']);
  for (const [, name = '', row] of places) {
    expect(valuesOf(grid)[Number(row) - 1]?.[0]).toMatch(new RegExp(`^${name.trim()}`));
  }
});

test('rates, comps, adjustments and the comparison have their figures as numbers', () => {
  const one = charter({
    guests: 10,
    comps: 1,
    compNotes: 'Dana Whitlock, travel writer',
    rateCents: 10_000,
    recordedCents: 90_000,
  });
  const grid = auditSheet(
    sheetInput({
      statement: statementOf(one),
      matches: matchesOf(
        evidenceOf(one, {
          sheets: [sheetOf({ comps: [{ person: 'D. Whitlock', heads: 1, reason: 'press' }] })],
        }),
      ),
      rateUses: [
        {
          charterId: 'c-1',
          rateCents: 10_000,
          standardCents: 12_500,
          effectCents: -22_500,
          source: 'the charter’s own rate',
        },
      ],
      adjustments: [
        {
          kind: 'discount',
          charterId: 'c-1',
          cents: 4_500,
          month: '2026-05',
          reason: 'engine trouble',
          who: 'Ruth',
          link: 'https://example.com/m',
          cell: "'Purser adjustments'!A3",
        },
        {
          kind: 'guests',
          charterId: 'c-1',
          heads: 9,
          month: '2026-05',
          reason: 'recount',
          who: 'Ruth',
          link: 'see binder',
          cell: "'Purser adjustments'!A4",
        },
      ],
      comparison: [{ label: 'April 2026', cents: 100_000, changeCents: -10_000, percent: -10 }],
    }),
  );
  expect(values(line(grid, 'Non-standard rates'))).toMatchObject({
    Charter: 'c-1',
    Rate: 100,
    Standard: 125,
    Effect: -225,
  });
  expect(values(line(grid, 'Comps'))).toMatchObject({
    Worth: 100,
    Comps: 1,
    'Who and why, by the ledger': 'Dana Whitlock, travel writer',
    'Who and why, by the trip sheet': 'D. Whitlock, press',
  });
  expect(values(line(grid, 'Adjustments of the month'))).toMatchObject({
    Kind: 'discount',
    Amount: 45,
    Heads: null,
  });
  expect(line(grid, 'Adjustments of the month').Link?.format.textFormat?.link?.uri).toBe(
    'https://example.com/m',
  );
  expect(values(line(grid, 'Adjustments of the month', 1))).toMatchObject({
    Amount: null,
    Heads: 9,
    Link: 'see binder',
  });
  expect(values(line(grid, 'Comparison'))).toMatchObject({
    With: 'April 2026',
    Then: 1000,
    Change: -100,
    Percent: -10,
  });
});

test.each([
  [{ second: null }, 'us-east-1 answered; no second region is set.'],
  [
    { second: { region: 'us-west-2', answered: false, problem: 'it timed out' } },
    'us-east-1 answered; us-west-2 did not answer (it timed out), so nothing was compared.',
  ],
  [
    { primary: { region: 'us-east-1', answered: false, problem: null } },
    'us-east-1 did not answer (no reason given): the figures are those of us-west-2 alone.',
  ],
])('regions %j are told', (changes, words) => {
  const { regions } = sheetInput();
  const text = valuesOf(auditSheet(sheetInput({ regions: { ...regions, ...changes } }))).flat();
  expect(text.some((one) => String(one).endsWith(words))).toBe(true);
});

test('whatever is written in the evidence, no cell is a formula, every row fits, and no merge hides a value', () => {
  const nasty = fc.oneof(fc.string(), fc.constantFrom('=1+1', '\ud800', '+A1', '', 'الملاح', 'a\r\nb'));
  fc.assert(
    fc.property(nasty, nasty, nasty, (vessel, message, url) => {
      const one = charter({ vessel, compNotes: message, comps: 1, bookingRefs: [message] });
      const grid = auditSheet(
        sheetInput({
          statement: statementOf(one),
          matches: matchesOf(evidenceOf(one, { sheets: [sheetOf({ fileName: url, signedBy: message })] })),
          findings: [found({ message, links: [{ label: message, url }] })],
        }),
      );
      for (const [index, row] of grid.rows.entries()) {
        expect(row.length === 0 || row.length <= grid.columnWidthsPx.length).toBe(true);
        for (const { input } of row) expect(['text', 'number', 'blank']).toContain(input.kind);
        for (const value of row.map(shown)) expect(String(value)).not.toMatch(/\p{Cs}|\r/u);
        const merges = grid.merges.filter(({ startRow }) => startRow === index);
        for (const { startColumn, endColumn } of merges) {
          expect(
            row
              .slice(startColumn + 1, endColumn)
              .map(shown)
              .every((value) => value === null),
          ).toBe(true);
        }
      }
      expect(grid.rowHeightsPx).toHaveLength(grid.rows.length);
    }),
    { numRuns: 60 },
  );
});
