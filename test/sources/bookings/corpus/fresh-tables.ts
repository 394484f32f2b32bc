/** Unseen mail that is a table: a channel manager's label and value, an agency's vouchers, a ship's manifests. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const channel = lettersOf('channel-table', 'day-first', 'Kanalo Notifications <no-reply@kanalo.example>');

const channelRows = (lead: string, rows: readonly (readonly [string, string])[]): string =>
  `<html><body><div style="font-size:14px">${lead}</div><table style="border-collapse:collapse;border:1px solid black"><tbody>\n${rows
    .map(
      ([label, value]) =>
        `  <tr><td style="padding:6px"><strong>${label}</strong></td><td style="padding:6px">${value}</td></tr>`,
    )
    .join('\n')}\n</tbody></table><p>Regards,<br>The Kanalo team</p></body></html>`;

const CHANNEL_TABLE: readonly CorpusMail[] = [
  channel({
    name: 'created, with three references',
    receivedAt: '2026-05-03T15:52:00Z',
    subject: "New booking: Sat 16.May '26 @ 09:30 (SEC-T90310446) Ext. booking ref: 8830417752",
    html: channelRows('A booking came in through one of your channels.', [
      ['Booking ref.', 'KAN-50217733'],
      ['Product booking ref.', 'SEC-T90310446'],
      ['Ext. booking ref', '8830417752'],
      ['Product', 'SEC04 - Lagoon, Cliffs &amp; Caves: half day by boat'],
      ['Supplier', 'Seco Boat Trips'],
      ['Sold by', 'TravelBazaar'],
      ['Booking channel', 'TravelBazaar'],
      ['Customer', 'Giraud, Anne-Claire'],
      ['Customer email', 'relay-20b+8830417752@messages.travelbazaar.example'],
      ['Customer phone', 'FR+33 0639980142'],
      ['Date', "Sat 16.May '26 @ 09:30"],
      ['Rate', 'Standard'],
      ['PAX', '2 Adult, 1 Child, 1 Infant'],
      ['Extras', ''],
      ['Created', 'Sun, May 3 2026 @ 17:52'],
      ['Notes', 'Included:<br>Fruit and water<br>Life jackets for ages 0-12'],
    ]),
    expected: [
      told({
        reference: 'KAN-50217733',
        guestNames: ['Anne-Claire Giraud'],
        partySize: 4,
        date: '2026-05-16',
        departs: '09:30',
      }),
    ],
  }),
  channel({
    name: 'updated: one guest fewer, with a total in euros',
    receivedAt: '2026-05-05T09:05:00Z',
    subject: "Updated booking: Sat 16.May '26 @ 09:30 (SEC-T90310446)",
    html: channelRows('A booking of yours has new details.', [
      ['Booking ref.', 'KAN-50217733'],
      ['Customer', 'Giraud, Anne-Claire'],
      ['Date', "Sat 16.May '26 @ 09:30"],
      ['PAX', '2 Adult, 1 Child'],
      ['Resource', 'Boat: Maré Alta'],
      ['Total price', 'EUR 145.50'],
    ]),
    expected: [
      told({
        reference: 'KAN-50217733',
        guestNames: ['Anne-Claire Giraud'],
        partySize: 3,
        date: '2026-05-16',
        departs: '09:30',
        vessel: 'Maré Alta',
        amountCents: 14550,
        currency: 'EUR',
      }),
    ],
  }),
  channel({
    name: 'cancelled',
    receivedAt: '2026-05-10T19:20:00Z',
    subject: "Cancelled booking: Mon 18.May '26 @ 15:00 (SEC-T90310519)",
    html: channelRows('A booking of yours was called off.', [
      ['Booking ref.', 'KAN-50218840'],
      ['Product', 'SEC11 - Dolphin watching'],
      ['Customer', 'Tan, Joel'],
      ['Date', "Mon 18.May '26 @ 15:00"],
      ['PAX', '6 Adult'],
      ['Cancelled', 'Sun, May 10 2026 @ 21:20'],
    ]),
    expected: [
      told({
        reference: 'KAN-50218840',
        cancelled: true,
        guestNames: ['Joel Tan'],
        partySize: 6,
        date: '2026-05-18',
        departs: '15:00',
      }),
    ],
  }),
];

const agency = lettersOf('agency-voucher', 'day-first', 'Azul DMC Reservations <ops@azuldmc.example>');

const agencyRow = (tag: 'th' | 'td', cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag} style="border:1px solid #999;padding:3px 8px">${cell}</${tag}>`).join('')}</tr>`;

const AGENCY_HEADER = agencyRow('th', [
  'Voucher No.',
  'Service date',
  'ETD',
  'Lead pax',
  'AD',
  'CH',
  'INF',
  'Vessel',
  'Net rate EUR',
  'Status',
]);

const AGENCY_VOUCHER: readonly CorpusMail[] = [
  agency({
    name: 'one voucher in a wide table',
    receivedAt: '2026-05-04T08:00:00Z',
    subject: 'Service voucher AZ/26/03381',
    html: `<html><body><p>Dear partner,</p><p>please find our firm order. Invoice net to Azul DMC, reference on the invoice.</p>
<table>${AGENCY_HEADER}${agencyRow('td', ['AZ/26/03381', '21-May-26', '10:15', 'SCHOENFELD/ULRIKE MRS', '2', '1', '0', 'Estrela do Mar', '187,20', 'OK'])}</table>
<p>Best regards,<br>Inês<br>Azul DMC, NIPC 509 555 018</p></body></html>`,
    expected: [
      told({
        reference: 'AZ/26/03381',
        guestNames: ['ULRIKE SCHOENFELD'],
        partySize: 3,
        date: '2026-05-21',
        departs: '10:15',
        vessel: 'Estrela do Mar',
        amountCents: 18720,
        isNet: true,
        currency: 'EUR',
      }),
    ],
  }),
  agency({
    name: 'three vouchers, one cancelled and one on request',
    receivedAt: '2026-05-08T08:00:00Z',
    subject: 'Vouchers 08/05: 3 services',
    html: `<html><body><p>Dear partner, today's list:</p><table>${AGENCY_HEADER}
${agencyRow('td', ['AZ/26/03402', '23-May-26', '10:15', 'Petra Novotná', '2', '0', '0', 'Estrela do Mar', '124,80', 'OK'])}
${agencyRow('td', ['AZ/26/03377', '23-May-26', '10:15', 'Gareth Pugh', '4', '0', '1', 'Estrela do Mar', '249,60', 'CANCELLED'])}
${agencyRow('td', ['AZ/26/03405', '27-May-26', '17:00', 'Mei-Ling Hsu', '10', '0', '0', 'Vento Norte', '1.150,00', 'ON REQUEST'])}
</table></body></html>`,
    expected: [
      told({
        reference: 'AZ/26/03402',
        guestNames: ['Petra Novotná'],
        partySize: 2,
        date: '2026-05-23',
        departs: '10:15',
        vessel: 'Estrela do Mar',
        amountCents: 12480,
        isNet: true,
        requested: false,
      }),
      told({
        reference: 'AZ/26/03377',
        cancelled: true,
        guestNames: ['Gareth Pugh'],
        partySize: 5,
        date: '2026-05-23',
        departs: '10:15',
        vessel: 'Estrela do Mar',
        amountCents: 24960,
      }),
      told({
        reference: 'AZ/26/03405',
        guestNames: ['Mei-Ling Hsu'],
        partySize: 10,
        date: '2026-05-27',
        departs: '17:00',
        vessel: 'Vento Norte',
        amountCents: 115000,
        requested: true,
      }),
    ],
  }),
  agency({
    name: 'a cancellation in two lines',
    receivedAt: '2026-05-20T16:25:00Z',
    subject: 'CXL AZ/26/03381',
    text: `Dear partner, kindly cancel voucher AZ/26/03381 (Schoenfeld x3, 21-May-26 10:15 Estrela do Mar) free of charge.
Please send your written acknowledgement. Inês`,
    expected: [
      told({
        reference: 'AZ/26/03381',
        cancelled: true,
        guestNames: ['Schoenfeld'],
        partySize: 3,
        date: '2026-05-21',
        departs: '10:15',
        vessel: 'Estrela do Mar',
      }),
    ],
  }),
];

const shorex = lettersOf(
  'shorex-manifest',
  'month-first',
  'Shore Excursions, MS Aurora Borealis <shorex@northlines.example>',
);

const SHOREX_MANIFEST: readonly CorpusMail[] = [
  shorex({
    name: 'three tickets in fixed columns',
    receivedAt: '2026-05-24T21:00:00Z',
    subject: 'Manifest KW-114 Reef Sail, port call 26 MAY 2026',
    text: `SHORE EXCURSION MANIFEST                      PAGE 1/1
SHIP: MS AURORA BOREALIS     PORT: KEY WEST
TOUR: KW-114 REEF SAIL       DATE: 26 MAY 2026
OPERATOR BOAT: CORAL QUEEN   DEPARTS: 0930  RETURNS: 1230

TICKET    CABIN  GUEST NAME             PAX   SOLD USD
--------  -----  ---------------------  ---  ---------
A4471802  7114   DELACROIX, SIMONE        2     198.00
A4471840  8020   YAMAMOTO, KENJI          4     396.00
A4471911  5533   O'GRADY, PATRICK         1      99.00
--------  -----  ---------------------  ---  ---------
TOTAL                                     7     693.00

SHOREX STAFF ESCORT: 1 (NON-PAYING)`,
    expected: [
      told({
        reference: 'A4471802',
        guestNames: ['SIMONE DELACROIX'],
        partySize: 2,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'CORAL QUEEN',
        amountCents: 19800,
        currency: 'USD',
      }),
      told({
        reference: 'A4471840',
        guestNames: ['KENJI YAMAMOTO'],
        partySize: 4,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'CORAL QUEEN',
        amountCents: 39600,
      }),
      told({
        reference: 'A4471911',
        guestNames: ["PATRICK O'GRADY"],
        partySize: 1,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'CORAL QUEEN',
        amountCents: 9900,
      }),
    ],
  }),
  shorex({
    name: 'final count in HTML, one ticket cancelled',
    receivedAt: '2026-05-25T20:15:00Z',
    subject: 'FINAL Manifest KW-114 Reef Sail, port call 26 MAY 2026',
    html: `<html><body><h3>Shore Excursion Manifest &ndash; FINAL</h3>
<p>Ship: MS Aurora Borealis | Tour: KW-114 Reef Sail | Date: May 26, 2026 | Departs: 9:30 AM | Boat: Coral Queen</p>
<table border="1"><thead><tr><th>#</th><th>Ticket</th><th>Guest</th><th>Pax</th><th>Status</th></tr></thead><tbody>
<tr><td>1</td><td>A4471802</td><td>Simone Delacroix</td><td>2</td><td>Active</td></tr>
<tr style="color:#999;text-decoration:line-through"><td>2</td><td>A4471840</td><td>Kenji Yamamoto</td><td>4</td><td>Cancelled</td></tr>
<tr><td>3</td><td>A4471911</td><td>Patrick O&#39;Grady</td><td>3</td><td>Amended</td></tr>
</tbody><tfoot><tr><td colspan="3">Total sailing</td><td>5</td><td></td></tr></tfoot></table></body></html>`,
    expected: [
      told({
        reference: 'A4471802',
        guestNames: ['Simone Delacroix'],
        partySize: 2,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'Coral Queen',
      }),
      told({
        reference: 'A4471840',
        cancelled: true,
        guestNames: ['Kenji Yamamoto'],
        partySize: 4,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'Coral Queen',
      }),
      told({
        reference: 'A4471911',
        guestNames: ["Patrick O'Grady"],
        partySize: 3,
        date: '2026-05-26',
        departs: '09:30',
        vessel: 'Coral Queen',
      }),
    ],
  }),
];

export const FRESH_TABLES: readonly CorpusMail[] = [...CHANNEL_TABLE, ...AGENCY_VOUCHER, ...SHOREX_MANIFEST];
