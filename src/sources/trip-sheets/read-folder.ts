/** The trips of all files of the trip sheets folder. */
import type { Call, Outcome, Settled } from '../../clients/exchange.ts';
import { all, andThen, done } from '../../clients/exchange.ts';
import type { PurserError } from '../../host/errors.ts';
import { sha256Hex } from '../../statement/fingerprint.ts';
import type { TripSheet } from '../../statement/trip-sheet.ts';
import type { FolderOptions } from './folder.ts';
import { tripSheetFolderCall } from './folder.ts';
import type { FolderFile } from './folder-file.ts';
import { tripSheetContentCall } from './folder-file.ts';
import type { TripSheetFile } from './read-trip-sheet-file.ts';
import { unreadTripSheet } from './read-trip-sheet-file.ts';

export interface FileReading {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly modifiedTime: string;
  /** Where a person opens it. */
  readonly url: string;
  /** Of the bytes that were read, 64 hex digits; empty for a file whose bytes were not read. */
  readonly sha256: string;
  /** Trips of which the file says something. */
  readonly trips: number;
  /** Whether the file could not be had this time only: a later run must ask for it again. */
  readonly askAgain: boolean;
}

export interface TripSheetsReading {
  readonly sheets: readonly TripSheet[];
  readonly files: readonly FileReading[];
  /** All subfolders, for the next reading's `knownFolderIds`. */
  readonly folderIds: readonly string[];
}

/** Replies are held in memory together, and a wave that dies is asked for again one by one. */
const MOST_FILES_A_WAVE = 160;
const MOST_BYTES_A_WAVE = 30_000_000;
/** What a Google Sheet is taken to export to; Drive does not say. */
const EXPORT_BYTES = 100_000;

/**
 * Lists the folder, as `tripSheetFolderCall` does and failing as it does, then reads all files in parallel. A file
 * that can't be read fails nothing: it is a trip without data that says why, and what to do, in its `problems`.
 */
export function tripSheetsCall(
  token: string,
  folderId: string,
  options: FolderOptions,
  read: (file: TripSheetFile) => readonly TripSheet[],
): Call<TripSheetsReading> {
  return andThen(tripSheetFolderCall(token, folderId, options), ({ files, folderIds }) => {
    const waves = wavesOf(files.filter(({ kind }) => kind !== null));
    const unreadable = files
      .filter(({ kind }) => kind === null)
      .map((file) => notRead(file, file.problem, false));
    return readWaves(token, waves, read, unreadable, folderIds);
  });
}

interface OneRead {
  readonly file: FileReading;
  readonly sheets: readonly TripSheet[];
}

function readWaves(
  token: string,
  [wave, ...rest]: readonly (readonly FolderFile[])[],
  read: (file: TripSheetFile) => readonly TripSheet[],
  before: readonly OneRead[],
  folderIds: readonly string[],
): Settled<TripSheetsReading> {
  if (wave === undefined) {
    return done({
      sheets: before.flatMap(({ sheets }) => sheets),
      files: before.map(({ file }) => file),
      folderIds,
    });
  }
  return all(
    wave.map((file) => tripSheetContentCall(token, file)),
    (outcomes) => {
      const readNow = wave.map((file, at) => readOne(file, outcomes[at], read));
      return readWaves(token, rest, read, [...before, ...readNow], folderIds);
    },
  );
}

function readOne(
  file: FolderFile,
  outcome: Outcome<Uint8Array> | undefined,
  read: (file: TripSheetFile) => readonly TripSheet[],
): OneRead {
  if (outcome === undefined || file.kind === null) return notRead(file, file.problem, false);
  if (!outcome.ok) {
    const { error } = outcome;
    return notRead(file, failureWords(error), error.kind !== 'refused');
  }
  const bytes = outcome.value;
  const kind = file.kind === 'csv' ? 'csv' : 'xlsx';
  const sheets = read({ fileId: file.id, fileName: file.name, bytes, kind });
  return { sheets, file: readingOf(file, sha256Hex(bytes), sheets.filter(saysSomething).length, false) };
}

function notRead(file: FolderFile, problem: string, askAgain: boolean): OneRead {
  const sheet = unreadTripSheet({ fileId: file.id, fileName: file.name }, problem);
  return { sheets: [sheet], file: readingOf(file, '', 0, askAgain) };
}

function readingOf(
  { id, name, modifiedTime, url }: FolderFile,
  sha256: string,
  trips: number,
  askAgain: boolean,
): FileReading {
  return { id, name, modifiedTime, url, sha256, trips, askAgain };
}

function saysSomething({ charterId, date, vessel, boarded }: TripSheet): boolean {
  return charterId !== null || date !== null || vessel !== null || boarded !== null;
}

function failureWords(error: PurserError): string {
  switch (error.code) {
    case 'google-not-found':
      return 'The file was deleted, or is not shared any more, since the folder was listed. If its trips count, restore it from the trash.';
    case 'export-too-large':
      return 'The Google Sheet is too large: Google exports at most 10 MB. Move the trips of the month into a Google Sheet of their own.';
    case 'google-refused':
      return `Google does not let this account download the file. Ask its owner to let viewers download it, or put a copy here. (${error.what})`;
    default:
      return `The file was not read: ${error.message}`;
  }
}

function wavesOf(files: readonly FolderFile[]): readonly (readonly FolderFile[])[] {
  const waves: FolderFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const size = file.sizeBytes ?? EXPORT_BYTES;
    const wave = waves[waves.length - 1];
    if (wave !== undefined && wave.length < MOST_FILES_A_WAVE && bytes + size <= MOST_BYTES_A_WAVE) {
      wave.push(file);
      bytes += size;
    } else {
      waves.push([file]);
      bytes = size;
    }
  }
  return waves;
}
