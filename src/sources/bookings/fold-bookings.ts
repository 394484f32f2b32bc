/** Words of many mails to bookings: the newest word wins, all words are kept. */
import type { Booking, BookingWord } from '../../statement/booking.ts';
import { referenceKey } from './read-reference.ts';

/**
 * One booking for each reference (whatever its case, hyphens and signs); a word without a reference is a booking
 * of its own. Each field is that of the newest word that says it; what is only asked for after the last word that
 * settled something changes nothing. A booking is cancelled when the newest word that is no request says so: a
 * confirmation that comes later takes it up again. Words read twice count once. The order is that of each booking's
 * first word, and does not depend on the order of `words` unless their times are equal.
 */
export function foldBookings(words: readonly BookingWord[]): Booking[] {
  const ordered = words
    .map((word, index) => ({ word, index, ms: Date.parse(word.receivedAt) }))
    .sort((a, b) => (Number.isNaN(a.ms) ? 0 : a.ms) - (Number.isNaN(b.ms) ? 0 : b.ms) || a.index - b.index)
    .map(({ word }) => word);
  const groups = new Map<string, BookingWord[]>();
  const lone = new Map<string, number>();
  const seen = new Set<string>();
  for (const word of ordered) {
    const whole = JSON.stringify(word);
    if (seen.has(whole)) continue;
    seen.add(whole);
    const key = word.reference === null ? loneKey(word, lone) : `reference:${referenceKey(word.reference)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [word]);
    else group.push(word);
  }
  return [...groups].map(([key, history]) => bookingOf(key, history));
}

/** The second booking without a reference in one mail is `<message id>#2`. */
function loneKey(word: BookingWord, lone: Map<string, number>): string {
  const count = (lone.get(word.messageId) ?? 0) + 1;
  lone.set(word.messageId, count);
  return `message:${word.messageId}${count === 1 ? '' : `#${count}`}`;
}

function bookingOf(groupKey: string, history: readonly BookingWord[]): Booking {
  let last = history.length - 1;
  while (last > 0 && history[last]?.kind === 'requested') last--;
  const settled = history[last]?.kind === 'requested' ? history : history.slice(0, last + 1);
  const newest = <T>(pick: (word: BookingWord) => T | null): T | null => {
    for (let index = settled.length - 1; index >= 0; index--) {
      const word = settled[index];
      const value = word === undefined ? null : pick(word);
      if (value !== null) return value;
    }
    return null;
  };
  const has = (kind: BookingWord['kind']) => history.some((word) => word.kind === kind);
  const reference = newest((word) => word.reference);
  const priced = newest((word) => (word.amountCents === null ? null : word));
  return {
    key: reference ?? groupKey.slice('message:'.length),
    reference,
    cancelled: history[last]?.kind === 'cancelled',
    requested: has('requested') && !has('confirmed') && !has('amended'),
    guestNames: newest((word) => (word.guestNames.length > 0 ? word.guestNames : null)) ?? [],
    partySize: newest((word) => word.partySize),
    date: newest((word) => word.date),
    departs: newest((word) => word.departs),
    vessel: newest((word) => word.vessel),
    amountCents: priced?.amountCents ?? null,
    outsideCents: priced?.outsideCents ?? null,
    isNet: priced?.isNet ?? false,
    history,
  };
}
