/** The rows of a guest list: who went aboard, how many, who did not come, and who did not pay. */
import type { TripSheetComp } from '../../statement/trip-sheet.ts';
import { readTime } from './dates.ts';
import type { Field } from './fields.ts';
import type { Column } from './header.ts';
import type { Row } from './tab.ts';
import { textAt } from './tab.ts';
import {
  headsOf as compHeads,
  compOfNote,
  filledUp,
  isBlank,
  readComp,
  readComps,
  readCount,
  readMark,
  readNames,
  readParty,
  readShare,
  readStatus,
  withoutNumber,
} from './values.ts';

/** A heading between guests that says what the ones below it are. */
export type Section = 'boarded' | 'noShows' | 'comps' | null;

export interface ListLine {
  readonly row: Row;
  readonly section: Section;
}

export interface GuestRow {
  readonly row: Row;
  /** All that are listed, those who did not come included. */
  readonly names: readonly string[];
  /** Null when the row does not say. */
  readonly aboard: number | null;
  /** Null when nothing on the list says who came. */
  readonly noShows: number | null;
  readonly comps: readonly TripSheetComp[];
  readonly problems: readonly string[];
}

export interface GuestList {
  readonly guests: readonly GuestRow[];
  /** About the list as a whole. */
  readonly problems: readonly string[];
}

/** How people filled in a column, which decides what a blank in it means. */
interface Habits {
  readonly boarded: 'numbers' | 'marks' | 'unused' | 'absent';
  readonly boardedName: string;
  readonly heads: 'numbers' | 'absent';
  /** `exceptions`: only those who did not come, or did not pay, have a status. */
  readonly status: 'all' | 'exceptions' | 'unused' | 'absent';
  readonly statusName: string;
  readonly saysNoShows: boolean;
}

const BLANK_ROW: Row = { number: 0, cells: [] };

type Text = (field: Field) => string;

/** Reads the lines below a header whose columns are `columns`; lines that nobody filled in are left out. */
export function readGuestList(lines: readonly ListLine[], columns: readonly Column[]): GuestList {
  const used = lines.filter(({ row }) => isFilledIn(row, columns));
  const habits = habitsOf(used, columns);
  const guests: GuestRow[] = [];
  /** Names of a party that may follow the row with its number. */
  let toFollow = 0;
  for (const [at, line] of used.entries()) {
    const textIn =
      (row: Row): Text =>
      (field) =>
        textOf(row, columns, field);
    const text = textIn(line.row);
    if (toFollow > 0) {
      guests.push(nameOnly(line.row, text));
      toFollow -= 1;
      continue;
    }
    const guest = readGuest(line, text, partHeads(line.row, columns), habits);
    guests.push(guest);
    const heads = headsOf(text, null).heads ?? readCount(text('boarded')) ?? 1;
    if (guest.names.length !== 1 || heads < 2) continue;
    let names = 0;
    while (names < heads && isMereName(textIn(used[at + 1 + names]?.row ?? BLANK_ROW))) names += 1;
    // With fewer or more names than heads, nobody can tell whose they are.
    if (names === heads - 1) toFollow = names;
  }
  const unused = habits.boarded === 'unused' ? habits.boardedName : habits.statusName;
  const problems =
    saysNothing(habits) && guests.some(({ aboard }) => aboard === null)
      ? [`The column “${unused}” of the guest list is not filled in.`]
      : [];
  return { guests, problems };
}

function textOf(row: Row, columns: readonly Column[], field: Field): string {
  const column = columns.find((candidate) => candidate.field === field);
  const text = column === undefined ? '' : textAt(row, column.column);
  return /^[-–—_.\s]*$/.test(text) ? '' : text;
}

/** A numbered line, or one of unticked boxes, is a form that nobody filled in. */
function isFilledIn(row: Row, columns: readonly Column[]): boolean {
  return columns.some(({ field, column }) => {
    const text = textAt(row, column);
    if (field === 'guest' || field === 'firstName' || field === 'lastName')
      return !isBlank(withoutNumber(text));
    if (isBlank(text) || field === 'booking' || field === 'note') return false;
    return readMark(text) !== false && readCount(text) !== 0;
  });
}

function habitsOf(lines: readonly ListLine[], columns: readonly Column[]): Habits {
  const has = (field: Field) => columns.some((column) => column.field === field);
  const texts = (field: Field) =>
    lines.map(({ row }) => textOf(row, columns, field)).filter((text) => text !== '');
  const boarded = texts('boarded');
  const statuses = texts('status').map(readStatus);
  const marks = (text: string) => readCount(text) === null && wordOf(text) !== null;
  return {
    boarded: !has('boarded')
      ? 'absent'
      : boarded.length === 0
        ? 'unused'
        : boarded.some((text) => readCount(text) !== null)
          ? 'numbers'
          : boarded.some(marks)
            ? 'marks'
            : 'numbers',
    boardedName: columns.find(({ field }) => field === 'boarded')?.name ?? '',
    statusName: columns.find(({ field }) => field === 'status')?.name ?? '',
    heads: texts('heads').some((text) => readCount(text) !== null) ? 'numbers' : 'absent',
    status: !has('status')
      ? 'absent'
      : statuses.length === 0
        ? 'unused'
        : statuses.every((status) => status !== null && (status.aboard !== true || status.comp))
          ? 'exceptions'
          : 'all',
    // Numbers aboard alone say nothing of who stayed away; beside the party's number they do.
    saysNoShows:
      (has('status') && statuses.length > 0) ||
      has('noShows') ||
      boarded.some((text) => marks(text) || readShare(text) !== null) ||
      (boarded.length > 0 && (has('heads') || has('booked') || has('headsPart'))) ||
      lines.some(({ section }) => section !== null),
  };
}

/** There is a column to say who came, and nobody wrote into it. */
function saysNothing({ boarded, status }: Habits): boolean {
  const unsaid = (habit: string) => habit === 'unused' || habit === 'absent';
  return unsaid(boarded) && unsaid(status) && (boarded === 'unused' || status === 'unused');
}

/** Adults, children and so on together; null when none is filled in. */
function partHeads(row: Row, columns: readonly Column[]): number | null {
  const counts = columns
    .filter(({ field }) => field === 'headsPart')
    .map(({ column }) => readCount(textAt(row, column)))
    .filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

const CELLS_OF_A_PARTY = [
  ...([
    'heads',
    'booked',
    'headsPart',
    'boarded',
    'noShows',
    'comps',
    'status',
    'booking',
    'compReason',
    'note',
  ] as const),
];

function isMereName(text: Text): boolean {
  return CELLS_OF_A_PARTY.every((field) => text(field) === '') && readParty(nameText(text)).heads === null;
}

function nameOnly(row: Row, text: Text): GuestRow {
  return { row, names: readNames(nameText(text), null), aboard: 0, noShows: 0, comps: [], problems: [] };
}

function nameText(text: Text): string {
  const parts = [text('firstName'), text('lastName')].filter((part) => part !== '');
  return withoutNumber(parts.length > 0 ? parts.join(' ') : text('guest'));
}

interface Heads {
  readonly name: string;
  readonly heads: number | null;
  readonly problem: string | null;
}

function headsOf(text: Text, parts: number | null): Heads {
  const written = text('heads') || text('booked');
  const count = readCount(written);
  const party = readParty(nameText(text));
  const known = count ?? parts;
  const problem = written !== '' && count === null ? `“${written}” is not a number of guests` : null;
  // Beside a number of its own, `(4)` is part of the name.
  return known === null
    ? { ...party, problem }
    : { name: party.heads === known ? party.name : nameText(text), heads: known, problem };
}

function readGuest({ row, section }: ListLine, text: Text, parts: number | null, habits: Habits): GuestRow {
  const { name, heads, problem } = headsOf(text, parts);
  const who = name === '' ? `row ${row.number}` : `${name} (row ${row.number})`;
  const problems = problem === null ? [] : [`${sentence(problem)}: ${who}.`];
  const presence = readPresence({ text, heads, section, habits, who });
  problems.push(...presence.problems);
  const { aboard, noShows } = presence;
  const listed = readNames(name, heads ?? aboard);
  const comps = aboard === 0 ? [] : readRowComps({ text, names: listed, aboard: aboard ?? 1, section });
  return {
    row,
    names: namesWithoutReasons(listed, comps),
    aboard,
    noShows: habits.saysNoShows ? noShows : null,
    comps,
    problems,
  };
}

/** `Dana Whitlock, trade for an article` is listed as Dana Whitlock. */
function namesWithoutReasons(names: readonly string[], comps: readonly TripSheetComp[]): readonly string[] {
  return names.map((name) => {
    const { person } = readComp(name);
    return person !== name && comps.some((comp) => comp.person === person) ? person : name;
  });
}

interface PresenceInput {
  readonly text: Text;
  readonly heads: number | null;
  readonly section: Section;
  readonly habits: Habits;
  readonly who: string;
}

interface Presence {
  readonly aboard: number | null;
  readonly noShows: number;
  readonly problems: readonly string[];
}

function readPresence({ text, heads, section, habits, who }: PresenceInput): Presence {
  const party = heads ?? 1;
  const came = (aboard: number | null, noShows = 0, problems: readonly string[] = []): Presence => ({
    aboard,
    noShows,
    problems,
  });
  const stayed = readCount(text('noShows'));
  const stayedMark = readMark(text('noShows'));
  const status = text('status') === '' ? null : readStatus(text('status'));
  const unknown =
    text('status') !== '' && status === null
      ? [`The status “${text('status')}” of ${who} is not known; taken as aboard.`]
      : [];
  const boarded = text('boarded');
  const share = readShare(boarded);
  const count = readCount(boarded);
  if (share !== null) return came(share.came, stayed ?? share.booked - share.came, unknown);
  if (boarded !== '' && count !== null) {
    const missing = Math.max((heads ?? 1) - count, 0);
    const clash = count > 0 && status?.aboard === false && status.noShow;
    return came(count, stayed ?? missing, [
      ...unknown,
      ...(clash ? [`${sentence(who)} has ${count} aboard and the status “${text('status')}”.`] : []),
    ]);
  }
  const said = boarded === '' ? status : wordOf(boarded);
  if (boarded !== '' && said === null) {
    return came(null, stayed ?? 0, [`“${boarded}” does not say how many of ${who} went aboard.`]);
  }
  if (said?.counts) return came(said.counts.aboard, said.counts.noShows, unknown);
  if (said !== null && said !== undefined && said.aboard !== null) {
    if (said.aboard) return came(Math.max(party - (stayed ?? 0), 0), stayed ?? 0);
    return came(0, stayed ?? (said.noShow ? party : 0));
  }
  if (section === 'noShows' || stayedMark === true) return came(0, party);
  if (stayed !== null && stayed > 0) return came(Math.max(party - stayed, 0), stayed);
  if (section !== null) return came(party);
  const remark = text('status') === '' && boarded === '' ? readStatus(text('note')) : null;
  if (remark?.noShow && remark.counts === null) return came(0, party);
  if (habits.boarded === 'marks') return came(0, party);
  if (saysNothing(habits)) return came(null);
  if (habits.boarded === 'numbers' || (heads === null && habits.heads === 'numbers')) {
    return came(null, 0, [`${sentence(who)} has no number of guests aboard.`]);
  }
  if (habits.status === 'all' && text('status') === '') {
    return came(party, 0, [`${sentence(who)} has no status; taken as aboard.`]);
  }
  return came(party, 0, unknown);
}

/** A cell of the column `Boarded` that is no number: a tick, a time of boarding, a word. */
function wordOf(boarded: string) {
  const status = readStatus(boarded);
  if (status !== null) return status;
  if (readTime(boarded).time === null) return null;
  return { aboard: true, noShow: false, comp: false, words: '', counts: null };
}

interface CompsInput {
  readonly text: Text;
  readonly names: readonly string[];
  readonly aboard: number;
  readonly section: Section;
}

function readRowComps({ text, names, aboard, section }: CompsInput): readonly TripSheetComp[] {
  const cell = text('comps');
  const count = readCount(cell);
  const mark = readMark(cell);
  const status = readStatus(text('status')) ?? readStatus(text('boarded'));
  const note = compOfNote(text('note'));
  const reasonCell = text('compReason');
  const persons = text('compPerson');
  if (cell !== '' && (count === 0 || mark === false) && persons === '') return [];
  const isComp =
    section === 'comps' ||
    status?.comp === true ||
    cell !== '' ||
    reasonCell !== '' ||
    persons !== '' ||
    note !== null;
  if (!isComp) return [];
  const words = cell !== '' && count === null && mark === null ? cell : '';
  // A word like “comp” in the column “Comp” is a tick, not a reason.
  const cellReason = compOfNote(words)?.reason ?? words;
  const heads = count ?? (cell === '' && persons !== '' ? compHeads(readComps(persons)) : aboard);
  if (persons !== '') return filledUp(withReason(readComps(persons), reasonCell || cellReason), heads);
  const reason = reasonCell || cellReason || status?.words || note?.reason || '';
  const listed = names.map((name) => ({
    ...(reason === '' ? readComp(name) : { person: name, reason }),
    heads: 1,
  }));
  // Of several names in a row with one comp, nobody can tell which it is: the first speaks for the row.
  return filledUp(listed.slice(0, heads), heads);
}

function withReason(comps: readonly TripSheetComp[], reason: string): readonly TripSheetComp[] {
  return comps.map((comp) => ({ ...comp, reason: comp.reason || reason }));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
