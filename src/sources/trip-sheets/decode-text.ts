/** Bytes of a text file to text, without being told the character set. Apps Script has no TextDecoder. */

export interface DecodedText {
  readonly text: string;
  /** A sentence when characters were lost, or the bytes are no text at all. */
  readonly problem: string | null;
}

/** Windows-1252 from 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt); 0 where it has none. */
const WINDOWS_1252_HIGH = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];
const REPLACEMENT = 0xfffd;
const LOST = 'Some characters of the file could not be read; they are shown as �.';

/**
 * Reads UTF-8 and UTF-16, with and without a byte order mark, else windows-1252 (which latin-1 text is, too).
 * Never throws.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8Text(bytes.subarray(3)).decoded;
  if (first === 0xff && second === 0xfe) return utf16Text(bytes.subarray(2), 0);
  if (first === 0xfe && second === 0xff) return utf16Text(bytes.subarray(2), 1);
  const zeros = zerosByParity(bytes.subarray(0, 4096));
  // Half of the bytes of western text in UTF-16 are zero, always at the same side.
  if (zeros.odd > 0.3 && zeros.even < 0.05) return utf16Text(bytes, 0);
  if (zeros.even > 0.3 && zeros.odd < 0.05) return utf16Text(bytes, 1);
  if (zeros.odd + zeros.even > 0) {
    return { text: '', problem: 'The file is not text: it holds bytes that no text has.' };
  }
  const utf8 = utf8Text(bytes);
  // One broken byte in a text that is UTF-8 elsewhere does not make it windows-1252.
  return utf8.wrong === 0 || utf8.long > utf8.wrong ? utf8.decoded : windows1252Text(bytes);
}

function zerosByParity(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const counts = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  }
  const half = Math.max(bytes.length / 2, 1);
  return { even: (counts[0] ?? 0) / half, odd: (counts[1] ?? 0) / half };
}

function utf16Text(bytes: Uint8Array, highAt: 0 | 1): DecodedText {
  const text = textCollector();
  let lost = bytes.length % 2 === 1;
  // With the low byte first, the high one is the second.
  const [low, high] = highAt === 0 ? [0, 1] : [1, 0];
  const unitAt = (at: number) => ((bytes[at + high] ?? 0) << 8) | (bytes[at + low] ?? 0);
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = unitAt(at);
    const next = at + 3 < bytes.length ? unitAt(at + 2) : 0;
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      text.addUnit(unit);
      text.addUnit(next);
      at += 2;
    } else if (unit >= 0xd800 && unit < 0xe000) {
      lost = true;
      text.addUnit(REPLACEMENT);
    } else text.addUnit(unit);
  }
  return { text: text.done(), problem: lost ? LOST : null };
}

interface Utf8Text {
  readonly decoded: DecodedText;
  /** Bytes that UTF-8 does not allow where they stand. */
  readonly wrong: number;
  /** Characters of two bytes and more. */
  readonly long: number;
}

function utf8Text(bytes: Uint8Array): Utf8Text {
  const text = textCollector();
  let wrong = 0;
  let long = 0;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      text.addUnit(first);
      at += 1;
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    let code = first >= 0xc2 && first <= 0xf4 ? first & (0xff >> (length + 1)) : -1;
    for (let next = 1; next < length && code >= 0; next++) {
      const byte = bytes[at + next] ?? 0;
      code = (byte & 0xc0) === 0x80 ? (code << 6) | (byte & 0x3f) : -1;
    }
    const least = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      wrong += 1;
      text.addUnit(REPLACEMENT);
      at += 1;
    } else {
      long += 1;
      text.addCode(code);
      at += length;
    }
  }
  return { decoded: { text: text.done(), problem: wrong > 0 ? LOST : null }, wrong, long };
}

function windows1252Text(bytes: Uint8Array): DecodedText {
  const text = textCollector();
  let lost = false;
  for (const byte of bytes) {
    const unit = byte >= 0x80 && byte < 0xa0 ? (WINDOWS_1252_HIGH[byte - 0x80] ?? 0) : byte;
    lost ||= unit === 0;
    text.addUnit(unit === 0 ? REPLACEMENT : unit);
  }
  return { text: text.done(), problem: lost ? LOST : null };
}

/** UTF-8 where it must be UTF-8, as inside a workbook; what is wrong becomes �. */
export function decodeUtf8(bytes: Uint8Array): string {
  return utf8Text(bytes).decoded.text;
}

/** Joins in pieces: one string made of millions of additions costs many times its size. */
function textCollector() {
  const pieces: string[] = [];
  let units: number[] = [];
  const addUnit = (unit: number) => {
    units.push(unit);
    if (units.length >= 8192) {
      pieces.push(String.fromCharCode(...units));
      units = [];
    }
  };
  return {
    addUnit,
    addCode(code: number) {
      if (code < 0x10000) return addUnit(code);
      addUnit(0xd800 + ((code - 0x10000) >> 10));
      addUnit(0xdc00 + ((code - 0x10000) & 0x3ff));
    },
    done: () => pieces.join('') + String.fromCharCode(...units),
  };
}
