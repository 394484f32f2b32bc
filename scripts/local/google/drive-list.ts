/** `files.list`: developers.google.com/workspace/drive/api/reference/rest/v3/files/list. */
import type { Grant } from '../contract.ts';
import { parseDriveQuery } from './drive-query.ts';
import type { DriveRecord, DriveStore } from './drive-store.ts';
import { canSee, FOLDER_TYPE } from './drive-store.ts';
import { driveInvalidParameter, driveNotFound, failure, integerParameter } from './errors.ts';
import { BY_DEFAULT, fileResource, LIST_FIELDS, masked } from './file-resource.ts';
import type { Answer, ApiCall } from './http.ts';
import { jsonAnswer, wantsPretty } from './http.ts';

/** @throws GoogleFailure 400 for a parameter that Drive doesn't take */
export function listFiles(
  call: ApiCall,
  grant: Grant,
  parts: { readonly store: DriveStore; accountName(email: string): string },
): Answer {
  const { query } = call;
  const pageSize = integerParameter('drive', query, 'pageSize', 100);
  if (pageSize < 1 || pageSize > 1000) {
    throw failure(
      'drive',
      400,
      'invalidParameter',
      `Invalid value '${pageSize}'. Values must be within the range: [1, 1000]`,
      { place: { location: 'pageSize', locationType: 'parameter' } },
    );
  }
  const spaces = query.get('spaces') ?? 'drive';
  if (spaces === 'appDataFolder') {
    throw failure(
      'drive',
      403,
      'insufficientScopes',
      'The granted scopes do not give access to all of the requested spaces.',
      { place: { location: 'Authorization', locationType: 'header' } },
    );
  }
  if (spaces !== 'drive') throw driveInvalidParameter('spaces');
  if (!['user', 'allDrives'].includes(query.get('corpora') ?? 'user')) throw driveInvalidParameter('corpora');
  const q = query.get('q') ?? '';
  const test = q === '' ? () => true : parseDriveQuery(q, (id) => searchedFolder(id, grant, parts.store));
  if (!test) throw driveInvalidParameter('q');
  const order = ordering(query.get('orderBy'));
  const token = query.get('pageToken');
  const start = token ? /^page-(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] : '0';
  if (start === undefined) throw driveInvalidParameter('pageToken');
  const found = parts.store
    .all()
    .filter((file) => canSee(file, grant) && test({ ...file, trashed: parts.store.isTrashed(file) }))
    .reverse()
    .sort(order);
  const from = Number(start);
  const value = {
    kind: 'drive#fileList',
    incompleteSearch: false,
    files: found
      .slice(from, from + pageSize)
      .map((file) =>
        fileResource(file, grant, parts.accountName(file.ownerEmail), parts.store.isTrashed(file)),
      ),
    ...(found.length > from + pageSize
      ? { nextPageToken: Buffer.from(`page-${from + pageSize}`).toString('base64url') }
      : {}),
  };
  const shown = masked(
    value,
    query.get('fields'),
    LIST_FIELDS,
    `kind,incompleteSearch,nextPageToken,files(${BY_DEFAULT})`,
  );
  return jsonAnswer(200, shown, { pretty: wantsPretty(query) });
}

/**
 * @throws GoogleFailure 404 without a name in its words for a folder that is not there, or not to be seen
 * (github.com/RobinBobin/react-native-google-drive-api-wrapper/issues/61)
 */
function searchedFolder(idOrAlias: string, grant: Grant, store: DriveStore): string {
  const id = store.resolve(idOrAlias, grant.email);
  const folder = store.find(id);
  if (id !== store.rootId(grant.email) && !(folder && canSee(folder, grant))) throw driveNotFound('');
  return id;
}

const SORT_KEYS: Readonly<Record<string, (file: DriveRecord) => string | number>> = {
  createdTime: (file) => file.createdTime,
  folder: (file) => (file.mimeType === FOLDER_TYPE ? 0 : 1),
  modifiedByMeTime: (file) => file.modifiedTime,
  modifiedTime: (file) => file.modifiedTime,
  name: (file) => file.name.toLowerCase(),
  name_natural: (file) => file.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0')),
  quotaBytesUsed: (file) => file.bytes?.length ?? 0,
  recency: (file) => file.modifiedTime,
};

function ordering(orderBy: string | null): (one: DriveRecord, other: DriveRecord) => number {
  const keys = (orderBy ?? '').split(',').filter((key) => key.trim() !== '');
  const steps = keys.map((key) => {
    const match = /^\s*(\w+)(\s+desc)?\s*$/.exec(key);
    const read = SORT_KEYS[match?.[1] ?? ''];
    if (!match || !read) throw driveInvalidParameter('orderBy');
    return { read, sign: match[2] ? -1 : 1 };
  });
  return (one, other) => {
    for (const { read, sign } of steps) {
      const [left, right] = [read(one), read(other)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}
