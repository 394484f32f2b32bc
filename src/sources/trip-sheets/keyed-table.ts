/** A table of several trips: each row says its date, charter, departure or vessel, or goes on with the one above. */
import type { Field } from './fields.ts';
import type { ListLine } from './guest-list.ts';
import { readGuestList } from './guest-list.ts';
import type { Column } from './header.ts';
import type { Row } from './tab.ts';
import { textAt } from './tab.ts';
import type { Table, TableLine } from './table.ts';
import type { DateRules, TripDraft } from './trip-draft.ts';
import { newDraft, setTotal, takeIn } from './trip-draft.ts';
import { filledUp, isBlank, readComps, readCount } from './values.ts';

type Keys = Partial<Record<Field, string>>;

const KEYS = ['charterId', 'date', 'departs', 'departed', 'vessel'] as const;
const DITTO = /^(?:["″〃”]|''|ditto|do\.?|same|idem)$/i;

interface Group {
  readonly keys: Keys;
  readonly lines: ListLine[];
  readonly totals: Extract<TableLine, { kind: 'totals' }>[];
}

/** One draft a trip, in the order of their first rows. */
export function readKeyedTable({ columns, lines }: Table, rules: DateRules): readonly TripDraft[] {
  const listsGuests = columns.some(({ field }) =>
    ['guest', 'firstName', 'lastName', 'booking'].includes(field),
  );
  const groups: Group[] = [];
  const byKeys = new Map<string, Group>();
  let keys: Keys = {};
  let sinceTotal = new Set<Group>();
  let overall: Extract<TableLine, { kind: 'totals' }> | null = null;
  for (const line of lines) {
    if (line.kind === 'totals') {
      const [only] = sinceTotal;
      // A sum below one trip's rows is that trip's; below several it is everybody's.
      if (only !== undefined && sinceTotal.size === 1 && groups.length > 0) only.totals.push(line);
      else overall = line;
      sinceTotal = new Set();
      continue;
    }
    if (!saysTrip(line.row, columns)) continue;
    keys = keysOf(line.row, columns, keys);
    const id = JSON.stringify(KEYS.map((key) => keys[key] ?? ''));
    let group = listsGuests ? byKeys.get(id) : undefined;
    if (group === undefined) {
      group = { keys, lines: [], totals: [] };
      groups.push(group);
      byKeys.set(id, group);
    }
    group.lines.push(line);
    sinceTotal.add(group);
  }
  const drafts = groups.map((group) =>
    listsGuests ? draftOfGuests(group, columns, rules) : draftOfRow(group, columns, rules),
  );
  const [first] = drafts;
  if (overall !== null && first !== undefined) checkSum(first, drafts, overall);
  return drafts;
}

/** A row that names no trip and no guests is a remark or a blank line of a form. */
function saysTrip(row: Row, columns: readonly Column[]): boolean {
  return columns.some(({ column }) => !isBlank(textAt(row, column)));
}

/** A blank date is the one above; a row without any key goes on with the trip above. */
function keysOf(row: Row, columns: readonly Column[], above: Keys): Keys {
  const own: Keys = {};
  for (const key of KEYS) {
    const column = columns.find(({ field }) => field === key)?.column;
    const text = column === undefined ? '' : textAt(row, column);
    if (DITTO.test(text)) own[key] = above[key] ?? '';
    else if (!isBlank(text)) own[key] = text;
  }
  if (Object.keys(own).length === 0) return above;
  if (own.date === undefined && above.date !== undefined) own.date = above.date;
  return own;
}

function draftOfGuests(
  { keys, lines, totals }: Group,
  columns: readonly Column[],
  rules: DateRules,
): TripDraft {
  const draft = draftOfKeys(keys, rules);
  const list = readGuestList(lines, columns);
  draft.guests.push(...list.guests);
  draft.problems.push(...list.problems);
  for (const { counts } of totals)
    for (const [field, count] of counts) setTotal(draft, field, count, 'total row');
  for (const { row } of lines) {
    for (const { field, column } of columns) {
      if (field === 'captain') takeIn(draft, field, textAt(row, column), rules);
    }
  }
  return draft;
}

/** A row of numbers is a trip of its own, even when two rows name the same. */
function draftOfRow({ keys, lines }: Group, columns: readonly Column[], rules: DateRules): TripDraft {
  const draft = draftOfKeys(keys, rules);
  const [line] = lines;
  if (line === undefined) return draft;
  const text = (field: Field) => {
    const column = columns.find((candidate) => candidate.field === field)?.column;
    return column === undefined ? '' : textAt(line.row, column);
  };
  let parts: number | null = null;
  for (const { field, column } of columns) {
    const written = textAt(line.row, column);
    if (field === 'headsPart') parts = (parts ?? 0) + (readCount(written) ?? 0);
    else if (!isKey(field)) takeIn(draft, field, written, rules);
  }
  if (parts !== null && !draft.totals.has('boarded')) setTotal(draft, 'heads', parts, 'label');
  const reasons = text('compReason');
  if (!isBlank(reasons)) takeInReasons(draft, reasons);
  return draft;
}

function draftOfKeys(keys: Keys, rules: DateRules): TripDraft {
  const draft = newDraft();
  for (const key of KEYS) takeIn(draft, key, keys[key] ?? '', rules);
  return draft;
}

function isKey(field: Field): boolean {
  return KEYS.some((key) => key === field);
}

/** The reasons of comps whose persons have a column of their own, or stand before their reasons. */
function takeInReasons(draft: TripDraft, text: string): void {
  const comps = readComps(text);
  if (draft.comps.length === 0) {
    const count = draft.totals.get('comps')?.count ?? 0;
    // Without a person before it, a text in a column of reasons is a reason.
    draft.comps.push(
      ...comps.map((comp) => (comp.reason === '' ? { ...comp, person: '', reason: comp.person } : comp)),
    );
    const isNamed = draft.comps[draft.comps.length - 1]?.person !== '';
    if (!isNamed) draft.comps.splice(0, draft.comps.length, ...filledUp(draft.comps, count));
    return;
  }
  const reasons = text.split(/[;\n\r]+/).map((reason) => reason.trim());
  draft.comps.splice(
    0,
    draft.comps.length,
    ...draft.comps.map((comp, at) => ({
      ...comp,
      reason: comp.reason || (reasons.length === 1 ? (reasons[0] ?? '') : (reasons[at] ?? '')),
    })),
  );
}

function checkSum(
  first: TripDraft,
  drafts: readonly TripDraft[],
  overall: Extract<TableLine, { kind: 'totals' }>,
): void {
  const boarded = overall.counts.get('boarded');
  if (boarded === undefined) return;
  const sum = drafts.reduce(
    (before, draft) =>
      before +
      (draft.totals.get('boarded')?.count ??
        draft.guests.reduce((all, { aboard }) => all + (aboard ?? 0), 0)),
    0,
  );
  if (sum !== boarded) {
    first.problems.push(
      `The totals in row ${overall.row.number} say ${boarded} aboard; the trips come to ${sum}.`,
    );
  }
}
