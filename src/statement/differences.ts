/** What has changed between a statement as it was sent and the same month calculated now. */
import { compareCharters } from './charter.ts';
import type { Json } from './fingerprint.ts';
import { canonicalJson, sha256Hex } from './fingerprint.ts';
import type { Cents } from './money.ts';
import { formatMoney } from './money.ts';
import type { IsoDate } from './month.ts';
import { cut } from './short-text.ts';
import type { Statement, StatementLine, Totals } from './statement.ts';

/** One charter's line that is no longer as it was sent. */
export interface LineChange {
  /** As the ledger has it: text from outside. */
  readonly id: string;
  readonly date: IsoDate;
  readonly vessel: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Reportable revenue; 0 where there was, or is, no line. */
  readonly sentCents: Cents;
  readonly nowCents: Cents;
  /** now − sent */
  readonly deltaCents: Cents;
  /** What changed, one part each, short and on one line: `guests 8 → 7`, `refund $0.00 → $125.00`. Never empty. */
  readonly words: readonly string[];
}

export interface TotalChange {
  /** As the mail’s figures name it: `Paying guests`. */
  readonly label: string;
  readonly sent: number;
  readonly now: number;
  readonly unit: 'count' | 'cents';
}

export interface StatementDifferences {
  /** In the order of a statement. Crew and notes count as changes, with 0 cents. */
  readonly lines: readonly LineChange[];
  /** Those that changed. */
  readonly totals: readonly TotalChange[];
  /** Of reportable revenue, now − sent: the sum of the lines’. */
  readonly deltaCents: Cents;
  /** 16 hex: the same for the same differences, so that a change is known again. */
  readonly hash: string;
}

type Compared = Pick<Statement, 'lines' | 'totals' | 'currency'>;

/** Null when nothing has changed that the lines and totals show. */
export function differencesOf(sent: Compared, now: Compared): StatementDifferences | null {
  const lines = linePairs(sent.lines, now.lines)
    .flatMap((pair) => lineChange(pair, now.currency))
    .sort((a, b) => compareCharters(a.line, b.line))
    .map(({ change }) => change);
  const totals = TOTALS.flatMap(([key, label, unit]): TotalChange[] => {
    const change = { label, sent: sent.totals[key] ?? 0, now: now.totals[key] ?? 0, unit };
    return change.sent === change.now ? [] : [change];
  });
  if (lines.length === 0 && totals.length === 0) return null;
  return {
    lines,
    totals,
    deltaCents: now.totals.reportableCents - sent.totals.reportableCents,
    hash: sha256Hex(canonicalJson(JSON.parse(JSON.stringify({ lines, totals })))).slice(0, 16),
  };
}

const TOTALS = [
  ['charters', 'Completed charters', 'count'],
  ['guests', 'Guests aboard', 'count'],
  ['comps', 'of them comps', 'count'],
  ['paying', 'Paying guests', 'count'],
  ['grossCents', 'Gross', 'cents'],
  ['compsCents', 'Comps', 'cents'],
  ['discountsCents', 'Discounts', 'cents'],
  ['refundsCents', 'Refunds', 'cents'],
  ['forfeitedCents', 'Forfeited', 'cents'],
  ['carriedCents', 'Carried from earlier months', 'cents'],
  ['reportableCents', 'Reportable revenue', 'cents'],
  ['recordedCents', 'Recorded revenue', 'cents'],
  ['differenceCents', 'Difference', 'cents'],
  ['taxCents', 'Tax', 'cents'],
  ['feesCents', 'Fees', 'cents'],
  ['gratuityCents', 'Gratuity', 'cents'],
] as const satisfies readonly (readonly [keyof Totals, string, TotalChange['unit']])[];

interface Pair {
  readonly sent: StatementLine | null;
  readonly now: StatementLine | null;
}

/** By id; lines that share one in the order in which they stand. */
function linePairs(sent: readonly StatementLine[], now: readonly StatementLine[]): Pair[] {
  const waiting = new Map<string, StatementLine[]>();
  for (const line of now) waiting.set(line.id, [...(waiting.get(line.id) ?? []), line]);
  const pairs = sent.map((line): Pair => ({ sent: line, now: waiting.get(line.id)?.shift() ?? null }));
  return [...pairs, ...[...waiting.values()].flat().map((line): Pair => ({ sent: null, now: line }))];
}

function lineChange(
  { sent, now }: Pair,
  currency: string,
): { readonly line: StatementLine; readonly change: LineChange }[] {
  const line = now ?? sent;
  if (line === null) return [];
  const words = changeWords({ sent, now }, currency);
  if (words.length === 0) return [];
  const sentCents = sent?.reportableCents ?? 0;
  const nowCents = now?.reportableCents ?? 0;
  const kind = sent === null ? 'added' : now === null ? 'removed' : 'changed';
  const { id, date, vessel } = line;
  return [
    {
      line,
      change: { id, date, vessel, kind, sentCents, nowCents, deltaCents: nowCents - sentCents, words },
    },
  ];
}

function changeWords({ sent, now }: Pair, currency: string): readonly string[] {
  if (sent === null) return ['not in the statement that was sent'];
  if (now === null) return ['no longer there, or no longer in this month'];
  if (asText(sent) === asText(now)) return [];
  const before = shownParts(sent, currency);
  const words = shownParts(now, currency).flatMap(([label, value], index) => {
    const was = before[index]?.[1] ?? '';
    return was === value ? [] : [`${label} ${shown(was)} → ${shown(value)}`];
  });
  const all = [...words, ...noteWords(sent.notes, now.notes)];
  return all.length === 0 ? ['listed or counted otherwise'] : all;
}

function asText(line: StatementLine): string {
  return canonicalJson({ ...line } satisfies Json);
}

/** What people know a charter by, in the order of the statement's columns; what follows from it is left out. */
function shownParts(line: StatementLine, currency: string): readonly (readonly [string, string])[] {
  const money = (cents: Cents): string => formatMoney(cents, currency);
  return [
    ['date', line.date],
    ['departs', line.departs],
    ['vessel', line.vessel],
    ['kind', line.kind],
    ['status', line.statusText],
    ['guests', String(line.guests)],
    ['comps', String(line.comps)],
    ['rate', line.rateCents === null ? '' : money(line.rateCents)],
    ['price', line.rateCents === null ? money(line.grossCents) : ''],
    ['discount', money(line.discountCents)],
    ['refund', money(line.refundCents)],
    ['forfeited', money(line.forfeitedCents)],
    ['recorded', money(line.recordedCents)],
    ['tax', money(line.taxCents)],
    ['fees', money(line.feesCents)],
    ['gratuity', money(line.gratuityCents)],
    ['crew', line.crew],
  ];
}

/** Amounts that stand in the notes are said by themselves. */
const SAID = /^(?:discount|refund|forfeited|flat price) /;

function noteWords(sent: string, now: string): readonly string[] {
  const [before, after] = [sent.split('; '), now.split('; ')];
  const only = (these: readonly string[], others: readonly string[]): string =>
    these.filter((part) => !others.includes(part) && !SAID.test(part)).join('; ');
  const [gone, come] = [only(before, after), only(after, before)];
  return gone === come ? [] : [`notes ${shown(gone)} → ${shown(come)}`];
}

/** Text from outside, on one line; `–` for none. */
function shown(text: string): string {
  return text === '' ? '–' : cut(text, 60);
}
