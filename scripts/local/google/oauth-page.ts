/**
 * GET accounts.google.com/o/oauth2/v2/auth and what the person answers there:
 * developers.google.com/identity/protocols/oauth2/web-server#creatingclient and
 * …/identity/openid-connect/openid-connect#authenticationuriparameters
 */
import type { Answer, ApiCall } from './http.ts';
import type { Account, Accounts } from './oauth-accounts.ts';
import { isKnownScope, isSignInScope, longScope, type OAuthClientRecord, scopesOf } from './oauth-clients.ts';
import type { Code, Grants } from './oauth-grants.ts';

export interface PageParts {
  readonly clients: readonly OAuthClientRecord[];
  readonly accounts: Accounts;
  readonly grants: Grants;
  /** Ticked in place of what the form says. */
  readonly ticked?: readonly string[];
}

interface Wish {
  readonly client: OAuthClientRecord;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  readonly challenge: Code['challenge'];
  readonly nonce: string | null;
  readonly offline: boolean;
  readonly prompts: readonly string[];
  readonly includeGranted: boolean;
  readonly loginHint: string | null;
}

/** Google shows what is wrong with a request on a page of its own and sends nobody back. */
interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly why: string;
}

const PROMPTS = ['none', 'consent', 'select_account'];

/** The sign-in and consent page, in one; its form posts to `…/auth/callback` with the same query. */
export function answerSignIn(call: ApiCall, parts: PageParts): Answer {
  const wish = readWish(call.query, parts);
  if ('error' in wish) return refusalPage(wish);
  if (wish.prompts.includes('none')) return redirect(wish, { error: 'interaction_required' });
  const action = `/o/oauth2/v2/auth/callback?${call.query.toString()}`;
  const { loginHint } = wish;
  const people = parts.accounts
    .all()
    .map(({ email, name, subject }) => {
      const hinted = loginHint === subject || loginHint?.toLowerCase() === email.toLowerCase();
      return `<label><input type="radio" name="email" value="${escaped(email)}"${hinted ? ' checked' : ''}> ${escaped(name)} (${escaped(email)})</label><br>`;
    })
    .join('\n');
  const boxes = wish.scopes
    .filter((scope) => !isSignInScope(scope))
    .map(
      (scope) =>
        `<label><input type="checkbox" name="scope" value="${escaped(scope)}"> ${escaped(scope)}</label><br>`,
    )
    .join('\n');
  return page(
    200,
    'Sign in - Google Accounts',
    `<h1>Choose an account</h1>
<form method="post" action="${escaped(action)}">
${people}
<h2>What the app may do</h2>
${boxes}
<button name="decision" value="allow">Continue</button> <button name="decision" value="deny">Cancel</button>
</form>`,
  );
}

/** What the person answered: `email`, `scope` for each tick, `decision`. */
export function answerDecision(call: ApiCall, parts: PageParts): Answer {
  const wish = readWish(call.query, parts);
  if ('error' in wish) return refusalPage(wish);
  const form = new URLSearchParams(call.body.toString('utf8'));
  const email = form.get('email') ?? '';
  if (form.get('decision') !== 'allow') return redirect(wish, { error: 'access_denied' });
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
    return refusalPage({ status: 400, error: 'invalid_request', why: 'Enter an email.' });
  }
  const account = parts.accounts.of(email);
  const ticks = new Set((parts.ticked ?? form.getAll('scope')).map(longScope));
  const granted = wish.scopes.filter((scope) => isSignInScope(scope) || ticks.has(scope));
  if (granted.length === 0) return redirect(wish, { error: 'access_denied' });
  return redirect(wish, allowed(wish, account, granted, parts.grants));
}

function allowed(
  wish: Wish,
  account: Account,
  granted: readonly string[],
  grants: Grants,
): Readonly<Record<string, string>> {
  const { clientId } = wish.client;
  const { subject } = account;
  // "The refresh token is only returned on the first authorization": asked again, prompt=consent brings another.
  const first = grants.consentOf(clientId, subject) === undefined;
  const union = grants.consent({ clientId, subject, scopes: granted });
  const scopes = wish.includeGranted ? union : granted;
  const code = grants.issueCode({
    clientId,
    subject,
    scopes,
    redirectUri: wish.redirectUri,
    challenge: wish.challenge,
    nonce: wish.nonce,
    offline: wish.offline && (first || wish.prompts.includes('consent')),
  });
  return { code, scope: scopes.join(' '), authuser: '0', prompt: 'consent' };
}

function redirect({ redirectUri, state }: Wish, fields: Readonly<Record<string, string>>): Answer {
  const query = new URLSearchParams({ ...(state === null ? {} : { state }), ...fields });
  const location = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: new Uint8Array() };
}

function readWish(query: URLSearchParams, { clients }: PageParts): Wish | Refusal {
  const invalid = (why: string): Refusal => ({ status: 400, error: 'invalid_request', why });
  const needed = (name: string): Refusal => invalid(`Missing required parameter: ${name}`);
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) return invalid(`OAuth 2 parameters can only have a single value: ${repeated}`);

  const clientId = query.get('client_id');
  if (!clientId) return needed('client_id');
  const client = clients.find((one) => one.clientId === clientId);
  if (client === undefined)
    return { status: 401, error: 'invalid_client', why: 'The OAuth client was not found.' };
  const redirectUri = query.get('redirect_uri');
  if (!redirectUri) return needed('redirect_uri');
  if (!client.redirectUris.includes(redirectUri)) {
    return {
      status: 400,
      error: 'redirect_uri_mismatch',
      why: `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
    };
  }
  const responseType = query.get('response_type');
  if (!responseType) return needed('response_type');
  if (responseType !== 'code')
    return { status: 400, error: 'unsupported_response_type', why: `Invalid response_type: ${responseType}` };
  const scopes = scopesOf(query.get('scope') ?? '');
  if (scopes.length === 0) return needed('scope');
  const strange = scopes.filter((scope) => !isKnownScope(scope));
  if (strange.length > 0) {
    const why = `Some requested scopes were invalid. {invalid=[${strange.join(', ')}]}`;
    return { status: 400, error: 'invalid_scope', why };
  }
  const accessType = query.get('access_type') ?? 'online';
  if (accessType !== 'online' && accessType !== 'offline')
    return invalid(`Invalid parameter value for access_type: ${accessType}`);
  const includeGranted = query.get('include_granted_scopes') ?? 'false';
  if (includeGranted !== 'true' && includeGranted !== 'false')
    return invalid(`Invalid parameter value for include_granted_scopes: ${includeGranted}`);
  const prompts = (query.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '');
  if (prompts.some((one) => !PROMPTS.includes(one)) || (prompts.includes('none') && prompts.length > 1))
    return invalid(`Invalid parameter value for prompt: ${prompts.join(' ')}`);
  const challenge = readChallenge(query);
  if (challenge !== null && 'error' in challenge) return challenge;
  return {
    client,
    redirectUri,
    state: query.get('state'),
    scopes,
    challenge,
    nonce: query.get('nonce'),
    offline: accessType === 'offline',
    prompts,
    includeGranted: includeGranted === 'true',
    loginHint: query.get('login_hint'),
  };
}

/** Without a method the challenge is the verifier: developers.google.com/identity/protocols/oauth2/native-app#step-2:-send-a-request-to-googles-oauth-2.0-server */
function readChallenge(query: URLSearchParams): Code['challenge'] | Refusal {
  const invalid = (why: string): Refusal => ({ status: 400, error: 'invalid_request', why });
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain')
    return invalid(`Invalid parameter value for code_challenge_method: ${method}`);
  if (value === null) {
    return query.has('code_challenge_method') ? invalid('Missing required parameter: code_challenge') : null;
  }
  const shape = method === 'S256' ? /^[A-Za-z0-9_-]{43}$/ : /^[A-Za-z0-9._~-]{43,128}$/;
  return shape.test(value) ? { method, value } : invalid('Invalid parameter value for code_challenge');
}

function refusalPage({ status, error, why }: Refusal): Answer {
  return page(
    status,
    `Error ${status}: ${error}`,
    `<h1>Access blocked</h1><p>Error ${status}: ${escaped(error)}</p><p>${escaped(why)}</p>`,
  );
}

function page(status: number, title: string, body: string): Answer {
  const html = `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>\n${body}\n</body></html>\n`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: new Uint8Array(Buffer.from(html)),
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
