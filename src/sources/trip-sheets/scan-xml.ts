/**
 * The XML of a workbook's parts, read once from front to back without building a tree: a tab may have a million
 * rows. Works on bytes as characters ("binary" text), which V8 keeps in one byte each and searches fast; only what
 * is asked for is decoded.
 */
import { decodeUtf8 } from './decode-text.ts';

export interface XmlReader {
  /** `name` without its prefix. `attribute` gives a value by its name without prefix, or null. */
  open?(name: string, attribute: (name: string) => string | null): void;
  /** Called for empty elements, too. */
  close?(name: string): void;
  /** As written; `xmlText` decodes it. */
  text?(raw: string): void;
}

const PIECE = 8192;

/** One character for each byte. */
export function binaryText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return pieces.join('');
}

/** Whether the XML was whole: one root, every element closed. */
export function scanXml(xml: string, reader: XmlReader): boolean {
  let depth = 0;
  let roots = 0;
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<', at);
    if (start < 0) break;
    if (start > at && depth > 0) reader.text?.(xml.slice(at, start));
    if (xml.startsWith('<![CDATA[', start)) {
      const end = xml.indexOf(']]>', start);
      if (end < 0) return false;
      reader.text?.(escaped(xml.slice(start + 9, end)));
      at = end + 3;
      continue;
    }
    if (xml.startsWith('<!--', start)) {
      const end = xml.indexOf('-->', start + 4);
      if (end < 0) return false;
      at = end + 3;
      continue;
    }
    const end = tagEnd(xml, start + 1);
    if (end < 0) return false;
    at = end + 1;
    const first = xml[start + 1];
    if (first === '?' || first === '!') continue;
    if (first === '/') {
      depth -= 1;
      reader.close?.(localName(xml, start + 2, end));
      if (depth < 0) return false;
      continue;
    }
    const empty = xml[end - 1] === '/';
    const name = localName(xml, start + 1, empty ? end - 1 : end);
    if (depth === 0) roots += 1;
    reader.open?.(name, (wanted) => attributeOf(xml.slice(start + 1, end), wanted));
    if (empty) reader.close?.(name);
    else depth += 1;
  }
  return depth === 0 && roots === 1;
}

/** Where the tag ends: a `>` inside an attribute's value does not end it. */
function tagEnd(xml: string, start: number): number {
  let quote = 0;
  for (let at = start; at < xml.length; at++) {
    const code = xml.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3e) return at;
  }
  return -1;
}

function localName(xml: string, start: number, end: number): string {
  let from = start;
  let to = start;
  for (; to < end; to++) {
    const code = xml.charCodeAt(to);
    if (code === 0x3a) from = to + 1;
    else if (code <= 0x20) break;
  }
  return xml.slice(from, to);
}

const attributePatterns = new Map<string, RegExp>();

function attributeOf(tag: string, name: string): string | null {
  let pattern = attributePatterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    attributePatterns.set(name, pattern);
  }
  const match = pattern.exec(tag);
  return match === null ? null : xmlText(match[1] ?? match[2] ?? '');
}

function escaped(raw: string): string {
  return raw.replace(/&/g, '&amp;');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as people see it: UTF-8 and entities decoded. */
export function xmlText(raw: string): string {
  const text = /[\x80-\xff]/.test(raw)
    ? decodeUtf8(Uint8Array.from(raw, (character) => character.charCodeAt(0)))
    : raw;
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
