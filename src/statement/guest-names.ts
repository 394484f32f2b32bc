/** Guests' names compared as people write them. What was taken for the same is shown with how it differs. */
import { compareText } from './charter.ts';
import { editDistance, foldedWords } from './matching/folding.ts';

/**
 * How two writings of one name agree: to the letter (spaces apart); but for case, accents, hyphens, titles; in
 * another order; with initials; with names left out; by surname alone; but for a slip of the pen.
 */
export type NameLikeness =
  | 'equal'
  | 'spelling'
  | 'order'
  | 'initials'
  | 'names-left-out'
  | 'surname-only'
  | 'typo';

export interface SameName {
  readonly a: string;
  readonly b: string;
  readonly how: NameLikeness;
}

export interface NameComparison {
  /** Each name of either side at most once, best likeness first. */
  readonly same: readonly SameName[];
  readonly differing: {
    readonly onlyInA: readonly string[];
    readonly onlyInB: readonly string[];
  };
}

const LIKENESSES: readonly NameLikeness[] = [
  'equal',
  'spelling',
  'order',
  'initials',
  'names-left-out',
  'surname-only',
  'typo',
];

const TITLES: ReadonlySet<string> = new Set(
  (
    'mr mrs ms miss mx mister dr doctor prof professor rev reverend fr sr jr ii iii phd md esq sir dame lady lord ' +
    'capt captain hon herr frau mme mlle monsieur madame senor senora sra señor señora signor signora'
  ).split(' '),
);
/** What captains write beside a name; a guest called so keeps it, for a name is never folded to nothing. */
const BESIDE_NAMES: ReadonlySet<string> = new Set([
  'family',
  'party',
  'group',
  'guest',
  'guests',
  'of',
  'pax',
]);

interface FoldedName {
  /** As written, without doubled spaces. */
  readonly written: string;
  /** First names before surnames, as far as a comma tells. */
  readonly words: readonly string[];
  readonly joined: string;
  readonly sorted: string;
}

/**
 * Pairs the names of two lists, each name at most once; blank names are left out. The order of either list makes no
 * difference, and turning the lists round turns the answer round.
 */
export function compareGuestNames(a: readonly string[], b: readonly string[]): NameComparison {
  const restA = folded(a);
  const restB = folded(b);
  const same = pairEqual(restA, restB);
  const pairs = restA.flatMap((left) =>
    restB.flatMap((right) => {
      const how = likeness(left, right);
      return how === null ? [] : [{ left, right, rank: LIKENESSES.indexOf(how), how }];
    }),
  );
  pairs.sort(
    (p, q) =>
      p.rank - q.rank ||
      compareText(least(p.left.written, p.right.written), least(q.left.written, q.right.written)) ||
      compareText(most(p.left.written, p.right.written), most(q.left.written, q.right.written)),
  );
  const taken = new Set<FoldedName>();
  for (const { left, right, how } of pairs) {
    if (taken.has(left) || taken.has(right)) continue;
    taken.add(left);
    taken.add(right);
    same.push({ a: left.written, b: right.written, how });
  }
  const left = (names: readonly FoldedName[]): string[] =>
    names.filter((name) => !taken.has(name)).map(({ written }) => written);
  return { same, differing: { onlyInA: left(restA), onlyInB: left(restB) } };
}

function folded(names: readonly string[]): FoldedName[] {
  return names
    .map((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '')
    .sort(compareText)
    .map(foldName);
}

function foldName(written: string): FoldedName {
  // “Last, First”; a second comma starts something else, such as a degree.
  const [last = '', first = '', ...rest] = written.split(',');
  const isTitle = foldedWords(first).every((word) => TITLES.has(word));
  const turned = isTitle ? written : `${first} ${last} ${rest.join(' ')}`;
  const all = foldedWords(turned.replace(/\(.*?\)/g, ' '));
  const words = keep(
    keep(all, (word) => !TITLES.has(word)),
    (word) => !BESIDE_NAMES.has(word) && !/^\d+$/.test(word),
  );
  const named = words.length > 0 ? words : [written.toLowerCase()];
  return { written, words: named, joined: named.map(umlautless).join(''), sorted: sortedWords(named) };
}

function keep(words: readonly string[], wanted: (word: string) => boolean): readonly string[] {
  const kept = words.filter(wanted);
  return kept.length === 0 ? words : kept;
}

/** `Mueller` and `Müller` are one name: the folded ü is a plain u. */
function umlautless(word: string): string {
  return word.replace(/([aou])e/g, '$1');
}

function sortedWords(words: readonly string[]): string {
  return words.map(umlautless).sort(compareText).join(' ');
}

/** Takes what is equal to the letter out of both lists first: long lists are mostly that. */
function pairEqual(a: FoldedName[], b: FoldedName[]): SameName[] {
  const same: SameName[] = [];
  for (let index = 0; index < a.length; ) {
    const name = a[index];
    const other = b.findIndex(({ written }) => written === name?.written);
    if (name === undefined || other < 0) {
      index++;
      continue;
    }
    same.push({ a: name.written, b: name.written, how: 'equal' });
    a.splice(index, 1);
    b.splice(other, 1);
  }
  return same;
}

function likeness(one: FoldedName, other: FoldedName): NameLikeness | null {
  // The same way round for (a, b) and (b, a): what is greedy below then answers the same.
  const [a, b] = one.written < other.written ? [one, other] : [other, one];
  if (a.joined === b.joined) return 'spelling';
  if (a.sorted === b.sorted) return 'order';
  if (a.words.length > 1 && b.words.length > 1) {
    if (withInitials(a.words, b.words)) return 'initials';
    if (partOf(a.words, b.words) || partOf(b.words, a.words)) return 'names-left-out';
  } else if (surnameOnly(a.words, b.words) || surnameOnly(b.words, a.words)) return 'surname-only';
  return isTypo(a, b) ? 'typo' : null;
}

/** Each word has its own in the other name, in full or as its first letter; one at least in full. */
function withInitials(a: readonly string[], b: readonly string[]): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const rest = [...many];
  const take = (fits: (word: string) => boolean): boolean => {
    const index = rest.findIndex(fits);
    if (index < 0) return false;
    rest.splice(index, 1);
    return true;
  };
  const notInFull = few.filter((word) => word.length === 1 || !take((other) => other === word));
  if (notInFull.length === few.length) return false;
  const short = notInFull.every((word) =>
    take((other) => (word.length === 1 || other.length === 1) && other.charAt(0) === word.charAt(0)),
  );
  return short && notInFull.length > 0;
}

function partOf(part: readonly string[], whole: readonly string[]): boolean {
  if (part.length >= whole.length) return false;
  const rest = whole.map(umlautless);
  return part.map(umlautless).every((word) => {
    const index = rest.indexOf(word);
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

function surnameOnly(one: readonly string[], other: readonly string[]): boolean {
  const [word = ''] = one;
  return one.length === 1 && other.length > 1 && word.length > 2 && other[other.length - 1] === word;
}

/** One slip in 5 to 11 letters, two in more, and none that makes another short name of one (Mark, Mary). */
function isTypo(a: FoldedName, b: FoldedName): boolean {
  if (a.words.length !== b.words.length || !wordsAreClose(a.words, b.words)) return false;
  return isFewSlips(a.joined, b.joined) || isFewSlips(a.sorted, b.sorted);
}

function isFewSlips(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length);
  const allowed = length < 5 ? 0 : length < 12 ? 1 : 2;
  return editDistance(a, b, allowed) <= allowed;
}

function wordsAreClose(a: readonly string[], b: readonly string[]): boolean {
  const rest = [...b];
  return a.every((word) => {
    const index = closest(word, rest);
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
}

function closest(word: string, others: readonly string[]): number {
  const exact = others.indexOf(word);
  return exact >= 0 ? exact : others.findIndex((other) => isSlip(word, other));
}

function isSlip(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length);
  if (length < 4) return false;
  if (length === 4 && a.length === b.length) {
    return [...a].sort().join('') === [...b].sort().join('') && editDistance(a, b, 1) === 1;
  }
  const allowed = length < 8 ? 1 : 2;
  return editDistance(a, b, allowed) <= allowed;
}

function least(a: string, b: string): string {
  return a < b ? a : b;
}

function most(a: string, b: string): string {
  return a < b ? b : a;
}
