/** The parts of the dialog, drawn from the view. */
import { cardOf, waitingOf } from './cards.ts';
import type { Child } from './elements.ts';
import { element } from './elements.ts';
import { button, copyField, field, form } from './fields.ts';
import type { Page } from './port.ts';
import type { AccountsView } from './view.ts';

export const pageOf = {
  /** Nothing could be read. */
  unread: (page: Page): readonly Node[] => [foot(page)],

  view: (
    view: AccountsView,
    link: AccountsView['link'],
    questioned: string | null,
    page: Page,
  ): readonly Node[] => {
    if (!view.mayChange) return [foot(page)];
    const client = clientPart(view, page);
    return [
      ...(link === null ? [] : [linkPart(link, page)]),
      ...waitingOf(view, page),
      element('h2', {}, 'Accounts'),
      ...view.problems.map((words) => element('p', { class: 'reconnect' }, words)),
      view.accounts.length === 0
        ? element('p', {}, 'None yet. Everything goes from and to your own account.')
        : element(
            'ul',
            {},
            ...view.accounts.map((card) => cardOf(card, view, questioned === card.subject, page)),
          ),
      ...(view.hasClient ? [connectPart(view, page), invitePart(view, page), client] : [client]),
      trailPart(view, page),
      foot(page),
    ];
  },
};

function foot(page: Page): HTMLElement {
  return element(
    'div',
    { class: 'row' },
    button('again', 'Check again', () => page.refresh()),
    button('close', 'Close', () => page.close()),
  );
}

function linkPart(link: NonNullable<AccountsView['link']>, page: Page): HTMLElement {
  const part = element('section', { class: 'card', 'aria-label': 'Link' }, element('p', {}, link.words));
  const drop = button('drop-link', 'Put away', () => page.dropLink());
  if (link.way === 'copy') {
    part.append(copyField(page, 'link', 'Invitation link', link.url), element('div', { class: 'row' }, drop));
    return part;
  }
  const open = element(
    'a',
    {
      id: 'link',
      class: 'button main',
      // Only such an address is ever followed.
      href: link.url.startsWith('https://') ? link.url : '#',
      target: '_blank',
      rel: 'noopener noreferrer',
    },
    'Open Google’s sign-in page',
  );
  open.addEventListener('click', () => page.opened());
  part.append(element('div', { class: 'row' }, open, drop));
  return part;
}

function connectPart(view: AccountsView, page: Page): HTMLElement {
  const choices = view.choices.map(({ purpose, label, explanation }) => {
    const box = field(page, `for-${purpose}`, { type: 'checkbox', 'aria-describedby': `about-${purpose}` });
    return element(
      'div',
      {},
      element('label', { class: 'check' }, box, label),
      element('p', { class: 'soft', id: `about-${purpose}` }, explanation),
    );
  });
  return element(
    'section',
    {},
    element('h2', { id: 'connect-title' }, 'Connect an account'),
    element('fieldset', { 'aria-labelledby': 'connect-title' }, ...choices),
    element(
      'div',
      { class: 'row' },
      button(
        'connect',
        'Connect in this browser',
        () => {
          const purposes = chosen(view, page);
          if (purposes.length > 0) page.act({ type: 'connect', purposes }, 'Preparing the sign-in…');
        },
        'main',
      ),
    ),
  );
}

function chosen(view: AccountsView, page: Page): readonly string[] {
  const purposes = view.choices
    .map(({ purpose }) => purpose)
    .filter((one) => page.kept.get(`for-${one}`) === 'on');
  if (purposes.length === 0) page.say('bad', 'Tick at least one thing that the account is to be used for.');
  return purposes;
}

function invitePart(view: AccountsView, page: Page): HTMLElement {
  const { kept } = page;
  const inviting = form(
    () => {
      const purposes = chosen(view, page);
      if (purposes.length === 0) return;
      page.act(
        { type: 'invite', purposes, email: kept.get('invite-email') ?? '' },
        'Making the invitation link…',
      );
    },
    element(
      'p',
      {},
      'Somebody else signs in on their own device: tick above what their account is for, make a link, and send it to them.',
    ),
    element(
      'label',
      {},
      'Their e-mail address, if you know it',
      field(page, 'invite-email', { type: 'email', autocomplete: 'off' }),
    ),
    button('invite', 'Make an invitation link', null),
  );
  const open = view.invitations.map(({ id, words }) =>
    element(
      'li',
      { class: 'purpose' },
      element('span', {}, words),
      button(
        `withdraw-${id}`,
        'Withdraw',
        () => page.act({ type: 'withdraw', id }, 'Withdrawing it…'),
        'small',
        `Withdraw: ${words}`,
      ),
    ),
  );
  const webApp = form(
    () => page.act({ type: 'set-web-app', url: kept.get('web-app') ?? view.webAppUrl ?? '' }, 'Keeping it…'),
    element(
      'label',
      {},
      'Web app address, which ends with /exec',
      field(page, 'web-app', { type: 'url', autocomplete: 'off', required: '' }, view.webAppUrl ?? ''),
    ),
    button('set-web-app', 'Keep the address', null),
  );
  return folded(
    page,
    'invitation',
    'Somebody else’s account',
    false,
    inviting,
    element('ul', {}, ...open),
    webApp,
  );
}

function clientPart(view: AccountsView, page: Page): HTMLElement {
  const { kept } = page;
  const addresses = [view.callbackUrl, ...(view.webAppUrl === null ? [] : [view.webAppUrl])];
  return folded(
    page,
    'client',
    view.hasClient ? 'Google Cloud client' : 'First: your Google Cloud client',
    !view.hasClient,
    element(
      'p',
      {},
      'In Google Cloud, create an OAuth client of the type “Web application” and give it as authorized redirect URI:',
    ),
    ...addresses.map((url, at) =>
      copyField(page, `redirect-${at}`, at === 0 ? 'Redirect URI' : 'Redirect URI of invitations', url),
    ),
    form(
      () =>
        page.act(
          {
            type: 'store-client',
            clientId: kept.get('client-id') ?? view.clientId ?? '',
            clientSecret: kept.get('client-secret') ?? '',
          },
          'Keeping the client…',
        ),
      element(
        'label',
        {},
        'Client ID',
        field(
          page,
          'client-id',
          { type: 'text', autocomplete: 'off', spellcheck: 'false', required: '' },
          view.clientId ?? '',
        ),
      ),
      element(
        'label',
        {},
        'Client secret',
        field(page, 'client-secret', {
          type: 'password',
          autocomplete: 'off',
          required: '',
          'aria-describedby': 'secret-words',
        }),
      ),
      element(
        'p',
        { class: 'soft', id: 'secret-words' },
        view.hasClient ? 'A secret is kept; it is never shown again.' : 'It is kept and never shown again.',
      ),
      button('store-client', 'Keep the client', null, view.hasClient ? '' : 'main'),
    ),
  );
}

function trailPart({ trail }: AccountsView, page: Page): HTMLElement {
  const lines = trail.map(({ when, words }) =>
    element('li', {}, element('span', { class: 'soft' }, `${when} `), words),
  );
  return folded(
    page,
    'trail',
    'What happened',
    false,
    lines.length === 0 ? element('p', {}, 'Nothing yet.') : element('ul', { class: 'trail' }, ...lines),
  );
}

/** A part that unfolds, and stays so when the page is drawn anew. */
function folded(
  page: Page,
  id: string,
  title: string,
  openAtFirst: boolean,
  ...children: readonly Child[]
): HTMLElement {
  const part = element('details', {}, element('summary', { id }, title), ...children);
  part.open = (page.kept.get(id) ?? (openAtFirst ? 'on' : '')) === 'on';
  part.addEventListener('toggle', () => page.kept.set(id, part.open ? 'on' : ''));
  return part;
}
