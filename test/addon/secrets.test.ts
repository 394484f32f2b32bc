/**
 * Nothing secret anywhere: a whole story on the built bundle, with services that quote what they were sent, after which
 * all that anybody could see is searched for every secret that there ever was.
 */
import { gunzipSync, strFromU8, unzipSync } from 'fflate';
import { simpleParser } from 'mailparser';
import type { Fault, TracedExchange } from '../../scripts/local/contract.ts';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { Person } from '../../scripts/local/sign-in.ts';
import { signIn } from '../../scripts/local/sign-in.ts';
import { harOf } from '../../scripts/local/trace.ts';
import { LOCAL_KEYS } from '../../scripts/local/workspace.ts';
import { summaryOf } from '../../scripts/start/outputs.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { AccountsAction, AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import type { Secret, SecretBook, Seen } from '../tools/secret-hunt.ts';
import { leaks, secretBook } from '../tools/secret-hunt.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const DOCK = 'dock@harbor.example';
const PRIVATE = 'private@mail.example';
const AGENT = 'desk@bookings.example';
const BOTH = ['send', 'bookings'] as const;
const HOUR_MS = 3_600_000;
const OAUTH = 'oauth2.googleapis.com';
const GMAIL = 'gmail.googleapis.com';

/** Answers of services that quote the request. */
const PAGE = '<html><title>Error</title><pre>%REQUEST%</pre></html>';
const OAUTH_ERROR = '{"error":"invalid_request","error_description":"%REQUEST%"}';
const GOOGLE_ERROR = '{"error":{"code":400,"message":"%REQUEST%","errors":[{"reason":"other"}]}}';
const awsError = (name: string): string => `{"__type":"com.amazon.coral#${name}","message":"%REQUEST%"}`;
const stsError = (code: string): string =>
  `<ErrorResponse><Error><Code>${code}</Code><Message>%REQUEST%</Message></Error></ErrorResponse>`;
const quoted = (host: string, status: number, body: string, more: Partial<Fault> = {}): Fault => ({
  host,
  play: { quote: { status, body } },
  ...more,
});

let purser: Purser;
const book: SecretBook = secretBook();
const seen: Seen[] = [];
/** Of the script and of the browsers. */
const exchanges: TracedExchange[] = [];
const reports: RunReport[] = [];
/** Keys of user properties under which a secret stood. */
const keptUnder = new Set<string>();

function see(where: string, text: string): void {
  seen.push({ where, text });
}

const SHARED_LINK =
  /https:\/\/(?:accounts\.google\.com\/o\/oauth2\/v2\/auth|script\.google\.com\/macros\/s\/\w+\/exec)\?[^"\s<\\]+/g;

/** The link to Google's page and an invitation's are shown on purpose; all else in them is searched. */
function withoutSharedLinks(text: string): string {
  return text.replace(SHARED_LINK, (link) =>
    link.replace(/([?&](?:amp;)?(?:state|nonce|invitation)=)[\w.~%-]+/g, '$1'),
  );
}

function call(name: string, ...parameters: readonly unknown[]): AccountsView {
  const view = purser.appsScript().call(name, parameters, { as: OWNER.email }) as AccountsView;
  see(`the answer to ${name}`, withoutSharedLinks(JSON.stringify(view)));
  noteProperties();
  return view;
}

function act(action: AccountsAction): AccountsView {
  return call('accountsAct', action);
}

function linkOf(action: AccountsAction): string {
  const { link, notice } = act(action);
  if (link === null) throw new Error(`There is no link: ${notice?.words}`);
  book.add('invitation', new URL(link.url).searchParams.get('invitation'));
  return link.url;
}

/** As `signIn`, with the browser's own requests noted. @returns the page's title */
function browse(url: string, person: Person): string {
  const { network } = purser.workspace;
  const fetchAllSync: typeof network.fetchAllSync = (requests) => {
    const before = network.trace.length;
    const replies = network.fetchAllSync(requests);
    exchanges.push(...network.trace.slice(before));
    return replies;
  };
  const { title } = signIn(
    { network: { fetchAllSync, trace: network.trace }, appsScript: purser.appsScript() },
    url,
    person,
  );
  noteProperties();
  return title;
}

function subjectOf(email: string): string {
  const found = call('accountsView').accounts.find((one) => one.email === email);
  if (found === undefined) throw new Error(`${email} is not connected.`);
  return found.subject;
}

/** What an entry point gave or threw. */
function run(action: () => RunReport | null): RunReport | null {
  let report: RunReport | null = null;
  try {
    report = action();
  } catch (thrown) {
    see(
      'a thrown error',
      thrown instanceof Error ? `${thrown.stack} ${JSON.stringify(thrown)}` : String(thrown),
    );
  }
  noteProperties();
  if (report === null) return null;
  reports.push(report);
  see('a report', JSON.stringify(report));
  const none = { bookingMailFrom: null, renewed: [] };
  const summary = summaryOf(report, { host: 0, http: 0, rounds: 0 }, 0, none, null);
  see('summary.json', JSON.stringify(summary, null, 2));
  return report;
}

/** Secrets as they are kept at this moment, and beside them what must hold none. */
function noteProperties(): void {
  const { userProperties, documentProperties, scriptProperties, stateTokens } = purser.appsScript().saved();
  for (const [key, value] of Object.entries(userProperties).flatMap(([, entries]) =>
    Object.entries(entries),
  )) {
    const before = book.all().length;
    if (key === 'connect.key') book.add('signing key', value);
    else if (value.startsWith('{')) noteFields(JSON.parse(value) as Record<string, unknown>);
    if (key === 'connect.key' || book.all().length > before) keptUnder.add(key);
    if (!/^(account|connect|oauth|aws)\./.test(key)) see(`the user property ${key}`, value);
  }
  for (const [token, { arguments: given }] of Object.entries(stateTokens)) {
    book.add('state', token);
    book.add('signed state', given.purser);
  }
  see('document properties', JSON.stringify(documentProperties));
  see('script properties', JSON.stringify(scriptProperties));
}

const FIELDS: Readonly<Record<string, string>> = {
  accessToken: 'access token',
  refreshToken: 'refresh token',
  idToken: 'id token',
  clientSecret: 'client secret',
  verifier: 'verifier',
  nonce: 'nonce',
  sessionToken: 'AWS session token',
};

function noteFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'secretAccessKey') {
      book.add('sessionToken' in fields ? 'AWS session key' : 'AWS secret key', value);
    }
    const kind = FIELDS[name];
    if (kind !== undefined) book.add(kind, value);
    if (typeof value === 'object' && value !== null) noteFields(value as Record<string, unknown>);
  }
}

const PARAMETERS: Readonly<Record<string, string>> = {
  client_secret: 'client secret',
  code: 'authorization code',
  code_verifier: 'verifier',
  refresh_token: 'refresh token',
  access_token: 'access token',
  id_token: 'id token',
  nonce: 'nonce',
  WebIdentityToken: 'identity token',
};

/** What went over the wire, taken from the raw requests and replies. */
function noteExchange({ request, reply }: TracedExchange): void {
  const { url, headers } = request;
  book.add('access token', /^Bearer (.+)$/.exec(headers.Authorization ?? headers.authorization ?? '')?.[1]);
  book.add('AWS session token', headers['x-amz-security-token'] ?? headers['X-Amz-Security-Token']);
  const { hostname, searchParams } = new URL(url);
  if (hostname === 'accounts.google.com') {
    noteParameters(searchParams);
    const state = searchParams.get('state') ?? '';
    book.add(state.includes('.') ? 'signed state' : 'state', state);
  }
  if (hostname === OAUTH || hostname.startsWith('sts.')) {
    noteParameters(new URLSearchParams(Buffer.from(request.body).toString()));
  }
  if ('failed' in reply) return;
  const location = Object.entries(reply.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location !== undefined) noteParameters(new URL(location).searchParams);
  const body = Buffer.from(reply.body).toString();
  if (hostname === OAUTH && reply.status === 200 && body.startsWith('{')) {
    const fields = JSON.parse(body) as Record<string, unknown>;
    for (const [name, kind] of Object.entries(PARAMETERS)) book.add(kind, fields[name]);
  }
  book.add('AWS session key', /<SecretAccessKey>([^<]+)</.exec(body)?.[1]);
  book.add('AWS session token', /<SessionToken>([^<]+)</.exec(body)?.[1]);
}

function noteParameters(parameters: URLSearchParams): void {
  for (const [name, value] of parameters) {
    const kind = PARAMETERS[name];
    if (kind !== undefined) book.add(kind, value);
  }
}

/** The workbook's cells and metadata as they are now. */
async function seeCells(): Promise<void> {
  for (const { title, cells } of await purser.tabs()) see(`the tab ${title}`, JSON.stringify(cells));
  see('the workbook’s metadata', JSON.stringify(await purser.snapshotMetadata()));
}

/** All that a story leaves behind for somebody to see. */
async function seeAll(): Promise<void> {
  const script = purser.appsScript();
  for (const line of script.logs) see('the log', JSON.stringify(line));
  for (const shown of script.shown) {
    // What a person typed is theirs.
    see(`a ${shown.kind}`, withoutSharedLinks(JSON.stringify({ ...shown, answer: null })));
  }
  for (const { html, title } of script.pages) see(`the page “${title}”`, withoutSharedLinks(html));
  see('the triggers', JSON.stringify(script.triggers()));
  see('the menus', JSON.stringify([...script.menus()]));
  await seeCells();
  seeZip('workbook.xlsx', await purser.download());
  for (const { name, bytes, ...metadata } of await purser.files()) {
    see(`metadata of ${name}`, JSON.stringify(metadata));
    if (bytes === null) continue;
    if (name.endsWith('.xlsx')) seeZip(name, bytes);
    else see(name, strFromU8(name.endsWith('.gz') ? gunzipSync(bytes) : bytes));
  }
  for (const { raw } of await purser.mails()) {
    see('a mail as sent', raw.toString());
    const { text, html, subject, attachments } = await simpleParser(raw);
    see('a mail', [subject, text, html].join('\n'));
    for (const { content, filename } of attachments) seeZip(filename ?? '', content);
  }
  exchanges.push(...purser.trace());
}

function seeZip(name: string, bytes: Uint8Array): void {
  for (const [entry, content] of Object.entries(unzipSync(new Uint8Array(bytes)))) {
    see(`${name}: ${entry}`, strFromU8(content));
  }
}

/** The trace in parts: bodies come again and again. */
function har(secrets: 'redacted' | 'included'): Seen[] {
  const { entries } = harOf(exchanges, { version: '0', secrets }).log;
  return entries.flatMap(({ request, response, ...rest }) => {
    const { postData, ...asked } = request;
    const { content, ...answered } = response;
    const texts = [postData?.text ?? '', content.text, JSON.stringify([asked, answered, rest])];
    return texts.map((text) => ({ where: 'the trace', text }));
  });
}

const bookingMail = [
  `From: Harbor Bookings <${AGENT}>`,
  `To: ${OFFICE}`,
  'Subject: Booking confirmation HB-9001',
  'Date: Wed, 20 May 2026 05:00:00 GMT',
  'Message-ID: <hb-9001@bookings.example>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=UTF-8',
  '',
  'Booking reference: HB-9001\nGuests: 4\nDate: May 9, 2026\nTotal: $500.00\n',
].join('\n');

/** Connecting, in all the ways that it can go. */
async function connectAccounts(): Promise<void> {
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  purser.appsScript().run('onOpen');
  purser.appsScript().run('connectedAccounts');
  act({ type: 'store-client', clientId, clientSecret });
  const connect = { type: 'connect', purposes: BOTH } as const;
  expect(browse(linkOf(connect), { email: OFFICE, decline: true })).toContain('Not connected');
  for (const [status, body] of [
    [400, OAUTH_ERROR],
    [401, '{"error":"invalid_client","error_description":"%REQUEST%"}'],
    [400, PAGE],
    [503, PAGE],
    [200, PAGE],
    [200, '{"access_token":7,"error_description":"%REQUEST%"}'],
  ] as const) {
    await purser.faults(quoted(OAUTH, status, body));
    expect(browse(linkOf(connect), { email: OFFICE })).toContain('Not connected');
  }
  await purser.faults();
  const link = linkOf(connect);
  expect(browse(link, { email: OFFICE })).toContain('Connected');
  expect(browse(link, { email: OFFICE })).toContain('Not connected');
  purser.appsScript().webApp({ state: 'x.y', code: 'z' });

  const invitation = linkOf({ type: 'invite', purposes: ['bookings'], email: '' });
  expect(browse(invitation, { email: DOCK })).toContain('Connected');
  browse(invitation, { email: DOCK });
  const subject = subjectOf(OFFICE);
  for (const type of ['discard', 'confirm'] as const) {
    expect(browse(linkOf({ type: 'reconnect', subject }), { email: PRIVATE })).toContain('Another account');
    act({ type, id: call('accountsView').waiting[0]?.id ?? '' });
  }
}

/** Every service refuses once, and quotes what it was asked. */
async function refuse(faults: readonly Fault[], action: () => RunReport | null): Promise<void> {
  for (const fault of faults) {
    purser.clock.advance(HOUR_MS);
    await purser.faults(fault);
    run(action);
  }
  await purser.faults();
}

const AWS_ERRORS = [
  'InvalidSignatureException',
  'ExpiredTokenException',
  'ValidationException',
  'Odd',
] as const;

async function storyWithRole(): Promise<void> {
  await purser.begin({
    settings: { 'Send from': OFFICE, 'Booking mail from': OFFICE, 'Booking agent': AGENT },
  });
  await purser.workspace.oauth({ rotate: 'overlap' });
  await connectAccounts();
  await purser.deliver(bookingMail, ['INBOX'], OFFICE);
  await seeCells();

  // The hourly check, which refreshes and reads booking mail.
  purser.at('2026-06-01', 9);
  run(() => purser.trigger('tick'));
  const subject = subjectOf(OFFICE);
  await refuse(
    [
      quoted(OAUTH, 400, OAUTH_ERROR),
      quoted(OAUTH, 503, PAGE),
      quoted(OAUTH, 200, PAGE),
      quoted(OAUTH, 403, '{"error":"access_denied","error_description":"%REQUEST%"}'),
    ],
    () => {
      act({ type: 'test', subject });
      return purser.trigger('tick');
    },
  );
  await refuse(
    [
      quoted(GMAIL, 401, GOOGLE_ERROR, { times: 1 }),
      quoted(GMAIL, 403, GOOGLE_ERROR),
      quoted(GMAIL, 429, GOOGLE_ERROR),
    ],
    () => {
      act({ type: 'test', subject });
      return purser.preview();
    },
  );
  await refuse(
    [
      quoted(GMAIL, 404, GOOGLE_ERROR),
      quoted(GMAIL, 503, PAGE),
      quoted('sheets.googleapis.com', 403, GOOGLE_ERROR),
      quoted('sheets.googleapis.com', 401, GOOGLE_ERROR, { skip: 3 }),
      ...AWS_ERRORS.map((name) => quoted('dynamodb.', 400, awsError(name))),
      quoted('dynamodb.', 503, PAGE),
      ...['AccessDenied', 'InvalidIdentityToken', 'Odd'].map((name) => quoted('sts.', 403, stsError(name))),
      quoted('sts.', 503, PAGE),
    ],
    () => purser.send('2026-05', { yes: false }),
  );
  await seeCells();
  purser.at('2026-06-02', 9);
  await purser.faults(quoted(GMAIL, 400, GOOGLE_ERROR, { match: 'messages/send', times: 1 }));
  run(() => purser.send());
  await purser.faults();
  purser.at('2026-06-02', 11);
  expect(run(() => purser.send())).toMatchObject({ status: 'sent', from: { address: OFFICE } });

  // A dead one, and the owner's mail about it.
  purser.at('2026-06-03', 11);
  await purser.workspace.revokeByPerson(OFFICE);
  run(() => purser.trigger('tick'));
  call('accountsView');
  await purser.faults(quoted(OAUTH, 400, OAUTH_ERROR, { match: 'revoke' }));
  act({ type: 'disconnect', subject: subjectOf(DOCK) });
  await purser.faults();
  act({ type: 'disconnect', subject: subjectOf(PRIVATE) });
  act({ type: 'disconnect', subject });
  // Somebody else is told that it is set up already.
  purser.setUp({ as: 'somebody@harbor.example' });
  await seeAll();
}

async function storyWithKeys(): Promise<void> {
  await purser.begin({ aws: 'keys' });
  noteProperties();
  await refuse(
    AWS_ERRORS.map((name) => quoted('dynamodb.', 400, awsError(name))),
    () => purser.preview(),
  );
  expect(run(() => purser.send())).toMatchObject({ status: 'sent' });
  await seeAll();
}

beforeAll(async () => {
  purser = await openPurser();
  await storyWithRole();
  await storyWithKeys();
  exchanges.forEach(noteExchange);
  book.add('AWS secret key', LOCAL_KEYS.secretAccessKey);
}, 120_000);

test('the story had every kind of secret, and they were collected', () => {
  const least = {
    'access token': 12,
    'authorization code': 8,
    'AWS secret key': 1,
    'AWS session key': 2,
    'AWS session token': 2,
    'client secret': 1,
    'id token': 4,
    'identity token': 2,
    invitation: 1,
    nonce: 8,
    'refresh token': 8,
    'signed state': 9,
    'signing key': 1,
    state: 8,
    verifier: 9,
  };
  const counts = book.counts();
  expect(Object.keys(counts).sort()).toEqual(Object.keys(least).sort());
  for (const [kind, count] of Object.entries(least)) {
    expect([kind, (counts[kind] ?? 0) >= count]).toEqual([kind, true]);
  }
});

test('the story showed every kind of thing, failures among them', () => {
  const places = seen.map(({ where }) => where);
  for (const place of [
    'the log',
    'a report',
    'summary.json',
    'a dialog',
    'an alert',
    'a toast',
    'a mail',
    'the triggers',
    'document properties',
    'the answer to accountsView',
    'the answer to accountsAct',
    'the page “Purser: Connected”',
    'the page “Purser: Not connected”',
    'the tab Purser register',
    'workbook.xlsx: xl/workbook.xml',
  ]) {
    expect(places).toContain(place.replace('an alert', 'a alert'));
  }
  expect(places.join('\n')).toMatch(/\.evidence\.json\.gz/);
  const failed = new Set(reports.flatMap(({ error }) => (error === null ? [] : [error.code])));
  expect([...failed]).toEqual(
    expect.arrayContaining(['google-refused', 'aws-credentials-refused', 'aws-role-refused']),
  );
});

test('no secret can be seen anywhere, in any writing', () => {
  expect(leaks(book.all(), seen)).toEqual([]);
});

test('no secret is in the trace, the browsers’ requests included', () => {
  expect(leaks(book.all(), har('redacted'))).toEqual([]);
});

test('asked for secrets, the trace has all that went over the wire: the search finds them', () => {
  const found = leaks(book.all(), har('included'));
  const never = new Set(['AWS secret key', 'signing key', 'invitation']);
  const sent = Object.keys(book.counts()).filter((kind) => !never.has(kind));
  expect(found).toEqual(expect.arrayContaining(sent.map((kind) => `${kind} in the trace`)));
});

test('secrets are kept under keys of user properties that say so, and under no other', () => {
  for (const key of keptUnder)
    expect(key).toMatch(/^(account\.\d+|connect\.\w+(\.[\w-]+)?|oauth\.client|aws\.\w+)$/);
});

describe('the search', () => {
  const spread = (text: string): string => text.replace(/(.{20})/g, '$1=\r\n');
  const writings: readonly [string, (secret: string) => string][] = [
    ['as it is', (secret) => secret],
    ['percent-encoded', (secret) => encodeURIComponent(`x=${secret}`)],
    ['percent-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
    ['in JSON with escaped slashes', (secret) => JSON.stringify({ secret }).replaceAll('/', '\\/')],
    ['in JSON within JSON', (secret) => JSON.stringify(JSON.stringify({ secret }))],
    ['in HTML', (secret) => secret.replace(/[^\w]/g, (one) => `&#${one.charCodeAt(0)};`)],
    ['in quoted-printable', (secret) => spread(secret.replaceAll('=', '=3D'))],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
    [
      'deep in broken base64',
      (secret) => spread(Buffer.from(`{"a":"${secret}"}`).toString('base64')).replaceAll('=\r\n', '\r\n'),
    ],
    ['cut off', (secret) => secret.slice(0, Math.max(29, Math.ceil(secret.length / 2)))],
  ];

  test.each(writings)('finds a secret of every kind %s', (_how, write) => {
    const oneOfEach = new Map<string, Secret>(book.all().map((secret) => [secret.kind, secret]));
    expect(oneOfEach.size).toBeGreaterThan(10);
    for (const secret of oneOfEach.values()) {
      const text = `before ${write(secret.value)} after`;
      expect(leaks([secret], [{ where: 'it', text }])).toEqual([`${secret.kind} in it`]);
    }
  });

  test('finds nothing where there is nothing', () => {
    expect(leaks(book.all(), [{ where: 'it', text: 'Purser sent the statement for May 2026.' }])).toEqual([]);
  });
});
