/** The claims of a JSON Web Token (RFC 7519), read without checking its signature. */
import { decodeURLSafe } from '@stablelib/base64';
import { decode as utf8Text } from '@stablelib/utf8';

/**
 * The claims; null for what isn't a token. Only for tokens that came straight from their issuer over TLS: anybody can
 * write one that reads as well.
 */
export function jwtClaims(token: string): Readonly<Record<string, unknown>> | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(utf8Text(decodeURLSafe(payload)));
    return isRecord(claims) ? claims : null;
  } catch {
    // The parsers' own words may quote the token.
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
