/** The audit tab of a month: what was looked at, what was found, and what each witness says of every charter. */
import type { AuditSheetInput } from './audit-sheet/input.ts';
import type { Formats, SheetRow } from './audit-sheet/table.ts';
import {
  COLUMN_WIDTHS_PX,
  emptyRow,
  LINE_PX,
  makeFormats,
  PADDED,
  tableRows,
  wideRow,
} from './audit-sheet/table.ts';
import {
  adjustmentRows,
  calendarRows,
  comparisonRows,
  compRows,
  findingRows,
  rateRows,
  witnessRows,
} from './audit-sheet/tables.ts';
import { charterLines } from './corrections.ts';
import type { RegionAnswer, RegionsEvidence } from './evidence.ts';
import type { Finding, Severity } from './findings.ts';
import { isOpen } from './findings.ts';
import type { CellFormat, GridArea, TabGrid } from './grid.ts';
import { GREY, NAVY, WHITE } from './house-style.ts';
import { findingCells } from './kept-findings.ts';
import { formatMoney, groupThousands } from './money.ts';
import { monthLabel } from './month.ts';
import { cut } from './short-text.ts';
import type { Statement } from './statement.ts';
import { shortFingerprint } from './statement.ts';

const BANNER: CellFormat = { backgroundColor: NAVY, verticalAlignment: 'MIDDLE', numberFormat: PADDED };
const font = (fontSize: number, more: CellFormat['textFormat'] = {}): CellFormat['textFormat'] => ({
  fontFamily: 'Arial',
  fontSize,
  ...more,
});
const LARGE: CellFormat = { ...BANNER, textFormat: font(18, { bold: true, foregroundColor: WHITE }) };
const SMALL: CellFormat = { ...BANNER, textFormat: font(12, { foregroundColor: WHITE }) };
const PLAIN: CellFormat = { verticalAlignment: 'MIDDLE', wrapStrategy: 'WRAP', textFormat: font(10) };
const QUIET: CellFormat = { ...PLAIN, textFormat: font(9, { foregroundColor: GREY }) };
const KEPT: CellFormat = { numberFormat: { type: 'TEXT' }, wrapStrategy: 'CLIP' };
const VERDICT: CellFormat = { ...PLAIN, numberFormat: PADDED, textFormat: font(12, { bold: true }) };

/**
 * Sections top-down: what it is about and the verdict, findings, witnesses, calendars, rates, comps, adjustments,
 * comparison, what was read. Text from outside stands in text cells only; links are cell formats
 * (developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#TextFormat), never formulas.
 */
export function auditSheet(input: AuditSheetInput): TabGrid {
  const { statement, findings, comparison, calendars } = input;
  const formats = makeFormats(statement.currency);
  const sections: readonly (readonly [name: string, rows: readonly SheetRow[]])[] = [
    ['Findings', findingRows(formats, input)],
    ['Witnesses', witnessRows(formats, input)],
    ...(calendars === undefined ? [] : ([['Calendars', calendarRows(formats, calendars)]] as const)),
    ['Non-standard rates', rateRows(formats, input)],
    ['Comps', compRows(formats, input)],
    ['Adjustments', adjustmentRows(formats, input)],
    ...(comparison === undefined ? [] : ([['Comparison', comparisonRows(formats, comparison)]] as const)),
    ['What was read', readRows(formats, input)],
  ];
  const { words, tint } = verdict(findings);
  const top = (contents: string): SheetRow[] => [
    wideRow(statement.company, LARGE, 40),
    wideRow(`Audit of the revenue statement, ${monthLabel(statement.month)}`, SMALL, 28),
    wideRow(
      `Statement ${statement.code}, version ${statement.version}. Fingerprint ${shortFingerprint(statement.fingerprint)}. Data as of ${statement.asOf}. ${regionWords(input.regions)}`,
      PLAIN,
      26,
    ),
    wideRow(words, formats.tinted(VERDICT, tint), 32),
    wideRow(figures(statement), PLAIN, 26),
    wideRow(contents, QUIET),
    wideRow(
      `${keptWords(input)}Purser makes this tab anew whenever the month is posted: a note that shall last belongs in “Purser adjustments” or “Purser carried forward”.`,
      QUIET,
    ),
    emptyRow(8),
  ];
  const starts: string[] = [];
  let row = top('').length;
  const body = sections.flatMap(([name, rows]) => {
    starts.push(`${name}: row ${row + 1}`);
    row += rows.length + 1;
    return [...rows, emptyRow(14)];
  });
  const rows = [...top(`${starts.join('  ·  ')}`), ...body.slice(0, -1), keptRow(input)];
  const merges = rows.flatMap(({ spans }, startRow) =>
    spans.map(
      ([startColumn, endColumn]): GridArea => ({ startRow, endRow: startRow + 1, startColumn, endColumn }),
    ),
  );
  return {
    title: input.title,
    rows: rows.map(({ cells }) => cells),
    columnWidthsPx: COLUMN_WIDTHS_PX,
    rowHeightsPx: rows.map(({ heightPx }) => heightPx),
    merges,
    frozenRows: 0,
    frozenColumns: 0,
    hiddenRows: new Set([rows.length - 1]),
  };
}

/** The last row, which nobody sees: the findings as data, with the links that the values of their table do not have. */
function keptRow({ findings, postedAt = '' }: AuditSheetInput): SheetRow {
  const cells = findingCells(findings, postedAt).map((text) => ({
    input: { kind: 'text', text } as const,
    format: KEPT,
  }));
  return { cells, heightPx: LINE_PX, spans: [] };
}

function keptWords({ keptAs, keptVersion }: AuditSheetInput): string {
  if (keptAs === undefined) return '';
  return keptVersion === undefined
    ? `The tab before this one did not read as Purser had posted it, so it is kept as “${keptAs}”. `
    : `The audit of version ${keptVersion} is kept, hidden, as “${keptAs}”. `;
}

function verdict(findings: readonly Finding[]): { words: string; tint: 'block' | 'warn' | 'clean' } {
  const of = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity && isOpen(finding)).length;
  const [blocks, warns, infos] = [of('block'), of('warn'), of('info')];
  const count = (many: number, one: string, more: string): string =>
    many === 1 ? `1 ${one}` : `${many} ${more}`;
  const accepted = findings.filter((finding) => !isOpen(finding)).length;
  const good = `${infos === 0 ? '' : ` ${infos} good to know.`}${accepted === 0 ? '' : ` ${accepted} accepted.`}`;
  if (blocks > 0) {
    const also = warns === 0 ? '' : ` ${warns} more to look at.`;
    return {
      words: `Held: ${count(blocks, 'finding blocks', 'findings block')} sending.${also}${good}`,
      tint: 'block',
    };
  }
  if (warns > 0) {
    return {
      words: `Look at ${count(warns, 'finding', 'findings')}. None blocks sending.${good}`,
      tint: 'warn',
    };
  }
  return { words: `Clean: nothing that a person must look at.${good}`, tint: 'clean' };
}

function figures({ totals, currency }: Statement): string {
  const count = (value: number, one: string, many = `${one}s`): string =>
    `${groupThousands(String(value))} ${value === 1 ? one : many}`;
  const carried =
    totals.carriedCents === undefined
      ? ''
      : ` (of it ${formatMoney(totals.carriedCents, currency)} carried from earlier months)`;
  return `${count(totals.charters, 'completed charter')}, ${count(totals.guests, 'guest')} aboard, of them ${count(totals.comps, 'comp')}. Reportable ${formatMoney(totals.reportableCents, currency)}${carried}, recorded ${formatMoney(totals.recordedCents, currency)}, difference ${formatMoney(totals.differenceCents, currency)}.`;
}

function regionWords({ primary, second, differences }: RegionsEvidence): string {
  if (second === null) return `${answerWords(primary)}; no second region is set.`;
  if (!primary.answered) return `${answerWords(primary)}: the figures are those of ${second.region} alone.`;
  if (!second.answered) return `${answerWords(primary)}; ${answerWords(second)}, so nothing was compared.`;
  const agreement =
    differences.length === 0
      ? 'agrees'
      : `differs on ${differences.length} ${differences.length === 1 ? 'item' : 'items'}`;
  return `${answerWords(primary)}; ${second.region} answered and ${agreement}.`;
}

function answerWords({ region, answered, problem }: RegionAnswer): string {
  return answered
    ? `${region} answered`
    : `${region} did not answer (${cut(problem ?? 'no reason given', 300)})`;
}

function readRows(formats: Formats, input: AuditSheetInput): SheetRow[] {
  const { asked, counts, regions, statement, adjustments } = input;
  const many = (value: number, one: string): string =>
    `${groupThousands(String(value))} ${one}${value === 1 ? '' : 's'}`;
  const regionItems = [
    ['Ledger, primary region', regions.primary],
    ['Ledger, second region', regions.second],
  ] as const;
  const items: (readonly [what: string, how: string])[] = [
    ...regionItems.map(
      ([what, answer]) =>
        [
          what,
          answer === null ? 'Not looked at: the settings name none.' : `${answerWords(answer)}.`,
        ] as const,
    ),
    ['Charters of the month', many(charterLines(statement).length, 'charter')],
    [
      'Booking mail',
      asked.bookings
        ? `${many(counts.mails, 'mail')} read, ${many(counts.bookings, 'booking')} understood.`
        : 'Not looked at: the settings name no search for booking mail.',
    ],
    [
      'Trip sheets',
      asked.tripSheets
        ? `${many(counts.tripSheets, 'trip sheet')} read.`
        : 'Not looked at: the settings name no folder of trip sheets.',
    ],
    ['Adjustments', many(adjustments.length, 'row')],
  ];
  return tableRows(
    formats,
    'What was read',
    '',
    [
      { header: 'Witness', kind: 'text', span: 3, value: ([what]) => what },
      { header: 'What it gave', kind: 'wrapped', span: 12, value: ([, how]) => how },
    ],
    items,
    '',
  );
}
