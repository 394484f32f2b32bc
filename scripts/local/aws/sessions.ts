/**
 * Session credentials of the local AWS. All that is to be known of one stands in its token, sealed with a key of this
 * file, so that a later process knows the sessions of an earlier one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LocalCredentials } from './signature-check.ts';

const SEAL = 'the local AWS, which opens nothing anywhere else';

export interface Session extends LocalCredentials {
  readonly sessionToken: string;
  readonly expiresAtMs: number;
  readonly roleArn: string;
  readonly epoch: number;
}

interface Sealed {
  readonly roleArn: string;
  readonly sub: string;
  readonly expiresAtMs: number;
  /** So that two sessions of one moment differ. */
  readonly number: number;
  /** Which of the roles that had the same name one after the other. */
  readonly epoch: number;
}

export function makeSession(sealed: Sealed): Session {
  const content = Buffer.from(JSON.stringify(sealed)).toString('base64url');
  return sessionOf(content, sealed);
}

/** Null for a token that the local AWS never gave. */
export function openSession(sessionToken: string): Session | null {
  const [content = '', seal = ''] = sessionToken.split('.');
  const expected = new Uint8Array(Buffer.from(macOf('seal', content)));
  const given = new Uint8Array(Buffer.from(seal));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return sessionOf(content, JSON.parse(Buffer.from(content, 'base64url').toString()) as Sealed);
}

function sessionOf(content: string, { roleArn, expiresAtMs, epoch }: Sealed): Session {
  return {
    accessKeyId: `ASIA${macOf('id', content)
      .replace(/[^A-Za-z0-9]/g, '')
      .toUpperCase()
      .slice(0, 16)}`,
    secretAccessKey: macOf('secret', content).slice(0, 40),
    sessionToken: `${content}.${macOf('seal', content)}`,
    expiresAtMs,
    roleArn,
    epoch,
  };
}

function macOf(purpose: string, content: string): string {
  return createHmac('sha256', `${SEAL}: ${purpose}`).update(content).digest('base64url');
}
