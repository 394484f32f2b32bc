/** Trip sheet files for tests, written by programs of others: exceljs and SheetJS. */
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';
import type { TripSheetSettings } from '../../../src/sources/trip-sheets/read-trip-sheet-file.ts';
import { readTripSheetFile } from '../../../src/sources/trip-sheets/read-trip-sheet-file.ts';
import type { TripSheet } from '../../../src/statement/trip-sheet.ts';

export type Value = string | number | boolean | Date | null;
export type Rows = readonly (readonly Value[])[];

const SETTINGS: TripSheetSettings = { synonyms: {}, locale: 'month-first' };

export function readCsv(
  text: string | Uint8Array,
  settings: Partial<TripSheetSettings> = {},
): readonly TripSheet[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readTripSheetFile(
    { fileId: 'file-1', fileName: 'sheet.csv', bytes, kind: 'csv' },
    { ...SETTINGS, ...settings },
  );
}

export function readWorkbook(
  bytes: Uint8Array,
  settings: Partial<TripSheetSettings> = {},
): readonly TripSheet[] {
  return readTripSheetFile(
    { fileId: 'file-1', fileName: 'sheet.xlsx', bytes, kind: 'xlsx' },
    { ...SETTINGS, ...settings },
  );
}

/** The one trip of a file. */
export function only(trips: readonly TripSheet[]): TripSheet {
  const [trip] = trips;
  if (trip === undefined || trips.length !== 1)
    throw new Error(`${trips.length} trips: ${JSON.stringify(trips)}`);
  return trip;
}

export async function byExcelJs(build: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  build(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Values as they are; dates get the format `m/d/yyyy` unless the sheet is touched up by `finish`. */
export function excelJsTab(rows: Rows, finish: (sheet: ExcelJS.Worksheet) => void = () => {}) {
  return byExcelJs((workbook) => {
    const sheet = workbook.addWorksheet('Trip');
    for (const row of rows) sheet.addRow([...row]);
    finish(sheet);
  });
}

export function bySheetJs(
  tabs: Readonly<Record<string, Rows>>,
  finish: (book: XLSX.WorkBook) => void = () => {},
) {
  const book = XLSX.utils.book_new();
  for (const [name, rows] of Object.entries(tabs)) {
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  }
  finish(book);
  return new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'xlsx', compression: true }));
}

/** Text in one of the character sets that office programs save CSV in. */
export function encode(
  text: string,
  charset: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16le-bom' | 'utf-16be' | 'utf-16be-bom' | 'windows-1252',
): Uint8Array {
  const pairs = (big: boolean) =>
    Uint8Array.from(
      Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) =>
        big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8],
      ),
    );
  const joined = (...parts: (readonly number[] | Uint8Array)[]) =>
    Uint8Array.from(parts.flatMap((part) => [...part]));
  switch (charset) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-8-bom':
      return joined([0xef, 0xbb, 0xbf], new TextEncoder().encode(text));
    case 'utf-16le':
      return pairs(false);
    case 'utf-16le-bom':
      return joined([0xff, 0xfe], pairs(false));
    case 'utf-16be':
      return pairs(true);
    case 'utf-16be-bom':
      return joined([0xfe, 0xff], pairs(true));
    case 'windows-1252': {
      // Bytes 0x80 to 0x9F: https://encoding.spec.whatwg.org/index-windows-1252.txt
      const high = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'];
      const byteOf = (character: string) => {
        const code = character.codePointAt(0) ?? 0;
        const at = high.indexOf(character);
        if (at >= 0) return 0x80 + at;
        if (code > 255) throw new Error(`windows-1252 has no ${character}`);
        return code;
      };
      return Uint8Array.from([...text].map(byteOf));
    }
  }
}
