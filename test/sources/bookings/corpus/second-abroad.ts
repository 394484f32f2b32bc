/** Confirmations in German, French and Spanish. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const german = lettersOf('second-segeltoern', 'day-first', 'Buchungssystem <buchung@ostseesegeln.example>');

const germanMails: readonly CorpusMail[] = [
  german({
    name: 'eine neue Buchung',
    receivedAt: '2026-05-19T09:48:00Z',
    subject: 'Neue Buchung: Sonnenuntergangstörn am 12.06.2026',
    text: `Guten Tag,

es ist eine neue Buchung eingegangen.

Buchungsnummer: OS-2026-0418
Angebot: Sonnenuntergangstörn ab Warnemünde
Schiff: Möwe
Termin: Freitag, 12.06.2026
Abfahrt: 19:30 Uhr
Teilnehmer: 5 (4 Erwachsene, 1 Kind)

Kunde: Jürgen Albrecht
Telefon: 0381 5550147
E-Mail: j.albrecht@example.org

4 x Erwachsene à 49,00 €    196,00 €
1 x Kind à 29,00 €           29,00 €
Gesamtbetrag (inkl. 19 % MwSt.)  225,00 €
Zahlungsart: Überweisung

Mit freundlichen Grüßen
Ihr Buchungssystem
`,
    html: `<html><body><p>Guten Tag,</p><p>es ist eine neue Buchung eingegangen.</p><table>
<tr><th>Buchungsnummer</th><td>OS-2026-0418</td></tr><tr><th>Angebot</th><td>Sonnenuntergangst&ouml;rn ab Warnem&uuml;nde</td></tr>
<tr><th>Schiff</th><td>M&ouml;we</td></tr><tr><th>Termin</th><td>Freitag, 12.06.2026</td></tr><tr><th>Abfahrt</th><td>19:30 Uhr</td></tr>
<tr><th>Teilnehmer</th><td>5 (4 Erwachsene, 1 Kind)</td></tr><tr><th>Kunde</th><td>J&uuml;rgen Albrecht</td></tr>
<tr><th>Gesamtbetrag (inkl. 19 % MwSt.)</th><td>225,00 &euro;</td></tr><tr><th>Zahlungsart</th><td>&Uuml;berweisung</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'OS-2026-0418',
        guestNames: ['Jürgen Albrecht'],
        partySize: 5,
        date: '2026-06-12',
        departs: '19:30',
        vessel: 'Möwe',
        amountCents: 22500,
        currency: 'EUR',
      }),
    ],
  }),
  german({
    name: 'eine Stornierung',
    receivedAt: '2026-06-03T17:02:00Z',
    subject: 'Stornierung der Buchung OS-2026-0402',
    text: `Guten Tag,

die folgende Buchung wurde vom Kunden storniert.

Buchungsnummer: OS-2026-0402
Angebot: Tagestörn
Schiff: Möwe
Termin: Samstag, 06.06.2026
Abfahrt: 10:00 Uhr
Teilnehmer: 2 Erwachsene
Kunde: Sabine Kröger

Mit freundlichen Grüßen
Ihr Buchungssystem
`,
    expected: [
      told({
        reference: 'OS-2026-0402',
        cancelled: true,
        guestNames: ['Sabine Kröger'],
        partySize: 2,
        date: '2026-06-06',
        departs: '10:00',
        vessel: 'Möwe',
      }),
    ],
  }),
];

const french = lettersOf('second-office-tourisme', 'day-first', 'Office de Tourisme <resa@ot-golfe.example>');

const frenchMails: readonly CorpusMail[] = [
  french({
    name: 'une réservation du guichet',
    receivedAt: '2026-07-02T15:25:00Z',
    subject: 'Confirmation de réservation – dossier 26-3391 – Croisière coucher de soleil',
    html: `<html><body><p>Bonjour,</p><p>Nous vous confirmons la réservation suivante, enregistrée à notre guichet&nbsp;:</p>
<ul><li><b>Dossier&nbsp;:</b> 26-3391</li><li><b>Prestation&nbsp;:</b> Croisière coucher de soleil</li>
<li><b>Date&nbsp;:</b> jeudi 9 juillet 2026</li><li><b>Heure de départ&nbsp;:</b> 20h15</li>
<li><b>Client&nbsp;:</b> M. Olivier Garnier</li><li><b>Participants&nbsp;:</b> 2 adultes, 2 enfants</li>
<li><b>Prix total TTC&nbsp;:</b> 138,00&nbsp;€</li><li><b>Acompte versé&nbsp;:</b> 40,00&nbsp;€</li></ul>
<p>Le solde sera réglé à bord par le client.</p><p>Cordialement,<br>Maëlle, service réservation</p></body></html>`,
    expected: [
      told({
        reference: '26-3391',
        guestNames: ['Olivier Garnier'],
        partySize: 4,
        date: '2026-07-09',
        departs: '20:15',
        amountCents: 13800,
        currency: 'EUR',
      }),
    ],
  }),
];

const spanish = lettersOf(
  'second-excursiones',
  'day-first',
  'Reservas <reservas@marazulexcursiones.example>',
);

const spanishMails: readonly CorpusMail[] = [
  spanish({
    name: 'una reserva confirmada',
    receivedAt: '2026-08-03T11:11:00Z',
    subject: 'Reserva confirmada 118457 - Catamarán al atardecer',
    text: `Estimados colaboradores:

Les confirmamos la siguiente reserva.

Localizador: 118457
Excursión: Catamarán al atardecer
Fecha: 15/08/2026
Hora de salida: 19:00
Titular: Lucía Fernández Ortega
Nº de personas: 6 (4 adultos y 2 niños)
Hotel de recogida: Playa Blanca
Importe total: 294,00 €
Forma de pago: pagado en la agencia

Un saludo,
Dpto. de Reservas
`,
    expected: [
      told({
        reference: '118457',
        guestNames: ['Lucía Fernández Ortega'],
        partySize: 6,
        date: '2026-08-15',
        departs: '19:00',
        amountCents: 29400,
        currency: 'EUR',
      }),
    ],
  }),
  spanish({
    name: 'una reserva modificada',
    receivedAt: '2026-08-08T16:39:00Z',
    subject: 'Modificación de la reserva 118457',
    text: `Estimados colaboradores:

Se ha modificado la siguiente reserva. Rogamos tomen nota.

Localizador: 118457
Excursión: Catamarán al atardecer
Fecha: 16/08/2026
Hora de salida: 19:00
Titular: Lucía Fernández Ortega
Nº de personas: 5 (4 adultos y 1 niño)
Importe total: 255,00 €

Un saludo,
Dpto. de Reservas
`,
    expected: [
      told({
        reference: '118457',
        guestNames: ['Lucía Fernández Ortega'],
        partySize: 5,
        date: '2026-08-16',
        departs: '19:00',
        amountCents: 25500,
        currency: 'EUR',
      }),
    ],
  }),
];

export const ABROAD_MAILS: readonly CorpusMail[] = [...germanMails, ...frenchMails, ...spanishMails];
