/** Who may do what with a file: developers.google.com/workspace/drive/api/reference/rest/v3/permissions/list. */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { malformed, settleJson } from './reply.ts';

const FIELDS = 'nextPageToken,permissions(type,role,emailAddress,displayName,domain,deleted)';

const Permission = v.object({
  /** `user`, `group`, `domain`, `anyone`. */
  type: v.string(),
  /** `owner`, `organizer`, `fileOrganizer`, `writer`, `commenter`, `reader`. */
  role: v.string(),
  emailAddress: v.optional(v.string(), ''),
  displayName: v.optional(v.string(), ''),
  domain: v.optional(v.string(), ''),
  /** The account is gone. */
  deleted: v.optional(v.boolean(), false),
});
const PermissionList = v.object({
  permissions: v.array(Permission),
  nextPageToken: v.optional(v.string()),
});

export type DrivePermission = v.InferOutput<typeof Permission>;

/** All permissions of a file, all pages, inherited ones too. `drive.readonly` suffices; Google tells only editors. */
export function listPermissions(token: string, fileId: string): Call<readonly DrivePermission[]> {
  return permissionsPage(token, fileId, null, []);
}

function permissionsPage(
  token: string,
  fileId: string,
  pageToken: string | null,
  before: readonly DrivePermission[],
): Call<readonly DrivePermission[]> {
  const question = { name: 'Drive permissions', repeatable: true };
  const page = pageToken === null ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
  const call: Call<v.InferOutput<typeof PermissionList>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `https://www.googleapis.com/drive/v3/files/${encodeURIComponent(fileId)}/permissions?supportsAllDrives=true&pageSize=100&fields=${encodeURIComponent(FIELDS)}${page}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, PermissionList),
  };
  return andThen(call, ({ permissions, nextPageToken }) => {
    const all: readonly DrivePermission[] = [...before, ...permissions];
    if (nextPageToken === undefined) return done(all);
    if (nextPageToken === pageToken) {
      return { kind: 'failed', error: malformed(question, 'gives the same page again', null) };
    }
    return { kind: 'next', call: permissionsPage(token, fileId, nextPageToken, all) };
  });
}
