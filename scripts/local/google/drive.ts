/**
 * Drive v3: developers.google.com/workspace/drive/api/reference/rest/v3.
 *
 * Ours, not the emulator's: that one has no checksums, descriptions, properties, field masks or scopes, and keeps
 * a base64 part undecoded.
 */

import type { Clock, Grant, Tokens } from '../contract.ts';
import { authorize, SCOPES } from './authorization.ts';
import { plain } from './bytes.ts';
import { listFiles } from './drive-list.ts';
import type { FileMetadata, Upload } from './drive-metadata.ts';
import { mergeProperties, readJsonBody, readUpload } from './drive-metadata.ts';
import { listPermissions } from './drive-permissions.ts';
import type { DriveRecord, DriveStore } from './drive-store.ts';
import { canSee, FOLDER_TYPE, SHORTCUT_TYPE, writable } from './drive-store.ts';
import {
  checkParameters,
  driveInvalidParameter,
  driveNotFound,
  failure,
  integerParameter,
} from './errors.ts';
import { BY_DEFAULT, FILE_FIELDS, fileResource, isNative, masked } from './file-resource.ts';
import type { Answer, ApiCall } from './http.ts';
import { bytesAnswer, decodedSegment, jsonAnswer, noContent, wantsPretty } from './http.ts';

export interface DriveParts {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly store: DriveStore;
  accountName(email: string): string;
}

interface Context {
  readonly call: ApiCall;
  readonly parts: DriveParts;
  readonly grant: Grant;
  readonly id: string;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly parameters: string;
  readonly media?: true;
  run(context: Context): Answer;
}

const READ: readonly string[] = [SCOPES.drive, SCOPES.driveFile, SCOPES.driveRead];
const WRITE: readonly string[] = [SCOPES.drive, SCOPES.driveFile];
const SHARED = 'supportsAllDrives supportsTeamDrives includePermissionsForView includeLabels';

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/drive\/v3\/about$/,
    name: 'DriveAbout.Get',
    scopes: READ,
    parameters: '',
    run: about,
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files$/,
    name: 'DriveFiles.List',
    scopes: READ,
    parameters: `${SHARED} q pageSize pageToken orderBy spaces corpora driveId includeItemsFromAllDrives`,
    run: ({ call, grant, parts }) => listFiles(call, grant, parts),
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files\/generateIds$/,
    name: 'DriveFiles.GenerateIds',
    scopes: WRITE,
    parameters: 'count space type',
    run: generateIds,
  },
  {
    method: 'POST',
    path: /^(?:\/upload)?\/drive\/v3\/files$/,
    name: 'DriveFiles.Create',
    scopes: WRITE,
    parameters: `${SHARED} enforceSingleParent ignoreDefaultVisibility keepRevisionForever useContentAsIndexableText`,
    run: create,
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files\/([^/]+)$/,
    name: 'DriveFiles.Get',
    scopes: READ,
    parameters: `${SHARED} acknowledgeAbuse`,
    media: true,
    run: get,
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files\/([^/]+)\/export$/,
    name: 'DriveFiles.Export',
    scopes: READ,
    parameters: 'mimeType',
    media: true,
    run: exported,
  },
  {
    method: 'GET',
    path: /^\/drive\/v3\/files\/([^/]+)\/permissions$/,
    name: 'DrivePermissions.List',
    scopes: READ,
    parameters:
      'supportsAllDrives supportsTeamDrives useDomainAdminAccess includePermissionsForView pageSize pageToken',
    run: (context) => {
      const file = visible(context);
      return listPermissions(context.call, file, context.grant, context.parts.accountName(file.ownerEmail));
    },
  },
  {
    method: 'PATCH',
    path: /^(?:\/upload)?\/drive\/v3\/files\/([^/]+)$/,
    name: 'DriveFiles.Update',
    scopes: WRITE,
    parameters: `${SHARED} addParents removeParents enforceSingleParent keepRevisionForever useContentAsIndexableText`,
    run: update,
  },
  {
    method: 'DELETE',
    path: /^\/drive\/v3\/files\/([^/]+)$/,
    name: 'DriveFiles.Delete',
    scopes: WRITE,
    parameters: `${SHARED} enforceSingleParent`,
    run: ({ parts, grant, id }) => {
      parts.store.remove(writable(parts.store.find(id), id, grant));
      return noContent;
    },
  },
];

/** The answer, or null when no route is meant. @throws GoogleFailure */
export function answerDrive(call: ApiCall, parts: DriveParts): Answer | null {
  const route = ROUTES.find((one) => one.method === call.method && one.path.test(call.path));
  if (!route) return null;
  checkParameters('drive', call.query, route.parameters.split(' '), route.media);
  const grant = authorize('drive', call, parts, route.scopes, `google.apps.drive.v3.${route.name}`);
  const id = decodedSegment(route.path.exec(call.path)?.[1] ?? '') ?? '';
  return route.run({ call, parts, grant, id: parts.store.resolve(id, grant.email) });
}

function shownFile({ call, parts, grant }: Context, file: DriveRecord): Answer {
  const resource = fileResource(file, grant, parts.accountName(file.ownerEmail), parts.store.isTrashed(file));
  const value = masked(resource, call.query.get('fields'), FILE_FIELDS, BY_DEFAULT);
  return jsonAnswer(200, value, { pretty: wantsPretty(call.query) });
}

function visible({ parts, grant, id }: Context): DriveRecord {
  const file = parts.store.find(id);
  if (!file || !canSee(file, grant)) throw driveNotFound(id);
  return file;
}

function about({ call, parts, grant }: Context): Answer {
  const fields = call.query.get('fields');
  if (fields === null) {
    throw failure('drive', 400, 'required', "The 'fields' parameter is required for this method.", {
      place: { location: 'fields', locationType: 'parameter' },
    });
  }
  const used = parts.store
    .all()
    .filter((file) => file.ownerEmail === grant.email)
    .reduce((sum, file) => sum + (file.bytes?.length ?? 0), 0);
  const value = {
    kind: 'drive#about',
    user: {
      kind: 'drive#user',
      displayName: parts.accountName(grant.email),
      me: true,
      emailAddress: grant.email,
    },
    storageQuota: { limit: '16106127360', usage: `${used}`, usageInDrive: `${used}`, usageInDriveTrash: '0' },
  };
  const schema = { kind: true, user: true, storageQuota: true } as const;
  return jsonAnswer(200, masked(value, fields, schema, '*'), { pretty: wantsPretty(call.query) });
}

function generateIds({ call, parts }: Context): Answer {
  const count = integerParameter('drive', call.query, 'count', 10);
  if (count < 1 || count > 1000) throw driveInvalidParameter('count');
  const ids = Array.from({ length: count }, () => parts.store.generateId());
  const value = { kind: 'drive#generatedIds', space: 'drive', ids };
  const shown = masked(value, call.query.get('fields'), { kind: true, space: true, ids: true }, '*');
  return jsonAnswer(200, shown, { pretty: wantsPretty(call.query) });
}

function get(context: Context): Answer {
  const { call, parts, grant, id } = context;
  if (
    id === parts.store.rootId(grant.email) &&
    grant.scopes.some((scope) => scope !== SCOPES.driveFile && READ.includes(scope))
  ) {
    const name = { kind: 'drive#file', id, name: 'My Drive', mimeType: FOLDER_TYPE };
    return jsonAnswer(200, masked(name, call.query.get('fields'), FILE_FIELDS, BY_DEFAULT));
  }
  const file = visible(context);
  if (call.query.get('alt') !== 'media') return shownFile(context, file);
  if (!file.bytes) {
    throw failure(
      'drive',
      403,
      'fileNotDownloadable',
      'Only files with binary content can be downloaded. Use Export with Docs Editors files.',
      { place: { location: 'alt', locationType: 'parameter' } },
    );
  }
  return bytesAnswer(file.mimeType, plain(file.bytes));
}

const EXPORT_LIMIT_BYTES = 10 * 1024 * 1024;

function exported(context: Context): Answer {
  const file = visible(context);
  const type = context.call.query.get('mimeType');
  if (!type) {
    throw failure('drive', 400, 'required', 'Required parameter: mimeType', {
      place: { location: 'mimeType', locationType: 'parameter' },
    });
  }
  if (!isNative(file.mimeType) || [FOLDER_TYPE, SHORTCUT_TYPE].includes(file.mimeType)) {
    throw failure('drive', 403, 'fileNotExportable', 'Export only supports Docs Editors files.');
  }
  const bytes = file.exports[type];
  // "Note that the exported content is limited to 10 MB" (reference/rest/v3/files/export).
  if (bytes && bytes.length > EXPORT_LIMIT_BYTES) {
    throw failure('drive', 403, 'exportSizeLimitExceeded', 'This file is too large to be exported.');
  }
  if (!bytes) {
    throw failure('drive', 400, 'badRequest', 'The requested conversion is not supported.', {
      place: { location: 'convertTo', locationType: 'parameter' },
    });
  }
  return bytesAnswer(type, plain(bytes));
}

function readBody(call: ApiCall): Upload {
  return call.path.startsWith('/upload/') ? readUpload(call) : readJsonBody(call);
}

/** @throws GoogleFailure 404, 403 `appNotAuthorizedToFile`, 403 `parentNotAFolder` */
function checkParent({ parts, grant }: Context, parentId: string): string {
  const id = parts.store.resolve(parentId, grant.email);
  if (id === parts.store.rootId(grant.email)) return id;
  const parent = writable(parts.store.find(id), id, grant);
  if (parent.mimeType !== FOLDER_TYPE) {
    throw failure('drive', 403, 'parentNotAFolder', 'The specified parent is not a folder.');
  }
  return id;
}

function create(context: Context): Answer {
  const { call, parts, grant } = context;
  const { metadata, media } = readBody(call);
  const { id } = metadata;
  if (metadata.parents && metadata.parents.length > 1) throw tooManyParents();
  const parents = (metadata.parents ?? []).map((parent) => checkParent(context, parent));
  const mimeType = metadata.mimeType ?? media?.mimeType ?? 'application/octet-stream';
  if (id !== undefined) {
    if (parts.store.find(id)) {
      throw failure('drive', 409, 'fileIdInUse', 'A file already exists with the provided ID.');
    }
    // "Pre-generated IDs are not supported for native Google Document creation" (manage-uploads guide).
    if (!parts.store.isGenerated(id) || (isNative(mimeType) && mimeType !== FOLDER_TYPE)) {
      throw failure('drive', 400, 'invalid', 'The provided file ID is not usable.', {
        place: { location: 'file.id', locationType: 'parameter' },
      });
    }
  }
  if (media && mimeType === FOLDER_TYPE) throw failure('drive', 400, 'badRequest', 'Bad Request');
  const native = isNative(mimeType);
  const file = parts.store.add({
    ownerEmail: grant.email,
    createdByApp: true,
    name: metadata.name ?? 'Untitled',
    mimeType,
    parents,
    bytes: native ? null : (media?.bytes ?? Buffer.alloc(0)),
    appProperties: mergeProperties({}, metadata.appProperties),
    properties: mergeProperties({}, metadata.properties),
    ...(native && media ? { exports: { [media.mimeType]: media.bytes } } : {}),
    ...optional(metadata, ['id', 'description', 'createdTime', 'modifiedTime']),
  });
  return shownFile(context, file);
}

function optional<Key extends keyof FileMetadata>(
  metadata: FileMetadata,
  keys: readonly Key[],
): Pick<FileMetadata, Key> {
  const picked = keys
    .filter((key) => metadata[key] !== undefined)
    .map((key) => [key, metadata[key]] as const);
  return Object.fromEntries(picked) as Pick<FileMetadata, Key>;
}

function tooManyParents() {
  return failure('drive', 403, 'cannotAddParent', 'Increasing the number of parents is not allowed');
}

function update(context: Context): Answer {
  const { call, parts, grant, id } = context;
  const file = writable(parts.store.find(id), id, grant);
  const { metadata, media } = readBody(call);
  if (metadata.parents) {
    throw failure(
      'drive',
      403,
      'fieldNotWritable',
      'The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.',
    );
  }
  if (metadata.id !== undefined && metadata.id !== id) {
    throw failure(
      'drive',
      403,
      'fieldNotWritable',
      'The resource body includes fields which are not directly writable.',
    );
  }
  if (media && !file.bytes) {
    throw failure('drive', 403, 'fileNotDownloadable', 'The content of this file can not be replaced.');
  }
  const named = (parameter: string): string[] =>
    (call.query.get(parameter) ?? '').split(',').filter((one) => one !== '');
  const removed = named('removeParents').map((parent) => parts.store.resolve(parent, grant.email));
  const added = named('addParents').map((parent) => checkParent(context, parent));
  const parents = [...new Set([...file.parents.filter((parent) => !removed.includes(parent)), ...added])];
  // A file has one parent (developers.google.com/workspace/drive/api/guides/ref-single-parent).
  if (parents.length > 1) throw tooManyParents();

  const appProperties = mergeProperties(file.appProperties, metadata.appProperties);
  file.properties = mergeProperties(file.properties, metadata.properties);
  file.appProperties = appProperties;
  file.parents = parents.length > 0 ? parents : [parts.store.rootId(grant.email)];
  file.name = metadata.name ?? file.name;
  file.mimeType = metadata.mimeType ?? (media && !metadata.mimeType ? media.mimeType : file.mimeType);
  file.description = metadata.description ?? file.description;
  file.trashed = metadata.trashed ?? file.trashed;
  file.modifiedTime = metadata.modifiedTime ?? new Date(parts.clock.now()).toISOString();
  file.version += 1;
  if (media) parts.store.setBytes(file, media.bytes);
  return shownFile(context, file);
}
