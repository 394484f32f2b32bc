/** What single cells of a guest list say: counts, ticks, statuses, names, comps. */
import type { TripSheetComp } from '../../statement/trip-sheet.ts';

const NUMBER_WORDS = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'],
];

/** Nothing but a line to write on. */
export function isUnfilled(text: string): boolean {
  return /^[\s\-–—_.…?]*$/.test(text);
}

/** A dash, dots, a line to write on, `n/a`: nobody said anything. */
export function isBlank(text: string): boolean {
  return isUnfilled(text) || /^(?:n\/?a|none|nil|tba|tbd)\.?$/i.test(text);
}

/** A number of heads: `12`, `12 guests`, `twelve`, `none`; null for anything else, fractions and signs included. */
export function readCount(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^(?:none|nil|-|–|—)$/.test(plain)) return 0;
  const digits =
    /^(\d{1,5})(?:[.,]0+)?(?:\s*(?:guests?|pax|people|persons?|passengers?|heads?|adults?|total))?$/.exec(
      plain,
    );
  if (digits !== null) return Number(digits[1]);
  const word = NUMBER_WORDS.indexOf(plain);
  if (word >= 0) return word;
  return plain === 'dozen' || plain === 'a dozen' ? 12 : null;
}

/** `3 of 4`, `3/4`: came and booked. */
export function readShare(text: string): { readonly came: number; readonly booked: number } | null {
  const match = /^(\d{1,4})\s*(?:\/|of|out of)\s*(\d{1,4})$/i.exec(text.trim());
  if (match === null || Number(match[1]) > Number(match[2])) return null;
  return { came: Number(match[1]), booked: Number(match[2]) };
}

/** A tick or a cross; null for anything else. */
export function readMark(text: string): boolean | null {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  if (/^(?:x|xx|y|yes|true|ok|✓|✔|☑|✅|√|v|ja|si|sí|oui)$/u.test(plain)) return true;
  if (/^(?:n|no|false|✗|✘|☐|❌|✕|×)$/u.test(plain)) return false;
  return null;
}

export interface Status {
  /** Null where the word does not say. */
  readonly aboard: boolean | null;
  readonly noShow: boolean;
  readonly comp: boolean;
  /** What was written beside the word: a comp's reason. */
  readonly words: string;
  /** `3 boarded, 1 no-show`; null without numbers. */
  readonly counts: { readonly aboard: number; readonly noShows: number } | null;
}

const NO_SHOW =
  /\b(?:no[\s-]*shows?|noshows?|n\/s|ns|dns|absent|missing|missed(?: the)?(?: boat)?|(?:did not|didn['’]?t) (?:show|come|board)(?: up)?|never came|not (?:boarded|aboard|on board))\b/i;
const CANCELLED = /\b(?:cancell?ed|cancels?|cxl|cx|cxld|withdrawn|refunded)\b/i;
const COMP = /\b(?:comp(?:s|ed|limentary)?|foc|free(?: of charge)?|gratis)\b/i;
const ABOARD =
  /\b(?:boarded|aboard|on\s*board|present|checked[\s-]*in|check[\s-]*in|arrived|here|sailed|came|showed(?: up)?|attended|paid|paying)\b|^in$/i;

/** What a status cell says; null for words that are not known. */
export function readStatus(text: string): Status | null {
  const mark = readMark(text);
  if (mark !== null) return { aboard: mark, noShow: !mark, comp: false, words: '', counts: null };
  const numbers = [...text.matchAll(/(\d{1,4})\s*(?:x\s*)?([a-z][a-z\s-]*)/gi)];
  if (numbers.length > 0) {
    let [aboard, noShows] = [0, 0];
    for (const [, count, word = ''] of numbers) {
      if (NO_SHOW.test(word)) noShows += Number(count);
      else if (ABOARD.test(word)) aboard += Number(count);
      else return null;
    }
    return { aboard: aboard > 0, noShow: noShows > 0, comp: false, words: '', counts: { aboard, noShows } };
  }
  const noShow = NO_SHOW.test(text);
  const cancelled = CANCELLED.test(text);
  const comp = COMP.test(text);
  const aboard = ABOARD.test(text.replace(NO_SHOW, ' '));
  if (!noShow && !cancelled && !comp && !aboard) return null;
  const words = text
    .replace(NO_SHOW, ' ')
    .replace(CANCELLED, ' ')
    .replace(COMP, ' ')
    .replace(ABOARD, ' ')
    .replace(/^[\s,;:()–—-]+|[\s,;:()–—-]+$/g, '');
  return {
    aboard: noShow || cancelled ? false : aboard || comp ? true : null,
    noShow,
    comp,
    words,
    counts: null,
  };
}

/** Whether a remark begins with the word comp; what follows is the reason. */
export function compOfNote(note: string): { readonly reason: string } | null {
  const match = /^\s*(?:\d+\s*)?comp(?:s|ed|limentary)?\b[\s,;:.()–—-]*/i.exec(note);
  return match === null
    ? null
    : {
        reason: note
          .slice(match[0].length)
          .replace(/\)\s*$/, '')
          .trim(),
      };
}

const REASON_WORD =
  /\b(?:crew|trade|apolog|friend|family|press|media|gift|raffle|owner|captain|staff|birthday|charity|auction|agent|influencer|voucher|prize|guest of|for |because|winner|donat|make[\s-]?good|barter|photograph|review)/i;

/**
 * `Dana Whitlock, trade for an article`, `Bob Ray (crew friend)`, `Ann Lee x2 – press`: person, heads and reason.
 */
export function readComp(text: string): TripSheetComp {
  const whole = readParty(text);
  const { person, reason } = personAndReason(whole.name);
  const { name, heads } = readParty(person);
  return { person: name, heads: Math.max(whole.heads ?? heads ?? 1, 1), reason };
}

function personAndReason(text: string): Pick<TripSheetComp, 'person' | 'reason'> {
  const parts =
    /^(.+?)\s*[([](.+?)[)\]]$/.exec(text) ?? /^(.+?)(?:\s+[-–—]\s*|\s*[–—]\s+|:\s+)(.+)$/.exec(text);
  if (parts !== null) return { person: (parts[1] ?? '').trim(), reason: (parts[2] ?? '').trim() };
  const comma = text.indexOf(',');
  const after = text.slice(comma + 1).trim();
  // `Núñez, José` is one name: a reason is in small letters, or speaks of one.
  if (comma > 0 && after !== '' && (/^\p{Ll}/u.test(after) || REASON_WORD.test(after))) {
    return { person: text.slice(0, comma).trim(), reason: after };
  }
  return { person: text, reason: '' };
}

/** All heads of a list of comps. */
export function headsOf(comps: readonly TripSheetComp[]): number {
  return comps.reduce((sum, { heads }) => sum + heads, 0);
}

/** With the heads that are missing to `count` under the last name, or under none. */
export function filledUp(comps: readonly TripSheetComp[], count: number): readonly TripSheetComp[] {
  const missing = count - headsOf(comps);
  if (missing <= 0) return comps;
  const last = comps[comps.length - 1] ?? { person: '', heads: 0, reason: '' };
  return [...comps.slice(0, -1), { ...last, heads: last.heads + missing }];
}

/** Several comps of one cell, apart by semicolons or lines. */
export function readComps(text: string): readonly TripSheetComp[] {
  return text
    .split(/[;\n\r]+/)
    .map((part) => withoutNumber(part))
    .filter((part) => !isBlank(part))
    .map(readComp);
}

/** `1. Ann Lee` is the first line, not the name. */
export function withoutNumber(text: string): string {
  return text.replace(/^\s*\d{1,3}\s*[.)]\s+/, '').trim();
}

/** `Smith x4`, `Smith (4)`, `Smith party of 4`, `Smith +3`: the name and its heads; null heads without any. */
export function readParty(text: string): { readonly name: string; readonly heads: number | null } {
  const match =
    /^(.*\S)\s*(?:\(\s*(?:x\s*)?(\d{1,3})\s*(?:pax|guests?|people)?\s*\)|\s[x×]\s?(\d{1,3})|,?\s*party of (\d{1,3})|\(?\+\s?(\d{1,3})\)?)$/i.exec(
      text.trim(),
    );
  if (match === null) return { name: text.trim(), heads: null };
  const [, name = '', bracketed, times, party, more] = match;
  const heads = more === undefined ? Number(bracketed ?? times ?? party) : Number(more) + 1;
  return { name: name.replace(/[\s,]+$/, ''), heads };
}

/**
 * The names of a cell: apart by semicolons and lines; by commas, `&` and `and` only when that gives just as many
 * names as there are heads, because `Severn & Sons, attn. Beth Severn` is one.
 */
export function readNames(text: string, heads: number | null): readonly string[] {
  const lines = clean(text.split(/[;\n\r]+/));
  if (lines.length > 1 || heads === null || heads < 2) return lines;
  for (const pattern of [/,|\s&\s|\sand\s/i, /,/, /\s&\s|\sand\s/i]) {
    const parts = clean(text.split(pattern));
    // `Lee, Bob` is one person, the family name first.
    const isOneName =
      parts.length === 2 && /^[^&]*,[^&]*$/.test(text) && parts.some((part) => !part.includes(' '));
    if (parts.length === heads && !isOneName) return parts;
  }
  return lines;
}

function clean(parts: readonly string[]): readonly string[] {
  return parts.map((part) => withoutNumber(part)).filter((part) => !isBlank(part));
}

/** Who signed: the name, or for a mere cross the captain, or `x` when nobody says who that is. Null for a blank. */
export function readSignature(text: string, captain: string | null): string | null {
  const name = text
    .replace(/\/s\//gi, ' ')
    .replace(/[_…]{2,}|\.{3,}/g, ' ')
    .replace(/(?:\bdated?\b|\bon\b)?[\s,:]*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*$/i, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '');
  if (isBlank(name) || /^(?:not signed|unsigned|missing|sign here|signature|date)$/i.test(name)) return null;
  const mark = readMark(name);
  if (mark === false) return null;
  if (mark === true || /^(?:signed|done|initialled|initialed)$/i.test(name)) return captain ?? 'x';
  return name;
}
