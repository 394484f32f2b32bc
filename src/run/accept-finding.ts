/** A person accepts findings: rows for the tab `Purser accepted`, and a line for the log. */
import { exchange, send } from '../clients/exchange.ts';
import { appendValues, getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { FindingKey } from '../statement/accepted.ts';
import { canBeAccepted, isSameFinding } from '../statement/accepted.ts';
import { FINDING_CODES } from '../statement/findings.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { isMonth, monthLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { acceptedCells, acceptedRange, readAccepted } from '../workbook/accepted-tab.ts';
import { OWN_TAB_TITLES } from '../workbook/tabs.ts';
import { ensureTabs } from './open-workbook.ts';
import { attemptKey } from './run-record.ts';
import type { LogEntry } from './write-log.ts';
import { logCall, logNotWritten, startedBy } from './write-log.ts';

export interface AcceptRequest extends FindingKey {
  readonly month: Month;
  readonly reason: string;
  /** The name that the audit shows. */
  readonly who: string;
  /** How many findings that read the very same were accepted when the person looked; 0 unless given. */
  readonly before?: number;
}

export interface AcceptResult {
  readonly added: readonly AcceptRequest[];
  /** Somebody had accepted them meanwhile. */
  readonly there: readonly AcceptRequest[];
}

/** @throws PurserError `acceptance-refused`, or Google's */
export function acceptFinding(host: Host, request: AcceptRequest): AcceptResult {
  return acceptAll(host, [request]);
}

/**
 * All rows in one request, or none. Not repeated after an unclear answer: a row too many could accept a second finding.
 * @throws PurserError `acceptance-refused` when one has no reason or name, or can't be accepted; or Google's
 */
export function acceptAll(host: Host, asked: readonly AcceptRequest[]): AcceptResult {
  const requests = asked.map((one) => ({ ...one, reason: one.reason.trim(), who: one.who.trim() }));
  for (const request of requests) check(request);
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { own, timeZone } = ensureTabs(host, access, {});
  const title = own.accepted?.title ?? OWN_TAB_TITLES.accepted;
  const [values = []] = send(host, getValues(access, [quotedTitle(title)], 'UNFORMATTED_VALUE'));
  const rows = readAccepted(title, values).accepted;
  const isThere = (request: AcceptRequest): boolean =>
    rows.filter((row) => row.month === request.month && isSameFinding(row, request)).length >
    (request.before ?? 0);
  const there = requests.filter(isThere);
  const added = requests.filter((request) => !isThere(request));
  if (added.length === 0) return { added, there };
  const on = host.localTime(host.now(), timeZone || host.workbookTimeZone()).date;
  const cells = added.map((request) => acceptedCells({ ...request, on }));
  send(host, appendValues(access, 'Accept findings', acceptedRange(title), cells, false));
  if (own.log !== undefined) {
    const { log } = exchange(host, {
      log: logCall(host, { access, tab: own.log, timeZone }, logEntries(host, added)),
    });
    if (log?.ok === false) logNotWritten(host, log.error);
  }
  // What held the month may be gone: the clock looks at it with its next tick, though it has looked today.
  const tried = new Set(added.map(({ month }) => attemptKey(month)));
  host.properties('document').write(Object.fromEntries([...tried].map((key) => [key, ''])));
  return { added, there };
}

function logEntries(host: Host, added: readonly AcceptRequest[]): LogEntry[] {
  return added.map(({ month, code, about, reason, who }) => ({
    atMs: host.now(),
    who: startedBy(host),
    words: `${monthLabel(month)}: ${code}${about === null ? '' : ` of ${cut(about)}`} is accepted by ${cut(who)}: ${cut(reason, 400)}`,
  }));
}

function check(request: AcceptRequest): void {
  const { month, code, reason, who } = request;
  if (!isMonth(month)) throw refused(`“${cut(month, 40)}” is not a month.`, 'Enter a month such as 2026-05.');
  if (!FINDING_CODES.includes(code) || !canBeAccepted(request)) {
    throw refused(
      `Nobody can accept a finding of the kind ${cut(code)}.`,
      'Put right what it says, and run again.',
    );
  }
  if (reason === '')
    throw refused(`No reason is given for ${code}.`, 'Say why it may stand; the audit keeps the reason.');
  if (who === '') throw refused(`Nobody is named who accepts ${code}.`, 'Enter a name.');
}

function refused(what: string, now: string): PurserError {
  return new PurserError('acceptance-refused', { what: `${what} Nothing was accepted.`, now });
}
