/** The daily look at months that were sent: a change at the source is written into the register and told, once. */
import { send } from '../clients/exchange.ts';
import { sendNotice } from '../delivery/notice.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import type { ErrorCode, PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { IsoDate } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { currentSettings } from './current-settings.ts';
import { lookAgain } from './look-again.ts';
import { noteLook } from './note-look.ts';
import type { WatchState } from './watch-state.ts';
import { changeWatch, dueMonths, sentMonths, watchedDays, watchedDaysEntry } from './watch-state.ts';
import { BY_THE_CLOCK, writeLog } from './write-log.ts';

export interface SentWatch {
  /** Of the document. */
  readonly properties: Readonly<Record<string, string>>;
  /** In the workbook’s zone. */
  readonly today: IsoDate;
  /** No request starts after it: milliseconds since 1970 UTC. */
  readonly deadlineMs: number;
  readonly owner: string;
}

const DEFAULT_DAYS = 400;
const DAY_MS = 86_400_000;
/** What a look takes on a slow day. */
const NEEDED_MS = 60_000;

/** What no later look mends by itself: without its evidence a month is left alone. */
const EVIDENCE_GONE: ReadonlySet<ErrorCode> = new Set([
  'evidence-differs',
  'evidence-not-reproduced',
  'evidence-unreadable',
  'google-not-found',
]);

/**
 * Looks at one sent month, or at two when the day would be too short for all; each once a day. Never throws: what passes
 * by itself, or what there is no time for, is tried again with the next tick. Without a sent month, and once all are
 * looked at, there is no call to the host but the clock’s.
 */
export function watchSentMonths(host: Host, watch: SentWatch): void {
  try {
    const months = sentMonths(watch.properties);
    if (months.length === 0 || watch.deadlineMs - host.now() < NEEDED_MS) return;
    const days = daysToWatch(host, watch);
    const nowMs = host.now();
    const hour = Number(host.localTime(nowMs, host.workbookTimeZone()).time.slice(0, 2));
    const due = dueMonths(watch.properties, { today: watch.today, hour, nowMs }, days);
    for (const record of due) {
      if (watch.deadlineMs - host.now() < NEEDED_MS) return;
      lookAt(host, watch, record);
    }
  } catch (thrown) {
    host.log({ event: 'sent-months-not-watched', code: asPurserError(thrown).code });
  }
}

/** The setting is read once a day; one that can’t be read leaves it at what it was. */
function daysToWatch(host: Host, { properties, today }: SentWatch): number {
  const { days, isFresh } = watchedDays(properties, today);
  if (isFresh && days !== null) return days;
  const now = settingNow(host) ?? days ?? DEFAULT_DAYS;
  host.properties('document').write(watchedDaysEntry(today, now));
  return now;
}

function settingNow(host: Host): number | null {
  try {
    return currentSettings(host)?.watchSentDays ?? null;
  } catch (thrown) {
    const { code } = asPurserError(thrown);
    if (code !== 'settings-invalid') throw thrown;
    // The month’s run and the daily mail tell of settings that are not right.
    host.log({ event: 'settings-unread', code });
    return null;
  }
}

function lookAt(host: Host, watch: SentWatch, record: SentRecord): void {
  const { month, version } = record.statement;
  try {
    const look = lookAgain(host, record, { deadlineMs: watch.deadlineMs });
    const { before, after, cell } = noteLook(host, look);
    host.log({ event: 'sent-month-looked-at', month, version, changed: after.open !== null });
    if (cell !== null) send(host, cell, { deadlineMs: watch.deadlineMs });
    const told = tellOfChange(host, watch, record, before, after);
    changeWatch(host, month, version, (state) => ({ ...state, lookedOn: watch.today, told }));
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'sent-month-not-looked-at', month, version, code: error.code });
    noteFailure(host, watch, record, error);
  }
}

/** @returns the hash of the open change, of which the owner has heard now or before */
function tellOfChange(
  host: Host,
  watch: SentWatch,
  { statement: { month, code } }: SentRecord,
  before: WatchState,
  after: WatchState,
): string | null {
  const label = monthLabel(month);
  if (after.open === null) {
    if (before.open === null || before.told !== before.open.hash) return null;
    tell(host, watch, `${month}.${before.open.hash}.undone`, {
      subject: `Purser: ${label} is again as it was sent`,
      words: [
        `The change to ${label} (${before.open.summary}) was undone at the source: the ledger comes to ${code} again. There is nothing to be decided any more.`,
      ],
    });
    return null;
  }
  const { summary, lines, hash } = after.open;
  if (hash === before.told) return hash;
  tell(host, watch, `${month}.${hash}`, {
    subject: `Purser: ${label} has changed since it was sent`,
    words: [
      `${label} was sent as ${code}. Calculated again today, with the settings and rates that it was sent with, it comes to something else: ${summary}.`,
      ...lines,
      'Nothing was changed in the workbook’s figures, and nothing was sent. Choose Purser › Changes after sending… to send a corrected statement, or to carry the difference into the next month. To do neither, leave it there with a reason. Until then the next statement waits for a person.',
    ],
  });
  return hash;
}

function noteFailure(host: Host, watch: SentWatch, record: SentRecord, error: PurserError): void {
  const { month, version } = record.statement;
  const nowMs = host.now();
  const note = (change: Partial<WatchState>): WatchState =>
    changeWatch(host, month, version, (state) => ({
      ...state,
      triedMs: nowMs,
      silentSinceMs: state.silentSinceMs ?? nowMs,
      ...change,
    }));
  const { trouble, silentSinceMs } = note({});
  const isGone = EVIDENCE_GONE.has(error.code);
  if (isGone || isLasting(error)) {
    // The hourly look at AWS tells of what AWS refuses altogether.
    if (!error.code.startsWith('aws-') && trouble !== error.code) {
      tellOfNoVerdict(host, watch, record, error, isGone ? 'left-alone' : 'daily');
    }
    note({ lookedOn: watch.today, isLeftAlone: isGone, trouble: error.code });
    return;
  }
  const isSilent = nowMs - (silentSinceMs ?? nowMs) >= DAY_MS && trouble === null;
  const due = error.data.finding === 'regions-differ' ? 'regions-differ' : isSilent ? 'no-verdict' : trouble;
  if (due === null || due === trouble) return;
  tellOfNoVerdict(host, watch, record, error, 'hourly');
  note({ trouble: due });
}

/** A day is enough for what a service or a person has refused. That settings are not right is told by others, daily. */
function isLasting({ code, kind }: PurserError): boolean {
  return code !== 'settings-invalid' && (kind === 'setup' || kind === 'refused' || kind === 'bug');
}

const FROM_NOW_ON = {
  'left-alone':
    'Purser leaves this month alone now. When that is mended, choose Purser › Changes after sending… to look again.',
  daily: 'Purser tries again every day, and says no more of it.',
  hourly:
    'Purser tries again every hour, and says no more of it. Until it is mended a refund that is booked now, say, goes unnoticed. Other months that were sent may be in the same case.',
} as const;

/** What keeps several months from a verdict by the same words is told once that day. */
function tellOfNoVerdict(
  host: Host,
  watch: SentWatch,
  { statement: { month, code } }: SentRecord,
  error: PurserError,
  then: keyof typeof FROM_NOW_ON,
): void {
  const cause = then === 'hourly' ? `no-verdict.${error.data.about ?? error.code}` : `${month}.${error.code}`;
  tell(host, watch, cause, {
    subject: `Purser: whether ${monthLabel(month)} has changed can’t be told`,
    words: [
      `Purser looks once a day whether a month that was sent (${code}) has changed at the source. It can’t: ${error.message}`,
      FROM_NOW_ON[then],
    ],
  });
}

/** Before it is written down: an execution that ends in between tells it again, and the outbox knows it is told. */
function tell(
  host: Host,
  { owner, today }: SentWatch,
  what: string,
  notice: { readonly subject: string; readonly words: readonly string[] },
): void {
  const url = `https://docs.google.com/spreadsheets/d/${host.workbookId()}/edit`;
  const link = { label: 'Open the workbook', url };
  const { kind } = sendNotice(host, { cause: `changed.${what}`, owner, day: today, ...notice, link });
  if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'changed', result: kind });
  writeLog(host, [{ atMs: host.now(), who: BY_THE_CLOCK, words: notice.words[0] ?? notice.subject }]);
}
