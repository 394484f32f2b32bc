/** The words of a label in the form in which labels are compared: English, lower case, singular. */

/** German, French, Spanish, Dutch and Italian words and abbreviations, without accents, by what they mean in a label. */
const MEANING = new Map<string, string>();
for (const entry of [
  'booking=buchung boeking prenotazione bk bkg',
  'reservation=reserva reservierung resa',
  'order=bestellung bestell auftrag pedido commande',
  'reference=ref referenz referencia vorgang expediente riferimento',
  'locator=localizador',
  'voucher=gutschein bono',
  'number=no nr num nbr numero nummer',
  'confirmation=bestatigung confirmacion conferma conf',
  'lead guest=titular titulaire invitee',
  'name=nombre nom naam nome',
  'first name=vorname prenom',
  'last name=nachname apellido',
  'customer=kunde kundin kunden cliente',
  'guest=gast gaste gasten huesped',
  'passenger=passagier passagiere pasajero passager',
  'participant=teilnehmer teilnehmende participante',
  'person=personen persona personne pers persone pessoa',
  'number of=anzahl',
  'adult=erwachsene erwachsener adulto adulte ad adt',
  'child=kind kinder nino enfant ch chd',
  'infant=inf bebe kleinkind',
  'date=datum fecha data termin',
  'day=tag dia jour',
  'time=uhrzeit zeit hora heure tijd ora',
  'departure=abfahrt salida depart ablegen vertrek partenza',
  'boarding=einstieg embarque embarquement',
  'return=ruckkehr retour regreso',
  'arrival=ankunft arrivee llegada',
  'duration=dauer duracion duree',
  'boat=schiff boot barco embarcacion bateau navire voilier velero barca',
  'total=gesamt insgesamt totale totaal summe endbetrag ttl',
  'amount=betrag montant importe importo amt',
  'price=preis precio prix prijs prezzo',
  'subtotal=zwischensumme imponible ht',
  'deposit=anzahlung acompte deposito anticipo senal',
  'balance=restbetrag restzahlung solde saldo pendiente',
  'vat=mwst ust mehrwertsteuer umsatzsteuer iva tva btw',
  'tax=steuer taxe impuesto',
  'fee=gebuhr frais',
  'refund=erstattung ruckerstattung remboursement reembolso',
  'cancellation=storno stornierung annulation cancelacion',
  'cancellation fee=stornogebuhr',
  'commission=comm provision',
  'discount=rabatt remise descuento',
  'tip=trinkgeld propina pourboire',
  'payment method=zahlungsart',
  'unit price=einzelpreis einzelpreise',
  'tour=ausflug fahrt',
  'activity=actividad activite',
  'experience=erlebni erlebnis',
  'service=prestation leistung',
  'product=produkt producto produit',
  'status=estado statut',
  'old=bisher alt ancien ancienne ante antes anterior vorher avant before former',
  'new=neu neue neuer nouveau nouvelle nuevo nueva ahora jetzt now',
  'phone=telefon telefono',
  'group=gruppe grupo groupe',
  'contact=ansprechpartner kontakt contacto',
  'ticket=tkt',
]) {
  const [meaning = '', words = ''] = entry.split('=');
  for (const word of words.split(' ')) MEANING.set(word, meaning);
}

const FILLERS = new Set(
  'and the your my a de des del der die das la le el du ihr ihre votre su au zum fur en y und et los las les ttc our'.split(
    ' ',
  ),
);
const COMPOUND = /^(\p{L}{4,}?)s?(nummer|nr|code|datum|zeit|preis|betrag|summe|zahl|name)$/u;
/** In a label of several words these mean the same; alone `Passengers` may list names, while `Pax` counts. */
const ALIKE =
  /(?<= )(?:(passenger|traveler|traveller|participant|attendee|angler|diver|rider)|people|pax|seat|head)(?= |$)|^(?:(passenger|traveler|traveller|participant|attendee|angler|diver|rider)|people|pax|seat|head)(?= )/g;
const CURRENCY_WORD = /^(?:usd|eur|gbp|cad|aud|chf)$/;

/** `Buchungs-Nr.`, `Booking #`, `N° de réservation`: `booking number`, `booking number`, `number reservation`. */
export function labelWords(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\((?:e?s|\$|€|£|local|local time|pax)\)/g, '')
    .replace(/\([^()]{0,40}\)/g, ' ')
    .replace(/(?<!\p{L})[dl]['’]/gu, ' ')
    .replace(/['’]/g, '')
    .replace(/[#№]|(?<!\p{L})n[°º]/gu, ' number ')
    // `nombre` counts in French and names in Spanish.
    .replace(/(?<!\p{L})nombre (?:de |d)(?=perso|passa|parti|adult|enfan)/u, 'anzahl ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word));
  return (words.length > 1 ? words.filter((word) => !CURRENCY_WORD.test(word)) : words)
    .map(meaningOf)
    .join(' ')
    .replace(/^number of number/, 'number of')
    .replace(ALIKE, (_whole, later?: string, first?: string) =>
      (later ?? first) === undefined ? 'person' : 'guest',
    );
}

/** Labels with the same words in another order are one: `date of sailing`, `sailing date`. */
export function labelKey(words: string): string {
  return words.includes(' ')
    ? words
        .split(' ')
        .filter((word) => word !== 'of')
        .sort()
        .join(' ')
    : words;
}

function meaningOf(word: string): string {
  const known = MEANING.get(word);
  if (known !== undefined) return known;
  const compound = COMPOUND.exec(word);
  const [, front = '', back = ''] = compound ?? [];
  const first = front === '' ? undefined : (MEANING.get(front) ?? MEANING.get(`${front}s`));
  if (first !== undefined) return `${first} ${back === 'zahl' ? 'count' : (MEANING.get(back) ?? back)}`;
  const single =
    word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
  return MEANING.get(single) ?? single;
}

/** ISO 4217: the currency that a label names, `Total (USD)`; null for none. */
export function currencyInLabel(text: string): string | null {
  return /(?<!\p{L})(USD|EUR|GBP|CAD|AUD|CHF)(?!\p{L})/iu.exec(text)?.[1]?.toUpperCase() ?? null;
}
