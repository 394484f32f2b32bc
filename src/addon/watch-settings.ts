/** The daily look at “Send from”: one that can't be used is told of while there is time, not on the statement day. */
import { sendNotice } from '../delivery/notice.ts';
import type { OutboxState } from '../delivery/outbox-record.ts';
import { noticeRecordId, readRecord } from '../delivery/outbox-record.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { nextStatement } from '../run/account-uses.ts';
import type { MailboxOpener } from '../run/mailboxes.ts';
import { choiceProblem } from '../run/mailboxes.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { addMonths, monthLabel } from '../statement/month.ts';
import type { Settings } from '../workbook/settings.ts';
import type { Watch } from './watch-accounts.ts';
import { workbookLink } from './watch-accounts.ts';

const DAY_MS = 86_400_000;
/** From so many days before the statement day on it is told every day; before that about once a week. */
const SOON_DAYS = 3;
const OFTEN_DAYS = 7;

/**
 * Tells the owner at once, then about once a week, and daily when the statement day is near. Booking mail that can't be
 * read is told of where it is read. Never throws.
 */
export function watchSettings(
  host: Host,
  watch: Watch,
  settings: Pick<Settings, 'sendFrom' | 'statementDay'>,
  opener: MailboxOpener,
): void {
  try {
    const problem = choiceProblem(settings.sendFrom, 'send', opener);
    if (problem === null) return;
    const { owner, today, properties } = watch;
    const month = nextStatement(properties, today);
    const cause = `send-from.${sha256Hex(problem.what).slice(0, 8)}`;
    const isSoon = daysUntil(statementDate(month, settings.statementDay), today) <= SOON_DAYS;
    if (!isSoon && isToldLately(properties, cause, today)) return;
    const { kind } = sendNotice(host, {
      cause,
      owner,
      day: today,
      subject: `Purser: ${monthLabel(month)}’s statement can’t be sent as the settings are`,
      words: [problem.message, 'Nothing else has changed; until then everything but the sending works.'],
      link: workbookLink(host),
    });
    if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'send-from', result: kind });
  } catch (thrown) {
    host.log({ event: 'settings-not-watched', code: asPurserError(thrown).code });
  }
}

/** A notice that was refused told nobody; one that was put off goes later. */
const TOLD: ReadonlySet<OutboxState | undefined> = new Set(['queued', 'sending', 'sent', 'unknown']);

/** By the records of notices, which are kept for a week at least. */
function isToldLately(properties: Readonly<Record<string, string>>, cause: string, today: IsoDate): boolean {
  const start = noticeRecordId(cause, '');
  return Object.keys(properties).some(
    (key) =>
      key.startsWith(start) &&
      daysUntil(today, key.slice(start.length)) < OFTEN_DAYS &&
      TOLD.has(stateOf(properties, key)),
  );
}

/** Of a record that can’t be read nobody knows: rather one notice too many. */
function stateOf(properties: Readonly<Record<string, string>>, key: string): OutboxState | undefined {
  try {
    return readRecord(properties, key)?.state;
  } catch {
    return undefined;
  }
}

function statementDate(month: Month, statementDay: number): IsoDate {
  return `${addMonths(month, 1)}-${String(statementDay).padStart(2, '0')}`;
}

function daysUntil(date: IsoDate, today: IsoDate): number {
  return Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS);
}
