import type { Reply, StartedGoogle } from './started-google.ts';
import { base64url, EMAIL, eml, NOW_MS, startGoogle } from './started-google.ts';

// developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send
const SEND = 'https://gmail.googleapis.com/gmail/v1/users/me/messages/send';
const UPLOAD = 'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send';
let google: StartedGoogle;
let token: string;

beforeEach(async () => {
  google = await startGoogle();
  token = google.token('gmail.send', 'gmail.readonly');
});
afterEach(() => google.close());

const post = (message: Record<string, unknown>): Promise<Reply> =>
  google.send('POST', SEND, { token, type: 'application/json', body: JSON.stringify(message) });
const sentText = (index = 0): string =>
  Buffer.from(google.google.sentMessages()[index]?.raw ?? []).toString();

test('Gmail gives its own Message-ID and a Date, and the recipient sees no Bcc', async () => {
  const raw = eml(
    [
      `From: Pat <${EMAIL}>`,
      'To: lee@partner.example',
      'Bcc: secret@partner.example',
      'Message-ID: <mine@purser>',
      'Subject: Hi',
      'X-Purser: 1',
    ],
    'Body',
  );
  const reply = await post({ raw: base64url(raw) });
  expect(reply.status).toBe(200);
  expect(reply.json).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    threadId: reply.json.id,
    labelIds: ['SENT'],
  });
  // github.com/FlowCrypt/flowcrypt-browser/issues/4273
  expect(sentText()).toMatch(/^Message-ID: <CA[\w+]{40}@mail\.gmail\.com>\r$/m);
  expect(sentText()).not.toContain('mine@purser');
  expect(sentText()).toContain('Date: Mon, 01 Jun 2026 10:00:00 +0000\r\n');
  expect(sentText()).toContain('X-Purser: 1\r\n');
  expect(sentText()).toMatch(/\r\n\r\nBody\r\n$/);
  expect(sentText()).not.toContain('secret');
  expect(google.google.sentMessages()[0]).toMatchObject({ id: reply.json.id, internalDateMs: NOW_MS });
  const kept = await google.send(
    'GET',
    `https://gmail.googleapis.com/gmail/v1/users/me/messages/${reply.json.id}?format=metadata&metadataHeaders=Bcc`,
    { token },
  );
  expect(kept.json.payload.headers).toEqual([{ name: 'Bcc', value: 'secret@partner.example' }]);
});

test('what was sent is found by its code at once, in Sent', async () => {
  const { id } = (
    await post({ raw: base64url(eml(['To: lee@partner.example', 'Subject: S'], 'Code PRSK3QD202605V1')) })
  ).json;
  const list = await google.send(
    'GET',
    'https://gmail.googleapis.com/gmail/v1/users/me/messages?q=in%3Asent%20PRSK3QD202605V1',
    { token },
  );
  expect(list.json.messages).toEqual([{ id, threadId: id }]);
});

test('the same send twice makes two messages: Gmail knows no key', async () => {
  const raw = base64url(eml(['To: lee@partner.example']));
  const first = await post({ raw });
  const second = await post({ raw });
  expect(first.json.id).not.toBe(second.json.id);
  expect(google.google.sentMessages().map((message) => message.id)).toEqual([first.json.id, second.json.id]);
});

test('a From that is not the account becomes the account; its own with a name stays', async () => {
  await post({ raw: base64url(eml(['From: Boss <boss@elsewhere.example>', 'To: lee@partner.example'])) });
  await post({
    raw: base64url(eml([`From: "Captain" <${EMAIL.toUpperCase()}>`, 'To: lee@partner.example'])),
  });
  expect(sentText(0)).toContain(`From: "Pat Harbor" <${EMAIL}>\r\n`);
  expect(sentText(1)).toContain(`From: "Captain" <${EMAIL.toUpperCase()}>\r\n`);
});

test('mail to oneself lies in the inbox too, unread', async () => {
  const { json } = await post({ raw: base64url(eml([`To: ${EMAIL}`])) });
  expect(json.labelIds).toEqual(['UNREAD', 'SENT', 'INBOX']);
});

test.each<[string, string[], string]>([
  ['no recipient', ['Subject: x'], 'Recipient address required'],
  ['an empty To', ['To: '], 'Recipient address required'],
  ['a To without a domain', ['To: human@f'], 'Invalid To header'],
  [
    'one bad Cc among good ones',
    ['To: lee@partner.example', 'Cc: ok@a.example, nobody'],
    'Invalid Cc header',
  ],
])('a message with %s is refused and not sent', async (_, headers, message) => {
  const reply = await post({ raw: base64url(eml(headers)) });
  // stackoverflow.com/questions/64267579, github.com/Byron/google-apis-rs/issues/351
  expect(reply.json).toEqual({
    error: {
      code: 400,
      message,
      errors: [{ message, domain: 'global', reason: 'invalidArgument' }],
      status: 'INVALID_ARGUMENT',
    },
  });
  expect(google.google.sentMessages()).toEqual([]);
});

test('bare line feeds, long header lines and addresses with commas in names are taken', async () => {
  const raw = Buffer.from(
    `To: "Lee, Ann" <lee@partner.example>,\n ann@partner.example\nSubject: ${'x'.repeat(1200)}\n\nbody\n`,
  );
  const reply = await google.send('POST', `${UPLOAD}?uploadType=media`, {
    token,
    type: 'message/rfc822',
    body: new Uint8Array(raw),
  });
  expect(reply.status).toBe(200);
  expect(sentText()).toContain('ann@partner.example');
});

test.each<[string, Record<string, unknown>]>([
  ['without raw', {}],
  ['with plain base64', { raw: Buffer.from('To: a@b.example\r\n\r\n>>>???').toString('base64') }],
  ['with an unknown field', { raw: base64url(eml(['To: a@b.example'])), treadId: '1' }],
])('a JSON send %s is refused', async (_, message) => {
  const reply = await post(message);
  expect(reply.status).toBe(400);
  expect(google.google.sentMessages()).toEqual([]);
});

test('a message over 35 MB is refused with 413', async () => {
  const body = new Uint8Array(36_700_161).fill(65);
  const reply = await google.send('POST', `${UPLOAD}?uploadType=media`, {
    token,
    type: 'message/rfc822',
    body,
  });
  expect(reply.status).toBe(413);
});

async function reply(headers: string[], threadId: string): Promise<Reply> {
  const body = [
    '--sep',
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify({ threadId }),
    '--sep',
    'Content-Type: message/rfc822',
    '',
    `To: lee@partner.example\r\n${headers.join('\r\n')}\r\n\r\nhello`,
    '--sep--',
  ].join('\r\n');
  return google.send('POST', `${UPLOAD}?uploadType=multipart`, {
    token,
    type: 'multipart/related; boundary=sep',
    body,
  });
}

test('a thread is joined only with References and the same Subject, as the reference says', async () => {
  // developers.google.com/workspace/gmail/api/guides/threads
  const first = await google.google.deliver(
    eml(['From: lee@partner.example', 'Subject: Question', 'Message-ID: <q@partner.example>']),
    { labels: ['INBOX'] },
  );
  const joined = await reply(['Subject: Re: Question', 'References: <q@partner.example>'], first);
  expect(joined.status).toBe(200);
  expect(joined.json.threadId).toBe(first);
  expect((await reply(['Subject: Re: Question'], first)).json.threadId).not.toBe(first);
  expect((await reply(['Subject: Other', 'In-Reply-To: <q@partner.example>'], first)).json.threadId).not.toBe(
    first,
  );
  expect((await reply(['Subject: Re: Question'], '12ab')).status).toBe(404);
  expect((await reply(['Subject: Re: Question'], 'no thread')).status).toBe(400);
});

test('an upload needs an uploadType and a mail type', async () => {
  const body = 'To: lee@partner.example\r\n\r\nx';
  expect((await google.send('POST', UPLOAD, { token, type: 'message/rfc822', body })).status).toBe(400);
  expect(
    (await google.send('POST', `${UPLOAD}?uploadType=media`, { token, type: 'text/plain', body })).status,
  ).toBe(400);
  expect(
    (
      await google.send('POST', `${UPLOAD}?uploadType=multipart`, {
        token,
        type: 'multipart/related; boundary=sep',
        body,
      })
    ).status,
  ).toBe(400);
  expect(google.google.sentMessages()).toEqual([]);
});
