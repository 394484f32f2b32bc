/** The same table in two regions, item by item, attribute by attribute as mapped. */
import type { AttributeMap, AttributeValue } from '../clients/aws/attribute-value.ts';
import { compareText } from '../statement/charter.ts';
import type { RegionDifference } from '../statement/evidence.ts';
import { centsFromDollars } from '../statement/money.ts';
import { isIsoDate } from '../statement/month.ts';
import { comparableKey, comparableText, typeWords } from './item-attributes.ts';

export interface ComparedNames {
  readonly of: 'charter' | 'crew';
  readonly id: string;
  /** All mapped attributes, the table's names. */
  readonly all: readonly string[];
  /** Null for tables without dates and money. */
  readonly date: string | null;
  readonly month: string | null;
  readonly revenue: string | null;
}

export function compareRegions(
  primary: readonly AttributeMap[],
  second: readonly AttributeMap[],
  names: ComparedNames,
): RegionDifference[] {
  const inPrimary = byId(primary, names.id);
  const inSecond = byId(second, names.id);
  const ids = [...new Set([...inPrimary.keys(), ...inSecond.keys()])].sort(compareText);
  return ids.flatMap((id) => {
    const difference = compareItems(id, inPrimary.get(id), inSecond.get(id), names);
    return difference === null ? [] : [difference];
  });
}

function byId(items: readonly AttributeMap[], idName: string): Map<string, AttributeMap> {
  return new Map(items.map((item) => [comparableText(item[idName]) ?? '(without an id)', item]));
}

function compareItems(
  id: string,
  primary: AttributeMap | undefined,
  second: AttributeMap | undefined,
  names: ComparedNames,
): RegionDifference | null {
  const attributes = names.all.flatMap((name) => {
    if (comparableKey(primary?.[name]) === comparableKey(second?.[name])) return [];
    return [{ name, ...shownApart(primary?.[name], second?.[name]) }];
  });
  const missingIn = primary === undefined ? 'primary' : second === undefined ? 'second' : null;
  if (missingIn === null && attributes.length === 0) return null;
  const date = names.date === null ? null : (textOf(primary, names.date) ?? textOf(second, names.date));
  return {
    id,
    of: names.of,
    date: date !== null && isIsoDate(date) ? date : null,
    month: names.month === null ? null : (textOf(primary, names.month) ?? textOf(second, names.month)),
    attributes: missingIn === null ? attributes : [],
    missingIn,
    cents: revenueApart(primary, second, names.revenue),
  };
}

/** Both values as text; with their types where they would look the same. */
function shownApart(
  primary: AttributeValue | undefined,
  second: AttributeValue | undefined,
): { primary: string | null; second: string | null } {
  const texts = { primary: comparableText(primary), second: comparableText(second) };
  if (texts.primary !== texts.second || primary === undefined || second === undefined) return texts;
  return { primary: typeWords(primary), second: typeWords(second) };
}

function revenueApart(
  primary: AttributeMap | undefined,
  second: AttributeMap | undefined,
  name: string | null,
): number | null {
  if (name === null) return null;
  const read = (item: AttributeMap | undefined): number | null => {
    if (item === undefined) return 0;
    const cents = centsFromDollars(textOf(item, name) ?? 'nothing');
    return typeof cents === 'number' ? cents : null;
  };
  const [ours, theirs] = [read(primary), read(second)];
  return ours === null || theirs === null ? null : ours - theirs;
}

function textOf(item: AttributeMap | undefined, name: string): string | null {
  return item === undefined ? null : comparableText(item[name]);
}
