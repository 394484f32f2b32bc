/** The run's row in the register. */
import type { Call, Outcome } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { getValues, putValues } from '../clients/google/sheets.ts';
import type { OutboxRecord } from '../delivery/outbox.ts';
import { markRecorded } from '../delivery/outbox.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { RegisterEntry, RegisterRow, RegisterStatus } from '../workbook/register.ts';
import { findingsSummary, readRegister, registerWrite, saysSent } from '../workbook/register.ts';
import { OWN_TAB_TITLES } from '../workbook/tabs.ts';
import type { Collected } from './collect.ts';
import { sentUrl } from './make-report.ts';
import { ensureTabs } from './open-workbook.ts';

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
    const local = host.localTime(host.now(), collected.workbook.settings.timeZone);
    const { statement } = collected.calculation;
    const sent = record?.statement;
    const entry: RegisterEntry = {
      status,
      findings: findingsSummary(collected.calculation.findings),
      // What went out before is written as it went out.
      statement:
        sent === undefined
          ? statement
          : {
              ...statement,
              totals: { ...statement.totals, ...sent.totals },
              fingerprint: sent.fingerprint,
              // Of other figures than today's nobody knows when they were read.
              asOf: sent.fingerprint === statement.fingerprint ? statement.asOf : '',
            },
      figuresKnown: record === null || sent !== undefined,
      sentAt: status === 'sent' ? `${local.date} ${local.time}` : '',
      to: record === null ? '' : [...record.to, ...record.cc].join(', '),
      fileUrl: record?.statement?.fileUrl ?? '',
      messageUrl: record === null ? '' : (sentUrl(record) ?? ''),
    };
    const { access, registerTab, registerValues } = collected.workbook;
    const write = registerWrite(registerTab.title, registerValues, entry);
    const { register, ...rest } = exchange(host, {
      ...beside(entry),
      register: putValues(access, 'Write the register', [write]),
    });
    others = rest;
    for (const [key, outcome] of Object.entries(others)) {
      if (!outcome.ok) host.log({ event: 'not-kept', what: key, code: outcome.error.code });
    }
    valueOrThrow(register);
    if (status === 'sent' && record !== null) markRecorded(host, record);
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
  return others;
}

/** The month's rows in the register; a person may have typed one besides. */
export function rowsOf({ workbook, calculation }: Collected): readonly RegisterRow[] {
  const { month, version } = calculation.statement;
  return workbook.register.filter((row) => row.month === month && row.version === version);
}

/** The row that a run owes which sent the statement and died, or could not write: as the outbox record knows it. */
export function recordLate(host: Host, record: OutboxRecord): void {
  const sent = record.statement;
  if (record.recordedAt !== undefined || sent === undefined) return;
  try {
    const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
    const title = ensureTabs(host, access, {}).own.register?.title ?? OWN_TAB_TITLES.register;
    const [values = []] = send(host, getValues(access, [quotedTitle(title)], 'UNFORMATTED_VALUE'));
    const there = readRegister(values).find(
      ({ month, version }) => month === sent.month && version === sent.version,
    );
    if (there?.status !== 'sent') {
      const local = host.localTime(Date.parse(record.changedAt), host.workbookTimeZone());
      const write = registerWrite(title, values, {
        statement: { ...sent, asOf: '' },
        status: 'sent',
        sentAt: `${local.date} ${local.time}`,
        to: [...record.to, ...record.cc].join(', '),
        fileUrl: sent.fileUrl,
        messageUrl: sentUrl(record) ?? '',
        findings: '',
      });
      send(host, putValues(access, 'Write the register', [write]));
    }
    markRecorded(host, record);
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
}
