/** Booking mail of a generated month, in the layouts of two agents. */
import type { Cents } from '../../src/statement/money.ts';
import { COMPANY, OFFICE } from '../sample/operator.ts';
import type { BookingFacts, MailContent } from './booking-layouts.ts';
import { amended, cancelled, forwarded, LAYOUTS } from './booking-layouts.ts';
import type { Dice } from './generate-dice.ts';
import type { Party } from './generate-parties.ts';
import { rawMail } from './raw-mail.ts';

export interface GeneratedMail {
  readonly eml: Uint8Array;
  /** Its Date header, milliseconds since 1970 UTC. */
  readonly receivedMs: number;
}

const DAY_MS = 86_400_000;
/** In New York it is morning, of the same day. */
const MORNING_MS = 13 * 3_600_000;
const MOST_DAYS_AHEAD = 40;

/** All mails about one booking, oldest first, all before the day of sailing. */
export function mailsOf(party: Party, dice: Dice): GeneratedMail[] {
  const { charter } = party;
  const facts = factsOf(party);
  const sailsMs = Date.parse(`${charter.date}T00:00:00Z`);
  const daysAhead = 3 + dice.below(MOST_DAYS_AHEAD - 2);
  const bookedMs = sailsMs - daysAhead * DAY_MS + MORNING_MS + dice.below(8 * 60) * 60_000;
  const changedMs = sailsMs - (1 + dice.below(daysAhead - 2)) * DAY_MS + MORNING_MS;
  const isAmended = charter.status === 'completed' && dice.percent(8);
  const booked = isAmended ? withOneMore(facts) : facts;
  const content = dice.percent(15) ? forwarded(booked, bookedMs) : dice.pick(LAYOUTS)(booked);
  const mails = [written(content, facts, 1, bookedMs)];
  if (isAmended) mails.push(written(amended(facts, 'One guest less.'), facts, 2, changedMs));
  if (charter.status === 'cancelled') {
    mails.push(written(cancelled(facts, charter.cancelReason ?? 'weather'), facts, 2, changedMs));
  }
  return mails;
}

function factsOf({ charter, reference, name, heads, priceCents, taxCents }: Party): BookingFacts {
  const { vessel, kind, date, departs } = charter;
  return { company: COMPANY, reference, name, vessel, kind, date, departs, heads, priceCents, taxCents };
}

function withOneMore(facts: BookingFacts): BookingFacts {
  const { heads, priceCents, taxCents } = facts;
  const more = (cents: Cents): Cents => cents + Math.floor(cents / heads);
  return {
    ...facts,
    heads: heads + 1,
    priceCents: more(priceCents),
    taxCents: taxCents === null ? null : more(taxCents),
  };
}

function written(
  content: MailContent,
  { reference }: BookingFacts,
  word: number,
  sentMs: number,
): GeneratedMail {
  const messageId = `<${reference.toLowerCase()}.${word}@${content.from.address.split('@')[1]}>`;
  return { eml: rawMail({ ...content, to: OFFICE, sentMs, messageId }), receivedMs: sentMs };
}
