import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressObject, ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import type { CharterItem } from '../../../scripts/local/generate.ts';
import { centsFromDollars } from '../../../src/statement/money.ts';

const FOLDER = join(__dirname, '../../../sample');
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

interface Confirmation {
  readonly ref: string;
  readonly vessel: string;
  readonly departs: string;
  readonly heads: number;
  readonly priceCents: number;
  readonly totalCents: number;
  readonly taxCents: number;
}

/** The text body and the HTML body, as far as the mail has them; mailparser says '' and false for none. */
async function bodiesOf(name: string): Promise<{ readonly text: string; readonly html: string }> {
  const mail = await simpleParser(raw(name), { skipHtmlToText: true, skipTextToHtml: true });
  return { text: mail.text ?? '', html: mail.html === false ? '' : mail.html };
}

/** Both bodies, where there are two, must say the same. */
async function confirmation(name: string): Promise<Confirmation> {
  const { text, html } = await bodiesOf(name);
  const bodies = [text, plain(html)].filter((body) => body !== '');
  const read = bodies.map((body): Confirmation => {
    const field = (label: string): string => new RegExp(`^${label}: (.+)$`, 'm').exec(body)?.[1] ?? '';
    const cents = (label: string): number => Number(centsFromDollars(field(label).replace(/[$,]/g, '')));
    return {
      ref: field('Booking'),
      vessel: field('Vessel'),
      departs: field('Departs'),
      heads: Number(field('Guests')),
      priceCents: cents('Price'),
      taxCents: cents('Tax'),
      totalCents: cents('Total paid'),
    };
  });
  const [first, second = first] = read;
  if (first === undefined) throw new Error(`${name} has no body`);
  expect(second).toEqual(first);
  return first;
}

function plain(html: string): string {
  return html
    .replace(/<\/th><td>/g, ': ')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&');
}

test('six to ten booking mails came in: plain, HTML, and both', async () => {
  expect(mailNames.length).toBeGreaterThanOrEqual(6);
  expect(mailNames.length).toBeLessThanOrEqual(10);
  const bodies = await Promise.all(mailNames.map(bodiesOf));
  const kinds = bodies.map(({ text, html }) => `${text !== ''}/${html !== ''}`);
  expect(new Set(kinds)).toEqual(new Set(['true/false', 'false/true', 'true/true']));
});

test('the booking mails of a May charter add up to its bookings, its paying guests, its revenue and its tax', async () => {
  const mails = await Promise.all(mailNames.map(confirmation));
  const booked = new Map<CharterItem, Confirmation[]>();
  for (const mail of mails) {
    const charter = charters.find(
      ({ month, bookingRefs }) => month === '2026-05' && bookingRefs.includes(mail.ref),
    );
    if (charter === undefined) throw new Error(`${mail.ref} is no booking of a May charter`);
    expect([mail.vessel, mail.departs]).toEqual([charter.vessel, charter.departs]);
    expect(mail.totalCents).toBe(mail.priceCents + mail.taxCents);
    booked.set(charter, [...(booked.get(charter) ?? []), mail]);
  }
  expect(booked.size).toBe(5);
  for (const [charter, parties] of booked) {
    const sum = (pick: (mail: Confirmation) => number): number =>
      parties.reduce((before, mail) => before + pick(mail), 0);
    expect(parties.map(({ ref }) => ref).sort()).toEqual([...charter.bookingRefs].sort());
    if (charter.status === 'cancelled') continue;
    expect(sum(({ heads }) => heads)).toBe(charter.guests - charter.comps);
    expect(sum(({ priceCents }) => priceCents)).toBe(Math.round(charter.revenueTotal * 100));
    expect(sum(({ taxCents }) => taxCents)).toBe(Math.round((charter.tax ?? 0) * 100));
  }
  expect([...booked.keys()].map(({ status }) => status)).toContain('cancelled');
});

test('the booking mails of May came in before the charter sailed', async () => {
  for (const name of mailNames) {
    const { date } = await simpleParser(raw(name));
    const { ref } = await confirmation(name);
    const charter = charters.find(({ bookingRefs }) => bookingRefs.includes(ref));
    expect(date?.toISOString().slice(0, 10) ?? '').toMatch(/^2026-0[45]-/);
    expect((date?.toISOString().slice(0, 10) ?? '') < (charter?.date ?? '')).toBe(true);
  }
});

const sheetNames = readdirSync(join(FOLDER, 'trip-sheets'));

test('there are three trip sheets', () => {
  expect(sheetNames).toHaveLength(3);
});

test.each(sheetNames)('the heads on trip sheet %s are those of its May charter, party by party', (name) => {
  const lines = readFileSync(join(FOLDER, 'trip-sheets', name), 'utf8')
    .trim()
    .split('\n');
  const charter = charters.find(({ charterId }) => lines.includes(`Charter,${charterId}`));
  expect(charter?.month).toBe('2026-05');
  expect(lines).toContain(`Departed,${charter?.departs}`);
  expect(lines).toContain(`Vessel,${charter?.vessel}`);
  expect(lines.at(-1)).toBe(`Total,,${charter?.guests},${charter?.comps},`);
  const list = lines.slice(lines.indexOf('Booking,Guest,Aboard,Comps,Note') + 1, -1);
  const heads = list.map(
    (line) => /,(\d+),(\d+),[^,]*$/.exec(line)?.slice(1).map(Number) ?? [Number.NaN, Number.NaN],
  );
  expect(heads.reduce((sum, [aboard = 0]) => sum + aboard, 0)).toBe(charter?.guests);
  expect(heads.reduce((sum, [, comps = 0]) => sum + comps, 0)).toBe(charter?.comps);
});
