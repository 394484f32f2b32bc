/** What a Template says that its author can hardly mean: formulas that see one charter, another currency's sign. */
import type { Adjustment } from './adjustments.ts';
import type { FindingDraft } from './findings.ts';
import { growReferences, referencesOf } from './formula.ts';
import type { CellFormat, GridCell } from './grid.ts';
import { cellName } from './grid.ts';
import { lonePlaceholder, placeholderKind } from './placeholders.ts';
import type { Template } from './template.ts';
import { bridgeLacksCarried } from './template.ts';

/** Whose sign is whose; a currency that is nowhere here is written by its code. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        '$',
        'USD CAD AUD NZD SGD HKD TWD MXN ARS COP BRL UYU DOP XCD BBD BSD BZD BMD KYD JMD TTD GYD SRD FJD SBD TOP WST BND NAD LRD',
      ],
      ['€', 'EUR'],
      ['£', 'GBP GIP FKP SHP EGP'],
      ['¥', 'CNY'],
    ] as const
  ).flatMap(([sign, currencies]) => currencies.split(' ').map((currency) => [currency, sign] as const)),
);
const SHOWN = 5;

export function auditTemplate(template: Template, currency: string): FindingDraft[] {
  return [suspectFormulas(template), foreignCurrency(template, currency)].flat();
}

/** A month that carries corrections, on a Template whose bridge was made before there were any. */
export function auditBridge(template: Template, adjustments: readonly Adjustment[]): FindingDraft[] {
  const carries = adjustments.some(({ kind }) => kind === 'correction');
  if (!carries || !bridgeLacksCarried(template)) return [];
  return [
    {
      code: 'template-suspect',
      message: `The month carries a correction of an earlier one, and the Template “${template.grid.title}” shows how reportable revenue comes about without {{total.carried}}: what it shows would not come to the total. Add a cell with {{total.carried}} there, and add it up with the others.`,
    },
  ];
}

/** Formulas outside the prototype row that point at it alone: they would see the first charter only. */
function suspectFormulas(template: Template): FindingDraft[] {
  const { grid, prototypeRow } = template;
  const cells = cellsOf(template).filter(({ cell, row }) => {
    if (cell.input.kind !== 'formula' || row === prototypeRow) return false;
    const grown = growReferences(cell.input.formula, prototypeRow, 1, false);
    return referencesOf(grown).some(
      ({ tab, start, end }) => tab === '' && end === null && start.row === prototypeRow,
    );
  });
  if (cells.length === 0) return [];
  const names = cells.slice(0, SHOWN).map(({ cell, row, column }) => {
    const formula = cell.input.kind === 'formula' ? cell.input.formula.slice(0, 60) : '';
    return `${cellName(row, column)} (${formula})`;
  });
  const more = cells.length > SHOWN ? ` and ${cells.length - SHOWN} more` : '';
  return [
    {
      code: 'template-suspect',
      message: `In the Template “${grid.title}” ${names.join(', ')}${more} ${cells.length === 1 ? 'points' : 'point'} at the prototype row alone and so ${cells.length === 1 ? 'sees' : 'see'} the first charter only. To see all charters, write a range such as F${prototypeRow + 1}:F${prototypeRow + 1}.`,
    },
  ];
}

/** Amounts would be shown with a sign that is not theirs. */
function foreignCurrency(template: Template, currency: string): FindingDraft[] {
  const own = new Set([currency, SIGNS.get(currency)]);
  const cells = cellsOf(template).filter(
    ({ cell }) => isAmount(cell) && signsIn(cell.format).some((sign) => !own.has(sign)),
  );
  if (cells.length === 0) return [];
  const names = cells.slice(0, SHOWN).map(({ row, column }) => cellName(row, column));
  const more = cells.length > SHOWN ? ` and ${cells.length - SHOWN} more` : '';
  return [
    {
      code: 'template-currency',
      message: `The setting “Currency” is ${currency}, but the Template “${template.grid.title}” shows amounts with another currency’s sign in ${names.join(', ')}${more}. Change their number formats; or delete the Template and choose Set up…, which makes one in ${currency}.`,
    },
  ];
}

function isAmount(cell: GridCell): boolean {
  if (cell.input.kind === 'formula') return true;
  const name = cell.input.kind === 'text' ? lonePlaceholder(cell.input.text) : null;
  return name !== null && placeholderKind(name) === 'money';
}

/**
 * The currencies that a number format shows: a bare sign; one in brackets, as in `[$€-2]` and `[$EUR]` (`[$-409]` is a
 * locale alone); or a code before the accounting format's fill, as the house template writes it. What could as well
 * be a word is passed over.
 */
function signsIn(format: CellFormat): string[] {
  const signs: string[] = [];
  const bare = (format.numberFormat?.pattern ?? '').replace(/\[\$([^\]-]*)[^\]]*\]/g, (_, sign: string) => {
    if (/^([$€£¥]|[A-Z]{3})$/.test(sign.trim())) signs.push(sign.trim());
    return '';
  });
  for (const [sign] of bare.matchAll(/[$€£¥]/g)) signs.push(sign);
  for (const [, code = ''] of bare.matchAll(/"([A-Z]{3})"\* /g)) signs.push(code);
  return signs;
}

function cellsOf(template: Template): { cell: GridCell; row: number; column: number }[] {
  return template.grid.rows.flatMap((cells, row) => cells.map((cell, column) => ({ cell, row, column })));
}
