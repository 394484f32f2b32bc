/**
 * Why a refresh token stopped working. Google's answer hardly says; the record's dates tell the rest
 * (developers.google.com/identity/protocols/oauth2#expiration lists the causes). Likely, never sure.
 */
import type { AccountRecord, DeathCause } from './account.ts';
import { UNKNOWN_TIME } from './heal-account.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of a client whose consent screen is in testing (support.google.com/cloud/answer/15549945). */
const TESTING_DAYS = 7;
/** Six months. */
const UNUSED_DAYS = 182;
/** Google ends a token at about the hour; who looks every hour notices a little later. */
const LEEWAY_MS = 2 * HOUR_MS;

/** What `invalid_grant` came with. */
export interface DeathAnswer {
  /**
   * `invalid_rapt`, `rapt_required`: an administrator wants people to sign in again
   * (support.google.com/a/answer/9368756; the words are those that googleapis/google-auth-library-python looks for).
   */
  readonly subtype: string | null;
  readonly description: string;
}

/** The likeliest cause of a refresh token's death, noticed at `nowMs`. */
export function likelyCause(record: AccountRecord, answer: DeathAnswer, nowMs: number): DeathCause {
  if (answer.subtype === 'invalid_rapt' || answer.subtype === 'rapt_required') return 'sign-in-again';
  // The one death that only the description tells (FlowCrypt/flowcrypt-browser#2269); a guess for people to read only.
  if (/account has been (deleted|disabled)|account (deleted|disabled|not found)/i.test(answer.description)) {
    return 'account-gone';
  }
  const consentedMs = knownMs(record.consentedAt);
  const endMs = knownMs(record.refreshTokenExpiresAt);
  if (endMs !== null && nowMs >= endMs - LEEWAY_MS) {
    return isTestingEnd(record) ? 'testing' : 'time-limited';
  }
  const lastGoodMs = knownMs(record.lastRefreshedAt) ?? consentedMs;
  if (lastGoodMs === null) return 'revoked';
  if (nowMs - lastGoodMs >= UNUSED_DAYS * DAY_MS) return 'unused';
  if (consentedMs === null) return 'revoked';
  const testingEndMs = consentedMs + TESTING_DAYS * DAY_MS;
  const diedThen = lastGoodMs <= testingEndMs + LEEWAY_MS && nowMs >= testingEndMs - LEEWAY_MS;
  return diedThen ? 'testing' : 'revoked';
}

/** Whether Google's end of the refresh token is that of a consent screen in testing: seven days after the consent. */
export function isTestingEnd(record: AccountRecord): boolean {
  const consentedMs = knownMs(record.consentedAt);
  const endMs = knownMs(record.refreshTokenExpiresAt);
  if (consentedMs === null || endMs === null) return false;
  return Math.abs(endMs - consentedMs - TESTING_DAYS * DAY_MS) <= 12 * HOUR_MS;
}

/** When the token dies if nobody uses it; null when nobody knows when it was used. Milliseconds since 1970 UTC. */
export function unusedEndMs(record: AccountRecord): number | null {
  const lastGoodMs = knownMs(record.lastRefreshedAt) ?? knownMs(record.consentedAt);
  return lastGoodMs === null ? null : lastGoodMs + UNUSED_DAYS * DAY_MS;
}

/** The likely cause as sentences: what happened, and how to keep it from happening again. */
export function causeWords(cause: DeathCause, record: AccountRecord): string {
  switch (cause) {
    case 'testing':
      return 'Most likely the consent screen of your Google Cloud project is in testing: Google then ends every connection after seven days. Publish it first (Google Cloud › Audience › Publish app), or make it internal.';
    case 'time-limited':
      return 'Access was given for a limited time only, and that time is over. Give it without a time limit.';
    case 'unused':
      return 'It was not used for six months, after which Google ends a connection. Keep Purser’s hourly check on (Purser › Set up…).';
    case 'sign-in-again':
      return 'An administrator of this Google Workspace wants people to sign in again after some time. Ask the administrator to make your OAuth client a trusted app, and to exempt trusted apps.';
    case 'account-gone':
      return 'Google says that the account was deleted or disabled. Ask an administrator to restore it, or connect another account.';
    case 'refused-by-api':
      return 'Google refused an access token that it had just given. The account may be suspended, or Gmail switched off for it.';
    case 'revoked':
      return hasMail(record)
        ? 'Most likely the access was removed in the account’s settings, or its password was changed, which ends connections that read or send mail. More than 100 connections of one account with your OAuth client also end the oldest.'
        : 'Most likely the access was removed in the account’s settings. More than 100 connections of one account with your OAuth client also end the oldest.';
  }
}

function hasMail(record: AccountRecord): boolean {
  return record.scopes.some((scope) => /gmail\.|mail\.google\.com/.test(scope));
}

/** Null for a time that nobody knows. */
function knownMs(time: string | null): number | null {
  return time === null || time === UNKNOWN_TIME ? null : Date.parse(time);
}
