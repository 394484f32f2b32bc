/** The bytes of files in Drive (developers.google.com/workspace/drive/api/guides/manage-downloads). */
import { PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import { malformed, troubleOf } from './reply.ts';

const FILES = 'https://www.googleapis.com/drive/v3/files';

/**
 * The content of a file that is no document of Google's editors (files.get with alt=media).
 *
 * @param sizeBytes what Drive says of the file; a reply of another length broke off and is asked for again
 */
export function downloadFile(token: string, id: string, sizeBytes?: number): Call<Uint8Array> {
  const path = `${encodeURIComponent(id)}?alt=media&supportsAllDrives=true`;
  return contentCall(token, 'Drive download', path, sizeBytes);
}

/**
 * A document of Google's editors in another format (developers.google.com/workspace/drive/api/reference/rest/v3/files/export,
 * which takes `mimeType` alone).
 *
 * Fails with `export-too-large` when the result would be larger than 10 MB.
 */
export function exportFile(token: string, id: string, mimeType: string): Call<Uint8Array> {
  const path = `${encodeURIComponent(id)}/export?mimeType=${encodeURIComponent(mimeType)}`;
  return contentCall(token, 'Drive export', path, undefined);
}

function contentCall(
  token: string,
  name: string,
  path: string,
  sizeBytes: number | undefined,
): Call<Uint8Array> {
  const question = { name, repeatable: true };
  return {
    ...question,
    request: () => ({
      method: 'GET',
      url: `${FILES}/${path}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply): Settled<Uint8Array> => {
      const trouble = troubleOf(question, reply);
      if (trouble !== null) return isTooLarge(trouble) ? { kind: 'failed', error: tooLarge(reply) } : trouble;
      const value = reply.bytes();
      if (sizeBytes === undefined || value.length === sizeBytes) return { kind: 'done', value };
      return { kind: 'retry', error: malformed(question, 'broke off', null) };
    },
  };
}

/** developers.google.com/workspace/drive/api/guides/handle-errors; the words are localised, the reason is not. */
function isTooLarge(trouble: Settled<never>): boolean {
  return trouble.kind === 'failed' && trouble.error.data.reason === 'exportSizeLimitExceeded';
}

function tooLarge({ status }: HttpReply): PurserError {
  return new PurserError('export-too-large', {
    what: 'The file is too large: Google exports at most 10 MB.',
    now: 'Move what is not needed into another file.',
    data: { status },
  });
}
