/** Drive v3 by REST, as far as Purser needs it (developers.google.com/workspace/drive/api/reference/rest/v3). */
import { encode as utf8 } from '@stablelib/utf8';
import * as v from 'valibot';
import type { HttpRequest } from '../../host/host.ts';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { malformed, settleJson } from './reply.ts';

const ORIGIN = 'https://www.googleapis.com';
const FIELDS =
  'id,name,mimeType,parents,appProperties,description,modifiedTime,sha256Checksum,size,webViewLink,trashed';

export const FOLDER_TYPE = 'application/vnd.google-apps.folder';
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
});
const FileList = v.object({
  files: v.array(File),
  nextPageToken: v.optional(v.string()),
  incompleteSearch: v.optional(v.boolean(), false),
});

export type DriveFile = v.InferOutput<typeof File>;

/** All files that a Drive search finds, all pages. */
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
      url: `${ORIGIN}/drive/v3/files?pageSize=1000&orderBy=createdTime&fields=${encodeURIComponent(`nextPageToken,incompleteSearch,files(${FIELDS})`)}&q=${encodeURIComponent(query)}${page}`,
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
      url: `${ORIGIN}/drive/v3/files?fields=${encodeURIComponent(FIELDS)}`,
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
      url: `${ORIGIN}${path}?uploadType=multipart&fields=${encodeURIComponent(FIELDS)}`,
      headers: { Authorization: `Bearer ${token}` },
      contentType: `multipart/related; boundary=${BOUNDARY}`,
      body,
    }),
    settle: (reply) => settleJson(question, reply, File),
  };
}

/** A value inside quotes of a Drive search (developers.google.com/workspace/drive/api/guides/search-files). */
export function quoteForQuery(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
