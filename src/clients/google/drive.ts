/** Drive v3 by REST, as far as Purser needs it (developers.google.com/workspace/drive/api/reference/rest/v3). */
import { encode as utf8 } from '@stablelib/utf8';
import * as v from 'valibot';
import type { HttpRequest } from '../../host/host.ts';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import type { Question } from './reply.ts';
import { malformed, settleJson, troubleOf } from './reply.ts';

const ORIGIN = 'https://www.googleapis.com';
const FIELDS =
  'id,name,mimeType,parents,appProperties,description,modifiedTime,sha256Checksum,size,webViewLink,trashed,shortcutDetails(targetId,targetMimeType)';
/** Files may lie in shared drives (developers.google.com/workspace/drive/api/guides/enable-shareddrives). */
const ANY_DRIVE = 'supportsAllDrives=true';

export const FOLDER_TYPE = 'application/vnd.google-apps.folder';
/** developers.google.com/workspace/drive/api/guides/shortcuts */
export const SHORTCUT_TYPE = 'application/vnd.google-apps.shortcut';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const File = v.object({
  id: v.string(),
  name: v.string(),
  mimeType: v.string(),
  parents: v.optional(v.array(v.string()), []),
  appProperties: v.optional(v.record(v.string(), v.string()), {}),
  description: v.optional(v.string(), ''),
  modifiedTime: v.optional(v.string(), ''),
  sha256Checksum: v.optional(v.string(), ''),
  size: v.optional(v.string(), '0'),
  webViewLink: v.optional(v.string(), ''),
  trashed: v.optional(v.boolean(), false),
  /** Of shortcuts only. */
  shortcutDetails: v.optional(
    v.object({ targetId: v.optional(v.string(), ''), targetMimeType: v.optional(v.string(), '') }),
  ),
});
const FileList = v.object({
  files: v.array(File),
  nextPageToken: v.optional(v.string()),
  incompleteSearch: v.optional(v.boolean(), false),
});

export type DriveFile = v.InferOutput<typeof File>;

/**
 * All files that a Drive search finds, all pages. A search `in parents` of a folder that is not there fails with
 * `google-not-found` (github.com/RobinBobin/react-native-google-drive-api-wrapper/issues/61) or finds nothing
 * (github.com/google/google-api-objectivec-client/issues/52).
 */
export function listFiles(token: string, query: string): Call<readonly DriveFile[]> {
  return listPage(token, query, null, []);
}

function listPage(
  token: string,
  query: string,
  pageToken: string | null,
  before: readonly DriveFile[],
): Call<readonly DriveFile[]> {
  const question = { name: 'Drive search', repeatable: true };
  const page = pageToken === null ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
  const call: Call<v.InferOutput<typeof FileList>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `${ORIGIN}/drive/v3/files?${ANY_DRIVE}&includeItemsFromAllDrives=true&pageSize=1000&orderBy=createdTime&fields=${encodeURIComponent(`nextPageToken,incompleteSearch,files(${FIELDS})`)}&q=${encodeURIComponent(query)}${page}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, FileList),
  };
  return andThen(call, (list) => {
    const files: readonly DriveFile[] = [...before, ...list.files];
    if (list.incompleteSearch) return { kind: 'retry', error: malformed(question, 'is not complete', null) };
    if (list.nextPageToken === undefined) return done(files);
    if (list.nextPageToken === pageToken) {
      return { kind: 'failed', error: malformed(question, 'gives the same page again', null) };
    }
    return { kind: 'next', call: listPage(token, query, list.nextPageToken, files) };
  });
}

/** What Drive knows of one file or folder, one in the trash too. */
export function getFile(token: string, id: string): Call<DriveFile> {
  const question = { name: 'Drive file', repeatable: true };
  return {
    ...question,
    request: () => ({
      method: 'GET',
      url: `${ORIGIN}/drive/v3/files/${encodeURIComponent(id)}?${ANY_DRIVE}&fields=${encodeURIComponent(FIELDS)}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, File),
  };
}

export interface FileMetadata {
  readonly name?: string;
  readonly mimeType?: string;
  readonly parents?: readonly string[];
  readonly appProperties?: Readonly<Record<string, string>>;
  readonly description?: string;
  /** RFC 3339. */
  readonly modifiedTime?: string;
}

/** Not repeatable: Drive allows twins. */
export function createFolder(token: string, metadata: FileMetadata): Call<DriveFile> {
  const question = { name: `Drive create folder ${metadata.name ?? ''}`, repeatable: false };
  return {
    ...question,
    request: () => ({
      method: 'POST',
      url: `${ORIGIN}/drive/v3/files?${ANY_DRIVE}&fields=${encodeURIComponent(FIELDS)}`,
      headers: { Authorization: `Bearer ${token}` },
      contentType: 'application/json',
      body: JSON.stringify({ ...metadata, mimeType: FOLDER_TYPE }),
    }),
    settle: (reply) => settleJson(question, reply, File),
  };
}

/** A new file with its bytes, in one request. Not repeatable: Drive allows twins. */
export function uploadFile(
  token: string,
  metadata: FileMetadata,
  type: string,
  bytes: Uint8Array,
): Call<DriveFile> {
  return upload(token, 'POST', '/upload/drive/v3/files', false, metadata, type, bytes);
}

/** New bytes and metadata for a file that is there. */
export function replaceFile(
  token: string,
  id: string,
  metadata: FileMetadata,
  type: string,
  bytes: Uint8Array,
): Call<DriveFile> {
  return upload(
    token,
    'PATCH',
    `/upload/drive/v3/files/${encodeURIComponent(id)}`,
    true,
    metadata,
    type,
    bytes,
  );
}

const BOUNDARY = 'purser-part-9f1c7a52e04b4d3b';
/** What one request may bring: developers.google.com/workspace/drive/api/guides/manage-uploads */
const MULTIPART_LIMIT_BYTES = 5_000_000;

/** developers.google.com/workspace/drive/api/guides/manage-uploads#multipart */
function upload(
  token: string,
  method: HttpRequest['method'],
  path: string,
  repeatable: boolean,
  metadata: FileMetadata,
  type: string,
  bytes: Uint8Array,
): Call<DriveFile> {
  const question = { name: `Drive upload ${metadata.name ?? ''}`, repeatable };
  const url = (uploadType: string): string =>
    `${ORIGIN}${path}?uploadType=${uploadType}&${ANY_DRIVE}&fields=${encodeURIComponent(FIELDS)}`;
  if (bytes.length > MULTIPART_LIMIT_BYTES) {
    const request = {
      method,
      url: url('resumable'),
      headers: { Authorization: `Bearer ${token}`, 'X-Upload-Content-Type': type },
      contentType: 'application/json; charset=UTF-8',
      body: JSON.stringify(metadata),
    };
    return uploadInTwo(question, request, { token, type, bytes });
  }
  const head = utf8(
    `--${BOUNDARY}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--${BOUNDARY}\r\nContent-Type: ${type}\r\n\r\n`,
  );
  const tail = utf8(`\r\n--${BOUNDARY}--\r\n`);
  const body = new Uint8Array(head.length + bytes.length + tail.length);
  body.set(head, 0);
  body.set(bytes, head.length);
  body.set(tail, head.length + bytes.length);
  return {
    ...question,
    request: () => ({
      method,
      url: url('multipart'),
      headers: { Authorization: `Bearer ${token}` },
      contentType: `multipart/related; boundary=${BOUNDARY}`,
      body,
    }),
    settle: (reply) => settleJson(question, reply, File),
  };
}

/** Metadata first, then the bytes to where Drive says: …/guides/manage-uploads#resumable */
function uploadInTwo(
  question: Question,
  metadata: HttpRequest,
  content: { readonly token: string; readonly type: string; readonly bytes: Uint8Array },
): Call<DriveFile> {
  return {
    ...question,
    request: () => metadata,
    settle: (reply) => {
      const trouble = troubleOf(question, reply);
      if (trouble !== null) return trouble;
      const url = reply.headers.location ?? '';
      // The bytes and the token go to Drive, and nowhere else.
      if (!url.startsWith(`${ORIGIN}/upload/drive/`)) {
        return { kind: 'failed', error: malformed(question, 'names no place for the bytes', null) };
      }
      const call: Call<DriveFile> = {
        ...question,
        request: () => ({
          method: 'PUT',
          url,
          headers: { Authorization: `Bearer ${content.token}` },
          contentType: content.type,
          body: content.bytes,
        }),
        settle: (answer) => settleJson(question, answer, File),
      };
      return { kind: 'next', call };
    },
  };
}

/** A value inside quotes of a Drive search (developers.google.com/workspace/drive/api/guides/search-files). */
export function quoteForQuery(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
