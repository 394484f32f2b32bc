/** What a run comes to, as data: for the dialog, the sidebar, the log and the local command. */
import type { StatementDifferences } from '../statement/differences.ts';
import type { Finding } from '../statement/findings.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import type { StatementLine, Totals } from '../statement/statement.ts';

/**
 * - `sent`: the statement is out (`alreadySent`: it was before this run)
 * - `ready`: nothing blocks, a person has not said yes
 * - `held`: a finding blocks
 * - `unknown`: nobody knows whether the mail went out
 * - `failed`: see `error`
 */
export type RunStatus = 'sent' | 'held' | 'ready' | 'unknown' | 'failed';

export interface RunError {
  readonly code: string;
  readonly message: string;
  /** The subject of the connected account that it is about. */
  readonly account?: string;
  /** Of a mail that may be out: why nobody can tell, as a part of a sentence. */
  readonly why?: string;
}

export interface ReportedCorrection {
  /** Its code: `PRSK3QD202605V1`. */
  readonly code: string;
  /** In the workbook's zone. */
  readonly sentOn: IsoDate;
  /** From what was sent; null when the month comes to the very same. */
  readonly differences: StatementDifferences | null;
}

export interface ReportedMail {
  /** As plain text. */
  readonly text: string;
  /** Who got the last statement; null when nobody knows. */
  readonly last: readonly string[] | null;
  /** 16 hex of who would get what from whom, and of what is open: another one, and it is not what was looked at. */
  readonly seal: string;
}

export interface RunReport {
  readonly month: Month;
  readonly status: RunStatus;
  readonly alreadySent: boolean;
  /** The code in that mail, when a workbook sent it that this one was copied from. */
  readonly sentAs?: string;
  readonly version: number;
  readonly statementCode: string;
  readonly fingerprint: string;
  readonly company: string;
  readonly currency: string;
  readonly asOf: string;
  readonly totals: Totals | null;
  readonly lines: readonly StatementLine[];
  readonly findings: readonly Finding[];
  /** The connected account that it goes, or went, out from, and why; null: the person's own mailbox. */
  readonly from: { readonly address: string; readonly why: string } | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  /** As it would go out, or went out just now; left out when the run did not come so far. */
  readonly mail?: ReportedMail;
  readonly tabTitle: string;
  readonly fileName: string;
  readonly fileId: string | null;
  readonly fileUrl: string | null;
  readonly messageId: string | null;
  /** SHA-256 of the XLSX. */
  readonly sha256: string | null;
  /** The XLSX itself, when this run made it. */
  readonly xlsxBase64: string | null;
  /** The name by which it was certified; null while nobody has. */
  readonly approvedBy: string | null;
  /** Why an approval that was given before does not hold any more; null when none was, or it holds. */
  readonly voided: string | null;
  /** What a corrected statement replaces; null in the first one of its month. */
  readonly correction: ReportedCorrection | null;
  readonly error: RunError | null;
}

export function emptyReport(month: Month): RunReport {
  return {
    month,
    status: 'failed',
    alreadySent: false,
    version: 1,
    statementCode: '',
    fingerprint: '',
    company: '',
    currency: 'USD',
    asOf: '',
    totals: null,
    lines: [],
    findings: [],
    from: null,
    to: [],
    cc: [],
    subject: '',
    tabTitle: '',
    fileName: '',
    fileId: null,
    fileUrl: null,
    messageId: null,
    sha256: null,
    xlsxBase64: null,
    approvedBy: null,
    voided: null,
    correction: null,
    error: null,
  };
}
