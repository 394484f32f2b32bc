/** Of several labels that could say one thing, the one that counts. */
import type { LabelField, Pair } from './label.ts';

export interface Found<T> {
  readonly value: T | null;
  readonly problem: string | null;
}

export interface BestPair<T> extends Found<T> {
  /** The pair that the value, or the problem, is from. */
  readonly pair: Pair | null;
}

/** The value as it is now: what was struck out, or was before an arrow or in `(was …)`, is gone. */
export function currentValue(value: string): string {
  const arrow = /^(.{0,200})(?:→|⇒|➔|➜|=>|-+>|»>)(.{1,300})$/u.exec(value);
  const now = arrow?.[2] ?? value;
  return now
    .replace(
      /[([]\s?(?:was|previously|formerly|old|originally|before|instead of|changed from|prev|rather than)(?![\p{L}])[^)\]]{0,120}[)\]]?/giu,
      ' ',
    )
    .replace(/[,;–-]?\s(?:instead of|previously|formerly|was|originally|rather than)\s.{0,120}$/iu, ' ')
    .replace(/^\W{0,3}(?:changed|moved|updated|amended)?\s?from\s.{1,80}?\sto\s/iu, '')
    .replace(/[([](?:new|updated|changed|amended|revised)[)\]]/giu, ' ')
    .trim();
}

/** Pairs of the fields, best label first. */
export function ranked(pairs: readonly Pair[], fields: readonly LabelField[]): Pair[] {
  return pairs
    .map((pair, index) => ({ pair, index, order: fields.indexOf(pair.label.field) }))
    .filter(({ order }) => order >= 0)
    .sort(
      (a, b) =>
        Number(b.pair.label.isNew) - Number(a.pair.label.isNew) ||
        Number(b.pair.label.rank < 0) - Number(a.pair.label.rank < 0) ||
        a.order - b.order ||
        a.pair.label.rank - b.pair.label.rank ||
        a.index - b.index,
    )
    .map(({ pair }) => pair);
}

/** The first of the pairs that can be read; of two that stand under the same label and differ, a problem. */
export function best<T extends string | number>(
  pairs: readonly Pair[],
  what: string,
  read: (value: string, pair: Pair) => Found<T>,
  written: (value: T) => string = String,
): BestPair<T> {
  let problem: string | null = null;
  let chosen: { pair: Pair; value: T; problem: string | null } | null = null;
  for (const pair of pairs) {
    const found = read(currentValue(pair.value), pair);
    if (found.value === null) {
      problem ??= found.problem;
      if (chosen === null && found.problem !== null) return { ...found, pair };
      continue;
    }
    if (chosen === null) chosen = { pair, value: found.value, problem: found.problem };
    else if (chosen.pair.label.words === pair.label.words && chosen.value !== found.value) {
      return {
        ...chosen,
        problem: `The mail gives two ${what}s: ${written(chosen.value)} and ${written(found.value)}.`,
      };
    } else if (chosen.pair.label.words !== pair.label.words) break;
  }
  return chosen ?? { value: null, problem, pair: null };
}
