/** One trip while its sheet is read: what labels, lists and totals said so far, and what it comes to. */
import type { IsoDate } from '../../statement/month.ts';
import { dateLabel } from '../../statement/month.ts';
import type { TripSheet, TripSheetComp } from '../../statement/trip-sheet.ts';
import type { DateOrder } from './dates.ts';
import { dateOfBareNumber, readDate, readTime } from './dates.ts';
import type { Field } from './fields.ts';
import type { GuestRow } from './guest-list.ts';
import { headsOf, isBlank, readComps, readCount, readNames, readShare, readSignature } from './values.ts';

/** How dates of this file are to be read. */
export interface DateRules {
  readonly order: DateOrder;
  /** Other dates of the file can only be meant in the other order. */
  readonly mixed: boolean;
}

export type Total = 'boarded' | 'heads' | 'booked' | 'noShows' | 'comps' | 'paying';

export interface TripDraft {
  charterId: string | null;
  date: IsoDate | null;
  departs: string | null;
  /** When it really left; stands in for a departure that is not said. */
  departed: string | null;
  vessel: string | null;
  captain: string | null;
  /** As written; empty for a line that nobody signed. */
  signature: string | null;
  readonly guests: GuestRow[];
  /** Names and comps from outside a guest list. */
  readonly names: string[];
  readonly comps: TripSheetComp[];
  readonly totals: Map<Total, { readonly count: number; readonly by: 'label' | 'total row' }>;
  readonly problems: string[];
  hasTable: boolean;
}

export function newDraft(): TripDraft {
  return {
    charterId: null,
    date: null,
    departs: null,
    departed: null,
    vessel: null,
    captain: null,
    signature: null,
    guests: [],
    names: [],
    comps: [],
    totals: new Map(),
    problems: [],
    hasTable: false,
  };
}

/** Whether the draft says anything that a trip sheet says. */
export function saysAnything(draft: TripDraft): boolean {
  return (
    saysWhoCame(draft) || [draft.charterId, draft.date, draft.departs, draft.vessel].some((it) => it !== null)
  );
}

/** Whether guests or totals were read: the trip's heading is over. */
export function saysWhoCame(draft: TripDraft): boolean {
  return draft.hasTable || draft.guests.length > 0 || draft.names.length > 0 || draft.totals.size > 0;
}

const TOTALS: ReadonlySet<string> = new Set<Total>([
  'boarded',
  'heads',
  'booked',
  'noShows',
  'comps',
  'paying',
]);

function isTotal(field: Field): field is Total {
  return TOTALS.has(field);
}

/** Takes in a labelled value, or a cell of a column about the trip; blank values say nothing. */
export function takeIn(draft: TripDraft, field: Field, written: string, rules: DateRules): void {
  const value = written.trim();
  if (field === 'signature') {
    draft.signature = draft.signature || value;
    return;
  }
  if (isBlank(value) && !(isTotal(field) && readCount(value) !== null)) return;
  if (isTotal(field)) {
    takeInTotal(draft, field, value);
    return;
  }
  switch (field) {
    case 'charterId':
      // `Trip 2 of 3`, `Charter: Sunset Cruise` name a trip, but not the ledger's.
      if (/\d/.test(value) && !/^\d{1,2}(\s|$)/.test(value))
        takeInText(draft, 'charterId', value, 'charters');
      return;
    case 'vessel':
      takeInText(draft, 'vessel', value, 'vessels');
      return;
    case 'captain':
      draft.captain ??= value;
      return;
    case 'date':
      takeInDate(draft, value, rules);
      return;
    case 'departs':
    case 'departed':
      takeInTime(draft, field, value, rules);
      return;
    case 'guest':
      draft.names.push(...readNames(value, null));
      return;
    case 'compPerson':
      draft.comps.push(...readComps(value));
      return;
  }
}

function takeInText(draft: TripDraft, field: 'charterId' | 'vessel', value: string, plural: string): void {
  const said = draft[field];
  if (said === null) draft[field] = value;
  else if (said.toLowerCase() !== value.toLowerCase()) {
    draft.problems.push(`The sheet names two ${plural}, “${said}” and “${value}”; the first was taken.`);
  }
}

function takeInDate(draft: TripDraft, value: string, rules: DateRules): void {
  const reading = readDate(dateOfBareNumber(value) ?? value, rules.order);
  const { date, other, problem, rest } = reading;
  if (problem !== null) draft.problems.push(problem);
  else if (date === null && readTime(value).time === null) {
    draft.problems.push(`“${value}” can't be read as a date.`);
  }
  if (date !== null && other !== null && rules.mixed) {
    draft.problems.push(
      `“${value}” could be ${dateLabel(date)} or ${dateLabel(other)}: this file writes dates in both ways. The first was taken.`,
    );
  }
  if (date !== null && draft.date !== null && date !== draft.date) {
    draft.problems.push(
      `The sheet says two dates, ${dateLabel(draft.date)} and ${dateLabel(date)}; the first was taken.`,
    );
  }
  draft.date ??= date;
  const time = readTime(rest);
  if (time.time !== null && draft.departs === null) setTime(draft, 'departs', time.time, time.unsure, value);
}

function takeInTime(draft: TripDraft, field: 'departs' | 'departed', value: string, rules: DateRules): void {
  const day = readDate(dateOfBareNumber(value) ?? value, rules.order);
  if (day.date !== null && draft.date === null) draft.date = day.date;
  const { time, unsure } = readTime(day.date === null ? value : day.rest);
  // `Departure: Pier 4` is a place; digits alone are a time gone wrong.
  if (time !== null) setTime(draft, field, time, unsure, value);
  else if (day.date === null && /^\D{0,3}\d[\d\s.,:;h]*\D{0,6}$/.test(value)) {
    draft.problems.push(`“${value}” can't be read as a time of departure.`);
  }
}

function setTime(
  draft: TripDraft,
  field: 'departs' | 'departed',
  time: string,
  unsure: boolean,
  written: string,
): void {
  const said = draft[field];
  if (said === null) {
    draft[field] = time;
    if (unsure)
      draft.problems.push(`“${written}” does not say whether it is morning or afternoon; read as ${time}.`);
  } else if (said !== time && field === 'departs') {
    draft.problems.push(`The sheet says two departures, ${said} and ${time}; the first was taken.`);
  }
}

function takeInTotal(draft: TripDraft, field: Total, value: string): void {
  const share = readShare(value);
  const count = share?.came ?? readCount(value);
  if (count !== null) setTotal(draft, field, count, 'label');
  else if (field === 'comps') draft.comps.push(...readComps(value));
  else if (field === 'heads' || field === 'booked') draft.names.push(...readNames(value, null));
  else if (field === 'boarded' || field === 'noShows') {
    draft.problems.push(`“${value}” is not a number of guests ${TOTAL_WORDS[field]}.`);
  }
}

const TOTAL_WORDS: Readonly<Record<Total, string>> = {
  boarded: 'aboard',
  heads: 'in the party',
  booked: 'booked',
  noShows: 'who did not show',
  comps: 'as comps',
  paying: 'who pay',
};

/** A label's word counts more than a total row's; two that differ are a problem. */
export function setTotal(draft: TripDraft, field: Total, count: number, by: 'label' | 'total row'): void {
  const said = draft.totals.get(field);
  if (said !== undefined && said.count !== count) {
    draft.problems.push(
      `The sheet says two totals of guests ${TOTAL_WORDS[field]}: ${said.count} and ${count}.`,
    );
  }
  if (said === undefined || said.by === 'total row') draft.totals.set(field, { count, by });
}

/** Puts what `other` says into `draft`, where it does not say so itself. */
export function joinDraft(draft: TripDraft, other: TripDraft): void {
  draft.charterId ??= other.charterId;
  draft.date ??= other.date;
  draft.departs ??= other.departs;
  draft.departed ??= other.departed;
  draft.vessel ??= other.vessel;
  draft.captain ??= other.captain;
  draft.signature ??= other.signature;
  draft.guests.push(...other.guests);
  draft.names.push(...other.names);
  draft.comps.push(...other.comps);
  draft.problems.push(...other.problems);
  for (const [field, { count, by }] of other.totals) setTotal(draft, field, count, by);
}

export interface SheetOrigin {
  readonly fileId: string;
  readonly fileName: string;
  readonly tab: string;
}

/** The trip as the rest of Purser knows it. `problems`: what the tab says beside the draft's own. */
export function finishTrip(draft: TripDraft, origin: SheetOrigin, problems: readonly string[]): TripSheet {
  const list = [...draft.guests];
  const stated = (field: Total) => draft.totals.get(field)?.count ?? null;
  const own: string[] = [...draft.problems, ...list.flatMap((guest) => guest.problems)];
  const countedNoShows = sumOf(list.map(({ noShows }) => noShows).filter((count) => count !== null));
  const knowsNoShows = list.some(({ noShows }) => noShows !== null);
  const unknown = list.some(({ aboard }) => aboard === null);
  const listedComps = list.flatMap((guest) => guest.comps);
  const apart = draft.comps.filter((comp) => !isListed(comp, listedComps));
  const comps = [...listedComps, ...apart];
  const compHeads = headsOf(comps);
  const listedNames = list.flatMap((guest) => guest.names);
  const counted = list.length === 0 || unknown ? null : sumOf(list.map(({ aboard }) => aboard ?? 0));
  const unlisted = apart.filter(
    ({ person }) => person !== '' && !listedNames.some((name) => sameName(name, person)),
  );
  const boarded = weighBoarded({
    stated,
    counted,
    countedNoShows,
    unlisted: headsOf(unlisted),
    problems: own,
  });
  const noShows = stated('noShows') ?? (knowsNoShows ? countedNoShows : null);
  if (stated('noShows') !== null && knowsNoShows && stated('noShows') !== countedNoShows && list.length > 0) {
    own.push(`The sheet says ${stated('noShows')} did not show; its guest list comes to ${countedNoShows}.`);
  }
  const statedComps = stated('comps');
  if (statedComps !== null && compHeads > 0 && statedComps !== compHeads) {
    own.push(`The sheet says ${statedComps} comps and lists ${compHeads}.`);
  }
  // A comp that is counted and not named must not vanish.
  const unnamed = (statedComps ?? 0) - compHeads;
  if (unnamed > 0) comps.push({ person: '', heads: unnamed, reason: '' });
  const paying = stated('paying');
  if (paying !== null && boarded !== null && paying + headsOf(comps) !== boarded) {
    own.push(
      `The sheet says ${paying} paying guests; ${boarded} aboard less ${headsOf(comps)} comps is not that.`,
    );
  }
  if (boarded === null && list.length === 0 && stated('booked') !== null) {
    own.push(`The sheet says that ${stated('booked')} were booked, but not how many went aboard.`);
  }
  return {
    ...origin,
    charterId: draft.charterId,
    date: draft.date,
    departs: draft.departs ?? draft.departed,
    vessel: draft.vessel,
    boarded,
    noShows,
    guestNames: [...listedNames, ...draft.names, ...unlisted.map(({ person }) => person)],
    comps,
    signedBy: draft.signature === null ? null : readSignature(draft.signature, draft.captain),
    problems: [...new Set([...own, ...problems])],
    notes: [],
  };
}

interface BoardedInput {
  readonly stated: (field: Total) => number | null;
  readonly counted: number | null;
  readonly countedNoShows: number;
  /** Comps that are named apart and not on the guest list. */
  readonly unlisted: number;
  readonly problems: string[];
}

/** The stated total, else what the list comes to; a problem when both are there and differ. */
function weighBoarded({ stated, counted, countedNoShows, unlisted, problems }: BoardedInput): number | null {
  const total = stated('boarded');
  const heads = stated('heads');
  if (counted === null) return total ?? heads;
  // Comps named apart from the list may be on it or beside it: the total tells.
  const possible = unlisted === 0 ? [counted] : [counted + unlisted, counted];
  if (total !== null) {
    if (!possible.includes(total)) {
      problems.push(`The sheet says ${total} went aboard; its guest list comes to ${counted}.`);
    }
    return total;
  }
  if (heads !== null) {
    const match = possible.find((count) => count === heads);
    if (match !== undefined) return match;
    // A total of the party sizes counts those who did not come, too.
    if (heads === counted + countedNoShows) return counted;
    problems.push(`The sheet says ${heads} guests; its guest list comes to ${counted}.`);
    return heads;
  }
  if (unlisted > 0) {
    problems.push(
      `${unlisted === 1 ? 'One comp is' : `${unlisted} comps are`} named apart from the guest list; counted as aboard beside it.`,
    );
  }
  return counted + unlisted;
}

function isListed(comp: TripSheetComp, listed: readonly TripSheetComp[]): boolean {
  return comp.person !== '' && listed.some(({ person }) => sameName(person, comp.person));
}

function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

/** Whatever the accents and the order of the names. */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
