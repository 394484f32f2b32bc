/** Whether a mail confirms, changes or cancels; and whether it speaks of a booking at all. */
import type { BookingWord } from '../../statement/booking.ts';

export type Kind = BookingWord['kind'];

const CANCEL =
  /(?<!\p{L})(?:cancell?ed|cancell?ing|cancellation|cancell?ations|cancel|annull?ed|storno|storniert|called off)(?!\p{L})/iu;
const AMEND =
  /(?<!\p{L})(?:amended|amendment|amends?|changed|changes?|changing|modified|modification|modify|updated?|revised|revision|rescheduled?|moved|rebooked|altered|grown|increased|reduced|dropped|switch(?:ed)?|postponed?)(?!\p{L})/iu;
/** What is only possible, or is somebody's rule, has not happened. */
const POSSIBLE =
  /(?<!\p{L})(?:if|unless|may|might|can|cannot|could you let|could be|would|should|policy|policies|free cancell?ation|free of charge|up to \d|until|within \d|prior to|before|to (?:cancel|change|amend|modify|update|reschedule)\b[^.]{0,40}(?:click|visit|call|contact|reply|go to|log|please)|subject to|non-?refundable|in the event|in case|fees? (?:apply|applies)|must|any changes|no changes|not (?:been )?cancell?ed|never|whether|when|manage|click|terms|conditions|cancell?ations? (?:made|received|within|less|more|fee)|right to|need to (?:make|change|cancel) |want to|wish to)(?!\p{L})/iu;
/** A wish of the writer's own, though it has a word of possibility in it. */
const ASKED =
  /(?<!\p{L})(?:please (?:cancel|change|amend|update|move|reschedule|note (?:that )?(?:the|a|this) (?:change|cancellation))|(?:we|i)(?:['’]ll| will| have to| need to| must| would like to|['’]d like to| want to| wish to|['’]ve had to| had to| are going to)(?: sadly| unfortunately)? (?:cancel|change|amend|move|reschedule|call off))(?!\p{L})/iu;

/** What one sentence says has happened, or asks for; null when it says neither. */
export function kindOfSentence(sentence: string): 'amended' | 'cancelled' | null {
  const isAsked = ASKED.test(sentence) && !/(?<!\p{L})(?:if|unless)(?!\p{L})/iu.test(sentence);
  if (CANCEL.test(sentence) && (isAsked || saysSo(sentence, CANCEL_DONE))) return 'cancelled';
  if (AMEND.test(sentence) && (isAsked || saysSo(sentence, AMEND_DONE))) return 'amended';
  return null;
}

const CANCEL_DONE =
  /(?<!\p{L})(?:(?:has|have|was|were|is|are|been|being|now|just|hereby|successfully|got)\s(?:\p{L}{2,12}ly\s)?(?:cancell?ed|called off)|cancell?ed\s(?:by|on|the|your|this|their|his|her|our|booking|reservation|trip|charter|:)|cancellation\s(?:of|confirmation|notice|confirmed|request|advice|for)|cancell?ing|^\W{0,4}cancell?(?:ed|ation)|(?:booking|reservation|charter|trip)\scancell?(?:ed|ation))/iu;
const AMEND_DONE =
  /(?<!\p{L})(?:(?:has|have|was|were|is|are|been|now|just|hereby|successfully)\s(?:also\s)?(?:been\s)?(?:amended|changed|modified|updated|revised|rescheduled|moved|rebooked|altered|grown|increased|reduced|dropped|postponed|switched)|(?:changed|amended|modified|updated|moved|rescheduled|rebooked|increased|reduced)\s(?:the|your|this|their|his|her|our|booking|reservation|from|to)|(?:amended|revised|updated|changed|modified|rescheduled)\s(?:booking|reservation|confirmation|charter|trip|itinerary|details|voucher)|(?:amendment|modification|revision|change)s?\s(?:of|to|in|confirmed|notice|confirmation|request)|^\W{0,4}(?:amend(?:ed|ment)|revis(?:ed|ion)|changed?|updated?|modified|modification|rescheduled)(?!\p{L})|(?:booking|reservation|charter|trip)\s(?:\S{2,20}\s)?(?:amended|amendment|changed?|updated?|modified|modification|rescheduled|revised|revision))/iu;

function saysSo(sentence: string, done: RegExp): boolean {
  return done.test(sentence) && !POSSIBLE.test(sentence);
}

/** The kind that a subject names: short, so that its words need no verb. */
export function kindOfSubject(subject: string): Kind | null {
  if (/polic|how to|free cancel|last chance|don['’]t cancel/i.test(subject)) return null;
  if (CANCEL.test(subject) && !/(?:not|un)\s?cancel/i.test(subject)) return 'cancelled';
  if (AMEND.test(subject)) return 'amended';
  if (CONFIRM.test(subject)) return 'confirmed';
  return null;
}

/** The kind that a status label or column names; null for a word that is none. */
export function kindOfStatus(status: string): Kind | null {
  if (/cancel|storn|void|annul|declined|rejected/i.test(status)) return 'cancelled';
  if (/amend|change|modif|updat|revis|reschedul|moved/i.test(status)) return 'amended';
  if (/confirm|ok|booked|paid|active|approved|accepted|new/i.test(status)) return 'confirmed';
  return null;
}

const CONFIRM =
  /(?<!\p{L})(?:confirm(?:ed|ation|s|ing)?|booked|new (?:booking|reservation|order)|voucher|itinerary)(?!\p{L})/iu;
const SPEAKS =
  /(?<!\p{L})(?:book(?:ed|ing|ings)?|reserv(?:e|ed|ation|ations)|charter(?:ed|s)?|confirm(?:ed|ation|ing)?|voucher|itinerary|cancell?(?:ed|ation|ing)?|sail(?:ing)?|cruise|aboard|on board|boat|yacht)(?!\p{L})/iu;
const CLAIMS =
  /(?<!\p{L})(?:(?:booking|reservation|charter|trip|order|voucher|tour)s?(?!\p{L})[^.]{0,40}(?:confirm|cancel|amend|updat|chang|modif|reschedul|request|received|#|\d{4}|\bfor\b)|(?:confirm|cancell?|amend|new|your|updated|changed|modified)\p{L}{0,6}\s(?:\p{L}{2,12}\s){0,2}(?:booking|reservation|charter|voucher)|confirmation)(?!.{0,3}polic)/iu;
const NEWSLETTER =
  /(?<!\p{L})(?:unsubscribe|newsletter|opt.?out of|email preferences|view in browser|% off|special offer|book now|limited time|promo(?:tion)?)(?!\p{L})/iu;

export const speaksOfBooking = (text: string): boolean => SPEAKS.test(text);
/** Whether a subject announces a booking, so that a body with none in it is a problem. */
export const announcesBooking = (subject: string): boolean =>
  CLAIMS.test(subject) && !NEWSLETTER.test(subject);
export const looksLikeNewsletter = (text: string): boolean => NEWSLETTER.test(text);

/** A status that is neither a confirmation nor a cancellation. */
export const isOpenStatus = (status: string): boolean =>
  /pending|request|hold|tentative|quote|option|waitl?ist|awaiting|unconfirmed|provisional/i.test(status);
const ASKS =
  /(?<!\p{L})(?:do you have|availability|inquir\p{L}{1,4}|enquir\p{L}{1,4}|how much|could you quote|request for (?:a )?(?:quote|proposal)|is it possible|would it be possible)(?!\p{L})/iu;
/** Whether the mail only asks whether there could be a booking. */
export const onlyAsks = (text: string): boolean => ASKS.test(text) && !CONFIRM.test(text);
