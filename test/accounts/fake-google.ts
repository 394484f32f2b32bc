/**
 * Google's side of connecting, in memory and strict: a code is good once, only with the verifier of its challenge, the
 * redirect URI and the client that it was asked with (developers.google.com/identity/protocols/oauth2/web-server).
 */
import { createHash } from 'node:crypto';
import type { Purpose } from '../../src/accounts/account.ts';
import { PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { beginConnect, type ConnectOutcome, finishConnect } from '../../src/accounts/connect.ts';
import { enterOAuthClient } from '../../src/accounts/enter-client.ts';
import type { HttpRequest } from '../../src/host/host.ts';
import { type Answer, type FakeHost, fakeHost, NOW_MS } from '../tools/fake-host.ts';

export const CLIENT = {
  clientId: '1234-local.apps.googleusercontent.com',
  clientSecret: 'local-client-secret',
};
export const WEB_APP = 'https://script.google.com/macros/s/AKfycb-local-deployment/exec';

export interface Person {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
}

export const OFFICE: Person = {
  subject: '100000000000000000001',
  email: 'office@blueheron.example',
  name: 'Office',
};
export const DOCK: Person = {
  subject: '100000000000000000002',
  email: 'dock@blueheron.example',
  name: 'Dock Desk',
};

const IDENTITY = [
  'openid',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/userinfo.profile',
];

type Parameter = Record<string, string>;

export interface Scene {
  readonly host: FakeHost;
  /** Tokens that were revoked, in order. */
  readonly revoked: string[];
  /** Whether Google still takes this refresh token: revoking one token ends all of the person's. */
  honors(refreshToken: string | null): boolean;
  /** Whether Google lists the client among those with access to the person's account. */
  isGranted(person: Person): boolean;
  /** Bodies of the token requests. */
  readonly exchanges: URLSearchParams[];
  /** What the browser comes back with when this person consents at `url`. */
  consent(url: string, person: Person, options?: ConsentOptions): Parameter;
  /** The owner connects in their own browser, from the link to the outcome. */
  connect(person: Person, purposes: readonly Purpose[], options?: ConsentOptions): ConnectOutcome;
  /** How the next requests are answered in place of Google. */
  answerWith(answer: ((request: HttpRequest) => Answer) | null): void;
  mine(): Record<string, string>;
}

export interface ConsentOptions {
  /** Scopes that the person leaves unticked. */
  readonly untick?: readonly string[];
  readonly refreshToken?: string | null;
  readonly expected?: string | null;
  /** Claims of the ID token that differ; null: no ID token. */
  readonly claims?: Record<string, unknown> | null;
}

interface Code {
  readonly query: URLSearchParams;
  readonly person: Person;
  readonly options: ConsentOptions;
}

interface Grant {
  readonly access: Set<string>;
  /** Refresh tokens with the scopes that they were given with. */
  readonly refresh: Map<string, readonly string[]>;
  scopes: readonly string[];
}

export function scene(): Scene {
  const codes = new Map<string, Code>();
  const revoked: string[] = [];
  const exchanges: URLSearchParams[] = [];
  let other: ((request: HttpRequest) => Answer) | null = null;
  let tokens = 0;
  const grants = new Map<string, Grant>();

  const refreshed = (body: URLSearchParams): Answer => {
    const grant = [...grants.values()].find(({ refresh }) => refresh.has(body.get('refresh_token') ?? ''));
    const scopes = grant?.refresh.get(body.get('refresh_token') ?? '');
    if (grant === undefined || scopes === undefined)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } };
    const access = `access-${++tokens}-secret`;
    grant.access.add(access);
    return {
      status: 200,
      body: { access_token: access, token_type: 'Bearer', expires_in: 3599, scope: scopes.join(' ') },
    };
  };

  const revoke = (ended: string): Answer => {
    revoked.push(ended);
    const found = [...grants].find(([, { access, refresh }]) => access.has(ended) || refresh.has(ended));
    if (found === undefined) return { status: 400, body: { error: 'invalid_token' } };
    grants.delete(found[0]);
    return { status: 200, body: {} };
  };

  const token = (body: URLSearchParams): Answer => {
    if (body.get('grant_type') === 'refresh_token') return refreshed(body);
    exchanges.push(body);
    const code = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    if (body.get('client_secret') !== CLIENT.clientSecret)
      return { status: 401, body: { error: 'invalid_client' } };
    const proof = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const { query, person, options } = code ?? {};
    if (
      query === undefined ||
      person === undefined ||
      query.get('code_challenge') !== proof ||
      query.get('redirect_uri') !== body.get('redirect_uri') ||
      query.get('client_id') !== body.get('client_id')
    ) {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Malformed auth code.' } };
    }
    const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope.startsWith('https:'));
    const grant = grants.get(person.subject) ?? { access: new Set(), refresh: new Map(), scopes: [] };
    grants.set(person.subject, grant);
    // include_granted_scopes: what was granted before is in the new tokens, too.
    const united = [...new Set([...IDENTITY, ...grant.scopes, ...asked])];
    const scopes = united.filter((scope) => !options?.untick?.includes(scope));
    grant.scopes = scopes;
    const number = ++tokens;
    const refreshToken =
      options?.refreshToken === undefined ? `refresh-${number}-secret` : options.refreshToken;
    grant.access.add(`access-${number}-secret`);
    if (refreshToken !== null) grant.refresh.set(refreshToken, scopes);
    return {
      status: 200,
      body: {
        access_token: `access-${number}-secret`,
        token_type: 'Bearer',
        expires_in: 3599,
        scope: scopes.join(' '),
        ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
        ...(options?.claims === null
          ? {}
          : { id_token: idToken(person, query.get('nonce') ?? '', options?.claims) }),
      },
    };
  };

  const answer = (request: HttpRequest): Answer => {
    if (other !== null) return other(request);
    const body = new URLSearchParams(String(request.body ?? ''));
    switch (request.url) {
      case 'https://oauth2.googleapis.com/token':
        return token(body);
      case 'https://oauth2.googleapis.com/revoke':
        return revoke(body.get('token') ?? '');
      case 'https://openidconnect.googleapis.com/v1/userinfo':
        return { status: 200, body: { sub: OFFICE.subject, email: OFFICE.email, email_verified: true } };
      default:
        throw new Error(`nobody answers ${request.url}`);
    }
  };

  const host = { ...fakeHost({ answer }), webAppUrl: () => WEB_APP };
  enterOAuthClient(host, CLIENT);
  const consent: Scene['consent'] = (url, person, options = {}) => {
    const query = new URL(url).searchParams;
    const code = `code-${codes.size + tokens + 1}-secret`;
    codes.set(code, { query, person, options });
    return { ...returned(query), code };
  };
  return {
    host,
    revoked,
    honors: (refreshToken) => [...grants.values()].some(({ refresh }) => refresh.has(refreshToken ?? '')),
    isGranted: ({ subject }) => grants.has(subject),
    exchanges,
    consent,
    connect: (person, purposes, options = {}) => {
      const { url } = beginConnect(host, {
        purposes,
        expected: options.expected ?? null,
        loginHint: null,
      });
      return finishConnect(host, consent(url, person, options), 'callback');
    },
    answerWith: (next) => {
      other = next;
    },
    mine: () => Object.fromEntries(host.user),
  };
}

/** What comes back besides the answer: the state, and at the callback what Google's own state token carried. */
export function returned(query: URLSearchParams): Parameter {
  const state = query.get('state') ?? '';
  const wrapped = /^state-token:(.*)$/.exec(state)?.[1];
  if (wrapped === undefined) return { state };
  const { handler, args } = JSON.parse(wrapped) as { handler: string; args: Parameter };
  if (handler !== 'authCallback') throw new Error(`calls ${handler}`);
  return { state, ...args };
}

function idToken(person: Person, nonce: string, changed: Record<string, unknown> | undefined): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://accounts.google.com',
    aud: CLIENT.clientId,
    azp: CLIENT.clientId,
    sub: person.subject,
    email: person.email,
    email_verified: true,
    name: person.name,
    nonce,
    iat: NOW_MS / 1000,
    exp: NOW_MS / 1000 + 86_400,
    ...changed,
  };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.signature`;
}

/** The scopes of a purpose, for `untick`. */
export function scopesOf(purpose: Purpose): readonly string[] {
  return PURPOSE_SCOPES[purpose];
}

/** The host with a store that, once, does what it is asked and then says that it failed. */
export function failingAfterEffect(host: FakeHost, does: 'write' | 'remove', key: RegExp): FakeHost {
  let left = 1;
  const failOnce = (keys: readonly string[]): void => {
    if (keys.some((one) => key.test(one)) && left-- > 0) throw new Error('Service error');
  };
  return {
    ...host,
    properties: (scope) => {
      const store = host.properties(scope);
      return {
        ...store,
        write: (entries) => {
          store.write(entries);
          if (does === 'write') failOnce(Object.keys(entries));
        },
        remove: (one) => {
          store.remove(one);
          if (does === 'remove') failOnce([one]);
        },
      };
    },
  };
}
