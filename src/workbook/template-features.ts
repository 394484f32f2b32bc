/** What the Template has that the XLSX can't carry, or can't keep from whoever gets it; as far as the Sheets API tells. */
import type { SheetCell, SheetJson } from '../clients/google/sheets.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { cellName, columnName } from '../statement/grid.ts';
import { placeholdersIn } from '../statement/placeholders.ts';
import { readTabGrid } from './tab-grid.ts';

const SHOWN = 6;

/** One finding that names all of it, or null. Images over cells, and in cells without a formula, the API leaves out. */
export function templateFeatures(sheet: SheetJson): FindingDraft | null {
  const sentences = [...droppedSentences(sheet), ...hiddenSentences(sheet)];
  return sentences.length === 0 ? null : { code: 'template-feature-dropped', message: sentences.join(' ') };
}

function droppedSentences(sheet: SheetJson): string[] {
  const images = cellsWith(sheet, isImage);
  const parts = cellsWith(sheet, hasFormatsOfParts);
  const rotated = cellsWith(sheet, isRotated);
  const links = cellsWith(sheet, isLinked);
  const charts = sheet.charts.length;
  const features = [
    charts === 0 ? '' : charts === 1 ? 'a chart' : `${charts} charts`,
    (sheet.conditionalFormats ?? []).length === 0 ? '' : 'conditional formatting',
    images.length === 0 ? '' : `${images.length === 1 ? 'an image' : 'images'} by IMAGE (${listed(images)})`,
    parts.length === 0 ? '' : `formats of a part of a cell’s text (${listed(parts)})`,
    rotated.length === 0 ? '' : `rotated text (${listed(rotated)})`,
    links.length === 0 ? '' : `${links.length === 1 ? 'a link' : 'links'} (${listed(links)})`,
  ].filter((feature) => feature !== '');
  if (features.length === 0) return [];
  const one = features.length === 1 && /^an? /.test(features[0] ?? '');
  const sentence = `The Template “${sheet.properties.title}” has ${joined(features)}, which the XLSX can't carry; the month tab keeps ${one ? 'it' : 'them'}.`;
  // "When writing a new userEnteredValue, previous runs are erased":
  // developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#CellData
  const erased = cellsWith(sheet, (cell) => hasFormatsOfParts(cell) && hasPlaceholder(cell));
  return erased.length === 0
    ? [sentence]
    : [sentence, `Where a placeholder is filled in (${listed(erased)}), the month tab has one format, too.`];
}

function cellsWith(sheet: SheetJson, matches: (cell: SheetCell) => boolean): string[] {
  const rows = sheet.data[0]?.rowData ?? [];
  return rows.flatMap(({ values }, row) =>
    (values ?? []).flatMap((cell, column) =>
      // Nothing is seen of how an empty cell would show its text.
      cell.userEnteredValue !== undefined && matches(cell) ? [cellName(row, column)] : [],
    ),
  );
}

/** Not inside strings, nor as the name of a tab. */
function isImage(cell: SheetCell): boolean {
  const formula = (cell.userEnteredValue?.formulaValue ?? '').replace(/"[^"]*"|'[^']*'/g, '');
  return /(?<![\w.])IMAGE\s*\(/i.test(formula);
}

/** A link over the whole text may come as the only run. */
function hasFormatsOfParts({ textFormatRuns: runs = [] }: SheetCell): boolean {
  const [first, ...more] = runs;
  if (first === undefined) return false;
  return more.length > 0 || (first.startIndex ?? 0) > 0 || first.format?.link === undefined;
}

function isRotated({ userEnteredFormat }: SheetCell): boolean {
  const rotation = userEnteredFormat?.textRotation;
  return rotation?.vertical === true || (rotation?.angle ?? 0) !== 0;
}

function isLinked({ userEnteredFormat, textFormatRuns = [] }: SheetCell): boolean {
  return (
    userEnteredFormat?.textFormat?.link !== undefined ||
    textFormatRuns.some(({ format }) => format?.link !== undefined)
  );
}

function hasPlaceholder({ userEnteredValue }: SheetCell): boolean {
  return placeholdersIn(userEnteredValue?.stringValue ?? '').length > 0;
}

function hiddenSentences(sheet: SheetJson): string[] {
  const { hiddenColumns = new Set(), hiddenRows = new Set() } = readTabGrid(sheet);
  const count = hiddenColumns.size + hiddenRows.size;
  if (count === 0) return [];
  const which = [
    spansOf('column', hiddenColumns, columnName),
    spansOf('row', hiddenRows, (row) => String(row + 1)),
  ];
  const words = joined(which.filter((part) => part !== ''));
  const [are, they, them] = count === 1 ? ['is', 'it is', 'it'] : ['are', 'they are', 'them'];
  return [
    `${words.charAt(0).toUpperCase()}${words.slice(1)} of the Template ${are} hidden; ${they} hidden in the XLSX too, but whoever gets the file can show ${them}.`,
  ];
}

/** `column J`, `rows 3, 5 to 9`; empty for none. */
function spansOf(word: string, indexes: ReadonlySet<number>, name: (index: number) => string): string {
  const spans: { from: number; to: number }[] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = spans[spans.length - 1];
    if (last?.to === index - 1) last.to = index;
    else spans.push({ from: index, to: index });
  }
  if (spans.length === 0) return '';
  const names = spans.map(({ from, to }) => (from === to ? name(from) : `${name(from)} to ${name(to)}`));
  return `${word}${indexes.size === 1 ? '' : 's'} ${listed(names)}`;
}

function listed(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
