/**
 * Connecting another Google account: the authorization code flow with PKCE
 * (developers.google.com/identity/protocols/oauth2/web-server), from the link to the stored record. Nothing is said to
 * be connected before it is stored, and nothing of another account is ever overwritten.
 */
import { send } from '../clients/exchange.ts';
import type { Identity, OAuthClient, TokenReply } from '../clients/google/oauth.ts';
import { authorizationUrl, exchangeCode, readIdToken, whoIs } from '../clients/google/oauth.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LeaseTaken } from '../host/lease.ts';
import { giveBack } from '../host/lease.ts';
import type { AccountRecord, Purpose } from './account.ts';
import { IDENTITY_SCOPES, PURPOSE_SCOPES } from './account.ts';
import { storeFailed } from './account-errors.ts';
import { readAccount } from './account-store.ts';
import type { Attempt, AttemptRequest } from './attempts.ts';
import { makeAttempt, takeAttempt } from './attempts.ts';
import {
  codeRefused,
  noCode,
  noEmail,
  notConnected,
  notOurs,
  stillEnding,
  usedUp,
} from './connect-errors.ts';
import type { Way } from './connect-state.ts';
import { CONNECT_SECONDS, readState, stateText } from './connect-state.ts';
import { tryEarlier } from './earlier-access.ts';
import { takeGrantLease } from './grant-lease.ts';
import { requireInvitation } from './invitation-store.ts';
import { loadOAuthClient } from './oauth-client.ts';
import { challengeOf } from './secrets.ts';
import type { ConnectedOrWaiting } from './store-connection.ts';
import { connectedBy, keptConnection, storeConnection } from './store-connection.ts';
import { readNow, takenBack, whoGave } from './unkept-grant.ts';
import { sweepWaiting } from './waiting.ts';

export { confirmConnection, discardConnection, waitingConnections } from './waiting.ts';

/** A code is good for minutes, and a person looks at the page. */
const PATIENCE_MS = 45_000;

export type ConnectOutcome =
  | ConnectedOrWaiting
  /** The person said no on Google's page. */
  | { readonly kind: 'declined' }
  /** The answer was not ours, came late or twice, or Google did not give what was asked. */
  | { readonly kind: 'not-connected'; readonly error: PurserError };

/** Where Google sends the owner's browser back to; to be registered with the OAuth client. */
export function callbackUrl(host: Host): string {
  return `https://script.google.com/macros/d/${host.scriptId()}/usercallback`;
}

/**
 * The link that the owner opens to consent, good for ten minutes. Google's own state token calls `authCallback` with
 * ours in `purser`; it is bound to the person who runs the script (github.com/googleworkspace/apps-script-oauth2
 * issue 74), so that only the same one can come back.
 *
 * @param request.expected subject of the account to connect again; null for whichever the person chooses
 * @throws PurserError `oauth-client-missing`, or `account-unknown` when `expected` is not connected
 */
export function beginConnect(
  host: Host,
  request: {
    readonly purposes: readonly Purpose[];
    readonly expected: string | null;
    readonly loginHint: string | null;
  },
): { url: string } {
  const mine = host.properties('user').readAll();
  const before = request.expected === null ? null : connected(mine, request.expected);
  sweepQuietly(host, mine);
  return consentLink(host, mine, {
    purposes: [...new Set([...(before?.purposes ?? []), ...request.purposes])],
    expected: before === null ? null : { subject: before.subject, email: before.email },
    loginHint: request.loginHint ?? before?.email ?? null,
    redirectUri: callbackUrl(host),
    way: 'callback',
    invitation: null,
  });
}

/** What nobody decided on for a day is no reason to fail. */
function sweepQuietly(host: Host, mine: Readonly<Record<string, string>>): void {
  try {
    sweepWaiting(host, mine);
  } catch (thrown) {
    host.log({ event: 'waiting-not-swept', code: asPurserError(thrown).code });
  }
}

/** A new attempt, and the link to Google's consent page for it. */
export function consentLink(
  host: Host,
  mine: Readonly<Record<string, string>>,
  { loginHint, ...request }: AttemptRequest & { readonly loginHint: string | null },
): { url: string } {
  const { clientId } = loadOAuthClient(mine);
  const attempt = makeAttempt(host, request);
  const { purposes, way } = attempt;
  const state = stateText(host, mine, { attempt: attempt.id, purposes, way });
  return {
    url: authorizationUrl({
      clientId,
      redirectUri: attempt.redirectUri,
      scopes: [...new Set([...IDENTITY_SCOPES, ...purposes.flatMap((purpose) => PURPOSE_SCOPES[purpose])])],
      state: way === 'callback' ? host.stateToken('authCallback', { purser: state }, CONNECT_SECONDS) : state,
      codeChallenge: challengeOf(attempt.verifier),
      nonce: attempt.nonce,
      loginHint,
    }),
  };
}

/**
 * What became of a connection, by the parameters that the browser came back with. Never throws.
 *
 * @param way which page was called: state made for one is refused at the other
 */
export function finishConnect(
  host: Host,
  parameter: Readonly<Record<string, string>>,
  way: Way,
): ConnectOutcome {
  try {
    return finished(host, parameter, way);
  } catch (thrown) {
    const error = storeFailed(thrown);
    host.log({ event: 'not-connected', code: error.code, way });
    return { kind: 'not-connected', error };
  }
}

function finished(host: Host, parameter: Readonly<Record<string, string>>, way: Way): ConnectOutcome {
  const mine = host.properties('user').readAll();
  const text = way === 'callback' ? parameter.purser : parameter.state;
  const state = readState(host, mine, text ?? '', way);
  const attempt = takeAttempt(host, state.attempt);
  if (attempt === null || attempt.way !== way) throw usedUp();
  if (!isSameList(state.purposes, attempt.purposes)) throw notOurs();
  if (parameter.error === 'access_denied') return { kind: 'declined' };
  if (!parameter.code) throw noCode(parameter.error ?? '');
  const { code } = parameter;
  const held = takeGrantLease(host, PATIENCE_MS);
  if (held === null) throw stillEnding();
  try {
    return exchanged(host, held, attempt, code);
  } finally {
    giveBack(host, held.lease);
  }
}

/** From the code to the stored account. What was given and can't be kept is taken back. */
function exchanged(host: Host, held: LeaseTaken, attempt: Attempt, code: string): ConnectOutcome {
  // Before the code is used up: an invitation that was withdrawn meanwhile gives nothing.
  requireInvitation(held.properties, attempt.invitation, host.now());
  const client = loadOAuthClient(held.properties);
  const receivedMs = host.now();
  const { verifier, redirectUri, purposes, invitation, expected } = attempt;
  const answer = send(host, exchangeCode(client, { code, verifier, redirectUri }));
  if (answer.kind === 'dead') throw codeRefused();
  const { reply } = answer;
  let identity: Identity;
  try {
    identity = identify(host, client, attempt, reply);
    if (identity.subject === '' || identity.email === '') throw noEmail();
  } catch (thrown) {
    const unkept = { reply, identity: whoGave(host, reply), now: readNow(host), maybeStored: false };
    throw takenBack(host, held, unkept, thrown);
  }
  const { clientId } = client;
  const given = { identity, reply, purposes, receivedMs, invitation, clientId };
  tryEarlier(host, held.properties, given, connectedBy(given));
  const stored = storeConnection(host, held, given, expected);
  if (stored.kind !== 'not-stored') return stored;
  const now = readNow(host);
  const { error, maybeStored } = stored;
  const kept = now === null ? null : keptConnection(now, given);
  if (kept !== null) return kept;
  throw takenBack(host, held, { reply, identity, now, maybeStored }, error);
}

function identify(host: Host, client: OAuthClient, { nonce }: Attempt, reply: TokenReply): Identity {
  if (reply.idToken === null) return send(host, whoIs(reply.accessToken));
  return readIdToken(reply.idToken, { clientId: client.clientId, nonce, nowMs: host.now() });
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index]);
}

function connected(mine: Readonly<Record<string, string>>, subject: string): AccountRecord {
  const record = readAccount(mine, subject);
  if (record === null) throw notConnected();
  return record;
}
