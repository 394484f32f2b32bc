/** The crew's calendars of the sample: filled by their owners, connected, and synced in the night before the statement. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SyncReport } from '../../src/calendar/sync-report.ts';
import type { AccountsView } from '../../src/sidebar/accounts/view.ts';
import { connectAccount, connectedAddresses } from '../local/connect-account.ts';
import type { CalendarHand } from '../local/google/calendar-hand.ts';
import type { Workspace } from '../local/workspace.ts';
import type { CrewCalendar } from '../sample/calendars.ts';
import type { CalendarUse } from './outputs.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'sample', 'calendars');
/** They wrote into their calendars before the month began, and connected them the evening before the statement. */
const WRITTEN_BEFORE_MS = 34 * 86_400_000;
const CONNECTED_BEFORE_MS = 8 * 3_600_000;
/** The first sync, on the month’s last day, writes what is to be written; the second one finds little to do. */
const FIRST_BEFORE_MS = 7.5 * 3_600_000;
const LAST_BEFORE_MS = 20 * 60_000;

/** Those of the sample that are connected when this month's statement is made. */
export function crewCalendarsOf(month: string): readonly CrewCalendar[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as CrewCalendar)
    .filter(({ connectedFor }) => connectedFor <= month);
}

/**
 * Fills and connects those that aren't yet; the clock stands at `nowMs` again afterwards.
 * @returns how many those were
 */
export function connectCrewCalendars(
  workspace: Workspace,
  crew: readonly CrewCalendar[],
  nowMs: number,
): number {
  const there = connectedAddresses(workspace);
  const missing = crew.filter(({ account }) => !there.has(account));
  if (missing.length === 0) return 0;
  fillCalendars(workspace, missing, nowMs);
  workspace.clock.set(nowMs - CONNECTED_BEFORE_MS);
  for (const one of missing) connect(workspace, one);
  workspace.clock.set(nowMs);
  return missing.length;
}

/** Once: what stands in them is left as it is. The clock stands at `nowMs` again afterwards. */
export function fillCalendars(workspace: Workspace, crew: readonly CrewCalendar[], nowMs: number): void {
  workspace.clock.set(nowMs - WRITTEN_BEFORE_MS);
  for (const one of crew) fill(workspace, one);
  workspace.clock.set(nowMs);
}

/**
 * Two of the night's half-hourly syncs, the first of them for who has just connected.
 * @returns null when there is nothing to sync
 */
export function syncOvernight(
  workspace: Workspace,
  crew: readonly CrewCalendar[],
  startMs: number,
): CalendarUse | null {
  if (crew.length === 0) return null;
  if (connectCrewCalendars(workspace, crew, startMs) > 0) syncAt(workspace, startMs - FIRST_BEFORE_MS);
  const ended = syncAt(workspace, startMs - LAST_BEFORE_MS);
  workspace.clock.set(startMs);
  if (ended === null || ended === undefined) return null;
  const { calendars } = JSON.parse(JSON.stringify(ended)) as Pick<SyncReport, 'calendars'>;
  const synced = calendars.filter(({ state }) => state === 'synced');
  return {
    synced: synced.length,
    unsynced: calendars.filter((one) => !synced.includes(one)).map(({ account }) => account),
  };
}

function syncAt({ clock, appsScript }: Workspace, atMs: number): unknown {
  clock.set(atMs);
  return appsScript.run('syncCalendars', [], { mode: 'trigger' });
}

function fill({ network }: Workspace, { account, writesTo, events, changed }: CrewCalendar): void {
  const hand = (verb: keyof CalendarHand, ...args: readonly unknown[]) =>
    network.callSync('google', 'calendarHand', [account, verb, args]);
  if ((hand('events') as readonly unknown[]).length > 0) return;
  if (writesTo !== null && writesTo.id !== 'primary') hand('makeCalendar', writesTo.id, writesTo.name);
  for (const event of events) hand('add', event);
  for (const { id, changes } of changed) {
    if (changes === 'removed') hand('remove', id);
    else hand('edit', id, changes);
  }
}

/** In the dialog “Connected accounts…”. */
function connect(workspace: Workspace, { account, writesTo }: CrewCalendar): void {
  connectAccount(workspace, account, ['calendar']);
  if (writesTo === null) return;
  const { accounts } = workspace.appsScript.call('accountsView', []) as AccountsView;
  const subject = accounts.find(({ email }) => email === account)?.subject ?? '';
  const action = { type: 'choose-calendar', subject, calendarId: writesTo.id };
  const { notice } = workspace.appsScript.call('accountsAct', [action]) as AccountsView;
  if (notice?.kind !== 'good') throw new Error(`${account}: ${notice?.words ?? 'no calendar was chosen'}`);
}
