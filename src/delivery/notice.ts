/** A notice to the owner: what needs a hand, and what to do. Through the outbox, once a cause a day. */
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import { oneLine } from '../statement/names.ts';
import { writeMessage } from './mime.ts';
import type { SendResult } from './outbox.ts';
import { noticeRecordId, sendOnce } from './outbox.ts';
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

/** Records of notices are kept this long; the store would fill up with them. */
const NOTICE_RECORD_DAYS = 7;
const DAY_MS = 86_400_000;

/** From the built-in mailbox, always: a notice may be about a connected account that can't send any more. */
export function sendNotice(host: Host, notice: Notice): SendResult {
  forgetOldNotices(host);
  const id = noticeRecordId(notice.cause, notice.day);
  const owner = { name: '', address: notice.owner };
  const subject = oneLine(notice.subject);
  const mime = writeMessage({
    from: owner,
    to: [owner],
    cc: [],
    replyTo: [],
    subject,
    dateMs: host.now(),
    headers: { [KIND_HEADER]: 'notice' },
    text: [
      ...notice.words.flatMap((words) => [words, '']),
      `${notice.link.label}: ${notice.link.url}`,
      '',
    ].join('\n'),
    html: noticeHtml(notice),
    attachments: [],
    boundary: `pursernotice${sha256Hex(id).slice(0, 16)}`,
  });
  const token = host.accessToken();
  return sendOnce(
    host,
    (make) => make(token),
    {
      schema: 1,
      id,
      kind: 'notice',
      state: 'queued',
      transport: 'built-in',
      transportWhy: 'Notices always go from the built-in mailbox.',
      from: notice.owner,
      attempts: 0,
      subject,
      to: [notice.owner],
      cc: [],
      changedAt: new Date(host.now()).toISOString(),
    },
    mime,
  );
}

function forgetOldNotices(host: Host): void {
  const store = host.properties('document');
  const border = new Date(host.now() - NOTICE_RECORD_DAYS * DAY_MS).toISOString().slice(0, 10);
  for (const key of Object.keys(store.readAll())) {
    const day = /^outbox\.notice\..*\.(\d{4}-\d{2}-\d{2})$/.exec(key)?.[1];
    if (day !== undefined && day < border) store.remove(key);
  }
}

function noticeHtml(notice: Notice): string {
  const paragraphs = notice.words.map((words) => `<p>${escapeHtml(words)}</p>`);
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(notice.subject)}</title></head>`,
    '<body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1d2733;">',
    ...paragraphs,
    `<p><a href="${escapeHtml(notice.link.url)}">${escapeHtml(notice.link.label)}</a></p>`,
    '</body></html>',
  ].join('\n');
}
