/**
 * The identity tokens that the local Apps Script gives, as ScriptApp.getIdentityToken
 * (developers.google.com/apps-script/reference/script/script-app#getidentitytoken): a JWT for the script's client and
 * the person who runs it, good for an hour. Google signs with RS256; here ES256, whose keys are made at once.
 */
import { generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import type { Clock } from '../contract.ts';
import { subjectOf } from '../google/oauth-accounts.ts';

/** The OAuth client of the script's own Cloud project, which Apps Script makes; opens nothing anywhere else. */
export const LOCAL_SCRIPT_CLIENT_ID = '200000000000-localscript.apps.googleusercontent.com';

const LIFETIME_SECONDS = 3600;
const KEY_ID = 'local-identity';

export interface IdentityIssuer {
  /** With its own address and subject, whoever that is. */
  token(email: string, change?: Readonly<Record<string, unknown>>): string;
  /** For whoever verifies. */
  readonly publicKey: JsonWebKey;
}

export function createIdentityIssuer(clock: Clock): IdentityIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ format: 'jwk' }),
    token(email, change = {}) {
      const iat = Math.floor(clock.now() / 1000);
      const claims = {
        iss: 'https://accounts.google.com',
        azp: LOCAL_SCRIPT_CLIENT_ID,
        aud: LOCAL_SCRIPT_CLIENT_ID,
        sub: subjectOf(email),
        email,
        email_verified: true,
        iat,
        exp: iat + LIFETIME_SECONDS,
        ...change,
      };
      const signed = `${encoded({ alg: 'ES256', kid: KEY_ID, typ: 'JWT' })}.${encoded(claims)}`;
      const signature = sign('sha256', new Uint8Array(Buffer.from(signed)), {
        key: privateKey,
        // As RFC 7518 section 3.4 has it.
        dsaEncoding: 'ieee-p1363',
      });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
