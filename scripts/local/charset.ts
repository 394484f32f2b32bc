/**
 * Bytes to text by the name of a character set: as Java has the sets, for Apps Script, and as the web has them, for
 * mail. They disagree on 0x80 to 0x9F. Node's own decoder takes windows-1252 for Latin-1 in many versions, 20.20
 * among them (github.com/nodejs/node/issues/60888); of the other sets it reads what the Encoding Standard says.
 */

/** Windows-1252 from 0x80 to 0x9F (encoding.spec.whatwg.org/index-windows-1252.txt); what it has not is �. */
const WINDOWS_1252_HIGH = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';
const REPLACEMENT = '\ufffd';

/**
 * As `new String(bytes, charset)` of Java: a byte order mark stays, but for UTF-16, which is big-endian without one;
 * ISO-8859-N has control characters where windows-125N has € and quotes, and windows-125N has nothing where the web has
 * control characters. Compared with OpenJDK 17. Not followed: Java’s Shift_JIS lacks the vendors’ characters (① is in
 * its windows-31j), its wave dash is another sign, and it knows some names that the web does not, and the other way.
 *
 * @throws RangeError when Node does not know the charset, or Java allows no such name
 */
export function javaText(bytes: Uint8Array, charset: string): string {
  // docs.oracle.com/en/java/javase/17/docs/api/java.base/java/nio/charset/Charset.html#names
  if (!/^[a-z0-9][\w.:+-]*$/i.test(charset)) throw new RangeError(`No name of a charset: ${charset}`);
  if (/^(?:utf[-_]?16|unicode)$/i.test(charset)) return utf16Text(bytes);
  if (/^(?:us-ascii|ascii|ansi_x3\.4-19(?:68|86))$/i.test(charset)) {
    return latin1Text(bytes).replace(/[\x80-\xff]/g, REPLACEMENT);
  }
  // Java's own spelling, `ISO8859_15`, is not the web's.
  const decoder = new TextDecoder(charset.replace(/^iso[-_]?8859[-_]?(?=\d)/i, 'iso-8859-'), {
    ignoreBOM: true,
  });
  const isWindows = /125\d$/.test(charset);
  if (decoder.encoding === 'windows-1252') return isWindows ? windows1252Text(bytes) : latin1Text(bytes);
  const text = decoder.decode(bytes);
  if (isWindows) return text.replace(/[\x80-\x9f]/g, REPLACEMENT);
  if (decoder.encoding !== 'windows-1254') return text;
  // ISO-8859-9. One character a byte, so that places are the same.
  return text.replace(/[\s\S]/g, (character, at: number) => controlAt(bytes, at) ?? character);
}

/**
 * As a browser or a mail program: what says Latin-1 or ASCII is read as windows-1252
 * (encoding.spec.whatwg.org/#names-and-labels); a byte order mark is dropped.
 *
 * @throws RangeError when the Encoding Standard does not know the charset
 */
export function webText(bytes: Uint8Array, charset: string): string {
  const decoder = new TextDecoder(charset);
  if (decoder.encoding !== 'windows-1252') return decoder.decode(bytes);
  // Where windows-1252 has nothing, the web leaves the control character.
  return windows1252Text(bytes).replace(/\ufffd/g, (_, at: number) => controlAt(bytes, at) ?? REPLACEMENT);
}

function windows1252Text(bytes: Uint8Array): string {
  return latin1Text(bytes).replace(
    /[\x80-\x9f]/g,
    (control) => WINDOWS_1252_HIGH[control.charCodeAt(0) - 0x80] ?? REPLACEMENT,
  );
}

function latin1Text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function utf16Text(bytes: Uint8Array): string {
  const littleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes);
}

/** The control character of a byte from 0x80 to 0x9F. */
function controlAt(bytes: Uint8Array, at: number): string | null {
  const byte = bytes[at] ?? 0;
  return byte >= 0x80 && byte < 0xa0 ? String.fromCharCode(byte) : null;
}
