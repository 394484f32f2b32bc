/** An event of a charter as Google Calendar takes it, and whether it still says what Purser wrote. */
import type {
  CalendarEvent,
  EventBody,
  EventMoment,
  WrittenMoment,
} from '../clients/google/calendar-event.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { EventContent } from './event-content.ts';
import { charterKey } from './event-id.ts';

/** The private properties by which Purser knows its own. */
export const CHARTER_PROPERTY = 'purserCharter';
export const HASH_PROPERTY = 'purserHash';
/** Whoever sails for two operators has events of both in one calendar. */
export const WORKBOOK_PROPERTY = 'purserWorkbook';

/** SHA-256, hex, of all that an event shows of a charter. */
export function contentHash({ title, location, description, startMs, endMs }: EventContent): string {
  return hashOf(title, location, description, startMs, endMs);
}

/** `contentHash` of what an event says now; another one when it was made an all-day event. */
export function hashAsRead({ summary, location, description, start, end }: CalendarEvent): string {
  return hashOf(summary, location, description, momentOf(start), momentOf(end));
}

/** For an insert. Without guests, so that nobody is invited. */
export function eventBody(eventId: string, content: EventContent): EventBody {
  const { startMs, endMs, timeZone, link } = content;
  return {
    id: eventId,
    ...bodyOf(content),
    start: written(startMs, timeZone),
    end: written(endMs, timeZone),
    ...(link === null ? {} : { source: { title: link.label, url: link.url } }),
  };
}

/**
 * For a patch; brings a cancelled event back, and makes an all-day event one with times again. Without the source, which
 * only who made the event may change (developers.google.com/workspace/calendar/api/v3/reference/events#source): triggers
 * may have changed hands since.
 */
export function changedBody(content: EventContent): Omit<EventBody, 'id' | 'source'> {
  const { startMs, endMs, timeZone } = content;
  return {
    ...bodyOf(content),
    start: { ...written(startMs, timeZone), date: null },
    end: { ...written(endMs, timeZone), date: null },
  };
}

function bodyOf(content: EventContent): Omit<EventBody, 'id' | 'source' | 'start' | 'end'> {
  const { charterId, workbook, title, location, description } = content;
  return {
    status: 'confirmed',
    summary: title,
    location,
    description,
    extendedProperties: {
      private: {
        [CHARTER_PROPERTY]: charterKey(charterId),
        [HASH_PROPERTY]: contentHash(content),
        [WORKBOOK_PROPERTY]: workbook,
      },
    },
  };
}

/** In UTC, because an hour that comes twice has no name in the zone's own time. */
function written(ms: number, timeZone: string): WrittenMoment {
  return { dateTime: new Date(ms).toISOString().replace('.000Z', 'Z'), timeZone };
}

function momentOf(moment: EventMoment | null): number | string {
  return moment?.dateTime === undefined ? (moment?.date ?? '') : Date.parse(moment.dateTime);
}

function hashOf(
  title: string,
  location: string,
  description: string,
  start: number | string,
  end: number | string,
): string {
  return sha256Hex(
    JSON.stringify([plain(title), plain(location), plain(withoutTags(description)), start, end]),
  );
}

function plain(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd());
  return lines.join('\n').trim();
}

/**
 * A description can contain HTML (…/reference/events#description), and one that a page has saved again may have come by
 * it: breaks for lines, links around addresses. That alone is no edit.
 */
function withoutTags(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;|&#0*34;/g, '"')
    .replace(/&apos;|&#0*39;|&#x27;/gi, "'")
    .replace(/&amp;/g, '&');
}
