/** Where tags of an HTML body end, and what a table's row holds. */

export const LONGEST_TAG_CHARACTERS = 4_000;

/** A row of several columns is a booking: struck out it is cancelled, while a label's old value is gone. */
export function isLongRow(html: string, from: number): boolean {
  const row = html.slice(from, from + LONGEST_TAG_CHARACTERS).split(/<\/tr/i, 1)[0] ?? '';
  return row.split(/<td/i, 5).length >= 4;
}

/** Where the tag ends; a `>` inside a quoted attribute is not its end. */
export function endOfTag(html: string, from: number): number {
  const plain = html.indexOf('>', from);
  if (plain < 0) return html.length;
  const quoteAt = html.slice(from, plain).search(/["']/);
  if (quoteAt < 0) return plain;
  let at = from;
  // An attribute that is never closed must not swallow the rest of the mail.
  const limit = Math.min(html.length, from + 3_000_000);
  while (at < limit) {
    const character = html[at];
    if (character === '>') return at;
    if (character === '"' || character === "'") {
      const end = html.indexOf(character, at + 1);
      if (end < 0 || end > limit) return plain;
      at = end;
    }
    at++;
  }
  return plain;
}

export function indexOfClosing(html: string, name: string, from: number): number {
  let at = from;
  for (;;) {
    const found = html.indexOf('</', at);
    if (found < 0) return -1;
    if (html.slice(found + 2, found + 2 + name.length).toLowerCase() === name) return found;
    at = found + 2;
  }
}
