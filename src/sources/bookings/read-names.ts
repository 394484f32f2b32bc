/** Names of guests as labels and sentences give them. */

const TITLE = String.raw`(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Capt|Herrn?|Frau|M\.|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|D\.|Doña|Don)\.?`;
const TITLED = new RegExp(String.raw`^${TITLE}(?:\s|$)`, 'u');
const NAME_WORD = String.raw`(?:\p{Lu}[\p{L}\p{M}'’-]{0,30}\.?|van|von|de|der|den|del|della|di|da|la|le|bin|al|el|y|zu)`;
const NOT_A_NAME =
  /^(?:adults?|children|child|kids?|infants?|guests?|lead|n\/?a|none|tbc|tba|tbd|same|yes|no|unknown|not provided|see below|various|customer|passengers?|male|female|m|f)$/iu;

const COMPANY = /(?<!\p{L})(?:GmbH|AG|Inc|LLC|Ltd|Corp|SARL|S\.?L|S\.?A)\.?$/u;
const LEADING_TITLE = new RegExp(String.raw`^(?:${TITLE}\s){1,3}(?!(?:and|&|und|et|y)\s|$)`, 'u');
const LONGEST_NAME_CHARACTERS = 80;
const MOST_NAMES = 100;

/** The names in a label's value, which may list several. `isList`: the label is in the plural. */
export function readNames(value: string): string[] {
  const text = value
    .replace(/\S{1,80}@\S{1,80}/g, ';')
    .replace(/(?:\b(?:tel|phone|mobile|mob|ph|cell)\b[.:]?\s?)?\+?\(?\d[\d\s().-]{6,18}\d/giu, ';')
    .replace(/\([^()]{0,60}\)/g, ' ')
    .replace(/\[[^[\]]{0,60}\]|<[^<>]{0,80}>/g, ' ')
    .replace(
      /\s(?:\+|plus|and|&)\s(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s?(?:others?|guests?|more|friends?|children|kids|adults?)?(?=$|[,;.])/giu,
      ' ',
    )
    .replace(/,?\s(?:party|group|family)\s(?:of|x)\s\w{1,12}(?=$|[,;.])/giu, ' ')
    .replace(/\s?(?:x\s?\d{1,3}|×\s?\d{1,3})(?=$|[,;])/giu, ' ');
  const pieces = text
    .replace(/(?<=\p{Lu}{2})\/(?=\p{Lu})/gu, ', ')
    .split(/;|\||\/(?=\s)|•|\n|\t/)
    .flatMap(splitCommas);
  const people = pieces.filter((piece) => !COMPANY.test(piece));
  const names: string[] = [];
  // `Hafenkontor GmbH, Herr Petersen`: of a company and a person the person is the guest.
  for (const piece of (people.length > 0 ? people : pieces).flatMap(splitCouple)) {
    const name = tidyName(piece);
    if (name !== null && !names.some((other) => sameName(other, name))) names.push(name);
    if (names.length >= MOST_NAMES) break;
  }
  return names;
}

/** `Berg, Anna` is one name turned round; `Anna Berg, Tom Berg` are two. */
function splitCommas(piece: string): string[] {
  const parts = piece
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [last, given] = parts;
  // Travel agents write `SCHMIDT, KARL MR`.
  const first = given?.replace(/\s(?:mr|mrs|ms|miss|mstr|dr|chd|inf)\.?$/i, '');
  if (parts.length === 2 && last !== undefined && first !== undefined) {
    const isTurned =
      !last.includes(' ') && /^\p{Lu}[\p{L}\p{M}.'’-]*(?:\s\p{Lu}[\p{L}\p{M}.'’-]*){0,2}$/u.test(first);
    if (
      isTurned &&
      !TITLED.test(last) &&
      wordsOf(first) <= 2 &&
      !/^\p{Lu}\p{L}+\s\p{Lu}\p{L}+$/u.test(first)
    ) {
      return [`${first} ${last}`];
    }
    if (/^(?:mr|mrs|ms|miss|dr|herr|frau|jr|sr|ii|iii)\.?$/i.test(first)) return [`${first} ${last}`];
  }
  return parts;
}

const wordsOf = (text: string) => text.split(' ').filter((word) => word !== '').length;

/** `Anna Berg and Tom Falk` are two; `Tom & Anna Berg` share a surname; `Mr. and Mrs. Berg` stay together. */
function splitCouple(piece: string): string[] {
  const sides = piece.split(/\s(?:and|&|und|et|y)\s|\s\+\s/iu).map((side) => side.trim());
  if (sides.length < 2 || sides.some((side) => side === '')) return [piece];
  if (sides.some((side) => new RegExp(`^${TITLE}$`, 'u').test(side))) return [piece];
  if (/^(?:family|friends|guests?|party|co)\b/i.test(sides[sides.length - 1] ?? ''))
    return sides.slice(0, -1);
  const last = sides[sides.length - 1] ?? '';
  const surname = last.split(' ').slice(1).join(' ');
  return sides.map((side) =>
    wordsOf(side) === 1 && surname !== '' && !TITLED.test(last) ? `${side} ${surname}` : side,
  );
}

function tidyName(piece: string): string | null {
  const name = piece
    .replace(/^[\s\d.)#:*•–-]{0,12}/u, '')
    .replace(/^(?:the|lead guest|guest|name|attn|c\/o)\s?:?\s/i, '')
    .replace(/(?:['’]s)?\s(?:party|group)$/i, '')
    .replace(/^family of\s/i, '')
    .replace(LEADING_TITLE, '')
    .replace(/,?\s(?:age|aged)\s\d{1,3}$/i, '')
    .replace(/[\s.,:;–-]+$/u, (end) => (/^\.$/.test(end) && /\s\p{Lu}$/u.test(piece.slice(0, -1)) ? end : ''))
    .trim();
  if (name === '' || name.length > LONGEST_NAME_CHARACTERS || NOT_A_NAME.test(name)) return null;
  if (!/\p{L}{2}|\p{L}\./u.test(name) || /https?:|www\.|[{}<>=]/.test(name)) return null;
  if (wordsOf(name) > 7) return null;
  return name;
}

export function sameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const FULL_NAME = String.raw`${NAME_WORD}(?:\s${NAME_WORD}){0,4}`;
const WITH_TITLE = new RegExp(
  String.raw`(?<!\p{L})(${TITLE}(?:\s(?:and|&|und)\s${TITLE})?\s(?:\p{Lu}\.\s?){0,2}${FULL_NAME}(?:\s(?:and|&)\s${TITLE}\s${FULL_NAME})?)`,
  'u',
);
const PARTY_OF = new RegExp(
  String.raw`(?<!\p{L})(?:the|for)\s(${FULL_NAME})(?:['’]s)?\s(?:party|family|group|wedding|booking|reservation)(?!\p{L})`,
  'u',
);
const UNDER_NAME = new RegExp(
  String.raw`(?<!\p{L})(?:[Ii]n the name of|[Uu]nder the name(?: of)?|[Uu]nder|[Nn]ame is|[Ll]ast name|[Nn]ame|[Gg]uest is|[Bb]ooked by|[Bb]ooking for|[Rr]eservation for|[Cc]harter for|[Cc]onfirmed for|on behalf of)\s(?:the\s)?(${FULL_NAME})`,
  'u',
);
/** `Trevor Lindqvist has cancelled`: who does something to a booking. */
const DOES =
  /(?<![\p{L}.])(\p{Lu}[\p{L}’'-]{1,20}(?:\s(?:\p{Lu}\.|(?:van|von|de|der|del|da|di)|\p{Lu}[\p{L}’'-]{1,24})){0,2}\s\p{Lu}[\p{L}’'-]{1,24})\s(?:has |have |just |would like to |wants to ){0,2}(?:booked|book|reserved|reserve|charter|cancelled|canceled|changed|removed|added|requested|rescheduled)(?!\p{L})/u;
const FROM_NAME = new RegExp(
  String.raw`(?<!\p{L})(?:(?:[Oo]rder|[Bb]ooking|[Rr]equest|[Ii]nquiry|[Ee]nquiry|[Rr]eservation)\s(?:from|by)|[Rr]epresented by|[Aa] nombre de|[Aa]u nom de|[Aa]uf den Namen|NAME)\s["“]?(?:${TITLE}\s){0,2}(\p{Lu}[\p{L}’'-]{1,24}(?:\s(?:(?:de|la|van|von|der|del|da|di)\s)?\p{Lu}[\p{L}’'-]{1,24}){0,3})`,
  'u',
);
/** `cancel R-5513 (Gina Torres, 4 pax)`, `Ann Bell, 4 guests` */
const BEFORE_COUNT =
  /(?:^|[.(]\s?|for )(\p{Lu}[\p{L}’'-]{1,24}(?:\s\p{Lu}[\p{L}’'-]{1,24}){1,3}),\s\d{1,3}\s?(?:guest|pax|people|person|adult)/u;
const PLURAL = /(?<!\p{L})(?:for|by) the (\p{Lu}[\p{L}’'-]{2,30}s)(?=[\s,.])/u;
const NOT_NAMES =
  /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|The|Your|Our|This|That|We|I|Please|Boat|Private|Sunset|Charter|Booking|You|It|If|New|Online|Customer|Guest|Traveler|Nobody)\b/u;

/** `Boyd x2`: a name and how many come with it. */
export function nameAndCount(sentence: string): { readonly name: string; readonly size: number } | null {
  const match = /(?<![\p{L}\d])(\p{Lu}[\p{L}’'-]{2,24})\s?x\s?(\d{1,3})(?![\d\p{L}:]|[.,]\d)/u.exec(sentence);
  const name = match?.[1] ?? '';
  return match === null || NOT_A_NAME.test(name) ? null : { name, size: Number(match[2]) };
}

/** The guest that a sentence names, or none: only where a title or the words around it say that it is one. */
export function namesInSentence(sentence: string, onlySure = false): string[] {
  for (const pattern of onlySure
    ? [FROM_NAME, DOES, BEFORE_COUNT]
    : [FROM_NAME, WITH_TITLE, DOES, BEFORE_COUNT, PARTY_OF, UNDER_NAME, PLURAL]) {
    const match = pattern.exec(sentence);
    const found = match?.[1];
    if (found === undefined || NOT_NAMES.test(found)) continue;
    const trimmed = found
      .replace(/\s(?:van|von|de|der|den|del|della|di|da|la|le|al|el|y|zu)$/u, '')
      .replace(/['’]s$/u, '');
    return readNames(trimmed.replace(/\s(?:on|at|for|aboard)$/u, ''));
  }
  return [];
}
