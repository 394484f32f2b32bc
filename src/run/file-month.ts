/** File: statement, evidence and a copy of the workbook into Drive; part of it is complete only once the mail is out. */
import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import type { FiledFile, Filing } from '../delivery/filing.ts';
import { completeEvidenceCall, filingCalls, settleFiling } from '../delivery/filing.ts';
import { ensureFolders } from '../delivery/folders.ts';
import type { WorkbookCopy } from '../delivery/workbook-copy.ts';
import { copyCall, exportWorkbook, notCopied } from '../delivery/workbook-copy.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { calculate } from '../statement/calculate.ts';
import type { RegisterEntry } from '../workbook/register.ts';
import type { Collected } from './collect.ts';
import { proofBytes, proofOf } from './proof.ts';
import type { StatementFile } from './statement-file.ts';

export interface FiledMonth {
  readonly statement: FiledFile;
  readonly evidence: FiledFile;
  /** Yet to be uploaded; null when there is nothing to upload, which `collected` then tells. */
  readonly copy: WorkbookCopy | null;
  /** With what filing noticed. */
  readonly collected: Collected;
}

/**
 * One round beside the folders: both uploads and the workbook's export.
 * @throws PurserError when the statement or its evidence can't be filed; a copy that can't be made is a finding
 */
export function fileMonth(
  host: Host,
  collected: Collected,
  fileName: string,
  file: StatementFile,
  options: ExchangeOptions,
): FiledMonth {
  const { workbook, workbookKey, driveFiles, calculation, today } = collected;
  const { statement } = calculation;
  const { token, spreadsheetId } = workbook.access;
  const modifiedMs = host.now();
  const year = statement.month.slice(0, 4);
  const folders = ensureFolders(host, token, driveFiles, workbookKey, year, options);
  const filing: Filing = {
    statement,
    name: fileName,
    bytes: file.bytes,
    evidence: evidenceBytes(collected, fileName, file, null),
    folderId: folders.reports,
    modifiedMs,
  };
  const { exported, ...uploaded } = exchange(
    host,
    { ...filingCalls(token, filing, driveFiles), exported: exportWorkbook(token, spreadsheetId) },
    options,
  );
  const filed = settleFiling(filing, driveFiles, uploaded);
  if (!exported.ok || !folders.ledger.ok) {
    const problem = exported.ok ? folders.ledger : exported;
    return {
      ...filed,
      copy: null,
      collected: problem.ok ? collected : alsoNoticing(collected, notCopied(problem.error)),
    };
  }
  const { title: workbookTitle } = workbook.tabs;
  const copy: WorkbookCopy = {
    statement,
    workbookTitle,
    date: today,
    bytes: exported.value,
    folderId: folders.ledger.value,
    modifiedMs,
  };
  return { ...filed, copy, collected };
}

function alsoNoticing(collected: Collected, draft: ReturnType<typeof notCopied>): Collected {
  const input = { ...collected.input, noticed: [...collected.input.noticed, draft] };
  return { ...collected, input, calculation: calculate(input) };
}

/**
 * What goes to Drive in the round that writes the register: the copy, and the evidence with what is known now. The
 * mail is out, so nothing that goes wrong here may keep the register from being written: it is logged.
 */
export function afterSendingCalls(
  host: Host,
  filed: FiledMonth,
  fileName: string,
  file: StatementFile,
  entry: RegisterEntry,
): Readonly<Record<string, Call<DriveFile>>> {
  const { collected, copy } = filed;
  const { token } = collected.workbook.access;
  try {
    const evidence = evidenceBytes(collected, fileName, file, entry);
    const complete = { name: fileName, evidence, modifiedMs: host.now() };
    return {
      evidence: completeEvidenceCall(token, filed.evidence.id, complete),
      ...(copy === null ? {} : { copy: copyCall(token, copy, collected.driveFiles) }),
    };
  } catch (thrown) {
    host.log({ event: 'evidence-not-completed', code: asPurserError(thrown).code });
    return {};
  }
}

function evidenceBytes(
  collected: Collected,
  fileName: string,
  file: StatementFile,
  entry: RegisterEntry | null,
): Uint8Array {
  const { workbook, ledger, heard, input, places, calculation, recipients, subject } = collected;
  const { settings, settingsRows, template, monthTitle } = workbook;
  return proofBytes(
    proofOf({
      input,
      places,
      items: ledger.items,
      attributes: settings,
      tripSheetFiles: heard.files,
      settingsRows,
      calculation,
      recipients,
      subject,
      template,
      monthTitle,
      file,
      fileName,
      sent: entry && {
        sentAt: entry.sentAt,
        to: entry.to,
        fileUrl: entry.fileUrl,
        messageUrl: entry.messageUrl,
      },
    }),
  );
}
