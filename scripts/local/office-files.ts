/** Tables as office programs save them. The same rows give the same bytes. */
import XLSX from 'xlsx';

export type Row = readonly (string | number | null)[];

export interface OfficeTab {
  readonly name: string;
  readonly rows: readonly Row[];
  /** Within one row; all counted from 0. */
  readonly merges: readonly (readonly [row: number, fromColumn: number, toColumn: number])[];
}

/** RFC 4180 with CRLF, UTF-8. */
export function csvBytes(separator: ',' | ';' | '\t', rows: readonly Row[]): Uint8Array {
  const field = (value: Row[number]): string => {
    const text = String(value ?? '');
    return /["\n]/.test(text) || text.includes(separator) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return new TextEncoder().encode(rows.map((row) => `${row.map(field).join(separator)}\r\n`).join(''));
}

export function xlsxBytes(tabs: readonly OfficeTab[]): Uint8Array {
  const book = XLSX.utils.book_new();
  for (const { name, rows, merges } of tabs) {
    const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]));
    sheet['!merges'] = merges.map(([row, from, to]) => ({ s: { r: row, c: from }, e: { r: row, c: to } }));
    XLSX.utils.book_append_sheet(book, sheet, name);
  }
  const bytes: ArrayBuffer = XLSX.write(book, { type: 'array', bookType: 'xlsx', compression: true });
  return new Uint8Array(bytes);
}
