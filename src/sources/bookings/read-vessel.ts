/** Names of vessels as labels and sentences give them. */

const LONGEST_VESSEL_CHARACTERS = 60;

const WORD = String.raw`(?:\p{Lu}[\p{L}\p{M}'’-]{0,24}|[IVX]{1,4}|\d{1,3})`;
const NAME = String.raw`(?:(?:M\/?[VYS]|S\/?[VYS]|MS|MV|SY|SV|HMS)\.?\s)?${WORD}(?:\s(?:(?:of|de|la|the|du|del)\s)?${WORD}){0,3}`;
const KIND =
  '(?:exklusiv|privat)?charter|schiff|boot|bateau|voilier|barco|embarcación|yacht|boat|catamaran|vessel|schooner|ship|sloop|ketch|trimaran|ferry|motor yacht|sailboat|sailing yacht|cutter|cat';
const QUOTED = `[“"'‘«„(]\\s?(${NAME})\\s?[”"'’»“)]`;
const ABOARD = new RegExp(
  String.raw`(?<!\p{L})(?:aboard|on board|onboard)\s(?:of\s)?(?:the\s|our\s)?(?:(?:${KIND})\s)?(?:${QUOTED}|(${NAME}))`,
  'iu',
);
const OF_KIND = new RegExp(
  String.raw`(?<!\p{L})(?:(?:${KIND})\s${QUOTED}|(?:the|our|el|la|le|das|der|dem|die)\s(?:${KIND})\s(${NAME}))`,
  'iu',
);
const PREFIXED =
  /(?<![\p{L}])((?:M\/[VYS]|S\/[VYS]|MV|SV)\.?\s\p{Lu}[\p{L}'’-]{1,24}(?:\s(?:\p{Lu}[\p{L}'’-]{0,24}|[IVX]{1,4})){0,3})/u;
const BOOKED = new RegExp(
  String.raw`(?<!\p{L})(?:book|booked|confirm|confirmed|reserve|reserved|charter|chartered|hire|hired|on|have)\s(?:the|our)\s(?:${QUOTED}|(${NAME}))(?=\s(?:on|for|at|from|leaving|departing|this|next)\b|[,.]|$)`,
  'iu',
);
/** `his charter of Salt Marsh on Friday`, `wants to charter Second Wind (captained)`, `release the Wanderlust` */
const CHARTERED = new RegExp(
  String.raw`(?<!\p{L})(?:charter of|to charter|release)\s(?:the\s)?(?:${QUOTED}|(${NAME}))(?=\s(?:on|for|at|from)\s|\s?[(,.]|$)`,
  'iu',
);
const NOT_VESSELS =
  /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|We|I|You|Your|Our|This|Thank|Please|Private|Public|Sunset|Morning|Evening|Charter|Booking|Agreement|Mr|Mrs|Ms|Dr)\b/u;

/** A label's value: the name without its kind or capacity in parentheses. */
export function readVessel(value: string): string | null {
  const name = value
    .replace(/\([^()]{0,60}\)/g, ' ')
    .replace(/^[\s"“”'‘’:–-]+|[\s"“”'‘’:;,.–-]+$/gu, '')
    .replace(/ {2,}/g, ' ');
  if (name === '' || name.length > LONGEST_VESSEL_CHARACTERS || !/\p{L}/u.test(name)) return null;
  return /^(?:tbc|tba|tbd|n\/?a|none|any|to be (?:confirmed|advised|assigned))$/i.test(name) ? null : name;
}

/** The vessel that a sentence names: after `aboard`, after its kind, or with M/V and the like. */
export function vesselInSentence(sentence: string, onlyAboard = false): string | null {
  for (const pattern of onlyAboard
    ? [ABOARD, PREFIXED, CHARTERED]
    : [ABOARD, OF_KIND, PREFIXED, CHARTERED, BOOKED]) {
    const match = pattern.exec(sentence);
    const name = match?.[1] ?? match?.[2];
    if (name === undefined || !/^["“'‘]?(?:\p{Lu}|\d)/u.test(name)) continue;
    const whole = capitalRun(name);
    if (whole === '' || NOT_VESSELS.test(whole)) continue;
    return readVessel(whole);
  }
  return null;
}

/** The pattern ignores case for the words ahead; the name itself ends where its capitals do. */
function capitalRun(name: string): string {
  const words: string[] = [];
  for (const word of name.split(' ')) {
    if (!/^(?:\p{Lu}|\d|of$|de$|la$|the$|du$|del$)/u.test(word) || NOT_VESSELS.test(word)) break;
    words.push(word);
  }
  while (/^(?:of|de|la|the|du|del)$/.test(words[words.length - 1] ?? '')) words.pop();
  return words.join(' ');
}

/** The one vessel of the fleet that the text names as whole words, whatever the case; null for none or two. */
export function knownVesselIn(text: string, vessels: readonly string[]): string | null {
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const found = vessels.filter((vessel) => {
    const name = vessel
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    return name !== '' && lower.includes(` ${name} `);
  });
  // `Windward` stands inside `Windward II`: the longer name is meant.
  const longest = found.filter(
    (vessel) =>
      !found.some((other) => other !== vessel && other.toLowerCase().includes(vessel.toLowerCase())),
  );
  return longest.length === 1 ? (longest[0] ?? null) : null;
}

/** `38ft Sea Ray "Knot Working"`: a listing's name in quotation marks. */
export function quotedVessel(text: string): string | null {
  const match = /[“"„«]\s?([^“”"„«»]{2,40}?)\s?[”"“»]/u.exec(text);
  return match === null ? null : readVessel(match[1] ?? '');
}
