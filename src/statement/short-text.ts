/** Text from outside inside a sentence of Purser's own. */
import { wholeCharacters } from './cell-text.ts';

/** On one line, without what turns the writing direction, and short enough for a sentence: `…` where it was cut. */
export function cut(text: string, longest = 80): string {
  const flat = [...wholeCharacters(text, longest + 1)]
    .map((character) => (isUnfit(character.codePointAt(0) ?? 0) ? ' ' : character))
    .join('');
  return flat.length > longest || text.length > longest + 1 ? `${wholeCharacters(flat, longest - 1)}…` : flat;
}

/** Control characters, half surrogate pairs, line separators, and marks that steer direction or take no room. */
function isUnfit(code: number): boolean {
  if (code < 32 || (code >= 0x7f && code < 0xa0)) return true;
  if (code >= 0xd800 && code <= 0xdfff) return true;
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069)
  );
}
