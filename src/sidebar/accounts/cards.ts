/** One card for each account, and for each connection that waits to be confirmed. */
import { calendarPart } from './calendar-part.ts';
import { element, icon } from './elements.ts';
import { button } from './fields.ts';
import type { Page } from './port.ts';
import type { AccountCard, AccountState, AccountsView } from './view.ts';

const ICONS: Readonly<Record<AccountState, string>> = {
  connected: 'M2 9l4 4 8-9',
  'ends-soon': 'M8 4v4l3 2M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  failing: 'M8 1.5L15 14H1zM8 6v4M8 12v.1',
  reconnect: 'M3 3l10 10M13 3L3 13',
};

/** @param questioned whether it is asked about before it is disconnected */
export function cardOf(
  card: AccountCard,
  { picker }: Pick<AccountsView, 'picker'>,
  questioned: boolean,
  page: Page,
): HTMLElement {
  const { subject, email, name } = card;
  const title = `account-${subject}`;
  return element(
    'li',
    { class: 'card', 'aria-labelledby': title },
    element('h3', { id: title }, email),
    name === '' ? null : element('p', { class: 'soft' }, name),
    element('p', { class: `state ${card.state}` }, icon(ICONS[card.state]), card.stateWords),
    ...card.details.map((words) => element('p', {}, words)),
    element('ul', {}, ...card.purposes.map((one) => purposeOf(card, one, page))),
    calendarPart(card, picker?.subject === subject ? picker : null, page),
    element('p', { class: 'soft' }, card.uses),
    card.renewal === '' ? null : element('p', { class: 'soft' }, card.renewal),
    questioned
      ? questionOf(card, page)
      : element(
          'div',
          { class: 'row' },
          button(
            `reconnect-${subject}`,
            'Reconnect',
            () => page.act({ type: 'reconnect', subject }, 'Preparing the sign-in…'),
            card.state === 'reconnect' ? 'main' : '',
            `Reconnect ${email}`,
          ),
          // What must be reconnected has no token to test.
          card.state === 'reconnect'
            ? null
            : button(
                `test-${subject}`,
                'Test now',
                () => page.act({ type: 'test', subject }, `Asking Google for ${email}…`),
                '',
                `Test now: ${email}`,
              ),
          button(
            `disconnect-${subject}`,
            'Disconnect',
            () => page.question(subject),
            '',
            `Disconnect ${email}`,
          ),
        ),
  );
}

function purposeOf(
  { subject, email, purposes }: AccountCard,
  { purpose, words }: AccountCard['purposes'][number],
  page: Page,
): HTMLElement {
  const line = element('li', { class: 'purpose' }, words);
  if (purposes.length > 1) {
    line.append(
      button(
        `drop-${purpose}-${subject}`,
        'Stop',
        () => page.act({ type: 'drop-purpose', subject, purpose }, 'Writing it down…'),
        'small',
        `Stop: ${words}, for ${email}`,
      ),
    );
  }
  return line;
}

function questionOf({ subject, email, question }: AccountCard, page: Page): HTMLElement {
  const words = `question-${subject}`;
  return element(
    'div',
    { role: 'group', 'aria-labelledby': words },
    element('p', { id: words }, question),
    element(
      'div',
      { class: 'row' },
      button(`keep-${subject}`, 'Keep it', () => page.question(null), '', `Keep it: ${email}`),
      button(
        `yes-${subject}`,
        'Disconnect',
        () => page.act({ type: 'disconnect', subject }, `Disconnecting ${email}…`),
        'danger',
        `Disconnect ${email} now`,
      ),
    ),
  );
}

/** What somebody has to decide; nothing when nothing waits. */
export function waitingOf({ waiting }: AccountsView, page: Page): readonly HTMLElement[] {
  if (waiting.length === 0) return [];
  const cards = waiting.map(({ id, words }) =>
    element(
      'li',
      { class: 'card' },
      element('p', { id: `waiting-${id}` }, words),
      element(
        'div',
        { class: 'row', role: 'group', 'aria-labelledby': `waiting-${id}` },
        button(
          `confirm-${id}`,
          'Use this account, too',
          () => page.act({ type: 'confirm', id }, 'Connecting it…'),
          'main',
        ),
        button(`discard-${id}`, 'Discard it', () => page.act({ type: 'discard', id }, 'Discarding it…')),
      ),
    ),
  );
  return [element('h2', {}, 'Waits for your decision'), element('ul', {}, ...cards)];
}
