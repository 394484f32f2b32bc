/** Three readers of .xlsx that others wrote, brought to one shape. */
import ExcelJS from 'exceljs';
import { readXlsx } from 'hucre/xlsx';
import XLSX from 'xlsx';
import { cellName } from '../../../src/statement/grid.ts';

export interface SeenCell {
  /** Dates as serial numbers, errors as `{ error }`. */
  readonly value: string | number | boolean | null | { readonly error: string };
  readonly formula: string | null;
  readonly format: string;
}

export interface SeenSheet {
  readonly sheets: readonly string[];
  readonly merges: readonly string[];
  cell(row: number, column: number): SeenCell;
}

export const readers: readonly (readonly [string, (bytes: Uint8Array) => Promise<SeenSheet>])[] = [
  ['exceljs', readWithExceljs],
  ['SheetJS', readWithSheetJs],
  ['hucre', readWithHucre],
];

const NOTHING: SeenCell = { value: null, formula: null, format: 'General' };
const SERIAL_OF_EPOCH = 25_569;

function plain(value: unknown): SeenCell['value'] {
  if (value === undefined || value === null || value === '') return null;
  if (value instanceof Date) return value.getTime() / 86_400_000 + SERIAL_OF_EPOCH;
  if (typeof value === 'object' && 'error' in value) return { error: String(value.error) };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`A value that no test expects: ${JSON.stringify(value)}`);
}

export async function loadWithExceljs(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  // Its types ask for a Buffer of their own; it reads any.
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  return workbook;
}

async function readWithExceljs(bytes: Uint8Array): Promise<SeenSheet> {
  const workbook = await loadWithExceljs(bytes);
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error('exceljs sees no sheet');
  return {
    sheets: workbook.worksheets.map(({ name }) => name),
    merges: sheet.model.merges,
    cell(row, column) {
      const cell = sheet.getCell(row + 1, column + 1);
      if (cell.isMerged && cell.master !== cell) return NOTHING;
      const { value } = cell;
      const isFormula = typeof value === 'object' && value !== null && 'formula' in value;
      return {
        value: plain(isFormula ? value.result : value),
        formula: isFormula ? value.formula : null,
        format: cell.numFmt ?? 'General',
      };
    },
  };
}

async function readWithSheetJs(bytes: Uint8Array): Promise<SeenSheet> {
  const workbook = XLSX.read(bytes, { type: 'array', cellNF: true, cellFormula: true, sheetStubs: true });
  const sheet = workbook.Sheets[workbook.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new Error('SheetJS sees no sheet');
  return {
    sheets: workbook.SheetNames,
    merges: (sheet['!merges'] ?? []).map((area) => XLSX.utils.encode_range(area)),
    cell(row, column) {
      const cell: XLSX.CellObject | undefined = sheet[cellName(row, column)];
      if (cell === undefined) return NOTHING;
      return {
        value: cell.t === 'e' ? { error: String(cell.w) } : plain(cell.v),
        formula: cell.f ?? null,
        format: String(cell.z ?? 'General'),
      };
    },
  };
}

async function readWithHucre(bytes: Uint8Array): Promise<SeenSheet> {
  const workbook = await readXlsx(bytes, { readStyles: true });
  const [sheet] = workbook.sheets;
  if (sheet === undefined) throw new Error('hucre sees no sheet');
  return {
    sheets: workbook.sheets.map(({ name }) => name),
    merges: (sheet.merges ?? []).map((area) => {
      return `${cellName(area.startRow, area.startCol)}:${cellName(area.endRow, area.endCol)}`;
    }),
    cell(row, column) {
      const cell = sheet.cells?.get(`${row},${column}`);
      if (cell === undefined) return { ...NOTHING, value: plain(sheet.rows[row]?.[column]) };
      return {
        value: cell.type === 'error' ? { error: String(cell.value) } : plain(cell.value),
        formula: cell.formula ?? null,
        format: cell.style?.numFmt ?? 'General',
      };
    },
  };
}
