/** One row of the `Purser calendar` tab: an event, or a calendar that is watched, and back. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { CalendarEntry, WatchedCalendar } from '../statement/calendar-entry.ts';
import { cellText } from '../statement/cell-text.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { cut } from '../statement/short-text.ts';

export const CALENDAR_COLUMNS = [
  { header: 'Account', widthPx: 200 },
  { header: 'Calendar', widthPx: 140 },
  { header: 'Event', widthPx: 140 },
  { header: 'Kind', widthPx: 70 },
  { header: 'Title', widthPx: 220 },
  { header: 'Where', widthPx: 120 },
  { header: 'Start', widthPx: 180 },
  { header: 'End', widthPx: 180 },
  { header: 'All day', widthPx: 60 },
  { header: 'Zone', widthPx: 130 },
  { header: 'Status', widthPx: 80 },
  { header: 'Charter', widthPx: 120 },
  { header: 'Changed by a person', widthPx: 90 },
  { header: 'Made', widthPx: 160 },
  { header: 'Written', widthPx: 90 },
  { header: 'Etag', widthPx: 90 },
  { header: 'Check', widthPx: 80 },
] as const;

/** Notes on the headings, in their order. */
export const CALENDAR_MEANINGS: readonly string[] = [
  'Written by Purser from the connected calendars. Rows may be sorted, and own columns put right of the last. A row that is changed or deleted counts for nothing, and its calendar is read again.',
  'Google’s id of the calendar; “primary” is the account’s own.',
  'Google’s id of the event. Empty: the row is about the calendar itself.',
  'charter: written by Purser. trip: a person’s event that concerns a sailing. busy: anything else, without its title. calendar: a calendar that is read; its start is the first day that was read, its end when it was last read, by UTC (Z).',
  'Only of what concerns a sailing.',
  'Only of trips.',
  'With the offset from UTC. Of an all-day event its first day.',
  'Of an all-day event the day AFTER its last, as Google has it: one that fills 14 May ends on 2026-05-15.',
  'yes, or empty.',
  'The time zone that the event names. May be empty.',
  'confirmed, tentative or cancelled.',
  'The charter’s id: that Purser wrote it for, or that it matched when it was read.',
  'edited or deleted: what a person did to an event that Purser wrote. Such a change never changes the ledger.',
  'When the event was made (UTC).',
  'Tells whether an event is still as Purser wrote it.',
  'Google’s mark of the event’s version.',
  'Tells whether the row is still as Purser wrote it.',
];

/** The column of the check, and how many come before it. */
export const CHECK_COLUMN = 16;
const KIND_COLUMN = 3;

const KINDS = ['charter', 'trip', 'busy'] as const;
const STATES = ['confirmed', 'tentative', 'cancelled'] as const;
const EDITS = ['none', 'edited', 'deleted'] as const;
/** Nobody's title is longer; a longer text is cut. */
const LONGEST_TEXT = 500;

export type CalendarRow =
  | { readonly kind: 'entry'; readonly entry: CalendarEntry }
  | { readonly kind: 'watched'; readonly watched: WatchedCalendar };

/** The texts of an entry's row, without the check. Texts that no cell can hold are replaced, long ones cut. */
export function entryTexts(entry: CalendarEntry): readonly string[] {
  return [
    entry.account,
    entry.calendarId,
    entry.eventId,
    entry.kind,
    cut(entry.title, LONGEST_TEXT),
    cut(entry.location ?? '', LONGEST_TEXT),
    entry.start,
    entry.end,
    entry.allDay ? 'yes' : '',
    entry.zone,
    entry.status,
    entry.charterId ?? '',
    entry.edit === 'none' ? '' : entry.edit,
    entry.createdAt,
    entry.contentHash,
    entry.etag,
  ].map(cellText);
}

export function watchedTexts({ account, calendarId, from, readAt }: WatchedCalendar): readonly string[] {
  const texts = [account, calendarId, '', 'calendar', '', '', from, readAt].map(cellText);
  return [...texts, ...Array.from({ length: CHECK_COLUMN - texts.length }, () => '')];
}

/** The cells of a row: its texts and their check. */
export function checkedCells(texts: readonly string[]): readonly string[] {
  return [...texts, checkOf(texts)];
}

/** What tells rows apart: account, calendar and event. */
export function keyOfTexts(texts: readonly string[]): string {
  return canonicalJson(texts.slice(0, KIND_COLUMN));
}

/** The same for rows that say the same. Sheets may take a quote at a cell's start for its own mark of a text. */
export function sameness(texts: readonly string[]): string {
  return canonicalJson(texts.map((text) => text.replace(/^'+/, '')));
}

/** Whether two rows say the same; most do to the letter. */
export function saysTheSame(texts: readonly string[], others: readonly string[]): boolean {
  return texts.every((text, column) => text === others[column]) || sameness(texts) === sameness(others);
}

/** A row's texts without the check; `cells` as the API returns them, empty ends missing. */
export function textsOf(cells: readonly SheetValue[]): readonly string[] {
  return Array.from({ length: CHECK_COLUMN }, (_, column) => String(cells[column] ?? ''));
}

/** What a row says; null when it is not as Purser wrote it. */
export function readCalendarRow(cells: readonly SheetValue[]): CalendarRow | null {
  const texts = textsOf(cells);
  if (String(cells[CHECK_COLUMN] ?? '') !== checkOf(texts)) return null;
  const [account = '', calendarId = '', eventId = '', kindText, title = '', location = ''] = texts;
  const [start = '', end = '', allDay, zone = '', statusText, charterId = ''] = texts.slice(6);
  const [editText = '', createdAt = '', contentHash = '', etag = ''] = texts.slice(12);
  if (kindText === 'calendar')
    return { kind: 'watched', watched: { account, calendarId, from: start, readAt: end } };
  const kind = KINDS.find((one) => one === kindText);
  const status = STATES.find((one) => one === statusText);
  const edit = EDITS.find((one) => one === (editText || 'none'));
  if (kind === undefined || status === undefined || edit === undefined) return null;
  return {
    kind: 'entry',
    entry: {
      account,
      calendarId,
      eventId,
      kind,
      title,
      ...(location === '' ? {} : { location }),
      start,
      end,
      allDay: allDay === 'yes',
      zone,
      status,
      charterId: charterId === '' ? null : charterId,
      edit,
      createdAt,
      contentHash,
      etag,
    },
  };
}

/** Whether a row that can't be read was once Purser's; else a person has made it, and it stays. */
export function wasPursers(cells: readonly SheetValue[]): boolean {
  const kind = String(cells[KIND_COLUMN] ?? '');
  return (
    kind === 'calendar' ||
    KINDS.some((one) => one === kind) ||
    /^[0-9a-f]{8}$/.test(String(cells[CHECK_COLUMN] ?? ''))
  );
}

function checkOf(texts: readonly string[]): string {
  return sha256Hex(sameness(texts)).slice(0, 8);
}
