/** How each calendar stands, in document properties: one small JSON a calendar. */
import * as v from 'valibot';
import { kindOf } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';

const PREFIX = 'calendar.';

const Held = v.object({
  /** How many events of Purser's would be deleted. */
  count: v.number(),
  /** Of those very events: what a person says yes to. */
  digest: v.string(),
});

const LastError = v.object({
  code: v.string(),
  what: v.string(),
  /** When it failed first, of a row of failures without a success in between: ISO 8601 UTC. */
  at: v.string(),
});

const State = v.object({
  schema: v.literal(1),
  account: v.string(),
  calendarId: v.string(),
  /** Of the last list; empty: the next one is a full list. */
  syncToken: v.string(),
  /** The day up to which that list goes. */
  windowEnd: v.string(),
  /** The first day that was read whole. */
  from: v.string(),
  /** When it was last read without an error, ISO 8601 UTC; empty: never. May lag behind by some hours. */
  readAt: v.string(),
  /** Which vessels and words events were judged by. */
  lens: v.string(),
  /** Of its entries in the tab. */
  rows: v.number(),
  digest: v.string(),
  /** `notedId`s of events that Purser was about to delete when it last wrote: that they are gone is not a person's doing. */
  cancelling: v.optional(v.array(v.string()), []),
  lastError: v.nullable(LastError),
  held: v.nullable(Held),
  /** Of what is held and was told to the owner. */
  heldToldDigest: v.optional(v.string(), ''),
});

export type CalendarState = v.InferOutput<typeof State>;

/** What a calendar has before it was ever read. */
export function newState(account: string, calendarId: string): CalendarState {
  return {
    schema: 1,
    account,
    calendarId,
    syncToken: '',
    windowEnd: '',
    from: '',
    readAt: '',
    lens: '',
    rows: 0,
    digest: '',
    cancelling: [],
    lastError: null,
    held: null,
    heldToldDigest: '',
  };
}

/** Of an event's id as much as tells it from others of its calendar: hundreds have to go into one property. */
export function notedId(eventId: string): string {
  return eventId.slice(-8);
}

/** The key of a calendar's state. @param whose the account's subject id; the address of the built-in one */
export function stateKey(whose: string, calendarId: string): string {
  return PREFIX + sha256Hex(`${whose}\n${calendarId}`).slice(0, 20);
}

/** One calendar's; null when there is none, or nothing that can be read: then it is read anew. */
export function readState(properties: Readonly<Record<string, string>>, key: string): CalendarState | null {
  try {
    const parsed = v.safeParse(State, JSON.parse(properties[key] ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export function stateKeys(properties: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(properties).filter((key) => key.startsWith(PREFIX));
}

/** Remembers that the owner was told of deletions that wait; of others they hear anew. */
export function markHeldTold(host: Host, key: string, digest: string): void {
  host.withLock(() => {
    const store = host.properties('document');
    const state = readState({ [key]: store.read(key) ?? '' }, key);
    if (state !== null) store.write({ [key]: JSON.stringify({ ...state, heldToldDigest: digest }) });
  });
}

/** How a calendar stands, for the sidebar and for notices. */
export interface CalendarStanding {
  readonly account: string;
  readonly calendarId: string;
  /** ISO 8601 UTC; null: not read yet. */
  readonly readAt: string | null;
  /** `needsReconnecting`: only a person can mend it, under Connected accounts… */
  readonly lastError: {
    readonly code: string;
    readonly what: string;
    readonly at: string;
    readonly needsReconnecting: boolean;
  } | null;
  /** Deletions that wait until a person says yes. */
  readonly held: { readonly count: number; readonly digest: string } | null;
}

/** All calendars that were synced, by account. @param properties of the document */
export function calendarStates(properties: Readonly<Record<string, string>>): readonly CalendarStanding[] {
  return stateKeys(properties)
    .flatMap((key) => readState(properties, key) ?? [])
    .map(({ account, calendarId, readAt, lastError, held }) => ({
      account,
      calendarId,
      readAt: readAt === '' ? null : readAt,
      lastError:
        lastError === null ? null : { ...lastError, needsReconnecting: needsReconnecting(lastError.code) },
      held,
    }))
    .sort((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : 0));
}

/** Whether connecting the account again is what helps. */
export function needsReconnecting(code: string): boolean {
  return RECONNECT.has(code) && kindOf(code) === 'setup';
}

const RECONNECT: ReadonlySet<string> = new Set([
  'account-expired',
  'account-scope-missing',
  'account-unknown',
  'google-scope-missing',
]);
