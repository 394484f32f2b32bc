/** Booking references: what they look like, and when two are the same. */

import { matchesOf } from './read-date.ts';

const TOKEN = /#?\s?([\p{L}\d](?:[\p{L}\d]|[-_/.](?=[\p{L}\d])){1,35})/gu;

/** The reference in a label's value; null when nothing there looks like one. */
export function readReference(value: string): string | null {
  const text = value.replace(/\([^()]{0,60}\)/g, ' ').trim();
  for (const match of text.matchAll(TOKEN)) {
    const token = match[1] ?? '';
    if (/\d/.test(token) && token.length >= 2 && !looksLikeDate(token))
      return groupedOr(token, text, match.index);
    if (
      /^[A-Z]{4,12}$/.test(token) &&
      !/^(?:NONE|TBC|TBA|CONFIRMED|PENDING|CANCELLED|CANCELED|BOOKING|DATE|GUEST|NAME|TOTAL)$/.test(token)
    ) {
      return token;
    }
    if (match.index > 60) break;
  }
  return null;
}

/** `1234 5678 90` is one number. */
function groupedOr(token: string, text: string, at: number): string {
  if (!/^\d{3,5}$/.test(token)) return token;
  const grouped = /^\W{0,2}(\d{3,5}(?:[ ]\d{3,5}){1,4})$/.exec(text.slice(at));
  return grouped?.[1]?.replace(/ /g, '') ?? token;
}

function looksLikeDate(token: string): boolean {
  return /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-/.]\d{1,2})$/.test(token);
}

const IN_SENTENCE =
  /(?<!\p{L})(?:booking|reservation|confirmation|reference|ref|voucher|order|ticket|res|conf|locator|dossier|file|charter|agreement|contract|bkg?|buchung|umbuchung|stornierung|reserva|r[eé]servation|localizador|our number)(?!\p{L})\.?(?:\s(?:agreement|contract))?(?:\s?\/\s?\w{1,12})?(?:\s(?:reference|number|no|code|id|ref|nr|n°|nº)(?!\p{L})\.?){0,2}\s?(?:is|was|:|=|-|–)?\s?(?:#\s?)?\(?([A-Za-z\d][A-Za-z\d_/-]{1,24})/giu;

/** The reference that a sentence names. A token without digits, or one that is a count or a date, is none. */
export function referenceInSentence(sentence: string): string | null {
  for (const match of matchesOf(IN_SENTENCE, sentence)) {
    const token = (match[1] ?? '').replace(/[-_/]+$/, '');
    const isMarked = match[0].includes('#') || /(?:reference|number|no|code|id|ref|nr)\b/i.test(match[0]);
    if (!/\d/.test(token) || looksLikeDate(token) || /^\d{1,2}(?:st|nd|rd|th|am|pm|h)$/i.test(token))
      continue;
    if (token.length < (isMarked || /^[A-Z]+-\d+$/.test(token) ? 3 : 4)) continue;
    if (!isMarked && /^(?:19|20)\d\d$/.test(token)) continue;
    return token;
  }
  const hash = /(?<![\p{L}\d&])#\s?([A-Za-z]{0,6}-?\d[A-Za-z\d-]{2,24})(?![\p{L}\d])/u.exec(sentence);
  return hash?.[1] ?? null;
}

/** A code in capitals with digits, as subjects carry them: `AMENDMENT NR-260411`. */
export function referenceInSubject(subject: string): string | null {
  const named = referenceInSentence(subject);
  if (named !== null) return named;
  const match =
    /(?<![\p{L}\d$€£-])([A-Z]{1,6}-?\d{3,14}[A-Z\d-]{0,8}|[A-Z]{1,6}(?:[-/][A-Z\d]{1,4}){0,2}[-/]\d{2,6}[-/]\d{2,8}|\d{1,4}[A-Z]{1,4}\d{2,8}|[A-Z]{2,4}(?=[A-Z\d]{0,6}\d)[A-Z\d]{3,8})(?![\p{L}\d])/u.exec(
      subject,
    );
  return match?.[1] ?? null;
}

/** Two references are the same whatever their case, hyphens and signs. */
export function referenceKey(reference: string): string {
  return reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}
