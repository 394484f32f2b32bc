/** Messages as Gmail's API gives them: of `.eml` files by the local Gmail, and of single parts. */

import { javaText } from '../../../scripts/local/charset.ts';
import { createMailbox } from '../../../scripts/local/google/mailbox.ts';
import { messageResource } from '../../../scripts/local/google/message-resource.ts';
import { send } from '../../../src/clients/exchange.ts';
import type { MessageFull, MessagePart } from '../../../src/clients/google/gmail-message.ts';
import { getMessage } from '../../../src/clients/google/gmail-message.ts';
import { fakeHost } from '../../tools/fake-host.ts';

export const RECEIVED_MS = Date.UTC(2026, 4, 2, 9);

/** Through the schema of our client. */
export async function messageOf(raw: Buffer): Promise<MessageFull> {
  const mailbox = createMailbox('nora@blueheron.example', {
    now: () => RECEIVED_MS,
    set: () => undefined,
    advance: () => undefined,
  });
  const stored = mailbox.insert(raw, { labels: ['INBOX'], internalDateMs: RECEIVED_MS });
  const body = await messageResource(mailbox, stored, 'full', []);
  const host = fakeHost({ answer: () => ({ status: 200, body }) });
  return send(host, getMessage('token', stored.id));
}

export function messageWith(payload: Partial<MessagePart>): MessageFull {
  return { id: 'm1', threadId: 't1', internalDateMs: RECEIVED_MS, payload: part('multipart/mixed', payload) };
}

export function part(mimeType: string, changes: Partial<MessagePart> = {}): MessagePart {
  return { mimeType, filename: '', headers: [], data: null, attachmentId: null, parts: [], ...changes };
}

export function header(name: string, value: string): { name: string; value: string } {
  return { name, value };
}

/** A text part whose bytes stand as they were sent. */
export function textPart(bytes: Uint8Array, contentType: string): MessagePart {
  return part(contentType.split(';')[0] ?? '', {
    headers: [header('Content-Type', contentType)],
    data: Buffer.from(bytes).toString('base64url'),
  });
}

export function decodeByName(bytes: Uint8Array, charset: string): string | null {
  try {
    return javaText(bytes, charset);
  } catch {
    return null;
  }
}

/** An `.eml` of lines; a Buffer among them stands as it is. */
export function eml(...lines: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')]));
}
