/** Requests to a local Google Calendar as a client sends them. */
import { type LocalCalendars, localCalendars } from '../../tools/calendars.ts';
import { EMAIL, type Json, NOW_MS } from './started-google.ts';

export { EMAIL, NOW_MS };
export const KIM = 'kim@harbor.example';
export const MINE = 'calendars/primary/events';

export interface CalendarReply {
  readonly status: number;
  /** Of an error its `reason`. */
  readonly reason: string | undefined;
  readonly json: Json;
}

export interface CalendarCaller extends LocalCalendars {
  /** @param path after `/calendar/v3/` */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object | null,
    headers?: Readonly<Record<string, string>>,
  ): CalendarReply;
  /** A list of the person's own events, all pages. */
  list(query: string): { items: Json[]; pages: number; nextSyncToken: string };
}

/** @param token of which the requests are; default one of `EMAIL` that may write events and see the list of calendars */
export function calendarCaller(
  options: Parameters<typeof localCalendars>[1] & { scopes?: readonly string[] } = {},
): CalendarCaller {
  const { scopes = ['calendar.events', 'calendar.calendarlist.readonly'], ...rest } = options;
  const local = localCalendars(NOW_MS, rest);
  const token = local.token(EMAIL, ...scopes);
  const self: CalendarCaller = {
    ...local,
    ask(method, path, body = null, headers = {}) {
      const reply = local.answer({
        method,
        url: `https://www.googleapis.com/calendar/v3/${path}`,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === null ? {} : { body: JSON.stringify(body), contentType: 'application/json' }),
      });
      if (reply === null) throw new Error(`Calendar has no ${method} ${path}`);
      const json: Json = reply.body === '' ? null : JSON.parse(String(reply.body));
      return { status: reply.status, reason: json?.error?.errors?.[0]?.reason, json };
    },
    list(query) {
      const items: Json[] = [];
      for (let pages = 1, pageToken = ''; ; pages += 1) {
        const { status, json } = self.ask('GET', `${MINE}?${query}${pageToken && `&pageToken=${pageToken}`}`);
        if (status !== 200) throw new Error(JSON.stringify(json));
        items.push(...json.items);
        if (json.nextPageToken === undefined) return { items, pages, nextSyncToken: json.nextSyncToken };
        if (json.nextSyncToken !== undefined) throw new Error('A sync token before the last page');
        pageToken = json.nextPageToken;
      }
    },
  };
  return self;
}
