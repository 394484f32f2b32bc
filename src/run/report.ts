/** What a run comes to, as data: for the dialog, the sidebar, the log and the local command. */
import type { Finding } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
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
}

export interface RunReport {
  readonly month: Month;
  readonly status: RunStatus;
  readonly alreadySent: boolean;
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
  readonly tabTitle: string;
  readonly fileName: string;
  readonly fileId: string | null;
  readonly fileUrl: string | null;
  readonly messageId: string | null;
  /** SHA-256 of the XLSX. */
  readonly sha256: string | null;
  /** The XLSX itself, when this run made it. */
  readonly xlsxBase64: string | null;
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
    error: null,
  };
}
