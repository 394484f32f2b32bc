/** The run's row in the register. */
import type { Call, Outcome } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import type { SheetValues } from '../clients/google/sheets.ts';
import { getValues, putValues } from '../clients/google/sheets.ts';
import { markRecorded } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { addressesOf } from '../delivery/outbox-record.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Statement } from '../statement/statement.ts';
import type { RegisterEntry, RegisterRow, RegisterStatus } from '../workbook/register.ts';
import { findingsSummary, readRegister, registerWrites, saysSent } from '../workbook/register.ts';
import { OWN_TAB_TITLES } from '../workbook/tabs.ts';
import type { Collected } from './collect.ts';
import { runWords } from './log-words.ts';
import { sentUrl } from './make-report.ts';
import { ensureTabs } from './open-workbook.ts';
import { protectLate, protectPosted } from './protect-sent.ts';
import type { LogPlace } from './write-log.ts';
import { logCall, logEntryOf, logNotWritten, startedBy, unsaid } from './write-log.ts';

/**
 * A register that can't be written must not change how the run ended. A row that says `sent` is never lowered: it is a
 * witness that outlives the outbox record.
 * @param beside what else goes out in that round, once the row is known
 * @returns what became of that, by its keys; a failure is logged
 */
export function registerQuietly(
  host: Host,
  collected: Collected,
  status: RegisterStatus,
  record: OutboxRecord | null,
  beside: (entry: RegisterEntry) => Readonly<Record<string, Call<DriveFile>>> = () => ({}),
): Readonly<Record<string, Outcome<DriveFile>>> {
  let others: Readonly<Record<string, Outcome<DriveFile>>> = {};
  try {
    if (status !== 'sent' && rowsOf(collected).some(saysSent)) return others;
    const { timeZone } = collected.workbook.settings;
    const { statement } = collected.calculation;
    const sent = record?.statement;
    const entry: RegisterEntry = {
      status,
      findings: findingsSummary(collected.calculation.findings),
      // What went out before is written as it went out.
      statement:
        record === null || sent === undefined
          ? statement
          : {
              ...statement,
              totals: { ...statement.totals, ...sent.totals },
              fingerprint: sent.fingerprint,
              asOf: asOfSent(host, statement, record, timeZone),
            },
      figuresKnown: record === null || sent !== undefined,
      sentAt: status === 'sent' && record !== null ? sentMinute(host, record, timeZone) : '',
      to: record === null ? '' : record.recipients.map(({ address }) => address).join(', '),
      fileUrl: record?.statement?.fileUrl ?? '',
      messageUrl: record === null ? '' : (sentUrl(record) ?? ''),
    };
    const { access, registerTab, registerValues } = collected.workbook;
    const writes = registerWrites(registerTab.title, registerValues, entry);
    const line = logLine(host, collected, status, record);
    const {
      register,
      log,
      protected: tab,
      ...rest
    } = exchange(host, {
      ...beside(entry),
      register: putValues(access, 'Write the register', writes),
      protected: status === 'sent' ? protectPosted(collected) : undefined,
      log: line.call,
    });
    others = rest;
    if (log?.ok === true) line.remember();
    else if (log !== undefined) logNotWritten(host, log.error);
    for (const [key, outcome] of Object.entries({ ...others, protection: tab })) {
      if (outcome?.ok === false) host.log({ event: 'not-kept', what: key, code: outcome.error.code });
    }
    valueOrThrow(register);
    if (status === 'sent' && record !== null) markRecorded(host, record);
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
  return others;
}

/** When data were read is known of the very same figures only, and of a mail that came after; empty otherwise. */
function asOfSent(
  host: Host,
  { fingerprint, asOf }: Statement,
  { statement: sent, attemptedAt, sentAt, changedAt }: OutboxRecord,
  timeZone: string,
): string {
  const mailed = localMinute(host, attemptedAt ?? sentAt ?? changedAt, timeZone);
  return sent?.fingerprint === fingerprint && mailed >= asOf ? asOf : '';
}

/** When the mail went out, whenever it was found; empty for one of which only a person says that it did. */
function sentMinute(host: Host, record: OutboxRecord, timeZone: string): string {
  const { sentAt, changedAt, settledBy, attemptedAt } = record;
  if (settledBy !== undefined && attemptedAt === undefined) return '';
  return localMinute(host, sentAt ?? changedAt, timeZone);
}

/** `2026-06-01 06:00` */
function localMinute(host: Host, moment: string, timeZone: string): string {
  const { date, time } = host.localTime(Date.parse(moment), timeZone);
  return `${date} ${time}`;
}

interface LogLine {
  readonly call: Call<unknown> | undefined;
  readonly remember: () => void;
}

const NO_LINE: LogLine = { call: undefined, remember: () => undefined };

/** The line of how the run ended. Why a mail was refused, the entry point knows: it writes that line (`logRun`). */
function logLine(
  host: Host,
  { calculation, recipients, workbook }: Collected,
  status: RegisterStatus,
  record: OutboxRecord | null,
): LogLine {
  if (status === 'failed' || status === 'queued') return NO_LINE;
  const { statement, findings } = calculation;
  const { month, version, code } = statement;
  const of = (field: 'to' | 'cc'): readonly string[] =>
    record === null ? recipients[field].map(({ address }) => address) : addressesOf(record, field);
  const run = { month, version, status, alreadySent: false, statementCode: code, findings, error: null };
  const { access, own, tabs } = workbook;
  try {
    const news = unsaid(host, [logEntryOf(host, { ...run, to: of('to'), cc: of('cc') })]);
    const place = { access, tab: own.log, timeZone: tabs.timeZone };
    return { call: logCall(host, place, news.entries), remember: news.remember };
  } catch (thrown) {
    logNotWritten(host, thrown);
    return NO_LINE;
  }
}

/** The month's rows in the register; a person may have typed one besides. */
export function rowsOf({ workbook, calculation }: Collected): readonly RegisterRow[] {
  const { month, version } = calculation.statement;
  return workbook.register.filter((row) => row.month === month && row.version === version);
}

/** The row, and the line in the log, that a run owes which sent the statement and died: as the outbox record knows it. */
export function recordLate(host: Host, record: OutboxRecord): void {
  const sent = record.statement;
  if (record.recordedAt !== undefined || sent === undefined) return;
  try {
    const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
    const tabs = ensureTabs(host, access, {});
    const title = tabs.own.register?.title ?? OWN_TAB_TITLES.register;
    const { log: logTab } = tabs.own;
    const titles = [title, ...(logTab === undefined ? [] : [logTab.title])].map(quotedTitle);
    const [values = [], logged = []] = send(host, getValues(access, titles, 'UNFORMATTED_VALUE'));
    const there = readRegister(values).find(
      ({ month, version }) => month === sent.month && version === sent.version,
    );
    let register: Call<unknown> | undefined;
    const sentAt = sentMinute(host, record, host.workbookTimeZone());
    if (there === undefined || !saysSent(there)) {
      const writes = registerWrites(title, values, {
        statement: { ...sent, asOf: '' },
        status: 'sent',
        sentAt,
        to: record.recipients.map(({ address }) => address).join(', '),
        fileUrl: sent.fileUrl,
        messageUrl: sentUrl(record) ?? '',
        findings: '',
      });
      register = putValues(access, 'Write the register', writes);
    }
    const place = logTab && { access, tab: logTab, timeZone: tabs.timeZone };
    const line = place && lateLine(host, place, logged, record, sent, sentAt);
    const protect = protectLate(access, tabs, sent, host.userEmail());
    const { log, ...done } = exchange(host, { register, protect, log: line });
    if (log?.ok === false) logNotWritten(host, log.error);
    if (done.register !== undefined) valueOrThrow(done.register);
    markRecorded(host, record);
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
}

/** The line that such a run owes the log too; undefined when it stands there. */
function lateLine(
  host: Host,
  place: LogPlace,
  logged: SheetValues,
  record: OutboxRecord,
  { month, version, code }: NonNullable<OutboxRecord['statement']>,
  sentAt: string,
): Call<unknown> | undefined {
  const said = runWords({
    month,
    version,
    status: 'sent',
    alreadySent: false,
    statementCode: code,
    findings: [],
    error: null,
    to: addressesOf(record, 'to'),
    cc: addressesOf(record, 'cc'),
  });
  // A register that could not be written does not keep the line from being written.
  const start = said.slice(0, 100);
  if (logged.some((row) => row.some((cell) => String(cell).startsWith(start)))) return undefined;
  const words = `${said} It went out at ${sentAt}; the run that sent it ended before it had written that down.`;
  return logCall(host, place, [{ atMs: host.now(), who: startedBy(host), words }]);
}
