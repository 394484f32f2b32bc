import fc from 'fast-check';
import type { AttributeValue } from '../../src/clients/aws/attribute-value.ts';
import { readCharter, readCrewMember } from '../../src/sources/charter-items.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { CHARTER_NAMES, item, ROSTER_NAMES } from './items.ts';

function read(changes: Record<string, AttributeValue | undefined>): Charter {
  const reading = readCharter(item(changes), CHARTER_NAMES);
  if (!reading.readable) throw new Error(reading.problems.join('; '));
  return reading.charter;
}

function problemsOf(changes: Record<string, AttributeValue | undefined>): readonly string[] {
  const reading = readCharter(item(changes), CHARTER_NAMES);
  return reading.readable ? [] : reading.problems;
}

test('an item with only the needed attributes is a charter; what is absent is not zero', () => {
  expect(read({ crew: undefined })).toEqual({
    id: 'c-1',
    month: '2026-05',
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    kind: 'public',
    status: 'completed',
    statusText: 'completed',
    guests: 10,
    comps: 1,
    compNotes: '',
    rateCents: null,
    flatPriceCents: null,
    recordedCents: 112_500,
    crewIds: [],
    bookingRefs: [],
    noShows: null,
    discountCents: null,
    refundCents: null,
    forfeitedCents: null,
    taxCents: null,
    feesCents: null,
    gratuityCents: null,
    cancelReason: null,
  });
});

test('every optional attribute is read', () => {
  expect(
    read({
      compNotes: { S: 'owner' },
      ratePerPerson: { N: '0' },
      flatPrice: { N: '720.5' },
      bookingRefs: { L: [{ S: 'B1' }, { S: 'B2' }, { S: 'B1' }] },
      noShows: { N: '2' },
      discount: { N: '0.01' },
      refund: { N: '0.02' },
      forfeited: { N: '0.03' },
      tax: { N: '0.04' },
      fees: { N: '0.05' },
      gratuity: { N: '6E-2' },
      cancelReason: { S: 'gale' },
      crew: { L: [] },
    }),
  ).toMatchObject({
    compNotes: 'owner',
    rateCents: 0,
    flatPriceCents: 72_050,
    bookingRefs: ['B1', 'B2'],
    noShows: 2,
    discountCents: 1,
    refundCents: 2,
    forfeitedCents: 3,
    taxCents: 4,
    feesCents: 5,
    gratuityCents: 6,
    cancelReason: 'gale',
    crewIds: [],
  });
});

test('attribute names come from the settings', () => {
  const reading = readCharter(item({ pax: { N: '7' }, guests: undefined }), {
    ...CHARTER_NAMES,
    guests: 'pax',
  });
  expect(reading).toMatchObject({ readable: true, charter: { guests: 7 } });
  const bad = readCharter(item({ pax: { N: '-7' } }), { ...CHARTER_NAMES, guests: 'pax' });
  expect(bad).toMatchObject({ readable: false, problems: ['pax -7 is negative'] });
});

test.each([
  ['Completed', 'completed'],
  [' canceled ', 'cancelled'],
  ['CANCELLED', 'cancelled'],
  ['no-show', 'no-show'],
  ['sailed', 'unknown'],
])('the status “%s” means %s and stays as the ledger writes it', (text, status) => {
  expect(read({ status: { S: text } })).toMatchObject({ status, statusText: text });
});

const needed = [
  'charterId',
  'month',
  'date',
  'departs',
  'vessel',
  'kind',
  'status',
  'guests',
  'comps',
  'revenueTotal',
];

test.each(needed)('an item without %s is unreadable, and says so', (name) => {
  expect(problemsOf({ [name]: undefined })).toEqual([`${name} is missing`]);
  expect(problemsOf({ [name]: { NULL: true } })).toEqual([`${name} is missing`]);
});

test.each(needed.filter((name) => !['guests', 'comps', 'revenueTotal'].includes(name)))(
  'an empty %s is a missing one',
  (name) => {
    expect(problemsOf({ [name]: { S: '  ' } })).toEqual([`${name} is missing`]);
  },
);

const amounts = [
  'revenueTotal',
  'ratePerPerson',
  'flatPrice',
  'discount',
  'refund',
  'forfeited',
  'tax',
  'fees',
  'gratuity',
];
const heads = ['guests', 'comps', 'noShows'];

test.each(amounts)('a bad amount in %s is named with what is wrong', (name) => {
  expect(problemsOf({ [name]: { N: '-0.01' } })).toEqual([`${name} -0.01 is negative`]);
  expect(problemsOf({ [name]: { N: '12.345' } })).toEqual([`${name} 12.345 has more than two decimals`]);
  expect(problemsOf({ [name]: { N: '1E+100' } })).toEqual([`${name} 1E+100 is too large`]);
  expect(problemsOf({ [name]: { S: '125' } })).toEqual([`${name} is the text “125”, not a number`]);
  expect(problemsOf({ [name]: { BOOL: true } })).toEqual([`${name} is true or false, not a number`]);
  expect(problemsOf({ [name]: { L: [{ N: '1' }] } })).toEqual([`${name} is a list, not a number`]);
});

test.each(heads)('a bad count in %s is named with what is wrong', (name) => {
  expect(problemsOf({ [name]: { N: '-1' } })).toEqual([`${name} -1 is negative`]);
  expect(problemsOf({ [name]: { N: '6.5' } })).toEqual([`${name} 6.5 is not a whole number`]);
  expect(problemsOf({ [name]: { N: '100001' } })).toEqual([`${name} 100001 is too large`]);
  expect(problemsOf({ [name]: { M: {} } })).toEqual([`${name} is a map, not a number`]);
});

test.each(['vessel', 'compNotes', 'cancelReason', 'status'])(
  'a number in %s is of the wrong type',
  (name) => {
    expect(problemsOf({ [name]: { N: '5' } })).toEqual([`${name} is the number 5, not a text`]);
  },
);

test.each<[string, AttributeValue, RegExp]>([
  ['date', { S: '2026-02-30' }, /^date “2026-02-30” is not a date such as 2026-05-14$/],
  ['departs', { S: '5pm' }, /^departs “5pm” is not a time such as 17:30$/],
  ['kind', { S: 'charter' }, /^kind “charter” is neither public nor private$/],
  ['crew', { NS: ['1'] }, /^crew is not a set or a list of texts$/],
  ['bookingRefs', { L: [{ S: 'a' }, { N: '1' }] }, /^bookingRefs is not a set or a list of texts$/],
])('%s %j is refused in words', (name, value, words) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(words)]);
});

test('all that is wrong is named, and what can be known is kept', () => {
  const reading = readCharter(
    item({ charterId: undefined, guests: { N: '1.5' }, comps: { S: 'two' }, date: { S: 'soon' } }),
    CHARTER_NAMES,
  );
  expect(reading).toEqual({
    readable: false,
    id: '(without an id)',
    date: null,
    month: '2026-05',
    recordedCents: 112_500,
    problems: [
      'charterId is missing',
      'date “soon” is not a date such as 2026-05-14',
      'guests 1.5 is not a whole number',
      'comps is the text “two”, not a number',
    ],
  });
  expect(readCharter(item({ guests: undefined, revenueTotal: { N: '-1' } }), CHARTER_NAMES)).toMatchObject({
    recordedCents: null,
  });
});

test.each(['=HYPERLINK("http://evil.example")', '+1', '@x', 'a\nb', '\u202eevil', 'x'.repeat(10_000)])(
  'text %# is kept as it is, and a problem with it stays on one short line',
  (text) => {
    expect(read({ vessel: { S: text }, compNotes: { S: text } })).toMatchObject({
      vessel: text,
      compNotes: text,
    });
    const [problem = '', ...more] = problemsOf({ date: { S: text } });
    expect(more).toEqual([]);
    expect(problem.length).toBeLessThan(100);
    expect(problem).not.toMatch(/[\n\u202e]/);
  },
);

test('whatever an attribute holds, an item is read or named unreadable; nothing is thrown', () => {
  const value: fc.Arbitrary<AttributeValue> = fc.oneof(
    fc.string().map((S) => ({ S })),
    fc.oneof(fc.double({ noNaN: true }).map(String), fc.bigInt().map(String)).map((N) => ({ N })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true } as const),
    fc.array(fc.string(), { minLength: 1 }).map((SS) => ({ SS })),
    fc.array(fc.string().map((S) => ({ S }))).map((L) => ({ L })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(CHARTER_NAMES)), value, (name, held) => {
      const reading = readCharter(item({ [name]: held }), CHARTER_NAMES);
      if (reading.readable) {
        expect(Number.isSafeInteger(reading.charter.recordedCents)).toBe(true);
        expect(reading.charter.guests).toBeGreaterThanOrEqual(0);
      } else expect(reading.problems.join()).toContain(name);
    }),
  );
});

test('a crew member has an id and a name; the rest may be missing', () => {
  expect(readCrewMember({ crewId: { S: 'cr-1' }, name: { S: 'Ann' } }, ROSTER_NAMES)).toEqual({
    id: 'cr-1',
    name: 'Ann',
    email: '',
    role: '',
  });
  expect(readCrewMember({ crewId: { S: 'cr-1' } }, ROSTER_NAMES)).toBeNull();
  expect(readCrewMember({ name: { S: 'Ann' } }, ROSTER_NAMES)).toBeNull();
});
