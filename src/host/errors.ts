/** Purser's errors: one coded union. Branch on `code` or `kind`, never on words (Google localises its own). */

/**
 * - `setup`: something must be set, granted or created first
 * - `refused`: a service or a rule said no, and will again
 * - `unavailable`: a service did not answer, or said to come back later
 * - `malformed`: an answer or an input is not what it should be
 * - `conflict`: somebody else is at work, or something changed meanwhile
 * - `bug`: ours
 */
export type ErrorKind = 'setup' | 'refused' | 'unavailable' | 'malformed' | 'conflict' | 'bug';

const KINDS = {
  'acceptance-refused': 'refused',
  'account-expired': 'setup',
  'account-scope-missing': 'setup',
  'account-unknown': 'setup',
  'authorization-partial': 'setup',
  'approval-void': 'conflict',
  'aws-clock-skew': 'setup',
  'aws-credentials-missing': 'setup',
  'aws-credentials-refused': 'setup',
  'aws-refused': 'refused',
  'aws-role-refused': 'setup',
  'booking-search-too-wide': 'setup',
  'call-malformed': 'malformed',
  'carried-already': 'refused',
  'charters-index-missing': 'setup',
  'charters-table-missing': 'setup',
  'copy-too-large': 'refused',
  'evidence-differs': 'conflict',
  'evidence-not-reproduced': 'conflict',
  'evidence-unreadable': 'malformed',
  'export-too-large': 'refused',
  'file-checksum-differs': 'conflict',
  'filed-file-differs': 'conflict',
  'google-not-found': 'refused',
  'google-refused': 'refused',
  'google-scope-missing': 'setup',
  'lock-busy': 'conflict',
  'month-invalid': 'refused',
  'month-not-over': 'refused',
  'mail-quota-spent': 'unavailable',
  'no-workbook': 'refused',
  'network-failed': 'unavailable',
  'name-missing': 'refused',
  'not-sent-yet': 'refused',
  'not-set-up': 'setup',
  'nothing-changed': 'refused',
  'nothing-to-resolve': 'refused',
  'not-trigger-owner': 'refused',
  'oauth-client-missing': 'setup',
  'oauth-client-refused': 'setup',
  'oauth-refused': 'refused',
  'outbox-missing': 'conflict',
  'outbox-record-unreadable': 'malformed',
  'platform-failed': 'unavailable',
  'posted-differs': 'conflict',
  'property-too-large': 'bug',
  'recipients-invalid': 'refused',
  'reply-malformed': 'malformed',
  'roster-table-missing': 'setup',
  'run-in-progress': 'conflict',
  'run-too-long': 'refused',
  'send-again-too-early': 'refused',
  'send-given-up': 'refused',
  'service-throttled': 'unavailable',
  'service-unavailable': 'unavailable',
  'settings-invalid': 'setup',
  'settings-missing': 'setup',
  'tab-edited': 'conflict',
  'tab-missing': 'refused',
  'tab-protected': 'refused',
  'template-invalid': 'setup',
  'template-missing': 'setup',
  'time-budget-spent': 'unavailable',
  'token-busy': 'unavailable',
  'too-many-recipients': 'setup',
  unexpected: 'bug',
  'version-unsettled': 'conflict',
  'web-app-missing': 'setup',
  'workbook-copied': 'conflict',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof KINDS;

/** Of a code that was written down; null for one that this version does not know. */
export function kindOf(code: string): ErrorKind | null {
  return Object.entries(KINDS).find(([known]) => known === code)?.[1] ?? null;
}

export interface ErrorDetails {
  /** What happened, to what; a sentence. */
  readonly what: string;
  /** What the person can do now; a sentence. */
  readonly now: string;
  /** For the log and for tests; never a secret. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
  readonly cause?: unknown;
}

export class PurserError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly what: string;
  readonly now: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  readonly cause: unknown;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(`${details.what} ${details.now}`.trim());
    this.name = 'PurserError';
    this.code = code;
    this.kind = KINDS[code];
    this.what = details.what;
    this.now = details.now;
    this.data = details.data ?? {};
    this.cause = details.cause;
  }
}

/** Any thrown thing as a `PurserError`; what isn't one becomes `unexpected`. */
export function asPurserError(thrown: unknown): PurserError {
  if (thrown instanceof PurserError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new PurserError('unexpected', {
    what: `Something went wrong inside Purser: ${message.trim().replace(/\.+$/, '')}.`,
    now: 'Try again; if it stays, report it with the time and these words.',
    cause: thrown,
  });
}
