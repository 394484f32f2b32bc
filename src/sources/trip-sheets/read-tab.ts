/** The trips of one tab: headings of labelled fields, guest lists, totals and signatures, from top to bottom. */
import type { IsoDate } from '../../statement/month.ts';
import type { TripSheet } from '../../statement/trip-sheet.ts';
import type { DateOrder } from './dates.ts';
import { contradictsOrder, readDate, readTime } from './dates.ts';
import type { Field, Vocabulary } from './fields.ts';
import { readGuestList } from './guest-list.ts';
import { headerAt } from './header.ts';
import { readKeyedTable } from './keyed-table.ts';
import type { LabelledValue } from './labelled.ts';
import { labelledRow } from './labelled.ts';
import { untangled } from './side-by-side.ts';
import type { Row, Tab, WideCell } from './tab.ts';
import type { SheetRows, Table } from './table.ts';
import { readTable } from './table.ts';
import type { DateRules, SheetOrigin, TripDraft } from './trip-draft.ts';
import {
  finishTrip,
  joinDraft,
  newDraft,
  saysAnything,
  saysWhoCame,
  setTotal,
  takeIn,
} from './trip-draft.ts';
import { isBlank, readComps, readCount, readStatus } from './values.ts';

/** One trip's part of a tab. */
interface Block {
  readonly draft: TripDraft;
  /** Of a table with a date or a charter in each row. */
  readonly keyed: TripDraft[];
  /** Rows that are neither labelled nor in a table. */
  readonly loose: Row[];
  readonly firstRow: number;
}

export interface TabReading {
  readonly trips: readonly TripSheet[];
  /** Whether anything of the tab looks like a trip sheet. */
  readonly understood: boolean;
}

const KEYS: ReadonlySet<string> = new Set<Field>(['charterId', 'date', 'departs', 'vessel']);

/** The trips of a tab, with the tab's problems at the trip in whose rows they are. Never throws. */
export function readTab(
  tab: Tab,
  origin: Omit<SheetOrigin, 'tab'>,
  vocabulary: Vocabulary,
  order: DateOrder,
): TabReading {
  if (tab.rows.length > MOST_ROWS) {
    const problem = `The sheet has ${tab.rows.length} rows; more than ${MOST_ROWS} are no trip sheet.`;
    return { trips: [finishTrip(newDraft(), { ...origin, tab: tab.name }, [problem])], understood: false };
  }
  const rules: DateRules = { order, mixed: holdsOtherOrder(tab, order) };
  const wideCells = byRow(tab.wideCells);
  const sheet: SheetRows = { rows: untangled(tab.rows, wideCells, vocabulary), wideCells, vocabulary };
  const blocks = readBlocks(sheet, rules);
  const said = blocks.filter(({ draft, keyed }) => saysAnything(draft) || keyed.length > 0);
  const kept = said.length > 0 ? said : blocks.slice(0, 1);
  const trips = kept.flatMap((block, index) => {
    const from = index === 0 ? 0 : block.firstRow;
    const until = kept[index + 1]?.firstRow ?? Number.POSITIVE_INFINITY;
    const problems = tab.problems.filter(({ row }) => row >= from && row < until).map(({ what }) => what);
    return finishBlock(block, { ...origin, tab: tab.name }, shortened(problems), rules);
  });
  return { trips, understood: said.length > 0 };
}

const MOST_PROBLEMS = 20;
/** Not counting blank ones: a year's log has fewer, and reading must end. */
const MOST_ROWS = 20_000;

function shortened(problems: readonly string[]): readonly string[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    `${problems.length - MOST_PROBLEMS} more cells can't be read.`,
  ];
}

function holdsOtherOrder(tab: Tab, order: DateOrder): boolean {
  return tab.rows.some(({ cells }) =>
    cells.some(({ text }) => text.length <= 40 && contradictsOrder(text, order)),
  );
}

function byRow(wideCells: readonly WideCell[]): ReadonlyMap<number, readonly WideCell[]> {
  const rows = new Map<number, WideCell[]>();
  for (const cell of wideCells) {
    const row = rows.get(cell.row);
    if (row === undefined) rows.set(cell.row, [cell]);
    else row.push(cell);
  }
  return rows;
}

function readBlocks(sheet: SheetRows, rules: DateRules): readonly Block[] {
  const { rows, wideCells, vocabulary } = sheet;
  let block = newBlock(0);
  const blocks = [block];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at];
    if (row === undefined) break;
    const header = headerAt(rows, at, wideCells, vocabulary);
    if (header !== null) {
      const table = readTable(sheet, at, header);
      block = openByTitle(block, blocks, rules);
      takeInTable(block, table, rules);
      at = Math.max(table.end, at + header.rowCount);
      continue;
    }
    const list = singleColumnList(sheet, at);
    if (list !== null) {
      takeInTable(block, list, rules);
      at = list.end;
      continue;
    }
    const { values, others } = labelledRow(row, vocabulary);
    // A status among a guest's cells is a word, not a label that waits for its value.
    const isLoose = others.length > 0 && values.every(({ value }) => value === '');
    if (values.length === 0 || isLoose) block.loose.push(row);
    if (values.length > 0) {
      if (startsTrip(block, sheet, at, values)) {
        block = newBlock(row.number);
        blocks.push(block);
      }
      takeInValues(block, values, rules);
    }
    at += 1;
  }
  return blocks;
}

function newBlock(firstRow: number): Block {
  return { draft: newDraft(), keyed: [], loose: [], firstRow };
}

/** Whether a labelled row begins the next trip: a charter, or two of date, departure and vessel, after a list. */
function startsTrip(block: Block, sheet: SheetRows, at: number, values: readonly LabelledValue[]): boolean {
  const { draft } = block;
  if (!saysWhoCame(draft) && block.keyed.length === 0) return false;
  if (values.some(({ label }) => label === 'signature')) return false;
  const named = new Map<string, string>();
  const note = (some: readonly LabelledValue[]) => {
    for (const { label, value } of some) if (KEYS.has(label) && value !== '') named.set(label, value);
  };
  note(values);
  if (named.size === 0) return false;
  for (let next = at + 1; next < Math.min(at + 12, sheet.rows.length); next++) {
    const row = sheet.rows[next];
    if (row === undefined || headerAt(sheet.rows, next, sheet.wideCells, sheet.vocabulary) !== null) break;
    note(labelledRow(row, sheet.vocabulary).values);
  }
  const charter = named.get('charterId');
  if (charter !== undefined) return charter !== draft.charterId;
  return named.size >= 2;
}

function takeInValues(block: Block, values: readonly LabelledValue[], rules: DateRules): void {
  const signed = values.some(({ label }) => label === 'signature');
  for (const { label, value } of values) {
    if (label === 'other') continue;
    // The date beside a signature is the day of signing; so is a lone date below the list.
    const ofSigning = label === 'date' && (signed || (saysWhoCame(block.draft) && block.draft.date !== null));
    if (!ofSigning) takeIn(block.draft, label, value, rules);
  }
}

/** `10:00 Étoile du Nord` above a list of its own, in a sheet of one day's trips. */
function openByTitle(block: Block, blocks: Block[], rules: DateRules): Block {
  const title = block.loose[block.loose.length - 1];
  const text = title?.cells.length === 1 ? (title.cells[0]?.text ?? '') : '';
  const day = readDate(text, rules.order);
  const { time, rest } = readTime(day.date === null ? text : day.rest);
  if (title === undefined || time === null || text.length > 80) return block;
  const target = saysWhoCame(block.draft) ? newBlock(title.number) : block;
  if (target !== block) {
    blocks.push(target);
    target.draft.date = day.date ?? block.draft.date ?? titleDate(block, rules);
    target.draft.captain = block.draft.captain;
  }
  block.loose.pop();
  target.draft.date ??= day.date;
  target.draft.departs ??= time;
  const vessel = rest
    .replace(/\b(?:departure|departs|sailing|trip|charter|cruise)\b/gi, ' ')
    .replace(/\s+/g, ' ');
  const name = vessel.replace(/^[\s,;:|–—-]+|[\s,;:|–—-]+$/g, '');
  if (target.draft.vessel === null && /\p{L}{2}/u.test(name) && name.split(' ').length <= 7) {
    target.draft.vessel = name;
  }
  return target;
}

/** Names below a lone `Guests`, one in a row. */
function singleColumnList(sheet: SheetRows, at: number): Table | null {
  const row = sheet.rows[at];
  const [cell] = row?.cells ?? [];
  const next = sheet.rows[at + 1];
  if (row === undefined || cell === undefined || row.cells.length > 1 || next === undefined) return null;
  if (sheet.vocabulary.labelOf(cell.text) !== 'guest') return null;
  if (headerAt(sheet.rows, at + 1, sheet.wideCells, sheet.vocabulary) !== null) return null;
  const isName = (candidate: Row) =>
    candidate.cells.length === 1 &&
    candidate.cells[0]?.column === cell.column &&
    labelledRow(candidate, sheet.vocabulary).values.length === 0;
  if (!isName(next)) return null;
  const columns = [{ field: 'guest', column: cell.column, name: cell.text }] as const;
  return readTable(sheet, at, { columns, rowCount: 1 });
}

function takeInTable(block: Block, table: Table, rules: DateRules): void {
  const { columns, lines } = table;
  const has = (...fields: readonly Field[]) => columns.some(({ field }) => fields.includes(field));
  const { draft } = block;
  const isKeyed =
    has('date', 'charterId') ||
    (has('vessel') && draft.vessel === null) ||
    (has('departs') && draft.departs === null && draft.charterId === null);
  if (isKeyed) {
    const trips = readKeyedTable(table, rules);
    const [trip, ...others] = trips;
    const isHeading =
      others.length === 0 && block.keyed.length === 0 && !saysWhoCame(draft) && !has('guest', 'lastName');
    if (isHeading && trip !== undefined) joinDraft(draft, trip);
    else block.keyed.push(...trips);
    return;
  }
  const guests = lines.filter((line) => line.kind === 'guests');
  draft.hasTable ||= guests.length > 0;
  const names = has('guest', 'firstName', 'lastName');
  if (!names && has('compPerson', 'compReason') && !has('heads', 'boarded', 'status')) {
    for (const { row } of guests) takeInComp(draft, row, columns);
    return;
  }
  if (!names && !has('booking')) {
    // Numbers of the trip below their names.
    for (const { row } of guests) {
      for (const { field, column } of columns) {
        takeIn(draft, field, row.cells.find((cell) => cell.column === column)?.text ?? '', rules);
      }
    }
    return;
  }
  const list = readGuestList(guests, columns);
  draft.guests.push(...list.guests);
  draft.problems.push(...list.problems);
  takeInTotals(draft, table);
}

function takeInComp(draft: TripDraft, row: Row, columns: Table['columns']): void {
  const textOf = (field: Field) => {
    const column = columns.find((candidate) => candidate.field === field)?.column;
    return row.cells.find((cell) => cell.column === column)?.text ?? '';
  };
  const person = textOf('compPerson') || textOf('comps');
  const reason = textOf('compReason');
  if (isBlank(person) && isBlank(reason)) return;
  const comps = isBlank(person) ? [{ person: '', heads: 1, reason: '' }] : readComps(person);
  draft.comps.push(...comps.map((comp) => ({ ...comp, reason: isBlank(reason) ? comp.reason : reason })));
}

/** Totals with guests below are subtotals: the last sum that covers all is the total. */
function takeInTotals(draft: TripDraft, { lines }: Table): void {
  const sums = lines.filter((line) => line.kind === 'totals');
  const [last] = sums.slice(-1);
  if (last === undefined) return;
  const lastLine = lines[lines.length - 1];
  if (lastLine !== last && sums.length === 1) {
    draft.problems.push(`There are guests below the totals in row ${last.row.number}.`);
  }
  const inner = sums.slice(0, -1);
  for (const [field, count] of last.counts) {
    const before = inner.reduce((sum, line) => sum + (line.counts.get(field) ?? 0), 0);
    const isGrand =
      inner.length === 0 || /grand|^total/i.test(last.row.cells[0]?.text ?? '') || count === before;
    setTotal(draft, field, isGrand && count >= before ? count : count + before, 'total row');
  }
}

/** The one date in the rows that are not labelled: titles, mostly. */
function titleDate({ loose }: Block, { order }: DateRules): IsoDate | null {
  const texts = loose
    .flatMap(({ cells }) => cells.map(({ text }) => text))
    .filter((text) => text.length <= 120);
  const dates = new Set(texts.map((text) => readDate(text, order).date).filter((date) => date !== null));
  const [only] = dates;
  return dates.size === 1 && only !== undefined ? only : null;
}

function finishBlock(
  block: Block,
  origin: SheetOrigin,
  problems: readonly string[],
  rules: DateRules,
): readonly TripSheet[] {
  const { draft, keyed } = block;
  draft.date ??= titleDate(block, rules) ?? readDate(origin.tab, rules.order).date;
  if (keyed.length === 0) {
    const extra = saysWhoCame(draft) ? [] : missingList(block);
    return [finishTrip(draft, origin, [...extra, ...problems])];
  }
  const all = draft.guests.length > 0 || draft.names.length > 0 ? [draft, ...keyed] : keyed;
  checkOverall(draft, keyed);
  return all.map((trip, index) => {
    const whole: TripDraft = {
      ...trip,
      charterId: trip.charterId ?? draft.charterId,
      date: trip.date ?? draft.date,
      departs: trip.departs ?? (trip.departed === null ? draft.departs : null),
      vessel: trip.vessel ?? draft.vessel,
      captain: trip.captain ?? draft.captain,
      signature: trip.signature ?? draft.signature,
    };
    const ofAll = index === 0 && trip !== draft ? draft.problems : [];
    return finishTrip(whole, origin, index === 0 ? [...ofAll, ...problems] : []);
  });
}

/** A total below a table of several trips must be the sum of theirs. */
function checkOverall(draft: TripDraft, keyed: readonly TripDraft[]): void {
  const total = draft.totals.get('boarded')?.count;
  if (total === undefined || draft.guests.length > 0) return;
  const counts = keyed.map(
    (trip) =>
      trip.totals.get('boarded')?.count ?? trip.guests.reduce((sum, { aboard }) => sum + (aboard ?? 0), 0),
  );
  const sum = counts.reduce((before, count) => before + count, 0);
  if (sum !== total)
    draft.problems.push(`The sheet says ${total} went aboard in all; its trips come to ${sum}.`);
}

function missingList({ draft, loose }: Block): readonly string[] {
  const rows = loose.filter(looksLikeGuest);
  const [first] = rows;
  const last = rows[rows.length - 1];
  if (first !== undefined && last !== undefined) {
    const where =
      first === last ? `Row ${first.number} looks` : `Rows ${first.number} to ${last.number} look`;
    return [`${where} like a guest list, but no header says what its columns mean.`];
  }
  return [
    saysAnything(draft)
      ? 'The sheet has no guest list and no headcount.'
      : 'The sheet holds nothing that looks like a trip sheet.',
  ];
}

function looksLikeGuest({ cells }: Row): boolean {
  const others = cells.slice(1);
  return (
    cells.some(({ text }) => /^\p{L}[\p{L}\s.,'’-]+$/u.test(text)) &&
    others.some(({ text }) => {
      const count = readCount(text);
      return (count !== null && count < 1000) || (text.length < 30 && readStatus(text) !== null);
    })
  );
}
