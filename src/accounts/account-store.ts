/** Where connected accounts are kept, one small JSON each in user properties, and how a record changes. */
import type { Identity, TokenReply } from '../clients/google/oauth.ts';
import type { AccountRecord, DeathCause, Purpose } from './account.ts';
import { PURPOSE_SCOPES, PURPOSES } from './account.ts';
import { healAccount } from './heal-account.ts';

const PREFIX = 'account.';
/** Google always says how long an access token lives; were it left out, this is less than any service gives. */
const ASSUMED_LIFETIME_SECONDS = 600;
/** Replies tell the end of a refresh token in seconds from now, so that it seems to move a little. */
const SAME_END_MS = 3_600_000;

/** The key of an account's record in user properties. @param subject the provider's id, never an e-mail address */
export function accountKey(subject: string): string {
  return PREFIX + subject;
}

interface UnreadableRecord {
  readonly key: string;
  readonly why: string;
  /** A newer Purser can read it. One that nobody can read is replaced when its account is connected again. */
  readonly isNewer: boolean;
}

export interface StoredAccounts {
  /** By e-mail address. */
  readonly accounts: readonly AccountRecord[];
  /** Left as they are; `why` is in words. */
  readonly unreadable: readonly UnreadableRecord[];
}

/** All connected accounts, records of older versions healed. @param mine user properties */
export function readAccounts(mine: Readonly<Record<string, string>>): StoredAccounts {
  const bySubject = new Map<string, AccountRecord>();
  const unreadable: UnreadableRecord[] = [];
  for (const [key, json] of Object.entries(mine)) {
    if (!key.startsWith(PREFIX)) continue;
    const healed = healAccount(key.slice(PREFIX.length), json);
    if ('why' in healed) {
      unreadable.push({ key, why: healed.why, isNewer: healed.isNewer });
      continue;
    }
    const { record } = healed;
    const other = bySubject.get(record.subject);
    bySubject.set(record.subject, other === undefined ? record : merged(other, record, key));
  }
  const accounts = [...bySubject.values()].map(deadWithoutToken).sort(byEmail);
  return { accounts, unreadable };
}

/** One account; null when it isn't connected, or its record can't be read. @param mine user properties */
export function readAccount(mine: Readonly<Record<string, string>>, subject: string): AccountRecord | null {
  return readAccounts(mine).accounts.find((account) => account.subject === subject) ?? null;
}

/**
 * The keys of all records that are of this account: older versions named them by e-mail address. Who clears the account
 * clears them all.
 * @param mine user properties
 */
export function accountKeys(mine: Readonly<Record<string, string>>, subject: string): readonly string[] {
  return Object.entries(mine).flatMap(([key, json]) => {
    if (!key.startsWith(PREFIX)) return [];
    const healed = healAccount(key.slice(PREFIX.length), json);
    return 'record' in healed && healed.record.subject === subject ? [key] : [];
  });
}

/** For one write to user properties. */
export function accountEntry(record: AccountRecord): Record<string, string> {
  return { [accountKey(record.subject)]: JSON.stringify(record) };
}

/**
 * The record after a consent. An account that was connected before keeps its date and its purposes, and its refresh
 * token when the reply omits one; without either, the record can't be refreshed: ask for consent again instead of
 * keeping it.
 */
export function connectedRecord(connection: {
  readonly identity: Identity;
  readonly reply: TokenReply;
  readonly purposes: readonly Purpose[];
  readonly nowMs: number;
  readonly before: AccountRecord | null;
  /** Absent when nobody knows. */
  readonly clientId?: string | undefined;
}): AccountRecord {
  const { identity, reply, nowMs, before } = connection;
  // It says whose the refresh token is, and that may be the one of before.
  const clientId = reply.refreshToken === null ? before?.clientId : connection.clientId;
  const stopped = (before?.stopped ?? []).filter((purpose) => !connection.purposes.includes(purpose));
  const now = isoTime(nowMs);
  const wanted = [...(before?.purposes ?? []), ...connection.purposes];
  return {
    schema: 2,
    subject: identity.subject,
    email: identity.email,
    name: identity.name,
    emailVerified: identity.emailVerified,
    purposes: PURPOSES.filter((purpose) => wanted.includes(purpose)),
    ...(stopped.length === 0 ? {} : { stopped }),
    ...(before?.calendar === undefined ? {} : { calendar: before.calendar }),
    ...(clientId === undefined ? {} : { clientId }),
    ...accessOf(reply, nowMs),
    refreshToken: reply.refreshToken ?? before?.refreshToken ?? null,
    scopes: reply.scopes ?? before?.scopes ?? [],
    createdAt: before?.createdAt ?? now,
    consentedAt: now,
    refreshTokenExpiresAt:
      reply.refreshToken === null && reply.refreshTokenLifetimeSeconds === null
        ? (before?.refreshTokenExpiresAt ?? null)
        : endOfRefreshToken(reply, nowMs),
    lastRefreshedAt: before?.lastRefreshedAt ?? null,
    lastError: null,
    dead: null,
    toldAt: null,
  };
}

/**
 * The record after a refresh: a rotated refresh token is taken, the old one kept when the reply omits it (RFC 6749, 6).
 * @param nowMs when the request was sent: from then on the lifetime runs, at the latest
 */
export function refreshedRecord(record: AccountRecord, reply: TokenReply, nowMs: number): AccountRecord {
  const refreshTokenExpiresAt = endOfRefreshToken(reply, nowMs) ?? record.refreshTokenExpiresAt;
  return {
    ...record,
    ...accessOf(reply, nowMs),
    refreshToken: reply.refreshToken ?? record.refreshToken,
    scopes: reply.scopes ?? record.scopes,
    refreshTokenExpiresAt,
    lastRefreshedAt: isoTime(nowMs),
    lastError: null,
    dead: null,
    toldAt: isSameEnd(record.refreshTokenExpiresAt, refreshTokenExpiresAt) ? record.toldAt : null,
  };
}

/** The record of an account that must be connected again: without tokens; who it is and what it was for stay. */
export function deadRecord(record: AccountRecord, cause: DeathCause, nowMs: number): AccountRecord {
  return {
    ...record,
    accessToken: null,
    refreshToken: null,
    expiresAt: null,
    dead: { at: isoTime(nowMs), cause },
    toldAt: null,
  };
}

/** Scopes of a purpose that were not granted. None when nobody knows what was granted, as in some older records. */
export function missingScopes(record: AccountRecord, purpose: Purpose): readonly string[] {
  if (record.scopes.length === 0) return [];
  return PURPOSE_SCOPES[purpose].filter((scope) => !record.scopes.includes(scope));
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

type Access = Pick<AccountRecord, 'accessToken' | 'expiresAt' | 'lifetimeSeconds' | 'tokenType'>;

function accessOf(reply: TokenReply, nowMs: number): Access {
  return {
    accessToken: reply.accessToken,
    expiresAt: isoTime(nowMs + (reply.lifetimeSeconds ?? ASSUMED_LIFETIME_SECONDS) * 1000),
    lifetimeSeconds: reply.lifetimeSeconds,
    tokenType: reply.tokenType,
  };
}

function endOfRefreshToken(reply: TokenReply, nowMs: number): string | null {
  const seconds = reply.refreshTokenLifetimeSeconds;
  return seconds === null ? null : isoTime(nowMs + seconds * 1000);
}

function isSameEnd(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(Date.parse(a) - Date.parse(b)) < SAME_END_MS;
}

/** The newer of two records of one account; what it lost without saying so comes from the older one. */
function merged(one: AccountRecord, other: AccountRecord, otherKey: string): AccountRecord {
  const [a, b] = [newness(one), newness(other)];
  const otherIsNewer = a === b ? otherKey === accountKey(other.subject) : b > a;
  const [newer, older] = otherIsNewer ? [other, one] : [one, other];
  const refreshToken = newer.refreshToken ?? (newer.dead === null ? older.refreshToken : null);
  return { ...newer, refreshToken };
}

/** Without a refresh token nothing can be renewed, whatever the record says. */
function deadWithoutToken(record: AccountRecord): AccountRecord {
  if (record.refreshToken !== null || record.dead !== null) return record;
  return deadRecord(record, 'revoked', Date.parse(record.lastRefreshedAt ?? record.consentedAt));
}

function newness(record: AccountRecord): number {
  const times = [record.createdAt, record.consentedAt, record.lastRefreshedAt, record.dead?.at ?? null];
  return Math.max(...times.map((time) => (time === null ? 0 : Date.parse(time))));
}

function byEmail(a: AccountRecord, b: AccountRecord): number {
  const [left, right] = [a.email.toLowerCase(), b.email.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a.subject < b.subject ? -1 : 1;
}
