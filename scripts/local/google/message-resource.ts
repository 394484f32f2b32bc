/** Messages as Gmail's API shows them: developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages. */
import { createHash } from 'node:crypto';
import type { FieldSchema } from './fields.ts';
import type { Mailbox, StoredMessage } from './mailbox.ts';
import type { MimePart } from './mime.ts';
import { allParts, parseMime } from './mime.ts';

export type MessageFormat = 'minimal' | 'full' | 'raw' | 'metadata';

const PART: FieldSchema = {
  partId: true,
  mimeType: true,
  filename: true,
  headers: { name: true, value: true },
  body: { attachmentId: true, size: true, data: true },
  parts: true,
};

export const MESSAGE_FIELDS: FieldSchema = {
  id: true,
  threadId: true,
  labelIds: true,
  snippet: true,
  historyId: true,
  internalDate: true,
  payload: PART,
  sizeEstimate: true,
  raw: true,
};

/** @param metadataHeaders names of the headers that `metadata` shows; all when empty */
export async function messageResource(
  mailbox: Mailbox,
  message: StoredMessage,
  format: MessageFormat,
  metadataHeaders: readonly string[],
): Promise<Record<string, unknown>> {
  const resource: Record<string, unknown> = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds,
    snippet: escaped((await mailbox.textOf(message)).opening),
  };
  if (format === 'full') resource.payload = partResource(message.id, parseMime(message.raw));
  if (format === 'metadata') {
    const wanted = metadataHeaders.map((name) => name.toLowerCase());
    const { mimeType, headers } = parseMime(message.raw);
    const shown = headers.filter(({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()));
    resource.payload = { mimeType, ...(shown.length > 0 ? { headers: shown } : {}) };
  }
  if (format === 'raw') resource.raw = padded(message.raw);
  return {
    ...resource,
    sizeEstimate: message.raw.length,
    historyId: `${message.historyId}`,
    internalDate: `${message.internalDateMs}`,
  };
}

/** An attachment's bytes, or null. */
export function attachmentBytes(message: StoredMessage, attachmentId: string): Buffer | null {
  const part = allParts(parseMime(message.raw)).find(
    (candidate) => isAttachment(candidate) && attachmentToken(message.id, candidate.partId) === attachmentId,
  );
  return part?.content ?? null;
}

function isAttachment(part: MimePart): boolean {
  if (part.mimeType.startsWith('multipart/')) return false;
  return part.filename !== '' || !part.mimeType.startsWith('text/');
}

function attachmentToken(messageId: string, partId: string): string {
  return `ANGjdJ${createHash('sha256').update(`${messageId}/${partId}`).digest('base64url')}`;
}

function partResource(messageId: string, part: MimePart): Record<string, unknown> {
  const body = isAttachment(part)
    ? { attachmentId: attachmentToken(messageId, part.partId), size: part.content.length }
    : {
        size: part.content.length,
        ...(part.content.length > 0 ? { data: padded(part.content) } : {}),
      };
  return {
    partId: part.partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers,
    body,
    ...(part.parts.length > 0 ? { parts: part.parts.map((child) => partResource(messageId, child)) } : {}),
  };
}

/** Google pads its base64url. */
export function padded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

/** Snippets come HTML-escaped. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
