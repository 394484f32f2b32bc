/** Tables with a row of labels and rows of values: a booking a row, or a list of guests. */

import type { Label, LabelField, Pair } from './label.ts';
import { UNLISTED } from './label.ts';
import { settledPairs } from './label-guess.ts';
import { labelWords } from './label-words.ts';
import type { Labels } from './labels.ts';
import { labelOf } from './labels.ts';
import type { MailLine } from './mail-text.ts';

interface Table {
  readonly rows: Pair[][];
  readonly end: number;
  readonly isNames: boolean;
}

const NAME_FIELDS: readonly LabelField[] = ['guestNames', 'guests', 'contact', 'firstName', 'lastName'];

/** A booking whose whole row is struck out. */
const STRUCK: Label = { ...UNLISTED, field: 'status', isNew: true, words: 'struck out' };

/** A table of changes, what was beside what is now: each row's label with its new value; null when `index` is no such header. */
export function changesAt(
  lines: readonly MailLine[],
  index: number,
  labels: Labels,
): { readonly pairs: Pair[]; readonly end: number } | null {
  const header = (lines[index]?.cells ?? []).map((cell) => (cell.length > 20 ? '' : labelWords(cell)));
  const after = header.findIndex(
    (words, at) => at > 0 && AFTER.test(words) && BEFORE.test(header[at - 1] ?? ''),
  );
  if (after < 0) return null;
  // Plain text keeps no empty cell above the labels.
  const column = after === 1 ? 2 : after;
  const pairs: Pair[] = [];
  let end = index;
  for (let at = index + 1; at < lines.length; at++) {
    const cells = lines[at]?.cells ?? [];
    if (cells.length < column || (cells.length === column && after === 1)) break;
    end = at;
    const label = labelOf((cells[0] ?? '').replace(/\s?:$/, ''), labels);
    const value = cells[column] || cells[column - 1] || '';
    if (label !== null && value !== '')
      pairs.push(...settledPairs({ label: { ...label, isNew: true }, value }));
  }
  return pairs.length === 0 ? null : { pairs, end };
}

const BEFORE = /^(?:old|previous|previously|was|from|original)(?: value| detail| booking)?$/;
const AFTER = /^(?:new|updated|revised|current|after|to|changed)(?: value| detail| booking)?$/;

/** A row of labels with rows of values below it; null when `index` is no such row. */
export function tableAt(lines: readonly MailLine[], index: number, labels: Labels): Table | null {
  const header = lines[index]?.cells ?? [];
  const filled = header.filter((cell) => cell !== '');
  if (filled.length < 2 || filled.some((cell) => /\d/.test(cell))) return null;
  const below = lines
    .slice(index + 1, index + 4)
    .find(({ cells }) => cells.length === header.length && cells.some((cell) => cell !== ''));
  const columns = header.map((cell, column) => {
    // The rows' own numbers name no booking.
    const label =
      /^(?:#|no\.?|nr\.?|pos\.?|line)$/i.test(cell) && column === 0
        ? null
        : labelOf(cell.replace(/\s?:$/, ''), labels);
    const value = below?.cells[column] ?? '';
    return label === null || value === '' ? label : (settledPairs({ label, value })[0]?.label ?? null);
  });
  const known = columns.filter((label) => label !== null);
  const titled = filled.filter((cell) => /\p{L}/u.test(cell)).length;
  const fields = known.map((label) => label.field);
  const isSure = fields.includes('reference') && fields.includes('date');
  if (known.length < 2 || known.length * 3 < titled * (isSure ? 1.5 : 2)) return null;
  const names = fields.some((field) => NAME_FIELDS.includes(field));
  const isDated = fields.includes('reference') || fields.includes('date') || fields.includes('dateTime');
  const isNames =
    names &&
    !fields.some(
      (field) =>
        field === 'reference' ||
        field === 'date' ||
        field === 'dateTime' ||
        field === 'vessel' ||
        field === 'amount',
    );
  if (!isDated && !isNames) return null;
  const rows: Pair[][] = [];
  let end = index;
  for (let line = index + 1; line < lines.length && rows.length < 500; line++) {
    const cells = lines[line]?.cells ?? [];
    const values = cells.filter((cell) => cell !== '');
    if (values.length === 0) {
      if (rows.length > 0 || line > index + 2) break;
      continue;
    }
    if (values.length < 2 || cells.length > header.length || cells.length < header.length - 2) break;
    if (cells.filter((cell) => labelOf(cell.replace(/\s?:$/, ''), labels)?.isGuess === false).length > 1)
      break;
    const mapped = cells.length === header.length ? cells : alignedCells(cells, columns);
    const row: Pair[] = [];
    columns.forEach((label, column) => {
      const value = mapped[column] ?? '';
      if (label !== null && value !== '' && value !== '-' && value !== '–') row.push({ label, value });
    });
    if (lines[line]?.isStruck === true) row.push({ label: STRUCK, value: 'cancelled' });
    const useful = row.filter((pair) => pair.label.field !== 'ignored');
    if (useful.length === 0 || /^(?:grand\s)?(?:sub\s?)?totals?\b/i.test(values[0] ?? '')) break;
    rows.push(row);
    end = line;
  }
  return rows.length === 0 ? null : { rows, end, isNames };
}

/** A row of plain text whose empty cells left no trace: only what its look tells is put in its column. */
function alignedCells(cells: readonly string[], columns: readonly (Label | null)[]): string[] {
  const mapped: string[] = columns.map(() => '');
  let column = 0;
  for (const cell of cells) {
    while (column < columns.length && !couldBe(columns[column]?.field ?? null, cell)) column++;
    if (column < columns.length) mapped[column] = cell;
    column++;
  }
  return mapped;
}

function couldBe(field: LabelField | null, cell: string): boolean {
  if (field === 'amount') return /\d/.test(cell) && !/\p{L}{4}/u.test(cell);
  if (field === 'date' || field === 'dateTime') return /\d/.test(cell);
  if (field === 'time') return /\d/.test(cell) || /noon|midnight/i.test(cell);
  if (field === 'partySize') return /^\D{0,3}\d{1,4}(?!\S*[:/.]\d)/.test(cell);
  if (field === 'guestNames' || field === 'contact' || field === 'vessel') return /\p{L}{2}/u.test(cell);
  return true;
}
