import { readFileSync } from 'node:fs';
import type { ReadTables } from '../../src/accounts/permissions-policy.ts';
import { permissionsPolicy } from '../../src/accounts/permissions-policy.ts';

const ACCOUNT = '111122223333';
const DEFAULTS: ReadTables = {
  primaryRegion: 'us-east-1',
  secondRegion: 'us-west-2',
  chartersTable: 'crew-dispatch',
  chartersIndex: 'month-date-index',
  rosterTable: 'crew-roster',
};

interface Statement {
  readonly Action: string;
  readonly Resource: readonly string[];
}

function allowed(tables: ReadTables): string[] {
  const { Statement } = JSON.parse(permissionsPolicy(tables, ACCOUNT)) as { Statement: Statement[] };
  return Statement.flatMap(({ Action, Resource }) =>
    Resource.map((arn) => `${Action.replace('dynamodb:', '')} ${arn.split(':').slice(3).join(':')}`),
  );
}

test('with the settings as Set up… makes them it is the policy of docs/setup-aws.md', () => {
  const blocks = [...readFileSync('docs/setup-aws.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)];
  const documented = blocks.map(([, json]) => JSON.parse(json ?? '') as unknown);
  expect(documented).toContainEqual(JSON.parse(permissionsPolicy(DEFAULTS, ACCOUNT)));
});

test('names the tables, the index and the regions of the settings and nothing else', () => {
  const tables = {
    primaryRegion: 'eu-west-1',
    secondRegion: null,
    chartersTable: 'trips',
    chartersIndex: 'by-month',
    rosterTable: 'people',
  };
  expect(allowed(tables)).toEqual([
    'Query eu-west-1:111122223333:table/trips/index/by-month',
    'Scan eu-west-1:111122223333:table/trips',
    'Scan eu-west-1:111122223333:table/people',
    'DescribeTable eu-west-1:111122223333:table/trips',
    'DescribeTable eu-west-1:111122223333:table/people',
  ]);
});

test('without an index nothing is queried, and the charters of both regions may be scanned', () => {
  const rights = allowed({ ...DEFAULTS, chartersIndex: null });
  expect(rights.filter((right) => right.startsWith('Query'))).toEqual([]);
  expect(rights).toContain('Scan us-west-2:111122223333:table/crew-dispatch');
});

test('one region that is named twice stands there once', () => {
  const rights = allowed({ ...DEFAULTS, secondRegion: 'us-east-1' });
  expect(new Set(rights).size).toBe(rights.length);
});

test('GovCloud has a partition of its own', () => {
  const json = permissionsPolicy(
    { ...DEFAULTS, primaryRegion: 'us-gov-west-1', secondRegion: null },
    ACCOUNT,
  );
  expect(json).toContain('arn:aws-us-gov:dynamodb:us-gov-west-1');
  expect(json).not.toContain('arn:aws:');
});
