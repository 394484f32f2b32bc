/** Notices of three places where whole boats are let: one in French. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const boatlet = lettersOf('second-boatlet', 'month-first', 'Boatlet <noreply@boatlet.example>');

const boatletMails: readonly CorpusMail[] = [
  boatlet({
    name: 'an approved trip with the price of the renter',
    receivedAt: '2026-06-15T19:36:00Z',
    subject: 'Booking confirmed! Chloe is heading out on Second Wind',
    html: `<html><body bgcolor="#f6f9fc"><table width="600" align="center" bgcolor="#ffffff"><tr><td>
<h2>Your booking is confirmed</h2>
<p>Get ready, Captain Luis! Chloe Marchetti will join you on <b>Second Wind</b>.</p>
<table width="100%"><tr><td>Booking ID</td><td>#1730442</td></tr>
<tr><td>Boat</td><td>Second Wind</td></tr><tr><td>Make &amp; model</td><td>Sea Ray Sundancer 320</td></tr>
<tr><td>Renter</td><td>Chloe Marchetti</td></tr>
<tr><td>Trip start</td><td>Sat, Jun 20, 2026, 12:00 PM</td></tr><tr><td>Trip end</td><td>Sat, Jun 20, 2026, 4:00 PM</td></tr>
<tr><td>Passengers</td><td>8</td></tr><tr><td>Captain</td><td>Included</td></tr></table>
<h3>Payment</h3>
<table width="100%"><tr><td>Rental price (4 hours)</td><td align="right">$900.00</td></tr>
<tr><td>Captain fee</td><td align="right">$300.00</td></tr><tr><td>Renter service fee</td><td align="right">$120.00</td></tr>
<tr><td>Sales tax</td><td align="right">$84.00</td></tr><tr><td><b>Renter total</b></td><td align="right"><b>$1,404.00</b></td></tr>
<tr><td>Your payout</td><td align="right">$1,080.00</td></tr></table>
<p>The security deposit of $1,500.00 is held on the renter's card 48 hours before the trip.</p>
<p><a href="https://www.boatlet.example/itinerary/1730442">View itinerary</a></p></td></tr></table></body></html>`,
    expected: [
      told({
        reference: '1730442',
        guestNames: ['Chloe Marchetti'],
        partySize: 8,
        date: '2026-06-20',
        departs: '12:00',
        vessel: 'Second Wind',
        amountCents: 140400,
        isNet: false,
      }),
    ],
  }),
  boatlet({
    name: 'a request to book',
    receivedAt: '2026-06-17T02:12:00Z',
    subject: 'Devin wants to book Second Wind - respond within 72 hours',
    html: `<html><body bgcolor="#f6f9fc"><table width="600" align="center" bgcolor="#ffffff"><tr><td>
<h2>You have a booking request</h2>
<p>Devin Achterberg would like to book <b>Second Wind</b>. Approve or decline before it expires.</p>
<table width="100%"><tr><td>Request ID</td><td>#1731015</td></tr><tr><td>Boat</td><td>Second Wind</td></tr>
<tr><td>Renter</td><td>Devin Achterberg</td></tr><tr><td>Trip start</td><td>Sun, Jun 28, 2026, 10:00 AM</td></tr>
<tr><td>Trip end</td><td>Sun, Jun 28, 2026, 2:00 PM</td></tr><tr><td>Passengers</td><td>6</td></tr>
<tr><td>Your payout if you approve</td><td>$1,080.00</td></tr></table>
<p>&ldquo;Hi Luis, it's my wife's 40th and there will be six of us. Can we bring a cooler?&rdquo;</p></td></tr></table></body></html>`,
    expected: [
      told({
        reference: '1731015',
        guestNames: ['Devin Achterberg'],
        partySize: 6,
        date: '2026-06-28',
        departs: '10:00',
        vessel: 'Second Wind',
        amountCents: 108000,
        isNet: true,
        requested: true,
      }),
    ],
  }),
];

const hireaboat = lettersOf(
  'second-hireaboat',
  'month-first',
  'HireABoat Messages <messages@hireaboat.example>',
);

const hireaboatMails: readonly CorpusMail[] = [
  hireaboat({
    name: 'an accepted offer',
    receivedAt: '2026-07-05T14:49:50Z',
    subject: 'Natasha accepted your offer. Booking #88140927 is confirmed',
    text: `Congratulations, your booking is confirmed!

Natasha Kowalczyk accepted your offer and paid in full.

BOOKING #88140927
Listing: Party Pontoon for up to 12 on Lake Travis
Date: July 12, 2026
Start time: 1:00 PM
Duration: 5 hours
Group size: 11 (8 adults, 3 kids)
Captain: included

PRICE
Boat (5 hours)          $1,100.00
Cleaning                   $75.00
Total paid by customer  $1,175.00
HireABoat fee (11.5%)    -$135.13
Your payout             $1,039.87

Say hello: https://hireaboat.example/messages/88140927

We never ask for payment outside HireABoat.
`,
    html: `<html><body><h2>Congratulations, your booking is confirmed!</h2><p>Natasha Kowalczyk accepted your offer and paid in full.</p>
<h3>Booking #88140927</h3><p>Listing: Party Pontoon for up to 12 on Lake Travis<br>Date: July 12, 2026<br>Start time: 1:00 PM<br>
Duration: 5 hours<br>Group size: 11 (8 adults, 3 kids)<br>Captain: included</p>
<table><tr><td>Boat (5 hours)</td><td>$1,100.00</td></tr><tr><td>Cleaning</td><td>$75.00</td></tr>
<tr><td><b>Total paid by customer</b></td><td><b>$1,175.00</b></td></tr><tr><td>HireABoat fee (11.5%)</td><td>-$135.13</td></tr>
<tr><td>Your payout</td><td>$1,039.87</td></tr></table><p><a href="https://hireaboat.example/messages/88140927">Say hello</a></p></body></html>`,
    expected: [
      told({
        reference: '88140927',
        guestNames: ['Natasha Kowalczyk'],
        partySize: 11,
        date: '2026-07-12',
        departs: '13:00',
        amountCents: 117500,
        isNet: false,
      }),
    ],
  }),
  hireaboat({
    name: 'a cancellation with part of the price kept',
    receivedAt: '2026-07-09T16:01:00Z',
    subject: 'Booking #88139466 has been cancelled by the customer',
    text: `Your booking has been cancelled.

BOOKING #88139466
Customer: Jamal Whitaker
Listing: Party Pontoon for up to 12 on Lake Travis
Date: July 11, 2026
Start time: 10:00 AM
Group size: 7

Under your Moderate policy the customer gets 50% back ($440.00).
You will be paid $389.40 after the original trip date.
`,
    expected: [
      told({
        reference: '88139466',
        cancelled: true,
        guestNames: ['Jamal Whitaker'],
        partySize: 7,
        date: '2026-07-11',
        departs: '10:00',
      }),
    ],
  }),
];

const cliquemarine = lettersOf(
  'second-cliquemarine',
  'day-first',
  'Clique Marine <contact@cliquemarine.example>',
);

const cliquemarineMails: readonly CorpusMail[] = [
  cliquemarine({
    name: 'une location confirmée',
    receivedAt: '2026-06-22T09:15:00Z',
    subject: 'Votre location est confirmée – réservation n° 5503817',
    html: `<html><body><p>Bonjour Laurent,</p>
<p>Bonne nouvelle&nbsp;! Le locataire a réglé sa location, votre bateau est réservé.</p>
<table><tr><td>Réservation n°</td><td>5503817</td></tr><tr><td>Bateau</td><td>Belle Étoile</td></tr>
<tr><td>Type</td><td>Voilier, Jeanneau Sun Odyssey 409</td></tr><tr><td>Locataire</td><td>Camille Duvernoy</td></tr>
<tr><td>Date</td><td>samedi 18 juillet 2026</td></tr><tr><td>Départ</td><td>9h30</td></tr><tr><td>Retour</td><td>18h00</td></tr>
<tr><td>Nombre de personnes</td><td>6</td></tr><tr><td>Avec skipper</td><td>Oui</td></tr>
<tr><td>Montant total payé par le locataire</td><td>1&nbsp;120,00&nbsp;€</td></tr>
<tr><td>Commission Clique Marine</td><td>-&nbsp;190,40&nbsp;€</td></tr><tr><td>Votre revenu</td><td>929,60&nbsp;€</td></tr></table>
<p>La caution de 2&nbsp;000,00&nbsp;€ est à remettre le jour du départ.</p><p>À bientôt sur l'eau,<br>L'équipe Clique Marine</p></body></html>`,
    expected: [
      told({
        reference: '5503817',
        guestNames: ['Camille Duvernoy'],
        partySize: 6,
        date: '2026-07-18',
        departs: '09:30',
        vessel: 'Belle Étoile',
        amountCents: 112000,
        isNet: false,
        currency: 'EUR',
      }),
    ],
  }),
  cliquemarine({
    name: 'une réservation annulée',
    receivedAt: '2026-07-01T18:20:00Z',
    subject: 'Annulation de la réservation n° 5504402',
    html: `<html><body><p>Bonjour Laurent,</p><p>Le locataire a annulé sa réservation. Le calendrier de votre bateau a été libéré.</p>
<table><tr><td>Réservation n°</td><td>5504402</td></tr><tr><td>Bateau</td><td>Belle Étoile</td></tr>
<tr><td>Locataire</td><td>Mathis Lemoine</td></tr><tr><td>Date</td><td>dimanche 5 juillet 2026</td></tr>
<tr><td>Départ</td><td>10h00</td></tr><tr><td>Nombre de personnes</td><td>4</td></tr></table></body></html>`,
    expected: [
      told({
        reference: '5504402',
        cancelled: true,
        guestNames: ['Mathis Lemoine'],
        partySize: 4,
        date: '2026-07-05',
        departs: '10:00',
        vessel: 'Belle Étoile',
      }),
    ],
  }),
];

export const BOAT_MARKET_MAILS: readonly CorpusMail[] = [
  ...boatletMails,
  ...hireaboatMails,
  ...cliquemarineMails,
];
