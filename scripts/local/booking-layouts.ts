/** How two made-up agents write: confirmations in five layouts, forwards, changes and cancellations. */
import type { Cents } from '../../src/statement/money.ts';
import { formatMoney } from '../../src/statement/money.ts';
import type { IsoDate } from '../../src/statement/month.ts';
import { dateLabel } from '../../src/statement/month.ts';

export interface Agent {
  readonly name: string;
  readonly address: string;
}

/** What a mail says of a booking. */
export interface BookingFacts {
  /** Whose charters they are. */
  readonly company: string;
  readonly reference: string;
  readonly name: string;
  readonly vessel: string;
  readonly kind: 'public' | 'private';
  readonly date: IsoDate;
  /** `17:30` */
  readonly departs: string;
  readonly heads: number;
  readonly priceCents: Cents;
  /** Null when the agent leaves tax to the operator. */
  readonly taxCents: Cents | null;
}

export interface MailContent {
  readonly from: Agent;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
}

export type Layout = (facts: BookingFacts) => MailContent;

export const BOOKING_SITE: Agent = {
  name: 'Chesapeake Sail Bookings',
  address: 'confirmations@chesapeakesails.example',
};
/** Their comma must be quoted in a header. */
export const CONCIERGE: Agent = { name: 'Señora Tours, Annapolis', address: 'desk@senoratours.example' };

type Line = readonly [label: string, value: string];

const plain: Layout = (facts) => ({
  from: BOOKING_SITE,
  subject: `Booking confirmed: ${subjectWords(facts)}`,
  text: `A new booking for ${facts.company}.\n\n${labelled(bookingLines(facts))}\n\nThe guest has paid in full.\n${BOOKING_SITE.name}\n`,
  html: null,
});

const table: Layout = (facts) => ({
  ...plain(facts),
  text: null,
  html: page(
    `<h2>A new booking for ${escaped(facts.company)}</h2>\n${rows(bookingLines(facts))}\n<p>The guest has paid in full.<br>${BOOKING_SITE.name}</p>`,
  ),
});

const plainAndTable: Layout = (facts) => ({ ...plain(facts), html: table(facts).html });

const friendly: Layout = (facts) => {
  const lines: readonly Line[] = [
    ['Booking reference', facts.reference],
    ['Lead guest', facts.name],
    ['Party size', `${facts.heads} guests`],
    ['When', `${weekdayLabel(facts.date)} at ${halfDayTime(facts.departs)}`],
    ['Boat', facts.vessel],
    ...priceLines(facts),
  ];
  const closing = 'Free cancellation up to 48 hours before departure.';
  return {
    from: BOOKING_SITE,
    subject: `New booking ${facts.reference} for ${facts.name}`,
    text: `You have a new booking.\n\n${labelled(lines)}\n\n${closing}\n`,
    html: page(`<p>You have a new booking.</p>\n${rows(lines)}\n<p>${closing}</p>`),
  };
};

const voucher: Layout = (facts) => {
  const pairs: readonly (readonly [Line, Line])[] = [
    [
      ['Voucher No.', facts.reference],
      ['Lead passenger', facts.name],
    ],
    [
      ['Date of sailing', weekdayLabel(facts.date)],
      ['Departure time', halfDayTime(facts.departs)],
    ],
    [
      ['Vessel', facts.vessel],
      ['Pax', String(facts.heads)],
    ],
  ];
  const cells = ([label, value]: Line): string =>
    `<td class="l">${escaped(label)}</td><td>${escaped(value)}</td>`;
  const body = [
    ...pairs.map(([left, right]) => `<tr>${cells(left)}${cells(right)}</tr>`),
    ...priceLines(facts).map((line) => `<tr>${cells(line)}<td></td><td></td></tr>`),
  ].join('\n');
  return {
    from: CONCIERGE,
    subject: `Voucher ${facts.reference} – ${facts.company}`,
    text: null,
    html: page(
      `<table width="600" bgcolor="#eef"><tr><td>\n<h1>Señora Tours</h1>\n<p>Voucher for ${escaped(facts.company)}</p>\n<table border="1">\n${body}\n</table>\n<p>Thank you for having our guests aboard!</p>\n</td></tr></table>`,
    ),
  };
};

/** The site's own mail, which the concierge passes on an hour later. */
export function forwarded(facts: BookingFacts, sentMs: number): MailContent {
  const inner = plain(facts);
  const before = new Date(sentMs - 3_600_000).toISOString();
  const head = [
    `From: ${BOOKING_SITE.name} <${BOOKING_SITE.address}>`,
    `Date: ${dateLabel(before.slice(0, 10))} at ${halfDayTime(before.slice(11, 16))}`,
    `Subject: ${inner.subject}`,
    `To: <${CONCIERGE.address}>`,
  ].join('\n');
  return {
    from: CONCIERGE,
    subject: `Fwd: ${inner.subject}`,
    text: `For your list, please.\nInés\n\n---------- Forwarded message ---------\n${head}\n\n${inner.text}`,
    html: null,
  };
}

export const LAYOUTS = [plain, plainAndTable, table, friendly, voucher] as const satisfies readonly Layout[];

/** A booking as it is now. `why` is a sentence. */
export function amended(facts: BookingFacts, why: string): MailContent {
  return {
    from: BOOKING_SITE,
    subject: `Booking amended: ${subjectWords(facts)}`,
    text: null,
    html: page(
      `<h2>A booking for ${escaped(facts.company)} was changed</h2>\n${rows(bookingLines(facts))}\n<p>${escaped(why)}</p>`,
    ),
  };
}

/** All is given back. `why` stands after a colon: `thunderstorms`. */
export function cancelled(facts: BookingFacts, why: string): MailContent {
  const lines: readonly Line[] = [
    ['Booking', facts.reference],
    ['Guest', facts.name],
    ['Vessel', facts.vessel],
    ['Date', dateLabel(facts.date)],
    ['Departs', facts.departs],
    ['Status', 'Cancelled'],
    ['Refund', formatMoney(totalOf(facts))],
  ];
  return {
    from: BOOKING_SITE,
    subject: `Booking cancelled: ${facts.reference}`,
    text: `This booking was cancelled: ${why}.\n\n${labelled(lines)}\n\n${BOOKING_SITE.name}\n`,
    html: null,
  };
}

function subjectWords({ reference, vessel, date, departs }: BookingFacts): string {
  return `${reference}, ${vessel}, ${dateLabel(date)} at ${departs}`;
}

function bookingLines(facts: BookingFacts): readonly Line[] {
  return [
    ['Booking', facts.reference],
    ['Guest', facts.name],
    ['Vessel', facts.vessel],
    ['Date', dateLabel(facts.date)],
    ['Departs', facts.departs],
    ['Charter', facts.kind === 'private' ? 'private, whole vessel' : 'public sail'],
    ['Guests', String(facts.heads)],
    ...priceLines(facts),
  ];
}

function priceLines(facts: BookingFacts): readonly Line[] {
  const { priceCents, taxCents } = facts;
  const total: Line = ['Total paid', formatMoney(totalOf(facts))];
  if (taxCents === null) return [total];
  return [['Price', formatMoney(priceCents)], ['Tax', formatMoney(taxCents)], total];
}

function totalOf({ priceCents, taxCents }: BookingFacts): Cents {
  return priceCents + (taxCents ?? 0);
}

function labelled(lines: readonly Line[]): string {
  return lines.map(([label, value]) => `${label}: ${value}`).join('\n');
}

function weekdayLabel(date: IsoDate): string {
  const day = new Date(`${date}T00:00:00Z`);
  return `${day.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })}, ${dateLabel(date)}`;
}

/** `5:30 PM` */
function halfDayTime(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}

function page(body: string): string {
  return `<!DOCTYPE html>\n<html><body>\n${body}\n</body></html>\n`;
}

function rows(lines: readonly Line[]): string {
  const each = lines.map(
    ([label, value]) => `<tr><th align="left">${label}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<table>\n${each.join('\n')}\n</table>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
