/** The hidden tab read back: every figure compared to the cent before anybody sees it. */
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { cellName } from '../statement/grid.ts';
import { dollarsText } from '../statement/money.ts';
import type { CellCheck, SheetPlan } from '../statement/sheet-plan.ts';
import { cut } from '../statement/short-text.ts';

/** How far a sheet's sum of doubles may be off: a thousandth of a cent. */
const NOISE_CENTS = 0.001;

/** What a spreadsheet shows where a formula fails, in any of Sheets' ways. */
export const ERROR_VALUE = /^#(REF!|DIV\/0!|VALUE!|NAME\?|NUM!|N\/A|ERROR!|NULL!|SPILL!|CIRC!)/;

/** @throws PurserError `posted-differs`, naming the cells, when the tab does not read as planned */
export function verifyTab(plan: SheetPlan, values: SheetValues): void {
  const problems: string[] = [];
  plan.rows.forEach((cells, row) => {
    cells.forEach(({ check }, column) => {
      if (check === null) return;
      const read = values[row]?.[column] ?? '';
      if (!meets(check, read))
        problems.push(`${cellName(row, column)} reads ${shown(read)}, ${expected(check)}`);
    });
  });
  if (problems.length === 0) return;
  const more = problems.length > 8 ? `; and ${problems.length - 8} more` : '';
  throw new PurserError('posted-differs', {
    what: `The tab for ${plan.title} did not read back as calculated: ${problems.slice(0, 8).join('; ')}${more}. Nothing was shown, filed or sent.`,
    now: 'Look at these cells in the Template: their formulas or formats are the likely cause. Then run again.',
    data: { problems: problems.length },
  });
}

function meets(check: CellCheck, read: SheetValue): boolean {
  switch (check.kind) {
    case 'text':
      return read === check.text;
    case 'number':
      return typeof read === 'number' && Math.abs(read - check.number) < 1e-9;
    case 'cents':
      return (
        typeof read === 'number' &&
        Math.abs(read * 100 - check.cents) < Math.min(0.5, NOISE_CENTS + Math.abs(check.cents) * 1e-13)
      );
    case 'blank':
      return read === '' || read === null;
    case 'no-error':
      return !(typeof read === 'string' && ERROR_VALUE.test(read));
  }
}

function expected(check: CellCheck): string {
  switch (check.kind) {
    case 'text':
      return `not “${cut(check.text, 40)}”`;
    case 'number':
      return `not ${check.number}`;
    case 'cents':
      return `not ${dollarsText(check.cents)}`;
    case 'blank':
      return 'not blank';
    case 'no-error':
      return 'an error';
  }
}

function shown(read: SheetValue): string {
  return typeof read === 'string' ? `“${cut(read, 40)}”` : String(read);
}

/** SHA-256 of a tab's contents, formulas as formulas: the same as long as nobody has typed into it. */
export function contentHash(formulas: SheetValues): string {
  const rows = formulas.map((row) =>
    trimEnd(
      row.map((value) => value ?? ''),
      (value) => value === '',
    ),
  );
  return sha256Hex(canonicalJson(trimEnd(rows, (row) => row.length === 0)));
}

function trimEnd<T>(items: readonly T[], empty: (item: T) => boolean): T[] {
  let length = items.length;
  while (length > 0 && empty(items[length - 1] as T)) length--;
  return items.slice(0, length);
}
