/** The statement's file in Drive: in a folder that the add-on made, once, checked against its checksum. */

import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { send } from '../clients/exchange.ts';
import type { DriveFile, FileMetadata } from '../clients/google/drive.ts';
import {
  createFolder,
  FOLDER_TYPE,
  listFiles,
  quoteForQuery,
  replaceFile,
  uploadFile,
  XLSX_TYPE,
} from '../clients/google/drive.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { formatMoney } from '../statement/money.ts';
import { monthLabel } from '../statement/month.ts';
import type { Statement } from '../statement/statement.ts';
import { shortFingerprint } from '../statement/statement.ts';

/** Folders are known by this app property, so that the user may rename or move them anywhere. */
const FOLDER_PROPERTY = 'purserFolder';
const STATEMENT_PROPERTY = 'purserStatement';

/** The folders from the root down, for a year: `Purser/reports/2026`. */
export function folderPath(
  workbookKey: string,
  year: string,
): readonly { readonly key: string; readonly name: string }[] {
  return [
    { key: `${workbookKey}/root`, name: 'Purser' },
    { key: `${workbookKey}/reports`, name: 'reports' },
    { key: `${workbookKey}/reports/${year}`, name: year },
  ];
}

/** What is there of the folders and of the statement's file, in one search. */
export function filingCall(
  token: string,
  workbookKey: string,
  year: string,
  code: string,
): Call<readonly DriveFile[]> {
  const wanted = [
    ...folderPath(workbookKey, year).map(({ key }) => hasProperty(FOLDER_PROPERTY, key)),
    hasProperty(STATEMENT_PROPERTY, code),
  ];
  return listFiles(token, `trashed = false and (${wanted.join(' or ')})`);
}

function hasProperty(key: string, value: string): string {
  return `appProperties has { key=${quoteForQuery(key)} and value=${quoteForQuery(value)} }`;
}

/** The id of the year's folder; what is missing on the way is made, one request a level. */
export function ensureFolders(
  host: Host,
  token: string,
  found: readonly DriveFile[],
  workbookKey: string,
  year: string,
  options: ExchangeOptions = {},
): string {
  const path = folderPath(workbookKey, year).map((folder) => ({
    ...folder,
    there: found.find(
      (file) => file.mimeType === FOLDER_TYPE && file.appProperties?.[FOLDER_PROPERTY] === folder.key,
    ),
  }));
  // The deepest folder that is there: a person may have taken it out of those above, and deleted them.
  const deepest = path.map(({ there }) => there !== undefined).lastIndexOf(true);
  let parent: string | null = path[deepest]?.there?.id ?? null;
  for (const { key, name } of path.slice(deepest + 1)) {
    const metadata: FileMetadata = {
      name,
      appProperties: { [FOLDER_PROPERTY]: key },
      ...(parent === null ? {} : { parents: [parent] }),
    };
    parent = send(host, createFolder(token, metadata), options).id;
  }
  return parent ?? '';
}

export interface FiledStatement {
  readonly id: string;
  readonly url: string;
  readonly sha256: string;
}

/**
 * Files the bytes: in place of the draft that is there, else new. A draft that another run left as a twin is not
 * touched here; the same file is always found by its code.
 * @throws PurserError `file-checksum-differs` when Drive reports other bytes than were sent
 */
export function fileStatement(
  host: Host,
  token: string,
  filed: { statement: Statement; name: string; bytes: Uint8Array; folderId: string; modifiedMs: number },
  found: readonly DriveFile[],
  options: ExchangeOptions = {},
): FiledStatement {
  const { statement, bytes } = filed;
  const there = found.find((file) => file.appProperties?.[STATEMENT_PROPERTY] === statement.code);
  const sha256 = sha256Hex(bytes);
  const metadata: FileMetadata = {
    name: filed.name,
    description: describe(statement),
    mimeType: XLSX_TYPE,
    modifiedTime: new Date(filed.modifiedMs).toISOString(),
    appProperties: { [STATEMENT_PROPERTY]: statement.code, purserMonth: statement.month },
  };
  const file: DriveFile =
    there === undefined
      ? send(host, uploadFile(token, { ...metadata, parents: [filed.folderId] }, XLSX_TYPE, bytes), options)
      : send(host, replaceFile(token, there.id, metadata, XLSX_TYPE, bytes), options);
  if (file.sha256Checksum !== sha256) {
    throw new PurserError('file-checksum-differs', {
      what: `Drive keeps other bytes of ${filed.name} than were sent (checksum ${(file.sha256Checksum ?? '').slice(0, 12) || 'none'} instead of ${sha256.slice(0, 12)}). Nothing was sent.`,
      now: 'Run again; the file will be replaced.',
      data: { fileId: file.id },
    });
  }
  return { id: file.id, url: file.webViewLink || `https://drive.google.com/file/d/${file.id}/view`, sha256 };
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
