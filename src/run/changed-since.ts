/** What has changed since a statement was approved, in words; any of it makes the approval void. */
import { PurserError } from '../host/errors.ts';
import type { Finding } from '../statement/findings.ts';
import { formatMoney } from '../statement/money.ts';
import { dateLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { shortFingerprint } from '../statement/statement.ts';
import type { Approval } from './approval.ts';
import type { Part } from './approval-parts.ts';
import {
  addressesOf,
  charterMark,
  chartersOf,
  findingMark,
  idOf,
  marksIn,
  openFindings,
  partsOf,
  settingMark,
  settingsOf,
} from './approval-parts.ts';
import type { Collected } from './collect.ts';
import { menuItemOf } from './words.ts';

export interface Change {
  /** `file`: no part of it changed, and yet it would not be the same. */
  readonly part: Part | 'file';
  /** A sentence without its full stop. */
  readonly words: string;
}

/**
 * Empty when the statement is what was approved. Findings that are gone, accepted or only worth knowing change
 * nothing; one more that blocks or warns does.
 *
 * @param collected read anew, in a later run than the one in which it was approved
 * @param madeSha256 of the file that was made of it, no approval printed in it, 64 hex; null before it is made
 */
export function changedSince(
  approval: Approval,
  collected: Collected,
  madeSha256: string | null,
): readonly Change[] {
  const now = partsOf(collected);
  const wordsOf: readonly (readonly [Part, (figures: string) => string])[] = [
    ['charters', (figures) => `${charterWords(approval, collected)}${figures}`],
    ['adjustments', (figures) => `“Purser adjustments” or “Purser carried forward” have changed${figures}`],
    ['rates', (figures) => `“Purser rates” have changed${figures}`],
    ['settings', (figures) => `${settingWords(approval, collected)}${figures}`],
    ['template', () => `The Template “${cut(collected.workbook.templateTab.title)}” has changed`],
    ['recipients', () => recipientWords(approval, collected)],
    [
      'subject-and-file',
      () => `Subject, file name, company or code have changed: now “${cut(collected.subject)}”`,
    ],
    ['comparison', () => 'The figures of the months that it is compared with have changed'],
    ['regions', () => `The regions answer differently: now ${cut(collected.calculation.statement.dataFrom)}`],
  ];
  let figures = figureWords(approval, collected);
  const changes = wordsOf.flatMap(([part, words]): Change[] => {
    if (approval.parts[part] === now[part]) return [];
    const change = { part, words: words(figures) };
    // Once is enough, beside the first cause that there is.
    if (change.words.endsWith(figures)) figures = '';
    return [change];
  });
  changes.push(...tabChange(approval, collected, now.tab));
  changes.push(...findingChange(approval, collected, now.findings));
  return changes.length > 0 ? changes : fileChange(approval, collected, madeSha256);
}

function figureWords({ figures }: Approval, { calculation }: Collected): string {
  const { totals, currency } = calculation.statement;
  const money = (cents: number): string => formatMoney(cents, currency);
  if (figures.reportableCents !== totals.reportableCents)
    return `: reportable revenue was ${money(figures.reportableCents)}, is ${money(totals.reportableCents)}`;
  if (figures.recordedCents !== totals.recordedCents)
    return `: recorded revenue was ${money(figures.recordedCents)}, is ${money(totals.recordedCents)}`;
  if (figures.charters !== totals.charters)
    return `: completed charters were ${figures.charters}, are ${totals.charters}`;
  return '';
}

const MOST_NAMED = 5;

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => cut(name, 60));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Those of today that were not so at the approval; null where nobody knows how they were. */
function unlike<T>(all: readonly T[], marks: string | null, markOf: (one: T) => string): T[] | null {
  if (marks === null) return null;
  const left = new Map<string, number>();
  for (const mark of marksIn(marks)) left.set(mark, (left.get(mark) ?? 0) + 1);
  return all.filter((one) => {
    const mark = markOf(one);
    const count = left.get(mark) ?? 0;
    left.set(mark, count - 1);
    return count <= 0;
  });
}

function charterWords({ marks }: Approval, collected: Collected): string {
  const changed = unlike(chartersOf(collected), marks.charters, charterMark) ?? [];
  return `The charters have changed${changed.length === 0 ? '' : ` (${named(changed.map(idOf))})`}`;
}

function settingWords({ marks }: Approval, collected: Collected): string {
  const changed = unlike(settingsOf(collected), marks.settings, settingMark) ?? [];
  if (changed.length === 0) return 'Setting rows have changed';
  const names = changed.map(([name]) => `“${cut(name, 60)}”`);
  return `Settings have changed (${named(names)})`;
}

function recipientWords({ recipients }: Approval, collected: Collected): string {
  const now = addressesOf(collected);
  const fold = (address: string): string => address.toLowerCase();
  const only = (these: readonly string[], others: readonly string[]): string[] => {
    const known = new Set(others.map(fold));
    return these.filter((address) => !known.has(fold(address)));
  };
  const come = recipients === null ? [] : only(now, recipients);
  const gone = recipients === null ? [] : only(recipients, now);
  const parts = [
    ...(come.length === 0 ? [] : [`new ${named(come)}`]),
    ...(gone.length === 0 ? [] : [`no longer ${named(gone)}`]),
  ];
  return parts.length === 0
    ? 'The mailbox that it goes from, or how it is addressed, has changed'
    : `Recipients: ${parts.join(', ')}`;
}

function tabChange({ parts, version }: Approval, { workbook }: Collected, title: string): Change[] {
  const name = `The tab “${cut(workbook.monthTitle)}”`;
  const change = (words: string): Change[] => [{ part: 'tab', words: `${name} ${words}` }];
  if (workbook.noticed.some(({ code }) => code === 'tab-edited')) return change('was edited');
  if (parts.tab !== title) return change('had another name');
  // A month is approved once its tab is posted; what a corrected statement replaces it needs no more.
  return workbook.monthTab === null && version === 1 ? change('is no longer there') : [];
}

/** Those that block or warn and did not at the approval; all, where nobody knows which did. */
export function newFindings({ marks }: Approval, collected: Collected): readonly Finding[] {
  const open = openFindings(collected);
  return unlike(open, marks.findings, findingMark) ?? open;
}

function findingChange({ parts, marks }: Approval, collected: Collected, now: string): Change[] {
  const open = openFindings(collected);
  if (open.length === 0 || parts.findings === now) return [];
  const come = unlike(open, marks.findings, findingMark);
  const part = 'findings';
  if (come === null) return [{ part, words: 'The findings have changed' }];
  const [first] = come;
  if (first === undefined) return [];
  const more = come.length === 1 ? '' : `, and ${come.length - 1} more`;
  return [{ part, words: `There is a new finding, ${first.code}: ${cut(first.message, 300)}${more}` }];
}

function fileChange(
  { sha256, fingerprint }: Approval,
  { calculation }: Collected,
  madeSha256: string | null,
): Change[] {
  const { statement } = calculation;
  if (fingerprint !== statement.fingerprint) {
    const [was, is] = [fingerprint, statement.fingerprint].map(shortFingerprint);
    return [{ part: 'file', words: `The statement’s fingerprint was ${was}, is ${is}` }];
  }
  if (madeSha256 === null || madeSha256 === sha256) return [];
  const [was, is] = [sha256, madeSha256].map(shortFingerprint);
  return [
    { part: 'file', words: `The file is not the one that was approved: its SHA-256 was ${was}, is ${is}` },
  ];
}

/** @param who a sentence about who changed the workbook, as far as that is known; may be empty */
export function approvalVoid(approval: Approval, changes: readonly Change[], who: string): PurserError {
  const words = changes.map((change) => change.words.replace(/\.+$/, '')).join('. ');
  return new PurserError('approval-void', {
    what: `${cut(approval.approvedBy)} approved the statement ${approval.code} on ${dateLabel(approval.on)}; what was approved has changed since, so it was not sent. ${words}.${who === '' ? '' : ` ${who}`}`,
    now: `Choose ${menuItemOf(approval.version)} to look at it as it is now, and approve that.`,
    data: { parts: changes.map(({ part }) => part).join(' ') },
  });
}
