/**
 * The pages that a browser shows while an account is connected: whole documents without script or anything from
 * elsewhere. Links open a new tab: the frame that Apps Script puts around them lets only stand-alone scripts leave it
 * (developers.google.com/apps-script/guides/html/restrictions).
 */
import type { PurserError } from '../host/errors.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import type { Purpose } from './account.ts';
import { PAGE_STYLE } from './callback-style.ts';
import type { ConnectOutcome } from './connect.ts';
import type { Way } from './connect-state.ts';
import type { OpenedInvitation } from './invitations.ts';
import {
  calendarAccessWords,
  mailAccessWords,
  PURPOSE_WORDS,
  unverifiedWords,
  whatFails,
} from './purpose-words.ts';
import { scopeWords } from './scope-words.ts';

export interface Page {
  readonly title: string;
  /** A whole document; text from outside is escaped. */
  readonly html: string;
}

type Mood = 'good' | 'bad' | 'ask';

const SIGNS: Readonly<Record<Mood, string>> = { good: '✓', bad: '!', ask: '?' };

/** @param way the owner came back by `callback`, an invited person by `web-app`: their ways on differ */
export function outcomePage(outcome: ConnectOutcome, way: Way): Page {
  switch (outcome.kind) {
    case 'connected':
      return connectedPage(outcome, way);
    case 'other-account':
      return otherAccountPage(outcome, way);
    case 'declined':
      return page('Not connected', null, [
        text('You did not allow access, so no account was connected. Nothing was changed.'),
        text(`To try again, ${wayOn(way)} Otherwise you can close this tab.`),
      ]);
    case 'not-connected':
      return page('Not connected', 'bad', [text(outcome.error.what), text(nowWords(outcome.error, way))]);
  }
}

/** The pages of an invitation: who asks for what; then, for who goes on, the one link to Google. */
export function invitationPage(opened: OpenedInvitation): Page {
  if (opened.kind === 'gone') {
    return page('Invitation', null, [
      text(opened.why),
      text('Ask whoever sent it to you for a new one. You can close this tab.'),
    ]);
  }
  if (opened.kind === 'begun') {
    return page('Connect your Google account', null, [
      text('Google asks you to choose the account, and shows what is asked for before anything is granted.'),
      button('Continue with Google', opened.url),
      small('The link is good for ten minutes; after that, open the invitation again.'),
    ]);
  }
  const { company, by, purposes, email, url } = opened;
  const account = email === null ? 'your Google account' : email;
  const who = company === '' ? by : `${by} of ${company}`;
  return page('Connect your Google account', null, [
    text(`${who} asks you to connect ${account} to Purser, which makes monthly revenue statements.`),
    text('With it, Purser will:'),
    list(purposes.map((purpose) => PURPOSE_WORDS[purpose])),
    ...aboutAccess(purposes),
    text('Google shows you what is asked for before anything is granted. Go on only if you know who asks.'),
    button('Go on', url),
    small('You can end the access at any time at myaccount.google.com/permissions.'),
  ]);
}

/** Whoever opens the web app without a link of ours. */
export function nothingHerePage(): Page {
  return page('Nothing here', null, [
    text('This page only works with an invitation link. Open the whole link that you were sent.'),
  ]);
}

function connectedPage(outcome: Extract<ConnectOutcome, { kind: 'connected' }>, way: Way): Page {
  const { account, again, missing } = outcome;
  const { email, name, purposes } = account;
  const who = name === '' || name === email ? email : `${name} (${email})`;
  const connected = text(again ? `${who} is connected again.` : `${who} is connected.`);
  if (missing.length > 0) {
    return page('Connected in part', 'bad', [
      connected,
      text('Not everything was allowed. Purser may not:'),
      list(missing.map(scopeWords)),
      text(`So ${listed(whatFails(purposes, missing))}.`),
      text(`To change that, ${wayOn(way)} Leave every box ticked that Google shows.`),
    ]);
  }
  const may =
    purposes.length === 0
      ? []
      : [
          text('Purser may:'),
          list(purposes.map((purpose) => PURPOSE_WORDS[purpose])),
          ...aboutAccess(purposes),
        ];
  const next =
    way === 'callback'
      ? 'You can close this tab, go back to the workbook and choose Check again in Connected accounts.'
      : 'There is nothing more to do; you can close this tab.';
  return page('Connected', 'good', [connected, ...may, text(next)]);
}

function otherAccountPage(
  { email, expectedEmail, emailVerified }: Extract<ConnectOutcome, { kind: 'other-account' }>,
  way: Way,
): Page {
  const isSameAddress = email.toLowerCase() === expectedEmail.toLowerCase();
  const what = isSameAddress
    ? `${email} is connected already, but as another Google account: the address was given to somebody else, or made anew.`
    : `You chose ${email}; expected was ${expectedEmail}.`;
  const unverified = emailVerified ? [] : [text(unverifiedWords(email))];
  const about = expectedEmail === '' ? unverified : [text(what), ...unverified];
  const title = expectedEmail === '' ? 'Unverified address' : 'Another account';
  const kept = text('Nothing that was there before has been changed.');
  if (way === 'callback') {
    const decide =
      'In the workbook, open Connected accounts… in the menu Purser, and decide there within 24 hours: keep this account as well, or discard it. You can close this tab.';
    return page(title, 'ask', [...about, kept, text(decide)]);
  }
  const asked = `Whoever invited you can decide within 24 hours whether ${email} is right. You can close this tab.`;
  const other = `If you meant the other account, open the invitation once more and choose ${expectedEmail}.`;
  return page(title, 'ask', [
    ...about,
    kept,
    text(asked),
    ...(isSameAddress || expectedEmail === '' ? [] : [text(other)]),
  ]);
}

/** What is set wrongly only the owner can mend; an invited person has no menu “Purser”. */
function nowWords(error: PurserError, way: Way): string {
  if (way === 'web-app' && error.kind === 'setup') {
    return 'Tell whoever invited you what this page says: only they can mend it. You can close this tab.';
  }
  return `${error.now} For that, ${wayOn(way)}`;
}

function wayOn(way: Way): string {
  return way === 'callback'
    ? 'close this tab, go back to the workbook and open Connected accounts… in the menu Purser.'
    : 'open the invitation link once more.';
}

function aboutAccess(purposes: readonly Purpose[]): readonly string[] {
  return [mailAccessWords(purposes), calendarAccessWords(purposes)].flatMap((words) =>
    words === null ? [] : [text(words)],
  );
}

function listed(parts: readonly string[]): string {
  const [last = '', ...before] = [...parts].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

function page(title: string, mood: Mood | null, blocks: readonly string[]): Page {
  const html = [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>Purser: ${escapeHtml(title)}</title>`,
    `<style>${PAGE_STYLE}</style></head>`,
    '<body><main>',
    '<p class="brand">Purser</p>',
    `<h1>${mood === null ? '' : sign(mood)}${escapeHtml(title)}</h1>`,
    ...blocks,
    '</main></body></html>',
  ].join('\n');
  return { title: `Purser: ${title}`, html };
}

function sign(mood: Mood): string {
  return `<span class="sign ${mood}" aria-hidden="true">${SIGNS[mood]}</span>`;
}

function text(words: string): string {
  return `<p>${escapeHtml(words)}</p>`;
}

function small(words: string): string {
  return `<p class="small">${escapeHtml(words)}</p>`;
}

function button(words: string, url: string): string {
  return `<p><a class="button" href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${escapeHtml(words)}</a></p>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}
