/** All that the page shows at once, in one piece. */
import type { MenuItem } from '../local/apps-script/spreadsheet-app.ts';
import type { Schedule, TriggerRecord } from '../local/apps-script/triggers.ts';
import { fromWallMs, zoneOffsetMs } from '../local/apps-script/zone.ts';
import type { TabTitle } from '../local/sheets/look.ts';
import type { ClockView, MailboxLine, MenuItemView, Overview, TriggerView } from './contract.ts';
import type { Session } from './session.ts';
import { tabLine } from './views/tab-view.ts';
import { wallText } from './wall-clock.ts';

const SIX_HOURS_MS = 6 * 3_600_000;

/** Cheap enough to be made again and again while a script runs. */
export function overviewOf(session: Session): Overview {
  const { world } = session;
  const { appsScript, network } = world.workspace;
  const tabs = network.callSync('sheets', 'tabs', []) as readonly TabTitle[];
  const boxes = network.callSync('google', 'mailboxes', []) as readonly {
    readonly email: string;
    readonly name: string;
    readonly messages: number;
  }[];
  const triggers = appsScript.triggers();
  return {
    world: session.worldNumber,
    title: String(network.callSync('sheets', 'title', [])),
    company: world.company,
    user: world.user,
    timeZone: world.timeZone,
    clock: clockOf(session, triggers),
    busy: session.busy,
    tabs: tabs.map(tabLine),
    menus: [...appsScript.menus()].map(([caption, items]) => ({ caption, items: items.map(menuItem) })),
    triggers: triggers.map(triggerView),
    faults: session.faults.views(),
    network: session.network,
    mailboxes: boxes.map(({ email, name, messages }): MailboxLine => ({ address: email, name, messages })),
    questions: [...session.questions],
    dialogs: [...session.dialogs],
    sidebar: session.sidebar,
    revisions: { ...session.revisions },
    sample: world.sample,
    remarks: world.remarks,
  };
}

function menuItem({ caption, functionName, items }: MenuItem): MenuItemView {
  return { caption, functionName, items: items.map(menuItem) };
}

function triggerView({ id, handler, owner, schedule, nextMs }: TriggerRecord): TriggerView {
  return { id, handler, owner, schedule: scheduleWords(schedule), next: iso(nextMs) };
}

function scheduleWords(schedule: Schedule): string {
  if ('atMs' in schedule) return 'once';
  const { every, n } = { n: 1, ...schedule };
  const time = 'hour' in schedule ? ` at ${two(schedule.hour)}:${two(schedule.minute)}` : '';
  if (schedule.every === 'month') return `on day ${schedule.day} of each month${time}`;
  return n === 1 ? `every ${every.replace(/s$/, '')}${time}` : `every ${n} ${every}${time}`;
}

function clockOf({ world }: Session, triggers: readonly TriggerRecord[]): ClockView {
  const nowMs = world.workspace.clock.now();
  const due = triggers.flatMap(({ nextMs }) => (nextMs === null ? [] : [nextMs]));
  const monthly = triggers.find(({ handler }) => handler === 'monthlyStatement')?.nextMs ?? null;
  return {
    now: new Date(nowMs).toISOString(),
    local: wallText(nowMs, world.timeZone),
    statementDay: new Date(monthly ?? nextFirstMs(nowMs, world.timeZone)).toISOString(),
    nextDue: due.length === 0 ? null : new Date(Math.min(...due)).toISOString(),
  };
}

/** Six o’clock on the first of next month. */
function nextFirstMs(nowMs: number, timeZone: string): number {
  const wall = new Date(nowMs + zoneOffsetMs(nowMs, timeZone));
  return fromWallMs(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1) + SIX_HOURS_MS, timeZone);
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
