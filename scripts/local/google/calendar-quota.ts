/** What one person may ask of Calendar a minute: developers.google.com/workspace/calendar/api/guides/quota. */
import type { Clock } from '../contract.ts';
import { failure } from './errors.ts';

/** Refusals as Google gives them whenever it likes ("you might be rate limited at any time"). */
export interface CalendarRefusals {
  /** How many requests are refused; default all. */
  readonly times?: number;
  /** Default 403; "a 403 usageLimits status code or a 429 usageLimits status code". */
  readonly status?: 403 | 429;
  /** Default `rateLimitExceeded`. */
  readonly reason?: 'rateLimitExceeded' | 'userRateLimitExceeded' | 'quotaExceeded';
}

export interface CalendarQuota {
  /** @throws GoogleFailure 403 or 429 */
  spend(email: string, refusals: CalendarRefusals | undefined): void;
  /** Begins to count the refusals anew. */
  forget(): void;
}

// The words: developers.google.com/workspace/calendar/api/guides/errors
const WORDS = {
  rateLimitExceeded: 'Rate Limit Exceeded',
  userRateLimitExceeded: 'User Rate Limit Exceeded',
  quotaExceeded: 'Calendar usage limits exceeded.',
} as const;

export function createCalendarQuota(clock: Clock, requestsPerMinute: number): CalendarQuota {
  const spent = new Map<string, number[]>();
  let refused = 0;
  const refuse = ({ status = 403, reason = 'rateLimitExceeded' }: CalendarRefusals) =>
    failure('calendar', status, reason, WORDS[reason], { domain: 'usageLimits' });
  return {
    spend(email, refusals) {
      if (refusals !== undefined && refused < (refusals.times ?? Number.POSITIVE_INFINITY)) {
        refused += 1;
        throw refuse(refusals);
      }
      if (requestsPerMinute === Number.POSITIVE_INFINITY) return;
      const now = clock.now();
      // "Quotas are calculated per minute using a sliding window." A clock that was put back has spent nothing yet.
      const recent = (spent.get(email) ?? []).filter((atMs) => atMs <= now && atMs > now - 60_000);
      spent.set(email, recent);
      if (recent.length >= requestsPerMinute) throw refuse({});
      recent.push(now);
    },
    forget() {
      refused = 0;
    },
  };
}
