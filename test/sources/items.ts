/** Items as DynamoDB has them. */
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import type { CharterAttribute, RosterAttribute } from '../../src/workbook/settings-list.ts';
import { CHARTER_ATTRIBUTES, ROSTER_ATTRIBUTES } from '../../src/workbook/settings-list.ts';

export const CHARTER_NAMES = Object.fromEntries(CHARTER_ATTRIBUTES.map((name) => [name, name])) as Record<
  CharterAttribute,
  string
>;
export const ROSTER_NAMES = Object.fromEntries(ROSTER_ATTRIBUTES.map((name) => [name, name])) as Record<
  RosterAttribute,
  string
>;

/** With nothing wrong; a change to undefined takes an attribute out. */
export function item(changes: Record<string, AttributeMap[string] | undefined> = {}): AttributeMap {
  const whole: Record<string, AttributeMap[string] | undefined> = {
    charterId: { S: 'c-1' },
    month: { S: '2026-05' },
    date: { S: '2026-05-14' },
    departs: { S: '17:30' },
    vessel: { S: 'Blue Heron' },
    kind: { S: 'public' },
    status: { S: 'completed' },
    guests: { N: '10' },
    comps: { N: '1' },
    revenueTotal: { N: '1125' },
    crew: { SS: ['cr-tom', 'cr-zoe'] },
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(whole).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
