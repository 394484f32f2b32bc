/** Labels and values within one line or cell. */

import type { Label, Pair } from './label.ts';
import { fitsField } from './label-guess.ts';
import type { Labels } from './labels.ts';
import { LONGEST_LABEL_CHARACTERS, labelOf } from './labels.ts';
import { findDates } from './read-date.ts';

const LEADER = /^(.{2,44}?)\s?(?:\.{3,}|…+|_{3,}|·{3,}|-{3,}|(?:\. ){3,}\.?)\s?:?\s?(.*)$/u;
const DASHED = /^(.{2,44}?)\s(?:-|–|—|=|=>|→|»)\s(.+)$/u;
/** `2. VESSEL. "Lady Constance"` of a contract. */
const HEADED = /^((?:\p{Lu}{2,}[\s&]{1,2}){0,5}\p{Lu}{3,})\.\s(.+)$/u;
export const BULLET = /^\s{0,3}(?:[-•·–—▪●◦»>+]|\d{1,2}[.)]|✓|✔|\p{Extended_Pictographic})\s?\s?/u;

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
  for (const pattern of [LEADER, DASHED, HEADED]) {
    const match = pattern.exec(text);
    const label = match === null ? null : labelOf(match[1] ?? '', labels);
    const isSure = label !== null && (pattern !== DASHED || !label.isGuess);
    if (match !== null && isSure && (match[2] ?? '') !== '') {
      return [{ label, value: trimValue(match[2] ?? '') }];
    }
  }
  return gluedPair(text, labels) ?? unmarkedPair(text, labels);
}

/** `Reference numberGMK3D9`, `Price$ 267.00`: a page's layout was lost, and with it what parts a label from its value. */
function gluedPair(text: string, labels: Labels): Pair[] | null {
  for (const match of text.slice(0, LONGEST_LABEL_CHARACTERS).matchAll(/\p{Ll}(?=[\p{Lu}\d$€£])/gu)) {
    const at = match.index + 1;
    const label = labelOf(text.slice(0, at), labels);
    if (label === null || label.isGuess) continue;
    const value = trimValue(text.slice(at).replace(/\s\S{1,64}@\S{1,64}.*$/, ''));
    const isFit = label.field !== 'tour' && label.field !== 'status' && fitsField(label.field, value);
    if (isFit) return [{ label, value }];
  }
  return null;
}

/** `Reservation Number 77812`: nothing parts the label from its value but what the value looks like. */
function unmarkedPair(text: string, labels: Labels): Pair[] {
  if (text.length > 70 || /[.!?]$/.test(text)) return [];
  const words = text.split(' ');
  for (let count = Math.min(5, words.length - 1); count >= 1; count--) {
    const label = labelOf(words.slice(0, count).join(' '), labels);
    if (label === null || (label.isGuess && label.field !== 'amount')) continue;
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
      return (words >= 2 && /^\d{1,2}(?:[:.]\d\d|\s?[ap]m)/i.test(value)) || /^\d{4}$/.test(value);
    case 'ages':
      return /^\d{1,3}$/.test(value);
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
    if (label !== null && (!label.isGuess || /[|;,•·(\]–-]\s?$/u.test(ahead))) return { from, label };
  }
  return null;
}
