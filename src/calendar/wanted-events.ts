/** What the ledger wants a calendar to show. */
import type { Charter, CharterReading, CrewMember } from '../statement/charter.ts';
import { compareCharters, compareText } from '../statement/charter.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthOf } from '../statement/month.ts';
import { oneLine } from '../statement/names.ts';
import { cut } from '../statement/short-text.ts';
import type { EventContent } from './event-content.ts';
import type { CalendarTarget } from './target.ts';

/** The ledger's months that calendars are made to follow. */
export interface LedgerSlice {
  /** Whole months, in order, side by side. */
  readonly months: readonly Month[];
  /**
   * Of `months` those in which a charter that was not read has vanished. In others it may stand under the month beside
   * them, which was not asked for.
   */
  readonly sure: readonly Month[];
  /** Of those months by date, and whatever else was read along. */
  readonly readings: readonly CharterReading[];
  /** By crew id. */
  readonly roster: ReadonlyMap<string, CrewMember>;
}

export interface ContentContext {
  /** How long a charter lasts: the ledger has departures only. */
  readonly charterMinutes: number;
  /** The workbook's zone, an IANA name. */
  readonly timeZone: string;
  /** The `workbookMark`. */
  readonly workbook: string;
  /** Milliseconds since 1970 UTC when the workbook's clocks show that day and time. */
  instantOf(date: IsoDate, time: string): number;
  /** Where a person looks at the charter's row. */
  linkOf(charterId: string): EventContent['link'];
}

const MINUTE_MS = 60_000;
const LONGEST_NAME = 80;
const LONGEST_CREW = 1_000;
/** An id of the table may have two thousand characters, percent-encoded six times as many. */
const LONGEST_URL = 1_000;

/**
 * The events that stand for the slice's charters, by charter id.
 * @param target a calendar that is not written to has none to ask for: what stands there stays
 */
export function wantedEvents(
  slice: LedgerSlice,
  { writes }: { readonly writes: NonNullable<CalendarTarget['writes']> },
  context: ContentContext,
): ReadonlyMap<string, EventContent> {
  const wanted = new Map<string, EventContent>();
  for (const charter of chartersOf(slice)) {
    if (!isAlive(charter) || wanted.has(charter.id)) continue;
    if ('crewIds' in writes && !writes.crewIds.some((id) => charter.crewIds.includes(id))) continue;
    wanted.set(charter.id, contentOf(charter, slice.roster, context));
  }
  return wanted;
}

/** The charters of which nobody knows whether they sail: what calendars have of them stays. */
export function protectedIds({ readings }: LedgerSlice): ReadonlySet<string> {
  return new Set(
    readings.flatMap((reading) => {
      if (!reading.readable) return [reading.id];
      return reading.charter.status === 'unknown' ? [reading.charter.id] : [];
    }),
  );
}

/** The charters that the slice has by their date, whether they sail or not. */
export function knownIds(slice: LedgerSlice): ReadonlySet<string> {
  return new Set(chartersOf(slice).map(({ id }) => id));
}

/** In the order of a statement, so that of two with one id it is always the same that counts. */
function chartersOf({ months, readings }: LedgerSlice): readonly Charter[] {
  return readings
    .flatMap((reading) => (reading.readable ? [reading.charter] : []))
    .filter(({ date }) => months.includes(monthOf(date)))
    .sort(compareCharters);
}

function isAlive({ status }: Charter): boolean {
  return status === 'scheduled' || status === 'completed';
}

/** No money and no guest's name: the crew's calendars may be seen by others. */
function contentOf(
  charter: Charter,
  roster: ReadonlyMap<string, CrewMember>,
  { charterMinutes, timeZone, workbook, instantOf, linkOf }: ContentContext,
): EventContent {
  const { id, date, departs, guests, comps, kind } = charter;
  const vessel = named(charter.vessel, LONGEST_NAME);
  // Before it sails nobody may have counted them.
  const isCounted = guests > 0 || charter.status === 'completed';
  const heads = isCounted ? `: ${guests === 1 ? '1 guest' : `${guests} guests`}` : '';
  const crew = charter.crewIds.map((crewId) => named(roster.get(crewId)?.name ?? crewId, LONGEST_NAME));
  const link = fitLink(linkOf(id));
  const startMs = instantOf(date, departs);
  return {
    charterId: id,
    workbook,
    title: `${vessel}${heads}${kind === 'private' ? ' (private)' : ''}`,
    location: vessel,
    description: [
      `Charter: ${named(id, LONGEST_NAME)}`,
      `Vessel: ${vessel}`,
      `Guests: ${guests}${comps > 0 ? `, comps among them: ${comps}` : ''}`,
      ...(crew.length > 0 ? [`Crew: ${cut(crew.sort(compareText).join(', '), LONGEST_CREW)}`] : []),
      `Status: ${charter.status}`,
      ...(link === null ? [] : [`Row: ${link.url}`]),
      '',
      'Written by Purser from the ledger. Changes made here do not change the ledger.',
    ].join('\n'),
    startMs,
    endMs: startMs + charterMinutes * MINUTE_MS,
    timeZone,
    link,
  };
}

function fitLink(link: EventContent['link']): EventContent['link'] {
  if (link === null || link.url.length > LONGEST_URL) return null;
  return { label: named(link.label, LONGEST_NAME), url: link.url };
}

/** Calendars show a description as HTML: no tag may be made of a name, nor look like two lines. */
function named(text: string, longest: number): string {
  return oneLine(cut(text, longest)).replace(/</g, '‹').replace(/>/g, '›');
}
