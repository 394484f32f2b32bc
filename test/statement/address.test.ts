import { simpleParser } from 'mailparser';
import { writeMessage } from '../../src/delivery/mime.ts';
import { isAddress, readAddresses, withoutDoubles } from '../../src/statement/address.ts';
import { decodeWords } from '../../src/statement/encoded-words.ts';

test.each([
  ['a@x.example', [['', 'a@x.example']]],
  [
    'a@x.example; b@x.example,c@x.example\nd@x.example',
    [
      ['', 'a@x.example'],
      ['', 'b@x.example'],
      ['', 'c@x.example'],
      ['', 'd@x.example'],
    ],
  ],
  ['Grace Holloway <grace@x.example>', [['Grace Holloway', 'grace@x.example']]],
  ['"Raman, Priya" <p@x.example>', [['Raman, Priya', 'p@x.example']]],
  ['Holloway, Grace <grace@x.example>', [['Holloway, Grace', 'grace@x.example']]],
  ['"O\\"Neil" <o@x.example>', [['O"Neil', 'o@x.example']]],
  ['bob@x.example (Bob)', [['Bob', 'bob@x.example']]],
  ['"grace@x.example" <grace@x.example>', [['', 'grace@x.example']]],
  [
    'Partners: a@x.example, b@x.example;',
    [
      ['', 'a@x.example'],
      ['', 'b@x.example'],
    ],
  ],
  ['', []],
  [' ,; ', []],
])('%j is read as a person means it', (text, expected) => {
  const { mailboxes, problems } = readAddresses(text);
  expect(mailboxes.map(({ name, address }) => [name, address])).toEqual(expected);
  expect(problems).toEqual([]);
});

// RFC 2047, sections 5 (where encoded words stand) and 8 (examples).
test.each([
  ['=?UTF-8?Q?Ren=C3=A9_Desjardins?= <r@x.example>', 'René Desjardins'],
  ['=?utf-8?b?UmVuw6k=?= <r@x.example>', 'René'],
  ['=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <r@x.example>', 'Keld Jørn Simonsen'],
  ['=?US-ASCII*EN?Q?Keith_Moore?= <r@x.example>', 'Keith Moore'],
  ['=?UTF-8?B?4oyY?= =?UTF-8?Q?_x?= <r@x.example>', '⌘ x'],
  ['=?UTF-8?B?8J+a?= =?UTF-8?B?pA==?= <r@x.example>', '🚤'],
  ['=?UTF-8?Q?Holloway,_Gr=C3=A2ce?= <r@x.example>', 'Holloway, Grâce'],
  ['=?UTF-8?Q?evil=40x.example=3E=2C?= <r@x.example>', 'evil@x.example>,'],
  ['=?UTF-8?Q?=22O=5CB=22?= <r@x.example>', '"O\\B"'],
  ['"=?UTF-8?Q?Ren=C3=A9?=" <r@x.example>', 'René'],
  ['=?UTF-8?Q?Ren=C3=A9?= Desjardins <r@x.example>', 'René Desjardins'],
  ['=?KOI8-R?B?0NLJ18XU?= <r@x.example>', ''],
  ['=?UTF-8?Q?=FF=FE?= <r@x.example>', ''],
  ['=?UTF-8?Q?a=0D=0ABcc:_b@x.example?= <r@x.example>', 'a Bcc: b@x.example'],
])('the raw header %s has a name that people can read, or none', (header, name) => {
  expect(readAddresses(header)).toEqual({ mailboxes: [{ name, address: 'r@x.example' }], problems: [] });
});

test('a name read from a raw header is never encoded twice when it is written again', async () => {
  const [mailbox] = readAddresses('=?UTF-8?Q?Ren=C3=A9_Desjardins?= <r@x.example>').mailboxes;
  const raw = writeMessage({
    from: { name: '', address: 'n@x.example' },
    to: mailbox === undefined ? [] : [mailbox],
    cc: [],
    replyTo: [],
    subject: 's',
    dateMs: 0,
    headers: {},
    text: '',
    html: '',
    attachments: [],
    boundary: 'b',
  });
  const { to } = await simpleParser(raw);
  expect([to ?? []].flat()[0]?.value).toEqual([{ name: 'René Desjardins', address: 'r@x.example' }]);
});

test.each([
  ['a@b.example c@d.example', 'a@b.example'],
  ['user@exa mple.com', 'user@exa'],
  ['nobody', 'nobody'],
  ['rené@x.example', 'rené@x.example'],
  ['a@localhost', 'a@localhost'],
  ['a@[127.0.0.1]', 'a@[127.0.0.1]'],
  ['Grace <>', 'Grace'],
])('%j is named as a problem, not dropped and not guessed at', (text, words) => {
  const { mailboxes, problems } = readAddresses(text);
  expect(mailboxes).toEqual([]);
  expect(problems.join(' ')).toContain(words);
});

test('a bad address between good ones is named, and the good ones are kept', () => {
  const { mailboxes, problems } = readAddresses('a@x.example, bad, c@x.example');
  expect(mailboxes.map(({ address }) => address)).toEqual(['a@x.example', 'c@x.example']);
  expect(problems).toEqual(['bad']);
});

test('an address hidden in a quoted name is a name', () => {
  expect(readAddresses('"x <evil@x.example>, y" <real@y.example>').mailboxes).toEqual([
    { name: 'x <evil@x.example>, y', address: 'real@y.example' },
  ]);
});

test('an address longer than mail can carry is none', () => {
  expect(isAddress(`${'a'.repeat(64)}@x.example`)).toBe(true);
  expect(isAddress(`${'a'.repeat(65)}@x.example`)).toBe(false);
  expect(isAddress(`a@${'b.'.repeat(130)}example`)).toBe(false);
});

test('doubles go by the folded address, the first one stays', () => {
  const boxes = [
    { name: 'One', address: 'A@x.example' },
    { name: 'Two', address: 'a@X.example' },
    { name: '', address: 'b@x.example' },
  ];
  expect(withoutDoubles(boxes, ['B@x.example'])).toEqual([{ name: 'One', address: 'A@x.example' }]);
});

// Examples of RFC 2047, section 8.
test.each([
  ['=?ISO-8859-1?Q?a?=', 'a'],
  ['=?ISO-8859-1?Q?a?= b', 'a b'],
  ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
  ['=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=', 'ab'],
  ['=?ISO-8859-1?Q?a_b?=', 'a b'],
  ['=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=', '=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?='],
  ['plain =? text ?= with =signs=', 'plain =? text ?= with =signs='],
])('%j decodes to %j', (encoded, text) => {
  expect(decodeWords(encoded)).toBe(text);
});
