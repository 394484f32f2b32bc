/** Files as Drive's API shows them: developers.google.com/workspace/drive/api/reference/rest/v3/files. */

import { createHash } from 'node:crypto';
import type { Grant } from '../contract.ts';
import { plain } from './bytes.ts';
import type { DriveRecord } from './drive-store.ts';
import { canWrite, FOLDER_TYPE } from './drive-store.ts';
import { failure } from './errors.ts';
import type { FieldSchema } from './fields.ts';
import { parseFields, select, unknownField } from './fields.ts';

const NATIVE_PAGES: Readonly<Record<string, string>> = {
  'application/vnd.google-apps.document': 'document',
  'application/vnd.google-apps.presentation': 'presentation',
  'application/vnd.google-apps.spreadsheet': 'spreadsheets',
};

export function isNative(mimeType: string): boolean {
  return mimeType.startsWith('application/vnd.google-apps.');
}

/** All fields that the local Drive fills. */
export function fileResource(
  file: DriveRecord,
  grant: Grant,
  ownerName: string,
  trashed: boolean,
): Record<string, unknown> {
  const folder = file.mimeType === FOLDER_TYPE;
  const write = canWrite(file, grant);
  const owner = {
    kind: 'drive#user',
    displayName: ownerName,
    me: file.ownerEmail.toLowerCase() === grant.email.toLowerCase(),
    permissionId: BigInt(`0x${hash('sha256', Buffer.from(file.ownerEmail)).slice(0, 15)}`).toString(),
    emailAddress: file.ownerEmail,
  };
  const page = NATIVE_PAGES[file.mimeType];
  return {
    kind: 'drive#file',
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    ...(file.description === null ? {} : { description: file.description }),
    starred: false,
    trashed,
    explicitlyTrashed: file.trashed,
    parents: file.parents,
    ...(Object.keys(file.properties).length > 0 ? { properties: file.properties } : {}),
    ...(Object.keys(file.appProperties).length > 0 ? { appProperties: file.appProperties } : {}),
    spaces: ['drive'],
    version: `${file.version}`,
    ...(file.bytes ? { webContentLink: `https://drive.google.com/uc?id=${file.id}&export=download` } : {}),
    webViewLink: folder
      ? `https://drive.google.com/drive/folders/${file.id}`
      : page
        ? `https://docs.google.com/${page}/d/${file.id}/edit?usp=drivesdk`
        : `https://drive.google.com/file/d/${file.id}/view?usp=drivesdk`,
    createdTime: file.createdTime,
    modifiedTime: file.modifiedTime,
    owners: [owner],
    lastModifyingUser: owner,
    ownedByMe: owner.me,
    shared: false,
    capabilities: {
      canAddChildren: folder && write,
      canDelete: write,
      canDownload: !folder,
      canEdit: write,
      canListChildren: folder,
      canModifyContent: write,
      canRename: write,
      canTrash: write,
    },
    writersCanShare: true,
    ...(file.bytes
      ? {
          originalFilename: file.name,
          fullFileExtension: file.name.includes('.') ? file.name.slice(file.name.indexOf('.') + 1) : '',
          fileExtension: file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : '',
          md5Checksum: hash('md5', file.bytes),
          sha1Checksum: hash('sha1', file.bytes),
          sha256Checksum: hash('sha256', file.bytes),
          size: `${file.bytes.length}`,
          quotaBytesUsed: `${file.bytes.length}`,
          headRevisionId: file.headRevisionId,
        }
      : { quotaBytesUsed: '0' }),
    ...(file.shortcut ? { shortcutDetails: file.shortcut } : {}),
    isAppAuthorized: file.createdByApp,
  };
}

export function hash(algorithm: 'md5' | 'sha1' | 'sha256', bytes: Buffer): string {
  return createHash(algorithm).update(plain(bytes)).digest('hex');
}

const USER: FieldSchema = {
  kind: true,
  displayName: true,
  photoLink: true,
  me: true,
  permissionId: true,
  emailAddress: true,
};

const leaves = (names: string): FieldSchema =>
  Object.fromEntries(names.split(' ').map((name): [string, true] => [name, true]));

export const FILE_FIELDS: FieldSchema = {
  ...leaves(
    'kind id name mimeType description starred trashed explicitlyTrashed trashedTime parents properties appProperties spaces version webContentLink webViewLink iconLink hasThumbnail thumbnailLink thumbnailVersion viewedByMe viewedByMeTime createdTime modifiedTime modifiedByMeTime modifiedByMe sharedWithMeTime shared ownedByMe viewersCanCopyContent copyRequiresWriterPermission writersCanShare permissionIds hasAugmentedPermissions folderColorRgb originalFilename fullFileExtension fileExtension md5Checksum sha1Checksum sha256Checksum size quotaBytesUsed headRevisionId isAppAuthorized exportLinks driveId teamDriveId resourceKey inheritedPermissionsDisabled',
  ),
  owners: USER,
  lastModifyingUser: USER,
  sharingUser: USER,
  trashingUser: USER,
  capabilities: true,
  permissions: true,
  contentHints: true,
  imageMediaMetadata: true,
  videoMediaMetadata: true,
  shortcutDetails: true,
  contentRestrictions: true,
  linkShareMetadata: true,
  labelInfo: true,
};

/** What a reply has when the call names no fields. */
export const BY_DEFAULT = 'kind,id,name,mimeType';

export const LIST_FIELDS: FieldSchema = {
  kind: true,
  incompleteSearch: true,
  nextPageToken: true,
  files: FILE_FIELDS,
};

/**
 * A value as `fields` asks for it, or as `byDefault` does when the call has none.
 * @throws GoogleFailure 400 "Invalid field selection"
 */
export function masked(
  value: unknown,
  fields: string | null,
  schema: FieldSchema,
  byDefault: string,
): unknown {
  const selection = parseFields(fields ?? byDefault);
  const wrong = typeof selection === 'string' ? selection : unknownField(selection, schema);
  if (typeof selection === 'string' || wrong !== null) {
    throw failure('drive', 400, 'invalidParameter', `Invalid field selection ${wrong}`, {
      place: { location: 'fields', locationType: 'parameter' },
    });
  }
  return select(value, selection);
}
