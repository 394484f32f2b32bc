/** What sentences say about one booking, for mails written by hand. */
import type { Draft, ReadingContext } from './booking-draft.ts';
import { kindOfSentence } from './mail-kind.ts';
import { findAmounts, fitsCurrency } from './read-amount.ts';
import type { DateReading } from './read-date.ts';
import { findDates, resolveDate } from './read-date.ts';
import type { Money } from './read-money.ts';
import { includedIn, isNetAhead, NO_MONEY } from './read-money.ts';
import { nameAndCount, namesInSentence } from './read-names.ts';
import { partyInSentence } from './read-party.ts';
import { referenceInSentence } from './read-reference.ts';
import { readTime } from './read-time.ts';
import { knownVesselIn, vesselInSentence } from './read-vessel.ts';

const OTHER_DATE =
  /(?<!\p{L})(?:booked|placed|made|created|issued|ordered|paid|due|deadline|by|before|until|expires?|valid|since|received|as of|dated|posted|born|birthday|no later than|deposit|balance|invoice|sent|spoke|called|wrote|goes? out|cancell?ed)\s?(?:on|date|of|is|:|from|to|due)?\s?(?:the\s)?(?:\p{L}{3,10},?\s)?$/iu;
const OTHER_TIME =
  /(?<!\p{L})(?:check(?:ing)?.?in|arriv\p{L}{0,4}|meet\p{L}{0,4}|pick.?up|picked up|return\p{L}{0,4}|back|until|till|end\p{L}{0,4}|finish\p{L}{0,4}|before|by|between|open\p{L}{0,4}|hours|office|call\p{L}{0,3})\s(?:\p{L}{1,12}\s){0,4}(?:at|by|to|is|from|around|about)?\s?$/iu;
const OTHER_AMOUNT =
  /(?<!\p{L})(?:deposit|payout|keep|payment|tip|tips|gratuity|fee|fees|fine|discount|refund\p{L}{0,3}|balance|remaining|outstanding|voucher|coupon|credit|tax|extra|additional|save|off|penalty|surcharge|up to|from|was|instead of|per person|per head)(?:\s\p{L}{1,12}){0,3}\s?$/iu;
const TOTAL =
  /(?<!\p{L})(?:total|price|amount|cost|charge|charged|pay|paid|settle|agreed|rate|quote|quoted|invoice)(?!\p{L})/iu;

/** Fills what labels left open; `isSparse`: labels said so little that the sentences are the booking. */
export function fillFromSentences(
  draft: Draft,
  sentences: readonly string[],
  context: ReadingContext,
  isSparse: boolean,
): void {
  const dates = new Map<string, DateReading>();
  let amount: { money: Money; problem: string | null; weight: number } | null = null;
  let party: { size: number | null; problem: string | null } | null = null;
  for (const sentence of sentences) {
    const now = currentSentence(sentence);
    draft.reference ??= referenceInSentence(now);
    draft.vessel ??= vesselInSentence(now, !isSparse) ?? knownVesselIn(now, context.vessels);
    const kind = kindOfSentence(sentence);
    draft.kind = strongest(draft.kind, kind);
    if (kind === 'amended') draft.partySize ??= partyInSentence(now).size;
    if (draft.guestNames.length === 0) draft.guestNames = namesInSentence(now, true);
    if (!isSparse) continue;
    const counted = nameAndCount(now);
    if (draft.guestNames.length === 0) {
      const names = namesInSentence(now);
      draft.guestNames = names.length === 0 && counted !== null ? [counted.name] : names;
    }
    if (counted !== null) party ??= { size: counted.size, problem: null };
    if (draft.date === null) {
      for (const found of findDates(now)) {
        if (OTHER_DATE.test(now.slice(Math.max(0, found.start - 40), found.start))) continue;
        const reading = resolveDate(found, context.dates);
        dates.set(reading.date ?? found.text, reading);
      }
    }
    if (draft.departs === null) {
      const { time, at } = timeInSentence(now, context);
      if (time !== null && !OTHER_TIME.test(now.slice(Math.max(0, at - 60), at))) draft.departs = time;
    }
    if (party === null || party.size === null) {
      const reading = partyInSentence(now);
      if (reading.size !== null || reading.problem !== null) party ??= reading;
      if (reading.size !== null) party = reading;
    }
    if (draft.money.amountCents === null) {
      for (const found of findAmounts(now, true)) {
        const ahead = now.slice(Math.max(0, found.start - 40), found.start);
        if (found.isPerHead || found.cents === null || OTHER_AMOUNT.test(ahead)) continue;
        const after = now.slice(found.end, found.end + 12);
        if (/^\s?(?:deposit|refund|tip|gratuity|discount|off|fee|voucher|balance|tax|vat)/i.test(after))
          continue;
        const isNet = isNetAhead(ahead) || /^\s?(?:nett?o?|payout)(?!\p{L})/iu.test(after);
        const weight = (TOTAL.test(ahead) ? 2 : 1) - (isNet ? 0.5 : 0);
        if (amount !== null && amount.weight >= weight) continue;
        const { cents, currency } = found;
        amount =
          context.currency === null || fitsCurrency(currency, context.currency)
            ? {
                money: {
                  amountCents: cents,
                  currency,
                  outsideCents: includedIn(now.slice(found.start)),
                  isNet,
                },
                problem: null,
                weight,
              }
            : {
                money: { ...NO_MONEY, currency },
                problem: `The amount ${found.text} is not in ${context.currency}.`,
                weight,
              };
      }
    }
  }
  if (!isSparse) return;
  takeDate(draft, [...dates.values()], context);
  if (draft.partySize === null && party !== null) {
    draft.partySize = party.size;
    if (party.problem !== null) draft.problems.push(party.problem);
  }
  if (draft.money.amountCents === null && amount !== null) {
    draft.money = amount.money;
    if (amount.problem !== null) draft.problems.push(amount.problem);
  }
}

function takeDate(draft: Draft, readings: readonly DateReading[], context: ReadingContext): void {
  // A date that is over is when somebody ordered or wrote, as long as there is one that is still to come.
  const sent = context.dates.receivedAt.slice(0, 10);
  const coming = readings.filter(({ date }) => date !== null && date > sent);
  const [first, ...others] = coming.length > 0 ? coming : readings;
  if (draft.date !== null || first === undefined) return;
  draft.date = first.date;
  if (first.problem !== null) draft.problems.push(first.problem);
  const other = others.find((reading) => reading.date !== null);
  if (other?.date !== undefined && first.date !== null) {
    draft.problems.push(`The mail names two dates: ${first.date} and ${other.date}.`);
  }
}

/** `moved from May 14 to May 21`, `at 6 PM instead of 5 PM`: what was before is gone. */
function currentSentence(sentence: string): string {
  return sentence
    .replace(/(?<!\p{L})from\s(.{1,60}?)\sto\s(?=.{0,30}\d)/giu, (whole, old: string) =>
      /\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)/i.test(old) && !/[.;]/.test(old)
        ? 'to '
        : whole,
    )
    .replace(/(?<![\d.:/-])\d{1,3}\s?(?:>|->|→|=>)\s?(?=\d)/g, '')
    .replace(/\((?:was|previously|formerly|originally|instead of|before)[^()]{0,80}\)/giu, ' ')
    .replace(/(?:,\s)?(?:instead of|rather than|not)\s(?:on\s|at\s|the\s)?[^,.;]{2,60}/giu, (whole) =>
      /\d/.test(whole) ? ' ' : whole,
    );
}

function timeInSentence(sentence: string, context: ReadingContext): { time: string | null; at: number } {
  const { time } = readTime(sentence, context.locale);
  const at = sentence.search(
    /\d{1,2}(?:[:.h]\s?\d\d)?\s?[ap]\.?\s?m|\d{1,2}[:h]\d\d|\d{1,2}\.\d\d\s?(?:h|uhr)|noon|midday|midnight|\d{4}\s?h/i,
  );
  return { time, at: Math.max(at, 0) };
}

/** A cancellation outweighs a change, a change a confirmation. */
export function strongest(a: Draft['kind'], b: Draft['kind']): Draft['kind'] {
  if (a === 'cancelled' || b === 'cancelled') return 'cancelled';
  if (a === 'amended' || b === 'amended') return 'amended';
  return a ?? b;
}

/** `Dear Anna Berg,`: the guest's name where nothing else gives one. */
export function nameInGreeting(sentences: readonly string[]): string[] {
  for (const sentence of sentences.slice(0, 3)) {
    const match =
      /^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\s((?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\p{Lu}[\p{L}’'-]{1,24}(?:\s\p{Lu}[\p{L}’'.-]{0,24}){1,3})[,!.:–-]/iu.exec(
        sentence,
      );
    const name = match?.[1];
    if (
      name === undefined ||
      /team|office|supplier|partner|sir|madam|customer|guest|captain|crew|all|colleague|everyone|there/i.test(
        name,
      )
    ) {
      continue;
    }
    if (name.split(' ').every((word) => /^\p{Lu}/u.test(word))) return [name];
  }
  return [];
}
