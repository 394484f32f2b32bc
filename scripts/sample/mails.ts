/** The sample's mail: statements that the office sent by hand, and booking confirmations that came in. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { formatMoney } from '../../src/statement/money.ts';
import { addMonths, monthLabel } from '../../src/statement/month.ts';
import type { Totals } from '../../src/statement/statement.ts';
import type { BookingFacts, MailContent } from '../local/booking-layouts.ts';
import { amended, cancelled, forwarded, LAYOUTS } from '../local/booking-layouts.ts';
import { BOOKINGS, STRAY } from './bookings.ts';
import { ACCOUNTANT, COMPANY, OFFICE, PARTNERS } from './operator.ts';

type ComposedMail = ConstructorParameters<typeof MailComposer>[0];

/** RFC 5322 bytes with CRLF; composed by nodemailer, with nothing left to its clock or its dice. */
async function compose(mail: ComposedMail, messageId: string): Promise<Uint8Array> {
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

/** File name below `mail/` → what the agents wrote, each booking's first mail and what came after it. */
export async function bookingMails(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [index, { booked, changes }] of BOOKINGS.entries()) {
    const sent = `${daysBefore(booked.date, 4 + ((index * 5) % 23))} 1${index % 10}:4${index % 10}`;
    files.set(`${booked.reference}.eml`, await agentMail(confirmation(booked, index, sent), booked, sent, 1));
    for (const change of changes) {
      const content =
        change.kind === 'cancelled' ? cancelled(change.facts, change.why) : amended(change.facts, change.why);
      files.set(`${booked.reference}-${change.kind}.eml`, await agentMail(content, booked, change.sent, 2));
    }
  }
  const sent = '2026-04-13 10:31';
  files.set(`${STRAY.reference}.eml`, await agentMail(LAYOUTS[0](STRAY), STRAY, sent, 1));
  return files;
}

/** Hires come through the concierge, places by the site, one in nine of them passed on. */
function confirmation(facts: BookingFacts, index: number, sent: string): MailContent {
  if (facts.kind === 'private') return LAYOUTS[4](facts);
  if (index % 9 === 8) return forwarded(facts, Date.parse(`${sent.replace(' ', 'T')}Z`));
  return (LAYOUTS[index % 4] ?? LAYOUTS[0])(facts);
}

function agentMail(
  { from, subject, text, html }: MailContent,
  { reference }: BookingFacts,
  sent: string,
  word: number,
): Promise<Uint8Array> {
  const [date = '', time = ''] = sent.split(' ');
  const bodies = { ...(text === null ? {} : { text }), ...(html === null ? {} : { html }) };
  const host = from.address.split('@')[1];
  return compose(
    { from, to: OFFICE, date: headerDate(date, time), subject, ...bodies },
    `<${reference.toLowerCase()}.${word}@${host}>`,
  );
}
