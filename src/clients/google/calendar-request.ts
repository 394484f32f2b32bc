/** How Calendar v3 is asked, and what its errors mean (developers.google.com/workspace/calendar/api/guides/errors). */
import type * as v from 'valibot';
import { PurserError } from '../../host/errors.ts';
import type { HttpReply, HttpRequest } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { serviceWords } from '../service-words.ts';
import type { EventBody } from './calendar-event.ts';
import { malformed, type Question, settleJson, troubleOf } from './reply.ts';

export const API = 'https://www.googleapis.com/calendar/v3';

/** Every page, one after the other; null when one of them was, or when there are more than `most`. */
export function allPages<P extends { readonly nextPageToken: string }>(
  question: Question,
  pageCall: (parameter: Readonly<Record<string, string>>) => Call<P | null>,
  most = Number.POSITIVE_INFINITY,
  before: readonly P[] = [],
): Call<readonly P[] | null> {
  const pageToken = before[before.length - 1]?.nextPageToken;
  return andThen(
    pageCall(pageToken === undefined ? {} : { pageToken }),
    (page): Settled<readonly P[] | null> => {
      if (page === null) return done(null);
      const pages = [...before, page];
      if (page.nextPageToken === '') return done(pages);
      if (before.some(({ nextPageToken }) => nextPageToken === page.nextPageToken)) {
        return { kind: 'failed', error: malformed(question, 'gives the same page again', null) };
      }
      if (pages.length >= most) return done(null);
      return { kind: 'next', call: allPages(question, pageCall, most, pages) };
    },
  );
}

export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

export function ask(
  token: string,
  method: HttpRequest['method'],
  url: string,
  body?: Partial<EventBody>,
  etag?: string | null,
): HttpRequest {
  const condition = etag ? { 'If-Match': etag } : undefined;
  return {
    method,
    url,
    headers: { Authorization: `Bearer ${token}`, ...condition },
    ...(body && { contentType: 'application/json', body: JSON.stringify(body) }),
  };
}

export function checked<S extends v.GenericSchema>(
  question: Question,
  calendarId: string | null,
  reply: HttpReply,
  schema: S,
): Settled<v.InferOutput<S>> {
  return troubleWith(question, calendarId, reply) ?? settleJson(question, reply, schema);
}

/** What a person can do about a calendar, where Google's words would not say (…/guides/errors). */
export function troubleWith(
  question: Question,
  calendarId: string | null,
  reply: HttpReply,
): Settled<never> | null {
  const trouble = troubleOf(question, reply);
  if (trouble?.kind !== 'failed') return trouble;
  const { code, data, cause } = trouble.error;
  const words = wordsOf(calendarId, data);
  if (words === null) return trouble;
  return { kind: 'failed', error: new PurserError(code, { ...words, data, cause }) };
}

function wordsOf(
  calendarId: string | null,
  { status, reason }: PurserError['data'],
): { readonly what: string; readonly now: string } | null {
  const calendar = nameOf(calendarId);
  if (status === 404 && calendarId !== null) {
    return {
      what: `There is no ${calendar} that this account may see.`,
      now: 'Check that it still exists, and share it with this account.',
    };
  }
  switch (reason) {
    case 'notACalendarUser':
      return {
        what: 'This account has no Google Calendar.',
        now: 'Open calendar.google.com with it once; in a company its administrator may have to switch Calendar on.',
      };
    case 'requiredAccessLevel':
      return {
        what: `This account may look at the ${calendar}, but not do what Purser needs there.`,
        now: 'Share the calendar with this account so that it may “Make changes to events”.',
      };
    case 'forbiddenForNonOrganizer':
      return {
        what: `An event in the ${calendar} belongs to somebody else now, who alone may change it.`,
        now: 'Delete the event in Google Calendar, or ask its organizer to; the next sync goes on.',
      };
    default:
      return null;
  }
}

function nameOf(calendarId: string | null): string {
  if (calendarId === null) return 'calendar';
  return calendarId === 'primary'
    ? 'calendar of its own'
    : `calendar “${serviceWords(calendarId).slice(0, 100)}”`;
}
