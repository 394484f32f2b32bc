/** Names of vessels, people and bookings as they compare: without accents, case and punctuation. */

/** Letters that Unicode does not take apart into a plain one and a mark. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['ς', 'σ'],
]);

/** Accents of Latin, Greek and Cyrillic, and vowel points; marks that make another letter in other scripts stay. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;
const APOSTROPHES = /['’‘ʼʻ`´′＇]/g;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

/** Lower case, without accents; `Weiß` → `weiss`. */
export function foldLetters(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(ACCENTS, '');
  return plain.replace(/[ßæœøłđðþıħŧŋς]/g, (letter) => PLAIN.get(letter) ?? letter).normalize('NFC');
}

/** Words of a text, folded: `O’Malley-Weiß, T.` → `omalley`, `weiss`, `t`. */
export function foldedWords(text: string): string[] {
  // Compatibility forms turn some spacing accents into a space and a mark, so apostrophes go before folding.
  const folded = foldLetters(text.replace(APOSTROPHES, ''));
  return folded.replace(BETWEEN_WORDS, ' ').trim().split(' ').filter(Boolean);
}

/** A vessel's name as it compares: `M/V Étoile  du Nord` → `etoile du nord`; null when nothing is left. */
export function foldVessel(name: string): string | null {
  const words = foldedWords(
    name
      .replace(/^\s*(?:the\s+)?(?:[ms]\s*[/.]\s*[vy]\b\.?)?/i, '')
      .replace(/^\s*the\s+/i, '')
      .replace(/&/g, ' and '),
  );
  return words.length === 0 ? null : words.join(' ');
}

/** A reference or an id as it compares: `hb 45149` → `HB45149`; null when nothing is left. */
export function foldReference(reference: string): string | null {
  const folded = reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return folded === '' ? null : folded;
}

/**
 * How many letters must be put in, left out, replaced or swapped with their neighbour to make one text the other;
 * `most + 1` as soon as it is more than `most`.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}
