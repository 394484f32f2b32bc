/** The IAM permissions that Purser needs, for the tables of the settings. */

export interface ReadTables {
  readonly primaryRegion: string;
  readonly secondRegion: string | null;
  readonly chartersTable: string;
  /** Null: the table is scanned. */
  readonly chartersIndex: string | null;
  readonly rosterTable: string;
}

/**
 * Least rights as a policy document, ready to paste: what a run and Set up… ask of these tables, and nothing else
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html).
 *
 * @param accountId twelve digits: whose tables they are
 */
export function permissionsPolicy(tables: ReadTables, accountId: string): string {
  const { primaryRegion, secondRegion, chartersTable, chartersIndex, rosterTable } = tables;
  const regions = [...new Set([primaryRegion, ...(secondRegion === null ? [] : [secondRegion])])];
  const table = (region: string, name: string): string =>
    `arn:${partitionOf(region)}:dynamodb:${region}:${accountId}:table/${name}`;
  // Through an index a second region is only queried; what the index can't hold is looked for in the first.
  const scannedForCharters = chartersIndex === null ? regions : [primaryRegion];
  const statements = [
    ...(chartersIndex === null
      ? []
      : [
          allow(
            'QueryMonths',
            'dynamodb:Query',
            regions.map((region) => `${table(region, chartersTable)}/index/${chartersIndex}`),
          ),
        ]),
    allow('ScanRosterAndLostCharters', 'dynamodb:Scan', [
      ...scannedForCharters.map((region) => table(region, chartersTable)),
      ...regions.map((region) => table(region, rosterTable)),
    ]),
    allow(
      'DescribeInSetUp',
      'dynamodb:DescribeTable',
      regions.flatMap((region) => [table(region, chartersTable), table(region, rosterTable)]),
    ),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}

function allow(id: string, action: string, resources: readonly string[]): object {
  return { Sid: id, Effect: 'Allow', Action: action, Resource: resources };
}

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
