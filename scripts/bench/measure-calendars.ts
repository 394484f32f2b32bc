/** What a sync of twenty people's calendars costs: the first, those that have nothing to do, and one after a busy hour. */
import type { SyncReport } from '../../src/calendar/sync-report.ts';
import type { AccountsView } from '../../src/sidebar/accounts/view.ts';
import { connectAccount } from '../local/connect-account.ts';
import type { CharterItem, CrewItem } from '../local/generate.ts';
import { typeIntoSettings } from '../local/person.ts';
import type { Workspace } from '../local/workspace.ts';
import { seedTables } from '../sample/generated-papers.ts';
import { OFFICE } from '../sample/operator.ts';
import { MONTH, openScene, REGIONS, statementMs } from './scene.ts';
import type { Spent } from './spent.ts';
import { spentBy } from './spent.ts';

export interface SyncMeasured extends Spent {
  readonly name: string;
  readonly isQuiet: boolean;
  /** Of all requests and replies. */
  readonly bytes: number;
  readonly written: number;
}

export interface CalendarsMeasured {
  readonly accounts: number;
  readonly charters: number;
  readonly syncs: readonly SyncMeasured[];
}

const ACCOUNTS = 20;
/** They chose a calendar for their charters. */
const CHOOSERS = 5;
/** A person's own appointments in the days that are read, before and after today. */
const APPOINTMENTS = 60;
const BUSY_CHANGES = 10;
const CHARTERS_CALENDAR = 'charters@group.calendar.google.com';
const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** @throws Error when a calendar can't be synced */
export async function measureCalendars(bundleFolder: string, charters: number): Promise<CalendarsMeasured> {
  const { workspace, generated } = await openScene(bundleFolder, charters);
  try {
    workspace.clock.set(statementMs() - HALF_HOUR_MS);
    await typeIntoSettings(workspace, new Map([['Charters calendar', CHARTERS_CALENDAR]]));
    await workspace.calendars.person(OFFICE.address).makeCalendar(CHARTERS_CALENDAR, 'Charters');
    const people = addressesOf(generated.roster);
    for (const [index, email] of people.entries()) {
      await fill(workspace, email, index);
      connect(workspace, email, index < CHOOSERS);
    }
    const syncs: SyncMeasured[] = [];
    const sync = (name: string, isQuiet = false): number => {
      workspace.clock.set(statementMs() + syncs.length * HALF_HOUR_MS);
      const { measured, left } = syncOnce(workspace, name, isQuiet);
      syncs.push(measured);
      return left;
    };
    let left = sync('the first');
    while (left > 0) left = sync('what that left');
    // Tokens are good for an hour: every other sync renews them.
    sync('quiet', true);
    sync('quiet', true);
    await changeMuch(workspace, people, generated.charters, generated.roster);
    sync(`${BUSY_CHANGES} charters and ${2 * BUSY_CHANGES} events changed`);
    return { accounts: ACCOUNTS, charters, syncs };
  } finally {
    await workspace.close();
  }
}

function syncOnce(
  { appsScript, network }: Workspace,
  name: string,
  isQuiet: boolean,
): { readonly measured: SyncMeasured; readonly left: number } {
  const reports: unknown[] = [];
  const traced = network.trace.length;
  const spent = spentBy(appsScript, network, () =>
    reports.push(appsScript.run('syncCalendars', [], { mode: 'trigger' })),
  );
  const { calendars = [] } = JSON.parse(JSON.stringify(reports[0])) as Partial<SyncReport>;
  const failed = calendars.find(({ state }) => state !== 'synced');
  if (calendars.length !== ACCOUNTS + 1 || failed !== undefined)
    throw new Error(`${name}: ${calendars.length} calendars; ${JSON.stringify(failed)}`);
  const exchanges = network.trace.slice(traced);
  const isRenewing = exchanges.some(({ request }) =>
    request.url.startsWith('https://oauth2.googleapis.com/'),
  );
  const bytes = exchanges.reduce(
    (sum, { request, reply }) => sum + request.body.length + ('failed' in reply ? 0 : reply.body.length),
    0,
  );
  const written = calendars.reduce((sum, one) => sum + one.inserted + one.patched + one.cancelled, 0);
  const left = calendars.reduce((sum, one) => sum + one.left, 0);
  return {
    measured: {
      ...spent,
      name: isQuiet && isRenewing ? `${name}, tokens renewed` : name,
      isQuiet,
      bytes,
      written,
    },
    left,
  };
}

/** The crew's, and of others who only let their times be read. */
function addressesOf(roster: readonly CrewItem[]): readonly string[] {
  const others = Array.from({ length: ACCOUNTS }, (_, index) => `helper-${index + 1}@harbor.example`);
  return [...roster.map(({ email }) => email), ...others].slice(0, ACCOUNTS);
}

async function fill(workspace: Workspace, email: string, index: number): Promise<void> {
  const hand = workspace.calendars.person(email);
  const firstMs = Date.parse(`${MONTH}-02T15:00:00Z`) + index * 3_600_000;
  for (let day = 0; day < APPOINTMENTS; day++) {
    const startMs = firstMs + day * DAY_MS;
    await hand.add({ summary: `Appointment ${day}`, ...timesFrom(startMs) });
  }
}

function timesFrom(startMs: number): { readonly start: string; readonly end: string } {
  return { start: new Date(startMs).toISOString(), end: new Date(startMs + 3_600_000).toISOString() };
}

function connect(workspace: Workspace, email: string, chooses: boolean): void {
  connectAccount(workspace, email, ['calendar']);
  if (!chooses) return;
  const { accounts } = workspace.appsScript.call('accountsView', []) as AccountsView;
  const subject = accounts.find((one) => one.email === email)?.subject ?? '';
  workspace.appsScript.call('accountsAct', [{ type: 'choose-calendar', subject, calendarId: 'primary' }]);
}

async function changeMuch(
  workspace: Workspace,
  people: readonly string[],
  charters: readonly CharterItem[],
  roster: readonly CrewItem[],
): Promise<void> {
  for (const email of people.slice(0, BUSY_CHANGES)) {
    const hand = workspace.calendars.person(email);
    const soonMs = statementMs() + 3 * DAY_MS;
    await hand.add({ summary: 'One more', ...timesFrom(soonMs) });
    const own = (await hand.events()).find(({ summary }) => summary === 'Appointment 40');
    if (own !== undefined) await hand.edit(own.id, timesFrom(soonMs + 7_200_000));
  }
  const changed = charters.map((charter, index) =>
    index < BUSY_CHANGES && charter.status === 'completed'
      ? { ...charter, guests: charter.guests + 1 }
      : charter,
  );
  await seedTables(workspace, REGIONS, changed, roster);
}
