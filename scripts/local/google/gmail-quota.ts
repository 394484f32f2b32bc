/**
 * What one person's calls of Gmail may cost a minute, counted by the Workspace's clock:
 * developers.google.com/workspace/gmail/api/reference/quota, as it is for projects first used since May 2026.
 *
 * Always on. Google does not say when its minute begins; here any 60 seconds count, which is the strictest reading.
 * That Gmail also refuses more than some dozens of requests at once ("Too many concurrent requests for user",
 * github.com/googleapis/google-api-dotnet-client/issues/1982) would depend on this machine's speed, so it is left
 * out: tests look at the rounds of the trace.
 */
import type { Clock } from '../contract.ts';
import { failure } from './errors.ts';

export const GMAIL_UNITS_PER_MINUTE = 6_000;
const MINUTE_MS = 60_000;

export interface GmailQuota {
  /** @throws GoogleFailure 403 `userRateLimitExceeded`, which costs nothing */
  spend(email: string, units: number): void;
}

export function createGmailQuota(clock: Clock, unitsPerMinute: number): GmailQuota {
  const spent = new Map<string, { readonly atMs: number; readonly units: number }[]>();
  return {
    spend(email, units) {
      const now = clock.now();
      // A clock that was put back has spent nothing yet.
      const recent = (spent.get(email) ?? []).filter(({ atMs }) => atMs <= now && atMs > now - MINUTE_MS);
      spent.set(email, recent);
      if (recent.reduce((sum, one) => sum + one.units, 0) + units > unitsPerMinute) {
        // The words: developers.google.com/workspace/gmail/api/guides/handle-errors
        throw failure('gmail', 403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', {
          domain: 'usageLimits',
        });
      }
      recent.push({ atMs: now, units });
    },
  };
}
