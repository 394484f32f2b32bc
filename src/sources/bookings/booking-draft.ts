/** What a part of a mail says about one booking, before it becomes a word. */
import type { IsoDate } from '../../statement/month.ts';
import type { Found } from './best-pair.ts';
import { best, currentValue, ranked } from './best-pair.ts';
import type { DateOrder } from './booking-mail.ts';
import type { LabelField, Pair } from './label.ts';
import type { Kind } from './mail-kind.ts';
import { kindOfStatus } from './mail-kind.ts';
import type { DateContext } from './read-date.ts';
import { findDates, resolveDate } from './read-date.ts';
import type { Money } from './read-money.ts';
import { moneyOfPairs, NO_MONEY } from './read-money.ts';
import { readNames, sameName } from './read-names.ts';
import { readParty } from './read-party.ts';
import { readReference } from './read-reference.ts';
import { readTime } from './read-time.ts';
import { knownVesselIn, quotedVessel, readVessel, vesselInSentence } from './read-vessel.ts';

export interface Draft {
  kind: Kind | null;
  reference: string | null;
  guestNames: readonly string[];
  partySize: number | null;
  date: IsoDate | null;
  departs: string | null;
  vessel: string | null;
  money: Money;
  problems: string[];
  /** How many fields came from labels. */
  labelled: number;
}

export interface ReadingContext {
  readonly dates: DateContext;
  readonly locale: DateOrder;
  readonly currency: string | null;
  /** Names of the fleet, as the ledger writes them. */
  readonly vessels: readonly string[];
}

export function emptyDraft(): Draft {
  return {
    kind: null,
    reference: null,
    guestNames: [],
    partySize: null,
    date: null,
    departs: null,
    vessel: null,
    money: NO_MONEY,
    problems: [],
    labelled: 0,
  };
}

/** How many fields the draft knows. */
export function knownFields(draft: Draft): number {
  return (
    [
      draft.reference,
      draft.partySize,
      draft.date,
      draft.departs,
      draft.vessel,
      draft.money.amountCents,
    ].filter((value) => value !== null).length + (draft.guestNames.length > 0 ? 1 : 0)
  );
}

export function draftOfPairs(pairs: readonly Pair[], context: ReadingContext): Draft {
  const draft = emptyDraft();
  const take = <T>(found: Found<T>): T | null => {
    if (found.problem !== null && !draft.problems.includes(found.problem)) draft.problems.push(found.problem);
    return found.value;
  };
  for (const pair of ranked(pairs, ['reference'])) {
    draft.reference ??= readReference(currentValue(pair.value));
  }
  draft.guestNames = namesOf(pairs);
  draft.partySize = partyOf(pairs, draft.problems);
  draft.date = take(
    best(ranked(pairs, ['date', 'dateTime', 'time']), 'date', (value, pair) => {
      const dates = findDates(value, true);
      const [first, second] = dates;
      if (
        second !== undefined &&
        /^\W{0,3}(?:or|oder|ou|o)\W{0,3}$/i.test(value.slice(first?.end ?? 0, second.start))
      ) {
        return { value: null, problem: `The date “${value.slice(0, 40)}” names two days.` };
      }
      if (first !== undefined) {
        const { date, problem } = resolveDate(first, context.dates);
        return { value: date, problem };
      }
      const isSure = pair.label.field === 'date' && !pair.label.needsColon && /[\p{L}\d]{2}/u.test(value);
      const isOpen = /^(?:tbc|tba|tbd|open|flexible|to be (?:confirmed|advised|decided))/i.test(value);
      return {
        value: null,
        problem: isSure && !isOpen ? `The date “${value.slice(0, 40)}” could not be read.` : null,
      };
    }),
  );
  if (draft.date === null && draft.problems.length === 0) {
    draft.date = dayOfTour(pairs, context.dates) ?? bookedDay(pairs, context.dates);
  }
  draft.departs = take(
    best(ranked(pairs, ['time', 'dateTime', 'date']), 'time', (value, pair) => {
      const { time, problem } = readTime(
        withoutDates(value),
        context.locale,
        pair.label.field === 'time' || /^\d{4}$/.test(value),
      );
      return { value: time, problem };
    }),
  );
  // `Tour grade: 7:15 PM departure`
  for (const { value } of draft.departs === null ? ranked(pairs, ['tour']) : []) {
    draft.departs ??= /\d[:.h]\d\d|\d\s?[ap]m/i.test(value)
      ? readTime(withoutDates(value), context.locale).time
      : null;
  }
  draft.vessel =
    ranked(pairs, ['vessel'])
      .map((pair) => readVessel(currentValue(pair.value)))
      .find((name) => name !== null) ??
    ranked(pairs, ['tour'])
      .map(
        (pair) =>
          vesselInSentence(pair.value, true) ??
          knownVesselIn(pair.value, context.vessels) ??
          quotedVessel(pair.value),
      )
      .find((name) => name !== null) ??
    null;
  const { problem, ...money } = moneyOfPairs(pairs, context.currency);
  draft.money = money;
  take({ value: null, problem });
  for (const pair of pairs) {
    if (pair.label.field !== 'status') continue;
    draft.kind ??= kindOfStatus(currentValue(pair.value));
  }
  draft.labelled = knownFields(draft);
  return draft;
}

/** `Sunset Cruise | Thu 05/21/26` */
function dayOfTour(pairs: readonly Pair[], dates: DateContext): IsoDate | null {
  const found = ranked(pairs, ['tour']).flatMap(({ value }) => findDates(value));
  const days = new Set(found.map((each) => resolveDate(each, dates).date));
  return days.size === 1 ? ([...days][0] ?? null) : null;
}

/** `Booking date` is when somebody booked, unless it is still to come. */
function bookedDay(pairs: readonly Pair[], dates: DateContext): IsoDate | null {
  for (const { label, value } of pairs) {
    if (!/^(?:booking|reservation|order) date$|^date (?:of )?book/.test(label.words)) continue;
    const [found] = findDates(value, true);
    const date = found === undefined ? null : resolveDate(found, dates).date;
    if (date !== null && date > dates.receivedAt.slice(0, 10)) return date;
  }
  return null;
}

/** A time is looked for beside a date, not inside it: `14.05.2026` holds no 14:05. */
function withoutDates(value: string): string {
  let text = value;
  for (const found of findDates(value, true)) {
    text = `${text.slice(0, found.start)}${' '.repeat(found.end - found.start)}${text.slice(found.end)}`;
  }
  return text.replace(/T(?=\d\d:\d\d)/, ' ').trimStart();
}

function namesOf(pairs: readonly Pair[]): string[] {
  const collect = (fields: readonly LabelField[]) => {
    const names: string[] = [];
    for (const pair of pairs) {
      if (!fields.includes(pair.label.field)) continue;
      if (isCount(pair)) continue;
      for (const name of readNames(currentValue(pair.value))) {
        if (!names.some((other) => sameName(other, name))) names.push(name);
      }
    }
    return names;
  };
  const first = collect(['firstName']);
  const last = collect(['lastName']);
  const joined = first.map((name, index) => `${name}${last[index] === undefined ? '' : ` ${last[index]}`}`);
  const named = collect(['guestNames', 'guests']);
  if (named.length > 0) return named;
  if (joined.length > 0) return joined;
  if (last.length > 0) return last;
  const [contact] = ranked(pairs, ['contact']).filter(
    (pair) => !isCount(pair) && readNames(currentValue(pair.value)).length > 0,
  );
  return contact === undefined ? [] : readNames(currentValue(contact.value));
}

/** Whether the value of `Guests:` is a count: it starts with a number, or speaks of adults and the like. */
function isCount({ label, value }: Pair): boolean {
  const text = currentValue(value);
  // `Max Mustermann` is no limit, and `Ten Broeck` no count.
  if (label.field !== 'guests') return /^\W{0,3}\d/.test(text) && readParty(text).size !== null;
  if (/^\W{0,3}\d{1,3}[.)]\s?\p{L}/u.test(text)) return false;
  return readParty(text).size !== null || readParty(text).problem !== null || /^\W{0,3}\d/.test(text);
}

function partyOf(pairs: readonly Pair[], problems: string[]): number | null {
  const labels = ranked(
    pairs.filter((pair) => pair.label.field === 'partySize' || isCount(pair)),
    ['partySize', 'guests', 'guestNames', 'contact'],
  );
  const total = best(labels, 'party size', (value) => {
    const { size, problem } = readParty(value);
    return { value: size, problem };
  });
  const ages = ranked(pairs, ['ages']).map((pair) => readParty(currentValue(pair.value)).size);
  const sum =
    ages.every((count) => count !== null) && ages.length > 0
      ? ages.reduce((a, b) => (a ?? 0) + (b ?? 0), 0)
      : null;
  if (total.problem !== null) problems.push(total.problem);
  if (total.value === null) return total.problem === null ? sum : null;
  // `Quantity: 1` of a private charter is no head count.
  if (sum !== null && sum !== total.value) {
    if (labels[0]?.label.words === 'quantity' || labels[0]?.label.words === 'qty') return sum;
    if (sum > total.value || ages.length > 1) {
      problems.push(`The party is ${total.value}, but its parts add up to ${sum}.`);
    }
  }
  return total.value;
}
