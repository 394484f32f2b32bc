/** The sample's mail: statements that the office sent by hand, and booking confirmations that came in. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { formatMoney } from '../../src/statement/money.ts';
import { addMonths, dateLabel, monthLabel } from '../../src/statement/month.ts';
import type { Totals } from '../../src/statement/statement.ts';
import type { LoggedCharter } from './logbooks.ts';
import { mayCharter } from './logbooks.ts';
import { ACCOUNTANT, BOOKING_SITE, COMPANY, ETOILE, HERON, OFFICE, PARTNERS, TOLLIVER } from './operator.ts';
import { priceOfParty, taxOf } from './sailings.ts';

interface Booking {
  readonly charter: LoggedCharter;
  readonly ref: string;
  /** Who booked. */
  readonly name: string;
  /** Paying heads. */
  readonly heads: number;
}

const BOOKED: readonly (readonly [charter: LoggedCharter, names: readonly string[]])[] = [
  [mayCharter('05-03 14:00', ETOILE), ['Thomas O’Malley', 'Keiko Tanaka']],
  [mayCharter('05-07 17:00', HERON), ['Severn & Sons, attn. Beth Severn']],
  [mayCharter('05-08 18:30', TOLLIVER), ['Anneke de Vries', 'Marcus Bell']],
  [mayCharter('05-09 10:00', ETOILE), ['Chloë Grant', 'Jürgen Weiß', 'Paula Ortega']],
  [mayCharter('05-28 17:30', ETOILE), ['Dr. Anil Mehta']],
];

/** The bookings whose confirmations are in the inbox: all those of five May charters, one of which was cancelled. */
export const BOOKINGS: readonly Booking[] = BOOKED.flatMap(([charter, names]) =>
  names.map((name, party) => {
    const ref = charter.item.bookingRefs[party];
    const heads = charter.sailing.parties[party];
    if (ref === undefined || heads === undefined) throw new RangeError(`${name} has no party aboard`);
    return { charter, ref, name, heads };
  }),
);

type MailContent = ConstructorParameters<typeof MailComposer>[0];

/** RFC 5322 bytes with CRLF; composed by nodemailer, with nothing left to its clock or its dice. */
async function compose(mail: MailContent, messageId: string): Promise<Uint8Array> {
  const baseBoundary = messageId.replace(/\W/g, '');
  const message = new MailComposer({ ...mail, messageId, baseBoundary, newline: 'windows' }).compile();
  return new Uint8Array(await message.build());
}

/** New York is five hours behind UTC until the second Sunday of March, four after. */
function headerDate(date: string, time: string): string {
  const day = new Date(`${date}T00:00:00Z`).toUTCString().slice(0, 16);
  return `${day} ${time}:00 ${date < '2026-03-08' ? '-0500' : '-0400'}`;
}

function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** The mail of the 2nd of the month after. `posted` is null where the office had no statement yet. */
export function statementMail(month: string, posted: Totals | null): Promise<Uint8Array> {
  const label = monthLabel(month);
  const figures =
    posted === null
      ? `The ${label} figures are still being checked against the bookings; the tab will follow in the workbook.`
      : `The ${label} statement is in the workbook, tab "${label}": ${posted.charters} charters, ` +
        `${posted.paying} paying guests, ${formatMoney(posted.reportableCents)} revenue.`;
  const text = `Dear partners,\n\n${figures}\n\nPlease write to me with any questions.\n\nNora Whitfield\n${COMPANY}, Annapolis\n`;
  return compose(
    {
      from: OFFICE,
      to: [...PARTNERS],
      cc: [ACCOUNTANT],
      date: headerDate(`${addMonths(month, 1)}-02`, '09:12'),
      subject: `${COMPANY} revenue statement, ${label}`,
      text,
    },
    `<statement-${month}@mail.blueheron.example>`,
  );
}

/** The booking site writes plain, HTML or both, depending on how the guest booked. */
export function bookingMail(booking: Booking, index: number): Promise<Uint8Array> {
  const { item } = booking.charter;
  const lines = bookingLines(booking);
  const text = `A new booking for ${COMPANY}.\n\n${lines.map(([label, value]) => `${label}: ${value}`).join('\n')}\n\nThe guest has paid in full.\n${BOOKING_SITE.name}\n`;
  const rows = lines.map(
    ([label, value]) => `<tr><th align="left">${label}</th><td>${escaped(value)}</td></tr>`,
  );
  const html = `<!DOCTYPE html>\n<html><body>\n<h2>A new booking for ${COMPANY}</h2>\n<table>\n${rows.join('\n')}\n</table>\n<p>The guest has paid in full.<br>${BOOKING_SITE.name}</p>\n</body></html>\n`;
  const bodies = [{ text }, { text, html }, { html }] as const;
  return compose(
    {
      from: BOOKING_SITE,
      to: OFFICE,
      date: headerDate(daysBefore(item.date, 4 + index), `1${index % 10}:4${index % 10}`),
      subject: `Booking confirmed: ${booking.ref}, ${item.vessel}, ${dateLabel(item.date)} at ${item.departs}`,
      ...(bodies[index % bodies.length] ?? bodies[0]),
    },
    `<${booking.ref.toLowerCase()}@chesapeakesails.example>`,
  );
}

function bookingLines({ charter, ref, name, heads }: Booking): (readonly [label: string, value: string])[] {
  const { sailing, item } = charter;
  const priceCents = priceOfParty(sailing, heads);
  const taxCents = taxOf(priceCents);
  return [
    ['Booking', ref],
    ['Guest', name],
    ['Vessel', item.vessel],
    ['Date', dateLabel(item.date)],
    ['Departs', item.departs],
    ['Charter', item.kind === 'private' ? 'private, whole vessel' : 'public sail'],
    ['Guests', String(heads)],
    ['Price', formatMoney(priceCents)],
    ['Tax', formatMoney(taxCents)],
    ['Total paid', formatMoney(priceCents + taxCents)],
  ];
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
