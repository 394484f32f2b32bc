/** Encoded words of mail headers (RFC 2047), read back: Gmail's API may give a header raw or decoded. */
import { decode as fromBase64 } from '@stablelib/base64';
import { decode as fromUtf8 } from '@stablelib/utf8';

const WORD = String.raw`=\?[A-Za-z0-9_.:-]+(?:\*[A-Za-z0-9-]*)?\?[BbQq]\?[^?]*\?=`;
/** Words one after another belong together, and the space between them is not text (RFC 2047, 6.2). */
const RUN = new RegExp(`${WORD}(?:[ \\t\\r\\n]*${WORD})*`, 'g');
const PARTS = /=\?([^?*]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=/g;
const QUOTED_OR_RUN = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${RUN.source}`, 'g');

/** Text with its encoded words decoded; a word that can't be read stays as it is. */
export function decodeWords(text: string): string {
  return text.replace(RUN, (run) => decodeRun(run) ?? run);
}

/**
 * A header of addresses with each encoded name as a quoted string, so that a comma or a bracket inside a name
 * stays inside it. A name that can't be read becomes empty: better none than garbage.
 */
export function quoteEncodedNames(header: string): string {
  return header.replace(QUOTED_OR_RUN, (found) => {
    if (!found.startsWith('"')) return quoted(decodeRun(found) ?? '');
    if (!found.includes('=?')) return found;
    // Some programs put encoded words inside quotes, where they should not be.
    const inner = found.slice(1, -1).replace(/\\(.)/g, '$1');
    return quoted(inner.replace(RUN, (run) => decodeRun(run) ?? ''));
  });
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The text of a run of encoded words; null when a word or its character set is not known. */
function decodeRun(run: string): string | null {
  const pieces: { readonly charset: string; readonly bytes: number[] }[] = [];
  for (const [, charset = '', encoding = '', content = ''] of run.matchAll(PARTS)) {
    const bytes = encoding.toUpperCase() === 'B' ? base64Bytes(content) : quotedBytes(content);
    if (bytes === null) return null;
    const last = pieces[pieces.length - 1];
    // Some programs split a character over two words, so bytes of neighbours are read as one.
    if (last?.charset === charset.toLowerCase()) last.bytes.push(...bytes);
    else pieces.push({ charset: charset.toLowerCase(), bytes: [...bytes] });
  }
  const texts = pieces.map(({ charset, bytes }) => decodeBytes(charset, bytes));
  return texts.includes(null) ? null : texts.join('');
}

function base64Bytes(content: string): readonly number[] | null {
  const bare = content.replace(/=+$/, '');
  try {
    return [...fromBase64(bare + '='.repeat((4 - (bare.length % 4)) % 4))];
  } catch {
    return null;
  }
}

function quotedBytes(content: string): readonly number[] | null {
  const bytes: number[] = [];
  for (let at = 0; at < content.length; at++) {
    const character = content[at] ?? '';
    if (character === '=') {
      const hex = content.slice(at + 1, at + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return null;
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else {
      const code = character === '_' ? 0x20 : character.charCodeAt(0);
      if (code > 0x7e) return null;
      bytes.push(code);
    }
  }
  return bytes;
}

function decodeBytes(charset: string, bytes: readonly number[]): string | null {
  switch (charset) {
    case 'utf-8':
    case 'utf8':
    case 'us-ascii':
      try {
        return fromUtf8(Uint8Array.from(bytes));
      } catch {
        return null;
      }
    case 'iso-8859-1':
    case 'iso-8859-15':
    case 'windows-1252':
      // Where the three differ, nothing is guessed.
      if (
        bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ||
        (charset === 'iso-8859-15' && bytes.some(isChangedIn15))
      ) {
        return null;
      }
      return String.fromCharCode(...bytes);
    default:
      return null;
  }
}

/** The eight characters in which Latin-9 is not Latin-1 (RFC 1345's registry, ISO-IR 203). */
function isChangedIn15(byte: number): boolean {
  return [0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe].includes(byte);
}
