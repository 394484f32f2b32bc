/** The folders that the add-on makes in Drive, once each, so that the scope `drive.file` suffices. */
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { createFolder, FOLDER_TYPE } from '../clients/google/drive.ts';
import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

/** Folders are known by this app property, so that the user may rename or move them anywhere. */
export const FOLDER_PROPERTY = 'purserFolder';

type Branch = 'reports' | 'revenue-ledger';

export interface Folder {
  readonly key: string;
  readonly name: string;
}

/** From the root down, for a year: `Purser/reports/2026`, `Purser/revenue-ledger/2026`. */
export function folderPath(branch: Branch, workbookKey: string, year: string): readonly Folder[] {
  return [
    { key: `${workbookKey}/root`, name: 'Purser' },
    { key: `${workbookKey}/${branch}`, name: branch },
    { key: `${workbookKey}/${branch}/${year}`, name: year },
  ];
}

export interface FilingFolders {
  readonly reports: string;
  /** Where copies of the workbook go: no reason to hold a statement when it can't be made. */
  readonly ledger: Outcome<string>;
}

/**
 * The ids of the year's folders; what is missing on the way is made, one round a level.
 * @throws PurserError when the folder for statements can't be made
 */
export function ensureFolders(
  host: Host,
  token: string,
  found: readonly DriveFile[],
  workbookKey: string,
  year: string,
  options: ExchangeOptions = {},
): FilingFolders {
  const ids = new Map<string, string>();
  for (const { id, mimeType, appProperties } of found) {
    const key = appProperties[FOLDER_PROPERTY];
    if (mimeType === FOLDER_TYPE && key !== undefined && !ids.has(key)) ids.set(key, id);
  }
  const errors = new Map<string, PurserError>();
  const reports = folderPath('reports', workbookKey, year);
  const ledger = folderPath('revenue-ledger', workbookKey, year);
  for (;;) {
    const calls: Record<string, Call<DriveFile>> = {};
    for (const path of [reports, ledger]) {
      const next = firstMissing(path, ids);
      if (next === undefined || path.some(({ key }) => errors.has(key))) continue;
      calls[next.key] = createFolder(token, {
        name: next.name,
        appProperties: { [FOLDER_PROPERTY]: next.key },
        ...(next.parent === undefined ? {} : { parents: [next.parent] }),
      });
    }
    const outcomes = Object.entries(exchange(host, calls, options));
    for (const [key, outcome] of outcomes) {
      if (outcome.ok) ids.set(key, outcome.value.id);
      else errors.set(key, outcome.error);
    }
    if (outcomes.length === 0) break;
  }
  const folderOf = (path: readonly Folder[]): Outcome<string> => {
    const error = path.map(({ key }) => errors.get(key)).find((one) => one !== undefined);
    return error === undefined
      ? { ok: true, value: ids.get(path[path.length - 1]?.key ?? '') ?? '' }
      : { ok: false, error };
  };
  return { reports: valueOrThrow(folderOf(reports)), ledger: folderOf(ledger) };
}

/** Below the deepest folder that is there: a person may have taken it out of those above, and deleted them. */
function firstMissing(
  path: readonly Folder[],
  ids: ReadonlyMap<string, string>,
): (Folder & { readonly parent: string | undefined }) | undefined {
  const deepest = path.map(({ key }) => ids.has(key)).lastIndexOf(true);
  const folder = path[deepest + 1];
  return folder && { ...folder, parent: ids.get(path[deepest]?.key ?? '') };
}
