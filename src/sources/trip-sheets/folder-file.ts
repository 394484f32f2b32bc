/** What a file of the trip sheets folder is: a sheet that can be read, and how, or why not. */
import type { Call } from '../../clients/exchange.ts';
import type { DriveFile } from '../../clients/google/drive.ts';
import { SHORTCUT_TYPE, XLSX_TYPE } from '../../clients/google/drive.ts';
import { downloadFile, exportFile } from '../../clients/google/drive-content.ts';
import type { PurserError } from '../../host/errors.ts';

export interface FolderFile {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly modifiedTime: string;
  /** Where a person opens it. */
  readonly url: string;
  /** Null for Google Sheets. */
  readonly sizeBytes: number | null;
  /** Null for what is no sheet that Purser can read; `problem` then says why. */
  readonly kind: 'google-sheet' | 'csv' | 'xlsx' | null;
  /** Sentences; empty for what can be read. */
  readonly problem: string;
}

/** Longer ones are no trip sheets, and a script has little memory. */
const LARGEST_BYTES = 20_000_000;

/** Made by programs and never meant to be looked at: owner files of Excel, thumbnails, calendars. */
const NO_CANDIDATE = /^(?:[.~]|desktop\.ini$|thumbs\.db$|icon\r?$)|\.(?:ics|ini|db|tmp|lnk|url)$/i;

const INSTEAD = 'Check that trip by eye, or put its figures into a Google Sheet, CSV or XLSX file here.';
const SAVE_AS = 'Open it, save it as a Google Sheet or as .xlsx, and put that here instead.';

/** By type and name ending; the first that fits. */
const UNREADABLE: readonly (readonly [RegExp, string, string])[] = [
  [/\/pdf| \.pdf$/, 'a PDF', INSTEAD],
  [/^image\/| \.(?:jpe?g|png|heic|gif|webp|tiff?)$/, 'a photo', INSTEAD],
  [/google-apps\.document/, 'a Google Doc', INSTEAD],
  [/msword|wordprocessingml|opendocument\.text| \.(?:docx?|odt|rtf)$/, 'a text document', INSTEAD],
  [/ms-excel|x-xls| \.xls[bt]?$/, 'an old Excel workbook (.xls)', SAVE_AS],
  [/opendocument\.spreadsheet| \.ods$/, 'an OpenDocument spreadsheet (.ods)', SAVE_AS],
  [/apple\.numbers| \.numbers$/, 'a Numbers spreadsheet', SAVE_AS],
];

/**
 * The file as it is to be read; null for what is clearly no trip sheet, such as `desktop.ini`.
 * A browser on Windows calls CSV an Excel file, so a known name ending goes before the type.
 */
export function folderFileOf(file: DriveFile): FolderFile | null {
  if (NO_CANDIDATE.test(file.name)) return null;
  const { id, name, modifiedTime } = file;
  const url = file.webViewLink || `https://drive.google.com/open?id=${encodeURIComponent(id)}`;
  const kind = kindOf(file);
  const sizeBytes = kind === 'google-sheet' ? null : Number(file.size);
  const whole = { id, name, modifiedTime, url, sizeBytes, kind, problem: '' };
  if (kind === null) return { ...whole, problem: unreadableWords(file) };
  if (sizeBytes === null || sizeBytes <= LARGEST_BYTES) return whole;
  const size = `${Math.round(sizeBytes / 1_000_000)} MB`;
  const problem = `The file is too large to be a trip sheet: ${size}, and ${LARGEST_BYTES / 1_000_000} MB is the most. Put the trip's own sheet into a smaller file here.`;
  return { ...whole, kind: null, problem };
}

/** A shortcut or a subfolder that leads nowhere. */
export function closedFile(file: DriveFile, error: PurserError): FolderFile {
  const isShortcut = file.mimeType === SHORTCUT_TYPE;
  const what = isShortcut
    ? 'The shortcut leads to a file that was deleted or is not shared with this account.'
    : 'This account may not look into the subfolder.';
  const now = isShortcut
    ? 'Delete the shortcut, or have its file shared.'
    : 'Have it shared, or move it elsewhere.';
  return {
    id: file.id,
    name: file.name,
    modifiedTime: file.modifiedTime,
    url: file.webViewLink,
    sizeBytes: null,
    kind: null,
    problem: error.kind === 'refused' ? `${what} ${now}` : error.message,
  };
}

function kindOf({ mimeType, name }: DriveFile): FolderFile['kind'] {
  if (mimeType === 'application/vnd.google-apps.spreadsheet') return 'google-sheet';
  if (mimeType.startsWith('application/vnd.google-apps.')) return null;
  if (/\.(?:csv|tsv|tab|txt)$/i.test(name)) return 'csv';
  if (/\.xls[xm]$/i.test(name)) return 'xlsx';
  if (/^text\/(?:csv|plain|tab-separated-values|comma-separated-values)$/.test(mimeType)) return 'csv';
  return mimeType === XLSX_TYPE || /excel\.sheet\.macroEnabled/i.test(mimeType) ? 'xlsx' : null;
}

function unreadableWords({ mimeType, name }: DriveFile): string {
  const known = UNREADABLE.find(([pattern]) =>
    pattern.test(`${mimeType} ${/\.\w+$/.exec(name)?.[0].toLowerCase() ?? ''}`),
  );
  const [, what, now] = known ?? [null, `of a kind that Purser can't read (${mimeType})`, INSTEAD];
  return `The file is ${what}${known === undefined ? '' : ", which Purser can't read"}. ${now}`;
}

/** The bytes of a file that can be read: XLSX of a Google Sheet, else as they lie in Drive. */
export function tripSheetContentCall(token: string, file: FolderFile): Call<Uint8Array> {
  return file.kind === 'google-sheet'
    ? exportFile(token, file.id, XLSX_TYPE)
    : downloadFile(token, file.id, file.sizeBytes ?? undefined);
}
