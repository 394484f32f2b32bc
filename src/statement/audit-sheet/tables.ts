/** The tables of the audit tab, each to its rows. */
import { acceptanceWords } from '../accepted.ts';
import type { Adjustment } from '../adjustments.ts';
import type { CalendarUse } from '../calendar-audit.ts';
import { charterLines } from '../corrections.ts';
import type { RateUse } from '../evidence-audit/rates.ts';
import type { Finding, Link } from '../findings.ts';
import { isOpen } from '../findings.ts';
import type { CharterEvidence } from '../matching.ts';
import { cellDollars } from '../money.ts';
import { dateSerial } from '../month.ts';
import { weightWords } from '../severity-words.ts';
import { cut } from '../short-text.ts';
import type { StatementLine } from '../statement.ts';
import type { AuditSheetInput, Comparison } from './input.ts';
import type { Column, Formats, SheetRow, Shown, Tint } from './table.ts';
import { tableRows } from './table.ts';
import type { Group, Witness } from './witness.ts';
import { witnessOf } from './witness.ts';

/** So many findings are linked; every link is a cell written by itself. The others show their addresses as text. */
const MOST_LINKED = 500;
/** So many charters are coloured; the words go on. */
const MOST_COLOURED = 500;

const dollars = (cents: number | null): number | null => (cents === null ? null : cellDollars(cents));

/** An address that a cell may lead to; anything else stays text. */
function linked(text: string, uri: string): Shown {
  return /^https?:\/\/[^\s]+$/i.test(uri) && uri.length <= 2000 ? { text: cut(text, 60) || uri, uri } : text;
}

/** Its first four columns are those of the tabs that accept findings and carry them forward, to be copied over. */
export function findingRows(formats: Formats, { statement, findings }: AuditSheetInput): SheetRow[] {
  const items = findings.map((finding, index) => ({ finding, isLinked: index < MOST_LINKED }));
  const hasAccepted = !findings.every(isOpen);
  const places = hasAccepted ? MOST_PLACES - 1 : MOST_PLACES;
  const where = (place: number): Column<(typeof items)[number]> => ({
    header: `Where ${place + 1}`,
    kind: 'words',
    value: ({ finding, isLinked }) => whereOf(finding.links, place, places, isLinked),
  });
  const acceptance: Column<(typeof items)[number]> = {
    header: 'Accepted by',
    kind: 'wrapped',
    value: ({ finding: { accepted } }) => (accepted === undefined ? null : acceptanceWords(accepted)),
  };
  const rows = tableRows(
    formats,
    'Findings',
    'Correct what is wrong in the charters table, or in “Purser adjustments”, and run again. To accept one as it is, copy its first four cells into “Purser accepted” with a reason and your name; what must come back next month, into “Purser carried forward”.',
    [
      { header: 'Month', kind: 'text', value: () => statement.month },
      { header: 'Finding', kind: 'text', value: ({ finding }) => finding.code },
      { header: 'Charter', kind: 'text', value: ({ finding }) => finding.charterId ?? finding.about ?? null },
      { header: 'Amount', kind: 'money', value: ({ finding }) => dollars(finding.cents) },
      {
        header: 'Severity',
        kind: 'words',
        value: ({ finding }) => weightWords(finding),
        tint: ({ finding }) => tintOf(finding),
      },
      { header: 'What', kind: 'wrapped', span: 7, value: ({ finding }) => finding.message },
      where(0),
      where(1),
      hasAccepted ? acceptance : where(2),
    ],
    items,
    'Nothing was found.',
  );
  // Every height of its own is a request, and merged cells are not fitted by Sheets.
  const rest = rows.slice(MOST_LINKED);
  const heightPx = rest.reduce((most, row) => Math.max(most, row.heightPx), 0);
  return [...rows.slice(0, MOST_LINKED), ...rest.map((row) => ({ ...row, heightPx }))];
}

const MOST_PLACES = 3;

function tintOf(finding: Finding): Tint | null {
  if (!isOpen(finding)) return 'clean';
  return finding.severity === 'info' ? null : finding.severity;
}

function whereOf(links: readonly Link[], place: number, places: number, isLinked: boolean): Shown {
  const link = links[place];
  if (link === undefined) return null;
  const more = place === places - 1 ? links.length - places : 0;
  const label = more > 0 ? `${cut(link.label, 40)} (and ${more} more)` : link.label;
  return isLinked ? linked(label, link.url) : `${cut(label)} ${link.url}`;
}

export function witnessRows(formats: Formats, input: AuditSheetInput): SheetRow[] {
  const { statement, matches, asked, findings } = input;
  const evidence = new Map<string, CharterEvidence>();
  for (const one of matches?.charters ?? []) evidence.set(one.charter.id, one);
  const codes = new Map<string, string[]>();
  for (const { charterId, code } of findings) {
    if (charterId === null) continue;
    const others = codes.get(charterId);
    if (others === undefined) codes.set(charterId, [code]);
    else others.push(code);
  }
  let coloured = 0;
  const items = charterLines(statement).map((line) => {
    const about = codes.get(line.id) ?? [];
    const witness = witnessOf(line, evidence.get(line.id) ?? null, about, asked, statement.currency);
    if (witness.marks.size > 0) coloured++;
    return { ...witness, isColoured: coloured <= MOST_COLOURED };
  });
  type Item = Witness & { readonly isColoured: boolean };
  const tint =
    (...groups: readonly Group[]) =>
    ({ marks, isColoured }: Item) =>
      isColoured && groups.some((group) => marks.has(group)) ? 'differs' : null;
  const guests = { kind: 'count', tint: tint('guests') } as const;
  const comps = { kind: 'count', tint: tint('comps') } as const;
  const money = { kind: 'money', tint: tint('money') } as const;
  const columns: Column<Item>[] = [
    ...sailingColumns<Item>(({ line }) => line),
    { header: 'Departs', kind: 'text', value: ({ line }) => line.departs },
    { header: 'Status', kind: 'words', value: ({ line }) => statusOf(line) },
    { header: 'Guests, ledger', ...guests, value: ({ line }) => line.guests },
    { header: 'Guests, booked', ...guests, value: ({ booked }) => booked },
    { header: 'Guests, boarded', ...guests, value: ({ boarded }) => boarded },
    { header: 'Comps, ledger', ...comps, value: ({ line }) => line.comps },
    { header: 'Comps, sheet', ...comps, value: ({ compsOnSheet }) => compsOnSheet },
    { header: 'Recorded', ...money, value: ({ line }) => dollars(line.recordedCents) },
    { header: 'Booked', ...money, value: ({ bookedCents }) => dollars(bookedCents) },
    {
      header: 'What differs',
      kind: 'wrapped',
      tint: tint('guests', 'comps', 'money', 'match'),
      value: ({ differs }) => differs,
    },
    { header: 'How matched', kind: 'wrapped', tint: tint('match'), value: ({ matched }) => matched },
    { header: 'Signed by', kind: 'words', value: ({ signedBy }) => signedBy },
  ];
  return tableRows(
    formats,
    'Witnesses',
    `What the ledger, the bookings and the trip sheets say of each charter. Coloured: what differs, or has a finding.${coloured > MOST_COLOURED ? ` Colour stops after ${MOST_COLOURED} charters; the words go on.` : ''} An empty cell: that witness says nothing.`,
    columns,
    items,
    'There is no charter in this month.',
  );
}

function statusOf(line: StatementLine): string {
  if (line.status === 'completed') return line.counted ? 'completed' : 'duplicate';
  return cut(line.statusText, 30);
}

function sailingColumns<T>(
  lineOf: (item: T) => StatementLine | undefined,
  idOf?: (item: T) => string,
): Column<T>[] {
  return [
    {
      header: 'Date',
      kind: 'date',
      value: (item) => {
        const line = lineOf(item);
        return line === undefined ? null : dateSerial(line.date);
      },
    },
    { header: 'Vessel', kind: 'text', value: (item) => lineOf(item)?.vessel ?? null },
    { header: 'Charter', kind: 'text', value: (item) => lineOf(item)?.id ?? idOf?.(item) ?? null },
  ];
}

export function calendarRows(formats: Formats, calendars: readonly CalendarUse[]): SheetRow[] {
  return tableRows<CalendarUse>(
    formats,
    'Calendars',
    'What connected calendars say of the month. A trip is a person’s event that concerns a sailing.',
    [
      { header: 'Read since', kind: 'date', value: ({ from }) => dateSerial(from) },
      { header: 'Account', kind: 'text', value: ({ account }) => account },
      { header: 'Calendar', kind: 'text', value: ({ calendarId }) => calendarId },
      { header: 'Last read', kind: 'text', span: 2, value: ({ readAt }) => readAt },
      { header: 'By Purser', kind: 'count', value: ({ written }) => written },
      { header: 'Trips', kind: 'count', value: ({ trips }) => trips },
      {
        header: 'Matched',
        kind: 'count',
        tint: ({ trips, matched }) => (matched < trips ? 'differs' : null),
        value: ({ matched }) => matched,
      },
    ],
    calendars,
    'No calendar is read.',
  );
}

export function rateRows(formats: Formats, { statement, rateUses }: AuditSheetInput): SheetRow[] {
  const lines = new Map(statement.lines.map((line) => [line.id, line]));
  return tableRows<RateUse>(
    formats,
    'Non-standard rates',
    'Effect: paying guests × (rate − standard).',
    [
      ...sailingColumns<RateUse>(
        ({ charterId }) => lines.get(charterId),
        ({ charterId }) => charterId,
      ),
      { header: 'Rate', kind: 'money', value: ({ rateCents }) => dollars(rateCents) },
      { header: 'Standard', kind: 'money', value: ({ standardCents }) => dollars(standardCents) },
      { header: 'Effect', kind: 'money', span: 2, value: ({ effectCents }) => dollars(effectCents) },
      { header: 'Where the rate is from', kind: 'wrapped', span: 5, value: ({ source }) => source },
    ],
    rateUses,
    'All charters sailed at the standard rate, or at a flat price.',
  );
}

export function compRows(formats: Formats, { statement, matches }: AuditSheetInput): SheetRow[] {
  const evidence = new Map((matches?.charters ?? []).map((one) => [one.charter.id, one]));
  return tableRows(
    formats,
    'Comps',
    '',
    [
      ...sailingColumns<StatementLine>((line) => line),
      { header: 'Worth', kind: 'money', value: ({ compsCents }) => dollars(compsCents) },
      { header: 'Comps', kind: 'count', value: ({ comps }) => comps },
      {
        header: 'Who and why, by the ledger',
        kind: 'wrapped',
        span: 7,
        value: (line) => evidence.get(line.id)?.charter.compNotes ?? line.notes,
      },
      {
        header: 'Who and why, by the trip sheet',
        kind: 'wrapped',
        span: 3,
        value: ({ id }) => compsOnSheets(evidence.get(id)),
      },
    ],
    statement.lines.filter(({ comps }) => comps > 0),
    'Nobody sailed without paying.',
  );
}

function compsOnSheets(evidence: CharterEvidence | undefined): string {
  return (evidence?.sheets ?? [])
    .flatMap(({ comps }) => comps)
    .map(({ person, heads, reason }) => {
      const who = `${cut(person)}${heads === 1 ? '' : ` (${heads})`}`;
      return reason === '' ? who : `${who}, ${cut(reason)}`;
    })
    .join('; ');
}

export function adjustmentRows(formats: Formats, { adjustments }: AuditSheetInput): SheetRow[] {
  return tableRows<Adjustment>(
    formats,
    'Adjustments of the month',
    'Guests, comps, rate and price are set to the value; discount, refund and forfeited are added; a correction is a line of its own.',
    [
      { header: 'Kind', kind: 'text', value: ({ kind }) => kind },
      { header: 'Who', kind: 'text', value: ({ who }) => who },
      { header: 'Charter', kind: 'text', value: ({ charterId }) => charterId },
      { header: 'Amount', kind: 'money', value: (one) => ('cents' in one ? dollars(one.cents) : null) },
      { header: 'Heads', kind: 'count', value: (one) => ('heads' in one ? one.heads : null) },
      { header: 'Reason', kind: 'wrapped', span: 7, value: ({ reason }) => reason },
      { header: 'Link', kind: 'words', value: ({ link }) => linked(link, link.trim()) },
      { header: 'Row', kind: 'words', value: ({ cell }) => cell },
    ],
    adjustments,
    'There are none.',
  );
}

export function comparisonRows(formats: Formats, comparison: readonly Comparison[]): SheetRow[] {
  return tableRows<Comparison>(
    formats,
    'Comparison',
    '',
    [
      { header: 'With', kind: 'words', span: 3, value: ({ label }) => label },
      { header: 'Then', kind: 'money', value: ({ cents }) => dollars(cents) },
      { header: 'Change', kind: 'money', value: ({ changeCents }) => dollars(changeCents) },
      { header: 'Percent', kind: 'percent', span: 2, value: ({ percent }) => percent },
    ],
    comparison,
    'There is nothing to compare with.',
  );
}
