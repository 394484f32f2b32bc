/** Labels and their values, found in the lines of one part of a mail; tables give a row a booking. */

import { currentValue } from './best-pair.ts';
import { BULLET, inlinePairs } from './inline-labels.ts';
import type { Label, LabelField, Pair } from './label.ts';
import { UNLISTED } from './label.ts';
import { fitsField, settledPairs } from './label-guess.ts';
import { changesAt, tableAt } from './label-tables.ts';
import type { Labels } from './labels.ts';
import { labelOf } from './labels.ts';
import type { MailLine } from './mail-text.ts';
import { findAmounts } from './read-amount.ts';
import { isHeadCount } from './read-party.ts';

export interface LabelledLines {
  readonly pairs: readonly Pair[];
  /** Tables of several bookings, a booking each. */
  readonly rows: readonly (readonly Pair[])[];
  /** Indexes of lines that were read as labels and values, and are nothing else. */
  readonly used: ReadonlySet<number>;
}

const MOST_PAIRS = 4_000;
/** A status that stands alone, as in a coloured pill. */
const PILL =
  /^\W{0,3}(?:booking )?(?:pending|(?:awaiting|pending) (?:confirmation|approval)|on (?:request|hold)|requested|tentative|waitlist(?:ed)?|cancell?ed|confirmed|storniert|annulée?|cancelada)\W{0,3}$/i;

export function findLabelled(lines: readonly MailLine[], labels: Labels): LabelledLines {
  const pairs: Pair[] = [];
  const rows: Pair[][] = [];
  const used = new Set<number>();
  for (let index = 0; index < lines.length && pairs.length < MOST_PAIRS; index++) {
    const cells = lines[index]?.cells ?? [];
    const filled = cells.filter((cell) => cell !== '');
    if (filled.length === 0 || used.has(index)) continue;
    const changes = changesAt(lines, index, labels);
    if (changes !== null) {
      for (let line = index; line <= changes.end; line++) used.add(line);
      pairs.push(...changes.pairs);
      index = changes.end;
      continue;
    }
    const table = tableAt(lines, index, labels);
    if (table !== null) {
      for (let line = index; line <= table.end; line++) used.add(line);
      if (table.rows.length === 1 || table.isNames) pairs.push(...table.rows.flat());
      else rows.push(...table.rows);
      index = table.end;
      continue;
    }
    const heads = headsOf(filled);
    if (heads !== null) {
      used.add(index);
      if (!pairs.some((pair) => pair.label.words === heads.label.words)) {
        pairs.push(heads);
        const price = filled
          .slice(1)
          .reverse()
          .find((cell) => /\d/.test(cell) && !cell.startsWith('@'));
        if (price !== undefined) pairs.push({ label: LINE_PRICE, value: price });
      }
      continue;
    }
    const own = (
      filled.length > 1 ? pairsOfCells(filled, labels) : inlinePairs(filled[0] ?? '', labels)
    ).flatMap((pair) => {
      if (pair.value === '') return [pair];
      // `Resource | Boat: Sea Breeze`
      const inner =
        pair.label.field === 'tour'
          ? inlinePairs(pair.value, labels).filter(({ value }) => value !== '')
          : [];
      return [...settledPairs(pair), ...inner.flatMap(settledPairs)];
    });
    if (own.length > 0) {
      if (!isSentence(filled, own)) used.add(index);
      const last = own[own.length - 1];
      if (last !== undefined && last.value === '') {
        own.pop();
        pairs.push(...own);
        const below = valueBelow(lines, index, last.label, labels, used);
        if (below !== '') pairs.push(...settledPairs({ label: last.label, value: below }));
      } else pairs.push(...own, ...namesBelow(lines, index, last, labels, used));
      continue;
    }
    if (filled.length === 1 && PILL.test(filled[0] ?? '')) {
      pairs.push({ label: { ...UNLISTED, field: 'status', words: 'status' }, value: filled[0] ?? '' });
      continue;
    }
    const lone = filled.length === 1 ? loneLabel(filled[0] ?? '', labels) : null;
    if (lone === null) continue;
    const below = valueBelow(lines, index, lone, labels, used);
    const settled = below === '' ? [] : settledPairs({ label: lone, value: below });
    if (settled.length > 0) used.add(index);
    pairs.push(...settled);
  }
  return { pairs, rows, used };
}

/** What a line of the bill costs: the bookings of one order have no other price. */
export const LINE_PRICE: Label = { ...UNLISTED, field: 'ignored', words: 'line price' };

/** `4 Adults (13+) | $380.00`, `12 x Guest @ 75.00`: a line of the bill that counts heads. */
function headsOf([first = '', ...others]: readonly string[]): Pair | null {
  const text = currentValue(first.replace(BULLET, ''));
  if (
    !isHeadCount(text) ||
    others.some((cell) => !/^[-@x×=]?\s?(?:[A-Z]{3}\s?)?[$€£]?\s?\d[\d.,]*/.test(cell))
  )
    return null;
  const isWhole = isHeadCount(text, true);
  return { label: { ...UNLISTED, field: isWhole ? 'partySize' : 'ages', words: first }, value: text };
}

/** Running text with a label in it (`We sail at six. Ref: IT-340`) is read as text too. */
function isSentence(cells: readonly string[], own: readonly Pair[]): boolean {
  const [text = ''] = cells;
  if (cells.length > 1 || text.length < 40) return false;
  const said = own.reduce((sum, pair) => sum + pair.value.length + pair.label.words.length + 2, 0);
  return text.length - said > 30 || /[.!?]\s\p{Lu}\p{L}+\s\p{L}+\s/u.test(text);
}

function loneLabel(text: string, labels: Labels): Label | null {
  const bare = text.replace(BULLET, '');
  const label = labelOf(bare.replace(/\s?[:?]$/, ''), labels);
  // `Passengers 2` is a label and its value, not the label of a second passenger.
  return /\d$/.test(bare) ? null : label;
}

/** `Price` alone on a line is a heading, unless what stands below is a price. */
function isHeading(text: string, label: Label): boolean {
  return label.needsColon && !/[:?]$/.test(text.trimEnd()) && (label.isGuess || text !== text.toUpperCase());
}

/** `Refund to guest` above a sum takes that sum away from the price. */
function isTold(field: LabelField, value: string): boolean {
  if (field === 'ignored') return fitsField('amount', value) || fitsField('dateTime', value);
  return TELLING.includes(field) && value.length <= 60 && fitsField(field, value);
}

/** Fields whose values show what they are. */
const TELLING: readonly LabelField[] = [
  'amount',
  'date',
  'dateTime',
  'time',
  'partySize',
  'ages',
  'guests',
  'contact',
  'guestNames',
  'reference',
];

function isPlainValue(text: string, labels: Labels): boolean {
  const lone = loneLabel(text, labels);
  return (lone === null || isHeading(text, lone)) && inlinePairs(text, labels).length === 0;
}

/** The value that stands below its label: the next line, or for lists of names the lines up to a blank one. */
function valueBelow(
  lines: readonly MailLine[],
  index: number,
  label: Label,
  labels: Labels,
  used: Set<number>,
): string {
  let at = index + 1;
  while (at <= index + 2 && (lines[at]?.cells.every((cell) => cell === '') ?? false)) at++;
  const first = lines[at]?.cells.filter((cell) => cell !== '') ?? [];
  const value = first.join(' ');
  if (value === '' || !isPlainValue(first[0] ?? '', labels)) return '';
  if (label.isGuess && !fitsField(label.field, value)) return '';
  const own = lines[index]?.cells.find((cell) => cell !== '') ?? '';
  if (isHeading(own, label) && !isTold(label.field, value)) return '';
  used.add(at);
  const isCount = isHeadCount(value) || label.field === 'partySize';
  if (!isList(label) && !isCount) return value;
  const names = [value];
  for (let line = at + 1; line < lines.length && names.length < 60; line++) {
    const cells = lines[line]?.cells.filter((cell) => cell !== '') ?? [];
    const text = cells.join(' ');
    if (text === '' || text.includes(':') || text.length > 80 || !isPlainValue(cells[0] ?? '', labels)) break;
    if (isCount && !isHeadCount(text)) break;
    names.push(text);
    used.add(line);
  }
  return names.join('; ');
}

function isList(label: Label): boolean {
  return (
    label.field === 'guests' ||
    (label.field === 'guestNames' && !/lead|main|primary|party name|group name|booking/.test(label.words))
  );
}

/** `Guests: Anna Berg` may go on below, one name a line, when those lines are indented lists. */
function namesBelow(
  lines: readonly MailLine[],
  index: number,
  last: Pair | undefined,
  labels: Labels,
  used: Set<number>,
): Pair[] {
  if (last === undefined || !isList(last.label)) return [];
  const names: string[] = [];
  for (let line = index + 1; line < lines.length && names.length < 60; line++) {
    const cells = lines[line]?.cells.filter((cell) => cell !== '') ?? [];
    const text = cells[0] ?? '';
    if (
      cells.length !== 1 ||
      text.length > 60 ||
      !/^\s{0,3}(?:[-•·–▪●]|\d{1,2}[.)])\s{0,2}\p{Lu}/u.test(text)
    )
      break;
    if (!isPlainValue(text, labels)) break;
    names.push(text.replace(BULLET, ''));
    used.add(line);
  }
  return names.length === 0 ? [] : [{ label: last.label, value: names.join('; ') }];
}

function pairsOfCells(cells: readonly string[], labels: Labels): Pair[] {
  const pairs: Pair[] = [];
  /** Dates and times that stand beside labels without one of their own. */
  const bare: Pair[] = [];
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? '';
    const label = labelOf(cell.replace(BULLET, '').replace(/\s?:$/, ''), labels);
    const next = cells[index + 1];
    if (label !== null) {
      if (next === undefined) {
        if (cell.endsWith(':')) pairs.push({ label, value: '' });
        continue;
      }
      if (next === ':') {
        pairs.push({ label, value: cells[index + 2] ?? '' });
        index += 2;
        continue;
      }
      // The cell behind a label is its value, unless it is plainly the next label with a value of its own.
      const nextLabel = labelOf(next.replace(/\s?:$/, ''), labels);
      if (nextLabel !== null && (next.endsWith(':') || (cells.length > 2 && index + 2 < cells.length)))
        continue;
      const rest = isList(label) ? cells.slice(index + 1) : [next];
      pairs.push({ label, value: rest.join('; ').replace(/^:\s?/, '') });
      index += rest.length;
      continue;
    }
    const open = inlinePairs(cell, labels);
    pairs.push(...open.filter((pair) => pair.value !== '' || next === undefined));
    if (
      open.length === 0 &&
      /^(?:\p{L}{2,10}[.,]?\s)?\d/u.test(cell) &&
      cell.length <= 40 &&
      fitsField('dateTime', cell) &&
      findAmounts(cell, true).length === 0
    ) {
      bare.push({ label: { ...UNLISTED, field: 'dateTime', rank: 80, words: 'bare date' }, value: cell });
    }
    const last = open[open.length - 1];
    if (last !== undefined && last.value === '' && next !== undefined) {
      pairs.push({ label: last.label, value: next });
      index++;
    }
  }
  return pairs.length === 0 ? pairs : [...pairs, ...bare];
}
