/** Labelled fields: `Vessel | Blue Heron`, `Vessel: Blue Heron`, several beside each other, `12 boarded`. */
import type { Label, Vocabulary } from './fields.ts';
import type { Row } from './tab.ts';
import { isUnfilled } from './values.ts';

export interface LabelledValue {
  readonly label: Label;
  /** Empty when nothing was filled in. */
  readonly value: string;
}

export interface LabelledRow {
  readonly values: readonly LabelledValue[];
  /** Cells that are neither a label nor a label's value. */
  readonly others: readonly string[];
}

/** Labels of heads, whose number may stand without a colon: `Boarded 12`, `12 boarded`. */
const COUNTS: ReadonlySet<Label> = new Set(['boarded', 'noShows', 'comps', 'heads', 'paying', 'booked']);
const PLACES = /[:=]/g;

/** All labelled values of a row, and what is left. */
export function labelledRow(row: Row, vocabulary: Vocabulary): LabelledRow {
  const values: LabelledValue[] = [];
  const others: string[] = [];
  for (let at = 0; at < row.cells.length; at++) {
    const text = row.cells[at]?.text ?? '';
    const label = vocabulary.labelOf(text);
    if (label === null) {
      const inside = labelledInside(text, vocabulary);
      values.push(...inside);
      if (inside.length === 0) others.push(text);
      continue;
    }
    const next = row.cells[at + 1]?.text;
    const nextIsLabel = next === undefined || vocabulary.labelOf(next) !== null;
    if (nextIsLabel || labelledInside(next, vocabulary).length > 0) values.push({ label, value: '' });
    else {
      values.push({ label, value: isUnfilled(next) ? '' : next });
      at += 1;
    }
  }
  return { values, others };
}

/** `Boarded: 12   No-shows: 1` and the like, in one cell. */
export function labelledInside(text: string, vocabulary: Vocabulary): readonly LabelledValue[] {
  const values: LabelledValue[] = [];
  let open: { readonly label: Label; readonly from: number } | null = null;
  const close = (to: number) => {
    if (open === null) return;
    const value = text.slice(open.from, to).replace(/^[\s:=]+|[\s,;|•·/–—-]+$/g, '');
    values.push({ label: open.label, value: isUnfilled(value) ? '' : value });
  };
  let from = 0;
  // A cell with hundreds of colons is no row of labels.
  for (const place of [...text.matchAll(PLACES)].slice(0, 50)) {
    const colon = place.index;
    const found = labelBefore(text.slice(Math.max(from, colon - 60), colon), vocabulary);
    if (found === null) continue;
    close(colon - found.length);
    open = { label: found.label, from: colon + 1 };
    from = colon + 1;
  }
  close(text.length);
  if (values.length > 0) return values;
  return withoutColon(text, vocabulary);
}

/** The longest label that a text ends with, from a word's beginning. */
function labelBefore(
  text: string,
  vocabulary: Vocabulary,
): { readonly label: Label; readonly length: number } | null {
  const starts = [...text.matchAll(/(?:^|[\s,;|•·(/])(?=[^\s,;|•·(/])/g)].map(
    ({ index, 0: before }) => index + before.length,
  );
  for (const start of starts.slice(-6)) {
    const label = vocabulary.labelOf(text.slice(start));
    if (label !== null) return { label, length: text.length - start };
  }
  return null;
}

function withoutColon(text: string, vocabulary: Vocabulary): readonly LabelledValue[] {
  if (text.length > 80) return [];
  const signed = /^(signed(?:\s+off)?(?:\s+by)?|signature|\/s\/)\s+(\S.*)$/i.exec(text);
  if (signed !== null) return [{ label: 'signature', value: signed[2] ?? '' }];
  const countFirst = /^(\d{1,4})\s+(\D{2,40})$/.exec(text);
  const countLast = /^(\D{2,40}?)\s*[-–—]?\s*(\d{1,4}(?:\s*(?:\/|of)\s*\d{1,4})?)$/.exec(text);
  const [words, count] =
    countFirst !== null ? [countFirst[2], countFirst[1]] : [countLast?.[1], countLast?.[2]];
  const label = words === undefined ? null : vocabulary.labelOf(words);
  if (label !== null && COUNTS.has(label)) return [{ label, value: count ?? '' }];
  const dashed = /^(.{2,40}?)\s+[-–—]\s+(\S.*)$/.exec(text);
  const dashedLabel = dashed === null ? null : vocabulary.labelOf(dashed[1] ?? '');
  return dashedLabel === null ? [] : [{ label: dashedLabel, value: dashed?.[2] ?? '' }];
}
