/** Buttons, forms and fields as this dialog has them. */
import type { Child } from './elements.ts';
import { element } from './elements.ts';
import type { Page } from './port.ts';

/** @param pressed null for the button that submits its form @param label what a screen reader says, if more */
export function button(
  id: string,
  words: string,
  pressed: (() => void) | null,
  kind = '',
  label = words,
): HTMLElement {
  const made = element(
    'button',
    { id, type: pressed === null ? 'submit' : 'button', class: kind, 'aria-label': label },
    words,
  );
  // Not `disabled`, which would drop the focus; a call under way is waited for.
  made.addEventListener('click', (event) => {
    if (made.getAttribute('aria-disabled') === 'true') event.preventDefault();
    else pressed?.();
  });
  return made;
}

/** Enter in one of its fields, or its submit button, does `submitted`. */
export function form(submitted: () => void, ...children: readonly Child[]): HTMLElement {
  const made = element('form', {}, ...children.slice(0, -1));
  made.append(element('div', { class: 'row' }, ...children.slice(-1)));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted();
  });
  return made;
}

/** An input that keeps what was typed or ticked when the page is drawn anew. */
export function field(
  { kept }: Page,
  id: string,
  attributes: Readonly<Record<string, string>>,
  first = '',
): HTMLElement {
  const made = element('input', { id, ...attributes });
  const before = kept.get(id) ?? first;
  if (made.type === 'checkbox') made.checked = before === 'on';
  else made.value = before;
  made.addEventListener('input', () => {
    kept.set(id, made.type === 'checkbox' ? (made.checked ? 'on' : '') : made.value.trim());
  });
  return made;
}

/** A list to choose one from, which keeps the choice when the page is drawn anew. */
export function choice(
  { kept }: Page,
  id: string,
  attributes: Readonly<Record<string, string>>,
  options: readonly { readonly id: string; readonly name: string }[],
  first: string,
): HTMLElement {
  const shown = options.map(({ id: value, name }) => element('option', { value }, name));
  const made = element('select', { id, ...attributes }, ...shown);
  made.value = kept.get(id) ?? first;
  made.addEventListener('change', () => kept.set(id, made.value));
  return made;
}

/** A text to be copied. The clipboard is closed to frames of another site; what is selected can always be copied. */
export function copyField(page: Page, id: string, label: string, text: string): HTMLElement {
  const shown = element('input', { id, type: 'text', readonly: '' });
  shown.value = text;
  shown.addEventListener('focus', () => shown.select());
  const copy = button(
    `copy-${id}`,
    'Copy',
    () => {
      shown.select();
      if (document.execCommand('copy')) page.say('good', `${label}: copied.`);
      else page.say('bad', 'The browser does not let Purser copy. The text is selected: press Ctrl+C.');
    },
    '',
    `Copy: ${label}`,
  );
  return element('div', { class: 'copy' }, element('label', {}, label, shown), copy);
}
