/** Files in Drive for the page. */
import type { LocalDriveFile } from '../../local/google/google-host.ts';
import type { DriveFileView } from '../contract.ts';

const FOLDER_TYPE = 'application/vnd.google-apps.folder';

/** Folders first, then by name. */
export function driveView(files: readonly LocalDriveFile[]): readonly DriveFileView[] {
  const known = new Set(files.map(({ id }) => id));
  return files
    .map((file): DriveFileView => {
      const parent = file.parents.find((id) => known.has(id)) ?? null;
      const notes = Object.entries(file.appProperties).map(([key, value]) => `${key}: ${value}`);
      return {
        id: file.id,
        name: file.name,
        type: file.mimeType,
        isFolder: file.mimeType === FOLDER_TYPE,
        parent,
        modified: file.modifiedTime,
        bytes: file.bytes?.length ?? null,
        sha256: file.sha256Checksum,
        notes: file.description === null ? notes : [file.description, ...notes],
        byApp: file.createdByApp,
        trashed: file.trashed,
        url: file.bytes === null ? null : `/api/file?${new URLSearchParams({ id: file.id })}`,
      };
    })
    .sort(
      (one, other) => Number(other.isFolder) - Number(one.isFolder) || one.name.localeCompare(other.name),
    );
}
