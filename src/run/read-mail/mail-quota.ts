/** What reading mail may cost: an account of the last minute, so that Gmail need not refuse. */

/**
 * Of the 6,000 quota units that a person has a minute in a project first used since May 2026
 * (developers.google.com/workspace/gmail/api/reference/quota); the rest is for searches, retries and a statement.
 */
const UNITS_PER_MINUTE = 5_000;
/** Of one `messages.get`; 5 in older projects, which have 15,000 a minute. */
const UNITS_PER_BODY = 20;
const MINUTE_MS = 60_000;

export interface MailQuota {
  spendBody(nowMs: number): void;
  /** Gmail refused: its account of this minute is not ours. */
  exhaust(nowMs: number): void;
  /** How long to wait until so many bodies can be asked for; 0 when they can be now. */
  waitMs(nowMs: number, bodies: number): number;
}

/** Of any 60 seconds, because Google does not say when its minute begins. */
export function mailQuota(): MailQuota {
  let spent: { readonly atMs: number; readonly units: number }[] = [];
  const spend = (atMs: number, units: number): void => {
    spent = spent.filter((one) => one.atMs > atMs - MINUTE_MS);
    spent.push({ atMs, units });
  };
  return {
    spendBody: (nowMs) => spend(nowMs, UNITS_PER_BODY),
    exhaust: (nowMs) => spend(nowMs, UNITS_PER_MINUTE),
    waitMs(nowMs, bodies) {
      const recent = spent.filter((one) => one.atMs > nowMs - MINUTE_MS);
      let over = recent.reduce((sum, one) => sum + one.units, bodies * UNITS_PER_BODY) - UNITS_PER_MINUTE;
      for (const { atMs, units } of recent) {
        if (over <= 0) return 0;
        over -= units;
        if (over <= 0) return atMs + MINUTE_MS - nowMs;
      }
      return 0;
    },
  };
}
