/** permissions.list: developers.google.com/workspace/drive/api/reference/rest/v3/permissions/list. */
import type { Grant } from '../contract.ts';
import { canWrite, type DriveRecord } from './drive-store.ts';
import { driveInvalidParameter, failure, integerParameter } from './errors.ts';
import type { FieldSchema } from './fields.ts';
import { masked } from './file-resource.ts';
import type { Answer, ApiCall } from './http.ts';
import { jsonAnswer, wantsPretty } from './http.ts';

export interface LocalPermission {
  readonly type: 'user' | 'group' | 'domain' | 'anyone';
  readonly role: 'owner' | 'organizer' | 'fileOrganizer' | 'writer' | 'commenter' | 'reader';
  /** Of users and groups. */
  readonly emailAddress?: string;
  readonly displayName?: string;
  /** Of domains. */
  readonly domain?: string;
  readonly deleted?: boolean;
}

const FIELDS: FieldSchema = {
  kind: true,
  nextPageToken: true,
  permissions: {
    kind: true,
    id: true,
    type: true,
    role: true,
    emailAddress: true,
    displayName: true,
    domain: true,
    deleted: true,
    allowFileDiscovery: true,
    pendingOwner: true,
  },
};
const BY_DEFAULT = 'kind,nextPageToken,permissions(id,type,kind,role)';
const MOST_A_PAGE = 100;

/**
 * Without `pageSize` all of a file outside shared drives, else at most 100 a page. A reader is not told (403
 * `insufficientFilePermissions`: developers.google.com/workspace/drive/api/guides/handle-errors).
 * @throws GoogleFailure
 */
export function listPermissions(call: ApiCall, file: DriveRecord, grant: Grant, ownerName: string): Answer {
  const owner: LocalPermission = {
    type: 'user',
    role: 'owner',
    emailAddress: file.ownerEmail,
    displayName: ownerName,
  };
  const all = file.permissions ?? [owner];
  if (!isEditor(all, file, grant)) {
    throw failure(
      'drive',
      403,
      'insufficientFilePermissions',
      'The user does not have sufficient permissions for this file.',
    );
  }
  const size = integerParameter('drive', call.query, 'pageSize', all.length);
  if (call.query.has('pageSize') && size < 1) throw driveInvalidParameter('pageSize');
  const token = call.query.get('pageToken') ?? '0';
  if (!/^\d+$/.test(token) || Number(token) >= Math.max(1, all.length))
    throw driveInvalidParameter('pageToken');
  const from = Number(token);
  const to = from + (call.query.has('pageSize') ? Math.min(size, MOST_A_PAGE) : all.length);
  const value = {
    kind: 'drive#permissionList',
    permissions: all.slice(from, to).map((one, index) => resource(one, from + index)),
    ...(to < all.length ? { nextPageToken: String(to) } : {}),
  };
  const shown = masked(value, call.query.get('fields'), FIELDS, BY_DEFAULT);
  return jsonAnswer(200, shown, { pretty: wantsPretty(call.query) });
}

function isEditor(all: readonly LocalPermission[], file: DriveRecord, grant: Grant): boolean {
  const isOwner = file.ownerEmail.toLowerCase() === grant.email.toLowerCase();
  const isWriter = all.some(
    ({ role, emailAddress }) =>
      role === 'writer' && emailAddress?.toLowerCase() === grant.email.toLowerCase(),
  );
  return isOwner || isWriter || canWrite(file, grant);
}

function resource(permission: LocalPermission, index: number): Record<string, unknown> {
  const isAccount = permission.type === 'user' || permission.type === 'group';
  return {
    kind: 'drive#permission',
    id: permission.type === 'anyone' ? 'anyoneWithLink' : `1000000000000000000${index}`,
    ...permission,
    ...(isAccount
      ? { deleted: permission.deleted ?? false, pendingOwner: false }
      : { allowFileDiscovery: false }),
  };
}
