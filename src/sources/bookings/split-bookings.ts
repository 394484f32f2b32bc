/** Several bookings in one mail: where one ends and the next begins. */
import type { Pair } from './label.ts';
import { readReference, referenceKey } from './read-reference.ts';

/** The labels and values of each booking. One group when nothing says that there are several. */
export function splitPairs(pairs: readonly Pair[]): Pair[][] {
  const starts = startsByReference(pairs) ?? startsByRepeat(pairs);
  if (starts === null || starts.length < 2) return [[...pairs]];
  // What stands ahead of the first booking, a name or a vessel, is left to it.
  return starts.map((start, index) =>
    pairs.slice(index === 0 ? 0 : start, starts[index + 1] ?? pairs.length),
  );
}

function startsByReference(pairs: readonly Pair[]): number[] | null {
  const marks: number[] = [];
  const byLabel = new Map<string, { at: number; key: string }[]>();
  pairs.forEach((pair, at) => {
    if (pair.label.field !== 'reference') return;
    const reference = readReference(pair.value);
    if (reference === null) return;
    const list = byLabel.get(pair.label.words) ?? [];
    list.push({ at, key: referenceKey(reference) });
    byLabel.set(pair.label.words, list);
  });
  // The label that names the most bookings is the one that tells them apart; a second label is another's number.
  let most: { at: number; key: string }[] = [];
  for (const list of byLabel.values()) {
    if (new Set(list.map(({ key }) => key)).size > new Set(most.map(({ key }) => key)).size) most = list;
  }
  let last = '';
  for (const { at, key } of most) {
    if (key !== last) marks.push(at);
    last = key;
  }
  if (marks.length < 2) return null;
  const first = marks[0] ?? 0;
  const leading = pairs[0]?.label.words;
  if (first === 0 || leading === undefined) return marks;
  // Blocks need not start with their reference: they start where the first block's first label comes again.
  const starts = [0];
  for (let index = 1; index < marks.length; index++) {
    let start = -1;
    for (let at = (marks[index - 1] ?? 0) + 1; at <= (marks[index] ?? 0); at++) {
      if (pairs[at]?.label.words === leading) start = at;
    }
    if (start < 0) return marks;
    starts.push(start);
  }
  return starts;
}

/** Without references: the first label comes again, and with it a date or a name that differs. */
function startsByRepeat(pairs: readonly Pair[]): number[] | null {
  const leading = pairs.find((pair) => !['ignored', 'ages', 'status'].includes(pair.label.field));
  if (leading === undefined || leading.label.field === 'amount') return null;
  const starts = pairs.flatMap((pair, at) => (pair.label.words === leading.label.words ? [at] : []));
  if (starts.length < 2) return null;
  const blocks = starts.map((start, index) => pairs.slice(start, starts[index + 1] ?? pairs.length));
  const shapes = blocks.map((block) => new Set(block.map((pair) => pair.label.field)));
  const isWhole = (fields: ReadonlySet<string>) =>
    (fields.has('date') || fields.has('dateTime')) && fields.size >= 2;
  if (!shapes.every(isWhole)) return null;
  const said = new Set(blocks.map((block) => block.map((pair) => pair.value).join('\n')));
  return said.size === blocks.length ? starts : null;
}
