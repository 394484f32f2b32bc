/**
 * All that a sync meets, in this process: Google Calendar as the local Workspace has it, a workbook of two tabs, a ledger,
 * Google's token server. Each call can go wrong once.
 */
import { createCalendars } from '../../scripts/local/google/calendar.ts';
import type { LocalEvent } from '../../scripts/local/google/calendar-hand.ts';
import { callOf } from '../../scripts/local/google/http.ts';
import type { AccountRecord } from '../../src/accounts/account.ts';
import { IDENTITY_SCOPES, PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { accountEntry } from '../../src/accounts/account-store.ts';
import type { SyncRequest } from '../../src/calendar/sync-calendars.ts';
import { syncCalendars } from '../../src/calendar/sync-calendars.ts';
import type { SyncReport } from '../../src/calendar/sync-report.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Host, HttpReply, HttpRequest } from '../../src/host/host.ts';
import type { CalendarTabReading } from '../../src/workbook/calendar-tab.ts';
import { readCalendarTab } from '../../src/workbook/calendar-tab.ts';
import type { FakeHost } from '../tools/fake-host.ts';
import { fakeHost, OWNER, replyOf } from '../tools/fake-host.ts';
import type { LedgerRow } from './sync-services.ts';
import { itemsAsked, twoTabs } from './sync-services.ts';

export const ZONE = 'America/New_York';
export const CHARTERS = 'charters@group.calendar.google.com';
export const MINUTE_MS = 60_000;
export const TOM = 'tom@crew.example';
export const ANA = 'ana@crew.example';
const BUDGET_MS = 270_000;
const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events';

/** What goes wrong with one call, `after` it had its effect or before. `meddled`: a person is at that event first. */
export type Fault =
  | { readonly kind: 'lost' | 'killed'; readonly after: boolean }
  | { readonly kind: 'status'; readonly status: 401 | 429 | 500 | 410 }
  | { readonly kind: 'meddled' };

export interface SyncWorld {
  readonly calendars: ReturnType<typeof createCalendars>;
  readonly ledger: Map<string, LedgerRow>;
  readonly host: FakeHost;
  ledgerFails: boolean;
  /** At which of the next calls, or of those that change something, what goes wrong. */
  fault: { readonly at: number; readonly of: 'calls' | 'changes'; readonly fault: Fault } | null;
  /** What the person does who meddles. @param url of the request that comes then */
  meddle: (url: string) => void;
  /** Writes since the last `sync`: to calendars, to the workbook, to document properties but for the lease. */
  readonly written: string[];
  /** Rounds of requests since the last `sync`. */
  rounds(): number;
  connect(email: string, calendarId?: string): void;
  /** The person takes the access back. */
  revoke(email: string): void;
  tab(): CalendarTabReading;
  /** Changes a cell of the tab, as a person would. */
  type(row: number, column: number, text: string): void;
  pass(ms: number): void;
  /** Null also when the execution was killed. */
  sync(request?: Partial<SyncRequest>): SyncReport | null;
  settings(changes: Readonly<Record<string, string>>): void;
}

export function syncWorld(): SyncWorld {
  const tokens: Parameters<typeof createCalendars>[0]['tokens'] = new Map();
  let dead = false;
  const counts = { calls: 0, changes: 0 };
  let uuids = 0;
  const written: string[] = [];
  const ledger = new Map<string, LedgerRow>();
  const settings = new Map([
    ['Company', 'Harbor Sails'],
    ['Charters calendar', CHARTERS],
    ['Time zone', ZONE],
    ['Second region', ''],
  ]);
  const refreshTokens = new Map<string, string>();
  const fake = fakeHost({ answer: () => ({ status: 500 }) });
  const calendars = createCalendars({
    clock: { now: fake.now } as Parameters<typeof createCalendars>[0]['clock'],
    tokens,
    uuid: () => `local-${++uuids}`,
    requestsPerMinute: Number.POSITIVE_INFINITY,
  });
  const workbook = twoTabs(() => settings, written);
  tokens.set('access-token', { email: OWNER, scopes: [EVENTS_SCOPE] });
  calendars.person(OWNER).makeCalendar(CHARTERS, 'Charters');

  const serve = (request: HttpRequest): HttpReply => {
    const [, name = '', target = ''] = /^https:\/\/([^/]+)(\/.*)$/.exec(request.url) ?? [];
    const body = typeof request.body === 'string' ? request.body : Buffer.from(request.body ?? '').toString();
    if (name === 'sheets.googleapis.com')
      return replyOf({ status: 200, body: workbook.answer(target, body) });
    if (name.startsWith('dynamodb.')) {
      if (self.ledgerFails) return replyOf({ status: 400, body: { __type: 'x#AccessDeniedException' } });
      return replyOf({ status: 200, body: itemsAsked(body, ledger) });
    }
    if (name === 'oauth2.googleapis.com') {
      const email = refreshTokens.get(new URLSearchParams(body).get('refresh_token') ?? '');
      if (email === undefined) return replyOf({ status: 400, body: { error: 'invalid_grant' } });
      const token = `token-${++uuids}`;
      tokens.set(token, { email, scopes: [...PURPOSE_SCOPES.calendar] });
      return replyOf({ status: 200, body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } });
    }
    if (request.method !== 'GET') written.push(`${request.method} ${target.replace(/\?.*/, '')}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value]),
    );
    if (request.contentType !== undefined) headers['content-type'] = request.contentType;
    const answer = calendars.answer(callOf(request.method, name, target, headers, Buffer.from(body)));
    if (answer === null) throw new Error(`nobody answers ${request.method} ${request.url}`);
    return replyOf({ ...answer, body: Buffer.from(answer.body).toString() });
  };
  /** The fault of the call that is made now, if it is its turn. */
  const faultNow = (changes: boolean): Fault | null => {
    const { fault } = self;
    const isIt = fault !== null && fault.at === counts[fault.of] && (changes || fault.of === 'calls');
    counts.calls++;
    counts.changes += Number(changes);
    return isIt ? fault.fault : null;
  };
  const alive = (): void => {
    if (dead) throw new Error('killed');
  };
  const kill = (): never => {
    dead = true;
    throw new Error('killed');
  };
  let rounds = 0;

  const host: Host = {
    ...fake,
    fetchAll: (requests) => {
      alive();
      rounds++;
      let lost = false;
      const replies = requests.map((request): HttpReply => {
        const fault = faultNow(request.method !== 'GET' && request.url.includes('/calendar/v3/'));
        if (fault === null) return serve(request);
        if (fault.kind === 'meddled') {
          self.meddle(decodeURIComponent(request.url));
          return serve(request);
        }
        if (fault.kind === 'status') {
          if (fault.status !== 410)
            return replyOf({ status: fault.status, body: { error: { message: 'x' } } });
          calendars.expireSyncTokens();
          return serve(request);
        }
        const reply = fault.after ? serve(request) : replyOf({ status: 500 });
        if (fault.kind === 'killed') kill();
        lost = true;
        return reply;
      });
      if (lost) throw new PurserError('network-failed', { what: 'It was lost.', now: 'Try again.' });
      return replies;
    },
    sleep: (ms) => {
      alive();
      fake.sleep(ms);
    },
    properties: (scope) => {
      alive();
      const store = fake.properties(scope);
      const changing = (what: string, act: () => void): void => {
        alive();
        const fault = faultNow(scope === 'document');
        if (fault?.kind === 'killed' && !fault.after) kill();
        if (scope === 'document' && !what.includes('lease.')) written.push(what);
        act();
        if (fault?.kind === 'killed') kill();
      };
      return {
        ...store,
        write: (entries) => changing(`write ${Object.keys(entries).join(' ')}`, () => store.write(entries)),
        remove: (key) => changing(`remove ${key}`, () => store.remove(key)),
      };
    },
    withLock: (action) => {
      alive();
      return fake.withLock(action);
    },
  };

  const self: SyncWorld = {
    calendars,
    ledger,
    host: fake,
    ledgerFails: false,
    fault: null,
    meddle: () => {},
    written,
    rounds: () => rounds,
    connect: (email, calendarId) => {
      const refreshToken = `refresh-${++uuids}`;
      refreshTokens.set(refreshToken, email);
      const entry = accountEntry(accountOf(email, refreshToken, new Date(fake.now()), calendarId));
      for (const [key, value] of Object.entries(entry)) fake.user.set(key, value);
      tokens.set(`first-${refreshToken}`, { email, scopes: [...PURPOSE_SCOPES.calendar] });
    },
    revoke: (email) => {
      for (const [token, whose] of refreshTokens) if (whose === email) refreshTokens.delete(token);
      for (const [token, grant] of tokens) if (grant.email === email) tokens.delete(token);
    },
    tab: () => readCalendarTab('Purser calendar', workbook.rows()),
    type: workbook.type,
    pass: (ms) => fake.setNow(fake.now() + ms),
    settings: (changes) => {
      for (const [key, value] of Object.entries(changes)) settings.set(key, value);
    },
    sync: (request = {}) => {
      written.length = 0;
      rounds = 0;
      counts.calls = 0;
      counts.changes = 0;
      try {
        return syncCalendars(host, { by: 'trigger', deadlineMs: fake.now() + BUDGET_MS, ...request });
      } catch (thrown) {
        if (!dead && self.fault === null) throw thrown;
        return null;
      } finally {
        dead = false;
        self.fault = null;
      }
    },
  };
  fake.document.set('owner', OWNER);
  fake.user.set(
    'oauth.client',
    JSON.stringify({
      schema: 1,
      clientId: '1-a.apps.googleusercontent.com',
      clientSecret: 'local-client-secret',
    }),
  );
  fake.user.set(
    'aws.credentials',
    JSON.stringify({
      schema: 2,
      way: 'keys',
      accessKeyId: 'AKIALOCALEXAMPLE0',
      secretAccessKey: 'x'.repeat(40),
    }),
  );
  return self;
}

function accountOf(email: string, refreshToken: string, now: Date, calendarId?: string): AccountRecord {
  return {
    schema: 2,
    subject: String([...email].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e15),
    email,
    name: '',
    emailVerified: true,
    purposes: ['calendar'],
    accessToken: `first-${refreshToken}`,
    refreshToken,
    expiresAt: new Date(now.getTime() + 3_599_000).toISOString(),
    lifetimeSeconds: 3599,
    scopes: [...IDENTITY_SCOPES, ...PURPOSE_SCOPES.calendar],
    tokenType: 'Bearer',
    createdAt: now.toISOString(),
    consentedAt: now.toISOString(),
    refreshTokenExpiresAt: null,
    lastRefreshedAt: null,
    lastError: null,
    dead: null,
    toldAt: null,
    ...(calendarId === undefined ? {} : { calendar: { id: calendarId, name: 'Mine' } }),
  };
}

export function row(charterId: string, changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    charterId,
    date: '2026-06-10',
    departs: '10:00',
    vessel: 'Osprey',
    status: 'scheduled',
    guests: 8,
    crew: ['cr-tom'],
    ...changes,
  };
}

export const WRITTEN = [
  { email: OWNER, calendarId: CHARTERS, ownId: CHARTERS },
  { email: TOM, calendarId: 'primary', ownId: TOM },
] as const;
export type Place = (typeof WRITTEN)[number];

/** Tom has chosen a calendar and is of the crew; Ana’s is only read. */
export function begin(): SyncWorld {
  const world = syncWorld();
  world.connect(TOM, 'primary');
  world.connect(ANA);
  return world;
}

export function eventsOf(world: SyncWorld, { email, calendarId }: Place): readonly LocalEvent[] {
  return world.calendars.person(email).events(calendarId);
}
