import { PurserError } from '../../src/host/errors.ts';
import type { Settings } from '../../src/workbook/settings.ts';
import { readSettings } from '../../src/workbook/settings.ts';
import { SETTINGS } from '../../src/workbook/settings-list.ts';

type Row = readonly (string | number | boolean | null)[];
const HEADER: Row = ['Setting', 'Value', 'What it means'];
const workbook = { title: 'Heron Charters books', timeZone: 'America/New_York', locale: 'en_US' };

const read = (...rows: readonly Row[]): Settings =>
  readSettings('Purser settings', [HEADER, ...rows], workbook);

function refusal(...rows: readonly Row[]): PurserError {
  try {
    read(...rows);
  } catch (thrown) {
    if (thrown instanceof PurserError) return thrown;
    throw thrown;
  }
  throw new Error('not refused');
}

test('without a row every setting has its default', () => {
  expect(read()).toMatchObject({
    company: 'Heron Charters books',
    standardRateCents: 12_500,
    currency: 'USD',
    timeZone: 'America/New_York',
    templateTab: 'Template',
    monthTabName: '{{month}}',
    chartersTable: 'crew-dispatch',
    chartersIndex: 'month-date-index',
    rosterTable: 'crew-roster',
    primaryRegion: 'us-east-1',
    secondRegion: 'us-west-2',
    recipients: null,
    alwaysCc: [],
    subject: '{{company}} revenue statement, {{month}}',
    statementDay: 1,
    sendAutomatically: 'when clean',
    severities: {},
    chartersCalendar: null,
    charterMinutes: 120,
    calendarWords: ['charter', 'cruise', 'sail', 'tour'],
  });
});

test('the tab as Purser makes it is read without a complaint', () => {
  expect(() =>
    read(...SETTINGS.map(({ key, fallback, meaning }): Row => [key, fallback, meaning])),
  ).not.toThrow();
});

test('values are read as people type them, keys in any case', () => {
  const settings = read(
    ['  company ', ' Heron '],
    ['STANDARD  RATE', 118.1],
    ['Statement day', 5],
    ['send AUTOMATICALLY', 'Never'],
    ['Charters index', ''],
    ['Second region', null],
    ['Statement recipients', 'Ann <ann@example.com>, bo@example.com'],
    ['Severities', 'crew-unknown = INFO; stale-month=block\nregion-down=warn'],
    ['Charter attribute guests', 'pax'],
    ['Charters calendar', 'Fleet@Heron.example'],
    ['Charter lasts', 90],
    ['Calendar words', ''],
  );
  expect(settings).toMatchObject({
    company: 'Heron',
    standardRateCents: 11_810,
    statementDay: 5,
    sendAutomatically: 'never',
    chartersIndex: null,
    secondRegion: null,
    severities: { 'crew-unknown': 'info', 'stale-month': 'block', 'region-down': 'warn' },
    chartersCalendar: 'fleet@heron.example',
    charterMinutes: 90,
    calendarWords: [],
  });
  expect(settings.recipients).toMatchObject([
    { name: 'Ann', address: 'ann@example.com' },
    { address: 'bo@example.com' },
  ]);
  expect(settings.charterAttributes).toMatchObject({ guests: 'pax', comps: 'comps' });
});

test.each<[string, string | number | boolean, RegExp]>([
  [
    'Standard rate',
    12_500,
    /\$12,500\.00 a guest is more than \$10,000\.00; the rate is in dollars, not in cents/,
  ],
  ['Standard rate', '', /“” is not an amount of dollars/],
  ['Standard rate', 'a lot', /“a lot” is not an amount of dollars/],
  ['Standard rate', '-5', /not an amount/],
  ['Standard rate', '1.005', /not an amount/],
  ['Standard rate', '1,250.00', /not an amount/],
  ['Currency', 'dollars', /“dollars” is not three capital letters such as USD/],
  ['Currency', 'usd', /three capital letters/],
  ['Currency', 'JPY', /JPY is not counted in hundredths; Purser counts in cents/],
  ['Currency', 'KWD', /not counted in hundredths/],
  ['Currency', '#REF!', /the formula there shows #REF!\.$/m],
  ['Company', '#NAME?', /the formula there shows #NAME\?/],
  ['Statement recipients', '#N/A (Did not find value)', /the formula there shows #N\/A/],
  ['Time zone', 'New York', /is not a time zone/],
  ['Template tab', '', /name the Template tab/],
  ['Month tab name', 'Statement', /must contain \{\{month\}\}/],
  ['Month tab name', '{{month}} {{vessel}}', /there is no placeholder \{\{vessel\}\} for names/],
  ['File name', 'statement', /must contain \{\{month\}\}/],
  ['File name', 'a/{{month}}', /none of/],
  ['Statement subject', 'Statement', /must be one line and contain/],
  ['Statement subject', '{{month}}\nBcc: x@evil.example', /must be one line/],
  ['Statement subject', '{{month}} {{total.gross}}', /no placeholder \{\{total\.gross\}\}/],
  ['Charters table', 'a b', /not a DynamoDB table name/],
  ['Charters table', '', /not a DynamoDB table name/],
  ['Roster table', 'ab', /not a DynamoDB table name/],
  ['Charters index', '?', /not a DynamoDB index name/],
  ['Primary region', 'Virginia', /not an AWS region/],
  ['Primary region', '', /not an AWS region/],
  ['Second region', 'us-east-1', /is the primary region/],
  ['Statement recipients', 'ann at example.com', /is not a mail address/],
  ['Always CC', 'ann@', /is not a mail address/],
  ['Reply to', '@example.com', /is not a mail address/],
  ['Statement day', 31, /“31” is not a day from 1 to 28/],
  ['Statement day', 0, /not a day/],
  ['Statement day', 1.5, /not a day/],
  ['Send automatically', 'always', /neither “when clean” nor “never”/],
  ['Send automatically', true, /neither “when clean” nor “never”/],
  ['Charters calendar', 'Our charters', /“Our charters” is neither the link nor the id of a Google calendar/],
  ['Charter lasts', 4, /“4” is not a whole number from 5 to 1440/],
  ['Charter lasts', '2 hours', /is not a whole number/],
  ['Severities', 'crew-missing=warn', /there is no finding “crew-missing”/],
  ['Severities', 'crew-unknown=fatal', /crew-unknown must be block, warn or info, not “fatal”/],
  [
    'Severities',
    'stale-month=info, item-unreadable = INFO',
    /item-unreadable can’t be info: the statement lacks/,
  ],
  ['Severities', 'crew-unknown', /must be block, warn or info/],
  ['Charter attribute comps', 'guests', /“guests” is already the attribute for guests/],
  ['Roster attribute name', 'crewId', /already the attribute for crewId/],
])('%s = %j is refused with its cell', (key, value, words) => {
  const { code, kind, what, now } = refusal(['Company', 'Heron'], [key, value]);
  expect([code, kind]).toEqual(['settings-invalid', 'setup']);
  expect(what).toContain(`'Purser settings'!B3 (${key}): `);
  expect(what).toMatch(words);
  expect(now).toContain('“Purser settings”');
});

test('item-unreadable may be lowered to a warning, at which a person must look', () => {
  expect(read(['Severities', 'item-unreadable=warn']).severities).toEqual({ 'item-unreadable': 'warn' });
});

test('every bad value is named at once', () => {
  const { what, data } = refusal(['Currency', 'x'], ['Statement day', 'x'], ['Standard rate', 'x']);
  expect(data.problems).toBe(3);
  for (const cell of ['B2', 'B3', 'B4']) expect(what).toContain(`'Purser settings'!${cell}`);
});

test('a setting that there is not, one that is there twice, and a value without a key are named with their cells', () => {
  expect(refusal(['Standart rate', '125']).what).toContain(
    "'Purser settings'!A2: there is no setting “Standart rate”.",
  );
  expect(refusal(['Currency', 'USD'], ['currency ', 'EUR']).what).toContain(
    "'Purser settings'!A3: the setting “currency” is there twice.",
  );
  expect(refusal(['', '125']).what).toContain("'Purser settings'!B2: “125” stands beside no setting");
  expect(() => read([], ['', '', 'a note'], [null, null])).not.toThrow();
});

test('hostile values are shown short and on one line', () => {
  const { what } = refusal(['Currency', `=EVIL()\n${'x'.repeat(10_000)}`], [`k\n${'y'.repeat(10_000)}`, 'v']);
  expect(what.length).toBeLessThan(600);
  expect(what).not.toContain('\n');
});

test('a tab renamed with an apostrophe is named as a formula would', () => {
  expect(() => readSettings("Bob's", [HEADER, ['Currency', 'x']], workbook)).toThrow("'Bob''s'!B2");
});

test('settings about the other witnesses are read as people write them', () => {
  expect(read()).toMatchObject({
    bookingAgents: [],
    bookingMailSearch: '',
    bookingReachDays: 365,
    bookingWords: {},
    tripSheetsFolderId: null,
    tripSheetWords: {},
    dateOrder: 'month-first',
    tolerances: {
      guests: 0,
      amountCents: 0,
      compsPerCharter: 2,
      rateOutlierPercent: 60,
      minutesBetweenDepartures: 60,
    },
    explainOverPercent: 50,
  });
  expect(
    read(
      ['Booking agent', 'Sails <desk@sails.example>, @agent.example; two.example'],
      ['Booking words', 'reference=Dossier no, Party size = Heads aboard\nparty size=Souls'],
      ['Trip sheets folder', 'https://drive.google.com/drive/u/0/folders/1AbC-def_9?usp=sharing'],
      ['Trip sheet words', 'comp person=Freeloader'],
      ['Date order', 'Day-first'],
      ['Guests may differ by', 1],
      ['Amounts may differ by', '$0.50'],
      ['Comps a charter', ''],
      ['Rate outlier', '25 %'],
      ['Explain changes over', ''],
    ),
  ).toMatchObject({
    bookingAgents: ['desk@sails.example', 'agent.example', 'two.example'],
    bookingWords: { reference: ['Dossier no'], 'party size': ['Heads aboard', 'Souls'] },
    tripSheetsFolderId: '1AbC-def_9',
    tripSheetWords: { 'comp person': ['Freeloader'] },
    dateOrder: 'day-first',
    tolerances: { guests: 1, amountCents: 50, compsPerCharter: null, rateOutlierPercent: 25 },
    explainOverPercent: null,
  });
});

test.each<[string, Row]>([
  ['B2 (Booking agent)', ['Booking agent', 'from:agent.example']],
  ['B2 (Booking mail reaches back)', ['Booking mail reaches back', '0']],
  ['B2 (Booking words)', ['Booking words', 'heads=Pax']],
  ['B2 (Trip sheets folder)', ['Trip sheets folder', 'my trip sheets']],
  ['B2 (Trip sheet words)', ['Trip sheet words', 'comps']],
  ['B2 (Date order)', ['Date order', 'year first']],
  ['B2 (Amounts may differ by)', ['Amounts may differ by', 'a little']],
  ['B2 (Comps a charter)', ['Comps a charter', '1.5']],
  ['B2 (Explain changes over)', ['Explain changes over', '-5']],
])('a setting about a witness that can’t be understood is named: %s', (at, row) => {
  expect(refusal(row).what).toContain(at);
});

test.each([
  ['en_US', 'month-first'],
  ['en_GB', 'day-first'],
  ['de_DE', 'day-first'],
  ['', 'month-first'],
])('in a workbook of locale “%s” 5/7 is read %s', (locale, order) => {
  expect(readSettings('Purser settings', [HEADER], { ...workbook, locale }).dateOrder).toBe(order);
});

describe('which mailbox', () => {
  const CELL = "'Purser settings'!B2";

  test.each<[string, string | null]>([
    ['built-in', null],
    [' Built-In ', null],
    ['built in', null],
    ['', null],
    ['Office@Harbor.example', 'office@harbor.example'],
    ['The office <office@harbor.example>', 'office@harbor.example'],
  ])('“%s” is understood', (typed, address) => {
    const { sendFrom, bookingMailFrom } = read(['Send from', typed]);
    expect(sendFrom).toEqual({ setting: 'Send from', cell: CELL, address });
    expect(bookingMailFrom.address).toBeNull();
    expect(read(['Booking mail from', typed]).bookingMailFrom).toEqual({
      setting: 'Booking mail from',
      cell: CELL,
      address,
    });
  });

  test.each(['office', 'the office’s', 'a@x.example, b@x.example', 'a@x.example and', 'me@'])(
    '“%s” is not, and its cell is named',
    (typed) => {
      expect(refusal(['Send from', typed]).what).toContain(`${CELL} (Send from): “${typed}” is neither`);
    },
  );
});
