/** Trips in people's calendars that the ledger does not have: `calendar-trip-without-charter`. */
import type { SeenEntry } from '../calendar-entry.ts';
import { vesselFinder } from '../calendar-matching.ts';
import type { FindingDraft } from '../findings.ts';
import { foldVessel } from '../matching/folding.ts';
import type { IsoDate } from '../month.ts';
import { dateLabel, monthOf } from '../month.ts';
import { cut } from '../short-text.ts';
import type { CalendarQuestion } from './question.ts';
import { calendarWords, cellLinks, isSameCalendar, listed, startWords } from './question.ts';

/** Of one vessel; one person's event begins with the boarding, another's with the departure. */
const SAME_VESSEL_MS = 60 * 60_000;
const SAME_SAILING_MS = 30 * 60_000;

/** What several people may have in their calendars. */
interface Sailing {
  readonly day: IsoDate;
  readonly startMs: number;
  readonly allDay: boolean;
  readonly vessel: string | null;
  /** By start. */
  readonly trips: SeenEntry[];
}

export function strayTripFindings(question: CalendarQuestion): FindingDraft[] {
  const { charters, meant, unreadable, month, today } = question;
  const vesselsIn = vesselFinder([...charters.map(({ vessel }) => vessel), ...question.evidence.fleet]);
  const folded = new Map(charters.map(({ vessel }) => [vessel, foldVessel(vessel)]));
  // What cannot be read is a finding already, and may be the very charter.
  const unreadDays = new Set(unreadable.map(({ date }) => date));
  const stray = question.trips
    // Of what was held and never confirmed nobody says that it sailed.
    .filter((trip) => (meant.get(trip) ?? []).length === 0 && trip.status === 'confirmed')
    .map((trip): Sailing => {
      const day = trip.allDay ? trip.start : question.clock.dayOf(trip.start);
      const vessel = vesselsIn(trip.title)[0] ?? vesselsIn(trip.location ?? '')[0] ?? null;
      return { day, startMs: Date.parse(trip.start), allDay: trip.allDay, vessel, trips: [trip] };
    })
    // What is still to come may yet be entered.
    .filter(({ day }) => monthOf(day) === month && day < today && !unreadDays.has(day));
  const all = sailingsOf(stray).sort((a, b) =>
    a.day === b.day ? a.startMs - b.startMs : a.day < b.day ? -1 : 1,
  );
  const isOff = offCalendars(stray, question);
  const isOfNone = ({ trips }: Sailing): boolean => trips.every(isOff);
  const sailings = all.filter((one) => !isOfNone(one));
  const series = new Map<string, Sailing[]>();
  for (const [index, one] of sailings.entries()) {
    const key = seriesOf(one) ?? `single ${index}`;
    series.set(key, [...(series.get(key) ?? []), one]);
  }
  return [
    ...[...series.values()].flatMap((some) =>
      some.length > MOST_OF_SERIES
        ? [repeatedDraft(some, question)]
        : some.map((sailing) => draftOf(sailing, question, folded)),
    ),
    ...offDrafts(all.filter(isOfNone), question),
  ];
}

/** More, and more than half of a calendar's: it is not single charters that are missing. */
const MOST_ONE_BY_ONE = 10;

/** Whether a trip is of a calendar of which most fits nothing: its hours are others, say, or all of it is about something else. */
function offCalendars(
  stray: readonly Sailing[],
  { trips, watched }: CalendarQuestion,
): (trip: SeenEntry) => boolean {
  const off = watched.filter((calendar) => {
    const ofIt = (trip: SeenEntry): boolean => isSameCalendar(trip, calendar);
    const count = stray.filter((one) => one.trips.some(ofIt)).length;
    return count > MOST_ONE_BY_ONE && count * 2 > trips.filter(ofIt).length;
  });
  return (trip) => off.some((calendar) => isSameCalendar(calendar, trip));
}

/** With how many they are in what it is about: one more is another question. */
function offDrafts(sailings: readonly Sailing[], question: CalendarQuestion): FindingDraft[] {
  const [first] = sailings;
  if (first === undefined) return [];
  const trips = sailings.flatMap((one) => one.trips);
  const shown = sailings.map(
    (one) =>
      `“${titleOf(one)}” (${one.trips
        .slice(0, 1)
        .map((trip) => startWords(question, trip))
        .join('')})`,
  );
  return [
    {
      code: 'calendar-trip-without-charter',
      about: `${sailings.length} trips, first ${first.day}`,
      message: `No charter of the ledger fits ${sailings.length} trips in ${calendarWords(trips)}, more than half of what stands there: ${listed(shown)}. Where so many fit nothing, the ledger is not complete yet, or the calendar has other hours or vessels’ names than the ledger. See the rows of the tab that have no charter; if none of them sailed, accept this.`,
      links: cellLinks(question, trips),
    },
  ];
}

/** What repeats and is no sailing, such as a weekly wash, is asked about once. */
const MOST_OF_SERIES = 3;
const MOST_DAYS = 31;

/** Google's id of an instance is that of the event that repeats, and when it would be: `abc_20260514T213000Z`. */
function seriesOf({ trips }: Sailing): string | null {
  return /^(.+)_\d{8}(?:T\d{6}Z)?$/.exec(trips[0]?.eventId ?? '')?.[1] ?? null;
}

/** With how many they are in what it is about: one more is another question. */
function repeatedDraft(sailings: readonly Sailing[], question: CalendarQuestion): FindingDraft {
  const [first] = sailings;
  const trips = sailings.flatMap((one) => one.trips);
  const title = first === undefined ? '' : titleOf(first);
  const days = listed(
    sailings.map(({ day }) => dateLabel(day)),
    MOST_DAYS,
  );
  return {
    code: 'calendar-trip-without-charter',
    about: `${sailings.length} times ${cut(first?.vessel ?? title, 40)}, first ${first?.day ?? ''}`,
    message: `“${title}” repeats in ${calendarWords(trips)}, and no charter of the ledger fits ${sailings.length} of its dates: ${days}. If any of them sailed, enter the charter or correct its departure; if it is about no sailing, accept this.`,
    links: cellLinks(question, trips),
  };
}

/** Those that say most go first, so that vaguer ones find what they mean. */
function sailingsOf(stray: readonly Sailing[]): Sailing[] {
  const vagueness = ({ vessel, allDay }: Sailing): number => (vessel === null ? 2 : 0) + (allDay ? 1 : 0);
  const sailings: Sailing[] = [];
  // The sort is stable: within one kind they stay in the order of their starts.
  for (const one of [...stray].sort((a, b) => vagueness(a) - vagueness(b))) {
    const same = sailings.find((other) => isSame(other, one));
    if (same === undefined) sailings.push(one);
    else same.trips.push(...one.trips);
  }
  return sailings;
}

function isSame(known: Sailing, one: Sailing): boolean {
  const named = one.vessel !== null && known.vessel !== null;
  if (named && one.vessel !== known.vessel) return false;
  if (one.allDay || known.allDay) {
    return (
      one.day === known.day && (named || (one.allDay && known.allDay && titleOf(one) === titleOf(known)))
    );
  }
  const apartMs = Math.abs(one.startMs - known.startMs);
  // Two events of one calendar that name no vessel are two sailings, and so are tours of every hour.
  const isElsewhere = !known.trips.some((trip) => one.trips.some((own) => isSameCalendar(own, trip)));
  if (named) return isElsewhere ? apartMs <= SAME_VESSEL_MS : apartMs < SAME_VESSEL_MS;
  return isElsewhere && apartMs <= SAME_SAILING_MS;
}

function titleOf({ trips }: Sailing): string {
  return cut(trips[0]?.title.trim() ?? '', 40) || 'an event without a title';
}

/** @param folded vessels of the ledger, as they compare */
function draftOf(
  sailing: Sailing,
  question: CalendarQuestion,
  folded: ReadonlyMap<string, string | null>,
): FindingDraft {
  const { day, vessel, trips, allDay, startMs } = sailing;
  const [first] = trips;
  const time = allDay ? '' : ` ${question.clock.shownAt(startMs).time}`;
  const that = question.charters.filter(
    (one) => vessel !== null && one.date === day && folded.get(one.vessel) === folded.get(vessel),
  );
  const others =
    that.length === 0
      ? ''
      : ` That day the ledger has ${cut(vessel ?? '', 40)} at ${listed(that.map(({ departs, id }) => `${departs} (${cut(id, 40)})`))}.`;
  return {
    code: 'calendar-trip-without-charter',
    about: `${day}${time} ${vessel === null ? titleOf(sailing) : cut(vessel, 40)}`,
    message: `“${titleOf(sailing)}” (${first === undefined ? day : startWords(question, first)}) stands in ${calendarWords(trips)}, and no charter of the ledger fits it.${others} If it sailed, enter the charter or correct its departure. If it did not, or it is about no sailing, delete the event or accept this.`,
    links: cellLinks(question, trips),
  };
}
