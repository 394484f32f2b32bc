import { sendNotice } from '../../src/delivery/notice.ts';
import { noticeRecordId } from '../../src/delivery/outbox-record.ts';
import { MOST_ATTEMPTS } from '../../src/delivery/put-off.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { DAY_MS, refusal, requests, SENT, stored } from './outbox-scene.ts';

const notice = {
  cause: 'held.2026-05',
  owner: OWNER,
  day: '2026-06-01',
  subject: 'May 2026 is held\r\nBcc: x@evil.example',
  words: ['One finding <b>blocks</b> it.'],
  link: { label: 'Open the workbook', url: 'https://docs.google.com/spreadsheets/d/1/edit?a=1&b="2"' },
};
const ID = noticeRecordId(notice.cause, notice.day);

test('a cause is told once a day, and again the next day', () => {
  const host = fakeHost({ answer: () => SENT });
  expect(sendNotice(host, notice).kind).toBe('sent');
  expect(sendNotice(host, notice).kind).toBe('taken');
  expect(sendNotice(host, { ...notice, cause: 'other' }).kind).toBe('sent');
  host.setNow(NOW_MS + DAY_MS);
  expect(sendNotice(host, { ...notice, day: '2026-06-02' }).kind).toBe('sent');
  expect(requests(host)).toBe(3);
});

test('one of yesterday that went out only today is today’s, and the cause is told again tomorrow', () => {
  const host = fakeHost({ answer: () => SENT });
  host.setNow(NOW_MS + DAY_MS);
  const late = sendNotice(host, notice);
  expect(late.kind).toBe('sent');
  expect(sendNotice(host, { ...notice, day: '2026-06-02' })).toEqual({ kind: 'taken', record: late.record });
  expect(sendNotice(host, { ...notice, cause: 'held', day: '2026-06-02' }).kind).toBe('sent');
  host.setNow(NOW_MS + 2 * DAY_MS);
  expect(sendNotice(host, { ...notice, day: '2026-06-03' }).kind).toBe('sent');
  expect(requests(host)).toBe(3);
});

test('what was put off or refused yesterday, tried today too, keeps nobody from hearing of it', () => {
  for (const answer of [refusal(401, 'authError'), refusal(400, 'invalidArgument')]) {
    const host = fakeHost({ answer: (_, index) => (index === 0 ? answer : SENT) });
    host.setNow(NOW_MS + DAY_MS);
    expect(sendNotice(host, notice).kind).toBe('refused');
    expect(sendNotice(host, { ...notice, day: '2026-06-02' }).kind).toBe('sent');
  }
});

test('one of yesterday that may have gone out today is not sent again today', () => {
  const host = fakeHost({ answer: () => ({ status: 503, body: '' }) });
  host.setNow(NOW_MS + DAY_MS);
  expect(sendNotice(host, notice).kind).toBe('unknown');
  expect(sendNotice(host, { ...notice, day: '2026-06-02' }).kind).toBe('taken');
  expect(requests(host)).toBe(1);
});

test('it goes to the owner alone, says that it is a notice, and its words stay words', () => {
  const host = fakeHost({ answer: () => SENT });
  sendNotice(host, notice);
  const mime = String(host.rounds[0]?.[0]?.body);
  expect(mime).toContain('X-Purser-Kind: notice');
  expect(mime).toContain(`To: ${OWNER}`);
  expect(mime).not.toMatch(/^Bcc:/m);
  const html = Buffer.from(mime.split('base64\r\n\r\n')[2]?.split('\r\n--')[0] ?? '', 'base64').toString();
  expect(html).toContain('&lt;b&gt;blocks&lt;/b&gt;');
  expect(html).toContain('&quot;2&quot;');
});

test('one that is put off keeps its words until it is out', () => {
  const host = fakeHost({ answer: (_, index) => (index === 0 ? refusal(401, 'authError') : SENT) });
  expect(sendNotice(host, notice).kind).toBe('refused');
  expect(stored(host, ID)).toMatchObject({
    state: 'queued',
    notice: { words: notice.words, link: notice.link },
  });
  expect(sendNotice(host, notice).kind).toBe('sent');
  expect(stored(host, ID)?.notice).toBeUndefined();
});

test('one with very many words is sent with all of them, and fits in its record', () => {
  const host = fakeHost({ answer: () => SENT });
  const words = Array.from({ length: 300 }, (_, index) => `Finding ${index}: ${'ü'.repeat(100)}`);
  expect(sendNotice(host, { ...notice, words }).kind).toBe('sent');
  const text = String(host.rounds[0]?.[0]?.body).split('base64\r\n\r\n')[1]?.split('\r\n--')[0] ?? '';
  expect(Buffer.from(text, 'base64').toString()).toContain('Finding 299');
});

test('one that Gmail refuses is tried on, since the owner must hear, but not more often than any mail', () => {
  const host = fakeHost({ answer: () => refusal(400, 'invalidArgument') });
  for (let hour = 0; hour < 20; hour++) expect(sendNotice(host, notice).kind).toBe('refused');
  expect(requests(host)).toBe(MOST_ATTEMPTS);
  expect(stored(host, ID)).toMatchObject({ state: 'failed', attempts: MOST_ATTEMPTS });
});
