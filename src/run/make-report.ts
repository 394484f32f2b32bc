/** Reports of a run, made from what it knows at each end. */
import { base64 } from '../delivery/base64.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { addressesOf, versionOf } from '../delivery/outbox-record.ts';
import { statementWords } from '../delivery/statement-message.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Json } from '../statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { mailUrl } from '../statement/mail-url.ts';
import type { Month } from '../statement/month.ts';
import { statementFileName } from '../statement/names.ts';
import { findingMark, openFindings } from './approval-parts.ts';
import type { Collected } from './collect.ts';
import type { RunError, RunReport } from './report.ts';
import { emptyReport } from './report.ts';
import { correctionMail } from './superseded.ts';
import { menuItemOf } from './words.ts';

export function readyReport(collected: Collected, bytes: Uint8Array | null): RunReport {
  const { calculation, workbook, sender, recipients, subject, correction } = collected;
  const { statement, findings } = calculation;
  const { month, version, code, company } = statement;
  return {
    ...emptyReport(month),
    status: 'ready',
    version,
    statementCode: code,
    fingerprint: statement.fingerprint,
    company,
    currency: statement.currency,
    asOf: statement.asOf,
    totals: statement.totals,
    lines: statement.lines,
    findings,
    from: sender.account === null ? null : { address: sender.account, why: sender.why },
    to: recipients.to.map(({ address }) => address),
    cc: recipients.cc.map(({ address }) => address),
    subject,
    tabTitle: workbook.monthTitle,
    fileName: statementFileName(workbook.settings.fileName, { month, company, code, version }),
    correction:
      correction === null
        ? null
        : {
            code: correction.supersedes.code,
            sentOn: correction.sentOn,
            differences: correction.differences,
          },
    sha256: bytes === null ? null : sha256Hex(bytes),
    xlsxBase64: bytes === null ? null : base64(bytes, 0),
  };
}

/** The report with the mail as its recipients will read it. */
export function withMail(report: RunReport, collected: Collected): RunReport {
  const { calculation, correction, lastRecipients = null } = collected;
  const { text } = statementWords(
    { statement: calculation.statement, ...correctionMail(correction) },
    report.fileName,
  );
  const seal = sealOf(report, text, collected);
  return { ...report, mail: { text, last: lastRecipients, seal } };
}

/** All that a person looks at beside the file. */
function sealOf({ to, cc, subject, fileName }: RunReport, text: string, collected: Collected): string {
  const { sender, self, workbook } = collected;
  const from = [
    sender.transport,
    sender.account ?? self,
    workbook.settings.replyTo.map(({ address }) => address),
  ];
  const open = openFindings(collected).map(findingMark);
  const looked: Json = [from, [...to], [...cc], subject, fileName, text, open];
  return sha256Hex(canonicalJson(looked)).slice(0, 16);
}

export function sentBefore(month: Month, record: OutboxRecord): RunReport {
  const sent = record.statement;
  const zero = {
    grossCents: 0,
    compsCents: 0,
    discountsCents: 0,
    refundsCents: 0,
    forfeitedCents: 0,
    taxCents: 0,
    feesCents: 0,
    gratuityCents: 0,
  };
  return {
    ...emptyReport(month),
    status: 'sent',
    alreadySent: true,
    version: versionOf(record),
    statementCode: sent?.code ?? '',
    fingerprint: sent?.fingerprint ?? '',
    totals: sent === undefined ? null : { ...zero, ...sent.totals },
    from: fromOf(record),
    to: addressesOf(record, 'to'),
    cc: addressesOf(record, 'cc'),
    subject: record.subject,
    fileId: sent?.fileId ?? null,
    fileUrl: sent?.fileUrl ?? null,
    sha256: sent?.sha256 ?? null,
    messageId: record.messageId ?? null,
    asOf: record.changedAt,
  };
}

/** Of a mail in Sent that a workbook sent which this one was copied from. */
export function sentAs({ inSent }: Pick<Collected, 'inSent'>): Pick<RunReport, 'sentAs'> {
  return inSent?.formerCode === undefined ? {} : { sentAs: inSent.formerCode };
}

function fromOf({ transport, from, transportWhy = '' }: OutboxRecord): RunReport['from'] {
  return transport === 'built-in' || from === undefined ? null : { address: from, why: transportWhy };
}

/**
 * Why nobody knows whether a mail is out: Gmail did not answer; or a mail in Sent has its subject and no mark of
 * Purser's; or only the register says that it is out, or that it may be.
 */
export type Doubt = 'unanswered' | 'unmarked' | 'registered' | 'registered-unknown';

/** Of a mail that may have gone out: what is known of it, and what a person can do. */
export function unknownReport(collected: Collected, record: OutboxRecord, doubt: Doubt): RunReport {
  return {
    ...readyReport(collected, null),
    status: 'unknown',
    from: fromOf(record),
    fileId: record.statement?.fileId ?? null,
    fileUrl: record.statement?.fileUrl ?? null,
    sha256: record.statement?.sha256 ?? null,
    error: unknownWords(record, collected.calculation.statement.code, { ...collected, doubt }),
  };
}

/** @param looked what a look into Sent has shown; null right after sending, when nobody has looked yet */
export function unknownWords(
  record: OutboxRecord,
  code: string,
  looked: (Pick<Collected, 'inSent' | 'doubtfulClosed'> & { readonly doubt: Doubt }) | null = null,
): RunError {
  const [why, where] = whyUnknown(record, looked);
  return {
    code: 'send-unknown',
    why,
    message: `Nobody can tell whether the mail “${record.subject}” went out: ${why}. Look into ${where} for the code ${code}; Purser never sends it again by itself. Choose ${menuItemOf(versionOf(record))} again in some minutes: if it has turned up in Sent, the month is done; if not, you may say that it is to be sent again.`,
  };
}

/** Why, and where a person can look; never that a mail was not found where nobody could look. */
function whyUnknown(
  record: OutboxRecord,
  looked: Parameters<typeof unknownWords>[2],
): readonly [why: string, where: string] {
  const sentOf = (address: string | null | undefined): string =>
    typeof address === 'string' ? `Sent of ${address}` : 'Sent';
  const sent = sentOf(fromOf(record)?.address);
  if (!looked) return ['Gmail did not answer clearly', sent];
  const { doubt, inSent, doubtfulClosed: closed } = looked;
  const lost =
    'Purser’s own record of it is lost, and it was not found in Sent of any mailbox that Purser could look into';
  switch (doubt) {
    case 'unanswered': {
      if (closed === null) return [`Gmail did not answer clearly, and it was not found in ${sent}`, sent];
      const there =
        closed.address === null ? 'Sent of the account that it went from' : sentOf(closed.address);
      const because = closed.why.replace(/\.$/, '');
      return [`Gmail did not answer clearly, and ${there} could not be looked into: ${because}`, there];
    }
    case 'unmarked': {
      const there = inSent === null ? sent : sentOf(inSent.mailbox.account);
      if (inSent?.formerCode !== undefined) {
        const words = 'under another subject, by the workbook that this one was copied from';
        return [`${there} has this month’s statement with the code ${inSent.formerCode}, ${words}`, there];
      }
      const words = 'but without the marks of Purser’s own';
      return [`a mail with its subject and its code is in ${there}, ${words}`, there];
    }
    case 'registered':
      return [
        `the register says that it was sent, but ${lost}`,
        'the mail that the register links to, and into Sent,',
      ];
    case 'registered-unknown':
      return [
        `the register says that an earlier run could not tell, ${lost}`,
        'Sent of each mailbox that it may have gone from',
      ];
  }
}

export function failed(host: Host, month: Month, thrown: unknown, version = 1): RunReport {
  const error = asPurserError(thrown);
  host.log({ event: 'run-failed', month, code: error.code, message: error.message.slice(0, 1000) });
  const { subject } = error.data;
  const about = typeof subject === 'string' ? { account: subject } : {};
  return { ...emptyReport(month), version, error: { code: error.code, message: error.message, ...about } };
}

/** Where the sent mail is; null when nobody knows its id. */
export function sentUrl({ messageId, transport, from }: OutboxRecord): string | null {
  if (messageId === undefined) return null;
  return mailUrl('sent', messageId, transport === 'built-in' ? null : (from ?? null));
}
