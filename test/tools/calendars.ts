/** A local Google Calendar in this very process: no HTTP, no thread, and a clock of its own. */
import type { Clock, Tokens } from '../../scripts/local/contract.ts';
import type { Calendars, CalendarsOptions } from '../../scripts/local/google/calendar.ts';
import { createCalendars } from '../../scripts/local/google/calendar.ts';
import { callOf } from '../../scripts/local/google/http.ts';
import type { HttpRequest } from '../../src/host/host.ts';
import type { ScriptedReply } from './fake-host.ts';

const SCOPE = 'https://www.googleapis.com/auth/';

export interface LocalCalendars {
  readonly calendars: Calendars;
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** A bearer token of `email` with these scopes, written without `https://www.googleapis.com/auth/`. */
  token(email: string, ...scopes: string[]): string;
  /** What Calendar answers to a request of the script, for `fakeHost({ answer })`; null: it is for somebody else. */
  answer(request: HttpRequest): ScriptedReply | null;
}

export function localCalendars(
  nowMs: number,
  options: Pick<CalendarsOptions, 'requestsPerMinute' | 'timeZone' | 'saved'> = {},
): LocalCalendars {
  let now = nowMs;
  let uuids = 0;
  const tokens: Tokens = new Map();
  const clock: Clock = {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (ms) => {
      now = ms;
    },
  };
  const calendars = createCalendars({ clock, tokens, uuid: () => `uuid-${++uuids}`, ...options });
  return {
    calendars,
    clock,
    tokens,
    token(email, ...scopes) {
      const token = `token-${tokens.size + 1}`;
      tokens.set(token, { email, scopes: scopes.map((scope) => SCOPE + scope) });
      return token;
    },
    answer({ method, url, headers, contentType, body = '' }) {
      const { host, pathname, search } = new URL(url);
      const sent: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
      for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value;
      const answer = calendars.answer(callOf(method, host, pathname + search, sent, Buffer.from(body)));
      return (
        answer && {
          status: answer.status,
          headers: answer.headers,
          body: Buffer.from(answer.body).toString(),
        }
      );
    },
  };
}
