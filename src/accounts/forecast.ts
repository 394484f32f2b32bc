/** When a connection will end by itself, as far as anybody can know. */
import type { AccountRecord } from './account.ts';
import { isoTime } from './account-store.ts';
import { isTestingEnd, unusedEndMs } from './death-cause.ts';

const DAY_MS = 86_400_000;
/** Nobody is bothered with six months before this many days are left. */
const UNUSED_NOTICE_DAYS = 30;

export interface Forecast {
  /** ISO 8601 UTC; null when it is not known when. */
  readonly endsAt: string | null;
  /** Whether Google itself named the end. */
  readonly certain: boolean;
  /** A sentence or two. */
  readonly why: string;
}

/**
 * The end of the account's refresh token; null when none is in sight, or it has ended already. Google names it when
 * access was given for a time (`refresh_token_expires_in`: seven days on a
 * screen in testing, half a year without “ongoing access”, as seen in github.com/google/GoogleSignIn-iOS/issues/565).
 */
export function forecastOf(record: AccountRecord, nowMs: number): Forecast | null {
  if (record.dead !== null) return null;
  if (record.refreshTokenExpiresAt !== null) {
    return {
      endsAt: record.refreshTokenExpiresAt,
      certain: true,
      why: isTestingEnd(record)
        ? 'Google ends it after seven days, most likely because the consent screen of your Google Cloud project is in testing. Publish it (Google Cloud › Audience › Publish app), then reconnect.'
        : 'Access was given for a limited time only.',
    };
  }
  const endMs = unusedEndMs(record);
  if (endMs === null || endMs - nowMs > UNUSED_NOTICE_DAYS * DAY_MS) return null;
  return {
    endsAt: isoTime(endMs),
    certain: false,
    why: 'Google ends a connection that was not used for six months.',
  };
}
