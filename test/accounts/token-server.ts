/**
 * Google's token server as strict as it is documented, for one account and one client, and an API that takes its
 * access tokens: developers.google.com/identity/protocols/oauth2/web-server#offline, RFC 6749, 6 for rotation.
 */
import type { HttpRequest } from '../../src/host/host.ts';
import type { Answer } from '../tools/fake-host.ts';

export const CLIENT = { clientId: 'local.apps.googleusercontent.com', clientSecret: 'local-client-secret' };
export const API = 'https://gmail.googleapis.com/gmail/v1/users/me/profile';
const TOKEN = 'https://oauth2.googleapis.com/token';

export interface TokenServerOptions {
  /** A refresh gives a new refresh token; the old one is good until the new one is used first. */
  readonly rotate?: boolean;
  readonly lifetimeSeconds?: number | null;
  readonly scope?: string | null;
}

export interface TokenServer {
  answer(request: HttpRequest, nowMs: number): Answer;
  /** The person removes the access. */
  revoke(): void;
  /** The person consents anew. */
  consent(): string;
  /** An access token that is good from now on. */
  issue(nowMs: number, lifetimeSeconds: number): string;
  honors(refreshToken: string | null): boolean;
  readonly isGranted: boolean;
  /** Refresh tokens of the requests to the token endpoint, in order. */
  readonly asked: readonly string[];
  /** How often it said `invalid_grant`. */
  readonly deaths: number;
  /** Access tokens of the requests to the API, in order. */
  readonly used: readonly string[];
  /** All tokens that it ever gave. */
  readonly given: ReadonlySet<string>;
  apiRefuses: boolean;
}

export function tokenServer(options: TokenServerOptions = {}): TokenServer {
  const { rotate = false, lifetimeSeconds = 3599, scope = null } = options;
  const refreshTokens = new Map<string, { good: boolean; readonly before: string | null }>();
  const accessTokens = new Map<string, number>();
  const asked: string[] = [];
  const used: string[] = [];
  const given = new Set<string>();
  let isGranted = true;
  let deaths = 0;
  let count = 0;

  const give = (kind: string): string => {
    const token = `${kind}-secret-${++count}`;
    given.add(token);
    return token;
  };
  const refreshToken = (before: string | null): string => {
    const token = give('refresh');
    refreshTokens.set(token, { good: true, before });
    return token;
  };
  const accessToken = (untilMs: number): string => {
    const token = give('access');
    accessTokens.set(token, untilMs);
    return token;
  };

  const refresh = (form: URLSearchParams, nowMs: number): Answer => {
    if (form.get('grant_type') !== 'refresh_token')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    if (form.get('client_id') !== CLIENT.clientId || form.get('client_secret') !== CLIENT.clientSecret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const token = form.get('refresh_token') ?? '';
    asked.push(token);
    const known = refreshTokens.get(token);
    if (known?.good !== true) {
      deaths++;
      const error_description = 'Token has been expired or revoked.';
      return { status: 400, body: { error: 'invalid_grant', error_description } };
    }
    const before = known.before === null ? undefined : refreshTokens.get(known.before);
    if (before !== undefined) before.good = false;
    return {
      status: 200,
      body: {
        access_token: accessToken(nowMs + (lifetimeSeconds ?? 3599) * 1000),
        token_type: 'Bearer',
        ...(lifetimeSeconds === null ? {} : { expires_in: lifetimeSeconds }),
        ...(rotate ? { refresh_token: refreshToken(token) } : {}),
        ...(scope === null ? {} : { scope }),
      },
    };
  };

  const server: TokenServer = {
    answer: (request, nowMs) => {
      if (request.url === TOKEN && request.method === 'POST') {
        return refresh(new URLSearchParams(String(request.body)), nowMs);
      }
      if (!request.url.startsWith(API)) throw new Error(`nobody answers ${request.url}`);
      const token = (request.headers.Authorization ?? '').replace(/^Bearer /, '');
      used.push(token);
      const isGood = !server.apiRefuses && (accessTokens.get(token) ?? 0) > nowMs;
      return isGood
        ? { status: 200, body: { emailAddress: 'office@x' } }
        : { status: 401, body: { error: {} } };
    },
    revoke: () => {
      isGranted = false;
      for (const one of refreshTokens.values()) one.good = false;
      accessTokens.clear();
    },
    consent: () => {
      isGranted = true;
      return refreshToken(null);
    },
    issue: (nowMs, seconds) => accessToken(nowMs + seconds * 1000),
    honors: (token) => token !== null && refreshTokens.get(token)?.good === true,
    get isGranted() {
      return isGranted;
    },
    asked,
    get deaths() {
      return deaths;
    },
    used,
    given,
    apiRefuses: false,
  };
  return server;
}
