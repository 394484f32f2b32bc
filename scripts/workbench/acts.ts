/** What a person does at the page, done. */
import type { MenuItem } from '../local/apps-script/spreadsheet-app.ts';
import type { TabTitle } from '../local/sheets/look.ts';
import { signIn } from '../local/sign-in.ts';
import { fillCalendars } from '../start/crew-calendars.ts';
import { calendarAct } from './calendar-acts.ts';
import type { Act, ActResult } from './contract.ts';
import { editTabs } from './hand.ts';
import type { Link } from './link.ts';
import { moveFiring } from './move-clock.ts';
import { note, type Session, wordsOf } from './session.ts';
import { closeFrame, type Stage } from './stage.ts';
import { laterMs, wallText } from './wall-clock.ts';

/** All but `reset`, which takes another world. */
export type SyncAct = Exclude<Act, { readonly do: 'reset' }>;

/** What may be done while the script runs. */
export const ACTS_BESIDE: readonly Act['do'][] = ['answer', 'close-frame', 'stop', 'fault', 'network'];

const MOST_PAGE_TEXT = 4_000;

/** @throws Error with a sentence for the person */
export function perform(session: Session, stage: Stage, link: Link, act: SyncAct): ActResult {
  const { world, revisions } = session;
  const { network, appsScript, clock } = world.workspace;
  const said = (words: string): ActResult => ({ words, page: null });
  const titleOf = (id: number): string => {
    const tabs = network.callSync('sheets', 'tabs', []) as readonly TabTitle[];
    const found = tabs.find(({ sheetId }) => sheetId === id);
    if (found === undefined) throw new Error('This tab is not there any more.');
    return found.title;
  };
  const edited = (what: string, ...requests: readonly object[]): ActResult => {
    note(session, 'act', what);
    editTabs(world, ...requests);
    revisions.workbook += 1;
    return said('');
  };
  switch (act.do) {
    case 'type': {
      const title = titleOf(act.tab);
      network.callSync('sheets', 'setCell', [title, act.a1, act.input]);
      note(session, 'act', `Typed into ${title}, ${act.a1}: ${act.input}`);
      revisions.workbook += 1;
      return said('');
    }
    case 'rename-tab':
      return edited(`Renamed ${titleOf(act.tab)} to ${act.title}`, {
        updateSheetProperties: { properties: { sheetId: act.tab, title: act.title }, fields: 'title' },
      });
    case 'delete-tab':
      return edited(`Deleted ${titleOf(act.tab)}`, { deleteSheet: { sheetId: act.tab } });
    case 'duplicate-tab':
      return edited(`Duplicated ${titleOf(act.tab)}`, { duplicateSheet: { sourceSheetId: act.tab } });
    case 'show-tab':
      return edited(`${act.hidden ? 'Hid' : 'Showed'} ${titleOf(act.tab)}`, {
        updateSheetProperties: { properties: { sheetId: act.tab, hidden: act.hidden }, fields: 'hidden' },
      });
    case 'menu': {
      const item = [...appsScript.menus().values()].flatMap(allItems).find(isCalled(act.functionName));
      if (item === undefined) throw new Error('There is no such menu item.');
      stage.run(item.caption, () => appsScript.run(act.functionName, [], { answers: stage.answers }));
      return said('');
    }
    case 'answer':
      stage.answer(act.question, act.button, act.text);
      return said('');
    case 'close-frame':
      closeFrame(session, link, act.frame);
      return said('');
    case 'fire': {
      const trigger = appsScript.triggers().find(({ id }) => id === act.trigger);
      if (trigger === undefined) throw new Error('This trigger is not there any more.');
      const { handler, owner } = trigger;
      const { error } = stage.run(`Trigger ${handler}`, () => appsScript.fire(handler, owner));
      if (error !== null) throw new Error(`${handler} failed: ${wordsOf(error)}`);
      return said(`${handler} was fired.`);
    }
    case 'clock-to':
      return said(moveClock(session, stage, Date.parse(act.at), act.fire));
    case 'clock-by':
      return said(moveClock(session, stage, laterMs(clock.now(), act.unit, world.timeZone), act.fire));
    case 'stop':
      stage.stop();
      return said('');
    case 'fault':
      session.faults.turn(act.id, act.on);
      note(session, 'act', `Switched ${act.on ? 'on' : 'off'}: ${act.id}`);
      return said('');
    case 'network':
      session.network = { slow: act.slow, factor: act.factor };
      return said('');
    case 'visit':
      return visit(session, stage, act);
    default:
      return said(calendarAct(session, stage, act));
  }
}

function moveClock(session: Session, stage: Stage, toMs: number, fire: boolean): string {
  const { clock } = session.world.workspace;
  const words = `Clock to ${wallText(toMs, session.world.timeZone)}`;
  // The workbook may show the time of day.
  session.revisions.workbook += 1;
  if (fire && toMs > clock.now()) return stage.run(words, () => moveFiring(session, stage, toMs), true);
  clock.set(toMs);
  session.faults.renew();
  note(session, 'act', words);
  return '';
}

function visit(
  session: Session,
  stage: Stage,
  { url, as, decline }: Extract<Act, { readonly do: 'visit' }>,
): ActResult {
  if (!/^https:\/\/(accounts|script)\.google\.com\//.test(url))
    throw new Error('Only Google’s sign-in page and the web app of Purser can be visited here.');
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(as)) throw new Error('Choose an account by its whole address.');
  const { workspace, crew } = session.world;
  const address = as.toLowerCase();
  // One of the sample’s crew who signs in has a calendar already.
  fillCalendars(
    workspace,
    crew.filter(({ account }) => account === address),
    workspace.clock.now(),
  );
  const page = stage.run(`Signing in as ${as}`, () => signIn(workspace, url, { email: as, decline }));
  session.revisions.mail += 1;
  session.revisions.calendars += 1;
  return { words: page.title, page: { title: page.title, text: textOf(page.html) } };
}

function textOf(html: string): string {
  return html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/(p|div|h\d|li)>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .slice(0, MOST_PAGE_TEXT);
}

function allItems(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.flatMap((item) => [item, ...allItems(item.items)]);
}

function isCalled(functionName: string): (item: MenuItem) => boolean {
  return (item) => item.functionName === functionName;
}
