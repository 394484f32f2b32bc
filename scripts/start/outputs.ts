/** What a run leaves in its folder, and the summary of it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../src/run/report.ts';
import type { LocalDriveFile, SentMessage } from '../local/google/google-host.ts';

export interface Calls {
  readonly host: number;
  readonly http: number;
  readonly rounds: number;
}

export interface Summary {
  readonly month: string;
  readonly version: number;
  readonly status: string;
  readonly alreadySent: boolean;
  readonly statementCode: string;
  readonly fingerprint: string;
  readonly charters: number;
  readonly guests: number;
  readonly comps: number;
  readonly payingGuests: number;
  readonly reportableCents: number;
  readonly recordedCents: number;
  readonly differenceCents: number;
  readonly findings: RunReport['findings'];
  /** The connected account that it goes out from; null: the person's own mailbox. */
  readonly from: string | null;
  /** The connected account that booking mail was read from; null: the person's own mailbox, or none was read. */
  readonly bookingMailFrom: string | null;
  /** Connected accounts whose access was renewed on the way. */
  readonly renewed: readonly string[];
  /** The night's sync of calendars; null: none is connected. */
  readonly calendars: CalendarUse | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly fileId: string | null;
  readonly sha256: string | null;
  readonly error: RunReport['error'];
  readonly calls: Calls;
  readonly modelledSeconds: number;
}

/** What the run did with connected accounts that its report does not say. */
export type MailboxUse = Pick<Summary, 'bookingMailFrom' | 'renewed'>;

export interface CalendarUse {
  /** Calendars that were read and written without trouble. */
  readonly synced: number;
  /** Whose weren't. */
  readonly unsynced: readonly string[];
}

export function summaryOf(
  report: RunReport,
  calls: Calls,
  modelledSeconds: number,
  mailboxes: MailboxUse,
  calendars: CalendarUse | null,
): Summary {
  const { totals } = report;
  return {
    month: report.month,
    version: report.version,
    status: report.status,
    alreadySent: report.alreadySent,
    statementCode: report.statementCode,
    fingerprint: report.fingerprint,
    charters: totals?.charters ?? 0,
    guests: totals?.guests ?? 0,
    comps: totals?.comps ?? 0,
    payingGuests: totals?.paying ?? 0,
    reportableCents: totals?.reportableCents ?? 0,
    recordedCents: totals?.recordedCents ?? 0,
    differenceCents: totals?.differenceCents ?? 0,
    findings: report.findings,
    from: report.from?.address ?? null,
    ...mailboxes,
    calendars,
    to: report.to,
    cc: report.cc,
    subject: report.subject,
    fileId: report.fileId,
    sha256: report.sha256,
    error: report.error,
    calls,
    modelledSeconds: Math.round(modelledSeconds * 100) / 100,
  };
}

/** File names, relative to the folder; of mails and Drive files only those of this statement. */
export interface Written {
  readonly statement: string | null;
  readonly mails: readonly string[];
  readonly driveFiles: readonly string[];
}

/** Mail and Drive are written anew each time from what the Workspace holds; nothing else in the folder is touched. */
export function writeOutputs(
  out: string,
  report: RunReport,
  workspace: {
    readonly xlsx: Uint8Array;
    readonly sent: readonly SentMessage[];
    readonly drive: readonly LocalDriveFile[];
  },
): Written {
  mkdirSync(out, { recursive: true });
  const statement = writeStatement(out, report, workspace.drive);
  writeFileSync(join(out, 'workbook.xlsx'), workspace.xlsx);
  const code = report.statementCode;
  return {
    statement,
    mails: writeMails(out, workspace.sent, code),
    driveFiles: writeDrive(out, workspace.drive, code),
  };
}

function writeStatement(out: string, report: RunReport, drive: readonly LocalDriveFile[]): string | null {
  const filed = drive.find((file) => file.id === report.fileId)?.bytes ?? null;
  const bytes = report.xlsxBase64 === null ? filed : Buffer.from(report.xlsxBase64, 'base64');
  if (bytes === null) return null;
  const name = `statement-${report.month}.xlsx`;
  writeFileSync(join(out, name), new Uint8Array(bytes));
  return name;
}

function writeMails(out: string, sent: readonly SentMessage[], code: string): string[] {
  rmSync(join(out, 'mail'), { recursive: true, force: true });
  mkdirSync(join(out, 'mail'), { recursive: true });
  return sent.flatMap((message, index) => {
    const head = Buffer.from(message.raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
    const kind = /^X-Purser-Kind: (\w+)/im.exec(head)?.[1] ?? 'other';
    const name = `${kind}-${String(index + 1).padStart(3, '0')}.eml`;
    writeFileSync(join(out, 'mail', name), message.raw);
    return /^X-Purser-Statement: (\w+)/im.exec(head)?.[1] === code ? [`mail/${name}`] : [];
  });
}

function writeDrive(out: string, drive: readonly LocalDriveFile[], code: string): string[] {
  rmSync(join(out, 'drive'), { recursive: true, force: true });
  mkdirSync(join(out, 'drive'), { recursive: true });
  const names = new Set<string>();
  const written: string[] = [];
  for (const file of drive) {
    if (!file.createdByApp || file.trashed || file.bytes === null) continue;
    const { bytes, ...metadata } = file;
    // Drive allows twins; a folder on disk does not.
    const name = names.has(file.name) ? `${file.id}-${file.name}` : file.name;
    names.add(name);
    writeFileSync(join(out, 'drive', name), bytes);
    writeFileSync(
      join(out, 'drive', `${name}.json`),
      `${JSON.stringify({ ...metadata, path: pathOf(file, drive) }, null, 2)}\n`,
    );
    const { purserStatement, purserEvidence, purserCopy } = file.appProperties;
    if ([purserStatement, purserEvidence, purserCopy].includes(code)) written.push(`drive/${name}`);
  }
  return written;
}

function pathOf(file: LocalDriveFile, drive: readonly LocalDriveFile[]): string {
  const parent = drive.find(({ id }) => id === file.parents[0]);
  return parent === undefined ? file.name : `${pathOf(parent, drive)}/${file.name}`;
}
