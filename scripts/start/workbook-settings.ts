/** A look at the settings tab of an .xlsx, before the Workspace opens it: tables and regions must be there first. */
import exceljs from 'exceljs';
import { fold } from '../../src/workbook/settings.ts';
import { SETTINGS } from '../../src/workbook/settings-list.ts';
import { UsageError } from './arguments.ts';

/**
 * Setting's key → value, for the keys that the tab has.
 * @throws UsageError for a file that is no workbook
 */
export async function readXlsxSettings(
  xlsx: Uint8Array,
  file: string,
  tabTitle: string,
): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  const workbook = new exceljs.Workbook();
  try {
    await workbook.xlsx.load(
      xlsx.buffer.slice(xlsx.byteOffset, xlsx.byteOffset + xlsx.byteLength) as ArrayBuffer,
    );
  } catch {
    throw new UsageError(`${file} can't be read as an .xlsx workbook.`);
  }
  workbook.getWorksheet(tabTitle)?.eachRow((row) => {
    const key = fold(row.getCell(1).text);
    const known = SETTINGS.find((setting) => fold(setting.key) === key);
    if (known !== undefined) settings.set(known.key, row.getCell(2).text.trim());
  });
  return settings;
}
