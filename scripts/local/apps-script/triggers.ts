/** Time-driven triggers: developers.google.com/apps-script/reference/script/clock-trigger-builder */
import { type Enumerated, type Execution, strict } from './execution.ts';
import { fromWallMs, isTimeZone, zoneOffsetMs } from './zone.ts';

export type Schedule =
  | { readonly every: 'minutes'; readonly n: number }
  | { readonly every: 'hours'; readonly n: number }
  | { readonly every: 'days'; readonly n: number; readonly hour: number; readonly minute: number }
  | { readonly every: 'month'; readonly day: number; readonly hour: number; readonly minute: number }
  | { readonly atMs: number };

/** One installed trigger, kept by the Workspace between executions. Plain data. */
export interface TriggerRecord {
  readonly id: string;
  readonly handler: string;
  /** The account that made it, and as which it runs. */
  readonly owner: string;
  readonly schedule: Schedule;
  readonly timeZone: string;
  /** Null when it has had its one run; it stays in the list until deleted, as at Google. */
  readonly nextMs: number | null;
}

/** developers.google.com/apps-script/guides/services/quotas: 20 triggers per user per script */
export const MAX_TRIGGERS_PER_USER = 20;
const MINUTES = [1, 5, 10, 15, 30];
const HOURS = [1, 2, 4, 6, 8, 12];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * When a trigger fires next, after `afterMs`. Google picks a moment within the hour; here it is the hour's start. A
 * day that a month lacks is skipped.
 */
export function nextFiringMs(schedule: Schedule, timeZone: string, afterMs: number): number | null {
  if ('atMs' in schedule) return schedule.atMs > afterMs ? schedule.atMs : null;
  if (schedule.every === 'minutes') return afterMs + schedule.n * 60_000;
  if (schedule.every === 'hours') return afterMs + schedule.n * HOUR_MS;
  const wall = new Date(afterMs + zoneOffsetMs(afterMs, timeZone));
  const at = (month: number, day: number) =>
    Date.UTC(wall.getUTCFullYear(), month, day, schedule.hour, schedule.minute);
  if (schedule.every === 'days') {
    const today = fromWallMs(at(wall.getUTCMonth(), wall.getUTCDate()), timeZone);
    if (today > afterMs && schedule.n === 1) return today;
    return fromWallMs(at(wall.getUTCMonth(), wall.getUTCDate()) + schedule.n * DAY_MS, timeZone);
  }
  for (let month = wall.getUTCMonth(); month <= wall.getUTCMonth() + 12; month += 1) {
    const wallMs = at(month, schedule.day);
    const firing = fromWallMs(wallMs, timeZone);
    if (firing > afterMs && new Date(wallMs).getUTCDate() === schedule.day) return firing;
  }
  return null;
}

/** `ScriptApp.newTrigger(handler)`; a handler need not exist yet. */
export function triggerBuilder(
  execution: Execution,
  handler: string,
  install: (schedule: Schedule, timeZone: string) => object,
): object {
  return strict(execution, 'TriggerBuilder', {
    timeBased: () => clockTriggerBuilder(execution, handler, install),
  });
}

function clockTriggerBuilder(
  execution: Execution,
  handler: string,
  install: (schedule: Schedule, timeZone: string) => object,
): object {
  type Recurrence = { every: 'minutes' | 'hours' | 'days' | 'month'; n: number } | { atMs: number };
  let recurrence: Recurrence | null = null;
  let hour: number | null = null;
  let minute: number | null = null;
  let timeZone = execution.timeZone;
  const refuse = (method: string, what: string) =>
    execution.exception(`${method}: ${what} (trigger for ${handler})`);
  const integer = (method: string, value: unknown, allowed: (n: number) => boolean, rule: string): number => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw execution.signature(`ScriptApp.ClockTriggerBuilder.${method}`, [value]);
    }
    if (!allowed(value)) throw refuse(method, `The value you passed is not valid. It must be ${rule}.`);
    return value;
  };
  const recur = (next: Recurrence) => {
    if (recurrence !== null) throw refuse('ClockTriggerBuilder', 'It has a recurrence already.');
    recurrence = next;
    return self;
  };
  const self: object = strict(execution, 'ClockTriggerBuilder', {
    after: (durationMs: unknown) =>
      recur({
        atMs:
          execution.clock.now() + integer('after', durationMs, (n) => n >= 0, 'a duration in milliseconds'),
      }),
    at: (date: unknown) => {
      if (Object.prototype.toString.call(date) !== '[object Date]') {
        throw execution.signature('ScriptApp.ClockTriggerBuilder.at', [date]);
      }
      return recur({ atMs: Number(date) });
    },
    atHour: (value: unknown) => {
      hour = integer('atHour', value, (n) => n >= 0 && n <= 23, '0 to 23');
      return self;
    },
    everyDays: (n: unknown) =>
      recur({ every: 'days', n: integer('everyDays', n, (days) => days >= 1, '1 or more') }),
    everyHours: (n: unknown) =>
      recur({
        every: 'hours',
        n: integer('everyHours', n, (hours) => HOURS.includes(hours), HOURS.join(', ')),
      }),
    everyMinutes: (n: unknown) =>
      recur({
        every: 'minutes',
        n: integer('everyMinutes', n, (minutes) => MINUTES.includes(minutes), MINUTES.join(', ')),
      }),
    inTimezone: (zone: unknown) => {
      if (typeof zone !== 'string' || !isTimeZone(zone))
        throw refuse('inTimezone', 'There is no such time zone.');
      timeZone = zone;
      return self;
    },
    nearMinute: (value: unknown) => {
      minute = integer('nearMinute', value, (n) => n >= 0 && n <= 59, '0 to 59');
      return self;
    },
    onMonthDay: (day: unknown) =>
      recur({ every: 'month', n: integer('onMonthDay', day, (n) => n >= 1 && n <= 31, '1 to 31') }),
    create: () => {
      const chosen: Recurrence | null = recurrence;
      if (chosen === null) throw refuse('create', 'It needs a recurrence.');
      return install(schedule(chosen, hour, minute), timeZone);
    },
  });
  const schedule = (chosen: Recurrence, atHour: number | null, nearMinute: number | null): Schedule => {
    if ('atMs' in chosen) return { atMs: chosen.atMs };
    const { every, n } = chosen;
    if (every === 'minutes' || every === 'hours') {
      if (atHour !== null) throw refuse('create', 'An hour goes with days and months only.');
      return { every, n };
    }
    const time = { hour: atHour ?? 0, minute: nearMinute ?? 0 };
    return every === 'month' ? { every, day: n, ...time } : { every, n, ...time };
  };
  return self;
}

/** What a handler is given: developers.google.com/apps-script/guides/triggers/events#time-driven-events */
export function timeDrivenEvent(
  record: TriggerRecord,
  nowMs: number,
  fullAuthorization: Enumerated,
): Record<string, unknown> {
  const now = new Date(nowMs);
  const yearStart = Date.UTC(now.getUTCFullYear(), 0, 1);
  return {
    authMode: fullAuthorization,
    'day-of-month': now.getUTCDate(),
    'day-of-week': now.getUTCDay() || 7,
    hour: now.getUTCHours(),
    minute: now.getUTCMinutes(),
    month: now.getUTCMonth() + 1,
    second: now.getUTCSeconds(),
    timezone: 'UTC',
    triggerUid: record.id,
    'week-of-year': Math.ceil(((nowMs - yearStart) / DAY_MS + new Date(yearStart).getUTCDay() + 1) / 7),
    year: now.getUTCFullYear(),
  };
}
