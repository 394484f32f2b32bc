import { simpleParser } from 'mailparser';
import { findNewest, getHeaders, listMessages, sendMessage } from '../../../src/clients/google/gmail.ts';
import { getThread } from '../../../src/clients/google/gmail-thread.ts';
import {
  chooseRecipients,
  KIND_HEADER,
  lastMailCalls,
  statementInSent,
} from '../../../src/delivery/recipients.ts';
import { statementMessage } from '../../../src/delivery/statement-message.ts';
import type { PurserError } from '../../../src/host/errors.ts';
import { sampleStatement } from '../../tools/sample-statement.ts';
import { closeServers, EMAIL, localGoogle, NOW_MS, type Server, stranger } from '../google/servers.ts';

const bytes = Uint8Array.from({ length: 30_000 }, (_, at) => (at * 13 + (at >> 5)) % 256);
const SUBJECT = 'Küstenfahrt & Söhne revenue statement, May 2026';

const mimeOf = (more: { subject?: string; follows?: readonly string[] }): string =>
  statementMessage({
    statement: sampleStatement({ company: 'Küstenfahrt & Söhne' }),
    from: { name: 'Küstenfahrt & Söhne', address: EMAIL },
    recipients: {
      to: [
        { name: 'René Desjardins', address: 'rene@desjardins.example' },
        { name: 'Holloway, Grace', address: 'grace@tidewater.example' },
      ],
      cc: [{ name: '', address: 'priya@raman.example' }],
    },
    replyTo: [],
    subject: SUBJECT,
    dateMs: NOW_MS,
    attachment: { name: 'Abrechnung für Mai.xlsx', bytes },
    ...more,
  });
const MIME = mimeOf({});

/** The raw message as the mailbox keeps it. */
async function rawOf(server: Server, id: string): Promise<Buffer> {
  const raw = await server.run<string>({
    name: 'raw',
    repeatable: true,
    request: () => ({
      method: 'GET',
      url: `https://gmail.googleapis.com/gmail/v1/users/me/messages/${id}?format=raw`,
      headers: { Authorization: `Bearer ${server.token}` },
    }),
    settle: (reply) => ({ kind: 'done', value: (JSON.parse(reply.text()) as { raw: string }).raw }),
  });
  return Buffer.from(raw, 'base64url');
}

afterAll(closeServers);

describe.each([
  ['the local Google', localGoogle],
  ['the emulator, which others wrote', stranger],
])('%s', (_, start: () => Promise<Server>) => {
  let server: Server;
  let id: string;

  beforeAll(async () => {
    server = await start();
    id = (await server.run(sendMessage(server.token, MIME))).id;
  });

  test('takes our message and keeps it readable: people, subject, file', async () => {
    const parsed = await simpleParser(await rawOf(server, id));
    expect(parsed.subject).toBe(SUBJECT);
    expect([parsed.to ?? []].flat()[0]?.value.map(({ name, address }) => [name, address])).toEqual([
      ['René Desjardins', 'rene@desjardins.example'],
      ['Holloway, Grace', 'grace@tidewater.example'],
    ]);
    expect(parsed.attachments[0]?.filename).toBe('Abrechnung für Mai.xlsx');
    expect(parsed.attachments[0]?.content.equals(Buffer.from(bytes))).toBe(true);
  });

  test('gives its thread, with the headers that are asked for', async () => {
    const { threadId } = await server.run(getHeaders(server.token, id, []));
    const thread = await server.run(getThread(server.token, threadId, ['Subject', 'X-Failed-Recipients']));
    expect(thread).toMatchObject([{ id, threadId, headers: [{ name: 'Subject' }] }]);
    expect(thread[0]?.internalDateMs).toBeGreaterThan(0);
  });

  test('finds it in Sent by the statement’s code', async () => {
    const { run, token } = server;
    const found = async (code: string) =>
      (await run(listMessages(token, `in:sent "${code}"`, null))).messages;
    expect((await found('PRSK3QD202605V1')).map((one) => one.id)).toEqual([id]);
    expect(await found('PRSK3QD202605V2')).toEqual([]);
  });

  test('gives its recipients back for next month, however it writes the names', async () => {
    const lastMail = await server.run(
      getHeaders(server.token, id, ['To', 'Cc', 'From', 'Subject', KIND_HEADER]),
    );
    expect(
      chooseRecipients({
        setting: null,
        alwaysCc: [],
        lastMail,
        priorMonth: '2026-05',
        priorSubject: 'S',
        knownDomains: null,
        sender: EMAIL,
        self: [EMAIL],
      }),
    ).toEqual({
      recipients: {
        to: [
          { name: 'René Desjardins', address: 'rene@desjardins.example' },
          { name: 'Holloway, Grace', address: 'grace@tidewater.example' },
        ],
        cc: [{ name: '', address: 'priya@raman.example' }],
      },
      last: ['rene@desjardins.example', 'grace@tidewater.example', 'priya@raman.example'],
      noticed: [],
    });
  });
});

describe('the local Google, where the emulator is not faithful', () => {
  test('the last statement is found by any version’s code and by subject; an answer, a test, a note and a newer other mail are not', async () => {
    const server = await localGoogle();
    const { run, token, google } = server;
    const sent = async (headers: readonly string[], body: string, internalDateMs: number) =>
      google.deliver(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`), {
        labels: ['SENT'],
        internalDateMs,
      });
    const { id } = await run(sendMessage(token, MIME));
    const from = `From: ${EMAIL}`;
    const encoded = `Subject: =?UTF-8?B?${Buffer.from(SUBJECT).toString('base64')}?=`;
    const quote = '> Statement PRSK3QD202605V1, version 1';
    await sent(
      [from, 'To: one@partner.example', `Subject: Re: x`, 'In-Reply-To: <x@mail>'],
      quote,
      NOW_MS + 1000,
    );
    await sent([from, `To: ${EMAIL}`, encoded, `${KIND_HEADER}: test`], quote, NOW_MS + 2000);
    await sent([from, 'To: one@partner.example', 'Subject: Something else'], 'Hello', NOW_MS + 3000);
    await sent([from, 'To: one@partner.example', 'Subject: About the statement'], quote, NOW_MS + 4000);
    const calls = lastMailCalls(token, (version) => `PRSK3QD202605V${version}`, SUBJECT);
    expect((await run(calls.byCode))?.id).toBe(id);
    expect((await run(calls.bySubject))?.id).toBe(id);
    expect(await run(statementInSent(token, 'PRSK3QD202605V1', SUBJECT))).toMatchObject({
      message: { id },
      certain: true,
    });
    expect(await run(statementInSent(token, 'PRSK3QD202605V2', SUBJECT))).toBeNull();
    const none = lastMailCalls(token, (version) => `PRSK3QD202604V${version}`, 'Another subject');
    expect(await run(none.byCode)).toBeNull();
    expect(await run(none.bySubject)).toBeNull();
  });

  test('more than a page of answers does not hide the statement that they answer', async () => {
    const server = await localGoogle();
    const { run, token, google } = server;
    const { id } = await run(sendMessage(token, MIME));
    for (let index = 1; index <= 60; index++) {
      const answer = [
        `From: ${EMAIL}`,
        'To: one@partner.example',
        `Subject: Re: ${index}`,
        'In-Reply-To: <x@mail>',
      ];
      await google.deliver(Buffer.from(`${answer.join('\r\n')}\r\n\r\n> PRSK3QD202605V1\r\n`), {
        labels: ['SENT'],
        internalDateMs: NOW_MS + index * 1000,
      });
    }
    const calls = lastMailCalls(token, (version) => `PRSK3QD202605V${version}`, SUBJECT);
    expect((await run(calls.byCode))?.id).toBe(id);
    expect((await run(statementInSent(token, 'PRSK3QD202605V1', SUBJECT)))?.message.id).toBe(id);
  });

  test('a mail of before Purser is found by its subject and read for its recipients', async () => {
    const server = await localGoogle();
    const id = await server.google.deliver(
      Buffer.from(
        [
          'From: Nora <nora@blueheron.example>',
          'To: =?UTF-8?Q?Ren=C3=A9_Desjardins?= <rene@desjardins.example>, Samuel',
          ' Okonkwo <sam@okonkwo.example>, nora@blueheron.example',
          'Cc: "Priya Raman, CPA" <priya@raman.example>',
          'Subject: Blue Heron Charters revenue statement, April 2026',
          'Date: Sat, 02 May 2026 09:12:00 -0400',
          '',
          'Dear partners',
          '',
        ].join('\r\n'),
      ),
      { labels: ['SENT'] },
    );
    const calls = lastMailCalls(
      server.token,
      () => 'PRSNONE',
      'Blue Heron Charters revenue statement, April 2026',
    );
    const lastMail = await server.run(calls.bySubject);
    expect(lastMail?.id).toBe(id);
    const { recipients } = chooseRecipients({
      setting: null,
      alwaysCc: [],
      lastMail,
      priorMonth: '2026-04',
      priorSubject: 'Blue Heron Charters revenue statement, April 2026',
      knownDomains: null,
      sender: EMAIL,
      self: [EMAIL],
    });
    expect(recipients).toEqual({
      to: [
        { name: 'René Desjardins', address: 'rene@desjardins.example' },
        { name: 'Samuel Okonkwo', address: 'sam@okonkwo.example' },
      ],
      cc: [{ name: 'Priya Raman, CPA', address: 'priya@raman.example' }],
    });
  });

  test('what a recipient gets has one From, of the account, and no trace of a Bcc', async () => {
    const server = await localGoogle();
    await server.run(sendMessage(server.token, MIME));
    const [message] = server.google.sentMessages();
    const parsed = await simpleParser(Buffer.from(message?.raw ?? []));
    expect(parsed.from?.value).toEqual([{ name: 'Küstenfahrt & Söhne', address: EMAIL }]);
    expect(parsed.headers.get('x-purser-kind')).toBe('statement');
    expect(parsed.headers.get('x-purser-statement')).toBe('PRSK3QD202605V1');
  });

  test('refusals are told apart: wrong token, missing scope, no such message, no recipient', async () => {
    const server = await localGoogle();
    const { run, token, tokenWith } = server;
    const codeOf = (running: Promise<unknown>) =>
      running.then(
        () => 'let through',
        ({ code, data }: PurserError) => `${code} ${data.status}`,
      );
    expect(await codeOf(run(sendMessage('wrong', MIME)))).toBe('google-refused 401');
    expect(await codeOf(run(sendMessage(tokenWith('gmail.readonly'), MIME)))).toBe(
      'google-scope-missing 403',
    );
    expect(await codeOf(run(findNewest(tokenWith('gmail.send'), 'in:sent', [], () => true)))).toBe(
      'google-scope-missing 403',
    );
    expect(await codeOf(run(getHeaders(token, '18f', ['To'])))).toBe('google-not-found 404');
    expect(await codeOf(run(sendMessage(token, 'From: x@y.example\r\nSubject: x\r\n\r\n')))).toBe(
      'google-refused 400',
    );
    expect(server.google.sentMessages()).toEqual([]);
  });
});

test('a mail joins the thread of the one that it follows, unless its subject is another or there is no such thread', async () => {
  const server = await localGoogle();
  const { run, token } = server;
  const first = await run(sendMessage(token, MIME));
  const { headers } = await run(getHeaders(token, first.id, ['Message-ID']));
  const follows = headers.map(({ value }) => value);
  const second = await run(sendMessage(token, mimeOf({ follows }), first.threadId));
  expect(second.threadId).toBe(first.threadId);
  expect((await simpleParser(await rawOf(server, second.id))).inReplyTo).toBe(follows[0]);
  const other = await run(sendMessage(token, mimeOf({ follows, subject: 'Other words' }), first.threadId));
  expect(other.threadId).not.toBe(first.threadId);
  await expect(run(sendMessage(token, mimeOf({ follows }), 'abcdef'))).rejects.toMatchObject({
    code: 'google-not-found',
  });
});
