/** Which of an account's calendars charters are written to, in its card. */
import { element } from './elements.ts';
import { button, choice, form } from './fields.ts';
import type { Page } from './port.ts';
import type { AccountCard, CalendarPicker } from './view.ts';

/** Null for an account that is not connected for its calendar. @param picker once somebody has asked for it */
export function calendarPart(
  card: AccountCard,
  picker: CalendarPicker | null,
  page: Page,
): HTMLElement | null {
  const { subject, email, calendar, state } = card;
  if (calendar === null) return null;
  const id = `calendar-${subject}`;
  const part = element('div', { class: 'calendar' }, element('p', {}, calendar));
  // What must be reconnected has no token to ask with.
  if (state === 'reconnect') return part;
  if (picker === null || picker.problem !== null) {
    const again = picker === null ? 'Choose its calendar' : 'Try again';
    const ask = button(
      `calendars-${subject}`,
      again,
      () => {
        page.kept.delete(id);
        page.act({ type: 'list-calendars', subject }, `Asking Google for the calendars of ${email}…`);
      },
      'small',
      `${again}: ${email}`,
    );
    if (picker !== null) part.append(element('p', { class: 'reconnect' }, picker.problem));
    part.append(ask);
    return part;
  }
  const { choices, chosen, words } = picker;
  const options = [{ id: '', name: 'Nothing' }, ...choices];
  // One that the account may not write to any more is not in the list.
  const first = options.some((one) => one.id === chosen) ? chosen : '';
  const buttons = document.createDocumentFragment();
  buttons.append(
    button(`keep-${id}`, 'Keep the choice', null, 'main', `Keep the choice: ${email}`),
    button(`leave-${id}`, 'Leave it as it is', () => page.dropPicker(), '', `Leave it as it is: ${email}`),
  );
  part.replaceChildren(
    form(
      () => {
        const calendarId = page.kept.get(id) ?? first;
        page.act({ type: 'choose-calendar', subject, calendarId }, 'Keeping it…');
      },
      element(
        'label',
        {},
        'Charters are written to',
        choice(page, id, { 'aria-describedby': `${id}-words` }, options, first),
      ),
      element('p', { class: 'soft', id: `${id}-words` }, words),
      buttons,
    ),
  );
  return part;
}
