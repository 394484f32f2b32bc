/** Two regions' items kept as one: the second's stand in full only where they differ. */
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import { canonicalJson } from '../statement/fingerprint.ts';

/** An item, or a run of items that the first list has just so: from which place of it, how many. */
export type Twin = AttributeMap | readonly [from: number, count: number];

/** The second list, in its own order. */
export function withoutTwins(first: readonly AttributeMap[], second: readonly AttributeMap[]): Twin[] {
  const texts = first.map(canonicalJson);
  const places = new Map(texts.map((text, place) => [text, place]));
  const twins: Twin[] = [];
  let run: [from: number, count: number] | null = null;
  for (const item of second) {
    const text = canonicalJson(item);
    if (run !== null && texts[run[0] + run[1]] === text) {
      run[1] += 1;
      continue;
    }
    const place = places.get(text);
    run = place === undefined ? null : [place, 1];
    twins.push(run ?? item);
  }
  return twins;
}

/** What `withoutTwins` was given as its second list, attributes in whatever order. */
export function withTwins(first: readonly AttributeMap[], twins: readonly Twin[]): AttributeMap[] {
  return twins.flatMap((twin) => (isRun(twin) ? first.slice(twin[0], twin[0] + twin[1]) : [twin]));
}

function isRun(twin: Twin): twin is readonly [number, number] {
  return Array.isArray(twin);
}
