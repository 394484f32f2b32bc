/**
 * ID tokens: developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload. Google signs with
 * RS256 (accounts.google.com/.well-known/openid-configuration).
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Account } from './oauth-accounts.ts';

const KEY_ID = 'local-workspace';
const MODULUS_BITS = 2048;
const LIFETIME_SECONDS = 3600;

export interface IdTokens {
  make(of: {
    account: Account;
    clientId: string;
    scopes: readonly string[];
    nonce: string | null;
    accessToken: string;
    nowMs: number;
  }): string;
  /** The public half, as www.googleapis.com/oauth2/v3/certs gives it. */
  keys(): { readonly keys: readonly unknown[] };
}

let key: KeyObject | null = null;

/** Made for the first token, once a process: most Workspaces never sign anybody in, and it takes a tenth of a second. */
function privateKey(): KeyObject {
  key ??= generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS }).privateKey;
  return key;
}

export function createIdTokens(): IdTokens {
  return {
    make({ account, clientId, scopes, nonce, accessToken, nowMs }) {
      const iat = Math.floor(nowMs / 1000);
      const payload = {
        iss: 'https://accounts.google.com',
        azp: clientId,
        aud: clientId,
        sub: account.subject,
        ...claimsOf(account, scopes),
        at_hash: atHash(accessToken),
        ...(nonce === null ? {} : { nonce }),
        iat,
        exp: iat + LIFETIME_SECONDS,
      };
      const signed = `${encoded({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })}.${encoded(payload)}`;
      return `${signed}.${sign('sha256', new Uint8Array(Buffer.from(signed)), privateKey()).toString('base64url')}`;
    },
    keys: () => ({
      keys: [
        { ...createPublicKey(privateKey()).export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' },
      ],
    }),
  };
}

/** The claims about a person that the scopes give; userinfo answers the same. */
export function claimsOf(account: Account, scopes: readonly string[]): Record<string, unknown> {
  const has = (name: string) => scopes.includes(`https://www.googleapis.com/auth/userinfo.${name}`);
  const [given = '', ...rest] = account.name.split(' ');
  return {
    ...(has('email') ? { email: account.email, email_verified: account.emailVerified } : {}),
    ...(has('profile')
      ? {
          name: account.name,
          given_name: given,
          ...(rest.length === 0 ? {} : { family_name: rest.join(' ') }),
        }
      : {}),
  };
}

/** The left half of the token's hash: openid.net/specs/openid-connect-core-1_0.html section 3.1.3.6 */
function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
