/** Lines for the tab `Purser log`: beside another write where there is one, alone where there is none. */
import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { send } from '../clients/exchange.ts';
import type { SheetsAccess } from '../clients/google/sheets.ts';
import { batchUpdate, getTabs } from '../clients/google/sheets.ts';
import type { ErrorCode } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { logRequests } from '../workbook/log-tab.ts';
import type { Tab } from '../workbook/tabs.ts';
import { readTabs } from '../workbook/tabs.ts';
import type { RunEnd } from './log-words.ts';
import { runWords, sameTrouble } from './log-words.ts';
import { ensureTabs } from './open-workbook.ts';

export interface LogEntry {
  readonly atMs: number;
  /** An e-mail address, or `BY_THE_CLOCK`. */
  readonly who: string;
  readonly words: string;
  /** What it is about, when it may happen every hour: of one such text and person a day has one line. */
  readonly once?: string;
}

/** Where a log line stands: a tab of the workbook, and the workbook's own zone. */
export interface LogPlace {
  readonly access: SheetsAccess;
  readonly tab: Pick<Tab, 'sheetId'>;
  /** Empty: the host says. */
  readonly timeZone: string;
}

export const BY_THE_CLOCK = 'Purser, by the clock';

/** Who started this execution. */
export function startedBy(host: Host): string {
  return host.ui() === null ? BY_THE_CLOCK : host.userEmail() || 'Somebody';
}

/** How a run ended. A statement goes out once; anything else may come again with the next tick. */
export function logEntryOf(host: Host, run: RunEnd): LogEntry {
  const entry = { atMs: host.now(), who: startedBy(host), words: runWords(run) };
  return run.status === 'sent' && !run.alreadySent ? entry : { ...entry, once: sameTrouble(run) };
}

/** To ride along in an exchange; undefined for no entries. */
export function logCall(
  host: Host,
  { access, tab, timeZone }: LogPlace,
  entries: readonly LogEntry[],
): Call<unknown> | undefined {
  if (entries.length === 0) return undefined;
  const zone = timeZone || host.workbookTimeZone();
  const rows = entries.map(({ atMs, who, words }) => {
    const { date, time } = host.localTime(atMs, zone);
    return { when: `${date} ${time}`, who, words };
  });
  return batchUpdate(access, 'Write the log', logRequests(tab, rows));
}

/** A person may be waiting, and a trigger has more to do. */
const PATIENCE_MS = 20_000;

/**
 * Two rounds, none when all was said today. A workbook that Purser was never set up in is left alone; one that lost the
 * tab gets it anew. Never throws: what can't be written goes to the platform's log.
 */
export function writeLog(host: Host, entries: readonly LogEntry[]): void {
  try {
    const news = unsaid(host, entries);
    if (news.entries.length === 0) return;
    const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
    const options: ExchangeOptions = { deadlineMs: host.now() + PATIENCE_MS, attempts: 2 };
    const listed = readTabs(send(host, getTabs(access), options));
    if (listed.own.settings === undefined) return;
    const { own, timeZone } = listed.own.log === undefined ? ensureTabs(host, access, options) : listed;
    if (own.log === undefined) return;
    const call = logCall(host, { access, tab: own.log, timeZone }, news.entries);
    if (call === undefined) return;
    send(host, call, options);
    news.remember();
  } catch (thrown) {
    logNotWritten(host, thrown);
  }
}

export function logNotWritten(host: Host, thrown: unknown): void {
  host.log({ event: 'log-not-written', code: asPurserError(thrown).code });
}

/** Nothing came of it, and whoever asked has been told. */
const NO_NEWS = new Set<string>([
  'lock-busy',
  'month-invalid',
  'month-not-over',
  'not-trigger-owner',
  'run-in-progress',
] satisfies ErrorCode[]);

/** The line of a run that may have written none itself: one that failed early, or was cut off. */
export function logRun(host: Host, report: RunEnd): void {
  if (report.status !== 'sent' && !NO_NEWS.has(report.error?.code ?? '')) {
    writeLog(host, [logEntryOf(host, report)]);
  }
}

const SAID_TODAY = 'log.said';
/** A day has few kinds of trouble; a property holds 9 KB. */
const MOST_SAID = 100;

/**
 * The entries that are news. Only those with `once` cost a call, so that a clean month has none.
 * @returns `remember`: to be called once they are written; never throws
 */
export function unsaid(
  host: Host,
  entries: readonly LogEntry[],
): { readonly entries: readonly LogEntry[]; readonly remember: () => void } {
  if (entries.every(({ once }) => once === undefined)) return { entries, remember: () => undefined };
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  const said = saidOn(today, host.properties('document').read(SAID_TODAY) ?? '');
  const known = new Set(said);
  const news = entries.filter((entry) => {
    const mark = markOf(entry);
    if (mark === null) return true;
    if (known.has(mark)) return false;
    known.add(mark);
    return true;
  });
  return {
    entries: news,
    remember: () => {
      if (known.size === said.length) return;
      try {
        const kept = [today, ...[...known].slice(-MOST_SAID)].join(' ');
        host.properties('document').write({ [SAID_TODAY]: kept });
      } catch (thrown) {
        logNotWritten(host, thrown);
      }
    },
  };
}

function saidOn(today: string, kept: string): string[] {
  const [day, ...marks] = kept.split(' ');
  return day === today ? marks : [];
}

function markOf({ who, once }: LogEntry): string | null {
  return once === undefined ? null : sha256Hex(`${who}\n${once}`).slice(0, 10);
}
