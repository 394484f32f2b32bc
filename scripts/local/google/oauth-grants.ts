/**
 * What people granted to OAuth clients, and the tokens that stand for it. Deaths of refresh tokens as in
 * developers.google.com/identity/protocols/oauth2#expiration
 */
import type { Clock, Tokens } from '../contract.ts';
import type { Accounts } from './oauth-accounts.ts';
import { isGmailScope, isSignInScope } from './oauth-clients.ts';

const MAX_REFRESH_TOKENS = 100;
const TESTING_MS = 7 * 24 * 3_600_000;
const UNUSED_MONTHS = 6;
const CODE_MS = 10 * 60_000;

/** Whose grant to whom. */
interface Parties {
  readonly clientId: string;
  readonly subject: string;
}

export interface Consent extends Parties {
  readonly scopes: readonly string[];
}

export interface Code extends Parties {
  readonly code: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: { readonly method: 'S256' | 'plain'; readonly value: string } | null;
  readonly nonce: string | null;
  /** Whether a refresh token comes with it. */
  readonly offline: boolean;
  readonly issuedMs: number;
  readonly used: boolean;
}

export interface RefreshToken extends Parties {
  readonly token: string;
  readonly scopes: readonly string[];
  /** The first token of a line of rotations names it. */
  readonly family: string;
  readonly issuedMs: number;
  readonly lastUsedMs: number;
  readonly expiresMs: number | null;
  /** Its successor; in `overlap` both work until the successor was used. */
  readonly replacedBy: string | null;
}

export interface AccessToken extends Parties {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly expiresMs: number;
}

export interface GrantsState {
  readonly consents: readonly Consent[];
  readonly codes: readonly Code[];
  readonly refreshTokens: readonly RefreshToken[];
  readonly accessTokens: readonly AccessToken[];
}

export interface Grants {
  consentOf(clientId: string, subject: string): Consent | undefined;
  /** @returns the union of what was granted before and now */
  consent(given: Consent): readonly string[];
  issueCode(code: Omit<Code, 'code' | 'issuedMs' | 'used'>): string;
  /** Null for a code that is unknown, used or older than ten minutes; any other is used up. */
  takeCode(code: string): Code | null;
  issueAccess(grant: Consent, lifetimeSeconds: number): string;
  issueRefresh(grant: Consent, options: { testing: boolean; family?: string }): RefreshToken;
  /** Which client a live refresh token was given to; null when it is none. */
  clientOfRefresh(token: string): string | null;
  /** The live refresh token, marked as used; null when it is none. A replaced one that comes again may cost its family. */
  useRefresh(token: string, clientId: string, strict: boolean): RefreshToken | null;
  /** The old one makes room for its successor. */
  replace(old: RefreshToken, by: RefreshToken): void;
  liveRefreshTokens(subject: string): readonly RefreshToken[];
  /** A token of either kind: the whole grant of its person to its client dies. @returns whether it was a live token */
  revoke(token: string): boolean;
  /** All clients' grants of the person. */
  revokeAll(subject: string): void;
  passwordChanged(subject: string): void;
  /** After an account got another address: bearer tokens are of the new one. */
  retitle(subject: string): void;
  /** Takes its bearer tokens back; the object is of no use afterwards. */
  forget(): void;
  state(): GrantsState;
}

export interface GrantsOptions {
  readonly clock: Clock;
  /** Where Gmail and Drive look bearer tokens up. */
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly uuid: () => string;
  readonly saved: GrantsState | null;
}

export function createGrants({ clock, tokens, accounts, uuid, saved }: GrantsOptions): Grants {
  let consents = [...(saved?.consents ?? [])];
  let codes = [...(saved?.codes ?? [])];
  let refreshTokens = [...(saved?.refreshTokens ?? [])];
  let accessTokens = [...(saved?.accessTokens ?? [])];
  const secret = () => uuid().replaceAll('-', '');

  const publish = ({ token, subject, scopes, expiresMs }: AccessToken): void => {
    const email = accounts.withSubject(subject)?.email ?? subject;
    tokens.set(token, { email, scopes, expiresMs });
  };
  const between = (clientId: string, subject: string) => (one: Parties) =>
    one.clientId === clientId && one.subject === subject;
  const isLive = (one: RefreshToken): boolean => {
    const now = clock.now();
    if (one.expiresMs !== null && one.expiresMs <= now) return false;
    const limit = new Date(one.lastUsedMs);
    limit.setUTCMonth(limit.getUTCMonth() + UNUSED_MONTHS);
    return limit.getTime() > now;
  };
  const dropAccess = (which: (one: AccessToken) => boolean): void => {
    for (const one of accessTokens) if (which(one)) tokens.delete(one.token);
    accessTokens = accessTokens.filter((one) => !which(one));
  };
  const dropGrants = (which: (one: Consent) => boolean): void => {
    consents = consents.filter((one) => !which(one));
    refreshTokens = refreshTokens.filter((one) => !which(one));
    codes = codes.filter((one) => !which(one));
    dropAccess(which);
  };
  const change = (token: string, by: Partial<RefreshToken>): void => {
    refreshTokens = refreshTokens.map((one) => (one.token === token ? { ...one, ...by } : one));
  };
  const works = (one: RefreshToken): boolean => isLive(one) && one.replacedBy === null;

  for (const one of accessTokens) publish(one);

  return {
    consentOf: (clientId, subject) => consents.find(between(clientId, subject)),
    consent(given) {
      const same = between(given.clientId, given.subject);
      const scopes = [...new Set([...(consents.find(same)?.scopes ?? []), ...given.scopes])];
      consents = [...consents.filter((one) => !same(one)), { ...given, scopes }];
      return scopes;
    },
    issueCode(code) {
      // With a slash, as Google's: a client that does not encode it fails.
      const issued = { ...code, code: `4/0local${secret()}`, issuedMs: clock.now(), used: false };
      codes = [...codes.filter((one) => clock.now() - one.issuedMs < CODE_MS), issued];
      return issued.code;
    },
    takeCode(code) {
      const found = codes.find((one) => one.code === code);
      if (found === undefined) return null;
      codes = codes.map((one) => (one === found ? { ...one, used: true } : one));
      return found.used || clock.now() - found.issuedMs >= CODE_MS ? null : found;
    },
    issueAccess({ clientId, subject, scopes }, lifetimeSeconds) {
      const token = `ya29.local-${secret()}`;
      const expiresMs = clock.now() + lifetimeSeconds * 1000;
      dropAccess((one) => one.expiresMs <= clock.now());
      accessTokens.push({ token, clientId, subject, scopes, expiresMs });
      publish({ token, clientId, subject, scopes, expiresMs });
      return token;
    },
    issueRefresh({ clientId, subject, scopes }, { testing, family }) {
      const token = `1//0local-${secret()}`;
      const now = clock.now();
      // Not for clients that ask for nothing but who somebody is.
      const dies = testing && !scopes.every(isSignInScope);
      const issued: RefreshToken = {
        ...{ token, clientId, subject, scopes, family: family ?? token },
        ...{ issuedMs: now, lastUsedMs: now, expiresMs: dies ? now + TESTING_MS : null, replacedBy: null },
      };
      refreshTokens.push(issued);
      const same = refreshTokens.filter((one) => between(clientId, subject)(one) && works(one));
      const oldest = new Set(same.slice(0, Math.max(0, same.length - MAX_REFRESH_TOKENS)));
      refreshTokens = refreshTokens.filter((one) => !oldest.has(one));
      return issued;
    },
    clientOfRefresh: (token) =>
      refreshTokens.find((one) => one.token === token && isLive(one))?.clientId ?? null,
    useRefresh(token, clientId, strict) {
      const found = refreshTokens.find((one) => one.token === token && one.clientId === clientId);
      if (found === undefined || !isLive(found)) return null;
      if (found.replacedBy !== null) {
        const successor = refreshTokens.find((one) => one.token === found.replacedBy);
        const successorWasUsed = successor === undefined || successor.lastUsedMs > successor.issuedMs;
        if (strict) {
          refreshTokens = refreshTokens.filter((one) => one.family !== found.family);
          return null;
        }
        if (successorWasUsed) return null;
      }
      const used = { ...found, lastUsedMs: Math.max(clock.now(), found.issuedMs + 1) };
      change(token, used);
      return used;
    },
    replace: (old, by) => change(old.token, { replacedBy: by.token }),
    liveRefreshTokens: (subject) => refreshTokens.filter((one) => one.subject === subject && works(one)),
    revoke(token) {
      const found =
        refreshTokens.find((one) => one.token === token && isLive(one)) ??
        accessTokens.find((one) => one.token === token && one.expiresMs > clock.now());
      if (found !== undefined) dropGrants(between(found.clientId, found.subject));
      return found !== undefined;
    },
    revokeAll: (subject) => dropGrants((one) => one.subject === subject),
    passwordChanged(subject) {
      const concerned = (one: { subject: string; scopes: readonly string[] }) =>
        one.subject === subject && one.scopes.some(isGmailScope);
      refreshTokens = refreshTokens.filter((one) => !concerned(one));
      dropAccess(concerned);
    },
    retitle(subject) {
      for (const one of accessTokens) if (one.subject === subject) publish(one);
    },
    forget: () => dropAccess(() => true),
    state: () => ({
      consents: [...consents],
      codes: [...codes],
      refreshTokens: [...refreshTokens],
      accessTokens: [...accessTokens],
    }),
  };
}
