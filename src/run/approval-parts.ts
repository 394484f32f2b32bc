/** What a statement is made from, part by part, each as a short hash: equal hashes, nothing changed. */
import type { CharterReading } from '../statement/charter.ts';
import { compareText } from '../statement/charter.ts';
import { contentKey } from '../statement/content-key.ts';
import type { Finding } from '../statement/findings.ts';
import { isOpen } from '../statement/findings.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { monthOf } from '../statement/month.ts';
import { toJson } from '../statement/tagged-json.ts';
import { WORKBOOK_SETTING } from '../workbook/settings-list.ts';
import type { Collected } from './collect.ts';

/** In the order in which changes are told. */
export const PARTS = [
  'charters',
  'adjustments',
  'rates',
  'settings',
  'template',
  'tab',
  'findings',
  'recipients',
  'subject-and-file',
  'comparison',
  'regions',
] as const;

export type Part = (typeof PARTS)[number];

/** Parts that somebody can have changed in the workbook; who did, Drive may know. */
export const IN_WORKBOOK: ReadonlySet<Part> = new Set<Part>([
  'adjustments',
  'rates',
  'settings',
  'template',
  'tab',
]);

export function partsOf(collected: Collected): Readonly<Record<Part, string>> {
  const { input, workbook, calculation, recipients, sender, self, subject } = collected;
  const { statement } = calculation;
  const { month, version, code, company, currency } = statement;
  const crew = crewOf(collected);
  return {
    charters: hash([chartersOf(collected).map(plainReading), crew]),
    adjustments: hash([
      // Where a row stands is nobody's concern; in which order, decides over footnotes.
      input.adjustments.map((row) => ({ ...row, cell: '' })),
      input.carried.map((row) => ({ ...row, cell: '' })),
    ]),
    rates: hash(input.rates.map(({ from, vessel, rateCents }) => [from, vessel, rateCents])),
    settings: hash(settingsOf(collected)),
    template: contentKey(workbook.template).slice(0, 16),
    tab: hash(workbook.monthTitle),
    findings: hash(openFindings(collected).map(findingMark)),
    recipients: hash([
      sender.transport,
      sender.account ?? self,
      addressesOf(collected),
      recipients.to.length,
    ]),
    'subject-and-file': hash([
      subject,
      workbook.settings.fileName,
      [month, version, code, company, currency],
    ]),
    comparison: hash(
      // How far this month is from them follows from its own figures.
      statement.comparison.map(({ label, month: other, reportableCents }) => [label, other, reportableCents]),
    ),
    regions: hash(statement.dataFrom),
  };
}

/** What the month's statement looks at, in an order that does not depend on how it was read. */
export function chartersOf({ input, calculation }: Collected): CharterReading[] {
  const { month } = calculation.statement;
  return input.readings
    .filter((reading) => isOfMonth(reading, month))
    .sort((a, b) => compareText(idOf(a), idOf(b)));
}

function isOfMonth(reading: CharterReading, month: Month): boolean {
  const { date, month: filed } = reading.readable ? reading.charter : reading;
  return filed === month || (date === null ? filed === null : monthOf(date) === month);
}

export function idOf(reading: CharterReading): string {
  return reading.readable ? reading.charter.id : reading.id;
}

/** Sets have no order. */
function plainReading(reading: CharterReading): unknown {
  if (!reading.readable) return reading;
  const { charter } = reading;
  const sorted = (ids: readonly string[]): string[] => [...ids].sort(compareText);
  return { ...charter, crewIds: sorted(charter.crewIds), bookingRefs: sorted(charter.bookingRefs) };
}

/** Names as they are printed, of those who sailed. */
function crewOf(collected: Collected): readonly (readonly [id: string, name: string | null])[] {
  const ids = chartersOf(collected).flatMap((reading) => (reading.readable ? reading.charter.crewIds : []));
  return [...new Set(ids)].sort(compareText).map((id) => [id, collected.input.roster.get(id)?.name ?? null]);
}

/** Rows of the settings tab that a person fills and that say something, name and value as typed. */
export function settingsOf({ workbook }: Collected): readonly (readonly [name: string, value: string])[] {
  return workbook.settingsRows.slice(1).flatMap(([name, value]) => {
    const row = [String(name ?? '').trim(), String(value ?? '').trim()] as const;
    return row[0] === '' || row[1] === '' || row[0] === WORKBOOK_SETTING ? [] : [row];
  });
}

/** Those that a person must have looked at. */
export function openFindings({ calculation }: Collected): Finding[] {
  return calculation.findings.filter((finding) => finding.severity !== 'info' && isOpen(finding));
}

/** To before Cc. */
export function addressesOf({ recipients }: Collected): string[] {
  return [...recipients.to, ...recipients.cc].map(({ address }) => address);
}

export function charterMark(reading: CharterReading): string {
  return mark(plainReading(reading));
}

export function settingMark(row: readonly [name: string, value: string]): string {
  return mark(row);
}

/** Its words may change, what it is about and how heavy it is may not. */
export function findingMark({ code, severity, charterId, about, cents }: Finding): string {
  return mark([code, severity, charterId, about ?? null, cents]);
}

/** More would not fit into a property beside the rest. */
const MOST_MARKED = 150;

/** Null where they are too many. */
export function marksOf(
  collected: Collected,
): Readonly<Record<'charters' | 'settings' | 'findings', string | null>> {
  const joined = (marks: readonly string[]): string | null =>
    marks.length > MOST_MARKED ? null : marks.join('');
  return {
    charters: joined(chartersOf(collected).map(charterMark)),
    settings: joined(settingsOf(collected).map(settingMark)),
    findings: joined(openFindings(collected).map(findingMark)),
  };
}

const MARK_DIGITS = 6;

/** What `marksOf` has joined; a mark stands in it as often as it was there. */
export function marksIn(joined: string): string[] {
  return joined.match(new RegExp(`.{${MARK_DIGITS}}`, 'g')) ?? [];
}

function mark(value: unknown): string {
  return hash(value).slice(0, MARK_DIGITS);
}

function hash(value: unknown): string {
  return sha256Hex(canonicalJson(toJson(value))).slice(0, 16);
}
