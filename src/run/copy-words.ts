/** The words of a copy: in its mail, before it is sent, and of what came of it. */
import type { SendResult } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { addressesOf } from '../delivery/outbox-record.ts';
import { minute } from '../delivery/put-off.ts';
import type { Host } from '../host/host.ts';
import { monthLabel } from '../statement/month.ts';
import { oneLine } from '../statement/names.ts';
import type { Settings } from '../workbook/settings.ts';

export interface CopyReport {
  /**
   * - `sent`: Gmail has it
   * - `waits`: it goes out later by itself
   * - `unknown`: nobody knows whether it is out; it is never sent again by itself
   * - `not-sent`: a person said no
   * - `failed`: see `code`
   */
  readonly status: 'sent' | 'waits' | 'unknown' | 'not-sent' | 'failed';
  readonly words: string;
  readonly code: string | null;
  /** Codes of the statements that are in it. */
  readonly statements: readonly string[];
  readonly to: readonly string[];
}

/** A statement that was sent, as its record has it. */
export interface SentStatement {
  readonly record: OutboxRecord;
  readonly sent: NonNullable<OutboxRecord['statement']>;
}

/** Whose statements, when they were sent, and what tells that they are the same. */
export function copyParagraphs(
  host: Host,
  { company, timeZone }: Pick<Settings, 'company' | 'timeZone'>,
  statements: readonly SentStatement[],
  note: string,
): string[] {
  const whose = oneLine(company);
  const lines = statements.map(({ record, sent }) => {
    const { date } = host.localTime(Date.parse(record.sentAt ?? record.changedAt), timeZone);
    const corrected = sent.version === 1 ? '' : `, version ${sent.version}`;
    return `${monthLabel(sent.month)}${corrected}: statement ${sent.code}, sent on ${date}; SHA-256 of the file ${sent.sha256.slice(0, 16)}…`;
  });
  const isOne = statements.length === 1;
  return [
    ...(note === '' ? [] : [note]),
    isOne
      ? `Attached is a copy of a revenue statement of ${whose}. The file is, byte for byte, the one that was sent.`
      : `Attached are copies of ${statements.length} revenue statements of ${whose}. The files are, byte for byte, those that were sent.`,
    ...lines,
    `This mail is a copy for your information, not a new statement.`,
  ];
}

/** @param before the same copy to the same people, today */
export function confirmCopy(draft: OutboxRecord, before: OutboxRecord | null): string {
  const files = (draft.attachments ?? []).map(
    ({ name, bytes }) => `${name} (${Math.max(1, Math.round(bytes / 1024))} KB)`,
  );
  const again =
    before === null
      ? []
      : before.state === 'sent'
        ? [`The same copy was sent to them today (${minute(before.sentAt ?? before.changedAt)}).`, '']
        : [
            'The same copy may have been sent to them today; nobody knows whether it went out. Look into Sent first.',
            '',
          ];
  return [
    ...again,
    `From: ${draft.from ?? ''}`,
    `To: ${addressesOf(draft, 'to').join(', ')}`,
    `Subject: ${draft.subject}`,
    `Files: ${files.join(', ')}`,
    '',
    ...(draft.notice?.words ?? []),
    '',
    before === null ? 'Send this copy now?' : 'Send it once more?',
  ].join('\n');
}

export function outcomeWords({
  kind,
  record,
  ...result
}: SendResult): Pick<CopyReport, 'status' | 'words' | 'code'> {
  const people = addressesOf(record, 'to').join(', ');
  const error = 'error' in result ? result.error : null;
  const code = error?.code ?? null;
  switch (kind) {
    case 'sent':
      return { status: 'sent', words: `The copy is sent to ${people}.`, code };
    case 'unknown':
      return { status: 'unknown', words: unknownWords(people, record), code: code ?? 'send-unknown' };
    case 'taken':
      return record.state === 'sent'
        ? { status: 'sent', words: `The copy was sent to ${people} a moment ago.`, code }
        : { status: 'unknown', words: unknownWords(people, record), code: 'send-unknown' };
    case 'waits':
      return { status: 'waits', words: `${error?.message ?? ''} It goes out by itself then.`, code };
    case 'refused':
      return record.state === 'queued'
        ? { status: 'waits', words: `${error?.message ?? ''} Purser tries again every hour.`, code }
        : { status: 'failed', words: error?.message ?? '', code };
  }
}

function unknownWords(people: string, { subject }: OutboxRecord): string {
  return `Nobody can tell whether the copy to ${people} went out: Gmail did not answer clearly. Look into Sent for “${subject}”; Purser never sends it again by itself.`;
}
