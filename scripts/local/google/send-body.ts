/** The message and the thread in the body of a `messages.send`. */
import { failure, gmailInvalid, unknownName } from './errors.ts';
import type { ApiCall } from './http.ts';
import { jsonObject } from './http.ts';
import { MESSAGE_FIELDS } from './message-resource.ts';
import { headerParameters, httpParts } from './multipart.ts';

function messageFields(record: Record<string, unknown> | null): {
  raw: string | null;
  threadId: string | null;
} {
  if (!record) throw gmailInvalid('Parse Error');
  for (const name of Object.keys(record)) {
    if (!Object.hasOwn(MESSAGE_FIELDS, name)) throw unknownName('gmail', name, 'body');
  }
  const { raw, threadId } = record;
  return {
    raw: typeof raw === 'string' ? raw : null,
    threadId: typeof threadId === 'string' ? threadId : null,
  };
}

/** `{raw, threadId?}`; raw is base64url. @throws GoogleFailure 400 */
export function jsonMessage(call: ApiCall): [Buffer, string | null] {
  if (headerParameters(call.headers['content-type'] ?? '').value !== 'application/json') {
    throw gmailInvalid('Parse Error');
  }
  const { raw, threadId } = messageFields(jsonObject(call.body));
  if (!raw)
    throw gmailInvalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(raw)) {
    throw gmailInvalid(
      `Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for "${raw.slice(0, 40)}"`,
    );
  }
  return [Buffer.from(raw, 'base64url'), threadId];
}

/**
 * An upload, `media` or `multipart`: developers.google.com/workspace/gmail/api/guides/uploads.
 * @throws GoogleFailure 400
 */
export function uploadedMessage(call: ApiCall): [Buffer, string | null] {
  const type = call.headers['content-type'] ?? '';
  switch (call.query.get('uploadType')) {
    case 'media':
      if (headerParameters(type).value !== 'message/rfc822') break;
      return [call.body, null];
    case 'multipart': {
      const [first, second, ...others] = httpParts(type, call.body, 'multipart/related') ?? [];
      if (!first || !second || others.length > 0) throw gmailInvalid('Malformed multipart body.');
      const firstType = headerParameters(first.headers['content-type'] ?? '').value;
      const secondType = headerParameters(second.headers['content-type'] ?? '').value;
      if (firstType !== 'application/json' || secondType !== 'message/rfc822') break;
      const base64 = second.headers['content-transfer-encoding']?.toLowerCase() === 'base64';
      const raw = base64 ? Buffer.from(second.body.toString('latin1'), 'base64') : second.body;
      return [raw, messageFields(jsonObject(first.body)).threadId];
    }
    default:
      throw gmailInvalid('Invalid upload request');
  }
  throw failure(
    'gmail',
    400,
    'badContent',
    `Media type '${type}' is not supported. Valid media types: [message/rfc822]`,
  );
}
