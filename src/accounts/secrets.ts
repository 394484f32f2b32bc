/**
 * Random secrets, and text that is signed so that nobody else can make or change it. Apps Script has no `crypto`, so
 * the randomness is that of its UUIDs.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeURLSafe, encodeURLSafe } from '@stablelib/base64';
import { decode, encode } from '@stablelib/utf8';
import type { Host } from '../host/host.ts';

/** 122 random bits each: three are more than the 256 bits that SHA-256 keeps. */
const UUIDS = 3;
const KEY = 'connect.key';

/** 43 characters of A–Z, a–z, 0–9, `-` and `_`, with 256 random bits. */
export function randomSecret(host: Host): string {
  const ids = Array.from({ length: UUIDS }, () => host.uuid());
  return base64Url(sha256(encode(ids.join(' '))));
}

/**
 * PKCE's challenge by S256 (RFC 7636, 4.2). The verifier is a `randomSecret`: 43 characters of the unreserved ones, as
 * 4.1 wants it.
 */
export function challengeOf(verifier: string): string {
  return base64Url(sha256(encode(verifier)));
}

/** The key that signs for this person, in their user properties; made at its first use. */
export function signingKey(host: Host, mine: Readonly<Record<string, string>>): string {
  const kept = mine[KEY];
  if (kept) return kept;
  return host.withLock(() => {
    const store = host.properties('user');
    const meanwhile = store.read(KEY);
    if (meanwhile) return meanwhile;
    const key = randomSecret(host);
    store.write({ [KEY]: key });
    return key;
  });
}

/** What a signed text is for; one signed for one use is worth nothing in another. */
export type SignedUse = 'state' | 'invitation';

/** `payload.signature`, both base64url without padding: fit for an address. */
export function signed(key: string, use: SignedUse, payload: object): string {
  const text = base64Url(encode(JSON.stringify(payload)));
  return `${text}.${signatureOf(key, use, text)}`;
}

/** The payload, still to be checked; null when this key did not sign it for this use. Never throws. */
export function readSigned(mine: Readonly<Record<string, string>>, use: SignedUse, token: string): unknown {
  const key = mine[KEY];
  const [text, signature, ...more] = token.split('.');
  if (!key || !text || !signature || more.length > 0) return null;
  if (!sameText(signature, signatureOf(key, use, text))) return null;
  try {
    return JSON.parse(decode(decodeURLSafe(text)));
  } catch {
    return null;
  }
}

function signatureOf(key: string, use: SignedUse, text: string): string {
  return base64Url(hmac(sha256, encode(key), encode(`${use}.${text}`)));
}

/** Takes as long for the last differing character as for the first, so that nobody can feel a signature out. */
function sameText(left: string, right: string): boolean {
  let different = left.length ^ right.length;
  for (let at = 0; at < right.length; at++) different |= left.charCodeAt(at) ^ right.charCodeAt(at);
  return different === 0;
}

function base64Url(bytes: Uint8Array): string {
  return encodeURLSafe(bytes).replace(/=+$/, '');
}
