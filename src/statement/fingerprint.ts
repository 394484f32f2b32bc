/** Hashes that name a statement: its fingerprint and its code. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encode as utf8 } from '@stablelib/utf8';
import type { Month } from './month.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON with sorted keys and no spaces: the same data gives the same text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: Json });
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** SHA-256 of the text's UTF-8, 64 hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8(data) : data));
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * `PRS` + 4 characters of the workbook id's hash + month + `V` + version. One alphanumeric word, because Gmail
 * indexes it as one and finds the mail by it, whatever else the mail says.
 */
export function statementCode(workbookId: string, month: Month, version: number): string {
  return codeOfLetters(workbookLetters(workbookId), month, version);
}

/** What the codes of all statements of a workbook begin with: `PRSK3QD`. */
export function workbookLetters(workbookId: string): string {
  const hash = sha256(utf8(workbookId));
  return `PRS${[0, 1, 2, 3].map((index) => BASE32[(hash[index] ?? 0) & 31]).join('')}`;
}

/** @param letters as `workbookLetters` gives them */
export function codeOfLetters(letters: string, month: Month, version: number): string {
  return `${letters}${month.replace('-', '')}V${version}`;
}
