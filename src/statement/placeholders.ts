/** The words in double braces that a Template may hold, and what stands in their place. */
import { cellText } from './cell-text.ts';
import { compLines } from './comp-ledger.ts';
import { percentText } from './comparison.ts';
import type { Cents } from './money.ts';
import { formatMoney, groupThousands } from './money.ts';
import type { IsoDate } from './month.ts';
import { addMonths, dateLabel, firstDay, lastDay, monthLabel } from './month.ts';
import type { ComparedMonth, Statement, StatementLine } from './statement.ts';
import { shortFingerprint } from './statement.ts';

export type PlaceholderValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'money'; readonly cents: Cents }
  | { readonly kind: 'date'; readonly date: IsoDate }
  | { readonly kind: 'nothing' };

const NOTHING: PlaceholderValue = { kind: 'nothing' };

type Of<T> = ReadonlyMap<string, (source: T) => PlaceholderValue>;

const text = (value: string): PlaceholderValue => ({ kind: 'text', text: cellText(value) });
const count = (value: number): PlaceholderValue => ({ kind: 'count', count: value });
const money = (cents: Cents): PlaceholderValue => ({ kind: 'money', cents });
const date = (value: IsoDate): PlaceholderValue => ({ kind: 'date', date: value });

const OF_STATEMENT: Of<Statement> = new Map(
  Object.entries<(source: Statement) => PlaceholderValue>({
    'approved.by': ({ approval }) => (approval === null ? NOTHING : text(approval.by)),
    'approved.certification': ({ approval }) => (approval === null ? NOTHING : text(approval.certification)),
    'approved.on': ({ approval }) => (approval === null ? NOTHING : date(approval.on)),
    company: (statement) => text(statement.company),
    comps: (statement) => text(compLines(statement.comps, statement.currency).join('\n')),
    'data.asof': (statement) => text(statement.asOf),
    'data.from': (statement) => text(statement.dataFrom),
    fingerprint: (statement) => text(shortFingerprint(statement.fingerprint)),
    footnotes: (statement) => text(statement.footnotes.join('\n')),
    month: (statement) => text(monthLabel(statement.month)),
    'month.end': (statement) => date(lastDay(statement.month)),
    'month.start': (statement) => date(firstDay(statement.month)),
    'statement.code': (statement) => text(statement.code),
    'statement.version': (statement) => count(statement.version),
    'total.carried': ({ totals }) => money(totals.carriedCents ?? 0),
    'total.charters': ({ totals }) => count(totals.charters),
    'total.comps': ({ totals }) => count(totals.comps),
    'total.compsvalue': ({ totals }) => money(totals.compsCents),
    'total.difference': ({ totals }) => money(totals.differenceCents),
    'total.discounts': ({ totals }) => money(totals.discountsCents),
    'total.fees': ({ totals }) => money(totals.feesCents),
    'total.forfeited': ({ totals }) => money(totals.forfeitedCents),
    'total.gratuity': ({ totals }) => money(totals.gratuityCents),
    'total.gross': ({ totals }) => money(totals.grossCents),
    'total.guests': ({ totals }) => count(totals.guests),
    'total.paying': ({ totals }) => count(totals.paying),
    'total.recorded': ({ totals }) => money(totals.recordedCents),
    'total.refunds': ({ totals }) => money(totals.refundsCents),
    'total.reportable': ({ totals }) => money(totals.reportableCents),
    'total.tax': ({ totals }) => money(totals.taxCents),
    ...ofComparison('prior', -1),
    ...ofComparison('lastyear', -12),
  }),
);

/** Blank where that month is not known. */
function ofComparison(
  prefix: string,
  distanceMonths: number,
): Record<string, (statement: Statement) => PlaceholderValue> {
  const value =
    (show: (other: ComparedMonth) => PlaceholderValue) =>
    ({ month, comparison }: Statement): PlaceholderValue => {
      const other = comparison.find((one) => one.month === addMonths(month, distanceMonths));
      return other === undefined ? NOTHING : show(other);
    };
  return {
    [`${prefix}.month`]: value(({ label }) => text(label)),
    [`${prefix}.reportable`]: value(({ reportableCents }) => money(reportableCents)),
    [`${prefix}.change`]: value(({ changeCents }) => money(changeCents)),
    [`${prefix}.percent`]: value(({ percentTenths }) =>
      percentTenths === null ? NOTHING : text(percentText(percentTenths)),
    ),
  };
}

const OF_CHARTER: Of<StatementLine> = new Map(
  Object.entries<(source: StatementLine) => PlaceholderValue>({
    'charter.comps': (line) => count(line.comps),
    'charter.crew': (line) => text(line.crew),
    'charter.date': (line) => date(line.date),
    'charter.departs': (line) => text(line.departs),
    'charter.difference': (line) => money(line.differenceCents),
    'charter.guests': (line) => count(line.guests),
    'charter.id': (line) => text(line.id),
    'charter.kind': (line) => text(line.kind),
    'charter.notes': (line) => text(line.notes),
    'charter.paying': (line) => count(line.paying),
    'charter.rate': (line) => (line.rateCents === null ? NOTHING : money(line.rateCents)),
    'charter.recorded': (line) => money(line.recordedCents),
    'charter.reportable': (line) => money(line.reportableCents),
    'charter.status': (line) => text(line.statusText),
    'charter.vessel': (line) => text(line.vessel),
  }),
);

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const LONE = /^\{\{([^{}]*)\}\}$/;

/** Names of the placeholders in a text, in lower case and in order. */
export function placeholdersIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map((found) => foldName(found[1]));
}

function foldName(name = ''): string {
  return name.trim().toLowerCase();
}

export function isCharterPlaceholder(name: string): boolean {
  return name.startsWith('charter.');
}

/** What an approval fills: blank in the draft that is approved. */
export function isApprovalPlaceholder(name: string): boolean {
  return name.startsWith('approved.');
}

export function isKnownPlaceholder(name: string): boolean {
  return OF_STATEMENT.has(name) || OF_CHARTER.has(name);
}

/** The placeholder when the text is nothing else, in lower case. */
export function lonePlaceholder(template: string): string | null {
  const found = LONE.exec(template.trim());
  return found === null ? null : foldName(found[1]);
}

const MONEY = new Set([
  'charter.difference',
  'charter.rate',
  'charter.recorded',
  'charter.reportable',
  ...'carried compsvalue difference discounts fees forfeited gratuity gross recorded refunds reportable tax'
    .split(' ')
    .map((name) => `total.${name}`),
  ...['prior', 'lastyear'].flatMap((month) => [`${month}.change`, `${month}.reportable`]),
]);

const DATES = new Set(['approved.on', 'charter.date', 'month.end', 'month.start']);
const COUNTS = new Set([
  'statement.version',
  ...['charters', 'comps', 'guests', 'paying'].map((name) => `total.${name}`),
  ...['comps', 'guests', 'paying'].map((name) => `charter.${name}`),
]);

/** What a placeholder becomes when it is alone in its cell. */
export function placeholderKind(name: string): 'text' | 'count' | 'money' | 'date' {
  if (MONEY.has(name)) return 'money';
  if (DATES.has(name)) return 'date';
  return COUNTS.has(name) ? 'count' : 'text';
}

export function placeholderValue(
  name: string,
  statement: Statement,
  line: StatementLine | null,
): PlaceholderValue {
  const ofStatement = OF_STATEMENT.get(name);
  if (ofStatement !== undefined) return ofStatement(statement);
  const ofCharter = OF_CHARTER.get(name);
  if (ofCharter !== undefined) return line === null ? NOTHING : ofCharter(line);
  return NOTHING;
}

/** The text with every placeholder replaced once; what comes in is never read as a placeholder again. */
export function fillText(template: string, statement: Statement, line: StatementLine | null): string {
  return template.replace(PLACEHOLDER, (_whole, name: string) =>
    valueText(placeholderValue(foldName(name), statement, line), statement.currency),
  );
}

function valueText(value: PlaceholderValue, currency: string): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'count':
      return groupThousands(String(value.count));
    case 'money':
      return formatMoney(value.cents, currency);
    case 'date':
      return dateLabel(value.date);
    case 'nothing':
      return '';
  }
}
