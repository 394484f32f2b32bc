import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import { fixedCredentials } from '../../src/clients/aws/credentials.ts';
import type { Outcome } from '../../src/clients/exchange.ts';
import type { ErrorCode } from '../../src/host/errors.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { LedgerSource } from '../../src/sources/ledger.ts';
import { ledgerCalls, readLedger } from '../../src/sources/ledger.ts';
import { CHARTER_NAMES, item, ROSTER_NAMES } from './items.ts';

const source: LedgerSource = {
  chartersTable: 'crew-dispatch',
  chartersIndex: 'month-date-index',
  rosterTable: 'crew-roster',
  primaryRegion: 'us-east-1',
  secondRegion: 'us-west-2',
  charterAttributes: CHARTER_NAMES,
  rosterAttributes: ROSTER_NAMES,
};
const tom: AttributeMap = { crewId: { S: 'cr-tom' }, name: { S: 'Tom' } };
const credentials = fixedCredentials({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });

type Outcomes = Record<string, Outcome<readonly AttributeMap[]>>;
const ok = (...items: AttributeMap[]): Outcome<readonly AttributeMap[]> => ({ ok: true, value: items });
const bad = (code: ErrorCode, data: Record<string, string> = {}): Outcome<readonly AttributeMap[]> => ({
  ok: false,
  error: new PurserError(code, { what: 'No answer came.', now: 'Wait.', data }),
});

function outcomes(changes: Outcomes = {}): Outcomes {
  const whole: Outcomes = {};
  for (const role of ['primary', 'second']) {
    for (const month of ['2026-04', '2026-05', '2026-06'])
      whole[`${role} charters ${month}`] = ok(...(month === '2026-05' ? [item()] : []));
    whole[`${role} roster`] = ok(tom);
  }
  return { ...whole, 'primary last-year': ok(), ...changes };
}

const read = (changes: Outcomes, changed: Partial<LedgerSource> = {}) =>
  readLedger({ ...source, ...changed }, outcomes(changes), '2026-05');

test('a month asks for itself, its neighbours and last year, in both regions, in one round', () => {
  const keys = (changes: Partial<LedgerSource>, lost: boolean): string[] =>
    Object.keys(ledgerCalls({ ...source, ...changes }, credentials, '2026-01', lost, () => {}));
  expect(keys({}, false)).toEqual([
    'primary charters 2025-12',
    'primary charters 2026-01',
    'primary charters 2026-02',
    'primary roster',
    'primary last-year',
    'second charters 2025-12',
    'second charters 2026-01',
    'second charters 2026-02',
    'second roster',
  ]);
  expect(keys({ secondRegion: null }, true).filter((key) => key.startsWith('primary lost '))).toHaveLength(8);
  const scans = keys({ chartersIndex: null, secondRegion: null }, true);
  expect(scans.filter((key) => key.startsWith('primary charters segment-'))).toHaveLength(8);
  expect(scans).not.toContain('primary last-year');
});

test('the scan asks for what no query of the month and its neighbours can find', () => {
  const names = { ...CHARTER_NAMES, month: 'period', date: 'day' };
  const calls = ledgerCalls({ ...source, charterAttributes: names }, credentials, '2026-01', true, () => {});
  const bodyOf = (key: string): unknown =>
    JSON.parse(String(calls[key]?.request({ nowMs: 0 }).body ?? '{}')) as unknown;
  expect(bodyOf('primary lost segment-3')).toMatchObject({
    TableName: 'crew-dispatch',
    Segment: 3,
    TotalSegments: 8,
    FilterExpression:
      'NOT attribute_type(#month, :text) OR NOT attribute_type(#date, :text) OR (begins_with(#date, :m1) AND NOT #month IN (:m0, :m1, :m2))',
    ExpressionAttributeNames: { '#month': 'period', '#date': 'day' },
    ExpressionAttributeValues: {
      ':text': { S: 'S' },
      ':m0': { S: '2025-12' },
      ':m1': { S: '2026-01' },
      ':m2': { S: '2026-02' },
    },
  });
  expect(bodyOf('primary roster')).not.toHaveProperty('FilterExpression');
});

test('two regions that agree', () => {
  expect(read({})).toMatchObject({
    readings: [{ readable: true, charter: { id: 'c-1' } }],
    regions: {
      primary: { region: 'us-east-1', answered: true },
      second: { region: 'us-west-2', answered: true },
      differences: [],
    },
    noticed: [],
  });
  expect(read({}).roster.get('cr-tom')?.name).toBe('Tom');
});

test('an item that two queries bring is one item', () => {
  expect(read({ 'primary charters 2026-04': ok(item()) }).readings).toHaveLength(1);
});

test('items without an id, as a wrong attribute name makes of all, are each named', () => {
  const nameless = item({ charterId: undefined });
  expect(read({ 'primary charters 2026-05': ok(nameless, nameless, nameless) }).readings).toHaveLength(3);
});

test('the primary’s values count, and the difference is told', () => {
  const ledger = read({ 'second charters 2026-05': ok(item({ guests: { N: '9' } })) });
  expect(ledger.readings).toMatchObject([{ charter: { guests: 10 } }]);
  expect(ledger.regions.differences).toMatchObject([
    { id: 'c-1', attributes: [{ name: 'guests', primary: '10', second: '9' }] },
  ]);
});

test('a charter that only one query’s month has in the second region is no difference', () => {
  expect(
    read({ 'second charters 2026-05': ok(), 'second charters 2026-06': ok(item()) }).regions.differences,
  ).toEqual([]);
});

test.each<[string, string]>([
  ['charters', 'primary charters 2026-06'],
  ['roster', 'primary roster'],
])('when the primary’s %s are out of reach the second serves, and nothing is compared', (_what, key) => {
  const ledger = read({
    [key]: bad('service-unavailable'),
    'second charters 2026-05': ok(item({ guests: { N: '9' } })),
  });
  expect(ledger.readings).toMatchObject([{ charter: { guests: 9 } }]);
  expect(ledger.regions).toMatchObject({
    primary: { answered: false, problem: 'No answer came' },
    differences: [],
  });
});

test('the second region out of reach leaves the figures as they are', () => {
  const { readings, regions } = read({ 'second roster': bad('network-failed') });
  expect(readings).toHaveLength(1);
  expect(regions).toMatchObject({ second: { answered: false, problem: 'No answer came' }, differences: [] });
});

test('without a second region there is nothing to compare, and no way round', () => {
  expect(read({}, { secondRegion: null }).regions.second).toBeNull();
  expect(() => read({ 'primary roster': bad('network-failed') }, { secondRegion: null })).toThrow(
    'No answer came.',
  );
});

test('a primary that refuses is not passed over for the second: the refusal is to be mended', () => {
  expect(() => read({ 'primary charters 2026-05': bad('aws-refused') })).toThrow(PurserError);
});

test('when neither region answers, both are named', () => {
  expect(() =>
    read({ 'primary roster': bad('network-failed'), 'second roster': bad('network-failed') }),
  ).toThrow(
    /^The charters could not be read: neither us-east-1 nor us-west-2 .* In detail: us-east-1: .* us-west-2: /,
  );
});

// The error that DynamoDB gives: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#API_Query_Errors
test.each<[string, string, Record<string, string>, ErrorCode]>([
  [
    'the charters table',
    'primary charters 2026-05',
    { awsError: 'ResourceNotFoundException' },
    'charters-table-missing',
  ],
  ['the roster table', 'primary roster', { awsError: 'ResourceNotFoundException' }, 'roster-table-missing'],
  [
    'the index',
    'primary charters 2026-05',
    { awsError: 'ValidationException', awsMessage: 'The table does not have the specified index: x' },
    'charters-index-missing',
  ],
])('%s that is not there is named with its setting', (_what, key, data, code) => {
  const reads = (): unknown =>
    read({ [key]: bad('aws-refused', { ...data, table: 'the-table', region: 'us-east-1' }) });
  expect(reads).toThrow(expect.objectContaining({ code, kind: 'setup' }));
  expect(reads).toThrow(/“the-table”/);
});

test('last year’s month is handed on by date, unreadable items too; a month that the table does not have is unknown', () => {
  const ago = (id: string, changes: AttributeMap = {}): AttributeMap =>
    item({ charterId: { S: id }, month: { S: '2025-05' }, date: { S: '2025-05-10' }, ...changes });
  const there = [
    ago('a'),
    ago('b', { status: { S: 'cancelled' } }),
    ago('c', { date: { S: '2025-06-01' } }),
    ago('d', { guests: { S: 'ten' } }),
  ];
  const lastYear = [
    { readable: true, charter: { id: 'a' } },
    { readable: true, charter: { id: 'b' } },
    { readable: false, id: 'd' },
  ];
  expect(read({ 'primary last-year': ok(...there) }).lastYearReadings).toMatchObject(lastYear);
  expect(read({}).lastYearReadings).toBeNull();
  expect(read({ 'primary last-year': bad('service-throttled') }).lastYearReadings).toBeNull();
});

test('without an index last year is in the scan', () => {
  const ago = item({ charterId: { S: 'a' }, month: { S: '2025-05' }, date: { S: '2025-05-10' } });
  const { lastYearReadings } = readLedger(
    { ...source, chartersIndex: null, secondRegion: null },
    { 'primary charters segment-0': ok(item(), ago), 'primary roster': ok(tom) },
    '2026-05',
  );
  expect(lastYearReadings).toMatchObject([{ charter: { id: 'a' } }]);
  expect(lastYearReadings).toHaveLength(1);
});

test('items that the index can’t hold are found by the scan and named', () => {
  const lost = item({ charterId: { S: 'c-lost' }, month: undefined });
  const { readings } = read({ 'primary lost segment-3': ok(lost) });
  expect(readings).toMatchObject([
    { readable: true },
    { readable: false, id: 'c-lost', problems: ['month is missing'] },
  ]);
});

test('a scan that fails is told, but not when the whole region is down', () => {
  const failed = { 'primary lost segment-3': bad('aws-refused') };
  expect(read(failed).noticed).toMatchObject([{ code: 'scan-failed' }]);
  expect(read({ ...failed, 'primary roster': bad('network-failed') }).noticed).toEqual([]);
});

test('a roster entry that can’t be read is named, once: by the charter that has it aboard, else here', () => {
  const nameless: AttributeMap = { crewId: { S: 'cr-zoe' }, name: { N: '5' } };
  const ashore: AttributeMap = { crewId: { S: 'cr-ashore' } };
  const { roster, noticed } = read({
    'primary roster': ok(tom, nameless, ashore),
    'second roster': ok(tom, nameless, ashore),
  });
  expect([...roster.keys()]).toEqual(['cr-tom']);
  expect(noticed).toMatchObject([{ code: 'crew-unknown', message: expect.stringContaining('cr-ashore') }]);
});
