import type { AccountRecord } from '../../src/accounts/account.ts';
import { PURPOSES } from '../../src/accounts/account.ts';
import { connectedRecord } from '../../src/accounts/account-store.ts';
import {
  invitationPage,
  nothingHerePage,
  outcomePage,
  type Page,
} from '../../src/accounts/callback-pages.ts';
import type { ConnectOutcome } from '../../src/accounts/connect.ts';
import { PurserError } from '../../src/host/errors.ts';
import { NOW_MS } from '../tools/fake-host.ts';
import { OFFICE, scopesOf } from './fake-google.ts';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;

function account(change: Partial<AccountRecord> = {}): AccountRecord {
  const record = connectedRecord({
    identity: { ...OFFICE, emailVerified: true },
    reply: {
      accessToken: 'access-secret',
      tokenType: 'Bearer',
      lifetimeSeconds: 3599,
      refreshToken: 'refresh-secret',
      refreshTokenLifetimeSeconds: null,
      scopes: [],
      idToken: null,
    },
    purposes: [...PURPOSES],
    nowMs: NOW_MS,
    before: null,
  });
  return { ...record, ...change };
}

function connected(change: Partial<Extract<ConnectOutcome, { kind: 'connected' }>> = {}): ConnectOutcome {
  return { kind: 'connected', account: account(), again: false, missing: [], ...change };
}

function notConnected(code: 'oauth-refused' | 'oauth-client-missing', words: string): ConnectOutcome {
  return { kind: 'not-connected', error: new PurserError(code, { what: words, now: `${words} now` }) };
}

/** What a person reads. */
function textOf({ html }: Page): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

const ALL: readonly Page[] = [
  outcomePage(connected({ account: account({ email: HOSTILE, name: HOSTILE }) }), 'callback'),
  outcomePage(connected({ missing: [HOSTILE, ...scopesOf('send')] }), 'web-app'),
  outcomePage(
    {
      kind: 'other-account',
      expectedEmail: HOSTILE,
      email: `x${HOSTILE}`,
      emailVerified: false,
      waitingId: HOSTILE,
    },
    'callback',
  ),
  outcomePage(
    {
      kind: 'other-account',
      expectedEmail: HOSTILE,
      email: HOSTILE,
      emailVerified: true,
      waitingId: HOSTILE,
    },
    'web-app',
  ),
  outcomePage({ kind: 'declined' }, 'web-app'),
  outcomePage(notConnected('oauth-refused', HOSTILE), 'callback'),
  invitationPage({ kind: 'gone', why: HOSTILE }),
  invitationPage({
    kind: 'page',
    company: HOSTILE,
    by: HOSTILE,
    purposes: [...PURPOSES],
    email: HOSTILE,
    url: `https://accounts.google.com/?state=1&x=${HOSTILE}`,
  }),
  nothingHerePage(),
];

test.each(ALL.map((page) => [page.title, page] as const))(
  '“%s” is a page without script or anything from elsewhere, and hostile names stay text',
  (_title, { html, title }) => {
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    const tags = [...html.matchAll(/<(?!\/|!)[^>]*>/g)].map(([tag]) => tag);
    for (const tag of tags) {
      expect(tag).toMatch(/^<(html|head|meta|title|style|body|main|h1|p|span|ul|li|a)[ >]/);
      // Quotes from outside can't end an attribute: every one of them is as it was written here.
      expect(tag).toMatch(
        /^<\w+( (lang|charset|name|content|class|aria-hidden|href|target|rel)="[^"<>]*")*>$/,
      );
    }
    expect(html).not.toMatch(/url\(|@import/);
    expect(tags.filter((tag) => tag === '<h1>')).toHaveLength(1);
    expect(html).not.toContain('-secret');
    expect(title).toMatch(/^Purser: /);
  },
);

test('connected: who, for what, and what to do next', () => {
  const words = textOf(outcomePage(connected(), 'callback'));
  expect(words).toContain(`${OFFICE.name} (${OFFICE.email}) is connected.`);
  for (const purpose of ['send monthly statements', 'read booking mail', 'write charters to it']) {
    expect(words).toContain(purpose);
  }
  expect(words).toContain('close this tab');
  expect(textOf(outcomePage(connected({ again: true }), 'callback'))).toContain('is connected again.');
});

test('both pages say why Google asks for all mail, and what Purser looks at', () => {
  const invitation = (purposes: AccountRecord['purposes']): string =>
    textOf(
      invitationPage({
        kind: 'page',
        company: '',
        by: 'Nora',
        purposes,
        email: null,
        url: 'https://a.example',
      }),
    );
  const after = (purposes: AccountRecord['purposes']): string =>
    textOf(outcomePage(connected({ account: account({ purposes }) }), 'web-app'));
  for (const page of [invitation, after]) {
    expect(page(['send'])).toMatch(/read all mail of the account.*looks only into Sent/);
    expect(page(['bookings'])).toMatch(/looks only for booking mail, and changes and deletes nothing/);
    expect(page(['send', 'bookings'])).toMatch(/into Sent.*, and for booking mail/);
    expect(page(['calendar'])).not.toContain('all mail');
    expect(page(['calendar'])).toMatch(/all of the account’s.*of anything else only when it is, not what/);
    expect(page(['send'])).not.toContain('calendar');
  }
});

test('connected in part: what was not allowed, what won’t work, and how to make up for it', () => {
  const missing = [...scopesOf('calendar'), 'https://www.googleapis.com/auth/gmail.send'];
  const words = textOf(outcomePage(connected({ missing }), 'web-app'));
  expect(words).toContain('Connected in part');
  expect(words).toContain('send mail');
  expect(words).toContain(
    'So no statement can be sent from it and its calendar is neither read nor written to.',
  );
  expect(words).not.toContain('booking mail can’t be read');
  expect(words).toContain('open the invitation link once more');
});

test('another account: both are named, and who decides', () => {
  const outcome = {
    kind: 'other-account',
    expectedEmail: OFFICE.email,
    email: 'dock@x.example',
    emailVerified: true,
    waitingId: '1',
  } as const;
  const words = textOf(outcomePage(outcome, 'callback'));
  expect(words).toContain(`You chose dock@x.example; expected was ${OFFICE.email}.`);
  expect(words).toContain('24 hours');
  expect(textOf(outcomePage(outcome, 'web-app'))).toContain('Whoever invited you can decide');
  const same = textOf(outcomePage({ ...outcome, email: OFFICE.email.toUpperCase() }, 'callback'));
  expect(same).toContain('as another Google account');
});

test('an unverified address: said so, beside another account or alone', () => {
  const outcome = {
    kind: 'other-account',
    email: OFFICE.email,
    emailVerified: false,
    waitingId: '1',
  } as const;
  for (const way of ['callback', 'web-app'] as const) {
    const alone = outcomePage({ ...outcome, expectedEmail: '' }, way);
    expect(alone.title).toBe('Purser: Unverified address');
    expect(textOf(alone)).toContain(`${OFFICE.email} is unverified`);
    expect(textOf(alone)).toContain('within 24 hours');
    expect(textOf(alone)).not.toMatch(/expected|as another/);
  }
  const both = textOf(outcomePage({ ...outcome, expectedEmail: 'dock@x.example' }, 'callback'));
  expect(both).toContain('expected was dock@x.example');
  expect(both).toContain('unverified');
});

test('an invited person is never sent to a menu that they don’t have', () => {
  const outcomes = [
    connected(),
    connected({ missing: scopesOf('send') }),
    { kind: 'declined' } as const,
    {
      kind: 'other-account',
      expectedEmail: 'a@x.example',
      email: 'b@x.example',
      emailVerified: true,
      waitingId: '1',
    } as const,
    notConnected('oauth-refused', 'It is late.'),
    notConnected('oauth-client-missing', 'No client. Choose it.'),
  ];
  for (const outcome of outcomes)
    expect(textOf(outcomePage(outcome, 'web-app'))).not.toMatch(/workbook|menu|24-hour/);
  expect(textOf(outcomePage(notConnected('oauth-client-missing', 'Oh.'), 'web-app'))).toContain(
    'only they can mend it',
  );
});

test('each page’s one link opens a new tab: a bound script’s frame can’t be left otherwise', () => {
  const { html } = invitationPage({
    kind: 'page',
    company: 'Blue Heron Charters',
    by: 'nora@blueheron.example',
    purposes: ['send'],
    email: null,
    url: 'https://accounts.google.com/o/oauth2/v2/auth?a=1&b=2',
  });
  const links = [...html.matchAll(/<a [^>]*>/g)].map(([tag]) => tag);
  expect(links).toEqual([
    '<a class="button" href="https://accounts.google.com/o/oauth2/v2/auth?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">',
  ]);
  expect(html).toContain(
    'nora@blueheron.example of Blue Heron Charters asks you to connect your Google account',
  );
});
