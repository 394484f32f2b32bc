/** Ledger and calendars against each other: pure, and of one month. */

import { doubleBookedFindings } from './calendar-audit/double-booked.ts';
import type { CalendarQuestion } from './calendar-audit/question.ts';
import { calendarWords, cellLinks, isSameCalendar, startOf, startWords } from './calendar-audit/question.ts';
import { strayTripFindings } from './calendar-audit/stray-trips.ts';
import { unknownCharterFindings } from './calendar-audit/unknown-charters.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import { vesselFinder } from './calendar-matching.ts';
import type { Charter } from './charter.ts';
import { compareText } from './charter.ts';
import { nameOf } from './evidence-audit/question.ts';
import type { FindingDraft } from './findings.ts';
import { foldedWords } from './matching/folding.ts';
import type { IsoDate } from './month.ts';
import { addMonths, dateLabel, firstDay, lastDay, monthLabel, monthOf } from './month.ts';
import { cut } from './short-text.ts';

export { questionOf } from './calendar-audit/question.ts';

/** One calendar that is read, and what it gave for the month. */
export interface CalendarUse {
  readonly account: string;
  readonly calendarId: string;
  readonly from: IsoDate;
  /** In the workbook's zone: `2026-06-01 05:30`. */
  readonly readAt: string;
  /** Events that Purser wrote. */
  readonly written: number;
  /** People's trips, and how many of them a charter explains. */
  readonly trips: number;
  readonly matched: number;
}

/** Without any calendar that is read there is nothing to be asked. */
export function auditCalendars(question: CalendarQuestion): FindingDraft[] {
  if (question.watched.length === 0) return [];
  return [
    ...strayTripFindings(question),
    ...unknownCharterFindings(question),
    ...doubleBookedFindings(question),
    ...editedFindings(question),
    ...behindFindings(question),
  ];
}

/** By account and calendar. */
export function calendarUses(question: CalendarQuestion): CalendarUse[] {
  const { watched: calendars, clock, month, trips, own, meant } = question;
  const isOfMonth = (entry: CalendarEntry): boolean =>
    monthOf(entry.allDay ? entry.start : clock.dayOf(entry.start)) === month;
  return calendars.map((watched) => {
    const ofIt = (entry: CalendarEntry): boolean => isSameCalendar(entry, watched) && isOfMonth(entry);
    const its = trips.filter(ofIt);
    const { date, time } = clock.shownAt(Date.parse(watched.readAt));
    return {
      account: watched.account,
      calendarId: watched.calendarId,
      from: watched.from,
      readAt: `${date} ${time}`,
      written: own.filter((entry) => ofIt(entry) && entry.status !== 'cancelled').length,
      trips: its.length,
      matched: its.filter((trip) => (meant.get(trip) ?? []).length > 0).length,
    };
  });
}

/** `calendar-event-edited`; when the ledger changes, the next sync writes the event anew and the entry says so. */
function editedFindings(question: CalendarQuestion): FindingDraft[] {
  const edited = new Map<string, (typeof question.own)[number][]>();
  for (const entry of question.own) {
    if (entry.edit === 'none' || entry.charterId === null) continue;
    edited.set(entry.charterId, [...(edited.get(entry.charterId) ?? []), entry]);
  }
  return question.charters.flatMap((charter): FindingDraft[] => {
    const entries = edited.get(charter.id) ?? [];
    const isWritten = charter.status === 'completed' || charter.status === 'scheduled';
    if (entries.length === 0 || !isWritten || monthOf(charter.date) !== question.month) return [];
    return [
      {
        code: 'calendar-event-edited',
        // Somebody's “bring ice” below it need keep no statement waiting.
        ...(entries.every((entry) => agrees(question, charter, entry)) ? { severity: 'info' } : {}),
        charterId: charter.id,
        message: `${editWords(question, charter, entries)} The ledger counts, and the event stays as it is until the charter changes. If the calendar is right, correct the charter; if not, type the event’s title and times again, or restore it from the bin.`,
        links: [...cellLinks(question, entries), ...question.linksOf.charter(charter.id).slice(0, 1)],
      },
    ];
  });
}

/** Whether it still says when, what vessel and how many: then the edit is of other words. */
function agrees(question: CalendarQuestion, charter: Charter, entry: CalendarEntry): boolean {
  const startMs = startOf(question, charter);
  const isThen =
    Date.parse(entry.start) === startMs && Date.parse(entry.end) === startMs + question.durationMs;
  const heads = foldedWords(entry.title.replace(charter.vessel, ' '));
  return (
    entry.edit === 'edited' &&
    isThen &&
    vesselFinder([charter.vessel])(entry.title).length > 0 &&
    heads.every((word) => !/^\d+$/.test(word) || Number(word) === charter.guests)
  );
}

function editWords(question: CalendarQuestion, charter: Charter, entries: CalendarQuestion['own']): string {
  const deleted = entries.filter(({ edit }) => edit === 'deleted');
  const changed = entries.filter(({ edit }) => edit === 'edited');
  const words: string[] = [];
  if (deleted.length > 0) words.push(`deleted Purser’s event of it from ${calendarWords(deleted)}`);
  const [first] = changed;
  if (first !== undefined) {
    const more = changed.length === 1 ? 'there' : `in the first of them`;
    words.push(
      `changed Purser’s event of it in ${calendarWords(changed)}; ${more} it is “${cut(first.title)}”, ${startWords(question, first)}`,
    );
  }
  return `${nameOf(charter)}: somebody ${words.join(', and ')}.`;
}

/** `calendar-behind`; a month that is not over can't have been read to its end. */
function behindFindings(question: CalendarQuestion): FindingDraft[] {
  const { watched, clock, month, today } = question;
  if (today <= lastDay(month)) return [];
  const overMs = clock.instantOf(firstDay(addMonths(month, 1)), '00:00');
  const behind = watched
    .filter(({ readAt }) => Date.parse(readAt) < overMs)
    .sort((a, b) => compareText(a.readAt, b.readAt));
  const [first] = behind;
  if (first === undefined) return [];
  const { date } = clock.shownAt(Date.parse(first.readAt));
  const when = behind.length === 1 ? `on ${dateLabel(date)}` : `the first of them on ${dateLabel(date)}`;
  return [
    {
      code: 'calendar-behind',
      message: `${monthLabel(month)} was not over when ${calendarWords(behind)} ${behind.length === 1 ? 'was' : 'were'} last read, ${when}: what came later is not known. Choose Purser › Sync calendars… and run again; an account that needs reconnecting is named in “Connected accounts…”.`,
    },
  ];
}
