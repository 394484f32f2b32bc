/** A copy of the whole workbook as of the day of its statement. It is kept beside, and holds nothing up. */
import type { Call } from '../clients/exchange.ts';
import { andThen, done } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { XLSX_TYPE } from '../clients/google/drive.ts';
import { exportFile } from '../clients/google/drive-content.ts';
import { malformed } from '../clients/google/reply.ts';
import type { PurserError } from '../host/errors.ts';
import type { FindingDraft } from '../statement/findings.ts';
import type { IsoDate } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { fileName } from '../statement/names.ts';
import { cut } from '../statement/short-text.ts';
import type { Statement } from '../statement/statement.ts';
import { COPY_PROPERTY, fileCall } from './filing.ts';

/** The workbook as XLSX, by Google; fails with `export-too-large` over 10 MB. */
export function exportWorkbook(token: string, workbookId: string): Call<Uint8Array> {
  const question = { name: 'Export of the workbook', repeatable: true };
  return andThen(exportFile(token, workbookId, XLSX_TYPE), (bytes) =>
    // A zip begins with PK (PKWARE APPNOTE, 4.3.7).
    bytes[0] === 0x50 && bytes[1] === 0x4b
      ? done(bytes)
      : { kind: 'failed', error: malformed(question, 'is no workbook', null) },
  );
}

export interface WorkbookCopy {
  readonly statement: Pick<Statement, 'month' | 'code'>;
  readonly workbookTitle: string;
  /** The day of the run, in the workbook's zone. */
  readonly date: IsoDate;
  readonly bytes: Uint8Array;
  readonly folderId: string;
  readonly modifiedMs: number;
}

/** `Harbor Sails 2026-06-01.xlsx`, in place of the one of an earlier try. */
export function copyCall(token: string, copy: WorkbookCopy, found: readonly DriveFile[]): Call<DriveFile> {
  const { statement, workbookTitle, date, bytes, folderId, modifiedMs } = copy;
  return fileCall(token, found, {
    property: COPY_PROPERTY,
    code: statement.code,
    month: statement.month,
    name: fileName(`${cut(workbookTitle, 100)} ${date}`),
    description: `The whole workbook on ${date}, the day of the statement for ${monthLabel(statement.month)} (${statement.code}).`,
    type: XLSX_TYPE,
    bytes,
    folderId,
    modifiedMs,
  });
}

export function notCopied(error: PurserError): FindingDraft {
  const advice =
    error.code === 'export-too-large'
      ? 'Google exports at most 10 MB. Move the tabs of past years into another workbook; for this month choose File › Download › Microsoft Excel and keep that file.'
      : `${error.what} For this month choose File › Download › Microsoft Excel and keep that file.`;
  return {
    code: 'workbook-not-copied',
    message: `The statement is filed, but no copy of the workbook was kept with it. ${advice}`,
  };
}
