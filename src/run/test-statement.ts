/** The test statement: last month's as it would go out now, mailed to whoever asks for it, and to nobody else. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { testSubject } from '../delivery/other-subjects.ts';
import type { SendResult } from '../delivery/outbox.ts';
import { sendOnce } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { recipientsOf, testRecordId } from '../delivery/outbox-record.ts';
import { requireQuota } from '../delivery/send-quota.ts';
import { asTest, testMessage } from '../delivery/test-message.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { contentKey } from '../statement/content-key.ts';
import { isHeld } from '../statement/findings.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { monthBefore } from '../statement/month.ts';
import { oneLine, statementFileName } from '../statement/names.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import { BUDGET_MS } from './budget.ts';
import type { Collected } from './collect.ts';
import { collect } from './collect.ts';
import { readHiddenMonth } from './hidden-month.ts';
import { sentUrl } from './make-report.ts';
import { statementFile } from './statement-file.ts';
import { progress, progressEnd } from './steps.ts';

export interface TestStatement {
  readonly result: SendResult;
  readonly month: Month;
  readonly to: string;
  readonly fileName: string;
  readonly bytes: number;
  /** Whether the statement itself would be held as things are. */
  readonly isHeld: boolean;
  /** Whom the statement itself would go to: addresses. */
  readonly wouldGoTo: readonly string[];
  /** The mail in Sent; null when nobody knows it. */
  readonly url: string | null;
}

/**
 * Nothing is filed, no row is written, no tab stays (`readHiddenMonth`). The very same test goes out once a day; after a
 * change of charters, settings or Template another one may.
 *
 * @param properties of the document, from whoever has made sure that the owner asks
 * @throws PurserError before anything was sent: `mail-quota-spent`, what collecting throws
 */
export function sendTestStatement(host: Host, properties: Readonly<Record<string, string>>): TestStatement {
  checkOwnScopes(host, 'statement');
  const options = { deadlineMs: host.now() + BUDGET_MS };
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  const month = monthBefore(today);
  progress(host, 'collect');
  try {
    const request = { month, version: 1, options, lookForLost: true, properties, keep: false } as const;
    const collected = collect(host, request);
    const { workbook, sender, self, recipients, calculation } = collected;
    if (sender.closed !== undefined) throw sender.closed;
    if (self === '') throw nobody();
    progress(host, 'calculate');
    const statement = asTest(calculation.statement);
    const plan = makeSheetPlan(workbook.template, statement, workbook.monthTitle);
    progress(host, 'verify');
    const { values } = readHiddenMonth(host, collected, plan, options);
    progress(host, 'export');
    const read = (row: number, column: number) => values[row]?.[column] ?? null;
    const { bytes } = statementFile(statement, plan, read, new Date(host.now()).toISOString());
    const { company, code, version } = statement;
    const file = {
      name: `Test ${statementFileName(workbook.settings.fileName, { month, company, code, version })}`,
      bytes,
    };
    const draft = draftOf(host, collected, today);
    requireQuota(properties, draft, workbook.settings.mailRecipientsADay, host.now());
    const wouldGoTo = [...recipients.to, ...recipients.cc].map(({ address }) => address);
    const mime = testMessage(draft, statement, aboveOf(self, wouldGoTo), file, {
      from: { name: company, address: draft.from ?? '' },
      dateMs: host.now(),
    });
    progress(host, 'send');
    const result = sendOnce(host, sender.ready(), draft, mime, { by: 'person' });
    return {
      result,
      month,
      to: self,
      fileName: file.name,
      bytes: bytes.length,
      isHeld: isHeld(calculation.findings),
      wouldGoTo,
      url: sentUrl(result.record),
    };
  } finally {
    progressEnd(host);
  }
}

function draftOf(
  host: Host,
  { workbook, sender, self, subject, calculation }: Collected,
  day: string,
): OutboxRecord {
  const { fingerprint } = calculation.statement;
  const what = JSON.stringify([fingerprint, contentKey(workbook.template), subject, sender.account]);
  return {
    schema: 2,
    id: testRecordId(day, sha256Hex(what).slice(0, 12)),
    kind: 'test',
    state: 'queued',
    transport: sender.transport,
    transportWhy: sender.why,
    from: sender.account ?? self,
    attempts: 0,
    subject: oneLine(testSubject(subject)),
    recipients: recipientsOf([self], []),
    changedAt: new Date(host.now()).toISOString(),
  };
}

function aboveOf(self: string, wouldGoTo: readonly string[]): string[] {
  const others = wouldGoTo.length === 0 ? 'nobody, as things are' : wouldGoTo.join(', ');
  return [
    `This is a test of Purser, sent to ${self} alone. It is no statement, and nothing was posted or filed.`,
    `The statement itself would go to ${others}.`,
  ];
}

function nobody(): PurserError {
  return new PurserError('recipients-invalid', {
    what: 'Google does not tell your address, so there is nobody to send the test to.',
    now: 'Choose Purser › Set up… and allow everything that Google lists.',
  });
}
