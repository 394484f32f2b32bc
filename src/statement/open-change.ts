/** What nobody has decided on of a month that changed after it was sent. */
import { cellText } from './cell-text.ts';
import type { LineChange, StatementDifferences } from './differences.ts';
import { canonicalJson, sha256Hex } from './fingerprint.ts';
import type { Cents } from './money.ts';
import { formatMoney, sumCents } from './money.ts';
import type { Month } from './month.ts';
import { monthLabel } from './month.ts';
import { cut } from './short-text.ts';

/** A row of the adjustments tab that carries a change into a later month. */
export interface CarriedAmount {
  /** As `charterKey` makes it. */
  readonly charter: string;
  readonly cents: Cents;
  /** It ends with what had changed then. */
  readonly reason: string;
}

export interface ChangeItem {
  /** As the ledger has it; as the row has it for a charter that no longer differs. */
  readonly id: string;
  /** Null for a charter that no longer differs, but whose change was carried. */
  readonly line: LineChange | null;
  readonly words: readonly string[];
  /** Of reportable revenue, now − sent, less what was carried already. */
  readonly cents: Cents;
}

export interface OpenChange {
  readonly items: readonly ChangeItem[];
  /** The sum of the items’. */
  readonly deltaCents: Cents;
  /** All of it was carried, and nothing has changed since. */
  readonly isCarried: boolean;
  /** 16 hex: whoever decided, decided on this. */
  readonly hash: string;
}

/** A charter’s id as a cell gives it back; empty for none, which is what people also write as “none”. */
export function charterKey(id: string): string {
  const text = cellText(id).trim();
  return text.toLowerCase() === 'none' ? '' : text;
}

/** Null when the month is as it was sent and nothing of it was carried. */
export function openChange(
  code: string,
  differences: StatementDifferences | null,
  carried: readonly CarriedAmount[],
  currency: string,
): OpenChange | null {
  const left = new Map<string, Cents>();
  for (const { charter, cents } of carried) left.set(charter, sumCents([left.get(charter) ?? 0, cents]));
  const isSettled: boolean[] = [];
  const items = (differences?.lines ?? []).map((line): ChangeItem => {
    const key = charterKey(line.id);
    const before = left.get(key) ?? 0;
    left.delete(key);
    const known = before === 0 ? [] : [`${signedMoney(before, currency)} was carried already`];
    const isTold = carried.some(({ charter, reason }) => charter === key && tells(reason, line));
    isSettled.push(isTold && before === line.deltaCents);
    return { id: line.id, line, words: [...line.words, ...known], cents: line.deltaCents - before };
  });
  for (const [id, cents] of left) {
    if (cents === 0) continue;
    const words = [`no longer differs, but ${signedMoney(cents, currency)} was carried into a later month`];
    isSettled.push(false);
    items.push({ id, line: null, words, cents: 0 - cents });
  }
  if (items.length === 0) return null;
  const named = items.map(({ id, words, cents }) => ({ id, words, cents }));
  return {
    items,
    deltaCents: sumCents(items.map(({ cents }) => cents)),
    isCarried: isSettled.every(Boolean),
    hash: sha256Hex(canonicalJson([code, named])).slice(0, 16),
  };
}

/** The rows of charters of which something is carried by now: what was carried back as well counts for nothing. */
export function standing<R extends CarriedAmount>(carried: readonly R[]): readonly R[] {
  const sumOf = (charter: string): Cents =>
    sumCents(carried.filter((one) => one.charter === charter).map(({ cents }) => cents));
  return carried.filter(({ charter }) => sumOf(charter) !== 0);
}

function said(words: readonly string[]): string {
  return words.join(', ');
}

/** `+$125.00`, `-$125.00`, `$0.00` */
export function signedMoney(cents: Cents, currency: string): string {
  return `${cents > 0 ? '+' : ''}${formatMoney(cents, currency)}`;
}

/** `BH-017 (2026-05-16, Blue Heron): guests 8 → 7 (-$125.00)` */
export function itemWords({ id, line, words, cents }: ChangeItem, currency: string): string {
  const where = line === null ? '' : ` (${line.date}, ${cut(line.vessel, 40)})`;
  return `${cut(id, 60) || 'no charter named'}${where}: ${kindWords(line)}${said(words)} (${signedMoney(cents, currency)})`;
}

function kindWords(line: LineChange | null): string {
  return line === null || line.kind === 'changed' ? '' : `${line.kind}, `;
}

/** `-$125.00 (2 charters)` */
export function changeSummary(change: OpenChange, currency: string, more = ''): string {
  const count = change.items.length;
  const charters = count === 1 ? '1 charter' : `${count} charters`;
  return `${signedMoney(change.deltaCents, currency)} (${charters}${more})`;
}

const LONGEST_REASON = 400;

/**
 * The reason of the row that carries an item: its code is how the row is known again. Words that a cell does not give
 * back as they are, such as long ones, leave their hash.
 */
export function carriedReason(month: Month, code: string, { line, words }: ChangeItem): string {
  const reason = (more: string): string =>
    cellText(
      cut(
        `Change to ${monthLabel(month)} after it was sent (${code}${more}): ${said(words)}`,
        LONGEST_REASON,
      ),
    ).trim();
  const plain = reason('');
  return line === null || tells(plain, line) ? plain : reason(`, change ${wordsHash(line)}`);
}

function tells(reason: string, line: LineChange): boolean {
  return reason.includes(said(line.words)) || reason.includes(wordsHash(line));
}

function wordsHash({ words }: LineChange): string {
  return sha256Hex(said(words)).slice(0, 10);
}
