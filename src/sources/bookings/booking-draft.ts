/** What a part of a mail says about one booking, before it becomes a word. */
import type { Cents } from '../../statement/money.ts';
import type { IsoDate } from '../../statement/month.ts';
import type { DateOrder } from './booking-mail.ts';
import type { LabelField, Pair } from './labels.ts';
import type { Kind } from './mail-kind.ts';
import { isOpenStatus, kindOfStatus } from './mail-kind.ts';
import { readAmount } from './read-amount.ts';
import type { DateContext } from './read-date.ts';
import { findDates, resolveDate } from './read-date.ts';
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
  amountCents: Cents | null;
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
    amountCents: null,
    problems: [],
    labelled: 0,
  };
}

/** How many fields the draft knows. */
export function knownFields(draft: Draft): number {
  return (
    [draft.reference, draft.partySize, draft.date, draft.departs, draft.vessel, draft.amountCents].filter(
      (value) => value !== null,
    ).length + (draft.guestNames.length > 0 ? 1 : 0)
  );
}

/** The value as it is now: what was struck out, or was before an arrow or in `(was …)`, is gone. */
export function currentValue(value: string): string {
  const arrow = /^(.{0,200})(?:→|⇒|➔|➜|=>|-+>|»>)(.{1,300})$/u.exec(value);
  const now = arrow?.[2] ?? value;
  return now
    .replace(
      /[([]\s?(?:was|previously|formerly|old|originally|before|instead of|changed from|prev|rather than)(?![\p{L}])[^)\]]{0,120}[)\]]?/giu,
      ' ',
    )
    .replace(/[,;–-]?\s(?:instead of|previously|formerly|was|originally|rather than)\s.{0,120}$/iu, ' ')
    .replace(/^\W{0,3}(?:changed|moved|updated|amended)?\s?from\s.{1,80}?\sto\s/iu, '')
    .replace(/[([](?:new|updated|changed|amended|revised)[)\]]/giu, ' ')
    .trim();
}

interface Found<T> {
  readonly value: T | null;
  readonly problem: string | null;
}

/** Pairs of the fields, best label first. */
function ranked(pairs: readonly Pair[], fields: readonly LabelField[]): Pair[] {
  return pairs
    .map((pair, index) => ({ pair, index, order: fields.indexOf(pair.label.field) }))
    .filter(({ order }) => order >= 0)
    .sort(
      (a, b) =>
        Number(b.pair.label.isNew) - Number(a.pair.label.isNew) ||
        Number(b.pair.label.rank < 0) - Number(a.pair.label.rank < 0) ||
        a.order - b.order ||
        a.pair.label.rank - b.pair.label.rank ||
        a.index - b.index,
    )
    .map(({ pair }) => pair);
}

/** The first of the pairs that can be read; of two that stand under the same label and differ, a problem. */
function best<T extends string | number>(
  pairs: readonly Pair[],
  what: string,
  read: (value: string, pair: Pair) => Found<T>,
): Found<T> {
  let problem: string | null = null;
  let chosen: { pair: Pair; value: T; problem: string | null } | null = null;
  for (const pair of pairs) {
    const found = read(currentValue(pair.value), pair);
    if (found.value === null) {
      problem ??= found.problem;
      if (chosen === null && found.problem !== null) return found;
      continue;
    }
    if (chosen === null) chosen = { pair, value: found.value, problem: found.problem };
    else if (chosen.pair.label.words === pair.label.words && chosen.value !== found.value) {
      return {
        value: chosen.value,
        problem: `The mail gives two ${what}s: ${chosen.value} and ${found.value}.`,
      };
    } else if (chosen.pair.label.words !== pair.label.words) break;
  }
  if (chosen !== null) return { value: chosen.value, problem: chosen.problem };
  return { value: null, problem };
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
      const first = dates[0];
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
  draft.departs = take(
    best(ranked(pairs, ['time', 'dateTime', 'date']), 'time', (value, pair) => {
      const { time, problem } = readTime(withoutDates(value), context.locale, pair.label.field === 'time');
      return { value: time, problem };
    }),
  );
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
  draft.amountCents = take(
    best(ranked(withoutPartPayments(pairs), ['amount']), 'amount', (value) => {
      const { cents, problem } = readAmount(value, context.currency);
      return { value: cents, problem };
    }),
  );
  for (const pair of pairs) {
    if (pair.label.field !== 'status') continue;
    const status = currentValue(pair.value);
    draft.kind ??= kindOfStatus(status);
    if (draft.kind !== 'cancelled' && isOpenStatus(status)) {
      draft.problems.push(`The booking is not confirmed: its status is “${status.slice(0, 40)}”.`);
    }
  }
  draft.labelled = knownFields(draft);
  return draft;
}

/** What was paid is not the price as long as something is still owed. */
function withoutPartPayments(pairs: readonly Pair[]): readonly Pair[] {
  const isOwed = pairs.some(
    ({ label, value }) => /balance|outstanding/.test(label.words) && (readAmount(value, null).cents ?? 0) > 0,
  );
  return isOwed
    ? pairs.filter(({ label }) => !/paid|payment|received|charged|collected/.test(label.words))
    : pairs;
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
      if (pair.label.field === 'guests' && isCount(pair.value)) continue;
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
    (pair) => readNames(currentValue(pair.value)).length > 0,
  );
  return contact === undefined ? [] : readNames(currentValue(contact.value));
}

/** Whether the value of `Guests:` is a count: it starts with a number, or speaks of adults and the like. */
function isCount(value: string): boolean {
  const text = currentValue(value);
  if (/^\W{0,3}\d{1,3}[.)]\s?\p{L}/u.test(text)) return false;
  return readParty(text).size !== null || readParty(text).problem !== null || /^\W{0,3}\d/.test(text);
}

function partyOf(pairs: readonly Pair[], problems: string[]): number | null {
  const labels = ranked(
    pairs.filter((pair) => pair.label.field !== 'guests' || isCount(pair.value)),
    ['partySize', 'guests'],
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
