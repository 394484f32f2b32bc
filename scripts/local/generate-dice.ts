/** Dice for made-up months: the same seed gives the same throws. */
import { createRandom } from './apps-script/random.ts';

export interface Dice {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True that often in a hundred. */
  percent(chance: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  return {
    below,
    percent: (chance) => below(100) < chance,
    pick: (from) => from[below(from.length)] ?? from[0],
  };
}
