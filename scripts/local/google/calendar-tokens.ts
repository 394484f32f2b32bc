/** Sync tokens and page tokens of event lists (developers.google.com/workspace/calendar/api/v3/reference/events/list). */
import { createHash } from 'node:crypto';
import { invalidValue } from './calendar-fields.ts';
import { failure } from './errors.ts';
import { type GoogleFailure, isRecord } from './http.ts';

/** "Query parameters that cannot be specified together with nextSyncToken": #syncToken. */
const NOT_WITH_TOKEN = [
  ...['iCalUID', 'orderBy', 'privateExtendedProperty', 'q', 'sharedExtendedProperty'],
  ...['timeMin', 'timeMax', 'updatedMin'],
];
/** A list that was narrowed by these has no sync token; one between two dates has (…/api/guides/sync, its example). */
export const NO_TOKEN_WITH = NOT_WITH_TOKEN.filter((name) => name !== 'timeMin' && name !== 'timeMax');

export interface SyncToken {
  readonly calendarId: string;
  readonly email: string;
  readonly version: number;
  readonly generation: number;
  /** Of all other parameters. */
  readonly asked: string;
  readonly minMs: number | null;
  readonly maxMs: number | null;
}

export interface PageToken {
  /** The calendar's version at the first page: what changes meanwhile comes with the sync token. */
  readonly version: number;
  readonly asked: string;
  readonly after: readonly [key: string, id: string];
}

/** The words: github.com/KeepSoftwareSimple/compass-calendar/issues/1239 */
export function tokenGone(): GoogleFailure {
  return failure(
    'calendar',
    410,
    'fullSyncRequired',
    'Sync token is no longer valid, a full sync is required.',
    { domain: 'calendar', place: { location: 'syncToken', locationType: 'parameter' } },
  );
}

export function restrictions(): GoogleFailure {
  return failure(
    'calendar',
    400,
    'syncTokenWithRequestRestrictions',
    'Sync token cannot be used with other request restrictions.',
    { domain: 'calendar', place: { location: 'syncToken', locationType: 'parameter' } },
  );
}

/** @throws GoogleFailure 400 for parameters that don't go with it, 410 when it is of no use */
export function syncTokenOf(
  query: URLSearchParams,
  now: Pick<SyncToken, 'calendarId' | 'email' | 'version' | 'generation'>,
): SyncToken | null {
  const text = query.get('syncToken');
  if (text === null) return null;
  if (NOT_WITH_TOKEN.some((name) => query.has(name))) throw restrictions();
  const token = unpacked(text) as unknown as SyncToken | null;
  if (
    token?.calendarId !== now.calendarId ||
    token.email !== now.email ||
    token.generation !== now.generation ||
    !(token.version <= now.version)
  ) {
    throw tokenGone();
  }
  // "All other query parameters should be the same as for the initial synchronization to avoid undefined behavior":
  // #syncToken. Undefined is loud here.
  if (token.asked !== unchanging(query)) throw restrictions();
  return token;
}

/** @throws GoogleFailure 400 for one of another list */
export function pageOf(query: URLSearchParams): PageToken | null {
  const text = query.get('pageToken');
  if (text === null) return null;
  const page = unpacked(text) as unknown as PageToken | null;
  if (page?.asked !== everything(query)) throw invalidValue('pageToken');
  return page;
}

export function unchanging(query: URLSearchParams): string {
  return digest(query, ['syncToken', 'timeMin', 'timeMax', ...BESIDE]);
}

export function everything(query: URLSearchParams): string {
  return digest(query, BESIDE);
}

const BESIDE = ['pageToken', 'fields', 'prettyPrint', 'alt', 'quotaUser', 'key', 'access_token'];

function digest(query: URLSearchParams, without: readonly string[]): string {
  const kept = [...query].filter(([name]) => !without.includes(name)).sort();
  return createHash('sha256').update(JSON.stringify(kept)).digest('base64url').slice(0, 12);
}

export function packed(token: SyncToken | PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function unpacked(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
