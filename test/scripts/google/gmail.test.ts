import type { Reply, StartedGoogle } from './started-google.ts';
import { EMAIL, eml, startGoogle } from './started-google.ts';

// developers.google.com/workspace/gmail/api/reference/rest
const BASE = 'https://gmail.googleapis.com/gmail/v1/users/me';
let google: StartedGoogle;
let token: string;

beforeEach(async () => {
  google = await startGoogle();
  token = google.token('gmail.readonly');
});
afterEach(() => google.close());

const get = (path: string): Promise<Reply> => google.send('GET', `${BASE}/${path}`, { token });
const deliver = (subject: string, internalDateMs: number, extra: string[] = []): Promise<string> =>
  google.google.deliver(eml(['From: a@b.example', `To: ${EMAIL}`, `Subject: ${subject}`, ...extra]), {
    labels: ['INBOX'],
    internalDateMs,
  });

test('an empty result has no messages field, only an estimate of zero', async () => {
  expect((await get('messages?q=nothing')).json).toEqual({ resultSizeEstimate: 0 });
});

test('pages run from the newest message to the oldest, each message once, and end without a token', async () => {
  const ids = [];
  for (let index = 0; index < 5; index += 1)
    ids.push(await deliver(`n${index}`, 1_000_000 + (index % 3) * 1000));
  const seen: string[] = [];
  let pageToken = '';
  let pages = 0;
  do {
    const { json } = await get(`messages?maxResults=2${pageToken && `&pageToken=${pageToken}`}`);
    seen.push(...json.messages.map((message: { id: string }) => message.id));
    pageToken = json.nextPageToken ?? '';
    pages += 1;
  } while (pageToken);
  expect(pages).toBe(3);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(seen[0]).toBe(ids[2]);
  expect(seen).toHaveLength(5);
});

test('a message that arrives between two pages does not shift the next page', async () => {
  await deliver('one', 1000);
  const two = await deliver('two', 2000);
  const first = await get('messages?maxResults=1');
  expect(first.json.messages[0].id).toBe(two);
  await deliver('three', 3000);
  const second = await get(`messages?maxResults=5&pageToken=${first.json.nextPageToken}`);
  expect(second.json.messages).toHaveLength(1);
});

test.each([
  'maxResults=501',
  'maxResults=0',
  'maxResults=many',
  'pageToken=zzz',
  'labelIds=NOPE',
  'query=x',
  'alt=xml',
  'fields=bogus',
])('a list with %s is refused as an invalid argument', async (query) => {
  const reply = await get(`messages?${query}`);
  expect(reply.status).toBe(400);
  expect(reply.json.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
});

test('labelIds must all be on a message, and includeSpamTrash shows spam', async () => {
  const both = await google.google.deliver(eml(['From: a@b.example']), {
    labels: ['INBOX', 'UNREAD'],
    internalDateMs: 5,
  });
  await deliver('read', 6);
  const spam = await google.google.deliver(eml(['From: a@b.example']), {
    labels: ['SPAM'],
    internalDateMs: 4,
  });
  expect((await get('messages?labelIds=INBOX&labelIds=UNREAD')).json.messages).toEqual([
    { id: both, threadId: both },
  ]);
  expect((await get('messages')).json.messages).toHaveLength(2);
  const all = (await get('messages?includeSpamTrash=true')).json.messages;
  expect(all.at(-1).id).toBe(spam);
});

test('the internal date is that of the Date header unless it is given', async () => {
  const id = await google.google.deliver(
    eml(['From: a@b.example', 'Date: Thu, 14 May 2026 17:30:00 -0400']),
    { labels: ['INBOX'] },
  );
  expect((await get(`messages/${id}?format=minimal`)).json).toMatchObject({
    id,
    threadId: id,
    labelIds: ['INBOX'],
    snippet: 'Hello',
    internalDate: `${Date.UTC(2026, 4, 14, 21, 30)}`,
  });
});

test('raw gives the very bytes back', async () => {
  const raw = eml(['From: a@b.example', 'Subject: =?utf-8?q?=C3=A9?='], 'tail ');
  const id = await google.google.deliver(raw, { labels: ['INBOX'] });
  const { json } = await get(`messages/${id}?format=raw`);
  expect(new Uint8Array(Buffer.from(json.raw, 'base64url'))).toEqual(raw);
  expect(json.payload).toBeUndefined();
});

test('metadata shows just the headers asked for, custom ones too, decoded, in any letter case', async () => {
  const id = await google.google.deliver(
    eml([
      'From: a@b.example',
      'Subject: =?utf-8?q?caf=C3=A9?=',
      'X-Purser-Statement: PRSK3QD202605V1',
      'X-Folded: one',
      ' two',
    ]),
    { labels: ['INBOX'] },
  );
  const { json } = await get(
    `messages/${id}?format=metadata&metadataHeaders=x-purser-statement&metadataHeaders=Subject&metadataHeaders=X-Folded`,
  );
  expect(json.payload).toEqual({
    mimeType: 'text/plain',
    headers: [
      { name: 'Subject', value: 'café' },
      { name: 'X-Purser-Statement', value: 'PRSK3QD202605V1' },
      { name: 'X-Folded', value: 'one two' },
    ],
  });
});

test('full shows the tree of parts with numbered ids, and an attachment is fetched by its token', async () => {
  const body = [
    '--a',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'caf=E9 =',
    'now',
    '--b',
    'Content-Type: text/html',
    '',
    '<p>x</p>',
    '--b--',
    '--a',
    "Content-Type: application/octet-stream; name*=utf-8''r%C3%A9sum%C3%A9.bin",
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from([0, 255, 10, 13]).toString('base64'),
    '--a--',
  ].join('\n');
  const id = await google.google.deliver(
    eml(['From: a@b.example', 'Content-Type: multipart/mixed; boundary="a"'], body),
    {
      labels: ['INBOX'],
    },
  );
  const { payload } = (await get(`messages/${id}`)).json;
  expect(payload).toMatchObject({ partId: '', mimeType: 'multipart/mixed', filename: '', body: { size: 0 } });
  expect(payload.parts[0]).toMatchObject({ partId: '0', mimeType: 'multipart/alternative' });
  expect(payload.parts[0].parts.map((part: { partId: string }) => part.partId)).toEqual(['0.0', '0.1']);
  expect(Buffer.from(payload.parts[0].parts[0].body.data, 'base64url').toString()).toBe('café now');
  const file = payload.parts[1];
  expect(file).toMatchObject({ partId: '1', filename: 'résumé.bin', body: { size: 4 } });
  expect(file.body.data).toBeUndefined();
  const attachment = await get(`messages/${id}/attachments/${file.body.attachmentId}`);
  expect(attachment.json).toEqual({ size: 4, data: 'AP8KDQ==' });
  expect((await get(`messages/${id}/attachments/other`)).json.error.message).toBe('Invalid attachment token');
});

test('an id that is no number is malformed, one that is nobody’s is not found', async () => {
  // github.com/brekkylab/backlot/issues/39, measured live
  expect((await get('messages/abc123')).json.error).toEqual({
    code: 404,
    message: 'Requested entity was not found.',
    errors: [{ message: 'Requested entity was not found.', domain: 'global', reason: 'notFound' }],
    status: 'NOT_FOUND',
  });
  for (const id of ['nosuchmessageid', 'ffffffffffffffff', '18c9a1b2c3d4e5f6aa']) {
    expect((await get(`messages/${id}`)).json.error).toMatchObject({
      code: 400,
      message: 'Invalid id value',
    });
  }
});

test('fields choose what a reply has', async () => {
  const id = await deliver('chosen', 1000);
  const { json } = await get(`messages/${id}?fields=id,payload(mimeType,headers/name)`);
  expect(Object.keys(json)).toEqual(['id', 'payload']);
  expect(json.payload.headers[0]).toEqual({ name: 'From' });
});

test('a reply by References and Subject joins the thread, another subject does not', async () => {
  const first = await deliver('Charter', 1000, ['Message-ID: <one@b.example>']);
  const reply = await deliver('Re: Charter', 2000, [
    'In-Reply-To: <one@b.example>',
    'References: <one@b.example>',
  ]);
  const stray = await deliver('Something else', 3000, ['References: <one@b.example>']);
  const { json } = await get(`threads/${first}?format=minimal`);
  expect(json.messages.map((message: { id: string }) => message.id)).toEqual([first, reply]);
  expect((await get(`threads/${stray}`)).json.messages).toHaveLength(1);
  expect((await get(`threads/${first}?format=raw`)).status).toBe(400);
  expect((await get('threads/12ab')).status).toBe(404);
});

test('a bounce of Gmail’s own joins the thread of what it answers, whatever its subject', async () => {
  const first = await deliver('Charter', 1000, ['Message-ID: <one@b.example>']);
  const headers = ['Subject: Delivery Status Notification (Failure)', 'References: <one@b.example>'];
  const from = (sender: string) =>
    google.google.deliver(eml([`From: ${sender}`, ...headers]), { labels: ['INBOX'], internalDateMs: 2000 });
  const own = await from('Mail Delivery Subsystem <mailer-daemon@googlemail.com>');
  const others = await from('mailer-daemon@b.example');
  const { json } = await get(`threads/${first}?format=minimal`);
  expect(json.messages.map((message: { id: string }) => message.id)).toEqual([first, own]);
  expect((await get(`threads/${others}`)).json.messages).toHaveLength(1);
});

test('profile and labels name the account and what it has', async () => {
  await google.google.deliver(eml(['From: a@b.example']), { labels: ['INBOX', 'Bookings'] });
  expect((await get('profile')).json).toEqual({
    emailAddress: EMAIL,
    messagesTotal: 1,
    threadsTotal: 1,
    historyId: '1',
  });
  const { labels } = (await get('labels')).json;
  expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' });
  expect(labels).toContainEqual({ id: 'Label_1', name: 'Bookings', type: 'user' });
});

test('another person’s mailbox is refused, and each account sees its own', async () => {
  const other = await google.send(
    'GET',
    'https://gmail.googleapis.com/gmail/v1/users/kim%40harbor.example/messages',
    { token },
  );
  expect(other.status).toBe(403);
  expect(other.json.error.message).toBe(`Delegation denied for ${EMAIL}`);
  google.tokens.set('kim', { email: 'kim@harbor.example', scopes: ['https://mail.google.com/'] });
  await deliver('for pat', 1000);
  const kims = await google.google.deliver(eml(['From: a@b.example']), {
    labels: ['INBOX'],
    account: 'kim@harbor.example',
  });
  const { json } = await google.send('GET', `${BASE}/messages`, { token: 'kim' });
  expect(json.messages.map((message: { id: string }) => message.id)).toEqual([kims]);
});

describe('quota', () => {
  // developers.google.com/workspace/gmail/api/reference/quota
  const refusal = { code: 403, status: 'PERMISSION_DENIED' };

  test('a minute has 6,000 units: 300 bodies and no more, until the first is a minute old', async () => {
    const id = await deliver('body', 1);
    for (let body = 0; body < 300; body += 1)
      expect((await get(`messages/${id}?format=minimal`)).status).toBe(200);
    const refused = await get(`messages/${id}?format=minimal`);
    expect(refused.json.error).toMatchObject(refusal);
    expect(refused.json.error.errors).toEqual([
      { message: 'User Rate Limit Exceeded', domain: 'usageLimits', reason: 'userRateLimitExceeded' },
    ]);
    google.clock.advance(59_999);
    expect((await get(`messages/${id}`)).status).toBe(403);
    google.clock.advance(1);
    expect((await get(`messages/${id}`)).status).toBe(200);
  });

  test('what is refused costs nothing, and a cheaper call may still fit', async () => {
    const id = await deliver('body', 1);
    for (let body = 0; body < 299; body += 1) await get(`messages/${id}?format=minimal`);
    expect((await get('messages')).status).toBe(200);
    expect((await get(`messages/${id}`)).status).toBe(403);
    expect((await get('messages')).status).toBe(200);
    expect((await get('messages')).status).toBe(200);
    expect((await get('messages')).status).toBe(200);
    expect((await get('messages')).status).toBe(403);
  });
});
