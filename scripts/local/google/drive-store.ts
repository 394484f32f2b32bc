/** What lies in Drive, for all accounts, and who may see and change it. */
import { createHash } from 'node:crypto';
import type { Clock, Grant } from '../contract.ts';
import { SCOPES } from './authorization.ts';
import type { LocalPermission } from './drive-permissions.ts';
import { driveNotFound, failure } from './errors.ts';

export const FOLDER_TYPE = 'application/vnd.google-apps.folder';
export const SHORTCUT_TYPE = 'application/vnd.google-apps.shortcut';

export interface DriveRecord {
  readonly id: string;
  readonly ownerEmail: string;
  readonly createdByApp: boolean;
  readonly createdTime: string;
  name: string;
  mimeType: string;
  description: string | null;
  parents: string[];
  appProperties: Record<string, string>;
  properties: Record<string, string>;
  /** RFC 3339 in UTC with milliseconds. */
  modifiedTime: string;
  trashed: boolean;
  version: number;
  /** Null for folders and for what Google's editors keep. */
  bytes: Buffer | null;
  headRevisionId: string | null;
  /** Where a shortcut leads (developers.google.com/workspace/drive/api/guides/shortcuts). */
  readonly shortcut: { readonly targetId: string; readonly targetMimeType: string } | null;
  /** What an editor's file exports to, by MIME type. */
  readonly exports: Record<string, Buffer>;
  /** The owner alone when absent. */
  readonly permissions?: readonly LocalPermission[];
}

export interface NewFile {
  readonly ownerEmail: string;
  readonly createdByApp: boolean;
  readonly name: string;
  readonly mimeType: string;
  readonly parents: readonly string[];
  readonly bytes: Buffer | null;
  readonly id?: string;
  readonly description?: string;
  readonly createdTime?: string;
  readonly modifiedTime?: string;
  readonly appProperties?: Record<string, string>;
  readonly properties?: Record<string, string>;
  readonly exports?: Record<string, Buffer>;
  readonly shortcut?: DriveRecord['shortcut'];
}

export interface DriveState {
  readonly generatedIds: readonly string[];
  readonly files: readonly (Omit<DriveRecord, 'bytes' | 'exports'> & {
    readonly bytes: string | null;
    readonly exports: Readonly<Record<string, string>>;
  })[];
}

export interface DriveStore {
  /** The folder "My Drive" of an account. */
  rootId(email: string): string;
  /** The id behind an id or the alias `root`. */
  resolve(id: string, email: string): string;
  /** All but the roots, in the order of their making. */
  all(): readonly DriveRecord[];
  find(id: string): DriveRecord | null;
  generateId(): string;
  isGenerated(id: string): boolean;
  add(file: NewFile): DriveRecord;
  /** By itself or with a folder above it. */
  isTrashed(file: DriveRecord): boolean;
  setBytes(file: DriveRecord, bytes: Buffer): void;
  /** With all that lies in it. */
  remove(file: DriveRecord): void;
  state(): DriveState;
}

export function createDriveStore(clock: Clock, uuid: () => string, saved?: DriveState): DriveStore {
  const files = new Map<string, DriveRecord>();
  const generated = new Set(saved?.generatedIds ?? []);
  for (const file of saved?.files ?? []) {
    const exports = Object.fromEntries(
      Object.entries(file.exports).map(([type, bytes]) => [type, Buffer.from(bytes, 'base64')]),
    );
    files.set(file.id, {
      ...structuredClone(file),
      bytes: file.bytes === null ? null : Buffer.from(file.bytes, 'base64'),
      exports,
    });
  }
  const newId = (): string => `1${createHash('sha256').update(uuid()).digest('base64url').slice(0, 32)}`;
  const rootId = (email: string): string =>
    `0A${createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 11)}Uk9PVA`;
  const store: DriveStore = {
    rootId,
    resolve: (id, email) => (id === 'root' ? rootId(email) : id),
    all: () => [...files.values()],
    find: (id) => files.get(id) ?? null,
    generateId() {
      const id = newId();
      generated.add(id);
      return id;
    },
    isGenerated: (id) => generated.has(id),
    add(file) {
      const now = new Date(clock.now()).toISOString();
      const record: DriveRecord = {
        id: file.id ?? newId(),
        ownerEmail: file.ownerEmail,
        createdByApp: file.createdByApp,
        createdTime: file.createdTime ?? now,
        name: file.name,
        mimeType: file.mimeType,
        description: file.description ?? null,
        parents: file.parents.length > 0 ? [...file.parents] : [rootId(file.ownerEmail)],
        appProperties: { ...file.appProperties },
        properties: { ...file.properties },
        modifiedTime: file.modifiedTime ?? now,
        trashed: false,
        version: 1,
        bytes: null,
        headRevisionId: null,
        shortcut: file.shortcut ?? null,
        exports: { ...file.exports },
      };
      if (file.bytes) store.setBytes(record, file.bytes);
      files.set(record.id, record);
      return record;
    },
    isTrashed: (file) =>
      file.trashed ||
      file.parents.some((id) => {
        const parent = files.get(id);
        return parent !== undefined && store.isTrashed(parent);
      }),
    setBytes(file, bytes) {
      file.bytes = bytes;
      file.headRevisionId = `0B${createHash('sha256').update(uuid()).digest('base64url').slice(0, 40)}`;
    },
    remove(file) {
      files.delete(file.id);
      for (const child of [...files.values()]) if (child.parents.includes(file.id)) store.remove(child);
    },
    state: () => ({
      generatedIds: [...generated],
      files: [...files.values()].map((file) => ({
        ...structuredClone({ ...file, bytes: null, exports: {} }),
        bytes: file.bytes?.toString('base64') ?? null,
        exports: Object.fromEntries(
          Object.entries(file.exports).map(([type, bytes]) => [type, bytes.toString('base64')]),
        ),
      })),
    }),
  };
  return store;
}

/** With `drive.file` alone an app sees what it made: developers.google.com/workspace/drive/api/guides/api-specific-auth. */
export function canSee(file: DriveRecord, grant: Grant): boolean {
  if (file.ownerEmail.toLowerCase() !== grant.email.toLowerCase()) return false;
  return file.createdByApp || grant.scopes.includes(SCOPES.drive) || grant.scopes.includes(SCOPES.driveRead);
}

export function canWrite(file: DriveRecord, grant: Grant): boolean {
  if (!canSee(file, grant)) return false;
  return (
    grant.scopes.includes(SCOPES.drive) || (file.createdByApp && grant.scopes.includes(SCOPES.driveFile))
  );
}

/** @throws GoogleFailure 404 when the app can't see it, 403 `appNotAuthorizedToFile` when it only sees it */
export function writable(file: DriveRecord | null, id: string, grant: Grant): DriveRecord {
  if (!file || !canSee(file, grant)) throw driveNotFound(id);
  if (!canWrite(file, grant)) {
    // The words are those of github.com/dhleong/wish/pull/54.
    throw failure(
      'drive',
      403,
      'appNotAuthorizedToFile',
      `The user has not granted the app ${APP_ID} write access to the file ${id}.`,
      { place: { location: 'Authorization', locationType: 'header' } },
    );
  }
  return file;
}

const APP_ID = '407408718192';
