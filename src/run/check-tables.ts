/** Set up's look at AWS: are the tables and the index there, and which attribute holds what. */

import type { CredentialSource } from '../clients/aws/credentials.ts';
import { createDynamoDb } from '../clients/aws/dynamodb.ts';
import type { TableDescription } from '../clients/aws/dynamodb-replies.ts';
import type { Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { Host } from '../host/host.ts';
import type { Proposal } from '../sources/propose-mapping.ts';
import { proposeMapping } from '../sources/propose-mapping.ts';
import type { Settings } from '../workbook/settings.ts';
import type { CharterAttribute, RosterAttribute } from '../workbook/settings-list.ts';
import {
  CHARTER_ATTRIBUTES,
  charterAttributeKey,
  ROSTER_ATTRIBUTES,
  rosterAttributeKey,
} from '../workbook/settings-list.ts';
import { wordsAboutRegion } from './unreached-region.ts';

const SAMPLED_ITEMS = 25;

export interface TableCheck {
  /** What is right, in words. */
  readonly good: readonly string[];
  /** What isn't, with what to do. */
  readonly problems: readonly string[];
  /** Regions that did not answer at all: asking one again may cost another two minutes. */
  readonly silent: readonly string[];
  /** Changes to the attribute settings that look right: setting key → new value. */
  readonly proposals: readonly (Proposal & { readonly settingKey: string })[];
}

export function checkTables(host: Host, settings: Settings, credentials: CredentialSource): TableCheck {
  const good: string[] = [];
  const problems: string[] = [];
  const silent: string[] = [];
  const primary = createDynamoDb({ region: settings.primaryRegion, credentials });
  const second =
    settings.secondRegion === null ? null : createDynamoDb({ region: settings.secondRegion, credentials });
  const found = exchange(host, {
    charters: primary.describeTable(settings.chartersTable),
    roster: primary.describeTable(settings.rosterTable),
    chartersSecond: second?.describeTable(settings.chartersTable),
    rosterSecond: second?.describeTable(settings.rosterTable),
    charterItems: primary.sampleItems(settings.chartersTable, SAMPLED_ITEMS),
    rosterItems: primary.sampleItems(settings.rosterTable, SAMPLED_ITEMS),
  });
  const tables: readonly (readonly [string, string | null, Outcome<TableDescription> | undefined])[] = [
    [settings.chartersTable, settings.primaryRegion, found.charters],
    [settings.rosterTable, settings.primaryRegion, found.roster],
    [settings.chartersTable, settings.secondRegion, found.chartersSecond],
    [settings.rosterTable, settings.secondRegion, found.rosterSecond],
  ];
  for (const [table, region, outcome] of tables) {
    if (outcome === undefined) continue;
    if (outcome.ok) good.push(`Table ${table} in ${region ?? ''} can be read.`);
    else {
      const setting = region === settings.primaryRegion ? 'Primary region' : 'Second region';
      problems.push(wordsAboutRegion(outcome.error, setting, region ?? ''));
      if (outcome.error.code === 'network-failed') silent.push(region ?? '');
    }
  }
  const proposals: TableCheck['proposals'][number][] = [];
  if (found.charters.ok) {
    const index = found.charters.value.indexes.find(({ name }) => name === settings.chartersIndex) ?? null;
    if (settings.chartersIndex !== null && index === null)
      problems.push(indexMissing(settings, found.charters.value));
    if (index !== null && index.projection !== 'ALL') {
      problems.push(
        `The index ${index.name} does not project all attributes (${index.projection}); charters read through it would lack some. Make one with projection ALL.`,
      );
    }
    const items = found.charterItems.ok ? found.charterItems.value : [];
    for (const proposal of proposeMapping(
      settings.charterAttributes,
      { key: found.charters.value.key, index },
      items,
    )) {
      if (!isOneOf(CHARTER_ATTRIBUTES, proposal.attribute)) continue;
      proposals.push({
        ...proposal,
        settingKey: charterAttributeKey(proposal.attribute satisfies CharterAttribute),
      });
    }
  }
  if (found.roster.ok) {
    const items = found.rosterItems.ok ? found.rosterItems.value : [];
    for (const proposal of proposeMapping(
      settings.rosterAttributes,
      { key: found.roster.value.key, index: null },
      items,
    )) {
      if (!isOneOf(ROSTER_ATTRIBUTES, proposal.attribute)) continue;
      proposals.push({
        ...proposal,
        settingKey: rosterAttributeKey(proposal.attribute satisfies RosterAttribute),
      });
    }
  }
  return { good, problems, silent, proposals };
}

function indexMissing(settings: Settings, table: TableDescription): string {
  const others = table.indexes.map(
    ({ name, partition, sort }) => `${name} (${partition}${sort === null ? '' : `, ${sort}`})`,
  );
  const list = others.length === 0 ? 'it has none' : `it has ${others.join(', ')}`;
  return `The table ${settings.chartersTable} has no index “${settings.chartersIndex ?? ''}”; ${list}. Correct the setting “Charters index”, or empty it so that the table is scanned.`;
}

function isOneOf<T extends string>(list: readonly T[], word: string): word is T {
  return (list as readonly string[]).includes(word);
}
