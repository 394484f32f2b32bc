/**
 * Protected ranges: who may edit what is in them. What only warns keeps nobody out, since an API is never asked.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#ProtectedRange
 */
import { invalid } from './api-error.ts';
import type { ProtectedRange, Tab, Workbook } from './model.ts';
import { asList, asObject } from './validate.ts';

/** Who asks, and whose workbook it is; the owner may edit everything. */
export interface Asker {
  readonly email: string;
  readonly owner: string;
}

const REFUSED =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

export function isWholeTab({ range }: Pick<ProtectedRange, 'range'>): boolean {
  return Object.keys(range).every((bound) => bound === 'sheetId');
}

export function mayEdit({ rest }: ProtectedRange, { email, owner }: Asker): boolean {
  if (rest.warningOnly === true || email === owner) return true;
  const editors = asObject(rest.editors);
  // Without editors all who may edit the spreadsheet may (github.com/googleapis/google-api-php-client/issues/1943).
  return editors === undefined || asList(editors.users).includes(email);
}

/**
 * What `addProtectedRange` refuses: github.com/burnash/gspread/issues/1437,
 * github.com/googleapis/google-api-python-client/issues/1064.
 */
export function checkNewProtection(workbook: Workbook, tab: Tab, added: ProtectedRange): void {
  if (added.rest.warningOnly === true && added.rest.editors !== undefined) {
    throw invalid('ProtectedRange is warningOnly. Editors cannot be set on it.');
  }
  const others = workbook.protectedRanges.filter(({ range }) => range.sheetId === tab.sheetId);
  if (isWholeTab(added) && others.some(isWholeTab)) {
    throw invalid(`Sheet "${tab.title}" already has sheet protection.`);
  }
}

/** @throws SheetsApiError 400 when the change touches what the asker may not edit, or takes its protection off */
export function refuseProtected(before: Workbook, after: Workbook, asker: Asker): void {
  for (const protection of before.protectedRanges) {
    if (mayEdit(protection, asker)) continue;
    const { protectedRangeId, range } = protection;
    const isStill = after.protectedRanges.some((each) => each.protectedRangeId === protectedRangeId);
    const [was, is] = [before, after].map(({ tabs }) =>
      tabs.find(({ sheetId }) => sheetId === range.sheetId),
    );
    if (was === undefined) continue;
    if (!isStill || is === undefined || isTouched(was, is, protection)) throw invalid(REFUSED);
  }
}

function isTouched(was: Tab, is: Tab, protection: ProtectedRange): boolean {
  const { title, hidden, rowCount, columnCount } = was;
  const isSame = title === is.title && hidden === is.hidden;
  if (isWholeTab(protection) && !(isSame && rowCount === is.rowCount && columnCount === is.columnCount))
    return true;
  const {
    startRowIndex = 0,
    endRowIndex = rowCount,
    startColumnIndex = 0,
    endColumnIndex = columnCount,
  } = protection.range;
  for (let row = startRowIndex; row < endRowIndex; row++) {
    for (let column = startColumnIndex; column < endColumnIndex; column++) {
      // Cells are never changed in place.
      if (was.rows[row]?.[column] !== is.rows[row]?.[column]) return true;
    }
  }
  return false;
}
