/** The header of a table: which rows are it, and what its columns mean. */
import type { Field, Label, Vocabulary } from './fields.ts';
import type { Row, WideCell } from './tab.ts';
import { textAt } from './tab.ts';

export interface Column {
  readonly field: Field;
  readonly column: number;
  /** As the header has it, for people. */
  readonly name: string;
}

export interface Header {
  readonly columns: readonly Column[];
  /** One or two. */
  readonly rowCount: number;
}

const OF_THE_TRIP: ReadonlySet<Label> = new Set([
  ...(['charterId', 'date', 'departs', 'departed', 'vessel', 'captain', 'signature'] as const),
]);
const OF_A_LIST: ReadonlySet<Label> = new Set([
  ...([
    'guest',
    'firstName',
    'lastName',
    'heads',
    'headsPart',
    'booked',
    'boarded',
    'noShows',
    'comps',
  ] as const),
  ...(['compPerson', 'compReason', 'status'] as const),
]);
/** Words over several columns that say nothing by themselves. */
const GROUP =
  /^(?:(?:guest|passenger|booking|party|trip)s?\s+(?:details|info(?:rmation)?|data)|details|numbers|on the day|at the dock)$/i;

/** The header that starts at `rows[index]`, or null. */
export function headerAt(
  rows: readonly Row[],
  index: number,
  wideCells: ReadonlyMap<number, readonly WideCell[]>,
  vocabulary: Vocabulary,
): Header | null {
  const row = rows[index];
  if (row === undefined) return null;
  const next = rows[index + 1];
  if (next !== undefined && next.number === row.number + 1 && isGroupRow(row, vocabulary)) {
    const columns = joinedColumns(row, next, wideCells.get(row.number) ?? [], vocabulary);
    if (columns !== null) return { columns, rowCount: 2 };
  }
  if (!isHeaderRow(row, next, vocabulary)) return null;
  return {
    columns: distinct(
      row.cells.map(({ column, text }) => ({ label: vocabulary.labelOf(text), column, name: text })),
    ),
    rowCount: 1,
  };
}

function isGroupRow(row: Row, vocabulary: Vocabulary): boolean {
  return row.cells.every(({ text }) => vocabulary.labelOf(text) !== null || GROUP.test(text));
}

interface NamedColumn {
  readonly label: Label | null;
  readonly column: number;
  readonly name: string;
}

/** Two rows as one header: `Comps` over `Person` and `Reason`. Null when the lower row is none. */
function joinedColumns(
  upper: Row,
  lower: Row,
  wide: readonly WideCell[],
  vocabulary: Vocabulary,
): readonly Column[] | null {
  const named: NamedColumn[] = [];
  for (const { column, text } of lower.cells) {
    const over = groupOver(upper, column, wide);
    const joined = over === '' ? null : vocabulary.labelOf(`${over} ${text}`);
    named.push({ column, label: joined ?? vocabulary.labelOf(text), name: text });
  }
  const known = named.filter(({ label }) => label !== null);
  if (known.length < 2 || known.length * 2 <= named.length) return null;
  if (!known.some(({ label }) => label !== null && OF_A_LIST.has(label))) return null;
  for (const { column, text } of upper.cells) {
    const isWide = wide.some((cell) => cell.firstColumn === column);
    if (!isWide && textAt(lower, column) === '') {
      named.push({ column, label: vocabulary.labelOf(text), name: text });
    }
  }
  return distinct(named.sort((a, b) => a.column - b.column));
}

/** The group's word over a column. Where nothing is merged, as in CSV, it reaches to the next group. */
function groupOver(upper: Row, column: number, wide: readonly WideCell[]): string {
  const cell = [...upper.cells].reverse().find((candidate) => candidate.column <= column);
  if (cell === undefined) return '';
  const merged = wide.find(({ firstColumn }) => firstColumn === cell.column);
  if (merged !== undefined) return column <= merged.lastColumn ? cell.text : '';
  return wide.length > 0 && cell.column !== column ? '' : cell.text;
}

function isHeaderRow(row: Row, next: Row | undefined, vocabulary: Vocabulary): boolean {
  const labels = row.cells.map(({ text }) => vocabulary.labelOf(text));
  const known = labels.filter((label) => label !== null);
  const useful = known.filter((label) => label !== 'other');
  if (useful.length < 2) return false;
  // `Captain | Tom | Guests | 12`: a word behind a trip's label is its value.
  const holdsValue = labels.some((label, at) => {
    const before = labels[at - 1];
    return label === null && before !== null && before !== undefined && OF_THE_TRIP.has(before);
  });
  if (useful.some((label) => OF_A_LIST.has(label))) {
    if (holdsValue && !OF_A_LIST.has(labels[0] ?? 'other')) return false;
    const startsWithTwo = labels[0] !== null && labels[1] !== null;
    return known.length * 2 > labels.length || (startsWithTwo && known.length * 2 === labels.length);
  }
  // A row of the trip's labels only: values must stand below, or it is a form that nobody filled in.
  if (known.length < labels.length || next === undefined) return false;
  const below = row.cells.filter(({ column }) => textAt(next, column) !== '').length;
  return below >= 2 && next.cells.every(({ text }) => vocabulary.labelOf(text) === null);
}

const REPEATED: ReadonlySet<Label> = new Set<Label>(['headsPart', 'heads']);

/** The first column of each meaning; parts of a party may have several, and of heads what stands below decides. */
function distinct(columns: readonly NamedColumn[]): readonly Column[] {
  const taken = new Set<Label>();
  const kept: Column[] = [];
  for (const { label, column, name } of columns) {
    if (label === null || label === 'other' || (taken.has(label) && !REPEATED.has(label))) continue;
    taken.add(label);
    kept.push({ field: label, column, name });
  }
  return kept;
}
