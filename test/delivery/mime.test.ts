import fc from 'fast-check';
import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { base64 } from '../../src/delivery/base64.ts';
import type { Message } from '../../src/delivery/mime.ts';
import { writeMessage } from '../../src/delivery/mime.ts';
import type { Mailbox } from '../../src/statement/address.ts';
import { NOW_MS } from '../tools/fake-host.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function message(changes: Partial<Message> = {}): Message {
  return {
    from: { name: 'Blue Heron Charters', address: 'nora@blueheron.example' },
    to: [{ name: 'Grace Holloway', address: 'grace@tidewater.example' }],
    cc: [],
    replyTo: [],
    subject: 'Blue Heron Charters revenue statement, May 2026',
    dateMs: NOW_MS,
    headers: { 'X-Purser-Kind': 'statement' },
    text: 'Hello\n',
    html: '<p>Hello</p>',
    attachments: [],
    boundary: 'purserPRSK3QD202605V1abc',
    ...changes,
  };
}

interface Reading {
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly dateMs: number;
  readonly text: string;
  readonly html: string;
  readonly headerNames: readonly string[];
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

const lf = (text: string): string => text.replace(/\r\n/g, '\n');

async function byMailparser(raw: string): Promise<Reading> {
  const parsed = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  const boxes = (field: AddressObject | AddressObject[] | undefined): Mailbox[] =>
    [field ?? []]
      .flat()
      .flatMap(({ value }) => value.map(({ name, address }) => ({ name, address: address ?? '' })));
  return {
    from: boxes(parsed.from),
    to: boxes(parsed.to),
    cc: boxes(parsed.cc),
    replyTo: boxes(parsed.replyTo),
    subject: parsed.subject ?? '',
    dateMs: parsed.date?.getTime() ?? 0,
    text: lf(parsed.text ?? ''),
    html: lf(parsed.html || ''),
    headerNames: parsed.headerLines.map(({ key }) => key),
    files: parsed.attachments.map(({ filename, contentType, content }) => ({
      name: filename ?? '',
      type: contentType,
      bytes: new Uint8Array(content),
    })),
  };
}

async function byPostalMime(raw: string): Promise<Reading> {
  const parsed = await PostalMime.parse(raw);
  const boxes = (
    field: readonly { name?: string | undefined; address?: string | undefined }[] | undefined,
  ): Mailbox[] => (field ?? []).map(({ name = '', address = '' }) => ({ name, address }));
  return {
    from: boxes(parsed.from === undefined ? [] : [parsed.from]),
    to: boxes(parsed.to),
    cc: boxes(parsed.cc),
    replyTo: boxes(parsed.replyTo),
    subject: parsed.subject ?? '',
    dateMs: Date.parse(parsed.date ?? ''),
    text: lf(parsed.text ?? ''),
    html: lf(parsed.html ?? ''),
    headerNames: parsed.headers.map(({ key }) => key),
    files: parsed.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      bytes: typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : new Uint8Array(content),
    })),
  };
}

/** Both readers, which others wrote, must read the same. */
async function read(written: Message): Promise<Reading> {
  const raw = writeMessage(written);
  wireRules(raw);
  const [one, other] = [await byMailparser(raw), await byPostalMime(raw)];
  expect(trimmed(other)).toEqual(trimmed(one));
  return one;
}

/** Readers differ in whether the last line break is text. */
function trimmed(reading: Reading): Reading {
  return { ...reading, text: reading.text.trimEnd(), html: reading.html.trimEnd() };
}

/** ASCII, CRLF and no line over 998 (RFC 5322, 2.1.1; RFC 2045, 2.7). */
function wireRules(raw: string): void {
  expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
}

function head(raw: string): string[] {
  return raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n');
}

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 37 + (at >> 8)) % 256);

test('two readers get the same people, subject, date, text, HTML and file that were written', async () => {
  const reading = await read(
    message({
      to: [
        { name: 'René Desjardins', address: 'rene@desjardins-marine.example' },
        { name: '', address: 'bare@partner.example' },
        { name: '山田 太郎', address: 'taro@partner.example' },
      ],
      cc: [{ name: 'Priya Raman, CPA', address: 'priya@raman.example' }],
      replyTo: [{ name: 'Büro', address: 'office@blueheron.example' }],
      text: 'Reportable: $1,234.50\nZürich, 東京, 🚤\n',
      html: '<p>Zürich, 東京, 🚤</p>',
      attachments: [{ name: 'statement-2026-05.xlsx', type: XLSX, bytes: bytesOf(5000) }],
    }),
  );
  expect(reading).toMatchObject({
    from: [{ name: 'Blue Heron Charters', address: 'nora@blueheron.example' }],
    to: [
      { name: 'René Desjardins', address: 'rene@desjardins-marine.example' },
      { name: '', address: 'bare@partner.example' },
      { name: '山田 太郎', address: 'taro@partner.example' },
    ],
    cc: [{ name: 'Priya Raman, CPA', address: 'priya@raman.example' }],
    replyTo: [{ name: 'Büro', address: 'office@blueheron.example' }],
    subject: 'Blue Heron Charters revenue statement, May 2026',
    dateMs: NOW_MS,
  });
  expect(reading.text.trimEnd()).toBe('Reportable: $1,234.50\nZürich, 東京, 🚤');
  expect(reading.html.trimEnd()).toBe('<p>Zürich, 東京, 🚤</p>');
  expect(reading.files).toHaveLength(1);
  expect(reading.files[0]).toMatchObject({ name: 'statement-2026-05.xlsx', type: XLSX });
  expect(Buffer.from(reading.files[0]?.bytes ?? []).equals(Buffer.from(bytesOf(5000)))).toBe(true);
});

test('the same message is written in the same bytes', () => {
  expect(writeMessage(message())).toBe(writeMessage(message()));
});

test.each([
  ['Revenue', 'short'],
  ['Küstenfahrt & Söhne GmbH: Abrechnung für Mai 2026', 'with umlauts'],
  ['word '.repeat(60).trim(), 'of 300 characters'],
  [`${'Ümsatz '.repeat(40)}end`, 'of 280 characters with umlauts'],
  ['x'.repeat(300), 'of one word of 300 characters'],
  ['🚤'.repeat(90), 'of 90 emoji'],
  ['👩‍✈️👨‍👩‍👧‍👦🏴‍☠️'.repeat(20), 'of emoji joined from several'],
  ['a'.repeat(38) + '🚤'.repeat(30), 'with an emoji where a word ends'],
  ['=?UTF-8?Q?looks_encoded?=', 'that looks encoded but isn’t'],
  ['50% =?= of "it" \\ <b>', 'with signs that mean something elsewhere'],
])('the subject “%.30s…”, %s, arrives as it was', async (subject) => {
  expect((await read(message({ subject }))).subject).toBe(subject);
});

test('header lines stay within 78 characters, those with encoded words within 76', () => {
  const raw = writeMessage(
    message({
      from: { name: 'Küstenfahrt '.repeat(10), address: 'nora@blueheron.example' },
      to: Array.from({ length: 80 }, (_, at) => ({
        name: at % 2 === 0 ? `Partner Nummer ${at}, GmbH` : `Ångström ${at} 🚤`,
        address: `partner-${at}@a-rather-long-domain-name.example`,
      })),
      replyTo: [{ name: 'Ü'.repeat(60), address: 'office@blueheron.example' }],
      subject: `Ä${'ö'.repeat(200)}`,
      attachments: [{ name: `Ä${'ö'.repeat(120)}.xlsx`, type: XLSX, bytes: bytesOf(9) }],
    }),
  );
  // RFC 5322, 2.1.1 and RFC 2047, 2.
  for (const line of raw.split('\r\n')) {
    expect(line.length).toBeLessThanOrEqual(line.includes('=?') ? 76 : 78);
  }
});

test('eighty recipients arrive as eighty, in order', async () => {
  const to = Array.from({ length: 80 }, (_, at) => ({
    name: `Pärtner ${at}`,
    address: `p${at}@partner.example`,
  }));
  expect((await read(message({ to }))).to).toEqual(to);
});

test.each([
  'O’Neil "Skip" \\ Sons',
  'Holloway, Grace (Tidewater)',
  'a@b.example',
  'Tom & Jerry; Co: Ltd.',
  '"quoted"',
  'back\\slash',
  '=?UTF-8?B?QmNj?=',
  '=?broken',
  'x'.repeat(200),
  '"'.repeat(60),
  'Ünï '.repeat(30).trim(),
  'J. P. Morgan',
  '<script>',
])('the display name %s arrives as it was', async (name) => {
  const reading = await read(
    message({
      to: [
        { name, address: 'a@partner.example' },
        { name: '', address: 'b@partner.example' },
      ],
    }),
  );
  expect(reading.to).toEqual([
    { name, address: 'a@partner.example' },
    { name: '', address: 'b@partner.example' },
  ]);
});

test('control characters in a display name become a space', async () => {
  const reading = await read(
    message({ to: [{ name: 'A\u0000B\tC\u001bD\u0085E\u2028F', address: 'a@partner.example' }] }),
  );
  expect(reading.to[0]?.name).toBe('A B C D E F');
});

test.each(['\r\n', '\n', '\r', '\u2028', '\u0085', '\r\n '])(
  'a line break (%j) in a name, a subject, a header or a file’s name adds no header and no part',
  async (lineBreak) => {
    const evil = `Nora${lineBreak}Bcc: spy@evil.example${lineBreak}${lineBreak}--purserPRSK3QD202605V1abc-m`;
    const written = message({
      from: { name: evil, address: 'nora@blueheron.example' },
      to: [{ name: evil, address: 'grace@tidewater.example' }],
      cc: [{ name: evil, address: 'cc@tidewater.example' }],
      replyTo: [{ name: evil, address: 're@tidewater.example' }],
      subject: evil,
      headers: { 'X-Purser-Statement': evil },
      attachments: [{ name: `${evil}.xlsx`, type: XLSX, bytes: bytesOf(10) }],
    });
    const reading = await read(written);
    const asText = 'Nora Bcc: spy@evil.example --purserPRSK3QD202605V1abc-m';
    expect(reading.subject).toBe(asText);
    expect(reading.to).toEqual([{ name: asText, address: 'grace@tidewater.example' }]);
    expect(reading.headerNames).not.toContain('bcc');
    expect(reading.files.map(({ name }) => name)).toEqual([`${asText}.xlsx`]);
    expect(head(writeMessage(written)).some((line) => /^bcc/i.test(line))).toBe(false);
  },
);

test.each([
  'a@b.example\r\nBcc: spy@evil.example',
  'a@b.example, spy@evil.example',
  'a@b.example> <spy@evil.example',
  'rené@partner.example',
  'nobody',
  '',
])('a recipient that is no address (%j) is refused before anything is written', (address) => {
  expect(() => writeMessage(message({ to: [{ name: 'X', address }] }))).toThrow(/is not a mail address/);
});

test('without an address of the sender there is no From, which Gmail then enters', () => {
  const raw = writeMessage(message({ from: { name: 'Blue Heron', address: '' } }));
  expect(head(raw).some((line) => line.startsWith('From:'))).toBe(false);
});

test.each([
  'statement-2026-05.xlsx',
  'Abrechnung für Küstenfahrt.xlsx',
  '精算書 2026年5月.xlsx',
  `${'long '.repeat(28)}.xlsx`,
  `${'ü'.repeat(146)}.xlsx`,
  `${'🚤'.repeat(70)}.xlsx`,
  'it\'s "50%" \\ ;a=b.xlsx',
  "star*name'with'quotes.xlsx",
])('a file named %s arrives under its name, with its bytes', async (name) => {
  const bytes = bytesOf(70_001);
  const reading = await read(message({ attachments: [{ name, type: XLSX, bytes }] }));
  expect(reading.files.map((file) => [file.name, file.type])).toEqual([[name, XLSX]]);
  expect(Buffer.from(reading.files[0]?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
});

test('bodies are base64 in lines of 76 and lines of text end in CRLF inside it', () => {
  const raw = writeMessage(
    message({
      text: 'one\ntwo\r\nthree\rfour',
      attachments: [{ name: 'a.xlsx', type: XLSX, bytes: bytesOf(999) }],
    }),
  );
  const [first = ''] = raw.split('Content-Transfer-Encoding: base64\r\n\r\n').slice(1);
  const encoded = first.slice(0, first.indexOf('\r\n--'));
  expect(Buffer.from(encoded, 'base64').toString()).toBe('one\r\ntwo\r\nthree\r\nfour');
  const base64Lines = raw.split('\r\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
  expect(base64Lines.length).toBeGreaterThan(15);
  for (const line of base64Lines) expect(line.length).toBeLessThanOrEqual(76);
});

test('an empty body, an empty subject and an empty file are nothing to stumble over', async () => {
  const reading = await read(
    message({
      subject: '',
      text: '',
      html: '',
      attachments: [{ name: 'a.xlsx', type: XLSX, bytes: new Uint8Array() }],
    }),
  );
  expect(reading.subject).toBe('');
  expect(reading.files[0]?.bytes).toHaveLength(0);
});

test('half a surrogate pair is written as the sign for what can’t be read', async () => {
  const reading = await read(message({ subject: 'a\ud83d', text: 'b\udea4c' }));
  expect(reading.subject).toBe('a\ufffd');
  expect(reading.text.trimEnd()).toBe('b\ufffdc');
});

test('whatever the names, subject and bodies are, they arrive as they were', async () => {
  const line = fc
    .string({
      unit: fc.constantFrom(
        'a',
        'B',
        '7',
        ' ',
        'é',
        '🚤',
        '"',
        '\\',
        ',',
        '<',
        '>',
        '=',
        '?',
        '_',
        '(',
        ';',
        ':',
        '@',
        "'",
        '\u0301',
        '漢',
      ),
      maxLength: 120,
    })
    .map((text) => text.replace(/ +/g, ' ').trim());
  const body = fc
    .string({ unit: 'grapheme', maxLength: 300 })
    .map((text) => text.replace(/\r\n?|\p{Cc}/gu, '\n').trim());
  await fc.assert(
    fc.asyncProperty(line, line, line, body, async (name, subject, file, text) => {
      const reading = await read(
        message({
          to: [{ name, address: 'a@partner.example' }],
          subject,
          text,
          attachments: [{ name: `f${file}.xlsx`, type: XLSX, bytes: bytesOf(50) }],
        }),
      );
      expect(reading.to).toEqual([{ name, address: 'a@partner.example' }]);
      expect(reading.subject).toBe(subject);
      expect(reading.text.trim()).toBe(text);
      expect(reading.files[0]?.name).toBe(`f${file}.xlsx`);
    }),
    { numRuns: 200 },
  );
});

test('base64 in one line or in lines of a length is the base64 that Node writes', () => {
  for (const length of [0, 1, 2, 3, 56, 57, 58, 1000]) {
    const bytes = bytesOf(length);
    expect(base64(bytes, 0)).toBe(Buffer.from(bytes).toString('base64'));
    expect(base64(bytes, 76).replace(/\r\n/g, '')).toBe(base64(bytes, 0));
  }
});

test('a mail that follows others names them as they are, however long Gmail’s ids are, and invents none', async () => {
  const ids = ['<hand-2026@harbor.example>', `<CA${'Kx9-_=+'.repeat(9)}@mail.gmail.com>`];
  const raw = writeMessage(
    message({ follows: [...ids, '<broken id>', 'none', '<a\r\nBcc: eve@x.example>'] }),
  );
  const parsed = await simpleParser(raw);
  expect(parsed.inReplyTo).toBe(ids[1]);
  expect(parsed.references).toEqual(ids);
  // In both headers, to the letter: an encoded id is none.
  expect(raw.split(String(ids[1]))).toHaveLength(3);
  expect(raw).not.toContain('Bcc');
  expect(writeMessage(message({ follows: [] }))).not.toMatch(/In-Reply-To|References/);
});
