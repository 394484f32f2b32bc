/** The dialog “Connected accounts”: what it shows, and what happens when somebody uses it. */
import { element } from './elements.ts';
import { pageOf } from './page.ts';
import type { Page } from './port.ts';
import { ask, closeDialog } from './server.ts';
import type { AccountsAction, AccountsView } from './view.ts';

const status = byId('status');
const main = byId('main');

let view: AccountsView | null = null;
let busy = false;
let link: AccountsView['link'] = null;
/** Whether the sign-in page was opened: who comes back has probably connected an account. */
let left = false;
/** The account that is asked about before it is disconnected. */
let questioned: string | null = null;
/** What is typed, ticked and unfolded, by id; it outlives a redrawing. */
const kept = new Map<string, string>();

const page: Page = {
  kept,
  act: (action, words) => call(action, words),
  refresh: () => call(null, 'Looking…'),
  close: closeDialog,
  say,
  question: (subject) => {
    const before = questioned;
    questioned = subject;
    draw(subject === null ? `disconnect-${before}` : `keep-${subject}`);
  },
  opened: () => {
    left = true;
  },
  dropLink: () => {
    link = null;
    left = false;
    draw(null);
  },
  dropPicker: () => {
    if (view === null || view.picker === null) return;
    const { subject } = view.picker;
    view = { ...view, picker: null };
    draw(`calendars-${subject}`);
  },
};

window.addEventListener('focus', returned);
document.addEventListener('visibilitychange', returned);
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && questioned !== null && !busy) page.question(null);
});
call(null, 'Looking up the connected accounts…');

function returned(): void {
  if (left && document.visibilityState === 'visible') call(null, 'Looking whether the account is connected…');
}

function call(action: AccountsAction | null, words: string): void {
  if (busy) return;
  busy = true;
  say('busy', words);
  for (const button of document.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  main.setAttribute('aria-busy', 'true');
  const finished = (): void => {
    busy = false;
    main.removeAttribute('aria-busy');
  };
  ask(
    action,
    (next) => {
      finished();
      answered(next, action);
    },
    (failure) => {
      finished();
      say('bad', failure);
      draw(focused());
    },
  );
}

function answered(next: AccountsView, action: AccountsAction | null): void {
  const changed = view !== null && shapeOf(view) !== shapeOf(next);
  view = next;
  const { notice } = next;
  const cameBack = action === null && left && changed;
  if (action !== null || cameBack) {
    link = next.link;
    left = false;
  }
  if (notice !== null) say(notice.kind, notice.words);
  else if (cameBack) say('good', next.trail[0]?.words ?? 'The accounts have changed.');
  else say('', '');
  if (notice?.kind !== 'bad') {
    questioned = null;
    // A secret stays in the page no longer than it must.
    if (action?.type === 'store-client') kept.clear();
  }
  draw(placeOf(action) ?? focused());
}

/** Where a person goes on after that: the link, the list of calendars, or what opens it again. */
function placeOf(action: AccountsAction | null): string | null {
  if (action === null) return null;
  if (action.type === 'list-calendars' && view?.picker?.problem === null) return `calendar-${action.subject}`;
  if (action.type === 'choose-calendar' || action.type === 'list-calendars')
    return `calendars-${action.subject}`;
  return link === null ? null : 'link';
}

function shapeOf({ accounts, waiting }: AccountsView): string {
  return JSON.stringify([accounts, waiting]);
}

function focused(): string | null {
  return document.activeElement?.id || null;
}

/** @param focusId where the focus goes; without it, or when that is gone, it stays on the page as a whole */
function draw(focusId: string | null): void {
  const top = window.scrollY;
  if (view === null) main.replaceChildren(...pageOf.unread(page));
  else main.replaceChildren(...pageOf.view(view, link, questioned, page));
  window.scrollTo(0, top);
  if (focusId === null) return;
  (document.getElementById(focusId) ?? main).focus();
}

/** `status` is announced by screen readers when it changes. */
function say(kind: string, words: string): void {
  status.replaceChildren(...(words === '' ? [] : [element('p', { class: kind }, words)]));
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}
