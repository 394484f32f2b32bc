/** Unseen mail in German, French and Spanish, each mixed with English as resellers write it. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const german = lettersOf(
  'german-reseller',
  'day-first',
  'Erlebnisportal Seeblick <buchung@seeblick.example>',
);

const GERMAN_RESELLER: readonly CorpusMail[] = [
  german({
    name: 'Buchungsbestätigung mit MwSt.',
    receivedAt: '2026-05-07T07:12:00Z',
    subject: 'Neue Buchung 26-10447: Abendfahrt mit Prosecco',
    text: `Guten Tag,

über Ihr Ticketportal wurde eine neue Buchung getätigt (booking confirmed).

Buchungsnummer:      26-10447
Erlebnis:            Abendfahrt mit Prosecco
Termin:              Freitag, 22. Mai 2026, 19:30 Uhr
Schiff:              Seeschwalbe
Kunde:               Frau Dr. Friederike Vogelsang
Teilnehmer:          3 Erwachsene, 1 Kind
Einzelpreise:        3 x 49,00 €, 1 x 24,50 €
Gesamtbetrag:        171,50 € (inkl. 19 % MwSt. 27,38 €)
Zahlungsart:         Kreditkarte, bezahlt am 07.05.2026

Mit freundlichen Grüßen
Ihr Seeblick-Team`,
    expected: [
      told({
        reference: '26-10447',
        guestNames: ['Friederike Vogelsang'],
        partySize: 4,
        date: '2026-05-22',
        departs: '19:30',
        vessel: 'Seeschwalbe',
        amountCents: 17150,
        outsideCents: 2738,
        currency: 'EUR',
      }),
    ],
  }),
  german({
    name: 'Umbuchung mit alt und neu',
    receivedAt: '2026-05-11T10:44:00Z',
    subject: 'Umbuchung 26-10447',
    html: `<html><body><p>Guten Tag,</p><p>die folgende Buchung wurde <b>ge&auml;ndert</b>:</p>
<table><tr><th></th><th align="left">bisher</th><th align="left">neu</th></tr>
<tr><td>Buchungsnummer</td><td>26-10447</td><td>26-10447</td></tr>
<tr><td>Termin</td><td>22.05.2026, 19:30 Uhr</td><td>29.05.2026, 20:00 Uhr</td></tr>
<tr><td>Teilnehmer</td><td>4</td><td>5</td></tr>
<tr><td>Gesamtbetrag</td><td>171,50&nbsp;&euro;</td><td>220,50&nbsp;&euro;</td></tr></table>
<p>Kunde: Friederike Vogelsang</p></body></html>`,
    expected: [
      told({
        reference: '26-10447',
        guestNames: ['Friederike Vogelsang'],
        partySize: 5,
        date: '2026-05-29',
        departs: '20:00',
        amountCents: 22050,
      }),
    ],
  }),
  german({
    name: 'Stornierung einer Exklusivcharter',
    receivedAt: '2026-05-18T06:30:00Z',
    subject: 'Stornierung 26-10391',
    text: `Guten Tag,

leider wurde die Buchung 26-10391 (Exklusivcharter "Nordlicht", Samstag, 30. Mai 2026, 15 Uhr, 25 Personen) storniert.
Kunde: Hafenkontor GmbH, Herr Jonas Petersen
Gesamtbetrag: 2.450,00 EUR
Stornogebühr: 1.225,00 EUR`,
    expected: [
      told({
        reference: '26-10391',
        cancelled: true,
        guestNames: ['Jonas Petersen'],
        partySize: 25,
        date: '2026-05-30',
        departs: '15:00',
        vessel: 'Nordlicht',
        amountCents: 245000,
        currency: 'EUR',
      }),
    ],
  }),
];

const french = lettersOf('french-agency', 'day-first', 'Côté Large Évasion <resa@cotelarge.example>');

const FRENCH_AGENCY: readonly CorpusMail[] = [
  french({
    name: 'privatisation avec acompte et solde',
    receivedAt: '2026-05-05T16:20:00Z',
    subject: 'Confirmation de réservation n° CL-26-0588',
    text: `Bonjour,

Nous avons le plaisir de vous confirmer la réservation suivante :

Réf. : CL-26-0588
Client : M. Étienne Delaunay
Prestation : privatisation du catamaran « Belle Brise »
Date : samedi 16 mai 2026
Embarquement : 17h00 – Départ : 17h30
Nombre de personnes : 18 (dont 3 enfants)
Montant total TTC : 1 980,00 €
Acompte reçu : 594,00 €
Solde à régler à bord : 1 386,00 €

Cordialement / Kind regards,
Maëlle`,
    expected: [
      told({
        reference: 'CL-26-0588',
        guestNames: ['Étienne Delaunay'],
        partySize: 18,
        date: '2026-05-16',
        departs: '17:30',
        vessel: 'Belle Brise',
        amountCents: 198000,
        currency: 'EUR',
      }),
    ],
  }),
  french({
    name: 'demande, pas encore confirmée',
    receivedAt: '2026-05-06T09:10:00Z',
    subject: 'Demande de disponibilité, 31 mai',
    text: `Bonjour,

Auriez-vous de la place le dimanche 31 mai à 10h15 pour douze personnes (Mme Solène Kervadec) ? C'est une simple demande
d'option, merci de ne rien confirmer à la cliente avant notre accord.

Merci d'avance,
Maëlle`,
    expected: [
      told({
        guestNames: ['Solène Kervadec'],
        partySize: 12,
        date: '2026-05-31',
        departs: '10:15',
        requested: true,
      }),
    ],
  }),
  french({
    name: 'annulation en HTML',
    receivedAt: '2026-05-14T17:00:00Z',
    subject: 'ANNULATION - dossier CL-26-0571',
    html: `<html><body><p>Bonjour,</p><p>Le dossier ci-dessous est <strong style="color:#b00">annul&eacute;</strong> &agrave; la demande du client.</p>
<table><tr><td>Dossier</td><td>CL-26-0571</td></tr><tr><td>Nom</td><td>Lef&egrave;vre Andr&eacute;e</td></tr>
<tr><td>Date</td><td>20/05/2026</td></tr><tr><td>Heure de d&eacute;part</td><td>9h</td></tr><tr><td>Participants</td><td>2 adultes</td></tr>
<tr><td>Bateau</td><td>Petit Mousse</td></tr></table><p>Ma&euml;lle</p></body></html>`,
    expected: [
      told({
        reference: 'CL-26-0571',
        cancelled: true,
        guestNames: ['Lefèvre Andrée'],
        partySize: 2,
        date: '2026-05-20',
        departs: '09:00',
        vessel: 'Petit Mousse',
      }),
    ],
  }),
];

const spanish = lettersOf(
  'spanish-reseller',
  'day-first',
  'Reservas Costa Brava Náutica <reservas@cbnautica.example>',
);

const SPANISH_RESELLER: readonly CorpusMail[] = [
  spanish({
    name: 'confirmación bilingüe con IVA',
    receivedAt: '2026-05-09T11:11:00Z',
    subject: 'Reserva confirmada / Booking confirmed: CBN260509-07',
    text: `RESERVA CONFIRMADA / BOOKING CONFIRMED

Localizador / Reference ........ CBN260509-07
Titular / Lead guest ........... María José Quintana
Actividad / Activity ........... Salida al atardecer con cava
Fecha / Date ................... sábado, 23 de mayo de 2026
Hora de salida / Departure ..... 20:15 h
Embarcación / Boat ............. Tramuntana
Personas / Guests .............. 6
Base imponible ................. 371,90 €
IVA 21 % ....................... 78,10 €
Importe total / Total .......... 450,00 €
Pendiente / Outstanding ........ 0,00 €`,
    expected: [
      told({
        reference: 'CBN260509-07',
        guestNames: ['María José Quintana'],
        partySize: 6,
        date: '2026-05-23',
        departs: '20:15',
        vessel: 'Tramuntana',
        amountCents: 45000,
        outsideCents: 7810,
        currency: 'EUR',
      }),
    ],
  }),
  spanish({
    name: 'modificación en prosa',
    receivedAt: '2026-05-13T08:48:00Z',
    subject: 'Modificación reserva CBN260509-07',
    text: `Buenos días:

La reserva CBN260509-07 a nombre de María José Quintana pasa a ser de ocho personas. El nuevo importe total es de
600,00 €. La fecha (23 de mayo de 2026, 20:15 h) y el barco (Tramuntana) no cambian.

Un saludo,
Pol`,
    expected: [
      told({
        reference: 'CBN260509-07',
        guestNames: ['María José Quintana'],
        partySize: 8,
        date: '2026-05-23',
        departs: '20:15',
        vessel: 'Tramuntana',
        amountCents: 60000,
      }),
    ],
  }),
  spanish({
    name: 'cancelada con reembolso',
    receivedAt: '2026-05-21T19:00:00Z',
    subject: 'Reserva CANCELADA: CBN260502-03',
    text: `RESERVA CANCELADA

Localizador: CBN260502-03
Titular: Iñaki Etxeberria
Fecha: 24/05/2026
Hora de salida: 11:00
Personas: 4
Reembolso: 220,00 €`,
    expected: [
      told({
        reference: 'CBN260502-03',
        cancelled: true,
        guestNames: ['Iñaki Etxeberria'],
        partySize: 4,
        date: '2026-05-24',
        departs: '11:00',
      }),
    ],
  }),
];

export const FRESH_LANGUAGES: readonly CorpusMail[] = [
  ...GERMAN_RESELLER,
  ...FRENCH_AGENCY,
  ...SPANISH_RESELLER,
];
