/**
 * The operator's own OAuth client of the Google Cloud console, in their user properties: what connected accounts
 * consent to, and what renews their tokens.
 */
import * as v from 'valibot';
import type { OAuthClient } from '../clients/google/oauth.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

const KEY = 'oauth.client';

const Stored = v.object({
  schema: v.literal(1),
  clientId: v.pipe(v.string(), v.minLength(1)),
  clientSecret: v.pipe(v.string(), v.minLength(1)),
});

/**
 * @param mine user properties of the person who runs the script
 * @throws PurserError `oauth-client-missing` when none is stored, or what is stored can't be read
 */
export function loadOAuthClient(mine: Readonly<Record<string, string>>): OAuthClient {
  const json = mine[KEY];
  const client = json === undefined ? null : parse(json);
  if (client !== null) return client;
  throw new PurserError('oauth-client-missing', {
    what:
      json === undefined
        ? 'Purser has no OAuth client of yours, without which no other account can be connected or used.'
        : 'The stored OAuth client can’t be read.',
    now: 'Choose Purser › Connected accounts… and enter the client id and secret from Google Cloud.',
  });
}

/** @param mine user properties of the person who runs the script */
export function hasOAuthClient(mine: Readonly<Record<string, string>>): boolean {
  const json = mine[KEY];
  return json !== undefined && parse(json) !== null;
}

/** @param mine user properties @returns whether one is stored, readable or not */
export function holdsOAuthClient(mine: Readonly<Record<string, string>>): boolean {
  return mine[KEY] !== undefined;
}

/** For one write to user properties; without the blanks around it that copying brings along. */
export function oauthClientEntry(client: OAuthClient): Record<string, string> {
  const clientId = client.clientId.trim();
  const clientSecret = client.clientSecret.trim();
  return { [KEY]: JSON.stringify({ schema: 1, clientId, clientSecret }) };
}

/** Takes id and secret out of the store; what Google keeps of the client stays. */
export function forgetOAuthClient(host: Host): void {
  host.properties('user').remove(KEY);
}

/**
 * What is wrong with a client as typed, in words; null when it can be stored. The shapes are those of the console
 * (support.google.com/cloud/answer/6158849).
 */
export function oauthClientProblem(clientId: string, clientSecret: string): string | null {
  const id = clientId.trim();
  const secret = clientSecret.trim();
  if (!/^[A-Za-z0-9_-]+\.apps\.googleusercontent\.com$/.test(id)) {
    return 'A client id ends with .apps.googleusercontent.com; copy it whole from Google Cloud › Clients.';
  }
  if (secret === '') return 'The client secret is missing; copy it from Google Cloud › Clients.';
  if (!/^[\x21-\x7e]{8,256}$/.test(secret)) {
    return 'A client secret has letters, digits, - and _, and no spaces; copy it whole from Google Cloud › Clients.';
  }
  return null;
}

function parse(json: string): OAuthClient | null {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json));
    if (!parsed.success) return null;
    const { clientId, clientSecret } = parsed.output;
    return { clientId, clientSecret };
  } catch {
    return null;
  }
}
