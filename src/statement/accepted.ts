/** Findings that a person accepts one by one: they stay as they are, and no longer hold the month. */
import type { Finding, FindingCode, Link } from './findings.ts';
import { NEVER_WAIVED, sortFindings } from './findings.ts';
import type { Cents } from './money.ts';
import { formatMoney } from './money.ts';
import type { Month } from './month.ts';
import { charterKey } from './open-change.ts';
import { cut } from './short-text.ts';

/** One row of the tab: one finding of one month. */
export interface AcceptedFinding {
  readonly month: Month;
  readonly code: FindingCode;
  /** The charter, or the booking, file or address that it is about; null when it is about the month. */
  readonly about: string | null;
  /** As the audit had it; null when it had none. */
  readonly cents: Cents | null;
  readonly reason: string;
  /** Who decided it. */
  readonly who: string;
  /** `2026-06-02`, or as the person typed it; may be empty. */
  readonly on: string;
  /** Where a person finds it: `'Purser accepted'!A3`. */
  readonly cell: string;
}

export interface AcceptContext {
  /** Where a person looks at a cell. */
  readonly linksOf: (cell: string) => readonly Link[];
  readonly currency: string;
}

/** What tells one finding of a month from another, as far as a row can say it. */
export type FindingKey = Pick<AcceptedFinding, 'code' | 'about' | 'cents'>;

/** As a cell can hold it, and gives it back: a charter that is called “none” reads as none there. */
export function keyOf({ code, charterId, about, cents }: Finding): FindingKey {
  const text = charterKey(charterId ?? about ?? '');
  return { code, about: text === '' ? null : text, cents };
}

export function isSameFinding(one: FindingKey, other: FindingKey): boolean {
  return one.code === other.code && one.about === other.about && one.cents === other.cents;
}

export function canBeAccepted({ code }: Pick<Finding, 'code'>): boolean {
  return !NEVER_WAIVED.has(code);
}

/**
 * The findings of a month after what is accepted, open ones first. Each row of the month accepts one finding: that of
 * its code, of what it is about, and of exactly its amount. A row that fits all but the amount, or whose code nobody can
 * accept, is named in the finding that it meant; one whose finding is gone changes nothing.
 */
export function applyAccepted(
  findings: readonly Finding[],
  rows: readonly AcceptedFinding[],
  month: Month,
  context: AcceptContext,
): Finding[] {
  const own = rows.filter((row) => row.month === month);
  const rowOf = new Map<Finding, AcceptedFinding>();
  const idle = own.filter((row) => {
    if (!canBeAccepted(row)) return true;
    const found = findings.find((one) => !rowOf.has(one) && isSameFinding(row, keyOf(one)));
    if (found === undefined) return true;
    rowOf.set(found, row);
    return false;
  });
  const after = findings.map((finding): Finding => {
    const row = rowOf.get(finding);
    if (row !== undefined) {
      const { reason, who, on } = row;
      return { ...withLinks(finding, row, context), accepted: { reason, who, on } };
    }
    const { code, about, cents } = keyOf(finding);
    const inVain = idle.find(
      (one) => one.code === code && one.about === about && (one.cents !== cents || !canBeAccepted(one)),
    );
    if (inVain === undefined) return finding;
    const message = `${finding.message} ${idleWords(inVain, finding, context)}`;
    return { ...withLinks(finding, inVain, context), message };
  });
  return sortFindings(after);
}

function withLinks(finding: Finding, row: AcceptedFinding, { linksOf }: AcceptContext): Finding {
  return { ...finding, links: [...finding.links, ...linksOf(row.cell)] };
}

function idleWords(row: AcceptedFinding, { cents }: Finding, { currency }: AcceptContext): string {
  if (!canBeAccepted(row)) return `Nobody can accept a finding of this kind, so ${row.cell} has no effect.`;
  const amount = (value: Cents | null): string =>
    value === null ? 'one without an amount' : formatMoney(value, currency);
  return `${row.cell} does not accept it: that row is for ${amount(row.cents)}, and this is ${amount(cents)}. If the reason holds for this too, correct the row.`;
}

/** `Accepted by Dana, 2026-06-02: the captain is at sea`; nothing for a finding that is open. */
export function acceptedWords({ accepted }: Pick<Finding, 'accepted'>): string {
  return accepted === undefined ? '' : `Accepted by ${acceptanceWords(accepted)}`;
}

/** `Dana, 2026-06-02: the captain is at sea` */
export function acceptanceWords({ who, on, reason }: NonNullable<Finding['accepted']>): string {
  return `${cut(who)}${on === '' ? '' : `, ${cut(on, 40)}`}: ${cut(reason, 400)}`;
}
