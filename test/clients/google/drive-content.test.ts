import { send } from '../../../src/clients/exchange.ts';
import { downloadFile, exportFile } from '../../../src/clients/google/drive-content.ts';
import type { Answer } from '../../tools/fake-host.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

const answering = (...answers: readonly Answer[]) =>
  fakeHost({ answer: (_, index) => answers[index] ?? { status: 400 } });
const refusal = (reason: string, message = 'Trop gros.'): Answer => ({
  status: 403,
  body: { error: { code: 403, message, errors: [{ domain: 'global', reason, message }] } },
});

test('a download asks for the media of the file, in shared drives too, and gives its bytes', () => {
  const host = answering({ status: 200, body: 'a,é\n' });
  expect(Buffer.from(send(host, downloadFile('tok', 'a/b'))).toString()).toBe('a,é\n');
  expect(host.rounds.flat()).toMatchObject([
    {
      method: 'GET',
      url: 'https://www.googleapis.com/drive/v3/files/a%2Fb?alt=media&supportsAllDrives=true',
      headers: { Authorization: 'Bearer tok' },
    },
  ]);
});

test('an export names the wanted type', () => {
  const host = answering({ status: 200, body: 'x' });
  send(host, exportFile('tok', 'id', 'text/csv'));
  expect(host.rounds[0]?.[0]?.url).toBe(
    'https://www.googleapis.com/drive/v3/files/id/export?mimeType=text%2Fcsv',
  );
});

test('an export over the limit is told by its reason, whatever the language of the words', () => {
  const error = errorOf(() =>
    send(answering(refusal('exportSizeLimitExceeded')), exportFile('t', 'id', 'x')),
  );
  expect([error.code, error.kind]).toStrictEqual(['export-too-large', 'refused']);
  const other = errorOf(() => send(answering(refusal('cannotDownloadFile')), exportFile('t', 'id', 'x')));
  expect(other.code).toBe('google-refused');
});

test('a download that Google fails, puts off or cuts short is asked for again', () => {
  const whole: Answer = { status: 200, body: 'abcdef' };
  for (const bad of [{ status: 503 }, refusal('userRateLimitExceeded'), { status: 200, body: 'abc' }]) {
    const host = answering(bad, whole);
    expect(send(host, downloadFile('t', 'id', 6))).toHaveLength(6);
    expect(host.rounds).toHaveLength(2);
  }
  const short: Answer = { status: 200, body: 'abc' };
  const host = answering(short, short, short, short, short);
  expect(errorOf(() => send(host, downloadFile('t', 'id', 6))).code).toBe('reply-malformed');
});
