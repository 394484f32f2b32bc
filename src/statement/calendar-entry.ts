/** What Purser keeps of the events in connected calendars: the rows of the `Purser calendar` tab. */
import type { IsoDate } from './month.ts';

/**
 * - `charter`: Purser's own event of a charter, whose id is derived from charter and calendar
 * - `trip`: an event that a person made and that concerns a sailing, its charter known or not
 * - `busy`: anything else in a person's own calendar: when, and nothing of what
 */
export type EntryKind = 'charter' | 'trip' | 'busy';

/** What a person did to an event that Purser wrote. `none` for events of others. */
export type PersonsEdit = 'none' | 'edited' | 'deleted';

/** When an event is, as its calendar has it. */
export interface EventTime {
  /** `2026-05-14T17:30:00-04:00`; of an all-day event its first day, `2026-05-14`. */
  readonly start: string;
  /** Of an all-day event the day after its last, as Google has it: ends are exclusive. */
  readonly end: string;
  readonly allDay: boolean;
  /** The IANA zone that the event itself names; empty when it names none, as all-day events do. */
  readonly zone: string;
}

export interface CalendarEntry extends EventTime {
  /** Whose calendar: the address of the connected account, or of the person who owns the triggers. */
  readonly account: string;
  /** Google's id of the calendar; `primary` for the account's own. */
  readonly calendarId: string;
  readonly eventId: string;
  readonly kind: EntryKind;
  /** Empty of a busy time: nobody else need know what it is. */
  readonly title: string;
  /** Where, as a trip's event has it: it may name the vessel. Left out of other entries, and where it says nothing. */
  readonly location?: string;
  /** `cancelled` only where a person deleted what Purser wrote; other cancelled events have no entry. */
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** The charter that Purser wrote it for, or that a person's trip matched when it was read; null: none. */
  readonly charterId: string | null;
  readonly edit: PersonsEdit;
  /** When the event was made, ISO 8601 UTC; empty when Google does not say. */
  readonly createdAt: string;
  /** SHA-256 of what Purser wrote, as the event's private properties have it; empty for events of others. */
  readonly contentHash: string;
  readonly etag: string;
}

/** A calendar that is read, and how far its entries can be relied on. */
export interface WatchedCalendar {
  readonly account: string;
  readonly calendarId: string;
  /** The first day that was read whole, in the workbook's zone. */
  readonly from: IsoDate;
  /** When it was last read without an error: ISO 8601 UTC. */
  readonly readAt: string;
}

/** An entry, and where a person looks at it. */
export interface SeenEntry extends CalendarEntry {
  /** The first cell of its row: `'Purser calendar'!A3`. */
  readonly cell: string;
}

/** Since when charters stand in a calendar that Purser writes to. */
export interface CalendarBeginning {
  readonly account: string;
  readonly calendarId: string;
  /** When Purser made its first event there that is kept, or a person's first trip there begins: ISO 8601 UTC. */
  readonly since: string;
}

/** What calendars say of a month; handed to calculate. */
export interface CalendarEvidence {
  readonly watched: readonly WatchedCalendar[];
  /** Trips and Purser's own events of the month and the days around it, in any order. */
  readonly entries: readonly SeenEntry[];
  /** What sailed before was put into that calendar afterwards, when Purser began to write there. */
  readonly begun: readonly CalendarBeginning[];
  /** Rows count for nothing because somebody changed them: what the tab lacks proves nothing then. */
  readonly isPartial: boolean;
  /** Vessels that earlier months had: a trip of one of them is no other vessel's. */
  readonly fleet: readonly string[];
  /** How long a charter lasts: the ledger has departures only. */
  readonly charterMinutes: number;
  /** Of the workbook: in which charters' dates and departures are meant. */
  readonly timeZone: string;
}
