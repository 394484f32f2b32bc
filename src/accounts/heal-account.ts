/**
 * Reads an account's record whatever version of Purser wrote it. A record that holds a refresh token and says whose it
 * is must never be refused: to throw it away would cost a person's consent.
 */
import type { AccountError, AccountRecord, ChosenCalendar, DeathCause, Purpose } from './account.ts';
import { DEATH_CAUSES, PURPOSE_SCOPES, PURPOSES } from './account.ts';

export type HealedRecord =
  | { readonly record: AccountRecord }
  /** `isNewer`: whole, but of a version that is not this one; it must not be written over. */
  | { readonly why: string; readonly isNewer: boolean };

/** Stands for a time that nobody knows. */
export const UNKNOWN_TIME = '1970-01-01T00:00:00.000Z';

const NEWEST_SCHEMA = 2;

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param name what follows the prefix in the record's key: a subject id, or an e-mail address in older records
 * @param json as stored
 * @returns the record in today's shape, or why it can't be read, in words without a secret. A missing expiry is null,
 * which counts as expired.
 */
export function healAccount(name: string, json: string): HealedRecord {
  const stored = parse(json);
  if (stored === null) return { why: 'it is not a record that Purser writes', isNewer: false };
  const schema = Number(first(stored, ['schema', 'version']) ?? 1);
  if (schema > NEWEST_SCHEMA)
    return { why: `a newer version of Purser wrote it (schema ${schema}); update Purser`, isNewer: true };
  // Older records kept the tokens, and who it is, in objects of their own.
  const fields = {
    ...stored,
    ...inner(stored, 'identity'),
    ...inner(stored, 'tokens'),
    ...inner(stored, 'token'),
  };
  const subject =
    text(fields, ['subject', 'sub', 'subjectId', 'subject_id']) ?? (isAddress(name) ? '' : name);
  if (subject === '') return { why: 'it does not say whose account it is', isNewer: false };
  return { record: heal(fields, name, subject) };
}

function heal(fields: Fields, name: string, subject: string): AccountRecord {
  const lastRefreshedAt = time(fields, ['lastRefreshedAt', 'last_refreshed_at', 'refreshedAt']);
  const consented = time(fields, ['consentedAt', 'consented_at', 'connectedAt', 'connected_at', 'grantedAt']);
  const created = time(fields, ['createdAt', 'created_at', 'created']);
  const consentedAt = consented ?? created ?? UNKNOWN_TIME;
  const lifetime = number(fields, ['lifetimeSeconds', 'lifetime_seconds', 'expiresIn', 'expires_in']);
  const scopes = words(first(fields, ['scopes', 'scope', 'grantedScopes', 'granted_scopes']));
  const refreshToken = text(fields, ['refreshToken', 'refresh_token']);
  const expiresAt =
    time(fields, ['expiresAt', 'expires_at', 'expiry', 'expiry_date']) ?? issuedUntil(fields, lifetime);
  const dead = deathOf(first(fields, ['dead']), lastRefreshedAt ?? consentedAt);
  const stopped = purposesIn(first(fields, ['stopped']));
  const calendar = calendarOf(first(fields, ['calendar']));
  const clientId = text(fields, ['clientId', 'client_id']);
  return {
    schema: NEWEST_SCHEMA,
    subject,
    email: text(fields, ['email', 'mail', 'address']) ?? (isAddress(name) ? name : ''),
    name: text(fields, ['name', 'displayName', 'display_name']) ?? '',
    emailVerified: first(fields, ['emailVerified', 'email_verified', 'verified_email']) === true,
    purposes: purposesOf(fields, scopes, stopped),
    ...(stopped.length === 0 ? {} : { stopped }),
    ...(calendar === null ? {} : { calendar }),
    ...(clientId === null ? {} : { clientId }),
    accessToken: dead === null ? text(fields, ['accessToken', 'access_token']) : null,
    refreshToken: dead === null ? refreshToken : null,
    expiresAt: dead === null ? expiresAt : null,
    lifetimeSeconds: lifetime,
    scopes,
    tokenType: text(fields, ['tokenType', 'token_type']) ?? 'Bearer',
    createdAt: created ?? consentedAt,
    consentedAt,
    refreshTokenExpiresAt: time(fields, ['refreshTokenExpiresAt', 'refresh_token_expires_at']),
    lastRefreshedAt,
    lastError: errorOf(first(fields, ['lastError', 'last_error'])),
    dead,
    toldAt: time(fields, ['toldAt', 'told_at']),
  };
}

function deathOf(dead: unknown, knownAt: string): AccountRecord['dead'] {
  if (!isObject(dead)) return null;
  const cause = DEATH_CAUSES.find((one) => one === dead.cause) ?? ('revoked' satisfies DeathCause);
  return { at: time(dead, ['at']) ?? knownAt, cause };
}

function calendarOf(value: unknown): ChosenCalendar | null {
  if (!isObject(value)) return null;
  const id = text(value, ['id']);
  return id === null ? null : { id, name: text(value, ['name']) ?? id };
}

function issuedUntil(fields: Fields, lifetimeSeconds: number | null): string | null {
  const issued = time(fields, [
    'issuedAt',
    'issued_at',
    'obtainedAt',
    'obtained_at',
    'granted_time',
    'lastRefreshedAt',
    'last_refreshed_at',
    'updatedAt',
    'updated_at',
  ]);
  if (issued === null || lifetimeSeconds === null) return null;
  return isoOf(Date.parse(issued) + lifetimeSeconds * 1000);
}

function purposesOf(
  fields: Fields,
  scopes: readonly string[],
  stopped: readonly Purpose[],
): readonly Purpose[] {
  const known = purposesIn(first(fields, ['purposes', 'purpose']));
  // Whose last purpose was stopped is for nothing: its scopes allow more than anybody asked for.
  if (known.length > 0 || stopped.length > 0) return known;
  return PURPOSES.filter((purpose) => PURPOSE_SCOPES[purpose].every((scope) => scopes.includes(scope)));
}

function purposesIn(value: unknown): readonly Purpose[] {
  const said = words(value);
  return PURPOSES.filter((purpose) => said.includes(purpose));
}

function errorOf(value: unknown): AccountError | null {
  if (!isObject(value)) return null;
  const at = time(value, ['at']);
  if (at === null) return null;
  const more = { now: text(value, ['now']), since: time(value, ['since']), toldAt: time(value, ['toldAt']) };
  return {
    at,
    code: text(value, ['code']) ?? 'unexpected',
    what: text(value, ['what']) ?? '',
    ...(more.now === null ? {} : { now: more.now }),
    ...(more.since === null ? {} : { since: more.since }),
    ...(more.toldAt === null ? {} : { toldAt: more.toldAt }),
  };
}

function parse(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAddress(name: string): boolean {
  return name.includes('@');
}

function inner(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isObject(value) ? value : {};
}

function first(fields: Fields, names: readonly string[]): unknown {
  const name = names.find((one) => fields[one] !== undefined && fields[one] !== null);
  return name === undefined ? undefined : fields[name];
}

/** The first of them that is a text with something in it. */
function text(fields: Fields, names: readonly string[]): string | null {
  return firstReadable(fields, names, (value) => (typeof value === 'string' && value !== '' ? value : null));
}

function number(fields: Fields, names: readonly string[]): number | null {
  return firstReadable(fields, names, numberOf);
}

function numberOf(value: unknown): number | null {
  const numeric = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof numeric === 'number' && Number.isFinite(numeric) ? numeric : null;
}

/** From a list, or a text with blanks or commas between. */
function words(value: unknown): readonly string[] {
  const parts = typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}

/** From ISO 8601, or a number of seconds or milliseconds since 1970. */
function time(fields: Fields, names: readonly string[]): string | null {
  return firstReadable(fields, names, (value) => {
    const numeric = numberOf(value);
    if (numeric !== null) return isoOf(numeric < 1e11 ? numeric * 1000 : numeric);
    return typeof value === 'string' ? isoOf(Date.parse(value)) : null;
  });
}

function firstReadable<T>(
  fields: Fields,
  names: readonly string[],
  read: (value: unknown) => T | null,
): T | null {
  for (const name of names) {
    const value = read(fields[name]);
    if (value !== null) return value;
  }
  return null;
}

function isoOf(ms: number): string | null {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
