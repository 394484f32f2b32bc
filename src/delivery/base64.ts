import { encode } from '@stablelib/base64';

/** Base64; `lineLength` 0: one line, else lines of that length joined by CRLF, as MIME wants them. */
export function base64(bytes: Uint8Array, lineLength: number): string {
  const text = encode(bytes);
  if (lineLength === 0) return text;
  const lines: string[] = [];
  for (let from = 0; from < text.length; from += lineLength) lines.push(text.slice(from, from + lineLength));
  return lines.join('\r\n');
}
