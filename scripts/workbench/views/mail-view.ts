/** Mails for the page. */
import type { StoredMail } from '../../local/google/mail-look.ts';
import { allParts, headerOf, type MimePart, parseMime } from '../../local/google/mime.ts';
import type { MailLine, MailView } from '../contract.ts';
import type { FileAnswer } from '../link.ts';

/** Mails never change, and parsing takes a while; labels do change, and are not kept. */
const parsed = new Map<string, MimePart>();
const MOST_PARSED = 5_000;
const OPENING_LENGTH = 160;

function partsOf(account: string, { id, raw }: StoredMail): readonly MimePart[] {
  const key = `${account} ${id} ${raw.length}`;
  let root = parsed.get(key);
  if (root === undefined) {
    if (parsed.size >= MOST_PARSED) parsed.clear();
    root = parseMime(Buffer.from(raw));
    parsed.set(key, root);
  }
  return allParts(root);
}

export function mailLine(account: string, mail: StoredMail): MailLine {
  const parts = partsOf(account, mail);
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
  const parts = partsOf(account, mail);
  const header = headerReader(parts);
  const query = new URLSearchParams({ account, id: mail.id });
  return {
    ...mailLine(account, mail),
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
export function mailHtml(account: string, mail: StoredMail): FileAnswer | null {
  const html = textOf(partsOf(account, mail), 'text/html');
  if (html === null) return null;
  const bytes = new Uint8Array(Buffer.from(html));
  return { name: 'mail.html', type: 'text/html; charset=utf-8', bytes, isShown: true };
}

/** @param at which of `MailView.files`; null when there is none */
export function attachment(account: string, mail: StoredMail, at: number): FileAnswer | null {
  const file = filesOf(partsOf(account, mail))[at];
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
