/** A connected account in user properties, Google's token server, and what a run does with them. */
import type { AccountRecord } from '../../src/accounts/account.ts';
import { PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { accountEntry, readAccount } from '../../src/accounts/account-store.ts';
import { accountBearer } from '../../src/accounts/tokens.ts';
import { send } from '../../src/clients/exchange.ts';
import { getMailboxAddress } from '../../src/clients/google/account-checks.ts';
import { authorizedBy } from '../../src/clients/google/bearer.ts';
import type { Host, HttpRequest } from '../../src/host/host.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import type { TokenServer, TokenServerOptions } from './token-server.ts';
import { CLIENT, tokenServer } from './token-server.ts';

export const SUBJECT = '108154567890123456789';
export const EMAIL = 'office@blueheron.example';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface Scene {
  readonly host: FakeHost;
  readonly server: TokenServer;
  /** The record as the store has it. @throws without one */
  record(): AccountRecord;
  put(record: AccountRecord): void;
  /** All texts that ever stood in user properties. */
  readonly stored: ReadonlySet<string>;
}

export interface SceneOptions extends TokenServerOptions {
  /** How long the record's access token is still good. */
  readonly leftMs?: number;
  readonly record?: Partial<AccountRecord>;
  /** Answers before the servers do, by the number of the request; undefined leaves it to them. */
  readonly instead?: (request: HttpRequest, index: number) => Answer | undefined;
  readonly roundMs?: number;
}

/** An account connected a month ago for sending, refreshed within the hour. */
export function tokenScene(options: SceneOptions = {}): Scene {
  const { leftMs = -MINUTE_MS, record = {}, instead, roundMs, ...serverOptions } = options;
  const server = tokenServer(serverOptions);
  const host: FakeHost = fakeHost({
    answer: (request, index) => instead?.(request, index) ?? server.answer(request, host.now()),
    ...(roundMs === undefined ? {} : { roundMs }),
  });
  const stored = new Set<string>();
  const { user } = host;
  const set = user.set.bind(user);
  user.set = (key, value) => {
    stored.add(value);
    return set(key, value);
  };
  const put = (one: AccountRecord): void => {
    for (const [key, json] of Object.entries(accountEntry(one))) user.set(key, json);
  };
  user.set('oauth.client', JSON.stringify({ schema: 1, ...CLIENT }));
  const refreshToken = server.consent();
  const accessToken = server.issue(NOW_MS, leftMs / 1000);
  put({ ...accountOf(leftMs), refreshToken, accessToken, ...record });
  const mineNow = () => Object.fromEntries(user);
  return {
    host,
    server,
    stored,
    put,
    record: () => {
      const found = readAccount(mineNow(), SUBJECT);
      if (found === null) throw new Error('there is no record');
      return found;
    },
  };
}

/** A record without tokens of a server. */
export function accountOf(leftMs: number): AccountRecord {
  const connectedAt = new Date(NOW_MS - 30 * DAY_MS).toISOString();
  return {
    schema: 2,
    subject: SUBJECT,
    email: EMAIL,
    name: 'Office',
    emailVerified: true,
    purposes: ['send'],
    accessToken: 'access-secret',
    refreshToken: 'refresh-secret',
    expiresAt: new Date(NOW_MS + leftMs).toISOString(),
    lifetimeSeconds: 3599,
    scopes: PURPOSE_SCOPES.send,
    tokenType: 'Bearer',
    createdAt: connectedAt,
    consentedAt: connectedAt,
    refreshTokenExpiresAt: null,
    lastRefreshedAt: new Date(NOW_MS + leftMs - 3_599_000).toISOString(),
    lastError: null,
    dead: null,
    toldAt: null,
  };
}

export function mineOf(host: Host): Readonly<Record<string, string>> {
  return host.properties('user').readAll();
}

export function bearerOf(host: Host, by = 'May 2026’s statement') {
  return accountBearer(host, SUBJECT, { purpose: 'send', by }, mineOf(host));
}

/** As a run does it: reads the properties, asks for a token, uses it. Gives the token. */
export function useAccount(host: Host): string {
  const bearer = bearerOf(host);
  const token = bearer.token();
  send(host, authorizedBy(bearer, getMailboxAddress('')), { attempts: 2 });
  return token;
}

/** Names of leases that somebody holds now. */
export function heldLeases(host: FakeHost): string[] {
  return [...host.user].flatMap(([key, json]) => {
    if (!key.startsWith('lease.')) return [];
    const { expiresMs } = JSON.parse(json) as { expiresMs?: number };
    return (expiresMs ?? 0) > host.now() ? [key] : [];
  });
}
