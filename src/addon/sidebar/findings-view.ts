/** The month's findings as the sidebar shows them, each with a key by which it can be accepted. */
import * as v from 'valibot';
import type { FindingView } from '../../sidebar/month/contract.ts';
import type { AcceptedFinding, FindingKey } from '../../statement/accepted.ts';
import { canBeAccepted, isSameFinding, keyOf } from '../../statement/accepted.ts';
import type { Finding, FindingCode } from '../../statement/findings.ts';
import { DEFAULT_SEVERITIES, FINDING_CODES, isOpen, sortFindings } from '../../statement/findings.ts';
import type { Month } from '../../statement/month.ts';
import { auditTabOf } from '../../workbook/audit-tab.ts';
import { findingsSummary } from '../../workbook/register.ts';
import type { Left, Look } from './brief-store.ts';
import { NONE_LEFT } from './brief-store.ts';
import type { Facts } from './facts.ts';
import { linkView } from './links.ts';
import type { Standing } from './standing.ts';

/** As they were found last, and accepted since then; open ones first, and of those the worst. */
export function findingsOf(facts: Facts, standing: Standing): Finding[] {
  const { month, look, line } = standing;
  const { accepted, audit, settings } = facts.glance;
  const kept = audit?.findings ?? [];
  const overrides = settings?.severities ?? {};
  if (look !== null && !isWholeInTab(facts, look, line)) return withAccepted(look.findings, accepted, month);
  // A run that posted no tab, because a person has written into it say, left its findings in the register only.
  if (line === null || line.findings === '' || line.findings === findingsSummary(kept))
    return withAccepted(kept, accepted, month);
  const tab = auditTabOf(facts.glance.tabs, month);
  const links =
    tab === null ? [] : [{ label: 'Audit', url: `${facts.glance.tabs.spreadsheetUrl}#gid=${tab.sheetId}` }];
  const said = line.findings.split(', ').flatMap((words): Finding[] => {
    const [, code = '', isAccepted = '', times = '1'] =
      /^([a-z-]+)( accepted)?(?: ×(\d+))?$/.exec(words) ?? [];
    if (!isCode(code)) return [];
    const same = kept.filter((one) => one.code === code && isOpen(one) === (isAccepted === ''));
    if (same.length === Number(times)) return same;
    return [
      {
        code,
        severity: overrides[code] ?? DEFAULT_SEVERITIES[code],
        charterId: null,
        cents: null,
        message: `The last run found ${times === '1' ? 'this' : `${times} of this kind`}: ${code}. Check the month to see it in words.`,
        links,
        ...(isAccepted === '' ? {} : { accepted: { reason: '', who: '', on: '' } }),
      },
    ];
  });
  return withAccepted(said, accepted, month);
}

/** What `findingsOf` leaves out, since there was no room to keep it. */
export function leftOut(facts: Facts, { look, line }: Standing): Left {
  return look === null || isWholeInTab(facts, look, line) ? NONE_LEFT : look.left;
}

/** Open findings that block, and all that a person has to look at; those without room count too. */
export function openCounts(
  facts: Facts,
  standing: Standing,
  findings: readonly Finding[],
): { readonly blocks: number; readonly toSee: number } {
  const left = leftOut(facts, standing);
  const toSee = findings.filter((one) => isOpen(one) && one.severity !== 'info');
  const blocks = toSee.filter(({ severity }) => severity === 'block').length + left.block;
  return { blocks, toSee: toSee.length + left.block + left.warn };
}

/** A look that was not kept whole, of a run that wrote all it found into the audit tab. */
function isWholeInTab({ glance }: Facts, { left, asOf, findings }: Look, line: Standing['line']): boolean {
  const more = left.block + left.warn + left.rest;
  return more > 0 && line?.asOf === asOf && glance.audit?.findings.length === findings.length + more;
}

function isCode(code: string): code is FindingCode {
  return FINDING_CODES.some((known) => known === code);
}

/** Each row of the month that no finding has been accepted by accepts one more. */
function withAccepted(
  findings: readonly Finding[],
  rows: readonly AcceptedFinding[],
  month: Month,
): Finding[] {
  const left = rows.filter((row) => row.month === month && canBeAccepted(row));
  const take = (key: FindingKey): AcceptedFinding | undefined => {
    const index = left.findIndex((row) => isSameFinding(row, key));
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  for (const finding of findings) if (!isOpen(finding)) take(keyOf(finding));
  const after = findings.map((finding): Finding => {
    const row = isOpen(finding) ? take(keyOf(finding)) : undefined;
    if (row === undefined) return finding;
    const { reason, who, on } = row;
    return { ...finding, accepted: { reason, who, on } };
  });
  return sortFindings(after);
}

/** What nobody can say in words, of the register alone, has no key. */
export function findingViews(findings: readonly Finding[]): FindingView[] {
  return findings.map((finding) => {
    const { code, severity, charterId, cents, message, links, accepted } = finding;
    const key = keyOf(finding);
    const before = findings.filter((one) => !isOpen(one) && isSameFinding(keyOf(one), key)).length;
    return {
      key: JSON.stringify([key.code, key.about, key.cents, before]),
      code,
      severity,
      words: message,
      cents,
      charterId,
      links: links.map(({ label, url }) => linkView(label, url)),
      mayAccept: canBeAccepted(finding),
      accepted: accepted === undefined ? null : { by: accepted.who, reason: accepted.reason },
    };
  });
}

const Key = v.tuple([
  v.picklist(FINDING_CODES),
  v.nullable(v.string()),
  v.nullable(v.pipe(v.number(), v.integer())),
  v.pipe(v.number(), v.integer(), v.minValue(0)),
]);

/** What a key stands for, and how many of the very same were accepted when it was made; null when it is none. */
export function readFindingKey(text: string): { readonly key: FindingKey; readonly before: number } | null {
  try {
    const parsed = v.safeParse(Key, JSON.parse(text));
    if (!parsed.success) return null;
    const [code, about, cents, before] = parsed.output;
    return { key: { code, about, cents }, before };
  } catch {
    return null;
  }
}
