import type { StartedGoogle } from './started-google.ts';
import { EMAIL, eml, NOW_MS, startGoogle } from './started-google.ts';

// support.google.com/mail/answer/7190 and developers.google.com/workspace/gmail/api/guides/filtering
let google: StartedGoogle;
let token: string;
const names = new Map<string, string>();

async function put(
  name: string,
  headers: string[],
  body: string,
  labels: string[],
  daysAgo: number,
): Promise<void> {
  const id = await google.google.deliver(eml(headers, body), {
    labels,
    internalDateMs: NOW_MS - daysAgo * 86_400_000,
  });
  names.set(id, name);
}

beforeAll(async () => {
  google = await startGoogle();
  token = google.token('gmail.readonly');
  await put(
    'booking',
    [
      'From: "Bay Booking" <noreply@baybooking.example>',
      `To: ${EMAIL}`,
      'Subject: =?utf-8?Q?Buchung_best=C3=A4tigt?= CH-0514',
      'Message-ID: <booking-1@baybooking.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=cut',
    ],
    [
      '--cut',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<style>p { color: vermilion }</style><p>Party of <b>tw</b>elve, caf=C3=A9 on board &amp; wine</p>',
      '--cut',
      'Content-Type: application/pdf; name="voucher.pdf"',
      'Content-Disposition: attachment; filename="voucher.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('a voucher').toString('base64'),
      '--cut--',
    ].join('\n'),
    ['INBOX', 'Bookings 2026'],
    3,
  );
  await put(
    'statement',
    [
      `From: Pat <${EMAIL}>`,
      'To: lee@partner.example',
      'Cc: ann@partner.example',
      'Subject: Revenue statement, April 2026',
    ],
    'Code PRSK3QD202604V1. Thank you.',
    ['SENT'],
    30,
  );
  await put(
    'lunch',
    ['From: lee@partner.example', `To: ${EMAIL}`, 'Subject: Lunch?'],
    'Code of the gate: 4711',
    ['INBOX', 'UNREAD'],
    400,
  );
  await put('junk', ['From: x@junk.example', `To: ${EMAIL}`, 'Subject: Statement won'], 'Code', ['SPAM'], 1);
  await put('binned', ['From: x@old.example', `To: ${EMAIL}`, 'Subject: Old'], 'Code', ['TRASH'], 2);
});
afterAll(() => google.close());

async function found(q: string): Promise<string[]> {
  const reply = await google.send(
    'GET',
    `https://gmail.googleapis.com/gmail/v1/users/me/messages?q=${encodeURIComponent(q)}`,
    {
      token,
    },
  );
  expect(reply.status).toBe(200);
  return (reply.json.messages ?? []).map((message: { id: string }) => names.get(message.id));
}

test.each<[string, string[]]>([
  ['', ['booking', 'statement', 'lunch']],
  ['code', ['statement', 'lunch']],
  ['CODE thank', ['statement']],
  ['cod', []],
  ['PRSK3QD202604V1', ['statement']],
  ['"thank you"', ['statement']],
  ['"you thank"', []],
  ['bestätigt', ['booking']],
  ['café', ['booking']],
  ['twelve', ['booking']],
  ['vermilion', []],
  ['voucher', ['booking']],
  ['subject:bestätigt', ['booking']],
  ['subject:(revenue april)', ['statement']],
  ['subject:"revenue statement"', ['statement']],
  ['subject:code', []],
  ['from:baybooking.example', ['booking']],
  ['from:"Bay Booking"', ['booking']],
  ['from:me', ['statement']],
  ['to:me', ['booking', 'lunch']],
  ['from:(lee OR noreply)', ['booking', 'lunch']],
  ['from:{lee noreply}', ['booking', 'lunch']],
  ['cc:ann@partner.example', ['statement']],
  ['bcc:ann@partner.example', []],
  ['{voucher gate}', ['booking', 'lunch']],
  ['voucher OR gate', ['booking', 'lunch']],
  ['code gate OR thank', ['statement', 'lunch']],
  ['code -gate', ['statement']],
  ['code -(gate OR thank)', []],
  ['-"thank you" code', ['lunch']],
  ['-in:inbox', ['statement']],
  ['in:sent', ['statement']],
  ['in:inbox', ['booking', 'lunch']],
  ['in:anywhere code', ['junk', 'binned', 'statement', 'lunch']],
  ['in:trash', ['binned']],
  ['in:spam', ['junk']],
  ['-in:spam', ['booking', 'statement', 'lunch']],
  ['is:unread', ['lunch']],
  ['is:read in:inbox', ['booking']],
  ['label:bookings-2026', ['booking']],
  ['label:nothing', []],
  ['has:attachment', ['booking']],
  ['-has:attachment', ['statement', 'lunch']],
  ['filename:pdf', ['booking']],
  ['filename:voucher.pdf', ['booking']],
  ['filename:xlsx', []],
  ['rfc822msgid:booking-1@baybooking.example', ['booking']],
  ['rfc822msgid:<booking-1@baybooking.example>', ['booking']],
  ['rfc822msgid:booking-1', []],
  ['newer_than:7d', ['booking']],
  ['newer_than:2m', ['booking', 'statement']],
  ['older_than:1y', ['lunch']],
  ['larger:1M', []],
  ['smaller:1M', ['booking', 'statement', 'lunch']],
  ['larger:500', ['booking']],
  ['tide:high', []],
  ['code:of', ['lunch']],
])('the search %j finds %j', async (q, expected) => {
  expect(await found(q)).toEqual(expected);
});

test('dates are midnight in the Pacific zone, seconds are exact, and after includes its moment', async () => {
  const other = await startGoogle();
  const read = other.token('gmail.readonly');
  const midnight = Date.UTC(2026, 4, 14, 7); // 14 May 2026, 00:00 in Los Angeles
  const late = await other.google.deliver(eml(['From: a@b.example', 'Subject: late']), {
    labels: ['INBOX'],
    internalDateMs: midnight,
  });
  const early = await other.google.deliver(eml(['From: a@b.example', 'Subject: early']), {
    labels: ['INBOX'],
    internalDateMs: midnight - 1000,
  });
  const ids = async (q: string): Promise<string[]> => {
    const reply = await other.send(
      'GET',
      `https://gmail.googleapis.com/gmail/v1/users/me/messages?q=${encodeURIComponent(q)}`,
      { token: read },
    );
    return (reply.json.messages ?? []).map((message: { id: string }) => message.id);
  };
  expect(await ids('after:2026/05/14')).toEqual([late]);
  expect(await ids('before:2026/05/14')).toEqual([early]);
  expect(await ids('after:2026-5-14')).toEqual([late]);
  expect(await ids(`after:${midnight / 1000 - 1} before:${midnight / 1000}`)).toEqual([early]);
  expect(await ids('after:2026/02/31')).toEqual([]);
  await other.close();
});
