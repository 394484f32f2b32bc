/** What a person does in Drive by hand, the app apart. */
import type { Clock } from '../contract.ts';
import type { DriveRecord, DriveStore } from './drive-store.ts';
import { FOLDER_TYPE } from './drive-store.ts';

const NATIVE_TYPE = 'application/vnd.google-apps.';
const SHEET_TYPE = `${NATIVE_TYPE}spreadsheet`;
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface PersonsFile {
  readonly name: string;
  /** Ids of folders; none is "My Drive". */
  readonly parents: readonly string[];
  /** `application/vnd.google-apps.folder` makes a folder. */
  readonly mimeType: string;
  /** Null or empty for folders; of a Google Sheet the XLSX that it exports to. */
  readonly bytes: Uint8Array | null;
  /** RFC 3339; the clock's when absent. */
  readonly modifiedTime?: string;
  readonly id?: string;
  /** What an editor's file exports to, by MIME type. */
  readonly exports?: Readonly<Record<string, Uint8Array>>;
  /** Makes a shortcut of type `application/vnd.google-apps.shortcut` to the file with that id, one that is gone too. */
  readonly shortcutTo?: string;
  /** Whose it is; the user's when absent. */
  readonly account?: string;
}

/** @returns the file's id */
export function putPersonsFile(store: DriveStore, file: PersonsFile, userEmail: string): string {
  const ownerEmail = file.account ?? userEmail;
  const parents = file.parents.map((parent) => store.resolve(parent, ownerEmail));
  for (const parent of parents) {
    if (parent !== store.rootId(ownerEmail) && store.find(parent)?.mimeType !== FOLDER_TYPE) {
      throw new Error(`No folder ${parent} to put ${file.name} into.`);
    }
  }
  if (file.id !== undefined && store.find(file.id)) throw new Error(`There is a file ${file.id} already.`);
  const native = file.mimeType.startsWith(NATIVE_TYPE);
  const asXlsx = file.mimeType === SHEET_TYPE && file.bytes ? { [XLSX_TYPE]: file.bytes } : {};
  const exports = Object.entries({ ...asXlsx, ...file.exports }).map(
    ([type, bytes]) => [type, Buffer.from(bytes)] as const,
  );
  const { shortcutTo: targetId } = file;
  const targetMimeType = (targetId && store.find(targetId)?.mimeType) || 'application/octet-stream';
  return store.add({
    ownerEmail,
    createdByApp: false,
    name: file.name,
    mimeType: file.mimeType,
    parents,
    bytes: native ? null : Buffer.from(file.bytes ?? []),
    exports: Object.fromEntries(exports),
    shortcut: targetId === undefined ? null : { targetId, targetMimeType },
    ...(file.id === undefined ? {} : { id: file.id }),
    ...(file.modifiedTime === undefined ? {} : { modifiedTime: new Date(file.modifiedTime).toISOString() }),
  }).id;
}

/**
 * "Upload new version": the file keeps its id, and has a new head revision
 * (developers.google.com/workspace/drive/api/guides/manage-revisions).
 * @throws when there is no such file, or it has no bytes that could be uploaded
 */
export function replacePersonsFile(store: DriveStore, clock: Clock, id: string, bytes: Uint8Array): void {
  const file = persons(store, id);
  if (file.bytes === null) throw new Error(`${file.name} has no bytes that could be replaced.`);
  store.setBytes(file, Buffer.from(bytes));
  file.version += 1;
  // Later than before also where the clock stands at the same hour in every run.
  file.modifiedTime = new Date(Math.max(clock.now(), Date.parse(file.modifiedTime) + 1)).toISOString();
}

/** Moves a file to the trash, with what is in it. @throws when there is no such file */
export function trashPersonsFile(store: DriveStore, id: string): void {
  const file = persons(store, id);
  file.trashed = true;
  file.version += 1;
}

function persons(store: DriveStore, id: string): DriveRecord {
  const file = store.find(id);
  if (file === null) throw new Error(`There is no file ${id} in Drive.`);
  return file;
}
