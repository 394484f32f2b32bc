/**
 * How Google's OAuth endpoints answer: a refusal of the grant told apart from one of the client, and both from a
 * service that is down. The status is looked at before the body, which may be a front end's page.
 */
import * as v from 'valibot';
import { PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import type { Settled } from '../exchange.ts';
import { retryAfter } from './reply.ts';

export interface OAuthQuestion {
  /** `Google token renewal`, for errors; never with a secret. */
  readonly name: string;
  readonly repeatable: boolean;
  /** What was sent: cut out of Google's words, should it quote them. */
  readonly secrets: readonly string[];
  /** Whether a refresh token was sent, which belongs to one client. */
  readonly isRenewal?: boolean;
}

/** RFC 6749, 5.2: what a 4xx says in JSON. */
export interface OAuthRefusal {
  readonly status: number;
  /** `invalid_grant` */
  readonly error: string;
  /** `invalid_rapt`: Google's own addition (developers.google.com/identity/protocols/oauth2, session control policies) */
  readonly subtype: string | null;
  /** Google's words, without what was sent. */
  readonly description: string;
}

export type OAuthAnswer =
  /** Status 2xx. */
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'refusal'; readonly refusal: OAuthRefusal }
  | { readonly kind: 'trouble'; readonly settled: Settled<never> };

/**
 * Passing by themselves although they come as 4xx: RFC 6749, 4.1.2.1, and Google's `internal_failure`
 * (github.com/googleapis/google-auth-library-python/pull/368), which may stand in either field.
 */
const PASSING = new Set(['internal_failure', 'server_error', 'temporarily_unavailable']);

/**
 * RFC 6749, 5.2, and Google's own: developers.google.com/identity/protocols/oauth2/web-server#authorization-errors;
 * `deleted_client` comes from the token endpoint too (github.com/xyou365/AutoRclone/issues/98).
 */
const CLIENT_REFUSED = new Set([
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'disabled_client',
]);

const RefusalBody = v.object({
  error: v.pipe(v.string(), v.minLength(1)),
  error_subtype: v.fallback(v.string(), ''),
  error_description: v.fallback(v.string(), ''),
});

/**
 * What the reply is. A 4xx without OAuth's JSON is trouble that passes: the endpoint itself always says why, so that
 * another answered in its place (a page “Error processing OAuth 2 request” with 400:
 * github.com/erebusnz/gapi-google-analytics-php-interface/issues/98; a bot check: github.com/tomwalder/php-gds/issues/19),
 * and one refusal too few costs some attempts where one too many would cost the account.
 */
export function readOAuthReply(question: OAuthQuestion, reply: HttpReply): OAuthAnswer {
  const { status } = reply;
  if (status === 429) return trouble(throttled(question, reply));
  if (status === 408 || status >= 500 || status < 200) return trouble(unavailable(question, reply));
  const json = jsonOf(reply);
  if (json === undefined) return trouble(unavailable(question, reply));
  if (status < 300) return { kind: 'json', json };
  const parsed = v.safeParse(RefusalBody, json);
  if (status < 400 || !parsed.success) return trouble(unavailable(question, reply));
  const { error, error_subtype: subtype, error_description: description } = parsed.output;
  if (PASSING.has(error) || PASSING.has(description)) return trouble(unavailable(question, reply));
  const refusal = {
    status,
    error: plainName(error) ?? 'unknown',
    subtype: plainName(subtype),
    description: withoutSecrets(description, question.secrets),
  };
  return { kind: 'refusal', refusal };
}

/** A refusal that is no dead grant: of the client kept here (`oauth-client-refused`), or of the request. */
export function refusalError(question: OAuthQuestion, refusal: OAuthRefusal): PurserError {
  const { status, error, description } = refusal;
  const data = { status, error };
  if (error === 'unauthorized_client' && question.isRenewal === true) return anotherClient(status, error);
  if (CLIENT_REFUSED.has(error)) {
    return new PurserError('oauth-client-refused', {
      what: `${question.name} failed: Google refuses the OAuth client that Purser was given (${error}).`,
      now: 'Choose Purser › Connected accounts… and enter its client id and secret again, as the Google Cloud console shows them.',
      data,
    });
  }
  return new PurserError('oauth-refused', {
    what: `${question.name} was refused (${error}).${description === '' ? '' : ` Google says: “${description}”`}`,
    now:
      ADVICE[error] ??
      'Try again. If it stays, reconnect the account; if that does not help, report these words.',
    data,
  });
}

/**
 * `oauth-client-refused`: Google answers 401 `unauthorized_client` to a refresh token that was given to another client
 * (github.com/prasmussen/gdrive/issues/375, github.com/googleapis/google-auth-library-python/issues/1561).
 */
export function anotherClient(status: number, error: string): PurserError {
  return new PurserError('oauth-client-refused', {
    what: `Google token renewal failed: the account was connected with another OAuth client than the one that is entered now (${error}).`,
    now: 'Choose Purser › Connected accounts… and enter that client again, or reconnect the account with this one.',
    data: { status, error },
  });
}

/**
 * developers.google.com/identity/protocols/oauth2/web-server#authorization-errors lists them for the consent page; nothing
 * rules them out for a renewal, when a policy has changed since.
 */
const ADVICE: Readonly<Record<string, string>> = {
  access_denied:
    'Look whether the account can still be used, and ask its administrator whether your OAuth client is allowed; then choose Purser › Connected accounts… and reconnect it.',
  admin_policy_enforced:
    'Ask the account’s administrator to allow your client id (Admin console › Security › Access and data control › API controls), then press Test now in Purser › Connected accounts….',
  org_internal:
    'Make the audience External and publish the app (Google Cloud › Audience), or connect an account of your own organization; then reconnect in Purser › Connected accounts….',
  invalid_scope:
    'Choose Purser › Connected accounts… and reconnect it: a permission that it was given is not to be had any more.',
};

function trouble(settled: Settled<never>): OAuthAnswer {
  return { kind: 'trouble', settled };
}

function throttled(question: OAuthQuestion, reply: HttpReply): Settled<never> {
  const error = new PurserError('service-throttled', {
    what: `${question.name} was put off: Google's limit for the moment is reached.`,
    now: 'Wait a few minutes and try again.',
    data: { status: reply.status },
  });
  return { kind: 'retry', error, ...retryAfter(reply) };
}

function unavailable(question: OAuthQuestion, reply: HttpReply): Settled<never> {
  const error = new PurserError('service-unavailable', {
    what: `${question.name} failed at Google's side (HTTP ${reply.status}).`,
    now: 'Try again in a few minutes.',
    data: { status: reply.status },
  });
  return question.repeatable ? { kind: 'retry', error, ...retryAfter(reply) } : { kind: 'failed', error };
}

/** Undefined for what is not JSON; nothing at all is null, which revocation may answer (RFC 7009, 2.2). */
function jsonOf(reply: HttpReply): unknown {
  const text = reply.text();
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the reply, which may hold a token.
    return undefined;
  }
}

function plainName(text: string): string | null {
  return /^[\w.-]{1,60}$/.test(text) ? text : null;
}

/** What is as long as a token goes too: it may be one that was sent in other letters. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  let rest = text;
  for (const secret of secrets.flatMap((one) => [one, encodeURIComponent(one)])) {
    if (secret !== '') rest = rest.split(secret).join('…');
  }
  return rest.replace(/[^\s“”"',;:()]{24,}/g, '…').slice(0, 300);
}
