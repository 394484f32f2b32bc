/** The id of Purser's event of a charter: made of calendar and charter, so that it can't be written twice. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encode as utf8 } from '@stablelib/utf8';
import { sha256Hex } from '../statement/fingerprint.ts';
import { cut } from '../statement/short-text.ts';

/** Base32hex in lower case, all that an id may hold (developers.google.com/workspace/calendar/api/v3/reference/events#id). */
const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';
const ID_BYTES = 20;

/** A private property holds 1,024 characters (developers.google.com/workspace/calendar/api/guides/extended-properties). */
const LONGEST_KEY = 200;

/** Ids of one charter in one calendar: each that Google keeps of a deleted event and does not bring back costs one. */
const ATTEMPTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/**
 * `purser` and 160 bits of a hash. Ids need be unique in their calendar only.
 * @param calendarOwnId Google's id of the calendar; of an account's own its address, not `primary`
 * @param charterId or its `charterKey`, which gives the same
 * @param attempt how many ids before it Google has refused to bring back
 */
export function eventIdOf(calendarOwnId: string, charterId: string, attempt = 0): string {
  const name = `${charterKey(calendarOwnId.toLowerCase())}\n${charterKey(charterId)}`;
  // No key begins with a line break, so that no charter has another one's later ids.
  const bytes = utf8(attempt === 0 ? name : `\n${attempt}\n${name}`);
  return `purser${base32hex(sha256(bytes).slice(0, ID_BYTES))}`;
}

/** All that an event of the charter may have, in the order in which they are tried. */
export function eventIdsOf(calendarOwnId: string, charterId: string): readonly string[] {
  return ATTEMPTS.map((attempt) => eventIdOf(calendarOwnId, charterId, attempt));
}

export function isEventIdOf(eventId: string, calendarOwnId: string, charterId: string): boolean {
  return (
    eventId.startsWith('purser') &&
    ATTEMPTS.some((attempt) => eventIdOf(calendarOwnId, charterId, attempt) === eventId)
  );
}

/** The charter's id where an event can hold it as it is, else a hash of it. The key of a key is itself. */
export function charterKey(charterId: string): string {
  const isFit = charterId !== '' && cut(charterId, LONGEST_KEY).trim() === charterId;
  // JSON writes half a surrogate pair, which UTF-8 can't.
  return isFit ? charterId : `sha256:${sha256Hex(JSON.stringify(charterId))}`;
}

/** Of a workbook, to tell its events from those that another one's Purser writes to the same calendar. */
export function workbookMark(workbookId: string): string {
  return sha256Hex(workbookId).slice(0, 16);
}

/** Five bits a character; `bytes` are a multiple of five. */
function base32hex(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) out += BASE32HEX[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return out;
}
