/** The person's folder with the trip sheets, as the files that a run is given. */
import { createHash } from 'node:crypto';
import type { Workspace } from '../local/workspace.ts';
import type { NamedBytes } from './inputs.ts';

const FOLDER_TYPE = 'application/vnd.google-apps.folder';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NAME = 'Trip sheets';

/**
 * Does what a person does whose folder is to be the same: uploads what is new, gives what changed a new version, and
 * trashes what is no longer there. What did not change is not touched.
 *
 * @returns the folder's id; null when there are no files, and never were
 */
export async function fileTripSheets(
  workspace: Workspace,
  files: readonly NamedBytes[],
): Promise<string | null> {
  const there = (await workspace.driveFiles()).filter((file) => !file.createdByApp && !file.trashed);
  const known = there.find((file) => file.name === NAME && file.mimeType === FOLDER_TYPE)?.id;
  if (known === undefined && files.length === 0) return null;
  const folder =
    known ?? (await workspace.putFile({ name: NAME, parents: [], mimeType: FOLDER_TYPE, bytes: null }));
  const held = there.filter((file) => file.parents.includes(folder));
  const kept = new Set<string>();
  for (const { name, bytes } of files) {
    const md5 = createHash('md5').update(bytes).digest('hex');
    // Drive allows twins: the one that is right already, else the newest.
    const twins = held.filter((file) => file.name === name);
    const same = twins.find((file) => file.md5Checksum === md5);
    const file = same ?? twins.at(-1);
    if (file === undefined) {
      const mimeType = name.toLowerCase().endsWith('.csv') ? 'text/csv' : XLSX_TYPE;
      await workspace.putFile({ name, parents: [folder], mimeType, bytes });
      continue;
    }
    kept.add(file.id);
    if (same === undefined) await workspace.replaceFile(file.id, bytes);
  }
  for (const { id } of held) if (!kept.has(id)) await workspace.trashFile(id);
  return folder;
}
