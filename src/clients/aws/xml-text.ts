/** The little XML that AWS's query protocol answers with: elements that hold text, no attributes, no comments. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of the one element of that name; null when there is none, when there are several, or it holds more. */
export function elementText(xml: string, name: string): string | null {
  const found = [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))];
  const text = found[0]?.[1];
  return text === undefined || found.length > 1 ? null : unescaped(text);
}

/** Whether the document's element has that name and the document came whole. */
export function isWhole(xml: string, name: string): boolean {
  const body = xml.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?/, '');
  return new RegExp(`^<${name}[\\s>]`).test(body) && body.trimEnd().endsWith(`</${name}>`);
}

/** Null for an entity that XML does not know (www.w3.org/TR/xml/#sec-predefined-ent). */
function unescaped(text: string): string | null {
  let isKnown = true;
  const plain = text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const named = whole.endsWith(';') ? (NAMED[name] ?? characterOf(name)) : null;
    if (named === null) isKnown = false;
    return named ?? '';
  });
  return isKnown ? plain : null;
}

function characterOf(reference: string): string | null {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(reference);
  if (match === null) return null;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
