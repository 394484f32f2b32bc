/** A formula of Sheets as Excel reads it, or nothing when Excel would not, or not in the same sense. */

import type { Point } from '../../statement/formula.ts';
import { mapReferences } from '../../statement/formula.ts';
import { aggregates, excelFunctionName, givesArray, takesArguments } from './excel-functions.ts';

export interface ExcelFormula {
  /** Without the leading `=`. */
  readonly text: string;
  /** Has an array inside: must be written as an array formula of one cell, or Excel cuts the array to one value. */
  readonly isArray: boolean;
}

/** support.microsoft.com/office/excel-specifications-and-limits */
const LAST_ROW = 1_048_575;
const LAST_COLUMN = 16_383;
const LONGEST_FORMULA = 8_000;
const DEEPEST_NESTING = 64;

const STRING = /"(?:[^"]|"")*"/y;
const FUNCTION = /([A-Za-z][A-Za-z0-9_.]*)\(/y;
const CELL = String.raw`\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}`;
const REFERENCE = new RegExp(
  String.raw`(?:${CELL}(?::${CELL})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w.!:($])`,
  'y',
);
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*(?![\w.!:])/y;
const OPERATOR = /<>|<=|>=|[-+*/^&=<>%]|\s+/y;

/**
 * The same formula for Excel, later functions with their prefix, `A5:A` with its last row. Null for what must be
 * written as its value: another tab, an unknown name or function, an array that spills, arguments that Excel
 * takes differently, anything that isn't understood to the last character.
 */
export function excelFormula(formula: string): ExcelFormula | null {
  const source = boundedReferences(formula);
  if (source === null || source.length > LONGEST_FORMULA) return null;
  return translate(source.slice(1));
}

/** Null when a reference leaves the tab, or Excel's grid. */
function boundedReferences(formula: string): string | null {
  let stays = formula.startsWith('=');
  const inGrid = (point: Point): boolean =>
    (point.row ?? 0) <= LAST_ROW && (point.column ?? 0) <= LAST_COLUMN;
  const bounded = mapReferences(formula, (reference) => {
    const { start, end } = reference;
    if (reference.tab !== '' || !inGrid(start) || (end !== null && !inGrid(end))) stays = false;
    return start.row !== null && end !== null && end.row === null
      ? { ...reference, end: { ...end, row: LAST_ROW } }
      : reference;
  });
  return stays ? bounded : null;
}

interface Frame {
  /** Empty for a bare parenthesis. */
  readonly name: string;
  arguments: number;
  readonly opensAt: number;
}

function translate(source: string): ExcelFormula | null {
  const out: string[] = [];
  const frames: Frame[] = [];
  const names = new Set<string>();
  let isArray = false;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < source.length) {
    const top = frames[frames.length - 1];
    const next = source.charAt(at);
    if (next === ',' || next === ')') {
      if (top === undefined) return null;
      if (next === ',' && top.name === '') return null;
      at++;
      out.push(next);
      if (next === ',') {
        top.arguments++;
        continue;
      }
      const isEmpty = source.slice(top.opensAt, at - 1).trim() === '';
      if (top.name === '' ? isEmpty : !takesArguments(top.name, isEmpty ? 0 : top.arguments)) return null;
      frames.pop();
      continue;
    }
    if (next === '(') {
      at++;
      out.push(next);
      frames.push({ name: '', arguments: 1, opensAt: at });
      continue;
    }
    const found = take(STRING) ?? take(REFERENCE);
    if (found !== null) {
      out.push(found[0].startsWith('"') ? found[0] : found[0].toUpperCase());
      continue;
    }
    const call = take(FUNCTION);
    if (call !== null) {
      const name = (call[1] ?? '').toUpperCase();
      const excelName = excelFunctionName(name);
      if (excelName === null || frames.length >= DEEPEST_NESTING) return null;
      if (givesArray(name)) {
        if (!frames.some((frame) => aggregates(frame.name))) return null;
        isArray = true;
      }
      out.push(`${excelName}(`);
      frames.push({ name, arguments: 1, opensAt: at });
      continue;
    }
    const word = take(WORD);
    if (word !== null) {
      const text = boundName(word[0], source.slice(at), top, names);
      if (text === null) return null;
      out.push(text);
      continue;
    }
    const other = take(NUMBER) ?? take(OPERATOR);
    if (other === null) return null;
    out.push(other[0]);
  }
  return frames.length > 0 || source.trim() === '' ? null : { text: out.join(''), isArray };
}

/**
 * TRUE and FALSE, and the names that LET and LAMBDA bind: Excel's files mark those with `_xlpm.` Any other word
 * is a named range, which the one-tab workbook hasn't got.
 */
function boundName(word: string, rest: string, frame: Frame | undefined, names: Set<string>): string | null {
  const upper = word.toUpperCase();
  if (upper === 'TRUE' || upper === 'FALSE') return upper;
  const binds = frame?.name === 'LAMBDA' || (frame?.name === 'LET' && frame.arguments % 2 === 1);
  if (binds && /^\s*,/.test(rest)) names.add(upper);
  return names.has(upper) ? `_xlpm.${word}` : null;
}
