/** Several Gmail calls in one request: developers.google.com/workspace/gmail/api/guides/batch. */

import { createHash } from 'node:crypto';
import { concatenated, plain } from './bytes.ts';
import { failure } from './errors.ts';
import type { Answer, ApiCall } from './http.ts';
import { callOf } from './http.ts';
import { headerFields, httpParts, splitEntity } from './multipart.ts';

const MOST_CALLS = 100;

/**
 * @param dispatch answers one inner call; never throws
 * @throws GoogleFailure 400 for a body that is no batch, or one of more than a hundred calls
 */
export async function answerBatch(
  call: ApiCall,
  dispatch: (inner: ApiCall) => Promise<Answer>,
): Promise<Answer> {
  const parts = httpParts(call.headers['content-type'] ?? '', call.body, 'multipart/mixed');
  if (!parts || parts.length === 0) {
    throw failure(
      'gmail',
      400,
      'badRequest',
      'Failed to parse batch request, error: 0 items. Received batch body: ',
    );
  }
  if (parts.length > MOST_CALLS) {
    throw failure(
      'gmail',
      400,
      'badRequest',
      `The batch request has ${parts.length} calls; the limit is ${MOST_CALLS}.`,
    );
  }
  const boundary = `batch_${createHash('sha256').update(plain(call.body)).digest('base64url').slice(0, 32)}`;
  const replies: Buffer[] = [];
  for (const part of parts) {
    const inner = innerCall(call, part.body, part.headers['content-type'] ?? '');
    const answer = await dispatch(inner);
    const id = part.headers['content-id'];
    const head = [
      `--${boundary}`,
      'Content-Type: application/http',
      ...(id === undefined
        ? []
        : [`Content-ID: ${id.startsWith('<') ? `<response-${id.slice(1)}` : `response-${id}`}`]),
      '',
      `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? 'Error'}`,
      ...Object.entries(answer.headers).map(([name, value]) => `${titled(name)}: ${value}`),
      `Content-Length: ${answer.body.length}`,
      '',
      '',
    ];
    replies.push(Buffer.from(head.join('\r\n')), Buffer.from(answer.body), Buffer.from('\r\n'));
  }
  replies.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    status: 200,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: plain(concatenated(replies)),
  };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
};

/** Headers of the outer request count for the inner ones, which may override them, but for the `Content-` ones. */
function innerCall(outer: ApiCall, raw: Buffer, partType: string): ApiCall {
  const { head, body } = splitEntity(raw);
  const lineEnd = head.indexOf(10);
  const line = head
    .subarray(0, lineEnd < 0 ? head.length : lineEnd)
    .toString('latin1')
    .trim();
  const match = /^([A-Z]+) (\/\S*)(?: HTTP\/1\.[01])?$/.exec(line);
  if (!match || !/^application\/http\b/i.test(partType)) {
    throw failure(
      'gmail',
      400,
      'badRequest',
      'Failed to parse batch request, error: the part is no application/http.',
    );
  }
  const headers = Object.fromEntries(
    Object.entries(outer.headers).filter(
      ([name]) => !name.startsWith('content-') && name !== 'transfer-encoding',
    ),
  );
  const own = lineEnd < 0 ? [] : headerFields(head.subarray(lineEnd + 1));
  for (const { name, value } of own) headers[name.toLowerCase()] = value;
  return callOf(match[1] ?? '', outer.host, match[2] ?? '', headers, body);
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
