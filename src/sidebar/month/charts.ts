/** Where the bars of the two pictures stand: numbers in, rectangles out. */
import type { BridgeStep, HistoryMonth } from './contract.ts';

/** One of the last twelve months; null where the register knows nothing. */
export interface MonthPair {
  /** `2026-05` */
  readonly month: string;
  readonly now: HistoryMonth | null;
  /** The same month a year before. */
  readonly before: HistoryMonth | null;
}

/** The twelve months that end with `month`, oldest first. */
export function lastTwelve(history: readonly HistoryMonth[], month: string): readonly MonthPair[] {
  const known = new Map(history.map((one) => [one.month, one]));
  return Array.from({ length: 12 }, (_, index) => {
    const at = monthsBefore(month, 11 - index);
    return { month: at, now: known.get(at) ?? null, before: known.get(monthsBefore(at, 12)) ?? null };
  });
}

function monthsBefore(month: string, months: number): string {
  const [year = 0, ofYear = 1] = month.split('-').map(Number);
  const index = year * 12 + ofYear - 1 - months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** `M` for `2026-05`. */
export function initialOf(month: string): string {
  return 'JFMAMJJASOND'.charAt(Number(month.slice(5, 7)) - 1);
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar from the base line up; nothing stands below it, and what is not nought can be seen. */
export function barUp(
  value: number,
  most: number,
  x: number,
  width: number,
  base: number,
  high: number,
): Bar {
  const height = value <= 0 || most <= 0 ? 0 : Math.max(1, (value / most) * high);
  return { x, y: base - height, width, height };
}

/** A round number not below `most`, of which the halves are round too: 1, 2, 4, 6, 8 or 10 times a power of ten. */
export function roundTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const factor = [1, 2, 4, 6, 8].find((one) => one * power >= most) ?? 10;
  return factor * power;
}

export interface BridgeBar {
  readonly label: string;
  readonly cents: number;
  readonly kind: 'total' | 'more' | 'less' | 'none';
  /** From the left, of `width`. */
  readonly x: number;
  readonly width: number;
  /** Where the sum stands after it; the next step begins there. */
  readonly end: number;
}

export interface BridgeBars {
  readonly bars: readonly BridgeBar[];
  /** Where the scale begins. Not nought when the steps are so small beside the totals that nobody would see them. */
  readonly fromCents: number;
}

/** Steps that together take less of the scale than this are looked at closer. */
const SMALLEST_SHARE = 0.4;

/**
 * The steps under each other with their sums: a total reaches from the beginning of the scale, a step from where the one
 * before ended. Totals are taken as they are told; a step goes on from them.
 *
 * @param width of all, in any unit
 */
export function bridgeBars(steps: readonly BridgeStep[], width: number): BridgeBars {
  let sum = 0;
  const spans = steps.map((step) => {
    const from = step.kind === 'total' ? null : sum;
    sum = step.kind === 'total' ? step.cents : sum + step.cents;
    return { step, from, to: sum };
  });
  const edges = spans.flatMap(({ from, to }) => (from === null ? [to] : [from, to]));
  const most = Math.max(0, ...edges);
  const fromCents = scaleBegin(edges, most);
  const reach = most - fromCents || 1;
  const place = (cents: number): number => ((cents - fromCents) / reach) * width;
  const bars = spans.map(({ step, from, to }) => {
    const end = place(to);
    const begin = place(from ?? Math.max(0, fromCents));
    const seen = end === begin ? 0 : Math.max(2, Math.abs(end - begin));
    return {
      label: step.label,
      cents: step.cents,
      kind: kindOf(step),
      x: Math.min(begin, end, width - seen),
      width: seen,
      end,
    };
  });
  return { bars, fromCents };
}

/** Below nought where a sum is; else nought, or a round amount somewhat under the least sum. */
function scaleBegin(edges: readonly number[], most: number): number {
  const least = Math.min(most, ...edges);
  if (least <= 0) return least;
  const span = most - least;
  if (span === 0 || span >= SMALLEST_SHARE * most) return 0;
  const unit = 10 ** Math.floor(Math.log10(span));
  return Math.max(0, Math.floor((least - 0.35 * span) / unit) * unit);
}

function kindOf({ kind, cents }: BridgeStep): BridgeBar['kind'] {
  if (kind === 'total') return 'total';
  if (cents === 0) return 'none';
  return cents > 0 ? 'more' : 'less';
}
