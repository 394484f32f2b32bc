import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import type { MessageFull, MessagePart } from '../../../src/clients/google/gmail-message.ts';
import { bookingMailOf } from '../../../src/sources/bookings/gmail-message.ts';
import { readBookingMail } from '../../../src/sources/bookings/read-booking-mail.ts';
import { decodeByName, eml, header, messageOf, messageWith, part, textPart } from './gmail-messages.ts';

const BOOKING =
  'Booking reference: AB-1234\r\nGuest: Jürgen Weiß\r\nDate: May 14, 2026\r\nGuests: 6\r\nTotal: €750,00';
const HEAD = [
  'From: =?utf-8?q?Agentur_M=C3=BCller?= <desk@agent.example>',
  'To: nora@blueheron.example',
  'Date: Sat, 2 May 2026 05:00:00 -0400',
  'Message-ID: <1@agent.example>',
  'MIME-Version: 1.0',
];
const HTML =
  '<table><tr><td>Booking reference</td><td>AB-1234</td></tr><tr><td>Date</td><td>May 14, 2026</td></tr><tr><td>Guests</td><td>6</td></tr></table>';
const b64 = (text: string | Buffer) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
/** 日本語 in ISO-2022-JP (RFC 1468). */
const JAPANESE = Buffer.from('1b2442467c4b5c386c1b2842', 'hex');

const mailOf = (message: MessageFull, decode = decodeByName) => bookingMailOf(message, decode).mail;
const wordsOf = (message: MessageFull) =>
  readBookingMail(mailOf(message), { synonyms: {}, locale: 'month-first' });

const MAILS: readonly (readonly [string, Buffer])[] = [
  [
    'a plain text in quoted-printable',
    eml(
      ...HEAD,
      'Subject: =?utf-8?b?QnVjaHVuZyDigJ5BQi0xMjM04oCc?=',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      BOOKING.replace(/[=€üß]/g, (c) =>
        [...Buffer.from(c)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
      ),
    ),
  ],
  [
    'a plain text in latin-1',
    eml(
      ...HEAD,
      'Subject: Booking',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: 8bit',
      '',
      Buffer.from(BOOKING.replace('€', 'EUR '), 'latin1'),
    ),
  ],
  [
    'HTML in windows-1252',
    eml(
      ...HEAD,
      'Subject: Booking',
      'Content-Type: text/html; charset="windows-1252"',
      'Content-Transfer-Encoding: base64',
      '',
      b64(Buffer.concat([Buffer.from(HTML), Buffer.from([0xfc, 0xdf])])),
    ),
  ],
  [
    'a plain text in Japanese',
    eml(
      ...HEAD,
      'Subject: Booking',
      'Content-Type: text/plain; charset=ISO-2022-JP',
      '',
      'Booking reference: AB-1234',
      JAPANESE,
    ),
  ],
  [
    'a plain text in Russian',
    eml(
      ...HEAD,
      'Subject: Booking',
      'Content-Type: text/plain; charset=koi8-r',
      'Content-Transfer-Encoding: 8bit',
      '',
      Buffer.from('f0d2c9d7c5d4', 'hex'),
    ),
  ],
  [
    'text and HTML as alternatives, beside files',
    eml(
      ...HEAD,
      'Subject: Booking',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: multipart/alternative; boundary="a b"',
      '',
      '--a b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      BOOKING,
      '--a b',
      'Content-Type: multipart/related; boundary=r',
      '',
      '--r',
      'Content-Type: text/html; charset=utf-8',
      '',
      HTML,
      '--r',
      'Content-Type: image/png; name=logo.png',
      'Content-ID: <1>',
      'Content-Transfer-Encoding: base64',
      '',
      b64('png'),
      '--r--',
      '--a b--',
      '--m',
      'Content-Type: text/plain; name=terms.txt',
      'Content-Disposition: attachment; filename=terms.txt',
      '',
      'Guests: 99',
      '--m',
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename=a.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      b64('%PDF'),
      '--m--',
    ),
  ],
];

describe.each(MAILS)('%s', (_what, raw) => {
  test('is the text and the HTML that two other parsers read', async () => {
    const mail = mailOf(await messageOf(raw));
    const one = await simpleParser(raw, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
    const other = await PostalMime.parse(raw);
    const plain = (text: string | false | null | undefined) => (text || '').replace(/\s+/g, ' ').trim();
    for (const parsed of [one, other]) {
      expect([plain(mail.text), plain(mail.html)]).toEqual([plain(parsed.text), plain(parsed.html)]);
      expect(mail.subject).toBe(parsed.subject);
    }
    expect(mail.from).toContain(other.from?.name);
    expect(mail.receivedAt).toBe('2026-05-02T09:00:00Z');
  });

  test('has nothing left of files and pictures', async () => {
    const { text, html, unopened } = mailOf(await messageOf(raw));
    expect(`${text} ${html}`).not.toMatch(/PDF|png|Guests: 99|\ufffd/);
    expect(unopened).toBeUndefined();
  });
});

test('several bookings in one mail are read from its message', async () => {
  const raw = eml(
    ...HEAD,
    'Subject: Bookings',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `${BOOKING}\r\n\r\n${BOOKING.replace('AB-1234', 'AB-1235')}`,
  );
  expect(wordsOf(await messageOf(raw)).map(({ reference }) => reference)).toEqual(['AB-1234', 'AB-1235']);
});

test('a mail that is only an image is a word that says so', async () => {
  const raw = eml(
    ...HEAD,
    'Subject: Your booking',
    'Content-Type: multipart/related; boundary=r',
    '',
    '--r',
    'Content-Type: text/html',
    '',
    '<img src="cid:1">',
    '--r',
    'Content-Type: image/png',
    'Content-ID: <1>',
    'Content-Transfer-Encoding: base64',
    '',
    b64('png'),
    '--r--',
  );
  expect(wordsOf(await messageOf(raw))).toMatchObject([
    { problems: ['The mail is only an image: there is nothing to read.'] },
  ]);
});

test('a forward of a forward gives the booking, with what was said on the way', async () => {
  const forward = (text: string) =>
    `---------- Forwarded message ---------\r\nFrom: Desk <d@agent.example>\r\nDate: Fri, May 1, 2026 at 8:00 AM\r\nSubject: Booking\r\nTo: x@y.example\r\n\r\n${text}`;
  const raw = eml(
    ...HEAD,
    'Subject: Fwd: Fwd: Booking',
    'Content-Type: text/plain; charset=utf-8',
    '',
    forward(forward(BOOKING)),
  );
  expect(wordsOf(await messageOf(raw))).toMatchObject([
    { reference: 'AB-1234', partySize: 6, date: '2026-05-14' },
  ]);
});

describe('an attached mail', () => {
  const FILE = 'Content-Disposition: attachment; filename=Booking.eml';
  const inner = eml(
    ...HEAD,
    'Subject: Booking AB-1234',
    'Content-Type: text/plain; charset=utf-8',
    '',
    BOOKING,
  );
  const outer = (text: string, ...more: readonly string[]) =>
    eml(
      ...HEAD,
      'Subject: Fwd: Booking',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/plain',
      '',
      text,
      '--m',
      'Content-Type: message/rfc822',
      ...more,
      '',
      inner,
      '--m--',
    );

  test('is read like a forward where Gmail takes it apart, as another parser does', async () => {
    const [note, file] = (await messageOf(outer('For you.', FILE))).payload.parts;
    if (note === undefined || file === undefined) throw new Error('two parts were sent');
    const message = messageWith({ parts: [note, { ...file, parts: [(await messageOf(inner)).payload] }] });
    const mail = mailOf(message);
    const parsed = await PostalMime.parse(outer('For you.'));
    const bare = (text: string | undefined | null) => (text ?? '').replace(/\s+/g, ' ');
    expect(bare(mail.text)).toContain(bare(BOOKING));
    expect(bare(parsed.text)).toContain(bare(BOOKING));
    expect(wordsOf(message)).toMatchObject([
      { reference: 'AB-1234', partySize: 6, receivedAt: '2026-05-02T05:00:00Z', problems: [] },
    ]);
  });

  test('that Gmail keeps to itself is a problem when nothing else tells of a booking', async () => {
    const [word] = wordsOf(await messageOf(outer('For you.', FILE)));
    expect(word?.problems.join()).toMatch(/A part of the mail was not opened/);
    expect(wordsOf(await messageOf(outer(BOOKING, FILE)))).toMatchObject([
      { reference: 'AB-1234', problems: [] },
    ]);
  });
});

describe('parts beside one another', () => {
  const text = (said: string) => textPart(Buffer.from(said), 'text/plain; charset=utf-8');
  const html = (said: string) => textPart(Buffer.from(said), 'text/html; charset=utf-8');
  const said = (...parts: readonly MessagePart[]) => {
    const mail = mailOf(messageWith({ parts }));
    return [mail.text, mail.html];
  };

  test('are one text, in their order', () => {
    expect(said(text('one'), part('image/png'), text('two'))).toEqual(['one\n\ntwo', null]);
    expect(said(html('<p>one</p>'), html('<p>two</p>'))).toEqual([null, '<p>one</p><br><br><p>two</p>']);
  });

  test('are each form whole, or not there', () => {
    const both = part('multipart/alternative', { parts: [text('plain'), html('<p>rich</p>')] });
    expect(said(both, text('a < b\r\nfoot'))).toEqual([
      'plain\n\na < b\r\nfoot',
      '<p>rich</p><br><br><div>a &lt; b<br>foot</div>',
    ]);
    expect(said(both, html('<p>foot</p>'))).toEqual([null, '<p>rich</p><br><br><p>foot</p>']);
    expect(said(part('multipart/alternative', { parts: [text('poor'), text('better')] }))).toEqual([
      'better',
      null,
    ]);
    expect(said(part('image/png'))).toEqual([null, null]);
  });

  test('are left out when they are files, whatever they hold', () => {
    const inline = { headers: [header('Content-Disposition', 'inline')] };
    const attached = { headers: [header('content-disposition', 'ATTACHMENT; filename=x')] };
    expect(
      said({ ...text('a'), ...attached }, { ...text('b'), ...inline }, { ...text('c'), filename: 'c.txt' }),
    ).toEqual(['b', null]);
  });

  test('that are too deep to be a mail end the walk, not the run', () => {
    let deep = text('deep');
    for (let level = 0; level < 5_000; level++) deep = part('multipart/mixed', { parts: [deep] });
    expect(said(deep, text('flat'))).toEqual(['flat', null]);
  });

  test('a text that Gmail keeps apart is named', () => {
    expect(mailOf(messageWith({ parts: [part('text/html', { attachmentId: 'x' })] })).unopened).toBe(true);
    expect(
      mailOf(messageWith({ parts: [part('image/png', { attachmentId: 'x' })] })).unopened,
    ).toBeUndefined();
  });
});

describe('a charset', () => {
  const read = (bytes: Uint8Array, contentType: string, decode = decodeByName) =>
    mailOf({ ...messageWith({}), payload: textPart(bytes, contentType) }, decode);
  const UTF8 = Buffer.from('Jürgen – €');

  test.each([
    ['text/plain; charset=iso-8859-1', UTF8],
    ['text/plain; charset="UTF-8"', UTF8],
    ['text/plain', UTF8],
    ['text/plain; charset=nonsense', UTF8],
    ['text/plain', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), UTF8])],
    [
      'text/plain; charset=windows-1252',
      Buffer.from([...Buffer.from('J\xfcrgen ', 'latin1'), 0x96, 0x20, 0x80]),
    ],
    ['text/plain; charset=utf-16le', Buffer.from('Jürgen – €', 'utf16le')],
    ['text/plain', Buffer.from([...Buffer.from('J\xfcrgen ', 'latin1'), 0x96, 0x20, 0x80])],
  ])('of %s, with the bytes %j', (contentType, bytes) => {
    expect(read(bytes, contentType).text).toBe('Jürgen – €');
  });

  test('of two bytes a character is told by its name, and a stray zero costs nothing else', () => {
    expect(read(Buffer.from('AB-1234', 'utf16le').swap16(), 'text/plain; charset=utf-16be').text).toBe(
      'AB-1234',
    );
    expect(read(Buffer.from('AB\0-1234'), 'text/plain; charset=utf-8').text).toBe('AB-1234');
  });

  test('of escapes is not taken for ASCII', () => {
    expect(read(JAPANESE, 'text/plain; charset=iso-2022-jp').text).toBe('日本語');
  });

  test('is the one that the HTML names when the header names none', () => {
    const page = Buffer.concat([
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
      Buffer.from('f0d2c9d7c5d4', 'hex'),
    ]);
    expect(read(page, 'text/html').html).toMatch(/Привет$/);
    expect(read(page, 'text/html; charset=latin1').html).not.toMatch(/Привет$/);
  });

  test('that nobody knows leaves what it can, and the reader says what was lost', () => {
    const bytes = Buffer.concat([
      Buffer.from('Booking reference: AB-1234\nDate: May 14, 2026\nGuest: M'),
      Buffer.from([0x81]),
      Buffer.from('ller\n'),
    ]);
    const mail = read(bytes, 'text/plain; charset=x-unknown', () => null);
    expect(mail.text).toContain('M\ufffdller');
    const [word] = readBookingMail(mail, { synonyms: {}, locale: 'month-first' });
    expect(word?.problems).toEqual(['Characters were lost in “M\ufffdller”: its charset is broken.']);
  });
});

test('a message without a date of Gmail’s has its header’s', () => {
  const at = (value: string) =>
    mailOf({ ...messageWith({ headers: [header('Date', value)] }), internalDateMs: 0 }).receivedAt;
  expect(at('Sat, 2 May 2026 05:00:00 -0400')).toBe('2026-05-02T09:00:00Z');
  expect(at('soon')).toBe('1970-01-01T00:00:00Z');
});

test('any text comes through as it was sent, in either alphabet of base64, with line breaks and without padding', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('base64', 'base64url'),
      (text, alphabet) => {
        const sent = text
          .split('\0')
          .join('')
          .split('\x1b')
          .join('')

          .replace(/^\ufeff/, '')
          .normalize();
        const data = Buffer.from(sent)
          .toString(alphabet as 'base64')
          .replace(/.{20}/g, '$&\r\n');
        expect(mailOf({ ...messageWith({}), payload: part('text/plain', { data }) }).text).toBe(sent);
      },
    ),
  );
});

const anyPart: fc.Arbitrary<MessagePart> = fc.letrec<{ part: MessagePart }>((tie) => ({
  part: fc.record({
    mimeType: fc.constantFrom(
      'text/plain',
      'TEXT/HTML',
      'multipart/mixed',
      'multipart/alternative',
      'message/rfc822',
      'image/png',
      '',
    ),
    filename: fc.constantFrom('', '', 'a.txt'),
    headers: fc.array(
      fc.record({
        name: fc.constantFrom('Subject', 'content-type', 'Content-Disposition', 'Date'),
        value: fc.string(),
      }),
      { maxLength: 3 },
    ),
    data: fc.option(fc.oneof(fc.string(), fc.base64String()), { nil: null }),
    attachmentId: fc.option(fc.string(), { nil: null }),
    parts: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('part'), { maxLength: 3 })),
  }),
})).part;

test('no message makes it throw, and none is dated or keyed by what it says', () => {
  fc.assert(
    fc.property(anyPart, (payload) => {
      const mail = mailOf({ ...messageWith({}), payload });
      expect([mail.messageId, mail.receivedAt]).toEqual(['m1', '2026-05-02T09:00:00Z']);
    }),
    { numRuns: 300 },
  );
});

test('a body of 8 MB is read to where the reader ends, with a problem', () => {
  const bytes = Buffer.from(`${BOOKING}\r\n${'Größe '.repeat(1_200_000)}`);
  const [word] = wordsOf({ ...messageWith({}), payload: textPart(bytes, 'text/plain; charset=utf-8') });
  expect(word).toMatchObject({
    reference: 'AB-1234',
    problems: ['The mail is too long: only its beginning was read.'],
  });
  for (const ahead of ['', 'x', 'xy']) {
    const cut = mailOf({
      ...messageWith({}),
      payload: textPart(Buffer.from(ahead + '€'.repeat(700_000)), 'text/plain'),
    });
    expect(cut.text?.replace(/€+$/, '')).toBe(ahead);
  }
});
