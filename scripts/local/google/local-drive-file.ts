/** A file of the local Drive with its bytes, as tests and pages look at it. */
import type { DriveRecord } from './drive-store.ts';
import { hash } from './file-resource.ts';

export interface LocalDriveFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly parents: readonly string[];
  readonly appProperties: Readonly<Record<string, string>>;
  readonly description: string | null;
  /** RFC 3339 in UTC. */
  readonly modifiedTime: string;
  /** Null, as the bytes, for folders and what Google's editors keep. */
  readonly sha256Checksum: string | null;
  readonly md5Checksum: string | null;
  readonly bytes: Uint8Array | null;
  readonly createdByApp: boolean;
  readonly trashed: boolean;
}

export function localDriveFile(file: DriveRecord): LocalDriveFile {
  return {
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    parents: [...file.parents],
    appProperties: { ...file.appProperties },
    description: file.description,
    modifiedTime: file.modifiedTime,
    sha256Checksum: file.bytes && hash('sha256', file.bytes),
    md5Checksum: file.bytes && hash('md5', file.bytes),
    bytes: file.bytes && new Uint8Array(file.bytes),
    createdByApp: file.createdByApp,
    trashed: file.trashed,
  };
}
