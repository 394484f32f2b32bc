/** DynamoDB's JSON text to rows: Purser's validated charters against what @aws-sdk/util-dynamodb unmarshalls. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import { attributeMapProblem } from '../../src/clients/aws/attribute-value.ts';
import type { CharterNames } from '../../src/sources/charter-items.ts';
import { readCharter } from '../../src/sources/charter-items.ts';
import type { CharterReading } from '../../src/statement/charter.ts';
import { CHARTER_ATTRIBUTES } from '../../src/workbook/settings-list.ts';
import { readItemLines } from '../local/aws/export-lines.ts';
import { generateMonth } from '../local/generate.ts';
import { jsonLines } from '../sample/statements.ts';
import type { Timed } from './interleave.ts';
import { interleave } from './interleave.ts';

const ITEMS = 1_000;
const NAMES = Object.fromEntries(CHARTER_ATTRIBUTES.map((name) => [name, name])) as Readonly<
  Record<string, string>
> as CharterNames;

/** @throws Error when both don't read the same heads and cents */
export async function compareRows(rounds: number): Promise<Timed[]> {
  const { charters } = generateMonth({ month: '2026-05', charters: ITEMS, seed: 7 });
  const text = JSON.stringify({ Items: readItemLines(jsonLines(charters), 'charterId').items });
  const itemsOf = (): AttributeMap[] => (JSON.parse(text) as { Items: AttributeMap[] }).Items;
  const ours = (): CharterReading[] =>
    itemsOf().map((item) => {
      const problem = attributeMapProblem(item);
      if (problem !== null) throw new Error(problem);
      return readCharter(item, NAMES);
    });
  const theirs = (): Record<string, unknown>[] =>
    itemsOf().map((item) => unmarshall(item as Parameters<typeof unmarshall>[0]));
  const rows = theirs();
  const differs = ours().findIndex((reading, index) => {
    const row = rows[index];
    return (
      !reading.readable ||
      reading.charter.guests !== row?.guests ||
      reading.charter.recordedCents !== Math.round(Number(row.revenueTotal) * 100)
    );
  });
  if (differs >= 0) throw new Error(`Item ${differs} is read differently.`);
  return interleave(
    [
      { name: 'Purser: checked, typed, integer cents', run: () => void ours() },
      { name: '@aws-sdk/util-dynamodb: plain objects, floats', run: () => void theirs() },
    ],
    rounds,
  );
}
