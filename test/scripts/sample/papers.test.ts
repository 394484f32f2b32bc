import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressObject, ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import XLSX from 'xlsx';
import type { CharterItem } from '../../../scripts/local/generate.ts';

const FOLDER = join(import.meta.dirname, '../../../sample');
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'] as const;
const LABELS = ['January 2026', 'February 2026', 'March 2026', 'April 2026'] as const;

const charters = readFileSync(join(FOLDER, 'charters.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): CharterItem => JSON.parse(line));

const raw = (name: string): Buffer => readFileSync(join(FOLDER, 'mail', name));
const people = (found: AddressObject | AddressObject[] | undefined) =>
  [found ?? []].flat().flatMap(({ value }) => value.map(({ name, address }) => `${name} <${address}>`));
const sentMails = (): Promise<ParsedMail[]> =>
  Promise.all(MONTHS.map((month) => simpleParser(raw(`sent/${month}.eml`))));

test('the statement mails went from the office to the same partners and accountant each month', async () => {
  for (const mail of await sentMails()) {
    expect(people(mail.from)).toEqual(['Nora Whitfield <nora@blueheron.example>']);
    expect(people(mail.to)).toEqual([
      'Grace Holloway <grace.holloway@tidewater.example>',
      'René Desjardins <rene@desjardins-marine.example>',
      'Samuel Okonkwo <sam@okonkwo.example>',
    ]);
    expect(people(mail.cc)).toEqual(['Priya Raman, CPA <priya@raman-accounting.example>']);
  }
});

test('each statement mail is named after its month and dated on the 2nd of the next, morning in New York', async () => {
  const mails = await sentMails();
  expect(mails.map(({ subject }) => subject)).toEqual(
    LABELS.map((label) => `Blue Heron Charters revenue statement, ${label}`),
  );
  expect(mails.map(({ date }) => date?.toISOString())).toEqual([
    '2026-02-02T14:12:00.000Z',
    '2026-03-02T14:12:00.000Z',
    '2026-04-02T13:12:00.000Z',
    '2026-05-02T13:12:00.000Z',
  ]);
});

test('no statement mail by hand bears a code of Purser', () => {
  for (const month of MONTHS)
    expect(raw(`sent/${month}.eml`).toString('utf8')).not.toMatch(/PRS[A-Z2-7]{4}\d{6}V/);
});

const mailNames = readdirSync(join(FOLDER, 'mail')).filter((name) => name.endsWith('.eml'));

test.each([...mailNames, ...MONTHS.map((month) => `sent/${month}.eml`)])(
  '%s is ASCII in CRLF lines of at most 998 octets (RFC 5322, 2.1.1)',
  (name) => {
    const text = raw(name).toString('latin1');
    expect(text).toMatch(/^[\t\r\n\x20-\x7e]+$/);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  },
);

const kindsOf = async (name: string): Promise<string> => {
  const mail = await simpleParser(raw(name), { skipHtmlToText: true, skipTextToHtml: true });
  return `${(mail.text ?? '') !== ''}/${mail.html !== false}`;
};

test('every booking since January has its confirmation, and those that changed a second mail', () => {
  const references = new Set(
    charters.filter(({ month }) => month >= '2026-01').flatMap(({ bookingRefs }) => bookingRefs),
  );
  const confirmed = mailNames.filter((name) => /^HB-\d+\.eml$/.test(name)).map((name) => name.slice(0, -4));
  expect(confirmed).toEqual([...references, 'HB-44990'].sort());
  expect(mailNames.filter((name) => name.endsWith('-cancelled.eml')).length).toBeGreaterThanOrEqual(2);
  expect(mailNames.filter((name) => name.endsWith('-amended.eml')).length).toBeGreaterThanOrEqual(2);
});

test('the mails are plain, HTML and both, by two agents, some of them passed on', async () => {
  expect(new Set(await Promise.all(mailNames.map(kindsOf)))).toEqual(
    new Set(['true/false', 'false/true', 'true/true']),
  );
  const mails = await Promise.all(mailNames.map((name) => simpleParser(raw(name))));
  expect(new Set(mails.flatMap(({ from }) => people(from)))).toEqual(
    new Set([
      'Chesapeake Sail Bookings <confirmations@chesapeakesails.example>',
      'Señora Tours, Annapolis <desk@senoratours.example>',
    ]),
  );
  expect(mails.filter(({ subject = '' }) => subject.startsWith('Fwd: ')).length).toBeGreaterThan(3);
});

test('confirmations came in before the charter sailed', async () => {
  for (const name of mailNames.filter((one) => /^HB-\d+\.eml$/.test(one))) {
    const { date } = await simpleParser(raw(name));
    const charter = charters.find(({ bookingRefs }) => bookingRefs.includes(name.slice(0, -4)));
    expect([name, (date?.toISOString().slice(0, 10) ?? '') < (charter?.date ?? '2026-04-21')]).toEqual([
      name,
      true,
    ]);
  }
});

const sheetNames = readdirSync(join(FOLDER, 'trip-sheets'));

test('trip sheets are logs of a month, a paper for each sailing, and workbooks with merged headers', () => {
  expect(sheetNames.filter((name) => name.startsWith('Captains log '))).toHaveLength(3);
  expect(sheetNames.filter((name) => /^BH-2026-0[45]-\d{3}\.csv$/.test(name)).length).toBeGreaterThan(30);
  const books = sheetNames.filter((name) => name.endsWith('.xlsx'));
  expect(books).toHaveLength(2);
  for (const name of books) {
    const { Sheets } = XLSX.read(readFileSync(join(FOLDER, 'trip-sheets', name)));
    for (const sheet of Object.values(Sheets)) expect(sheet['!merges']?.length).toBeGreaterThan(1);
  }
});

test('the sample stays small', () => {
  const sizes = readdirSync(FOLDER, { recursive: true }).map((name) => statSync(join(FOLDER, String(name))));
  const bytes = sizes.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
  expect(bytes).toBeLessThan(420_000);
});
