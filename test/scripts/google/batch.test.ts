import type { Reply, StartedGoogle } from './started-google.ts';
import { eml, startGoogle } from './started-google.ts';

// developers.google.com/workspace/gmail/api/guides/batch
let google: StartedGoogle;
let token: string;

beforeEach(async () => {
  google = await startGoogle();
  token = google.token('gmail.readonly');
});
afterEach(() => google.close());

function batch(
  calls: readonly string[],
  url = 'https://gmail.googleapis.com/batch/gmail/v1',
): Promise<Reply> {
  const parts = calls.map(
    (call, index) =>
      `--cut\r\nContent-Type: application/http\r\nContent-ID: <item${index}>\r\n\r\n${call}\r\n\r\n`,
  );
  return google.send('POST', url, {
    token,
    type: 'multipart/mixed; boundary="cut"',
    body: `${parts.join('')}--cut--`,
  });
}

test.each(['https://gmail.googleapis.com/batch/gmail/v1', 'https://www.googleapis.com/batch/gmail/v1'])(
  '%s answers each call in its order, under the id of its request, failures by themselves',
  async (url) => {
    const id = await google.google.deliver(eml(['From: a@b.example', 'Subject: inside']), {
      labels: ['INBOX'],
    });
    const reply = await batch(
      [
        `GET /gmail/v1/users/me/messages/${id}?format=minimal`,
        'GET /gmail/v1/users/me/messages/1 HTTP/1.1',
        'GET /drive/v3/files',
      ],
      url,
    );
    expect(reply.status).toBe(200);
    const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(String(reply.headers['content-type']))?.[1];
    const [, one = '', two = '', three = '', end] = reply.text.split(`--${boundary}`);
    expect(one).toContain(
      'Content-Type: application/http\r\nContent-ID: <response-item0>\r\n\r\nHTTP/1.1 200 OK\r\n',
    );
    expect(JSON.parse(one.slice(one.indexOf('{'))).id).toBe(id);
    expect(two).toContain('Content-ID: <response-item1>\r\n\r\nHTTP/1.1 404 Not Found\r\n');
    expect(three).toContain('HTTP/1.1 404 Not Found\r\n');
    expect(end).toBe('--\r\n');
  },
);

test('a hundred calls are taken, one more is refused', async () => {
  const call = 'GET /gmail/v1/users/me/profile';
  expect((await batch(Array.from({ length: 100 }, () => call))).status).toBe(200);
  const refused = await batch(Array.from({ length: 101 }, () => call));
  expect(refused.status).toBe(400);
  expect(refused.json.error.status).toBe('INVALID_ARGUMENT');
});

test('what is no batch is refused', async () => {
  const url = 'https://gmail.googleapis.com/batch/gmail/v1';
  expect((await google.send('POST', url, { token, type: 'application/json', body: '{}' })).status).toBe(400);
  expect(
    (
      await google.send('POST', url, {
        token,
        type: 'multipart/mixed; boundary=cut',
        body: '--cut\r\n\r\nGET /x\r\n',
      })
    ).status,
  ).toBe(400);
  expect((await batch(['hello'])).status).toBe(400);
});

test('an inner call is authorized by the outer token or by its own', async () => {
  const weak = google.token('gmail.send');
  const reply = await batch([
    `GET /gmail/v1/users/me/profile\r\nAuthorization: Bearer ${weak}`,
    'GET /gmail/v1/users/me/profile',
  ]);
  expect(reply.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200']);
});

test('an upload inside a batch is refused and sends nothing', async () => {
  token = google.token('gmail.send');
  const call =
    'POST /upload/gmail/v1/users/me/messages/send?uploadType=media\r\nContent-Type: message/rfc822\r\n\r\nTo: lee@partner.example\r\n\r\nx';
  expect((await batch([call])).text).toContain('HTTP/1.1 404 Not Found');
  expect(google.google.sentMessages()).toEqual([]);
});
