/** How a calendar stands, in a sentence. */
import { READ_AT_MS } from '../../calendar/settle-calendars.ts';
import type { CalendarStanding } from '../../calendar/sync-state.ts';
import { ownIdOf } from '../../calendar/targets.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * @param states of all calendars @param which of them: as the sync names account and calendar
 * @param name what the calendar is called at the beginning
 */
export function calendarLine(
  states: readonly CalendarStanding[],
  which: Pick<CalendarStanding, 'account' | 'calendarId'>,
  nowMs: number,
  name = 'Calendar',
): string {
  // One that several accounts have chosen is synced once, under the name of one of them.
  const ownId = ownIdOf(which.calendarId, which.account);
  const state = states.find(({ account, calendarId }) => ownIdOf(calendarId, account) === ownId);
  if (state === undefined) return `${name}: not read yet.`;
  const { readAt, lastError, held } = state;
  if (lastError?.needsReconnecting === true) return `${name}: needs reconnecting.`;
  const read = readAt === null ? 'not read yet' : `read ${readWords(nowMs - Date.parse(readAt))}`;
  if (lastError !== null) return `${name}: ${read}; the last try failed: ${lastError.what}`;
  if (held === null) return `${name}: ${read}.`;
  const wait = held.count === 1 ? '1 deletion waits' : `${held.count} deletions wait`;
  return `${name}: ${read}; ${wait}: Purser › Sync calendars… asks you.`;
}

/** `within the last 20 minutes`: a quiet sync does not write down that it has read. Longer ago: `8 hours ago`. */
function readWords(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  if (minutes <= 1) return 'just now';
  if (ms > READ_AT_MS + HOUR_MS) {
    return minutes < 48 * 60
      ? `${Math.floor(minutes / 60)} hours ago`
      : `${Math.floor(minutes / 1440)} days ago`;
  }
  if (minutes <= 60) return `within the last ${minutes === 60 ? 'hour' : `${minutes} minutes`}`;
  return `within the last ${Math.ceil(minutes / 60)} hours`;
}
