import fc from 'fast-check';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import { isClean } from '../../src/statement/findings.ts';
import { LARGEST_AMOUNT_CENTS } from '../../src/statement/money.ts';
import { anyMonth, charter, input, month, readable, statementOf, unreadable } from './samples.ts';
import { booking, sheet } from './witnesses.ts';

test('a public charter reports its paying guests at the standard rate', () => {
  const { statement, findings } = month(charter({ guests: 10, comps: 2, recordedCents: 100_000 }));
  expect(statement.lines).toMatchObject([
    {
      guests: 10,
      comps: 2,
      paying: 8,
      rateCents: 12_500,
      grossCents: 125_000,
      compsCents: 25_000,
      reportableCents: 100_000,
      differenceCents: 0,
    },
  ]);
  expect(findings).toEqual([]);
});

test('the charter’s own rate goes before the standard rate, and a rate of zero is a rate', () => {
  expect(statementOf(charter({ rateCents: 9950, recordedCents: 99_500 })).totals.reportableCents).toBe(
    99_500,
  );
  const free = month(charter({ rateCents: 0, recordedCents: 0 }));
  expect(free.statement.lines[0]).toMatchObject({ rateCents: 0, reportableCents: 0 });
  expect(free.findings).toEqual([]);
});

test('a flat price beats the rate, and comps cost nothing on it', () => {
  const { statement, findings } = month(
    charter({
      kind: 'private',
      rateCents: 12_500,
      flatPriceCents: 72_000,
      guests: 6,
      comps: 2,
      recordedCents: 72_000,
    }),
  );
  expect(statement.lines[0]).toMatchObject({
    rateCents: null,
    grossCents: 72_000,
    compsCents: 0,
    reportableCents: 72_000,
  });
  expect(statement.lines[0]?.notes).toBe('flat price $720.00; 2 comps');
  expect(findings).toEqual([]);
});

test('discount and refund are taken off; tax, fees and gratuity stay outside revenue', () => {
  const { statement, findings } = month(
    charter({
      discountCents: 5000,
      refundCents: 12_500,
      recordedCents: 107_500,
      taxCents: 700,
      feesCents: 80,
      gratuityCents: 9,
    }),
  );
  expect(statement.totals).toMatchObject({
    reportableCents: 107_500,
    discountsCents: 5000,
    refundsCents: 12_500,
    taxCents: 700,
    feesCents: 80,
    gratuityCents: 9,
  });
  expect(statement.footnotes).toEqual(['Outside revenue: tax $7.00, fees $0.80, gratuity $0.09.']);
  expect(findings).toEqual([]);
});

test.each(['cancelled', 'no-show', 'scheduled', 'unknown'] as const)(
  'a charter that is %s reports only what was forfeited, and counts no heads',
  (status) => {
    const { totals, lines } = statementOf(
      charter({
        status,
        guests: 8,
        comps: 1,
        discountCents: 100,
        refundCents: 200,
        forfeitedCents: 30_000,
        recordedCents: 30_000,
      }),
      charter({ id: 'c-2', departs: '09:00' }),
    );
    expect(lines[1]).toMatchObject({
      guests: 0,
      comps: 0,
      paying: 0,
      grossCents: 0,
      reportableCents: 30_000,
    });
    expect(totals).toMatchObject({
      charters: 1,
      guests: 10,
      comps: 0,
      paying: 10,
      forfeitedCents: 30_000,
      reportableCents: 155_000,
    });
  },
);

test('a sailing entered twice is one, however its vessel is written', () => {
  const twin = (first: string, second: string): unknown =>
    month(charter({ id: 'a', vessel: first }), charter({ id: 'b', vessel: second })).findings.map(
      ({ code, charterId }) => [code, charterId],
    );
  // Composed, as most keyboards write it, and decomposed, as some systems do.
  expect(twin('Siobh\u00e1n', 'Siobha\u0301n')).toEqual([['duplicate-charter', 'a']]);
  expect(twin('Blue Heron', ' blue  heron')).toEqual([['duplicate-charter', 'a']]);
  expect(twin('Siobhan', 'Siobh\u00e1n')).toEqual([]);
});

test('a charter that sailed reports its guests alone, whatever is entered as forfeited', () => {
  const { statement, findings } = month(charter({ forfeitedCents: 5000 }));
  expect(statement.totals).toMatchObject({ forfeitedCents: 0, reportableCents: 125_000 });
  expect(findings).toMatchObject([{ code: 'amount-ignored', severity: 'warn', cents: 5000 }]);
});

test('why a charter did not sail stands in its notes', () => {
  const { statement } = month(charter({ status: 'cancelled', cancelReason: 'gale', recordedCents: 0 }));
  expect(statement.lines[0]?.notes).toBe('cancelled: gale');
  expect(statement.footnotes).toEqual([
    '1 charter that did not sail is listed with 0 guests; only money kept from it counts.',
  ]);
});

test('the month is by date: a stale month attribute does not move a charter', () => {
  const june = charter({ id: 'c-june', month: '2026-05', date: '2026-06-01' });
  const stale = charter({ id: 'c-stale', month: '2026-04', departs: '09:00' });
  const april = charter({ id: 'c-april', month: '2026-04', date: '2026-04-30' });
  const { statement, findings } = month(june, stale, april);
  expect(statement.lines.map(({ id }) => id)).toEqual(['c-stale']);
  expect(findings.map(({ code, charterId }) => [code, charterId])).toEqual([
    ['charter-elsewhere', 'c-june'],
    ['stale-month', 'c-stale'],
  ]);
});

test('lines stand by day, departure, vessel and id', () => {
  const { lines } = statementOf(
    charter({ id: 'd', date: '2026-05-15' }),
    charter({ id: 'c', vessel: 'Osprey' }),
    charter({ id: 'b', vessel: 'Blue Heron' }),
    charter({ id: 'a', departs: '18:00' }),
  );
  expect(lines.map(({ id }) => id)).toEqual(['b', 'c', 'a', 'd']);
});

test('of two charters with the same day, vessel and departure the later is not counted', () => {
  const { statement, findings } = month(
    charter({ id: 'c-2', vessel: ' BLUE heron', taxCents: 5 }),
    charter({ id: 'c-1' }),
  );
  expect(statement.totals).toMatchObject({
    charters: 1,
    guests: 10,
    reportableCents: 125_000,
    recordedCents: 125_000,
    differenceCents: 0,
  });
  const counted = statement.lines.filter((line) => line.counted).map(({ id }) => id);
  expect(counted).toHaveLength(1);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code: 'duplicate-charter', severity: 'block', cents: 125_000 });
});

test('a cancelled charter and the one that took its place are no duplicates', () => {
  const { findings, statement } = month(
    charter({ id: 'c-1', status: 'cancelled', recordedCents: 0 }),
    charter({ id: 'c-2' }),
  );
  expect(findings).toEqual([]);
  expect(statement.totals.charters).toBe(1);
});

test('an empty month makes a statement that says so', () => {
  const { statement, findings } = month();
  expect(statement.footnotes).toEqual(['No charters were recorded for May 2026.']);
  expect(Object.values(statement.totals).every((total) => total === 0)).toBe(true);
  expect(findings).toMatchObject([{ code: 'empty-month', severity: 'block', charterId: null }]);
});

test('guests, rate or comps that multiply to an absurd sum are one unreadable item, not a broken run', () => {
  for (const absurd of [
    { guests: 100_000, rateCents: LARGEST_AMOUNT_CENTS },
    { guests: 0, comps: 100_000, rateCents: LARGEST_AMOUNT_CENTS },
  ]) {
    const many = Array.from({ length: 5 }, (_, index) =>
      charter({ id: `x-${index}`, date: `2026-05-0${index + 1}`, ...absurd }),
    );
    const { statement, findings } = month(charter(), ...many);
    expect(statement.totals).toMatchObject({ charters: 1, reportableCents: 125_000 });
    expect(findings.map(({ code }) => code)).toEqual(Array(5).fill('item-unreadable'));
  }
});

test('the bridge holds, lines add up to totals, and every cent of the difference has a charter’s finding', () => {
  fc.assert(
    fc.property(anyMonth, (charters) => {
      const { statement, findings } = month(...charters);
      const { totals, lines } = statement;
      expect(
        totals.grossCents -
          totals.compsCents -
          totals.discountsCents -
          totals.refundsCents +
          totals.forfeitedCents,
      ).toBe(totals.reportableCents);
      for (const line of lines) {
        expect(
          line.grossCents - line.compsCents - line.discountCents - line.refundCents + line.forfeitedCents,
        ).toBe(line.reportableCents);
        expect(line.recordedCents - line.reportableCents).toBe(line.differenceCents);
      }
      const sum = (pick: (line: (typeof lines)[number]) => number): number =>
        lines.reduce((all, line) => all + pick(line), 0);
      expect(sum((line) => line.differenceCents)).toBe(totals.differenceCents);
      expect(totals.recordedCents - totals.reportableCents).toBe(totals.differenceCents);
      expect(sum((line) => line.paying)).toBe(totals.guests - totals.comps);
      expect(lines).toHaveLength(charters.length);
      const explained = findings
        .filter(({ code }) => code !== 'duplicate-charter' && code !== 'amount-ignored')
        .reduce((all, { cents }) => all + (cents ?? 0), 0);
      expect(explained).toBe(totals.differenceCents);
    }),
  );
});

test('no line but a clean one goes without a finding: clean means every figure agrees', () => {
  fc.assert(
    fc.property(anyMonth, (charters) => {
      const { statement, findings } = month(...charters);
      if (!isClean(findings)) return;
      expect(statement.totals.differenceCents).toBe(0);
      expect(statement.lines.every((line) => line.differenceCents === 0)).toBe(true);
    }),
  );
});

test('the order in which items come changes neither statement nor findings', () => {
  const shuffled = anyMonth.chain((charters) =>
    fc.tuple(fc.constant(charters), fc.shuffledSubarray(charters, { minLength: charters.length })),
  );
  fc.assert(
    fc.property(shuffled, ([charters, other]) => {
      expect(month(...other)).toEqual(month(...charters));
    }),
  );
});

test('version, code and the time of reading are not in the fingerprint', () => {
  const readings = readable(charter());
  const first = calculate(input(readings)).statement;
  const later = calculate(
    input(readings, { version: 2, asOf: '2026-07-01 09:15', today: '2026-07-01', workbookId: 'another' }),
  ).statement;
  expect(later.fingerprint).toBe(first.fingerprint);
  expect(later.code).not.toBe(first.code);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(first.code).toMatch(/^PRS[A-Z2-7]{4}202605V1$/);
});

const changes: readonly Partial<Charter>[] = [
  { guests: 11 },
  { comps: 1 },
  { rateCents: 12_501 },
  { flatPriceCents: 1 },
  { recordedCents: 125_001 },
  { discountCents: 1 },
  { refundCents: 1 },
  { taxCents: 1 },
  { feesCents: 1 },
  { gratuityCents: 1 },
  { date: '2026-05-15' },
  { departs: '17:31' },
  { vessel: 'Osprey' },
  { kind: 'private' },
  { status: 'cancelled' },
  { crewIds: [] },
  { compNotes: 'x', comps: 1 },
  { noShows: 1 },
];

test.each(changes)('%j changes the fingerprint', (change) => {
  expect(statementOf(charter(change)).fingerprint).not.toBe(statementOf(charter()).fingerprint);
});

test('company and currency are in the fingerprint too', () => {
  const base = calculate(input(readable(charter()))).statement.fingerprint;
  expect(calculate(input(readable(charter()), { company: 'Other' })).statement.fingerprint).not.toBe(base);
  expect(calculate(input(readable(charter()), { currency: 'EUR' })).statement.fingerprint).not.toBe(base);
});

test('crew stand by name, whatever the order of their set; whom the roster lacks by id', () => {
  const roster = new Map(
    ['Zoe', 'Ann'].map((name) => [`cr-${name}`, { id: `cr-${name}`, name, email: '', role: '' }] as const),
  );
  const line = (crewIds: string[]): string =>
    calculate(input(readable(charter({ crewIds })), { roster })).statement.lines[0]?.crew ?? '';
  expect(line(['cr-Zoe', 'who', 'cr-Ann'])).toBe('Ann, Zoe, who');
  expect(line(['who', 'cr-Ann', 'cr-Zoe'])).toBe('Ann, Zoe, who');
});

describe('hostile text', () => {
  const long = 'x'.repeat(10_000);
  test.each([
    '=HYPERLINK("http://evil.example","pay")',
    '+1',
    '@x',
    '-2',
    "'quoted",
    'a\nb',
    '\u202egnihsif',
    long,
    '{{total.gross}}',
    '\ud800',
    '<b>&',
  ])('text %# as a name stays what it is and breaks nothing', (text) => {
    const { statement, findings } = month(
      charter({ id: text, vessel: text, compNotes: text, comps: 1, recordedCents: 1, crewIds: [text] }),
      charter({
        id: `${text}2`,
        vessel: text,
        departs: '08:00',
        status: 'unknown',
        statusText: text,
        cancelReason: text,
      }),
    );
    expect(statement.lines[1]?.vessel).toBe(text);
    expect(statement.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'crew-unknown',
      'revenue-differs',
      'status-open',
    ]);
    for (const { message } of findings) {
      expect(message.length).toBeLessThan(1000);
      expect(message).not.toMatch(/[\n\u202e]/);
    }
  });

  test('an unreadable item’s id and problems are shown on one line and short', () => {
    const { findings } = calculate(input([unreadable({ id: `c\n${long}` }), ...readable(charter())]));
    expect(findings[0]?.message).toMatch(
      /^Charter c x+… can't be read and is not counted: guests is missing\./,
    );
    expect(findings[0]?.charterId).toBe(`c\n${long}`);
  });
});

describe('adjustments and the other witnesses', () => {
  const refund: Adjustment = {
    month: '2026-05',
    charterId: 'c-1',
    kind: 'refund',
    cents: 12_500,
    reason: 'seasick',
    who: 'Nora',
    link: '',
    cell: "'Purser adjustments'!A2",
  };

  test('a person’s adjustment is in the figures before anything is compared', () => {
    const sold = charter({ recordedCents: 112_500 });
    const { statement, findings } = calculate(input(readable(sold), { adjustments: [refund] }));
    expect(statement.lines[0]).toMatchObject({
      refundCents: 12_500,
      reportableCents: 112_500,
      differenceCents: 0,
    });
    expect(findings).toEqual([]);
    expect(calculate(input(readable(sold))).findings.map(({ code }) => code)).toEqual(['revenue-differs']);
  });

  test('what booking and trip sheet tell stands in place of the weaker finding, and blocks as it did', () => {
    const nine = charter({ bookingRefs: ['HB-1'], guests: 9 });
    const bookings = [booking({ reference: 'HB-1', partySize: 10, amountCents: 125_000 })];
    const heard = calculate(
      input(readable(nine), {
        witnesses: {
          bookings,
          tripSheets: [sheet({ charterId: 'c-1', boarded: 10 })],
          asked: { bookings: true, tripSheets: true },
          tolerances: DEFAULT_TOLERANCES,
          dayOf: (instant) => instant.slice(0, 10),
        },
      }),
    );
    expect(heard.findings.map(({ code, severity, cents }) => [code, severity, cents])).toEqual([
      ['guests-differ', 'block', 12_500],
    ]);
    expect(heard.evidence?.matches.charters[0]?.bookings).toEqual(bookings);
    expect(calculate(input(readable(nine))).findings.map(({ code }) => code)).toEqual(['revenue-differs']);
    expect(calculate(input(readable(nine))).evidence).toBeNull();
  });
});
