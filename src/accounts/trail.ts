/** What became of connected accounts, by whom and when: an audit trail in user properties, without a secret in it. */
import * as v from 'valibot';
import type { AskedBy } from './account.ts';

const KEY = 'accounts.trail';
/** Of the 9 KB that a property holds (developers.google.com/apps-script/guides/services/quotas). */
const MOST_BYTES = 8 * 1024;
const LONGEST_TEXT = 200;
/** What happens every hour must not push out what happens once a year: at most half of the room is for it. */
const MOST_ROUTINE_BYTES = MOST_BYTES / 2;

const WHATS = [
  'connected',
  'reconnected',
  'refreshed',
  'failed',
  /** Its tokens were cleared: it must be connected again. */
  'cleared',
  'disconnected',
  /** The owner was told that it must be, or soon must be, connected again. */
  'told',
  /** A connection of another account than expected was accepted, or turned down. */
  'confirmed',
  'discarded',
  /** It is no longer used for one purpose, which the detail names. */
  'stopped',
  /** Which of its calendars charters are written to; the detail names it, or `none`. */
  'calendar-chosen',
  /** Of no account: an invitation made or withdrawn, and what the owner entered for connecting. */
  'invited',
  'withdrawn',
  'client-stored',
  'web-app-set',
] as const;

const Stored = v.object({
  at: v.string(),
  subject: v.string(),
  email: v.string(),
  what: v.picklist(WHATS),
  by: v.string(),
  detail: v.optional(v.string()),
  times: v.optional(v.number(), 1),
});

export interface TrailEvent {
  /** ISO 8601 UTC; of several, the last. */
  readonly at: string;
  /** Empty when it is about no account, or one that was only invited. */
  readonly subject: string;
  /** Empty when it is about no account. */
  readonly email: string;
  readonly what: (typeof WHATS)[number];
  readonly by: AskedBy;
  /** A code or a few words of ours; never a reply's body, never a secret. */
  readonly detail?: string;
  /** How often, that day. */
  readonly times: number;
}

/**
 * The trail with `events` at its end, for one write to user properties. Refreshes and failures of one account, asked
 * for by the same, on the same day (UTC) become one event with `times`. The oldest go when the room is full.
 *
 * @param mine user properties
 */
export function trailEntry(
  mine: Readonly<Record<string, string>>,
  events: readonly TrailEvent[],
): Record<string, string> {
  const kept = new Map<string, TrailEvent>();
  for (const [index, event] of [...readTrail(mine), ...events].map(shortened).entries()) {
    const key = isRoutine(event) ? routineKey(event) : String(index);
    const before = kept.get(key);
    // What happened last stands last.
    kept.delete(key);
    kept.set(key, before === undefined ? event : { ...event, times: before.times + event.times });
  }
  return { [KEY]: JSON.stringify(newest([...kept.values()])) };
}

/** Oldest first; what can't be read is left out. @param mine user properties */
export function readTrail(mine: Readonly<Record<string, string>>): readonly TrailEvent[] {
  try {
    const json: unknown = JSON.parse(mine[KEY] ?? '[]');
    return Array.isArray(json) ? json.flatMap(readEvent) : [];
  } catch {
    return [];
  }
}

function readEvent(json: unknown): TrailEvent[] {
  const parsed = v.safeParse(Stored, json);
  if (!parsed.success) return [];
  const { detail, ...event } = parsed.output;
  return [detail === undefined ? event : { ...event, detail }];
}

function isRoutine({ what }: TrailEvent): boolean {
  return what === 'refreshed' || what === 'failed';
}

function routineKey({ what, subject, by, detail, at }: TrailEvent): string {
  return JSON.stringify([what, subject, by, detail ?? '', at.slice(0, 10)]);
}

function shortened(event: TrailEvent): TrailEvent {
  const { detail, ...rest } = event;
  const short = { ...rest, by: event.by.slice(0, LONGEST_TEXT), email: event.email.slice(0, LONGEST_TEXT) };
  return detail === undefined ? short : { ...short, detail: detail.slice(0, LONGEST_TEXT) };
}

/** As many of the newest as there is room for, in their order. */
function newest(events: readonly TrailEvent[]): TrailEvent[] {
  const kept: TrailEvent[] = [];
  let bytes = 2;
  let routineBytes = 0;
  for (const event of [...events].reverse()) {
    const size = mostBytes(JSON.stringify(event)) + 1;
    if (isRoutine(event) && routineBytes + size > MOST_ROUTINE_BYTES) continue;
    if (bytes + size > MOST_BYTES) break;
    bytes += size;
    if (isRoutine(event)) routineBytes += size;
    kept.unshift(event);
  }
  return kept;
}

/** UTF-8 takes at most three bytes a UTF-16 unit. */
function mostBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) bytes += text.charCodeAt(at) < 0x80 ? 1 : 3;
  return bytes;
}
