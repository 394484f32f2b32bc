/** What stands below a header: guests, sections, totals, up to where something else begins. */
import { readTime } from './dates.ts';
import type { Field, Label, Vocabulary } from './fields.ts';
import type { Section } from './guest-list.ts';
import type { Column, Header } from './header.ts';
import { headerAt } from './header.ts';
import { labelledRow } from './labelled.ts';
import type { Row, WideCell } from './tab.ts';
import { textAt } from './tab.ts';
import type { Total } from './trip-draft.ts';
import { isBlank, readCount } from './values.ts';

export type TableLine =
  | { readonly kind: 'guests'; readonly row: Row; readonly section: Section }
  | { readonly kind: 'totals'; readonly row: Row; readonly counts: ReadonlyMap<Total, number> };

export interface Table {
  readonly columns: readonly Column[];
  readonly lines: readonly TableLine[];
  /** Index of the first row behind the table. */
  readonly end: number;
}

export interface SheetRows {
  readonly rows: readonly Row[];
  readonly wideCells: ReadonlyMap<number, readonly WideCell[]>;
  readonly vocabulary: Vocabulary;
}

const TOTAL_WORD =
  /^(?:grand |sub[- ]?)?totals?(?: (?:guests?|pax|aboard|boarded|heads|on board|passengers))?$|^sum$/i;
const COUNTED: ReadonlySet<Field> = new Set<Total>([
  'boarded',
  'heads',
  'booked',
  'noShows',
  'comps',
  'paying',
]);

/** The table whose header stands at `rows[start]`. */
export function readTable(sheet: SheetRows, start: number, header: Header): Table {
  const { rows, wideCells, vocabulary } = sheet;
  const columns = settledColumns(sheet, start + header.rowCount, header.columns);
  const lines: TableLine[] = [];
  let section: Section = null;
  let at = start + header.rowCount;
  for (; at < rows.length; at++) {
    const row = rows[at];
    if (row === undefined) break;
    const again = headerAt(rows, at, wideCells, vocabulary);
    if (again !== null) {
      // The header of the next page.
      if (!sameColumns(again.columns, header.columns)) break;
      at += again.rowCount - 1;
      continue;
    }
    const counts = totalsOf(row, columns);
    if (counts !== null) {
      lines.push({ kind: 'totals', row, counts });
      section = null;
      continue;
    }
    const opened = sectionOf(row, columns, vocabulary);
    if (opened !== undefined) {
      section = opened;
      continue;
    }
    if (endsTable(row, columns, vocabulary) || isTitleOfNext(sheet, at)) break;
    if (!isRemark(row, rows[at - 1], columns)) lines.push({ kind: 'guests', row, section });
  }
  return { columns, lines, end: at };
}

/**
 * `Guests` and `Party` head names as often as numbers, `Comp` ticks as often as persons: what stands below tells.
 */
function settledColumns(sheet: SheetRows, from: number, columns: readonly Column[]): readonly Column[] {
  const below = (column: number) => {
    const texts: string[] = [];
    for (let at = from; at < Math.min(sheet.rows.length, from + 40); at++) {
      const row = sheet.rows[at];
      const text = row === undefined ? '' : textAt(row, column);
      if (text !== '' && sheet.vocabulary.labelOf(text) === null) texts.push(text);
    }
    return texts;
  };
  const numbers = (texts: readonly string[]) => texts.filter((text) => readCount(text) !== null).length;
  const mostlyNumbers = (column: Column) => {
    const texts = below(column.column);
    return numbers(texts) * 2 > texts.length;
  };
  const heads = columns.filter(({ field }) => field === 'heads');
  const counted = heads.find(mostlyNumbers);
  const named = columns.find(({ field }) => field === 'guest' || field === 'lastName');
  const isNumbered = named?.field === 'guest' && counted === undefined && mostlyNumbers(named);
  const worded = named === undefined && counted === undefined ? heads[0] : undefined;
  return columns
    .filter((column) => column.field !== 'heads' || column === (counted ?? worded ?? heads[0]))
    .map((column) => {
      if (column === named && isNumbered) return { ...column, field: 'heads' };
      const texts = column === worded ? below(column.column) : [];
      return texts.length > 0 && numbers(texts) === 0 ? { ...column, field: 'guest' } : column;
    });
}

function sameColumns(some: readonly Column[], others: readonly Column[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ field, column }, at) => others[at]?.field === field && others[at]?.column === column)
  );
}

function columnOf(columns: readonly Column[], field: Field): number | null {
  return columns.find((column) => column.field === field)?.column ?? null;
}

/** The sums of a row of totals: by its first word, or because nothing but numbers stand in it. */
function totalsOf(row: Row, columns: readonly Column[]): ReadonlyMap<Total, number> | null {
  const [first] = row.cells;
  if (first === undefined) return null;
  const isNamed = TOTAL_WORD.test(first.text.replace(/\s*:\s*$/, ''));
  const counts = new Map<Total, number>();
  for (const { field, column } of columns) {
    const count = readCount(textAt(row, column));
    if (isTotalField(field) && count !== null) counts.set(field, count);
  }
  if (isNamed) {
    const numbers = row.cells.slice(1).filter(({ text }) => /^\d+$/.test(text));
    const [only] = numbers;
    // `Total aboard` says what its one number is, whatever column that stands in.
    const isOfGuests = numbers.length === 1 && /\s/.test(first.text.replace(/^(?:grand|sub)\s/i, ''));
    if (isOfGuests) counts.clear();
    if (counts.size === 0 && only !== undefined) counts.set('boarded', Number(only.text));
    return counts.size > 0 ? counts : null;
  }
  const hasNames = columnOf(columns, 'guest') !== null || columnOf(columns, 'lastName') !== null;
  const isKeyed = columns.some(({ field, column }) => KEYS.has(field) && textAt(row, column) !== '');
  const onlyCounts = row.cells.every(
    ({ column, text }) =>
      readCount(text) !== null && columns.some((it) => it.column === column && isTotalField(it.field)),
  );
  return hasNames && !isKeyed && onlyCounts && counts.size > 0 ? counts : null;
}

const KEYS: ReadonlySet<Field> = new Set<Field>(['charterId', 'date', 'departs', 'vessel']);

function isTotalField(field: Field): field is Total {
  return COUNTED.has(field);
}

/** `No-shows:` alone in a row, above those who did not come; undefined when the row opens no section. */
function sectionOf(row: Row, columns: readonly Column[], vocabulary: Vocabulary): Section | undefined {
  const [first] = row.cells;
  if (first === undefined || row.cells.length > 1) return undefined;
  const inNames = columns.some(({ field, column }) => NAME_COLUMNS.has(field) && column === first.column);
  if (!inNames && first.column !== 0) return undefined;
  const label = vocabulary.labelOf(first.text);
  if (label === 'noShows' || label === 'comps' || label === 'boarded') return label;
  if (label === 'guest') return null;
  return undefined;
}

const NAME_COLUMNS: ReadonlySet<Field> = new Set<Field>(['guest', 'firstName', 'lastName']);

/** A labelled row below a list, `Signed: J. Núñez` or `Boarded | 12`, and not a guest with such a name. */
function endsTable(row: Row, columns: readonly Column[], vocabulary: Vocabulary): boolean {
  const [first] = row.cells;
  if (first === undefined) return false;
  const at = columns.find(({ column }) => column === first.column);
  const nameColumn = columns.find(({ field }) => NAME_COLUMNS.has(field))?.column;
  const nameText = nameColumn === undefined ? '' : textAt(row, nameColumn);
  const hasName = nameColumn !== first.column && /\p{L}/u.test(nameText) && !nameText.includes(':');
  const label = vocabulary.labelOf(first.text);
  if (label !== null) {
    // Beside the columns, in the one of line numbers mostly, or where a booking's number would stand.
    if (at === undefined || at.field === 'booking') return !hasName || OF_NO_GUEST.has(label);
    return !hasName && (NAME_COLUMNS.has(at.field) || KEYS.has(at.field));
  }
  const { values } = labelledRow({ number: row.number, cells: [first] }, vocabulary);
  return values.length > 0 && !hasName && (first.text.includes(':') || row.cells.length === 1);
}

/** Labels that no guest's row begins with. */
const OF_NO_GUEST: ReadonlySet<Label> = new Set<Label>([
  ...([
    'captain',
    'signature',
    'vessel',
    'date',
    'departs',
    'departed',
    'boarded',
    'noShows',
    'paying',
  ] as const),
]);

/** `14:00 Blue Heron` right above a header. */
function isTitleOfNext({ rows, wideCells, vocabulary }: SheetRows, at: number): boolean {
  const [only, ...others] = rows[at]?.cells ?? [];
  if (only === undefined || others.length > 0 || readTime(only.text).time === null) return false;
  return headerAt(rows, at + 1, wideCells, vocabulary) !== null;
}

/** A sentence below the list: `Calm sea, one guest was seasick.` */
function isRemark(row: Row, before: Row | undefined, columns: readonly Column[]): boolean {
  const [only] = row.cells;
  if (only === undefined || row.cells.length > 1) return false;
  const isColumn = columns.some(({ column }) => column === only.column);
  if (isBlank(only.text) || !isColumn) return true;
  const words = only.text.split(/\s+/).length;
  const isApart = before !== undefined && row.number > before.number + 1;
  return words >= 5 && (/[.!?]$/.test(only.text) || isApart) && readCount(only.text) === null;
}
