/**
 * Calendar v3 (developers.google.com/workspace/calendar/api/v3/reference), as far as anybody here asks: events and the list
 * of calendars.
 *
 * Ours, not the emulator's: that one has no ids of the client, patches, sync tokens, instances, etags or scopes.
 */
import type { Clock, Tokens } from '../contract.ts';
import { authorize } from './authorization.ts';
import { type CalendarHand, calendarHand } from './calendar-hand.ts';
import { type CalendarLook, lookAt } from './calendar-look.ts';
import { type CalendarRefusals, createCalendarQuota } from './calendar-quota.ts';
import type { EventSwitches } from './calendar-routes.ts';
import { CALENDAR_ROUTES } from './calendar-routes.ts';
import type { CalendarRecord, LocalCalendar, Writing } from './calendar-store.ts';
import { calendarOf, savedCalendar } from './calendar-store.ts';
import { checkParameters, failure } from './errors.ts';
import { masked } from './file-resource.ts';
import type { Answer, ApiCall } from './http.ts';
import { decodedSegment, GoogleFailure, jsonAnswer, wantsPretty } from './http.ts';

export interface CalendarsOptions {
  readonly clock: Clock;
  readonly tokens: Tokens;
  uuid(): string;
  /** Of one person; default 600 (developers.google.com/workspace/calendar/api/guides/quota). */
  readonly requestsPerMinute?: number;
  /** Of calendars that nobody gave another; default America/New_York. */
  readonly timeZone?: string;
  readonly saved?: CalendarsState | null;
}

export interface CalendarsState {
  readonly calendars: readonly CalendarRecord[];
  readonly generations: Readonly<Record<string, number>>;
}

export interface CalendarSwitches extends EventSwitches {
  readonly refuse?: CalendarRefusals;
}

export interface Calendars {
  /** Null: no route of Calendar. Never throws. */
  answer(call: ApiCall): Answer | null;
  /** What somebody does by hand, in calendars that are theirs to write to. */
  person(email: string): CalendarHand;
  /** All calendars that anybody has looked at. */
  look(fromMs: number, untilMs: number): readonly CalendarLook[];
  /** Of all people, or of one: sync tokens given so far are answered with 410. */
  expireSyncTokens(email?: string): void;
  /** Replaces all switches. */
  switchTo(switches: CalendarSwitches): void;
  state(): CalendarsState;
}

export function createCalendars(options: CalendarsOptions): Calendars {
  const { clock, tokens, saved } = options;
  const calendars = new Map((saved?.calendars ?? []).map((one) => [one.id, calendarOf(one)]));
  const generations = new Map(Object.entries(saved?.generations ?? {}));
  const quota = createCalendarQuota(clock, options.requestsPerMinute ?? 600);
  let switches: CalendarSwitches = {};

  const add = (id: string, name: string, ownerEmail: string, timeZone?: string): LocalCalendar => {
    const owner = ownerEmail.toLowerCase();
    const calendar: LocalCalendar = {
      ...{ id, name, primary: id === owner, version: 0 },
      timeZone: timeZone ?? options.timeZone ?? 'America/New_York',
      roles: new Map([[owner, 'owner']]),
      events: new Map(),
    };
    calendars.set(id, calendar);
    return calendar;
  };
  const primary = (email: string): LocalCalendar =>
    calendars.get(email.toLowerCase()) ?? add(email.toLowerCase(), email, email);
  const calendarNamed = (id: string, email: string): LocalCalendar | null => {
    const own = primary(email);
    return id === 'primary' ? own : (calendars.get(id) ?? calendars.get(id.toLowerCase()) ?? null);
  };
  /** @throws GoogleFailure 404 for a calendar that the person can't see, 403 for one that is only to be read */
  const calendarFor = (id: string, email: string, needed: 'reader' | 'writer'): LocalCalendar => {
    const calendar = calendarNamed(id, email);
    const role = calendar?.roles.get(email.toLowerCase());
    if (calendar === null || role === undefined) throw failure('calendar', 404, 'notFound', 'Not Found');
    if (needed === 'writer' && role === 'reader') {
      throw failure(
        'calendar',
        403,
        'requiredAccessLevel',
        'You need to have writer access to this calendar.',
        { domain: 'calendar' },
      );
    }
    return calendar;
  };
  // One count each for all people and for one; a token is of both.
  const generationOf = (email: string): number =>
    (generations.get('') ?? 0) + (generations.get(email.toLowerCase()) ?? 0);
  const writing = (calendar: LocalCalendar, email: string): Writing => ({
    ...{ calendar, clock, email },
    uuid: () => options.uuid(),
  });

  const answer = (call: ApiCall): Answer | null => {
    const rest =
      call.host === 'www.googleapis.com' ? /^\/calendar\/v3\/(.+)$/.exec(call.path)?.[1] : undefined;
    const route = CALENDAR_ROUTES.find(({ method, path }) => method === call.method && path.test(rest ?? ''));
    if (rest === undefined || route === undefined) return null;
    checkParameters('calendar', call.query, route.parameters);
    const grant = authorize('calendar', call, { tokens, clock }, route.scopes, `calendar.v3.${route.name}`);
    quota.spend(grant.email, switches.refuse);
    const ids = (route.path.exec(rest) ?? []).slice(1).map((id) => decodedSegment(id) ?? '');
    const done = route.run({
      ...{ call, grant, ids, clock, switches },
      generation: generationOf(grant.email),
      calendar: (needed) => calendarFor(ids[0] ?? '', grant.email, needed),
      calendars: () => [...new Set([primary(grant.email), ...calendars.values()])],
      writing: (calendar) => writing(calendar, grant.email),
    });
    if ('status' in done) return done;
    const json = masked(done.json, call.query.get('fields'), route.fields, '*');
    return jsonAnswer(200, json, { pretty: wantsPretty(call.query) });
  };

  return {
    answer(call) {
      try {
        return answer(call);
      } catch (thrown) {
        if (thrown instanceof GoogleFailure) return thrown.answer;
        throw thrown;
      }
    },
    person: (email) =>
      calendarHand(email, {
        calendar: (id = 'primary') => calendarFor(id, email, 'writer'),
        writing: (calendar) => writing(calendar, email),
        make: (id, name, timeZone) => {
          if (calendars.has(id)) throw new Error(`There is a calendar ${id} already.`);
          add(id, name, email, timeZone);
        },
        remove: (id) => {
          calendars.delete(calendarFor(id, email, 'writer').id);
        },
      }),
    look: (fromMs, untilMs) => [...calendars.values()].map((one) => lookAt(one, fromMs, untilMs)),
    expireSyncTokens(email = '') {
      generations.set(email.toLowerCase(), (generations.get(email.toLowerCase()) ?? 0) + 1);
    },
    switchTo(wanted) {
      switches = wanted;
      quota.forget();
    },
    state: () => ({
      calendars: [...calendars.values()].map(savedCalendar),
      generations: Object.fromEntries(generations),
    }),
  };
}
