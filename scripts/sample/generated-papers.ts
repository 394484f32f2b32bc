/** What a generated month leaves behind on the local Workspace: items in both regions’ tables, sheets in a folder. */
import { readItemLines } from '../local/aws/export-lines.ts';
import { crewDispatch, crewRoster } from '../local/aws/tables.ts';
import type { GeneratedEvidence } from '../local/generate-evidence.ts';
import type { Workspace } from '../local/workspace.ts';
import { jsonLines } from './statements.ts';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The same charters and crew in each region. */
export async function seedTables(
  workspace: Workspace,
  regions: readonly string[],
  charters: readonly object[],
  roster: readonly object[],
): Promise<void> {
  const items = readItemLines(jsonLines(charters), 'charterId').items;
  const crew = readItemLines(jsonLines(roster), 'crewId').items;
  for (const region of regions) {
    await workspace.seedTable(region, crewDispatch(), items);
    await workspace.seedTable(region, crewRoster(), crew);
  }
}

/**
 * @param modifiedTime of the files, RFC 3339; default the clock's
 * @returns the folder's id
 */
export async function putTripSheets(
  workspace: Workspace,
  { tripSheets }: GeneratedEvidence,
  modifiedTime?: string,
): Promise<string> {
  const folder = await workspace.putFile({
    name: 'Trip sheets',
    parents: [],
    mimeType: 'application/vnd.google-apps.folder',
    bytes: null,
  });
  for (const { name, bytes, kind } of tripSheets) {
    const mimeType = kind === 'csv' ? 'text/csv' : XLSX_TYPE;
    const modified = modifiedTime === undefined ? {} : { modifiedTime };
    await workspace.putFile({ name, parents: [folder], mimeType, bytes, ...modified });
  }
  return folder;
}
