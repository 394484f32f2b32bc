/**
 * Uploads in two requests: metadata first, then all bytes to the session that the reply names
 * (developers.google.com/workspace/drive/api/guides/manage-uploads#resumable). Not in chunks.
 */
import type { Clock, Tokens } from '../contract.ts';
import { authorize, SCOPES } from './authorization.ts';
import { concatenated } from './bytes.ts';
import { readJsonBody } from './drive-metadata.ts';
import { failure } from './errors.ts';
import type { Answer, ApiCall } from './http.ts';

const BOUNDARY = 'local-session-7c1f0e';

export interface UploadSessions {
  /**
   * The answer to a call that begins a session, or the one multipart call that a session comes to; any other call as
   * it is.
   * @throws GoogleFailure 404 for a session that is not known, 400 for metadata that is no JSON
   */
  take(call: ApiCall): Answer | ApiCall;
}

export function createUploadSessions(tokens: Tokens, clock: Clock, uuid: () => string): UploadSessions {
  const sessions = new Map<string, ApiCall>();
  return {
    take(call) {
      const { query, path, method } = call;
      if (!path.startsWith('/upload/drive/v3/files') || query.get('uploadType') !== 'resumable') return call;
      const id = query.get('upload_id');
      if (id === null) {
        authorize(
          'drive',
          call,
          { tokens, clock },
          [SCOPES.drive, SCOPES.driveFile],
          'google.apps.drive.v3.DriveFiles.Create',
        );
        readJsonBody(call);
        const session = new URLSearchParams(query);
        session.set('upload_id', uuid());
        sessions.set(session.get('upload_id') ?? '', call);
        const location = `https://${call.host}${path}?${session.toString()}`;
        return { status: 200, headers: { location }, body: new Uint8Array() };
      }
      const begun = sessions.get(id);
      if (begun === undefined || method !== 'PUT') throw failure('drive', 404, 'notFound', 'Not Found');
      sessions.delete(id);
      return multipart(begun, call);
    },
  };
}

function multipart(begun: ApiCall, content: ApiCall): ApiCall {
  const type = begun.headers['x-upload-content-type'] ?? content.headers['content-type'] ?? '';
  const query = new URLSearchParams(begun.query);
  query.set('uploadType', 'multipart');
  return {
    ...begun,
    query,
    headers: {
      ...begun.headers,
      ...(content.headers.authorization ? { authorization: content.headers.authorization } : {}),
      'content-type': `multipart/related; boundary=${BOUNDARY}`,
    },
    body: concatenated([
      Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/json\r\n\r\n`),
      begun.body,
      Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Type: ${type}\r\n\r\n`),
      content.body,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]),
  };
}
