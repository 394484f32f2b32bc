/** The master workbook as a file in Drive: the local Sheets keeps it, Drive exports it. */
import type { Clock } from '../contract.ts';
import type { LocalPermission } from './drive-permissions.ts';
import type { DriveRecord, DriveStore } from './drive-store.ts';

export interface DriveWorkbook {
  readonly id: string;
  readonly ownerEmail: string;
  readonly name: string;
  /** As of now. */
  xlsx(): Promise<Uint8Array>;
}

const SHEET_TYPE = 'application/vnd.google-apps.spreadsheet';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The store with the workbook in it, for a call whose path names it; searches don't find it.
 * @param path of the call, `/drive/v3/files/<id>/export` for its content
 * @param permissions null: the owner alone
 */
export async function withWorkbook(
  store: DriveStore,
  workbook: DriveWorkbook,
  clock: Clock,
  path: string,
  permissions: readonly LocalPermission[] | null,
): Promise<DriveStore> {
  if (!path.startsWith(`/drive/v3/files/${workbook.id}`)) return store;
  const exports: Record<string, Buffer> = path.endsWith('/export')
    ? { [XLSX_TYPE]: Buffer.from(await workbook.xlsx()) }
    : {};
  const now = new Date(clock.now()).toISOString();
  const record: DriveRecord = {
    id: workbook.id,
    ownerEmail: workbook.ownerEmail,
    createdByApp: false,
    createdTime: now,
    name: workbook.name,
    mimeType: SHEET_TYPE,
    description: null,
    parents: [store.rootId(workbook.ownerEmail)],
    appProperties: {},
    properties: {},
    modifiedTime: now,
    trashed: false,
    version: 1,
    bytes: null,
    headRevisionId: null,
    shortcut: null,
    exports,
    ...(permissions === null ? {} : { permissions }),
  };
  return { ...store, find: (id) => (id === workbook.id ? record : store.find(id)) };
}
