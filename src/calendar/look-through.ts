/** What the entries of calendars are by what was read, seen with the ledger's vessels and the setting's words. */
import { PurserError } from '../host/errors.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { foldVessel } from '../statement/charter.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { monthOf } from '../statement/month.ts';
import type { ZoneClock } from '../statement/zone-clock.ts';
import type { Settings } from '../workbook/settings.ts';
import { workbookMark } from './event-id.ts';
import { aged, mergeChanges, mergeFull } from './merge-entries.ts';
import type { Reading } from './read-calendars.ts';
import { entryReader, withCharters } from './read-entries.ts';
import { notedId } from './sync-state.ts';
import type { LedgerSlice } from './wanted-events.ts';

/** What makes a trip of an event. */
export interface Sight {
  /** Changes with vessels and words: what was seen by another has to be read again. Empty: the ledger is not known. */
  readonly name: string;
  readonly fleet: readonly string[];
  readonly calendarWords: readonly string[];
  /** The `workbookMark`. */
  readonly workbook: string;
  readonly ledger: LedgerSlice | null;
}

/** @param known vessels that earlier runs have met */
export function sightOf(
  ledger: LedgerSlice | PurserError,
  { calendarWords }: Pick<Settings, 'calendarWords'>,
  known: readonly string[],
  workbookId: string,
): Sight {
  const workbook = workbookMark(workbookId);
  if (ledger instanceof PurserError) return { name: '', fleet: known, calendarWords, workbook, ledger: null };
  const vessels = ledger.readings.flatMap((reading) =>
    reading.readable && ledger.months.includes(monthOf(reading.charter.date)) ? [reading.charter.vessel] : [],
  );
  const fleet = [...new Set([...vessels, ...known])].sort();
  const folded = [...new Set(fleet.map(foldVessel))].sort();
  return {
    name: sha256Hex(JSON.stringify([folded, [...calendarWords].sort()])).slice(0, 16),
    fleet,
    calendarWords,
    workbook,
    ledger,
  };
}

/** A calendar with its entries as they are now. */
export interface Seen extends Reading {
  readonly seen: readonly CalendarEntry[];
}

export function lookThrough(reading: Reading, sight: Sight, clock: ZoneClock, nowMs: number): Seen {
  const { known, state, entries, listed, read } = reading;
  const { target, ownId } = known;
  const { ledger } = sight;
  if (listed === null) return { ...reading, seen: entries };
  const place = { account: target.account, calendarId: target.calendarId, calendarOwnId: ownId };
  const cancelling = new Set(state.cancelling);
  const merge = read === 'full' ? mergeFull : mergeChanges;
  const merged = merge(entries, listed.list.events, {
    read: entryReader(place, { of: target.of, ...sight }),
    span: listed.span,
    clock,
    isCancelling: (eventId) => cancelling.has(notedId(eventId)),
  });
  const kept = aged(merged, nowMs);
  if (ledger === null) return { ...reading, seen: kept };
  const charters = ledger.readings.flatMap((one) => (one.readable ? [one.charter] : []));
  return { ...reading, seen: withCharters(kept, charters, ledger.months, clock, sight.fleet) };
}
