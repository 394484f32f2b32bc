import type { AttributeMap, AttributeValue } from '../../src/clients/aws/attribute-value.ts';
import { compareRegions } from '../../src/sources/compare-regions.ts';
import type { RegionDifference } from '../../src/statement/evidence.ts';
import { CHARTER_NAMES, item } from './items.ts';

function compare(primary: readonly AttributeMap[], second: readonly AttributeMap[]): RegionDifference[] {
  return compareRegions(primary, second, {
    of: 'charter',
    id: 'charterId',
    all: Object.values(CHARTER_NAMES),
    date: 'date',
    month: 'month',
    revenue: 'revenueTotal',
  });
}

test('the same items in any order do not differ', () => {
  const other = item({ charterId: { S: 'c-2' } });
  expect(compare([item(), other], [other, item()])).toEqual([]);
});

test.each<[string, AttributeValue | undefined, AttributeValue | undefined]>([
  ['sets in another order', { SS: ['a', 'b'] }, { SS: ['b', 'a'] }],
  ['lists in another order', { L: [{ S: 'a' }, { S: 'b' }] }, { L: [{ S: 'b' }, { S: 'a' }] }],
  ['a set and a list of the same', { SS: ['a', 'b'] }, { L: [{ S: 'b' }, { S: 'a' }] }],
  ['NULL and absent', { NULL: true }, undefined],
])('%s are the same', (_what, primary, second) => {
  expect(compare([item({ crew: primary })], [item({ crew: second })])).toEqual([]);
});

test('numbers are compared by value, however they are written', () => {
  expect(compare([item({ guests: { N: '10' } })], [item({ guests: { N: '1E1' } })])).toEqual([]);
  expect(compare([item({ guests: { N: '10' } })], [item({ guests: { N: '10.0' } })])).toEqual([]);
});

test('a difference names the attribute with both values, and the cents that recorded revenue is apart', () => {
  const differences = compare([item()], [item({ revenueTotal: { N: '1100.5' }, vessel: undefined })]);
  expect(differences).toEqual([
    {
      id: 'c-1',
      of: 'charter',
      date: '2026-05-14',
      month: '2026-05',
      attributes: [
        { name: 'vessel', primary: 'Blue Heron', second: null },
        { name: 'revenueTotal', primary: '1125', second: '1100.5' },
      ],
      missingIn: null,
      cents: 2450,
    },
  ]);
});

test.each<[string, AttributeValue, AttributeValue, string, string]>([
  ['the text 5 and the number 5', { S: '5' }, { N: '5' }, 'the text “5”', 'the number 5'],
  ['a text with a comma and a set', { S: 'a, b' }, { SS: ['a', 'b'] }, 'the text “a, b”', 'a set or binary'],
])('%s differ, and are told apart in words', (_what, primary, second, shownPrimary, shownSecond) => {
  expect(compare([item({ crew: primary })], [item({ crew: second })])[0]?.attributes).toEqual([
    { name: 'crew', primary: shownPrimary, second: shownSecond },
  ]);
});

test('sets whose members only look the same when joined differ', () => {
  expect(compare([item({ crew: { SS: ['a, b'] } })], [item({ crew: { SS: ['a', 'b'] } })])).toHaveLength(1);
});

test('an item that one region lacks is missing there, worth what the other recorded', () => {
  expect(compare([item()], [])).toMatchObject([
    { id: 'c-1', missingIn: 'second', attributes: [], cents: 112_500 },
  ]);
  expect(compare([], [item()])).toMatchObject([
    { id: 'c-1', missingIn: 'primary', date: '2026-05-14', cents: -112_500 },
  ]);
});

test('where a revenue can’t be read no cents are said', () => {
  expect(compare([item({ revenueTotal: { S: 'lots' } })], [item()])[0]?.cents).toBeNull();
});

test('attributes that no setting maps are nobody’s business', () => {
  expect(compare([item({ internal: { S: 'a' } })], [item({ internal: { S: 'b' } })])).toEqual([]);
});

test('the roster has neither dates nor money', () => {
  const crew = (name: string): AttributeMap => ({ crewId: { S: 'cr-1' }, name: { S: name } });
  const names = {
    of: 'crew',
    id: 'crewId',
    all: ['crewId', 'name'],
    date: null,
    month: null,
    revenue: null,
  } as const;
  expect(compareRegions([crew('Ann')], [crew('Anne')], names)).toEqual([
    {
      id: 'cr-1',
      of: 'crew',
      date: null,
      month: null,
      attributes: [{ name: 'name', primary: 'Ann', second: 'Anne' }],
      missingIn: null,
      cents: null,
    },
  ]);
});
