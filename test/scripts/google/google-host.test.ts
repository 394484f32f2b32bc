import { createHash } from 'node:crypto';
import { base64url, EMAIL, eml, startGoogle } from './started-google.ts';

const FILES = 'https://www.googleapis.com/drive/v3/files';
const MAIL = 'https://gmail.googleapis.com/gmail/v1/users/me/messages';
const FOLDER = 'application/vnd.google-apps.folder';

test('another process goes on from a dump: mail, threads, files and generated ids', async () => {
  const before = await startGoogle();
  const scopes = ['https://mail.google.com/', 'drive.file'];
  const token = before.token(...scopes);
  const inbox = await before.google.deliver(
    eml(['From: a@b.example', 'Message-ID: <q@b.example>', 'Subject: Q'], 'quay'),
    { labels: ['INBOX', 'Bookings'] },
  );
  const body = JSON.stringify({
    raw: base64url(eml(['To: lee@partner.example', 'Bcc: b@partner.example', 'Subject: S'])),
  });
  await before.send('POST', `${MAIL}/send`, { token, type: 'application/json', body });
  const ids = (await before.send('GET', `${FILES}/generateIds?count=1`, { token })).json.ids;
  await before.send('POST', FILES, {
    token,
    type: 'application/json',
    body: JSON.stringify({ name: 'a', appProperties: { k: 'v' } }),
  });
  const folder = before.google.putFile({ name: 'Trips', parents: [], mimeType: FOLDER, bytes: null });
  before.google.putFile({
    name: 'trip.csv',
    parents: [folder],
    mimeType: 'text/csv',
    bytes: new Uint8Array([0, 255]),
  });
  const state: unknown = JSON.parse(JSON.stringify(before.google.dump()));

  const after = await startGoogle();
  const read = after.token(...scopes);
  after.google.restore(state);
  expect(after.google.dump()).toEqual(state);
  expect(after.google.sentMessages()).toEqual(before.google.sentMessages());
  expect(after.google.driveFiles()).toEqual(before.google.driveFiles());
  expect(
    (await after.send('GET', `${MAIL}?q=label%3Abookings%20quay`, { token: read })).json.messages,
  ).toEqual([{ id: inbox, threadId: inbox }]);
  const answer = await after.google.deliver(
    eml(['From: a@b.example', 'References: <q@b.example>', 'Subject: Re: Q']),
    { labels: ['INBOX'] },
  );
  expect(answer).not.toBe(inbox);
  expect((await after.send('GET', `${MAIL}/${answer}?format=minimal`, { token: read })).json.threadId).toBe(
    inbox,
  );
  const used = await after.send('POST', FILES, {
    token: read,
    type: 'application/json',
    body: JSON.stringify({ id: ids[0] }),
  });
  expect(used.status).toBe(200);
  await before.close();
  await after.close();
});

test('a state that is none is refused', async () => {
  const google = await startGoogle();
  expect(() => google.google.restore({ version: 2 })).toThrow('no saved state');
  await google.close();
});

test('the same calls give the same ids and the same mail, byte for byte', async () => {
  const run = async (): Promise<unknown> => {
    const google = await startGoogle();
    const token = google.token('gmail.send', 'drive.file');
    const body = JSON.stringify({ raw: base64url(eml(['To: lee@partner.example'])) });
    await google.send('POST', `${MAIL}/send`, { token, type: 'application/json', body });
    await google.send('POST', FILES, { token, type: 'application/json', body: '{"name":"a"}' });
    const state = google.google.dump();
    await google.close();
    return state;
  };
  expect(await run()).toEqual(await run());
});

test('driveFiles tells what the app made from what a person put there', async () => {
  const google = await startGoogle();
  const token = google.token('drive.file');
  google.google.putFile({
    name: 'trip.csv',
    parents: [],
    mimeType: 'text/csv',
    bytes: new Uint8Array([1]),
    modifiedTime: '2026-05-02T00:00:00Z',
  });
  await google.send('POST', FILES, {
    token,
    type: 'application/json',
    body: JSON.stringify({ name: 'Statements', mimeType: FOLDER }),
  });
  expect(google.google.driveFiles()).toMatchObject([
    {
      name: 'trip.csv',
      createdByApp: false,
      modifiedTime: '2026-05-02T00:00:00.000Z',
      bytes: new Uint8Array([1]),
      sha256Checksum: createHash('sha256')
        .update(new Uint8Array([1]))
        .digest('hex'),
    },
    { name: 'Statements', createdByApp: true, bytes: null, sha256Checksum: null },
  ]);
  expect(() =>
    google.google.putFile({ name: 'x', parents: ['nowhere'], mimeType: 'text/csv', bytes: null }),
  ).toThrow('No folder');
  await google.close();
});

test('answers bear the Workspace’s clock', async () => {
  const google = await startGoogle();
  const reply = await google.send('GET', MAIL, { token: google.token('gmail.readonly') });
  expect(reply.headers.date).toBe('Mon, 01 Jun 2026 10:00:00 GMT');
  expect(reply.headers['content-type']).toBe('application/json; charset=UTF-8');
  await google.close();
});

test('mail without a Date lies at the clock’s moment', async () => {
  const google = await startGoogle();
  await google.google.deliver(eml([`To: ${EMAIL}`]), { labels: ['INBOX'] });
  const { json } = await google.send('GET', `${MAIL}?q=newer_than%3A1d`, {
    token: google.token('gmail.readonly'),
  });
  expect(json.messages).toHaveLength(1);
  await google.close();
});
