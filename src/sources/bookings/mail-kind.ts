/** Whether a mail confirms, changes or cancels; and whether it speaks of a booking at all. */
import type { BookingWord } from '../../statement/booking.ts';

export type Kind = BookingWord['kind'];

const CANCEL =
  /(?<!\p{L})(?:cancell?ed|cancell?ing|cancellation|cancell?ations|cancel|annul\p{L}{1,6}|storn\p{L}{1,8}|cancelad[ao]s?|cancelaci[oó]n|anulad[ao]s?|cxld?|cxl'd|cnx|call(?:ed|ing)? off)(?!\p{L})/iu;
const AMEND =
  /(?<!\p{L})(?:amended|amendment|amends?|changed|changes?|changing|modified|modification|modify|updated?|revised|revision|rescheduled?|moved|rebooked|altered|grown|increased|reduced|dropped|switch(?:ed)?|postponed?|chgd?|ge[aä]ndert\p{L}{0,2}|[äa]nderung|umbuchung|umgebucht|modifi[eé]\p{L}{0,3}|modificad[ao]s?|modificaci[oó]n|pasa a ser)(?!\p{L})/iu;
/** What is only possible, or is somebody's rule, has not happened. */
const POSSIBLE =
  /(?<!\p{L})(?:if|unless|may|might|can|cannot|could you let|could be|would|should|policy|policies|free cancell?ation|free of charge|up to \d|until|within \d|prior to|before|to (?:cancel|change|amend|modify|update|reschedule)\b[^.]{0,40}(?:click|visit|call|contact|reply|go to|log|please)|subject to|non-?refundable|in the event|in case|fees? (?:apply|applies)|must|any changes|no changes|not (?:been )?cancell?ed|never|whether|when|manage|click|terms|conditions|cancell?ations? (?:made|received|within|less|more|fee)|right to|need to (?:make|change|cancel) |want to|wish to|(?:bookings|reservations|trips|charters|tours|sailings|cruises|orders) (?:are|get|that|which)|wenn|falls|kostenlos|kostenfrei|bis (?:zu|\d+)|toutes?|chaque|werden|kann|können|si|jusqu\p{L}{0,4}|gratuit\p{L}{0,6}|puede|hasta|gratis)(?!\p{L})/iu;
/** A wish of the writer's own, though it has a word of possibility in it. */
const ASKED =
  /(?<!\p{L})(?:(?:please|kindly) (?:cancel|change|amend|update|move|reschedule|note (?:that )?(?:the|a|this) (?:change|cancellation))|(?:we|i)(?:['’]ll| will| have to| need to| must| would like to|['’]d like to| want to| wish to|['’]ve had to| had to| are going to)(?: sadly| unfortunately)? (?:cancel|change|amend|move|reschedule|call off))(?!\p{L})/iu;

/** A cancellation in other words: `won't be able to join you after all; please release the boat`. */
const CANNOT_COME =
  /(?<!\p{L})(?:please release (?:the|our|this|their|his|her)|(?:won['’]t|will not|no longer|not|unable)\s(?:(?:be|being|able)\s){0,2}to (?:make it|come|join|sail|travel|attend)(?! (?:before|until|by|at \d))(?=[^.]{0,40}(?:after all|sorry|release|cancel|free up))|(?:has|have|had) called off)(?!\p{L})/iu;

/** What one sentence says has happened, or asks for; null when it says neither. */
export function kindOfSentence(sentence: string): 'amended' | 'cancelled' | null {
  const isAsked = ASKED.test(sentence) && !/(?<!\p{L})(?:if|unless)(?!\p{L})/iu.test(sentence);
  if (CANNOT_COME.test(sentence) && !/(?<!\p{L})(?:if|unless)(?!\p{L})/iu.test(sentence)) return 'cancelled';
  if (CANCEL.test(sentence) && (isAsked || saysSo(sentence, CANCEL_DONE))) return 'cancelled';
  if (AMEND.test(sentence) && (isAsked || saysSo(sentence, AMEND_DONE))) return 'amended';
  return null;
}

const CANCEL_DONE =
  /(?<!\p{L})(?:(?:has|have|was|were|is|are|been|being|now|just|hereby|successfully|got)\s(?:\p{L}{2,12}ly\s)?(?:cancell?ed|called off)|cancell?ed\s(?:by|on|the|your|this|their|his|her|our|booking|reservation|trip|charter|:)(?!\p{L})|cancellation\s(?:of|confirmation|notice|confirmed|request|advice|for)|cancell?ing|^\W{0,4}cancell?(?:ed|ation)(?!\p{L}|\.)|(?:booking|reservation|charter|trip)\scancell?(?:ed|ation)|(?<!^wird.{0,99})storniert|annulée?(?!\p{L})|(?:cancel|anul)ad[ao](?!\p{L})|(?<!\p{L})(?:cxld?|cnx)(?!\p{L}))/iu;
const AMEND_DONE =
  /(?<!\p{L})(?:(?:has|have|was|were|is|are|been|now|just|hereby|successfully)\s(?:also\s)?(?:been\s)?(?:amended|changed|modified|updated|revised|rescheduled|moved|rebooked|altered|grown|increased|reduced|dropped|postponed|switched)|(?:changed|amended|modified|updated|moved|rescheduled|rebooked|increased|reduced)\s(?:the|your|this|their|his|her|our|booking|reservation|from|to)|(?:amended|revised|updated|changed|modified|rescheduled)\s(?:booking|reservation|confirmation|charter|trip|itinerary|details|voucher)|(?:amendment|modification|revision|change)s?\s(?:of|to|in|confirmed|notice|confirmation|request)|^\W{0,4}(?:amend(?:ed|ment)|revis(?:ed|ion)|changed?|updated?|modified|modification|rescheduled)(?!\p{L})|(?:booking|reservation|charter|trip)\s(?:\S{2,20}\s)?(?:amended|amendment|changed?|updated?|modified|modification|rescheduled|revised|revision)|geändert|umgebucht|modifi(?:é|cad)\p{L}{0,2}|pasa a ser|^\W{0,4}(?:chgd?|umbuchung)(?!\p{L}))/iu;

function saysSo(sentence: string, done: RegExp): boolean {
  return done.test(sentence) && !POSSIBLE.test(sentence);
}

/** The kind that a subject names: short, so that its words need no verb. */
export function kindOfSubject(subject: string): Kind | null {
  if (/polic|how to|free cancel|last chance|don['’]t cancel/i.test(subject)) return null;
  if (CANCEL.test(subject) && !/(?:not|un)\s?cancel/i.test(subject)) return 'cancelled';
  const isConfirmed = CONFIRM.test(subject.replace(NOT_YET, ' '));
  if (OPEN.test(subject) || (ENQUIRY.test(subject) && !isConfirmed)) return 'requested';
  if (AMEND.test(subject)) return 'amended';
  if (isConfirmed) return 'confirmed';
  return REQUEST.test(subject) ? 'requested' : null;
}

/** The kind that a status label or column names; null for a word that is none. */
export function kindOfStatus(status: string): Kind | null {
  if (/cancel|storn|void|annul|anulad|cxl|declined|rejected/i.test(status)) return 'cancelled';
  if (/amend|change|modif|updat|revis|reschedul|moved|geändert/i.test(status)) return 'amended';
  if (CONFIRM.test(status.replace(NOT_YET, ' '))) return 'confirmed';
  if (
    /pending|request|hold|tentative|quot|option|wait|unconfirmed|not\syet|provisional|enquir|inquir|anfrage|demande/i.test(
      status,
    )
  ) {
    return 'requested';
  }
  return /confirm|bestätigt|ok|booked|paid|active|approved|accepted|new/i.test(status) ? 'confirmed' : null;
}

const CONFIRM =
  /(?<!\p{L})(?:confirm(?:ed|ation|s|ing|é\p{L}{0,2}|ad[ao]s?|ación)?|\p{L}{0,12}bestätig\p{L}{0,6}|(?:neue|nouvelle|nueva) (?:buchung|réservation|reserva)|booked|accepted|approved|new (?:booking|reservation|order)(?! (?:request|enquiry|inquiry))|voucher|itinerary)(?!\p{L})/iu;
/** A confirmation that is wished for or still to come. */
const NOT_YET =
  /(?<!\p{L})(?:(?:please|kindly|can you|could you|to be|(?<!(?:happy|pleased|delighted|glad|writing|like|love)\s)to|be|await\p{L}{0,3}|awaiting your|pending|once|until|unless|nothing is|not|not yet|not yet been|will|cannot|can't)\s)+confirm\p{L}{0,5}/giu;
const ENQUIRY =
  /(?<!\p{L})(?:angebot|devis|presupuesto|[ei]nquir\p{L}{1,4}|quot(?:e|ation)s?|proposal)(?!\p{L})/iu;
const REQUEST =
  /(?<!\p{L})(?:anfrage|demande|solicitud|(?:booking|reservation|charter|availability|trip|tour|cruise) requests?|requests? (?:to (?:book|reserve)|for)|requested|availability|(?:on|temporary|courtesy|date) (?:hold|option)|(?:hold|option) (?:until|expires|for|on))(?!\p{L})/iu;
/** Said of a booking that is none yet, whatever else confirms that somebody asked for it. */
const OPEN =
  /(?<!\p{L})(?:nothing is confirmed|not a confirmed|pencil(?:led)? (?:in|us)|(?:ne rien|sin|noch nicht|pas encore) (?:confirm|bestätig)\p{L}{0,6}|tentative(?:ly)?|provisional(?:ly)?|wait(?:ing)?[ -]?list(?:ed)?|unconfirmed|not (?:yet )?(?:been )?confirmed(?! (?:until|unless))|(?:pending|await(?:ing|s)) (?:your |our |the )?(?:approval|acceptance|confirmation|reply|response))(?!\p{L})/iu;
const ASKS_TO_BOOK =
  /(?<!\p{L})(?:request(?:s|ed|ing)? to (?:book|reserve|charter)|(?:accept|approve|confirm) or decline|this is (?:only |just )?(?:a |an |our |your )?(?:quote|quotation|enquiry|inquiry|option|hold|request)|(?:hold|holding|held) (?:the |this |that |your |these )?(?:date|boat|yacht|vessel|slot|space|spot|seat|place)s?(?! for the)|(?:on|under) (?:a |the |our |first |second )?(?:hold|option)(?! (?:to|for) extra)|option (?:until|expires|is valid))(?!\p{L})/iu;
const SPEAKS =
  /(?<!\p{L})(?:book(?:ed|ing|ings)?|reserv(?:e|ed|ation|ations)|charter(?:ed|s)?|confirm(?:ed|ation|ing)?|conf|bkg?|pax|voucher|itinerary|cancell?(?:ed|ation|ing)?|cxld?|sail(?:ing)?|cruise|aboard|on board|boat|yacht|(?:um)?buchung\p{L}{0,3}|storn\p{L}{2,8}|schiff|r[eé]serv\p{L}{1,8}|bateau|barco|croisière|crucero|disponib\p{L}{2,8})(?!\p{L})/iu;
const CLAIMS =
  /(?<!\p{L})(?:reserva|réservation|buchung|stornierung|annulation)(?!\p{L})|(?<!\p{L})(?:(?:booking|reservation|charter|trip|order|voucher|tour)s?(?!\p{L})[^.]{0,40}(?:confirm|cancel|amend|updat|chang|modif|reschedul|request|received|#|\d{4}|\bfor\b)|(?:confirm|cancell?|amend|new|your|updated|changed|modified)\p{L}{0,6}\s(?:\p{L}{2,12}\s){0,2}(?:booking|reservation|charter|voucher)|confirmation)(?!.{0,3}polic)/iu;
const NEWSLETTER =
  /(?<!\p{L})(?:unsubscribe|newsletter|opt.?out of|email preferences|view in browser|% off|special offer|book now|limited time|promo(?:tion)?)(?!\p{L})/iu;

export const speaksOfBooking = (text: string): boolean => SPEAKS.test(text);
/** Whether a subject announces a booking, so that a body with none in it is a problem. */
export const announcesBooking = (subject: string): boolean =>
  CLAIMS.test(subject) && !NEWSLETTER.test(subject);
export const looksLikeNewsletter = (text: string): boolean => NEWSLETTER.test(text);

const ASKS =
  /(?<!\p{L})(?:do you have|availability|inquir\p{L}{1,4}|enquir\p{L}{1,4}|how much|could you quote|request for (?:a )?(?:quote|proposal)|is it possible|would it be possible)(?!\p{L})/iu;

/**
 * Whether a text that neither its status nor its subject confirms only asks for a booking, or keeps one open. Where a
 * reference is given, only plain words count: a question may be beside the matter then.
 */
export function onlyAsks(text: string, hasReference: boolean): boolean {
  if (CONFIRM.test(text.replace(NOT_YET, ' '))) return false;
  return OPEN.test(text) || ASKS_TO_BOOK.test(text) || (!hasReference && ASKS.test(text));
}

/** Whether the text says that the booking is made, under a subject that only asks for one. */
export const saysConfirmed = (text: string): boolean => {
  const said = text.replace(NOT_YET, ' ');
  return (
    !OPEN.test(said) && /(?<!\p{L})(?:confirm(?:ed|ing|s)?|booked|accepted|approved)(?!\p{L})/iu.test(said)
  );
};
