/** Tables with a row of labels and rows of values: a booking a row, or a list of guests. */
import type { Label, LabelField, Labels, Pair } from './labels.ts';
import { labelOf } from './labels.ts';
import type { MailLine } from './mail-text.ts';

interface Table {
  readonly rows: Pair[][];
  readonly end: number;
  readonly isNames: boolean;
}

const NAME_FIELDS: readonly LabelField[] = ['guestNames', 'guests', 'contact', 'firstName', 'lastName'];

/** A row of labels with rows of values below it; null when `index` is no such row. */
export function tableAt(lines: readonly MailLine[], index: number, labels: Labels): Table | null {
  const header = lines[index]?.cells ?? [];
  const filled = header.filter((cell) => cell !== '');
  if (filled.length < 2 || filled.some((cell) => /\d/.test(cell))) return null;
  const columns = header.map((cell) => labelOf(cell.replace(/\s?:$/, ''), labels));
  const known = columns.filter((label) => label !== null);
  if (known.length < 2 || known.length * 3 < filled.length * 2) return null;
  const fields = known.map((label) => label.field);
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
    if (cells.filter((cell) => labelOf(cell.replace(/\s?:$/, ''), labels) !== null).length > 1) break;
    const mapped = cells.length === header.length ? cells : alignedCells(cells, columns);
    const row: Pair[] = [];
    columns.forEach((label, column) => {
      const value = mapped[column] ?? '';
      if (label !== null && value !== '' && value !== '-' && value !== '–') row.push({ label, value });
    });
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
