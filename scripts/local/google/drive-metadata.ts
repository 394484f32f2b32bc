/** The metadata and the content that a create or an update brings, checked as Drive checks them. */
import { driveInvalidParameter, failure, unknownName } from './errors.ts';
import { FILE_FIELDS } from './file-resource.ts';
import type { ApiCall } from './http.ts';
import { isRecord, jsonObject } from './http.ts';
import { headerParameters, httpParts } from './multipart.ts';

/** What a client may write, as it came; absent fields stay as they are. */
export interface FileMetadata {
  readonly id?: string;
  readonly name?: string;
  readonly mimeType?: string;
  readonly description?: string;
  readonly parents?: readonly string[];
  /** Null takes the property away. */
  readonly appProperties?: Readonly<Record<string, string | null>>;
  readonly properties?: Readonly<Record<string, string | null>>;
  /** RFC 3339 in UTC with milliseconds. */
  readonly createdTime?: string;
  readonly modifiedTime?: string;
  readonly trashed?: boolean;
}

export interface Upload {
  readonly metadata: FileMetadata;
  readonly media: { readonly mimeType: string; readonly bytes: Buffer } | null;
}

// Writable by the reference, but nothing here keeps them.
const IGNORED = new Set(
  'kind starred folderColorRgb copyRequiresWriterPermission writersCanShare viewedByMeTime originalFilename contentHints contentRestrictions'.split(
    ' ',
  ),
);

/** @throws GoogleFailure 400 for what can't be read, 403 `fieldNotWritable` */
export function readMetadata(record: Record<string, unknown> | null): FileMetadata {
  if (!record) throw failure('drive', 400, 'parseError', 'Parse Error');
  const metadata: { -readonly [Key in keyof FileMetadata]: FileMetadata[Key] } = {};
  for (const [name, value] of Object.entries(record)) {
    switch (name) {
      case 'id':
      case 'name':
      case 'mimeType':
      case 'description':
        if (typeof value !== 'string') throw badValue(name, value);
        metadata[name] = value;
        break;
      case 'createdTime':
      case 'modifiedTime':
        metadata[name] = timestamp(name, value);
        break;
      case 'trashed':
        if (typeof value !== 'boolean') throw badValue(name, value);
        metadata.trashed = value;
        break;
      case 'parents':
        if (!Array.isArray(value) || !value.every((id): id is string => typeof id === 'string')) {
          throw badValue(name, value);
        }
        metadata.parents = value;
        break;
      case 'appProperties':
      case 'properties':
        metadata[name] = customProperties(name, value);
        break;
      default:
        if (IGNORED.has(name)) break;
        if (!Object.hasOwn(FILE_FIELDS, name)) throw unknownName('drive', name, 'body');
        throw failure(
          'drive',
          403,
          'fieldNotWritable',
          'The resource body includes fields which are not directly writable.',
        );
    }
  }
  return metadata;
}

function badValue(name: string, value: unknown) {
  return failure('drive', 400, 'invalid', `Invalid value at 'file.${name}': ${JSON.stringify(value)}`);
}

function timestamp(name: string, value: unknown): string {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
  if (typeof value !== 'string' || !form.test(value) || Number.isNaN(Date.parse(value)))
    throw badValue(name, value);
  return new Date(value).toISOString();
}

/** At most 30 of a kind, 124 bytes of key and value: developers.google.com/workspace/drive/api/guides/properties. */
function customProperties(name: string, value: unknown): Record<string, string | null> {
  if (!isRecord(value)) throw badValue(name, value);
  const read: Record<string, string | null> = {};
  for (const [key, text] of Object.entries(value)) {
    if (text !== null && typeof text !== 'string') throw badValue(name, value);
    if (Buffer.byteLength(key) + Buffer.byteLength(text ?? '') > 124) {
      throw failure('drive', 400, 'invalid', `The property ${key} is longer than 124 bytes.`);
    }
    read[key] = text;
  }
  return read;
}

/** @throws GoogleFailure 403 when there would be more than 30 */
export function mergeProperties(
  present: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>> | undefined,
): Record<string, string> {
  const merged = Object.entries({ ...present, ...changes }).flatMap(([key, value]): [string, string][] =>
    value === null ? [] : [[key, value]],
  );
  if (merged.length > 30) {
    throw failure(
      'drive',
      403,
      'propertyLimitExceeded',
      'A file may have at most 30 properties of this kind.',
    );
  }
  return Object.fromEntries(merged);
}

/** The body of a call to `/drive/v3/files…`: metadata only. */
export function readJsonBody(call: ApiCall): Upload {
  const type = call.headers['content-type'];
  if (call.body.length > 0 && headerParameters(type ?? '').value !== 'application/json') {
    throw failure('drive', 400, 'parseError', 'Parse Error');
  }
  return { metadata: readMetadata(jsonObject(call.body)), media: null };
}

/** The body of a call to `/upload/drive/v3/files…`: developers.google.com/workspace/drive/api/guides/manage-uploads. */
export function readUpload(call: ApiCall): Upload {
  const type = call.headers['content-type'] ?? '';
  switch (call.query.get('uploadType')) {
    case 'media':
      return {
        metadata: {},
        media: { mimeType: headerParameters(type).value || 'application/octet-stream', bytes: call.body },
      };
    case 'multipart': {
      const [first, second, ...others] = httpParts(type, call.body, 'multipart/related') ?? [];
      if (!first || !second || others.length > 0) {
        throw failure('drive', 400, 'badRequest', 'Malformed multipart body.');
      }
      if (headerParameters(first.headers['content-type'] ?? '').value !== 'application/json') {
        throw failure('drive', 400, 'badContent', 'Bad content type. Please use multipart.');
      }
      const encoding = (second.headers['content-transfer-encoding'] ?? 'binary').toLowerCase();
      const bytes =
        encoding === 'base64' ? Buffer.from(second.body.toString('latin1'), 'base64') : second.body;
      return {
        metadata: readMetadata(jsonObject(first.body)),
        media: {
          mimeType:
            headerParameters(second.headers['content-type'] ?? '').value || 'application/octet-stream',
          bytes,
        },
      };
    }
    default:
      // Resumable ones come here as multipart, from drive-resumable.ts.
      throw driveInvalidParameter('uploadType');
  }
}
