/** “Send copy…”: statements that were sent, mailed to somebody else; never a statement themselves. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { copyKey, copyMessage } from '../delivery/copy-message.ts';
import { copySubject } from '../delivery/other-subjects.ts';
import { sendOnce } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import {
  copyRecordId,
  readableRecords,
  readRecord,
  recipientsOf,
  recordJson,
} from '../delivery/outbox-record.ts';
import { requireQuota } from '../delivery/send-quota.ts';
import { markTold } from '../delivery/untold.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { readAddresses, withoutDoubles } from '../statement/address.ts';
import type { Month } from '../statement/month.ts';
import { isMonth, monthLabel } from '../statement/month.ts';
import { oneLine } from '../statement/names.ts';
import { cut } from '../statement/short-text.ts';
import type { Settings } from '../workbook/settings.ts';
import type { CopiedFile } from './copied-files.ts';
import { copiedFiles } from './copied-files.ts';
import type { CopyReport, SentStatement } from './copy-words.ts';
import { confirmCopy, copyParagraphs, outcomeWords } from './copy-words.ts';
import { currentSettings } from './current-settings.ts';
import { openMailbox } from './mailboxes.ts';
import type { filedStatements } from './rebuild-copy.ts';

export interface CopyRequest {
  readonly months: readonly Month[];
  /** Of each; left out: the newest that was sent. */
  readonly version?: number;
  /** Addresses as a person types them. */
  readonly to: string;
  readonly note?: string;
  /** Asked once all is there, also about a copy that went to the same people today. */
  readonly confirm: (words: string) => boolean;
}

/** A person is waiting. */
const PATIENCE_MS = 60_000;
const LONGEST_NOTE = 1000;
/** What the record of one copy has room for, with a short note; see `recordJson`. */
const MOST_MONTHS = 18;

/** Never throws: what went wrong is in the report. */
export function sendCopy(host: Host, request: CopyRequest): CopyReport {
  try {
    return sendChecked(host, request);
  } catch (thrown) {
    const { code, message } = asPurserError(thrown);
    host.log({ event: 'copy-not-sent', code, message: message.slice(0, 1000) });
    return { status: 'failed', words: message, code, statements: [], to: [] };
  }
}

function sendChecked(host: Host, request: CopyRequest): CopyReport {
  const properties = host.properties('document').readAll();
  // Only that account sees the files, and has the mailbox that statements come from.
  requireOwner(host, properties);
  const to = addressesIn(request.to);
  const statements = sentStatements(properties, request);
  const settings = currentSettings(host);
  if (settings === null) throw notSetUp();
  if (statements.length > MOST_MONTHS) throw tooMany(statements.length);
  const codes = statements.map(({ sent }) => sent.code);
  const today = host.localTime(host.now(), settings.timeZone).date;
  const { id, before } = freeRecord(properties, today, codes, to);
  const sender = openMailbox(host, settings.sendFrom, 'send', openerOf(host));
  const self = host.userEmail();
  const filed = statements.map(({ sent: { code, fileId, sha256 } }) => ({ code, fileId, sha256 }));
  const files = copiedFiles(host, filed, { deadlineMs: host.now() + PATIENCE_MS });
  const draft: OutboxRecord = {
    schema: 2,
    id,
    kind: 'copy',
    state: 'queued',
    transport: sender.transport,
    transportWhy: sender.why,
    from: sender.account ?? self,
    attempts: 0,
    subject: subjectOf(statements),
    recipients: recipientsOf(to, []),
    changedAt: new Date(host.now()).toISOString(),
    copyOf: codes.join(', '),
    attachments: attachmentsOf(files, filed),
    notice: {
      words: copyParagraphs(host, settings, statements, cut(request.note ?? '', LONGEST_NOTE).trim()),
      link: { label: 'The statement', url: statements[0]?.sent.fileUrl ?? '' },
    },
  };
  requireRoom(draft, statements.length);
  const report = { code: null, statements: codes, to };
  if (!request.confirm(confirmCopy(draft, before)))
    return { ...report, status: 'not-sent', words: 'No copy was sent.' };
  requireQuota(properties, draft, settings.mailRecipientsADay, host.now());
  const mime = mimeOf(host, draft, files, settings);
  const result = sendOnce(host, sender.ready(), draft, mime, { by: 'person' });
  const outcome = outcomeWords(result);
  // The person hears it now: the hourly check has nothing to tell.
  if (result.kind === 'refused' || result.kind === 'unknown') markTold(host, result.record);
  return { ...report, ...outcome };
}

/** @throws PurserError `copy-too-large`: before anybody is asked */
function requireRoom(draft: OutboxRecord, months: number): void {
  try {
    recordJson({ ...draft, state: 'sending', attempts: 1, attemptedAt: draft.changedAt }, 'claim');
  } catch (thrown) {
    if (thrown instanceof PurserError && thrown.code === 'property-too-large') throw tooMany(months);
    throw thrown;
  }
}

function tooMany(months: number): PurserError {
  const count = months === 1 ? '1 month' : `${months} months`;
  return new PurserError('copy-too-large', {
    what: `Purser can’t keep account of a copy of ${count}, its people and its note in one mail. No copy was sent.`,
    now: `Send fewer at a time, such as 12 months; ${MOST_MONTHS} are the most. A shorter note or fewer people help too.`,
    data: { months },
  });
}

function mimeOf(
  host: Host,
  draft: OutboxRecord,
  files: readonly CopiedFile[],
  { company, replyTo }: Settings,
): string {
  const from = { name: company, address: draft.from ?? '' };
  return copyMessage(draft, files, { from, replyTo, dateMs: host.now() });
}

function attachmentsOf(
  files: readonly CopiedFile[],
  filed: ReturnType<typeof filedStatements>,
): NonNullable<OutboxRecord['attachments']> {
  return files.map(({ name, bytes }, index) => ({
    name,
    bytes: bytes.length,
    sha256: filed[index]?.sha256 ?? '',
    fileId: filed[index]?.fileId ?? '',
  }));
}

/** Of several the last one's, with the others named: the search for last month's mail leaves that subject out. */
function subjectOf(statements: readonly SentStatement[]): string {
  const last = statements[statements.length - 1];
  const others = statements.slice(0, -1).map(({ sent }) => monthLabel(sent.month));
  const subject = copySubject(last?.record.subject ?? '');
  return oneLine(others.length === 0 ? subject : `${subject} (and ${others.join(', ')})`);
}

/** @throws PurserError `recipients-invalid` */
function addressesIn(typed: string): string[] {
  const { mailboxes, problems } = readAddresses(typed);
  if (problems.length > 0 || mailboxes.length === 0) {
    throw new PurserError('recipients-invalid', {
      what:
        problems.length === 0
          ? 'No address was entered. No copy was sent.'
          : `${problems.map((one) => `“${cut(one)}”`).join(', ')} can’t be read as a mail address. No copy was sent.`,
      now: 'Enter addresses separated by commas, such as grace@partner.example.',
    });
  }
  return withoutDoubles(mailboxes).map(({ address }) => address);
}

/** In the order of their months, each once. @throws PurserError `month-invalid`, `not-sent-yet` */
function sentStatements(
  properties: Readonly<Record<string, string>>,
  { months, version }: Pick<CopyRequest, 'months' | 'version'>,
): readonly SentStatement[] {
  const wrong = months.length === 0 ? '' : months.find((month) => !isMonth(month));
  if (wrong !== undefined) {
    throw new PurserError('month-invalid', {
      what: `“${cut(wrong, 40)}” is not a month. No copy was sent.`,
      now: 'Enter a month such as 2026-05 or May 2026; several with commas.',
    });
  }
  const records = readableRecords(properties);
  return [...new Set(months)].sort().map((month) => {
    const ofMonth = records.filter(
      ({ id, statement }) =>
        id.startsWith(`outbox.statement.${month}.`) && (version ?? statement?.version) === statement?.version,
    );
    const sent = ofMonth.flatMap((record): SentStatement[] =>
      record.state === 'sent' && record.statement !== undefined ? [{ record, sent: record.statement }] : [],
    );
    const [newest] = sent.sort((one, other) => other.sent.version - one.sent.version);
    if (newest === undefined) throw notSentYet(month, ofMonth);
    return newest;
  });
}

function notSentYet(month: Month, records: readonly OutboxRecord[]): PurserError {
  const name = `The statement for ${monthLabel(month)}`;
  const isOpen = records.some(({ state }) => state === 'unknown' || state === 'sending');
  const isSent = records.some(({ state }) => state === 'sent');
  const what = isOpen
    ? `Nobody can tell yet whether ${name.replace('The', 'the')} went out.`
    : isSent
      ? `${name} was sent, but Purser has no record of the file that went with it.`
      : `${name} was not sent from this workbook yet.`;
  return new PurserError('not-sent-yet', {
    what: `${what} No copy was sent.`,
    now:
      isSent && !isOpen
        ? 'Forward the mail out of Sent.'
        : 'Choose Purser › Send statement… first; if that says it was sent, forward the mail out of Sent.',
    data: { month },
  });
}

/** The record for this copy, and the one of the same copy that went, or may have gone, before it today. */
function freeRecord(
  properties: Readonly<Record<string, string>>,
  today: string,
  codes: readonly string[],
  to: readonly string[],
): { readonly id: string; readonly before: OutboxRecord | null } {
  let before: OutboxRecord | null = null;
  for (let times = 1; ; times++) {
    const id = copyRecordId(today, copyKey(codes, to, times));
    const there = readRecord(properties, id);
    // One that waits, or was refused, is this very copy.
    if (there === null || there.state === 'queued' || there.state === 'failed') return { id, before };
    before = there;
  }
}

function openerOf(host: Host): Parameters<typeof openMailbox>[3] {
  let mine: Readonly<Record<string, string>> | null = null;
  return {
    token: host.accessToken(),
    self: () => host.userEmail(),
    mine: () => {
      mine ??= host.properties('user').readAll();
      return mine;
    },
    by: 'a copy',
  };
}

function notSetUp(): PurserError {
  return new PurserError('settings-missing', {
    what: 'This workbook has no settings of Purser’s. No copy was sent.',
    now: 'Choose Purser › Set up….',
  });
}
