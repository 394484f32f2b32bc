/**
 * Google's OAuth hosts: sign-in and consent, tokens, revocation, userinfo. Behaves as the documentation says that
 * Google does (developers.google.com/identity/protocols/oauth2/web-server, …/openid-connect/openid-connect), and on
 * request as it behaves on bad days.
 */
import type { Clock, Tokens } from '../contract.ts';
import { liveGrant } from '../live-grant.ts';
import { bearerOf } from './authorization.ts';
import type { Answer, ApiCall } from './http.ts';
import { GoogleFailure, isRecord, jsonAnswer } from './http.ts';
import { claimsOf, createIdTokens } from './id-token.ts';
import type { Account, AccountChange, AccountName } from './oauth-accounts.ts';
import { createAccounts } from './oauth-accounts.ts';
import type { OAuthClientRecord } from './oauth-clients.ts';
import { LOCAL_OAUTH_CLIENT, longScope } from './oauth-clients.ts';
import type { GrantsState } from './oauth-grants.ts';
import { createGrants } from './oauth-grants.ts';
import { answerDecision, answerSignIn } from './oauth-page.ts';
import { NO_ANSWER, type OAuthSwitches, oauthError, troubleAnswer } from './oauth-switches.ts';
import { answerRevoke, answerToken } from './oauth-token.ts';

/** What the server knows of an account, for tests. */
export interface AccountTokens {
  readonly subject: string;
  /** Those that would work now, oldest first. */
  readonly refreshTokens: readonly {
    readonly token: string;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly issuedMs: number;
  }[];
  /** How often an access token was got with a refresh token. */
  readonly refreshes: number;
}

/** Tokens made without a person; as after a consent with offline access. */
export interface GivenTokens {
  readonly subject: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scopes: readonly string[];
  readonly lifetimeSeconds: number;
}

export interface OAuthServer {
  /** Null for a path that isn't OAuth's. @throws GoogleFailure */
  answer(call: ApiCall): Answer | null;
  /** Replaces all switches; without any, Google on a good day. */
  switchTo(switches: OAuthSwitches): void;
  /** The person removes all apps' access at myaccount.google.com. */
  revokeByPerson(email: string): void;
  /** Grants with Gmail scopes end. */
  changePassword(email: string): void;
  changeAccount(email: string, change: AccountChange): Account;
  tokensOf(email: string): AccountTokens;
  giveTokens(email: string, scopes: readonly string[]): GivenTokens;
  nameOf(email: string): string;
  /** JSON-serialisable; without the switches. */
  state(): unknown;
  /** Takes back all bearer tokens that it gave. */
  forget(): void;
}

export interface OAuthServerOptions {
  readonly accounts: readonly AccountName[];
  readonly clients?: readonly OAuthClientRecord[];
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly uuid: () => string;
  /** What `state` gave. */
  readonly saved: unknown;
}

interface State extends GrantsState {
  readonly version: 2;
  readonly accounts: readonly Account[];
  readonly refreshes: Readonly<Record<string, number>>;
}

const GIVEN_LIFETIME_SECONDS = 3599;

export function createOAuthServer(options: OAuthServerOptions): OAuthServer {
  const { tokens, clock, uuid } = options;
  const clients = options.clients ?? [LOCAL_OAUTH_CLIENT];
  const saved = isState(options.saved) ? options.saved : null;
  const accounts = createAccounts(options.accounts, saved?.accounts ?? []);
  const grants = createGrants({ clock, tokens, accounts, uuid, saved });
  const refreshes = new Map(Object.entries(saved?.refreshes ?? {}));
  const idTokens = createIdTokens();
  let switches: OAuthSwitches = {};
  let troublesLeft = 0;

  const token = (call: ApiCall): Answer => {
    const trouble = troublesLeft > 0 ? switches.answer : undefined;
    troublesLeft -= 1;
    const instead = trouble === undefined ? null : troubleAnswer(trouble);
    if (instead !== null) return instead;
    const onRefreshed = (subject: string) => refreshes.set(subject, (refreshes.get(subject) ?? 0) + 1);
    const answer = answerToken(call, { clock, clients, accounts, grants, idTokens, switches, onRefreshed });
    return trouble === 'too-late' ? NO_ANSWER : answer;
  };
  const page = () => ({
    clients,
    accounts,
    grants,
    ...(switches.grant === undefined ? {} : { ticked: switches.grant }),
  });
  const routes: Readonly<Record<string, (call: ApiCall) => Answer>> = {
    'GET accounts.google.com/o/oauth2/v2/auth': (call) => answerSignIn(call, page()),
    'POST accounts.google.com/o/oauth2/v2/auth/callback': (call) => answerDecision(call, page()),
    'GET accounts.google.com/.well-known/openid-configuration': () => jsonAnswer(200, DISCOVERY),
    'GET www.googleapis.com/oauth2/v3/certs': () => jsonAnswer(200, idTokens.keys()),
    'POST oauth2.googleapis.com/token': token,
    'POST oauth2.googleapis.com/revoke': (call) => answerRevoke(call, grants),
    'GET openidconnect.googleapis.com/v1/userinfo': userinfo,
    'GET www.googleapis.com/oauth2/v3/userinfo': userinfo,
  };

  function userinfo(call: ApiCall): Answer {
    const bearer = bearerOf(call);
    const grant = bearer === null ? undefined : liveGrant(tokens, bearer, clock);
    if (grant === undefined)
      throw new GoogleFailure(oauthError(401, 'invalid_request', 'Invalid Credentials'));
    const account = accounts.of(grant.email);
    return jsonAnswer(200, { sub: account.subject, ...claimsOf(account, grant.scopes.map(longScope)) });
  }

  return {
    answer: (call) => routes[`${call.method} ${call.host}${call.path}`]?.(call) ?? null,
    switchTo(next) {
      switches = next;
      troublesLeft = next.answer === undefined ? 0 : (next.times ?? Number.POSITIVE_INFINITY);
    },
    revokeByPerson: (email) => grants.revokeAll(accounts.of(email).subject),
    changePassword: (email) => grants.passwordChanged(accounts.of(email).subject),
    changeAccount(email, change) {
      const before = accounts.of(email).subject;
      const account = accounts.change(email, change);
      // Given to somebody else: the account that it was is gone.
      if (account.subject !== before) grants.revokeAll(before);
      grants.retitle(account.subject);
      return account;
    },
    tokensOf(email) {
      const { subject } = accounts.of(email);
      const live = grants.liveRefreshTokens(subject);
      return {
        subject,
        refreshTokens: live.map(({ token: refreshToken, clientId, scopes, issuedMs }) => ({
          token: refreshToken,
          clientId,
          scopes,
          issuedMs,
        })),
        refreshes: refreshes.get(subject) ?? 0,
      };
    },
    giveTokens(email, asked) {
      const { subject } = accounts.of(email);
      const { clientId } = clients[0] ?? LOCAL_OAUTH_CLIENT;
      const scopes = [...new Set(asked.map(longScope))];
      const grant = { clientId, subject, scopes };
      grants.consent(grant);
      const lifetimeSeconds = switches.lifetimeSeconds ?? GIVEN_LIFETIME_SECONDS;
      const accessToken = grants.issueAccess(grant, lifetimeSeconds);
      const refreshToken = grants.issueRefresh(grant, { testing: switches.testing === true }).token;
      return { subject, accessToken, refreshToken, scopes, lifetimeSeconds };
    },
    nameOf: accounts.nameOf,
    state: (): State => ({
      version: 2,
      ...grants.state(),
      accounts: accounts.all(),
      refreshes: Object.fromEntries(refreshes),
    }),
    forget: grants.forget,
  };
}

/** Anything else is of a version that kept the state in another shape: nobody is signed in then. */
function isState(saved: unknown): saved is State {
  return isRecord(saved) && saved.version === 2;
}

/** accounts.google.com/.well-known/openid-configuration, as far as this server goes. */
const DISCOVERY = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  code_challenge_methods_supported: ['plain', 'S256'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
};
