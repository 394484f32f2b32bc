/** How cost grows with the month, and how large a month one execution holds. */

export interface Point {
  readonly charters: number;
  readonly cost: number;
}

/** Apps Script ends an execution after six minutes. */
export const EXECUTION_SECONDS = 360;

/** Of the power law through both points: 0 is no growth, 1 is in step with the charters. */
export function exponent(from: Point, to: Point): number {
  return Math.log(to.cost / from.cost) / Math.log(to.charters / from.charters);
}

/**
 * The charters whose cost reaches `limit`, on the line through the two points around it, or through the two largest
 * when none is past it; infinite without growth.
 */
export function chartersWithin(limit: number, points: readonly Point[]): number {
  const sorted = [...points].sort((a, b) => a.charters - b.charters);
  const past = sorted.findIndex(({ cost }) => cost > limit);
  const at = past < 0 ? sorted.length - 1 : Math.max(1, past);
  const [small, large] = [sorted[at - 1], sorted[at]];
  if (small === undefined || large === undefined) return Number.NaN;
  const perCharter = (large.cost - small.cost) / (large.charters - small.charters);
  if (perCharter <= 0) return Number.POSITIVE_INFINITY;
  return Math.floor(large.charters + (limit - large.cost) / perCharter);
}
