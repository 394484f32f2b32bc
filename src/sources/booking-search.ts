/** Where booking mail is: the Gmail search that finds it, and the list of what it finds. */
import type { Call, Settled } from '../clients/exchange.ts';
import { andThen, done } from '../clients/exchange.ts';
import { listMessages } from '../clients/google/gmail.ts';
import { PurserError } from '../host/errors.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { cut } from '../statement/short-text.ts';

export interface BookingSearchSettings {
  /** A Gmail search; empty: all mail from the agents. */
  readonly bookingMailSearch: string;
  /** Addresses and domains, without quotes, braces and spaces. */
  readonly bookingAgents: readonly string[];
  readonly bookingReachDays: number;
  /** Names the mailbox that is searched, when it is not the built-in one. */
  readonly bookingMailbox?: string;
}

export interface BookingWindow {
  readonly nowMs: number;
  /** All that arrived up to then has been read under this very search; null when nothing has. */
  readonly readThroughMs: number | null;
}

const DAY_MS = 86_400_000;
/** Mail is found some time after it arrives, and a mailbox's clock is not ours. */
const OVERLAP_DAYS = 2;
const PAGE_SIZE = 500;
const MOST_MAILS = 50_000;
/**
 * In the URL, of which UrlFetchApp takes 2 KB (developers.google.com/apps-script/guides/services/quotas); it throws
 * at more, and with it the whole round.
 */
const LONGEST_QUERY = 1500;

/**
 * The search for booking mail, or null when neither a search nor an agent is set. Sent mail, drafts and chats are
 * left out unless the search itself says `in:`. The border is in epoch seconds: a date would be midnight in the
 * Pacific zone (developers.google.com/workspace/gmail/api/guides/filtering).
 */
export function bookingQuery(settings: BookingSearchSettings, window: BookingWindow): string | null {
  const wanted = wantedMail(settings);
  if (wanted === null) return null;
  const reachMs = window.nowMs - settings.bookingReachDays * DAY_MS;
  const readMs = window.readThroughMs === null ? reachMs : window.readThroughMs - OVERLAP_DAYS * DAY_MS;
  return `${wanted} after:${Math.floor(Math.max(reachMs, readMs) / 1000)}`;
}

/** Whether a search or an agent is set. */
export function asksForBookings(settings: BookingSearchSettings): boolean {
  return wantedMail(settings) !== null;
}

/** Names the search without its border: what was read under one search, or in one mailbox, says nothing about another. */
export function searchKey(settings: BookingSearchSettings): string {
  const wanted = wantedMail(settings);
  if (wanted === null) return '';
  const where = settings.bookingMailbox === undefined ? '' : ` in ${settings.bookingMailbox}`;
  return sha256Hex(`${wanted} ${settings.bookingReachDays}${where}`).slice(0, 12);
}

/** Operators: support.google.com/mail/answer/7190 */
function wantedMail({ bookingMailSearch, bookingAgents }: BookingSearchSettings): string | null {
  const search = closed(bookingMailSearch.trim());
  // Brackets alone would find all mail there is.
  if (/[\p{L}\p{N}]/u.test(search)) {
    const saysWhere = /(?:^|[\s({+-])in:/i.test(search.replace(/"[^"]*"/g, ' '));
    return `(${search})${saysWhere ? '' : ` ${NOT_RECEIVED}`}`;
  }
  const senders = bookingAgents.map((agent) => `from:${agent}`).join(' ');
  return senders === '' ? null : `{${senders}} ${NOT_RECEIVED}`;
}

const NOT_RECEIVED = '-in:sent -in:drafts -in:chats';

/** With every bracket and quote closed and none too many, so that what follows is not taken into the search. */
function closed(search: string): string {
  const open: string[] = [];
  let kept = '';
  let quoted = false;
  for (const character of search) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '(' || character === '{')) open.push(character === '(' ? ')' : '}');
    else if (!quoted && (character === ')' || character === '}')) {
      if (open[open.length - 1] !== character) continue;
      open.pop();
    }
    kept += character;
  }
  return `${kept}${quoted ? '"' : ''}${open.reverse().join('')}`;
}

/**
 * The ids of all that the search finds, newest first, each once. Pages follow one another.
 * @returns a Call that fails with `booking-search-too-wide` above 50,000 mails
 */
export function listMail(token: string, query: string): Call<readonly string[]> {
  return listFrom(token, query, null, [], []);
}

function listFrom(
  token: string,
  query: string,
  page: string | null,
  before: readonly string[],
  pages: readonly string[],
): Call<readonly string[]> {
  const list = listMessages(token, query, page, PAGE_SIZE);
  const call = andThen(list, ({ messages, nextPage }): Settled<readonly string[]> => {
    const ids = [...before, ...messages.map(({ id }) => id)];
    if (nextPage === null) return done([...new Set(ids)]);
    if (ids.length >= MOST_MAILS) return { kind: 'failed', error: tooWide(query) };
    if (pages.includes(nextPage)) return { kind: 'failed', error: samePage(query) };
    return { kind: 'next', call: listFrom(token, query, nextPage, ids, [...pages, nextPage]) };
  });
  return {
    ...call,
    name: 'Gmail search for booking mail',
    request: (attempt) => {
      if (encodeURIComponent(query).length > LONGEST_QUERY) throw tooLong(query);
      return call.request(attempt);
    },
  };
}

function tooWide(query: string): PurserError {
  return new PurserError('booking-search-too-wide', {
    what: `The search for booking mail finds more than ${MOST_MAILS.toLocaleString('en-US')} mails (${cut(query, 200)}). None of them was read.`,
    now: 'Narrow the setting “Booking mail search”, for example by a subject, or let “Booking mail reaches back” be fewer days.',
  });
}

function tooLong(query: string): PurserError {
  return new PurserError('settings-invalid', {
    what: `The search for booking mail is too long for Gmail (${cut(query, 200)}). No booking mail was read.`,
    now: 'Shorten the setting “Booking mail search” or “Booking agent”: the domain of an agent stands for all its addresses.',
  });
}

function samePage(query: string): PurserError {
  return new PurserError('reply-malformed', {
    what: `Gmail gave the same page of its list twice (${cut(query, 200)}).`,
    now: 'Try again; if it stays, report it.',
  });
}
