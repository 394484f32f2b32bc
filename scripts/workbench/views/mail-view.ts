/** Mails for the page. */
import { createHash } from 'node:crypto';
import type { StoredMail } from '../../local/google/mail-look.ts';
import { allParts, headerOf, type MimePart, parseMime } from '../../local/google/mime.ts';
import type { MailLine, MailView } from '../contract.ts';
import type { FileAnswer } from '../link.ts';

/**
 * Parsing takes a while; labels change, and are not kept. By the mail’s own bytes: in the world after a reset another
 * mail has the same id.
 */
const parsed = new Map<string, MimePart>();
const MOST_PARSED = 5_000;
const OPENING_LENGTH = 160;

function partsOf({ raw }: StoredMail): readonly MimePart[] {
  const key = createHash('sha256').update(raw).digest('base64');
  let root = parsed.get(key);
  if (root === undefined) {
    if (parsed.size >= MOST_PARSED) parsed.clear();
    root = parseMime(Buffer.from(raw));
    parsed.set(key, root);
  }
  return allParts(root);
}

export function mailLine(mail: StoredMail): MailLine {
  const parts = partsOf(mail);
  const header = headerReader(parts);
  const opening = (textOf(parts, 'text/plain') ?? '').replace(/\s+/g, ' ').trim();
  return {
    id: mail.id,
    from: header('from'),
    to: header('to'),
    subject: header('subject'),
    opening: opening.slice(0, OPENING_LENGTH),
    at: new Date(mail.atMs).toISOString(),
    labels: mail.labels,
    attachments: filesOf(parts).length,
  };
}

export function mailView(account: string, mail: StoredMail): MailView {
  const parts = partsOf(mail);
  const header = headerReader(parts);
  const query = new URLSearchParams({ account, id: mail.id });
  return {
    ...mailLine(mail),
    cc: header('cc'),
    bcc: header('bcc'),
    headers: (parts[0]?.headers ?? []).map(({ name, value }) => ({ name, value })),
    text: textOf(parts, 'text/plain'),
    htmlUrl: textOf(parts, 'text/html') === null ? null : `/api/mail-html?${query}`,
    files: filesOf(parts).map(({ filename, mimeType, content }, at) => ({
      name: filename,
      type: mimeType,
      bytes: content.length,
      url: `/api/attachment?${query}&n=${at}`,
    })),
  };
}

/** Null when there is no HTML part. */
export function mailHtml(mail: StoredMail): FileAnswer | null {
  const html = textOf(partsOf(mail), 'text/html');
  if (html === null) return null;
  const bytes = new Uint8Array(Buffer.from(html));
  return { name: 'mail.html', type: 'text/html; charset=utf-8', bytes, isShown: true };
}

/** @param at which of `MailView.files`; null when there is none */
export function attachment(mail: StoredMail, at: number): FileAnswer | null {
  const file = filesOf(partsOf(mail))[at];
  if (file === undefined) return null;
  const { filename: name, mimeType: type, content } = file;
  return { name, type, bytes: new Uint8Array(content), isShown: false };
}

function headerReader(parts: readonly MimePart[]): (name: string) => string {
  const headers = parts[0]?.headers ?? [];
  return (name) => headerOf(headers, name) ?? '';
}

function filesOf(parts: readonly MimePart[]): readonly MimePart[] {
  return parts.filter(({ filename }) => filename !== '');
}

function textOf(parts: readonly MimePart[], type: string): string | null {
  const found = parts.find(({ mimeType, filename }) => mimeType === type && filename === '');
  return found === undefined ? null : found.content.toString('utf8');
}
