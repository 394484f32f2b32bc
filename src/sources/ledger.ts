/** The ledger: charters and roster from both regions, asked in one round, weighed against each other. */
import type { AttributeMap, AttributeValue } from '../clients/aws/attribute-value.ts';
import type { CredentialSource } from '../clients/aws/credentials.ts';
import type { DynamoDb, ScanFilter } from '../clients/aws/dynamodb.ts';
import { createDynamoDb } from '../clients/aws/dynamodb.ts';
import type { Call, Outcome } from '../clients/exchange.ts';
import { PurserError } from '../host/errors.ts';
import type { LogEvent } from '../host/host.ts';
import type { CharterReading, CrewMember } from '../statement/charter.ts';
import type { RegionAnswer, RegionsEvidence } from '../statement/evidence.ts';
import type { FindingDraft } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthLabel, monthOf } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import type { CharterNames, RosterNames } from './charter-items.ts';
import { readCharter, readCrewMember } from './charter-items.ts';
import { compareRegions } from './compare-regions.ts';
import { comparableText } from './item-attributes.ts';

export interface LedgerSource {
  readonly chartersTable: string;
  /** Null: no index, the table is scanned. */
  readonly chartersIndex: string | null;
  readonly rosterTable: string;
  readonly primaryRegion: string;
  readonly secondRegion: string | null;
  readonly charterAttributes: CharterNames;
  readonly rosterAttributes: RosterNames;
}

export interface Ledger {
  readonly readings: readonly CharterReading[];
  readonly roster: ReadonlyMap<string, CrewMember>;
  readonly regions: RegionsEvidence;
  /** The same month last year, by date; null when the table does not have it, or did not answer. */
  readonly lastYearReadings: readonly CharterReading[] | null;
  readonly noticed: readonly FindingDraft[];
  /** What the above was read from. */
  readonly items: LedgerItems;
}

/** Items as DynamoDB gave them. */
export interface RegionItems {
  readonly charters: readonly AttributeMap[];
  readonly roster: readonly AttributeMap[];
}

export interface LedgerItems {
  /** Null: that region did not answer, or is not asked. */
  readonly primary: RegionItems | null;
  readonly second: RegionItems | null;
  /** Charters that the primary's index can't hold, found by a scan. */
  readonly lost: readonly AttributeMap[];
}

type ItemsCall = Call<readonly AttributeMap[]>;
type ItemsOutcome = Outcome<readonly AttributeMap[]>;

/** Side by side, so that a table of some megabytes is read in one round (1 MB is the most that a page scans). */
const SCAN_SEGMENTS = 8;

/**
 * All the calls for a month, by key. Neighbour months come along, because an item whose month attribute is stale
 * stands among them.
 *
 * @param lookForLost also scan for items that the index can't hold, since they lack its key attributes
 */
export function ledgerCalls(
  source: LedgerSource,
  credentials: CredentialSource,
  month: Month,
  lookForLost: boolean,
  log: (event: LogEvent) => void,
): Record<string, ItemsCall> {
  const calls: Record<string, ItemsCall> = {};
  const regions = [
    ['primary', source.primaryRegion],
    ['second', source.secondRegion],
  ] as const;
  for (const [role, region] of regions) {
    if (region === null) continue;
    const dynamoDb = createDynamoDb({ region, credentials, log });
    Object.assign(calls, prefixed(`${role} charters`, charterCalls(dynamoDb, source, month)));
    calls[`${role} roster`] = dynamoDb.scanAll({ table: source.rosterTable });
    if (role !== 'primary' || source.chartersIndex === null) continue;
    calls['primary last-year'] = queryMonth(dynamoDb, source, source.chartersIndex, addMonths(month, -12));
    if (lookForLost) Object.assign(calls, prefixed('primary lost', scanCalls(dynamoDb, source, month)));
  }
  return calls;
}

function charterCalls(dynamoDb: DynamoDb, source: LedgerSource, month: Month): Record<string, ItemsCall> {
  const { chartersIndex } = source;
  if (chartersIndex === null) return scanCalls(dynamoDb, source, null);
  const months = [addMonths(month, -1), month, addMonths(month, 1)];
  return Object.fromEntries(months.map((one) => [one, queryMonth(dynamoDb, source, chartersIndex, one)]));
}

function queryMonth(dynamoDb: DynamoDb, source: LedgerSource, index: string, month: Month): ItemsCall {
  const value: AttributeValue = { S: month };
  return dynamoDb.queryAll({
    table: source.chartersTable,
    index,
    partition: { name: source.charterAttributes.month, value },
  });
}

/** All of the table; or, with a month, only what its queries can't find. */
function scanCalls(
  dynamoDb: DynamoDb,
  source: LedgerSource,
  lostOf: Month | null,
): Record<string, ItemsCall> {
  const segments = Array.from({ length: SCAN_SEGMENTS }, (_, index) => index);
  return Object.fromEntries(
    segments.map((index) => [
      `segment-${index}`,
      dynamoDb.scanAll({
        table: source.chartersTable,
        segment: { index, of: SCAN_SEGMENTS },
        ...(lostOf === null ? {} : { filter: lostFilter(source, lostOf) }),
      }),
    ]),
  );
}

/**
 * What the queries of a month and its neighbours can't find: an item that the index can't hold, since its month or
 * date is absent or no text (`attribute_type` is then false), and one of the month's days under another month.
 */
function lostFilter(source: LedgerSource, month: Month): ScanFilter {
  const queried = [addMonths(month, -1), month, addMonths(month, 1)];
  return {
    expression:
      'NOT attribute_type(#month, :text) OR NOT attribute_type(#date, :text) OR (begins_with(#date, :m1) AND NOT #month IN (:m0, :m1, :m2))',
    names: { '#month': source.charterAttributes.month, '#date': source.charterAttributes.date },
    values: {
      ':text': { S: 'S' },
      ':m0': { S: queried[0] ?? month },
      ':m1': { S: month },
      ':m2': { S: queried[2] ?? month },
    },
  };
}

function prefixed(prefix: string, calls: Record<string, ItemsCall>): Record<string, ItemsCall> {
  return Object.fromEntries(Object.entries(calls).map(([key, call]) => [`${prefix} ${key}`, call]));
}

/**
 * What the replies say together. When the primary is out of reach the second serves, and a finding says so.
 * @throws PurserError of the primary's own when it refuses, or when neither answers
 */
export function readLedger(
  source: LedgerSource,
  outcomes: Readonly<Record<string, ItemsOutcome>>,
  month: Month,
): Ledger {
  const primary = regionItems(outcomes, 'primary');
  const second = source.secondRegion === null ? null : regionItems(outcomes, 'second');
  const served = primary.ok ? primary : fallback(source, primary.error, second);
  const lost = primary.ok ? lostItems(source, outcomes) : { items: [], noticed: [] };
  const readings = readCharters([...served.charters, ...lost.items], source.charterAttributes);
  const roster = readRoster(served.roster, source.rosterAttributes);
  const lastYear = outcomes['primary last-year'];
  return {
    readings,
    roster: roster.members,
    regions: {
      primary: answerOf(source.primaryRegion, primary),
      second: source.secondRegion === null || second === null ? null : answerOf(source.secondRegion, second),
      differences: primary.ok && second?.ok ? differences(source, primary, second) : [],
    },
    lastYearReadings:
      lastYear === undefined
        ? readingsOf(served.charters, source, addMonths(month, -12))
        : lastYear.ok
          ? readingsOf(lastYear.value, source, addMonths(month, -12))
          : null,
    noticed: [
      ...(primary.ok ? lastYearNoticed(lastYear, month) : []),
      ...lost.noticed,
      ...unreadableCrew(roster.unreadable, readings),
    ],
    items: {
      primary: itemsOf(primary),
      second: second === null ? null : itemsOf(second),
      lost: lost.items,
    },
  };
}

/** What items of a ledger say, each charter once: the very readings and roster of the run that kept them. */
export function readItems(
  items: LedgerItems,
  names: Pick<LedgerSource, 'charterAttributes' | 'rosterAttributes'>,
): Pick<Ledger, 'readings' | 'roster'> {
  const served = items.primary ?? items.second ?? { charters: [], roster: [] };
  return {
    readings: readCharters([...served.charters, ...items.lost], names.charterAttributes),
    roster: readRoster(served.roster, names.rosterAttributes).members,
  };
}

function readCharters(items: readonly AttributeMap[], names: CharterNames): CharterReading[] {
  const inTable = new Map<string, AttributeMap>();
  for (const item of items) {
    const id = item[names.charterId];
    // Without an id, which a wrong setting makes of all, nothing tells two items apart: each is a finding.
    inTable.set(id === undefined ? `without an id ${inTable.size}` : JSON.stringify(id), item);
  }
  return [...inTable.values()].map((item) => readCharter(item, names));
}

interface Answered extends RegionItems {
  readonly ok: true;
}

function itemsOf(reading: RegionReading): RegionItems | null {
  return reading.ok ? { charters: reading.charters, roster: reading.roster } : null;
}

type RegionReading = Answered | { readonly ok: false; readonly error: PurserError };

function regionItems(
  outcomes: Readonly<Record<string, ItemsOutcome>>,
  role: 'primary' | 'second',
): RegionReading {
  const charters: AttributeMap[] = [];
  let roster: readonly AttributeMap[] = [];
  for (const [key, outcome] of Object.entries(outcomes)) {
    const ofCharters = key.startsWith(`${role} charters `);
    if (!ofCharters && key !== `${role} roster`) continue;
    if (!outcome.ok) return { ok: false, error: namedError(outcome.error, key.endsWith(' roster')) };
    if (ofCharters) charters.push(...outcome.value);
    else roster = outcome.value;
  }
  return { ok: true, charters, roster };
}

/** A refusal about a table or index, in the words of the setting that names it. */
function namedError(error: PurserError, ofRoster: boolean): PurserError {
  const { awsError, table, region } = error.data;
  const data = error.data;
  if (awsError === 'ResourceNotFoundException') {
    const setting = ofRoster ? 'Roster table' : 'Charters table';
    return new PurserError(ofRoster ? 'roster-table-missing' : 'charters-table-missing', {
      what: `There is no table “${table ?? ''}” in ${region ?? 'that region'}, or it has no such index.`,
      now: `Check the settings “${setting}”${ofRoster ? '' : ', “Charters index”'} and the regions.`,
      data,
      cause: error,
    });
  }
  const said = String(data.awsMessage ?? '');
  if (awsError === 'ValidationException' && !ofRoster && /projection/i.test(said)) {
    return new PurserError('charters-index-missing', {
      what: `The index that the settings name for the table “${table ?? ''}” in ${region ?? 'that region'} does not project all attributes; charters read through it would lack some.`,
      now: 'Make an index by month and date with projection ALL, or empty the setting “Charters index” so that Purser scans the table.',
      data,
      cause: error,
    });
  }
  if (awsError === 'ValidationException' && !ofRoster && /index/i.test(said)) {
    return new PurserError('charters-index-missing', {
      what: `The table “${table ?? ''}” in ${region ?? 'that region'} does not have the index that the settings name.`,
      now: 'Create the index by month and date, correct the setting “Charters index”, or empty it so that Purser scans the table.',
      data,
      cause: error,
    });
  }
  return error;
}

function fallback(source: LedgerSource, error: PurserError, second: RegionReading | null): Answered {
  const outOfReach = error.kind === 'unavailable' || error.kind === 'malformed';
  if (outOfReach && second?.ok) return second;
  if (outOfReach && second !== null && !second.ok) {
    throw new PurserError(error.code, {
      what: `The charters could not be read: neither ${source.primaryRegion} nor ${source.secondRegion ?? ''} gave an answer that Purser can use.`,
      now: `${error.now} In detail: ${source.primaryRegion}: ${error.what} ${source.secondRegion ?? ''}: ${second.error.what}`,
      data: error.data,
      cause: error,
    });
  }
  throw error;
}

function answerOf(region: string, reading: RegionReading): RegionAnswer {
  return reading.ok
    ? { region, answered: true, problem: null }
    : { region, answered: false, problem: reading.error.what.replace(/[.\s]+$/, '') };
}

function differences(
  source: LedgerSource,
  primary: Answered,
  second: Answered,
): RegionsEvidence['differences'] {
  const { charterAttributes: charter, rosterAttributes: roster } = source;
  return [
    ...compareRegions(primary.charters, second.charters, {
      of: 'charter',
      id: charter.charterId,
      all: Object.values(charter),
      date: charter.date,
      month: charter.month,
      revenue: charter.revenueTotal,
    }),
    ...compareRegions(primary.roster, second.roster, {
      of: 'crew',
      id: roster.crewId,
      all: Object.values(roster),
      date: null,
      month: null,
      revenue: null,
    }),
  ];
}

function lostItems(
  source: LedgerSource,
  outcomes: Readonly<Record<string, ItemsOutcome>>,
): { items: readonly AttributeMap[]; noticed: readonly FindingDraft[] } {
  const items: AttributeMap[] = [];
  for (const [key, outcome] of Object.entries(outcomes)) {
    if (!key.startsWith('primary lost ')) continue;
    if (!outcome.ok) {
      const why = outcome.error.what;
      return {
        items,
        noticed: [
          {
            code: 'scan-failed',
            message: `Purser could not look through the whole table ${source.chartersTable} for charters without a month or a date, or filed under a distant month: ${why} Such charters would be missed; run again, or allow dynamodb:Scan.`,
          },
        ],
      };
    }
    items.push(...outcome.value);
  }
  return { items, noticed: [] };
}

function readRoster(
  items: readonly AttributeMap[],
  names: RosterNames,
): { members: Map<string, CrewMember>; unreadable: string[] } {
  const members = new Map<string, CrewMember>();
  const unreadable: string[] = [];
  for (const item of items) {
    const member = readCrewMember(item, names);
    if (member === null) unreadable.push(comparableText(item[names.crewId]) ?? '(without an id)');
    else members.set(member.id, member);
  }
  return { members, unreadable };
}

/** A charter that names such a person has a finding of its own. */
function unreadableCrew(ids: readonly string[], readings: readonly CharterReading[]): FindingDraft[] {
  const named = new Set(readings.flatMap((reading) => (reading.readable ? reading.charter.crewIds : [])));
  return ids
    .filter((id) => !named.has(id))
    .map((id) => ({
      code: 'crew-unknown',
      message: `The roster's entry ${cut(id)} has no id or no name that can be read. Correct it.`,
    }));
}

function lastYearNoticed(outcome: ItemsOutcome | undefined, month: Month): FindingDraft[] {
  if (outcome === undefined || outcome.ok) return [];
  const { what } = outcome.error;
  return [
    {
      code: 'scan-failed',
      message: `${monthLabel(addMonths(month, -12))} could not be read to compare with: ${what} Run again.`,
    },
  ];
}

function readingsOf(
  items: readonly AttributeMap[],
  source: LedgerSource,
  month: Month,
): readonly CharterReading[] | null {
  const readings = items
    .map((item) => readCharter(item, source.charterAttributes))
    .filter((reading) => {
      const date = reading.readable ? reading.charter.date : reading.date;
      return date !== null && monthOf(date) === month;
    });
  return readings.length === 0 ? null : readings;
}
