/** What the audit can notice. Codes are stable; docs/findings.md explains each and a test keeps it complete. */
import type { Cents } from './money.ts';

/** `block`: not filed, not sent. `warn`: a person must look. `info`: worth knowing. */
export type Severity = 'block' | 'warn' | 'info';

export const DEFAULT_SEVERITIES = {
  'acceptance-unreadable': 'block',
  'adjustment-unreadable': 'block',
  'adjustment-without-effect': 'warn',
  'amount-differs': 'warn',
  'amount-ignored': 'warn',
  'booking-moved': 'warn',
  'booking-shared': 'warn',
  'booking-without-charter': 'warn',
  'calendar-behind': 'info',
  'calendar-event-edited': 'warn',
  'calendar-trip-without-charter': 'warn',
  'cancelled-but-paid': 'warn',
  'carried-forward': 'warn',
  'carried-unreadable': 'block',
  'changed-after-sending': 'warn',
  'charter-elsewhere': 'warn',
  'charter-not-on-calendar': 'warn',
  'charter-without-booking': 'warn',
  'comp-unexplained': 'warn',
  'comps-above-cap': 'warn',
  'comps-exceed-guests': 'block',
  'crew-double-booked': 'warn',
  'crew-unknown': 'warn',
  'duplicate-charter': 'block',
  'empty-month': 'block',
  'evidence-changed': 'info',
  'evidence-incomplete': 'block',
  'guests-differ': 'warn',
  'headcount-broken': 'warn',
  'item-unreadable': 'block',
  'mail-unreadable': 'warn',
  'names-differ': 'info',
  'no-recipients': 'block',
  'outbox-missing': 'warn',
  'paid-not-sailed': 'warn',
  'price-missing': 'block',
  'rate-outlier': 'warn',
  'recipient-new-domain': 'warn',
  'recipients-changed': 'warn',
  'refund-in-another-month': 'warn',
  'region-down': 'warn',
  'regions-differ': 'block',
  'revenue-differs': 'block',
  'sailing-differs': 'info',
  'scan-failed': 'warn',
  'sender-unreachable': 'block',
  'sent-not-searched': 'info',
  'stale-month': 'warn',
  'status-open': 'block',
  'tab-edited': 'block',
  'template-currency': 'block',
  'template-differs': 'warn',
  'template-feature-dropped': 'info',
  'template-suspect': 'warn',
  'text-cut': 'info',
  'trip-sheet-missing': 'warn',
  'trip-sheet-unreadable': 'warn',
  'trip-sheet-without-charter': 'warn',
  'trip-sheets-unreachable': 'block',
  'unusually-few': 'warn',
  'variance-unexplained': 'warn',
  'version-not-kept': 'warn',
  'vessel-double-booked': 'warn',
  'workbook-copied': 'warn',
  'workbook-not-copied': 'warn',
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof DEFAULT_SEVERITIES;

export const FINDING_CODES = Object.keys(DEFAULT_SEVERITIES) as readonly FindingCode[];

/** What no reason makes right: the statement would be incomplete, or go to nobody, or overwrite a person's work. */
export const NEVER_WAIVED: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'acceptance-unreadable',
  'adjustment-unreadable',
  'carried-forward',
  'carried-unreadable',
  'empty-month',
  'evidence-incomplete',
  'item-unreadable',
  'no-recipients',
  'region-down',
  'regions-differ',
  'sender-unreachable',
  'tab-edited',
  'trip-sheets-unreachable',
]);

export type SeverityOverrides = Readonly<Partial<Record<FindingCode, Severity>>>;

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** One thing that the audit noticed. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Null when it is about the month, not about one charter. */
  readonly charterId: string | null;
  /** What else it is about, when no charter is known: a booking's reference, a file's name. */
  readonly about?: string;
  /** What is at stake, signed as recorded − reportable; null when no amount can be said. */
  readonly cents: Cents | null;
  /** One sentence or two in a bookkeeper's words. */
  readonly message: string;
  readonly links: readonly Link[];
  /** A person has accepted it; it is then no longer open, whatever its severity. */
  readonly accepted?: Acceptance;
}

/** Why a finding need not be mended, and who says so. */
export interface Acceptance {
  readonly reason: string;
  readonly who: string;
  /** `2026-06-02`, or as the person typed it; empty when they typed none. */
  readonly on: string;
}

export interface FindingDraft {
  readonly code: FindingCode;
  readonly charterId?: string | null;
  readonly about?: string;
  readonly cents?: Cents | null;
  readonly message: string;
  readonly links?: readonly Link[];
  /** Instead of the code's own; a setting still goes before it. */
  readonly severity?: Severity;
}

export function makeFinding(draft: FindingDraft, overrides: SeverityOverrides): Finding {
  return {
    code: draft.code,
    severity: overrides[draft.code] ?? draft.severity ?? DEFAULT_SEVERITIES[draft.code],
    charterId: draft.charterId ?? null,
    ...(draft.about === undefined ? {} : { about: draft.about }),
    cents: draft.cents ?? null,
    message: draft.message,
    links: draft.links ?? [],
  };
}

const RANK: Record<Severity, number> = { block: 0, warn: 1, info: 2 };

function rankOf(finding: Finding): number {
  return RANK[finding.severity] + (isOpen(finding) ? 0 : 3);
}

/** Null for none. */
export function heaviest(findings: readonly Finding[]): Severity | null {
  const [worst] = sortFindings(findings);
  return worst?.severity ?? null;
}

/** Open ones first, and of those the worst; within a severity in the order they were found. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => rankOf(a.finding) - rankOf(b.finding) || a.index - b.index)
    .map(({ finding }) => finding);
}

/** Nobody has accepted it. */
export function isOpen({ accepted }: Pick<Finding, 'accepted'>): boolean {
  return accepted === undefined;
}

export function isHeld(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'block' && isOpen(finding));
}

/** Clean: nothing that a person must look at. */
export function isClean(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity === 'info' || !isOpen(finding));
}
