/** Unseen mail of desks and event agencies: receipts and charter contracts. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const till = lettersOf(
  'receipt-columns',
  'month-first',
  'Marlin Point Watersports <orders@marlinpoint.example>',
);

const RECEIPT_COLUMNS: readonly CorpusMail[] = [
  till({
    name: 'tip, promo code and balance around the total',
    receivedAt: '2026-05-10T22:31:00Z',
    subject: 'Receipt for order MP-7H2K9',
    text: `Thanks, Delphine!

ORDER MP-7H2K9                         05/10/2026
------------------------------------------------
Private Sandbar Charter
  Fri 05/29/26  1:30p-5:30p   Boat: Lazy Pelican
  12 x Guest              @ 75.00        900.00
  1  x Cooler package                     60.00
  Promo MAYDAY                           -50.00
------------------------------------------------
  Subtotal                               910.00
  Sales tax 7%                            63.70
  Booking fee                             18.20
  Gratuity (18%)                         163.80
------------------------------------------------
  TOTAL                               $1,155.70
  Deposit paid 05/10/2026 (MC 8812)     -300.00
  BALANCE DUE AT DOCK                   $855.70

Guest of record:  Delphine Okonkwo-Reyes
Please arrive 30 min before (1:00p).`,
    expected: [
      told({
        reference: 'MP-7H2K9',
        guestNames: ['Delphine Okonkwo-Reyes'],
        partySize: 12,
        date: '2026-05-29',
        departs: '13:30',
        vessel: 'Lazy Pelican',
        amountCents: 115570,
        outsideCents: 24570,
        currency: '$',
      }),
    ],
  }),
  till({
    name: 'two trips in one order',
    receivedAt: '2026-05-11T14:03:00Z',
    subject: 'Receipt for order MP-7H3B1',
    text: `Thanks, Grant!

ORDER MP-7H3B1                         05/11/2026
------------------------------------------------
[1] Ticket MP-7H3B1-A
  Snorkel Trip      Wed 05/20/26  9:00a
  Boat: Lazy Pelican
  2 x Adult               @ 65.00        130.00
[2] Ticket MP-7H3B1-B
  Sunset Cruise     Thu 05/21/26  6:45p
  Boat: Gypsy Moth
  2 x Adult               @ 80.00        160.00
------------------------------------------------
  TOTAL PAID                             $290.00

Guest of record:  Grant Whitcombe`,
    expected: [
      told({
        reference: 'MP-7H3B1-A',
        guestNames: ['Grant Whitcombe'],
        partySize: 2,
        date: '2026-05-20',
        departs: '09:00',
        vessel: 'Lazy Pelican',
        amountCents: 13000,
      }),
      told({
        reference: 'MP-7H3B1-B',
        guestNames: ['Grant Whitcombe'],
        partySize: 2,
        date: '2026-05-21',
        departs: '18:45',
        vessel: 'Gypsy Moth',
        amountCents: 16000,
      }),
    ],
  }),
  till({
    name: 'two heads taken off and part refunded',
    receivedAt: '2026-05-18T09:12:00Z',
    subject: 'Updated receipt for order MP-7H1C4',
    text: `Your order was updated, Paulette.

ORDER MP-7H1C4  (UPDATED)              05/18/2026
------------------------------------------------
Eco Kayak & Sail
  Sat 05/23/26  8:00a
  4 x Adult  (was 6)      @ 58.50        234.00
------------------------------------------------
  NEW TOTAL                              $234.00
  Previously paid                        $351.00
  Refund issued                          $117.00

Guest of record:  Paulette Grier`,
    expected: [
      told({
        reference: 'MP-7H1C4',
        guestNames: ['Paulette Grier'],
        partySize: 4,
        date: '2026-05-23',
        departs: '08:00',
        amountCents: 23400,
      }),
    ],
  }),
];

const contract = lettersOf(
  'event-contract',
  'month-first',
  'Harborlight Events <contracts@harborlight.example>',
);

const EVENT_CONTRACT: readonly CorpusMail[] = [
  contract({
    name: 'corporate charter with deposit, taxes and a capacity',
    receivedAt: '2026-04-15T20:00:00Z',
    subject: 'Executed: Charter Agreement HL-C-2026-041, Brightwater Analytics',
    text: `CHARTER AGREEMENT No. HL-C-2026-041
Executed April 15, 2026

1. PARTIES. Harborlight Events ("Agent") on behalf of Brightwater Analytics, Inc. ("Charterer"), represented by
   Ms. Yolanda Pierce, Director of People.
2. VESSEL. "Lady Constance" (USCG capacity 149 passengers).
3. CHARTER DATE AND TIME. Thursday, May 28, 2026. Boarding 5:30 PM; departure 6:00 PM SHARP; return 9:00 PM.
4. GUARANTEED GUEST COUNT. Sixty-four (64). Final count due May 18, 2026; not to exceed 80.
5. CHARGES.
   Vessel charter, 3 hours ................... $5,400.00
   Bar and catering, 64 @ $62.50 ............. $4,000.00
   Service charge 20% on catering ............   $800.00
   State sales tax 7% on catering ............   $280.00
   TOTAL CONTRACT PRICE ..................... $10,480.00
6. PAYMENT. Deposit of $5,240.00 received April 15, 2026. Balance of $5,240.00 due May 14, 2026.
7. CANCELLATION. If Charterer cancels less than 30 days before the Charter Date, the deposit is forfeited.`,
    expected: [
      told({
        reference: 'HL-C-2026-041',
        cancelled: false,
        guestNames: ['Yolanda Pierce'],
        partySize: 64,
        date: '2026-05-28',
        departs: '18:00',
        vessel: 'Lady Constance',
        amountCents: 1048000,
        outsideCents: 108000,
        requested: false,
        currency: '$',
      }),
    ],
  }),
  contract({
    name: 'amendment number one changes count and price',
    receivedAt: '2026-05-18T18:10:00Z',
    subject: 'Amendment No. 1 to Charter Agreement HL-C-2026-041',
    html: `<html><body><p style="text-align:center"><b>AMENDMENT No. 1</b><br>to Charter Agreement No. HL-C-2026-041 dated April 15, 2026</p>
<p>The parties agree as follows:</p><ol>
<li>The Guaranteed Guest Count in section 4 is changed <b>from sixty-four (64) to seventy-one (71)</b>.</li>
<li>The Total Contract Price in section 5 is changed <b>from $10,480.00 to $11,035.63</b>.</li>
<li>All else (Lady Constance, Thursday, May 28, 2026, departure 6:00 PM) remains as agreed.</li></ol>
<p>For the Charterer: Yolanda Pierce</p></body></html>`,
    expected: [
      told({
        reference: 'HL-C-2026-041',
        guestNames: ['Yolanda Pierce'],
        partySize: 71,
        date: '2026-05-28',
        departs: '18:00',
        vessel: 'Lady Constance',
        amountCents: 1103563,
      }),
    ],
  }),
  contract({
    name: 'two totals that disagree',
    receivedAt: '2026-05-06T13:33:00Z',
    subject: 'Charter Agreement HL-C-2026-052, Pettibone wedding rehearsal',
    text: `CHARTER AGREEMENT No. HL-C-2026-052

Charterer: Ms. Nora Pettibone
Vessel: Lady Constance
Charter date: Friday, June 5, 2026
Departure: 4:00 PM
Guest count: 38
Total contract price: $4,150.00

Payment schedule
  Deposit with signature    $2,000.00
  Balance by May 22, 2026   $2,510.00
  Total                     $4,510.00`,
    expected: [
      told({
        reference: 'HL-C-2026-052',
        guestNames: ['Nora Pettibone'],
        partySize: 38,
        date: '2026-06-05',
        departs: '16:00',
        vessel: 'Lady Constance',
        amountCents: 415000,
        doubtful: true,
      }),
    ],
  }),
];

export const FRESH_DESKS: readonly CorpusMail[] = [...RECEIPT_COLUMNS, ...EVENT_CONTRACT];
