/** The point “Tables in AWS”. */
import type { AttributeMap } from '../../clients/aws/attribute-value.ts';
import type { Outcome } from '../../clients/exchange.ts';
import { exchange } from '../../clients/exchange.ts';
import type { PurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { checkTables } from '../../run/check-tables.ts';
import { wordsAboutRegion } from '../../run/unreached-region.ts';
import { ledgerCalls, readItems } from '../../sources/ledger.ts';
import type { CharterReading } from '../../statement/charter.ts';
import type { Month } from '../../statement/month.ts';
import { addMonths, monthLabel, monthOf } from '../../statement/month.ts';
import type { Settings } from '../../workbook/settings.ts';
import { awsCredentials } from '../set-up-aws.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';
import { cellLink, PATIENCE_MS, workbookSettings } from './workbook-settings.ts';

const SHOWN = 3;

/** What one region has. */
type RegionCount =
  | {
      readonly ok: true;
      readonly last: number;
      readonly now: number;
      readonly roster: number;
      readonly unreadable: readonly string[];
    }
  | { readonly ok: false; readonly error: PurserError };

export function testTables(host: Host): Found {
  const { settings, tabs, tab } = workbookSettings(host);
  const { primaryRegion } = settings;
  const credentials = awsCredentials(host, [primaryRegion, settings.secondRegion]);
  const described = checkTables(host, settings, credentials);
  const links = [cellLink(tabs.spreadsheetUrl, tab)];
  if (described.silent.includes(primaryRegion)) return failed(described.problems, FIX_UNREACHED, links);
  const secondRegion = described.silent.includes(settings.secondRegion ?? '') ? null : settings.secondRegion;
  const now = monthOf(host.localTime(host.now(), settings.timeZone).date);
  const outcomes = exchange(
    host,
    ledgerCalls({ ...settings, secondRegion }, credentials, now, false, (event) => host.log(event)),
    { deadlineMs: host.now() + PATIENCE_MS },
  );
  const primary = countOf(outcomes, 'primary', settings, now);
  const second = secondRegion === null ? null : countOf(outcomes, 'second', settings, now);
  const words = [countWords(primaryRegion, primary, now), countWords(secondRegion ?? '', second, now)].flat();
  const problems =
    described.problems.length > 0 ? [...described.problems] : unreached(settings, primary, second);
  if (!primary.ok) return failed([...problems, ...words], FIX_UNREACHED, links);
  const doubts = [...problems, ...doubtsOf(settings, primary, second, now)];
  if (described.proposals.length > 0) {
    const named = described.proposals.map(({ from, to }) => `“${to}” for “${from}”`);
    doubts.push(`The table seems to name some attributes differently: ${named.join(', ')}.`);
  }
  return doubts.length === 0 ? good(words, links) : attention([...doubts, ...words], FIX_DOUBTS, links);
}

const FIX_UNREACHED =
  'Correct the names and regions in the settings, or choose Purser › Set up…: it asks for the role or the key again, and shows the policy that the role needs.';
const FIX_DOUBTS =
  'Correct the settings of tables, regions and attributes (Purser › Set up… proposes names), or the items in the table.';

function countOf(
  outcomes: Readonly<Record<string, Outcome<readonly AttributeMap[]>>>,
  role: 'primary' | 'second',
  settings: Settings,
  now: Month,
): RegionCount {
  const charters: AttributeMap[] = [];
  let roster: readonly AttributeMap[] = [];
  for (const [key, outcome] of Object.entries(outcomes)) {
    const ofCharters = key.startsWith(`${role} charters `);
    if (!ofCharters && key !== `${role} roster`) continue;
    if (!outcome.ok) return outcome;
    if (ofCharters) charters.push(...outcome.value);
    else roster = outcome.value;
  }
  const read = readItems({ primary: { charters, roster }, second: null, lost: [] }, settings);
  const last = addMonths(now, -1);
  const inMonth = (month: Month): CharterReading[] =>
    read.readings.filter((one) => monthOfReading(one) === month);
  return {
    ok: true,
    last: inMonth(last).length,
    now: inMonth(now).length,
    roster: read.roster.size,
    unreadable: [...inMonth(last), ...inMonth(now)].flatMap((one) =>
      one.readable ? [] : [`${one.id} (${one.problems.join('; ')})`],
    ),
  };
}

function monthOfReading(reading: CharterReading): Month | null {
  if (reading.readable) return monthOf(reading.charter.date);
  return reading.date === null ? reading.month : monthOf(reading.date);
}

function countWords(region: string, count: RegionCount | null, now: Month): string[] {
  if (count === null || !count.ok) return [];
  const last = monthLabel(addMonths(now, -1));
  const people = count.roster === 1 ? '1 person' : `${count.roster} people`;
  return [
    `${region}: ${count.last} charter${count.last === 1 ? '' : 's'} in ${last}, ${count.now} in ${monthLabel(now)}; ${people} in the roster.`,
  ];
}

function unreached(
  { primaryRegion, secondRegion }: Settings,
  primary: RegionCount,
  second: RegionCount | null,
): string[] {
  return [
    ...(primary.ok ? [] : [wordsAboutRegion(primary.error, 'Primary region', primaryRegion)]),
    ...(second === null || second.ok
      ? []
      : [wordsAboutRegion(second.error, 'Second region', secondRegion ?? '')]),
  ];
}

/** Tables that answer, and yet not as a statement needs it. */
function doubtsOf(
  { primaryRegion, secondRegion, chartersTable, rosterTable }: Settings,
  primary: Extract<RegionCount, { ok: true }>,
  second: RegionCount | null,
  now: Month,
): string[] {
  const doubts: string[] = [];
  const label = monthLabel(addMonths(now, -1));
  if (primary.last === 0) doubts.push(`${chartersTable} in ${primaryRegion} has no charter in ${label}.`);
  if (primary.roster === 0) doubts.push(`${rosterTable} in ${primaryRegion} has nobody in it.`);
  if (second?.ok === true && (second.last !== primary.last || second.now !== primary.now)) {
    doubts.push(`${secondRegion} does not have as many charters as ${primaryRegion}.`);
  }
  const { unreadable } = primary;
  if (unreadable.length > 0) {
    const more = unreadable.length > SHOWN ? ` and ${unreadable.length - SHOWN} more` : '';
    doubts.push(`Charters that can’t be read: ${unreadable.slice(0, SHOWN).join(', ')}${more}.`);
  }
  return doubts;
}
