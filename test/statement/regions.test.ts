import { calculate } from '../../src/statement/calculate.ts';
import type { RegionAnswer, RegionDifference, RegionsEvidence } from '../../src/statement/evidence.ts';
import { charter, input, readable } from './samples.ts';

const primary: RegionAnswer = { region: 'us-east-1', answered: true, problem: null };
const second: RegionAnswer = { region: 'us-west-2', answered: true, problem: null };
const silent = { answered: false, problem: 'no answer' };
const difference: RegionDifference = {
  id: 'c-1',
  of: 'charter',
  date: '2026-05-14',
  month: '2026-05',
  attributes: [{ name: 'guests', primary: '10', second: '9' }],
  missingIn: null,
  cents: 0,
};

test.each<[string, RegionsEvidence]>([
  ['us-east-1', { primary, second: null, differences: [] }],
  ['us-east-1; us-west-2 agrees', { primary, second, differences: [] }],
  ['us-east-1; us-west-2 differs', { primary, second, differences: [difference] }],
  [
    'us-east-1; us-west-2 agrees',
    { primary, second, differences: [{ ...difference, date: '2026-04-30', month: '2026-04' }] },
  ],
  ['us-east-1; us-west-2 did not answer', { primary, second: { ...second, ...silent }, differences: [] }],
  [
    'us-west-2 alone; us-east-1 did not answer',
    { primary: { ...primary, ...silent }, second, differences: [] },
  ],
])('the statement says where its data is from: %s', (words, regions) => {
  expect(calculate(input(readable(charter()), { regions })).statement.dataFrom).toBe(words);
});
