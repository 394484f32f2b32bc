/** What a test switches at the local OAuth server. */
import { FAILURE_HEADER, FAILURE_STATUS } from '../network/gateway.ts';
import type { Answer } from './http.ts';
import { jsonAnswer } from './http.ts';

/**
 * What the token endpoint answers in place of tokens; nothing has changed at Google then, but for `too-late`.
 * - `html-503`, `html-200`: the front end's page, with the status of trouble or of a proxy that hides it
 * - `json-500`, `busy`, `throttled`: `internal_failure`, `temporarily_unavailable`, 429 with Retry-After
 * - `slow`: no answer before UrlFetchApp gives up; `too-late`: likewise, but Google did what it was asked
 * - `sign-in-again`: `invalid_grant` with `invalid_rapt`, the reauthentication that a Workspace administrator sets
 * - `account-gone`: `invalid_grant` of a deleted account
 * - `client-gone`: `deleted_client`; `policy`: `admin_policy_enforced`
 */
export type TokenTrouble =
  | 'html-503'
  | 'html-200'
  | 'json-500'
  | 'busy'
  | 'throttled'
  | 'slow'
  | 'too-late'
  | 'sign-in-again'
  | 'account-gone'
  | 'client-gone'
  | 'policy';

export interface OAuthSwitches {
  /**
   * New refresh tokens with every refresh. `strict`: the old one dies at once, and when it comes again the whole
   * family dies (RFC 9700 section 4.14.2); `overlap`: it works until its successor was used. Default false, as Google.
   */
  readonly rotate?: 'overlap' | 'strict' | false;
  /** Of access tokens; default 3,599. */
  readonly lifetimeSeconds?: number;
  /** No refresh token in any reply. */
  readonly omitRefreshToken?: boolean;
  /** The consent screen is in testing: refresh tokens die after seven days. */
  readonly testing?: boolean;
  readonly answer?: TokenTrouble;
  /** How often `answer` is given, first come; default always. */
  readonly times?: number;
  /** What the person ticks of what is asked, short or long; default what the form says. Sign-in scopes always. */
  readonly grant?: readonly string[];
}

const HTML =
  '<!DOCTYPE html><html lang=en><title>Error 503 (Service Unavailable)!!1</title><p>The service is temporarily unavailable.</html>\n';

function html(status: number): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: new Uint8Array(Buffer.from(HTML)),
  };
}

/** The gateway's way of saying that nobody answered in time. */
export const NO_ANSWER: Answer = {
  status: FAILURE_STATUS,
  headers: { [FAILURE_HEADER]: 'stall', 'content-type': 'text/plain' },
  body: new Uint8Array(Buffer.from('A switch: no answer within the time limit.')),
};

export function oauthError(status: number, error: string, description: string, more: object = {}): Answer {
  return jsonAnswer(status, { error, error_description: description, ...more });
}

/** The answer of a trouble that keeps the server from working; null for `too-late`, which lets it work first. */
export function troubleAnswer(trouble: TokenTrouble): Answer | null {
  switch (trouble) {
    case 'html-503':
      return html(503);
    case 'html-200':
      return html(200);
    case 'json-500':
      return jsonAnswer(500, { error: 'internal_failure' });
    case 'busy':
      return oauthError(503, 'temporarily_unavailable', 'The service is temporarily unavailable.');
    case 'throttled':
      return jsonAnswer(
        429,
        { error: 'rate_limit_exceeded', error_description: 'Too many requests.' },
        { headers: { 'retry-after': '2' } },
      );
    case 'slow':
      return NO_ANSWER;
    case 'too-late':
      return null;
    // developers.google.com/identity/protocols/oauth2/web-server#authorization-errors-invalid-grant and
    // support.google.com/a/answer/9368756
    case 'sign-in-again':
      return oauthError(400, 'invalid_grant', 'reauth related error (invalid_rapt)', {
        error_uri: 'https://support.google.com/a/answer/9368756',
        error_subtype: 'invalid_rapt',
      });
    case 'account-gone':
      return oauthError(400, 'invalid_grant', 'Account has been deleted');
    case 'client-gone':
      return oauthError(401, 'deleted_client', 'The OAuth client was deleted.');
    // developers.google.com/identity/protocols/oauth2/web-server#authorization-errors, should a renewal say it, too
    case 'policy':
      return oauthError(400, 'admin_policy_enforced', 'Blocked by an administrator.');
  }
}
