/** What is kept of an event that stands in a calendar: all of Purser's own, what concerns a sailing, else when it is. */
import type { CalendarEvent } from '../clients/google/calendar-event.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import type { SailingClock } from '../statement/calendar-matching.ts';
import { matchTrips, vesselFinder } from '../statement/calendar-matching.ts';
import type { Charter } from '../statement/charter.ts';
import { compareCharters } from '../statement/charter.ts';
import type { Month } from '../statement/month.ts';
import { monthOf } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { CHARTER_PROPERTY, HASH_PROPERTY, WORKBOOK_PROPERTY } from './event-body.ts';
import type { EntryPlace } from './own-entry.ts';
import { ownEntry } from './own-entry.ts';
import type { CalendarTarget } from './target.ts';

/** What events of a calendar are judged by. */
export interface Lens extends Pick<CalendarTarget, 'of'> {
  readonly fleet: readonly string[];
  /** The setting “Calendar words”. */
  readonly calendarWords: readonly string[];
  /** The `workbookMark`. */
  readonly workbook: string;
}

/** Null: nothing is kept of it. @param known its entry until now */
export type EntryReader = (event: CalendarEvent, known: CalendarEntry | null) => CalendarEntry | null;

const LONGEST_TEXT = 500;
/**
 * What Google fills in by itself of a person's days
 * (developers.google.com/workspace/calendar/api/guides/event-types): neither a sailing nor a time that is taken.
 */
const NOT_KEPT: ReadonlySet<string> = new Set(['birthday', 'workingLocation']);

export function entryReader(place: EntryPlace, { of, fleet, calendarWords, workbook }: Lens): EntryReader {
  const vesselsIn = vesselFinder(fleet);
  const wordsIn = vesselFinder(of === 'company' ? calendarWords : []);
  const { account, calendarId } = place;
  return (event, known) => {
    const { id, status, summary, location, start, end, eventType, privateProperties } = event;
    const writer = privateProperties[WORKBOOK_PROPERTY] || workbook;
    // What a copied workbook has taken over is its own by now.
    const isOurs = writer === workbook || known?.kind === 'charter';
    const own = isOurs ? ownEntry(event, place, known) : null;
    if (own !== null) return own;
    const from = start?.dateTime ?? start?.date;
    const until = end?.dateTime ?? end?.date;
    if (status === 'cancelled' || from === undefined || until === undefined) return null;
    if (NOT_KEPT.has(eventType)) return null;
    const time = {
      start: from,
      end: until,
      allDay: start?.dateTime === undefined,
      zone: start?.timeZone ?? '',
    };
    const common = { account, calendarId, eventId: id, ...time, status, edit: 'none' } as const;
    const copyOf = (isOurs && privateProperties[CHARTER_PROPERTY]) || '';
    const isTrip =
      copyOf !== '' ||
      vesselsIn(summary).length > 0 ||
      vesselsIn(location).length > 0 ||
      wordsIn(summary).length > 0;
    if (isTrip) {
      const hash = privateProperties[HASH_PROPERTY] ?? '';
      const isCopy = copyOf !== '' && /^[0-9a-f]{64}$/.test(hash);
      const where = cut(location, LONGEST_TEXT);
      return {
        ...common,
        kind: 'trip',
        title: cut(summary, LONGEST_TEXT),
        ...(where === '' ? {} : { location: where }),
        charterId: isCopy ? copyOf : null,
        createdAt: event.created,
        contentHash: isCopy ? hash : '',
        etag: event.etag,
      };
    }
    if (of === 'company' || event.transparency === 'transparent' || event.selfResponse === 'declined')
      return null;
    return {
      ...common,
      kind: 'busy',
      title: '',
      charterId: null,
      // When a private appointment was put down or changed is nobody's business either.
      createdAt: '',
      contentHash: '',
      etag: '',
    };
  };
}

/**
 * Entries with the charters that their trips match in the ledger as it is now; of several the first that sails. Copies
 * keep the charter that they are of, and trips of other months what they matched.
 *
 * @param months those of which all charters are there
 * @param fleet as `matchTrips` takes it
 */
export function withCharters(
  entries: readonly CalendarEntry[],
  charters: readonly Charter[],
  months: readonly Month[],
  clock: SailingClock,
  fleet: readonly string[],
): readonly CalendarEntry[] {
  const trips = entries.filter(
    ({ kind, contentHash, allDay, start }) =>
      kind === 'trip' && contentHash === '' && months.includes(monthOf(allDay ? start : clock.dayOf(start))),
  );
  const byDay = [...charters].sort(compareCharters);
  const matched = matchTrips(trips, byDay, clock, fleet);
  return entries.map((entry) => {
    const ids = matched.get(entry);
    if (ids === undefined) return entry;
    const charterId = byDay.find(({ id }) => ids.includes(id))?.id ?? null;
    return charterId === entry.charterId ? entry : { ...entry, charterId };
  });
}
