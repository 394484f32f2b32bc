/** What is filed in Drive with a statement: its file, and the evidence file beside it; checked by their checksums. */
import type { Call, Outcome } from '../clients/exchange.ts';
import { andThen, done, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile, FileMetadata } from '../clients/google/drive.ts';
import { listFiles, quoteForQuery, replaceFile, uploadFile, XLSX_TYPE } from '../clients/google/drive.ts';
import { PurserError } from '../host/errors.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { formatMoney } from '../statement/money.ts';
import { monthLabel } from '../statement/month.ts';
import type { Statement } from '../statement/statement.ts';
import { shortFingerprint } from '../statement/statement.ts';
import { FOLDER_PROPERTY, folderPath } from './folders.ts';

/** The app properties by which files are found again, each with the statement's code. */
const STATEMENT_PROPERTY = 'purserStatement';
const EVIDENCE_PROPERTY = 'purserEvidence';
export const COPY_PROPERTY = 'purserCopy';

const GZIP_TYPE = 'application/gzip';

/** What is there of the folders and of the statement's files, in one search. */
export function filingCall(
  token: string,
  workbookKey: string,
  year: string,
  code: string,
): Call<readonly DriveFile[]> {
  const folders = (['reports', 'revenue-ledger'] as const).flatMap((branch) =>
    folderPath(branch, workbookKey, year).map(({ key }) => hasProperty(FOLDER_PROPERTY, key)),
  );
  const files = [STATEMENT_PROPERTY, EVIDENCE_PROPERTY, COPY_PROPERTY].map((property) =>
    hasProperty(property, code),
  );
  // Both paths begin with the same root.
  const wanted = [...new Set([...folders, ...files])];
  return listFiles(token, `trashed = false and (${wanted.join(' or ')})`);
}

/** The evidence files of a statement, oldest first: a person may have copied the one that Purser filed. */
export function evidenceFilesCall(token: string, code: string): Call<readonly DriveFile[]> {
  return listFiles(token, `trashed = false and ${hasProperty(EVIDENCE_PROPERTY, code)}`);
}

function hasProperty(key: string, value: string): string {
  return `appProperties has { key=${quoteForQuery(key)} and value=${quoteForQuery(value)} }`;
}

export interface Filing {
  readonly statement: Statement;
  /** Of the statement's file, with `.xlsx`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Gzipped JSON. */
  readonly evidence: Uint8Array;
  readonly folderId: string;
  readonly modifiedMs: number;
}

export interface FiledFile {
  readonly id: string;
  readonly url: string;
  readonly sha256: string;
}

/** What is to be uploaded; nothing of what lies in Drive as it is, byte for byte. */
export type FilingCalls = {
  readonly statement: Call<DriveFile> | undefined;
  readonly evidence: Call<DriveFile> | undefined;
};

/** Both uploads, for one round; each in place of the draft that is there, else new. */
export function filingCalls(token: string, filing: Filing, found: readonly DriveFile[]): FilingCalls {
  const { statement, name, bytes, evidence, folderId, modifiedMs } = filing;
  const own = { month: statement.month, code: statement.code, folderId, modifiedMs };
  return {
    statement: neededCall(token, found, {
      ...own,
      property: STATEMENT_PROPERTY,
      name,
      description: describe(statement),
      type: XLSX_TYPE,
      bytes,
    }),
    evidence: neededCall(token, found, {
      ...own,
      property: EVIDENCE_PROPERTY,
      name: evidenceName(name),
      description: `What ${name} was made from: the statement and its register row can be made again from it.\n${describe(statement)}`,
      type: GZIP_TYPE,
      bytes: evidence,
    }),
  };
}

/** The evidence file with other content: what is known once the mail is out. */
export function completeEvidenceCall(
  token: string,
  evidenceId: string,
  filing: Pick<Filing, 'name' | 'evidence' | 'modifiedMs'>,
): Call<DriveFile> {
  const name = evidenceName(filing.name);
  const metadata = { name, modifiedTime: isoOf(filing.modifiedMs) };
  const call = replaceFile(token, evidenceId, metadata, GZIP_TYPE, filing.evidence);
  return checked({ name, bytes: filing.evidence }, call);
}

/**
 * What became of the two uploads, or was there before.
 * @throws PurserError of the one that failed
 */
export function settleFiling(
  filing: Filing,
  found: readonly DriveFile[],
  outcomes: {
    readonly statement: Outcome<DriveFile> | undefined;
    readonly evidence: Outcome<DriveFile> | undefined;
  },
): { readonly statement: FiledFile; readonly evidence: FiledFile } {
  const { code } = filing.statement;
  const filed = (property: string, outcome: Outcome<DriveFile> | undefined): FiledFile => {
    const there = outcome === undefined ? thereAs(found, property, code) : valueOrThrow(outcome);
    if (there === undefined) throw new TypeError(`Nothing was uploaded as ${property}.`);
    return filedFile(there);
  };
  return {
    statement: filed(STATEMENT_PROPERTY, outcomes.statement),
    evidence: filed(EVIDENCE_PROPERTY, outcomes.evidence),
  };
}

function thereAs(found: readonly DriveFile[], property: string, code: string): DriveFile | undefined {
  return found.find(({ appProperties }) => appProperties[property] === code);
}

/** A run that goes on finds what the one before has uploaded. */
function neededCall(token: string, found: readonly DriveFile[], file: NewFile): Call<DriveFile> | undefined {
  const there = thereAs(found, file.property, file.code);
  const isThere =
    there !== undefined && there.name === file.name && there.sha256Checksum === sha256Hex(file.bytes);
  return isThere ? undefined : fileCall(token, found, file);
}

function filedFile({ id, webViewLink, sha256Checksum }: DriveFile): FiledFile {
  return { id, url: webViewLink || `https://drive.google.com/file/d/${id}/view`, sha256: sha256Checksum };
}

export interface NewFile {
  readonly property: string;
  readonly code: string;
  readonly month: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly folderId: string;
  readonly modifiedMs: number;
}

/**
 * A draft that another run left as a twin is not touched; the same file is always found by its code. Fails with
 * `file-checksum-differs` when Drive reports other bytes than were sent.
 */
export function fileCall(token: string, found: readonly DriveFile[], file: NewFile): Call<DriveFile> {
  const there = thereAs(found, file.property, file.code);
  const metadata: FileMetadata = {
    name: file.name,
    description: file.description,
    mimeType: file.type,
    modifiedTime: isoOf(file.modifiedMs),
    appProperties: { [file.property]: file.code, purserMonth: file.month },
  };
  return checked(
    file,
    there === undefined
      ? uploadFile(token, { ...metadata, parents: [file.folderId] }, file.type, file.bytes)
      : replaceFile(token, there.id, metadata, file.type, file.bytes),
  );
}

function checked({ name, bytes }: Pick<NewFile, 'name' | 'bytes'>, call: Call<DriveFile>): Call<DriveFile> {
  return andThen(call, (file) => {
    const sha256 = sha256Hex(bytes);
    if (file.sha256Checksum === sha256) return done(file);
    const error = new PurserError('file-checksum-differs', {
      what: `Drive keeps other bytes of ${name} than were sent (checksum ${file.sha256Checksum.slice(0, 12) || 'none'} instead of ${sha256.slice(0, 12)}).`,
      now: 'Nothing was sent. Run again; the file will be replaced.',
      data: { fileId: file.id },
    });
    return { kind: 'failed', error };
  });
}

/** `statement-2026-05.evidence.json.gz` beside `statement-2026-05.xlsx`. */
function evidenceName(name: string): string {
  return `${name.replace(/\.xlsx$/, '')}.evidence.json.gz`;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function describe(statement: Statement): string {
  const { totals, currency } = statement;
  return [
    `Revenue statement of ${statement.company} for ${monthLabel(statement.month)}, version ${statement.version}.`,
    `${totals.charters} completed charters, ${totals.guests} guests, ${totals.comps} comps, ${totals.paying} paying.`,
    `Reportable ${formatMoney(totals.reportableCents, currency)}, recorded ${formatMoney(totals.recordedCents, currency)}, difference ${formatMoney(totals.differenceCents, currency)}.`,
    `Code ${statement.code}, fingerprint ${shortFingerprint(statement.fingerprint)}.`,
  ].join('\n');
}
