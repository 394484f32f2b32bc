/** Labels and their values, found in the lines of one part of a mail; tables give a row a booking. */

import { tableAt } from './label-tables.ts';
import type { Label, Labels, Pair } from './labels.ts';
import { LONGEST_LABEL_CHARACTERS, labelOf } from './labels.ts';
import type { MailLine } from './mail-text.ts';
import { findDates } from './read-date.ts';

export interface LabelledLines {
  readonly pairs: readonly Pair[];
  /** Tables of several bookings, a booking each. */
  readonly rows: readonly (readonly Pair[])[];
  /** Indexes of lines that were read as labels and values, and are nothing else. */
  readonly used: ReadonlySet<number>;
}

const MOST_PAIRS = 4_000;
const LEADER = /^(.{2,44}?)\s?(?:\.{3,}|…+|_{3,}|·{3,}|-{3,}|(?:\. ){3,}\.?)\s?:?\s?(.*)$/u;
const DASHED = /^(.{2,44}?)\s(?:-|–|—|=|=>|→|»)\s(.+)$/u;
const BULLET = /^\s{0,3}(?:[-•·–—▪●◦»>+]|\d{1,2}[.)]|✓|✔|\p{Extended_Pictographic})\s?\s?/u;

export function findLabelled(lines: readonly MailLine[], labels: Labels): LabelledLines {
  const pairs: Pair[] = [];
  const rows: Pair[][] = [];
  const used = new Set<number>();
  for (let index = 0; index < lines.length && pairs.length < MOST_PAIRS; index++) {
    const cells = lines[index]?.cells ?? [];
    const filled = cells.filter((cell) => cell !== '');
    if (filled.length === 0) continue;
    const table = tableAt(lines, index, labels);
    if (table !== null) {
      for (let line = index; line <= table.end; line++) used.add(line);
      if (table.rows.length === 1 || table.isNames) pairs.push(...table.rows.flat());
      else rows.push(...table.rows);
      index = table.end;
      continue;
    }
    const own = filled.length > 1 ? pairsOfCells(filled, labels) : inlinePairs(filled[0] ?? '', labels);
    if (own.length > 0) {
      if (!isSentence(filled, own)) used.add(index);
      const last = own[own.length - 1];
      if (last !== undefined && last.value === '') {
        own.pop();
        pairs.push(...own);
        const below = valueBelow(lines, index, last.label, labels, used);
        if (below !== '') pairs.push({ label: last.label, value: below });
      } else pairs.push(...own, ...namesBelow(lines, index, last, labels, used));
      continue;
    }
    const lone = filled.length === 1 ? loneLabel(filled[0] ?? '', labels) : null;
    if (lone !== null) {
      const below = valueBelow(lines, index, lone, labels, used);
      if (below !== '') {
        used.add(index);
        pairs.push({ label: lone, value: below });
      }
    }
  }
  return { pairs, rows, used };
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
  const label = labelOf(bare.replace(/\s?:$/, ''), labels);
  // `Passengers 2` is a label and its value, not the label of a second passenger.
  if (/\d$/.test(bare)) return null;
  if (label === null || (label.needsColon && !bare.trimEnd().endsWith(':') && bare !== bare.toUpperCase()))
    return null;
  return label;
}

function isPlainValue(text: string, labels: Labels): boolean {
  return loneLabel(text, labels) === null && inlinePairs(text, labels).length === 0;
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
  used.add(at);
  if (!isList(label)) return value;
  const names = [value];
  for (let line = at + 1; line < lines.length && names.length < 60; line++) {
    const cells = lines[line]?.cells.filter((cell) => cell !== '') ?? [];
    const text = cells.join(' ');
    if (text === '' || text.includes(':') || text.length > 80 || !isPlainValue(cells[0] ?? '', labels)) break;
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
    pairs.push(...inlinePairs(cell, labels).filter((pair) => pair.value !== '' || next === undefined));
    const open = inlinePairs(cell, labels);
    const last = open[open.length - 1];
    if (last !== undefined && last.value === '' && next !== undefined) {
      pairs.push({ label: last.label, value: next });
      index++;
    }
  }
  return pairs;
}

/** `Label: value`, several on a line, dotted leaders, `Label - value`. An empty value: it stands elsewhere. */
export function inlinePairs(line: string, labels: Labels): Pair[] {
  const text = line.replace(BULLET, '');
  const starts: { from: number; colon: number; label: Label }[] = [];
  let previous = 0;
  for (
    let colon = text.indexOf(':');
    colon >= 0 && starts.length < 40;
    colon = text.indexOf(':', colon + 1)
  ) {
    if (/\d/.test(text.charAt(colon - 1)) && /\d/.test(text.charAt(colon + 1))) continue;
    if (text.startsWith('//', colon + 1)) continue;
    const found = labelBefore(text, previous, colon, labels, starts.length > 0);
    if (found === null) continue;
    starts.push({ ...found, colon });
    previous = colon + 1;
  }
  if (starts.length > 0) {
    return starts.map(({ label, colon }, index) => {
      const end = starts[index + 1]?.from ?? text.length;
      return { label, value: trimValue(text.slice(colon + 1, end)) };
    });
  }
  for (const pattern of [LEADER, DASHED]) {
    const match = pattern.exec(text);
    const label = match === null ? null : labelOf(match[1] ?? '', labels);
    if (match !== null && label !== null && (match[2] ?? '') !== '') {
      return [{ label, value: trimValue(match[2] ?? '') }];
    }
  }
  return unmarkedPair(text, labels);
}

/** `Reservation Number 77812`: nothing parts the label from its value but what the value looks like. */
function unmarkedPair(text: string, labels: Labels): Pair[] {
  if (text.length > 70 || /[.!?]$/.test(text)) return [];
  const words = text.split(' ');
  for (let count = Math.min(5, words.length - 1); count >= 1; count--) {
    const label = labelOf(words.slice(0, count).join(' '), labels);
    if (label === null || label.words === '') continue;
    const value = words.slice(count).join(' ');
    return fitsUnmarked(label, value, count) ? [{ label, value }] : [];
  }
  return [];
}

function fitsUnmarked(label: Label, value: string, words: number): boolean {
  switch (label.field) {
    case 'reference':
      return words >= 2 && /^#?\s?[A-Za-z\d/_-]{3,24}$/.test(value) && /\d/.test(value);
    case 'date':
    case 'dateTime':
      return findDates(value).some((found) => found.start <= 14);
    case 'time':
      return words >= 2 && /^\d{1,2}(?:[:.]\d\d|\s?[ap]m)/i.test(value);
    case 'partySize':
    case 'guests':
      return /^\d{1,3}(?:\s\p{L}{1,12}){0,1}$/u.test(value);
    case 'amount':
      return (
        /^(?:[A-Z]{3}\s?)?[$€£]?\s?\d[\d.,]*(?:\s?[A-Z]{3})?$/.test(value) && /[$€£.,]|[A-Z]{3}/.test(value)
      );
    case 'guestNames':
    case 'contact':
    case 'vessel':
      return words >= 2 && /^(?:\p{Lu}[\p{L}.'’/-]*)(?:\s[\p{Lu}\d][\p{L}.'’-]*){0,4}$/u.test(value);
    default:
      return false;
  }
}

function trimValue(text: string): string {
  return text
    .replace(/^[\s.…_·:-]{1,40}(?=\S)/u, (ahead) => (ahead.endsWith('-') ? '-' : ''))
    .replace(/[\s|;,•·(–—]+$/u, '')
    .trim();
}

function labelBefore(
  text: string,
  previous: number,
  colon: number,
  labels: Labels,
  isLater: boolean,
): { from: number; label: Label } | null {
  const earliest = Math.max(previous, colon - LONGEST_LABEL_CHARACTERS - 8);
  if (earliest === 0) {
    const label = labelOf(text.slice(0, colon), labels);
    if (label !== null) return { from: 0, label };
  }
  for (let from = earliest; from < colon; from++) {
    const isStart =
      from > 0 && /[\s|;,•·(\]]/.test(text.charAt(from - 1)) && /[\p{L}#]/u.test(text.charAt(from));
    if (!isStart) continue;
    const ahead = text.slice(Math.max(0, from - 3), from);
    if (!isLater && !/(?:[|;,•·(\]]\s?|[.!]\s|\s[-–—]\s|\s\s)$/u.test(ahead)) continue;
    const label = labelOf(text.slice(from, colon), labels);
    if (label !== null) return { from, label };
  }
  return null;
}
