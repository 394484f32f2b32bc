/** The `Purser evidence` tab: what was understood of booking mail and trip sheets, so that each is read once. */
import { encodedLength } from '@stablelib/utf8';
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { BookingWord } from '../statement/booking.ts';
import { cellAddress, columnName, quotedTitle } from '../statement/grid.ts';
import type { FileEvidence, MailEvidence } from './evidence-row.ts';
import { CHECK_COLUMN, EVIDENCE_COLUMNS, mailboxOfRow, readEvidenceRow } from './evidence-row.ts';

export { fileRow, mailRows } from './evidence-row.ts';

export interface ChangedRow {
  readonly cell: string;
  readonly id: string;
  /** Address of the connected account whose mail it is; null: the built-in mailbox; left out when nobody knows. */
  readonly mailbox?: string | null;
}

export interface EvidenceReading {
  /** By the time they were received, however a person has sorted the tab. */
  readonly words: readonly BookingWord[];
  /** Mails whose rows are all there, those without a booking too. */
  readonly readMessageIds: ReadonlySet<string>;
  /** Each file as it was when it was last read, by its id. */
  readonly files: ReadonlyMap<string, Pick<FileEvidence, 'modifiedTime' | 'sha256'>>;
  /** Rows that a person changed; they count for nothing. The mail is to be read again unless `readMessageIds` has it. */
  readonly changed: readonly ChangedRow[];
  /** The heading's row included. */
  readonly usedRows: number;
}

const PART_ROWS = 5000;

/** Ranges that cover the tab without its last column, to be read side by side and put together by `joinParts`. */
export function evidenceParts(title: string, rowCount: number): string[] {
  const last = columnName(CHECK_COLUMN);
  const parts: string[] = [];
  for (let row = 0; row < Math.max(1, rowCount); row += PART_ROWS) {
    const end = Math.max(1, Math.min(row + PART_ROWS, rowCount));
    parts.push(`${quotedTitle(title)}!A${row + 1}:${last}${end}`);
  }
  return parts;
}

/** The rows of all parts in order: the API leaves out the empty rows at the end of each. */
export function joinParts(parts: readonly SheetValues[]): SheetValues {
  const rows: (readonly SheetValue[])[] = [];
  parts.forEach((part, index) => {
    while (part.length > 0 && rows.length < index * PART_ROWS) rows.push([]);
    rows.push(...part);
  });
  return rows;
}

/**
 * All rows, the first being the header. Rows may stand in any order and be there twice; a mail that lacks one of its
 * rows is not among those read, and gives no words.
 *
 * @throws PurserError `settings-invalid` when the headings are not Purser's: no cell could be trusted to its column
 */
export function readEvidence(title: string, rows: SheetValues): EvidenceReading {
  const mails = new Map<string, MailReadings>();
  const files = new Map<string, FileEvidence>();
  const changed: ChangedRow[] = [];
  let usedRows = 0;
  rows.forEach((row, index) => {
    if (row.every((value) => value === null || value === '')) return;
    usedRows = index + 1;
    if (index === 0) return;
    const evidence = readEvidenceRow(row);
    if (evidence === null) changed.push(changedRow(cellAddress(title, index, 0), row));
    else if (evidence.kind === 'mail') remember(mails, evidence);
    else if (evidence.modifiedTime >= (files.get(evidence.id)?.modifiedTime ?? ''))
      files.set(evidence.id, evidence);
  });
  if (usedRows > 0) checkHeadings(title, rows[0] ?? []);
  const read = [...mails].flatMap(([, readings]) => completeReading(readings));
  return {
    words: read.sort(byTimeAndPlace).flatMap(({ word }) => (word === null ? [] : [word])),
    readMessageIds: new Set(read.map(({ messageId }) => messageId)),
    files,
    changed,
    usedRows,
  };
}

function changedRow(cell: string, row: readonly SheetValue[]): ChangedRow {
  const mailbox = mailboxOfRow(row);
  return { cell, id: String(row[1] ?? ''), ...(mailbox === undefined ? {} : { mailbox }) };
}

/** One mail's rows: by how many there should be, by place. A mail read anew may have come to another number. */
type MailReadings = Map<number, Map<number, MailEvidence>>;

/** The lower row is the later reading; it moves to the end, so that the latest complete reading is found last. */
function remember(mails: Map<string, MailReadings>, evidence: MailEvidence): void {
  const readings: MailReadings = mails.get(evidence.messageId) ?? new Map();
  const parts = readings.get(evidence.of) ?? new Map<number, MailEvidence>();
  mails.set(evidence.messageId, readings);
  readings.delete(evidence.of);
  readings.set(evidence.of, parts.set(evidence.part, evidence));
}

function completeReading(readings: MailReadings): MailEvidence[] {
  const complete = [...readings].filter(([of, parts]) => parts.size === of);
  return [...(complete[complete.length - 1]?.[1].values() ?? [])];
}

function byTimeAndPlace(a: MailEvidence, b: MailEvidence): number {
  return compare(a.receivedAt, b.receivedAt) || compare(a.messageId, b.messageId) || a.part - b.part;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkHeadings(title: string, header: readonly SheetValue[]): void {
  const wrong = EVIDENCE_COLUMNS.slice(0, CHECK_COLUMN + 1).findIndex(
    (column, index) => String(header[index] ?? '').trim() !== column.header,
  );
  if (wrong < 0) return;
  throw new PurserError('settings-invalid', {
    what: `The heading ${cellAddress(title, 0, wrong)} must be “${EVIDENCE_COLUMNS[wrong]?.header}”: without it nobody can tell which column is which.`,
    now: 'Put the columns back as they were. Or delete the tab: it is made again, and its mail is read again.',
    data: { column: wrong },
  });
}

/** Bytes of rows in one request; with what is around them it stays under 1.5 MB. */
const BATCH_BYTES = 1_400_000;
/** The values of new rows in parts that each fit one request; the header comes first into an empty tab. */
export function appendParts(
  usedRows: number,
  rows: readonly (readonly SheetValue[])[],
): (readonly (readonly SheetValue[])[])[] {
  const all = usedRows === 0 ? [EVIDENCE_COLUMNS.map(({ header }) => header), ...rows] : rows;
  return rows.length === 0 ? [] : parted(all);
}

/** All columns: rows are added under the last one that has anything in them. */
export function evidenceRange(title: string): string {
  return `${quotedTitle(title)}!A:${columnName(EVIDENCE_COLUMNS.length - 1)}`;
}

/** In their order, in parts that each fit one request. */
export function parted<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [];
  let bytes = BATCH_BYTES;
  for (const row of rows) {
    const rowBytes = encodedLength(JSON.stringify(row)) + 1;
    bytes += rowBytes;
    if (bytes > BATCH_BYTES) {
      parts.push([]);
      bytes = rowBytes;
    }
    parts[parts.length - 1]?.push(row);
  }
  return parts;
}
