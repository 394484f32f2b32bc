/** A notice to the owner: what needs a hand, and what to do. Through the outbox, once a cause a day. */
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import { oneLine } from '../statement/names.ts';
import { cut } from '../statement/short-text.ts';
import { writeMessage } from './mime.ts';
import type { SendResult } from './outbox.ts';
import { sendOnce } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { noticeRecordId, readableRecords, recipientsOf } from './outbox-record.ts';
import { KIND_HEADER } from './recipients.ts';

export interface Notice {
  /** Such as `held.2026-05`; what is sent at most once a day. */
  readonly cause: string;
  readonly owner: string;
  /** `2026-06-01`, in the workbook's zone. */
  readonly day: string;
  readonly subject: string;
  /** Paragraphs. */
  readonly words: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
}

/** From the built-in mailbox, always: a notice may be about a connected account that can't send any more. */
export function sendNotice(host: Host, notice: Notice): SendResult {
  const { owner, link } = notice;
  const told = toldToday(host, notice);
  if (told !== null) return { kind: 'taken', record: told };
  const subject = oneLine(notice.subject);
  const record: OutboxRecord = {
    schema: 2,
    id: noticeRecordId(notice.cause, notice.day),
    kind: 'notice',
    state: 'queued',
    transport: 'built-in',
    transportWhy: 'Notices always go from the built-in mailbox.',
    from: owner,
    attempts: 0,
    subject,
    recipients: recipientsOf([owner], []),
    changedAt: new Date(host.now()).toISOString(),
    notice: { words: keptWords(notice.words), link },
  };
  const token = host.accessToken();
  const mime = noticeMime(host, record, notice);
  return sendOnce(host, (make) => make(token), record, mime, { by: 'trigger' });
}

/**
 * A notice of another day that went out only today: it was put off, or its execution went on past midnight, or the clock was
 * put ahead.
 */
function toldToday(host: Host, { cause, day }: Notice): OutboxRecord | null {
  const id = noticeRecordId(cause, day);
  const prefix = noticeRecordId(cause, '');
  const others = Object.entries(host.properties('document').readAll()).filter(
    ([key]) => key !== id && key.startsWith(prefix) && key.length === id.length,
  );
  if (others.length === 0) return null;
  const zone = host.workbookTimeZone();
  const dateOf = (ms: number): string => host.localTime(ms, zone).date;
  const today = dateOf(host.now());
  const isToday = ({ state, sentAt, attemptedAt }: OutboxRecord): boolean => {
    const goneAt = sentAt ?? attemptedAt;
    const isOut = state === 'sent' || state === 'sending' || state === 'unknown';
    return isOut && goneAt !== undefined && dateOf(Date.parse(goneAt)) === today;
  };
  return readableRecords(Object.fromEntries(others)).find(isToday) ?? null;
}

/** Of a record, as `sendNotice` wrote it down; null when it says nothing any more. */
export function rebuiltNotice(host: Host, record: OutboxRecord): string | null {
  return record.notice === undefined ? null : noticeMime(host, record, record.notice);
}

function noticeMime(
  host: Host,
  { id, subject, recipients }: OutboxRecord,
  content: Pick<Notice, 'words' | 'link'>,
): string {
  const { words, link } = content;
  const owners = recipients.map(({ address }) => ({ name: '', address }));
  return writeMessage({
    from: owners[0] ?? { name: '', address: '' },
    to: owners,
    cc: [],
    replyTo: [],
    subject,
    dateMs: host.now(),
    headers: { [KIND_HEADER]: 'notice' },
    ...letterOf(subject, words, link),
    attachments: [],
    boundary: `pursernotice${sha256Hex(id).slice(0, 16)}`,
  });
}

/** Paragraphs, for one that goes later: a record holds 9 KB, the mail that goes at once says all. */
const KEPT_CHARACTERS = 1_500;

function keptWords(words: readonly string[]): string[] {
  let left = KEPT_CHARACTERS;
  return words.flatMap((paragraph) => {
    if (left <= 0) return [];
    const kept = cut(paragraph, left);
    left -= kept.length;
    return [kept];
  });
}

/** Paragraphs, and a link below them, as text and as HTML. */
export function letterOf(
  subject: string,
  words: readonly string[],
  link: Notice['link'] | null,
): { readonly text: string; readonly html: string } {
  const below = link === null ? [] : [`${link.label}: ${link.url}`, ''];
  return {
    text: [...words.flatMap((paragraph) => [paragraph, '']), ...below].join('\n'),
    html: letterHtml(subject, words, link),
  };
}

function letterHtml(subject: string, words: readonly string[], link: Notice['link'] | null): string {
  const paragraphs = words.map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\n/g, '<br>')}</p>`);
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    '<body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1d2733;">',
    ...paragraphs,
    ...(link === null ? [] : [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`]),
    '</body></html>',
  ].join('\n');
}
