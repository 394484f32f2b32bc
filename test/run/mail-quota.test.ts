import fc from 'fast-check';
import { mailQuota } from '../../src/run/read-mail/mail-quota.ts';

const MINUTE_MS = 60_000;

it('lets 250 bodies through at once, and the next when the first are a minute old', () => {
  const quota = mailQuota();
  for (let body = 0; body < 250; body++) quota.spendBody(body < 25 ? 1_000 : 3_000);
  expect(quota.waitMs(4_000, 25)).toBe(57_000);
  expect(quota.waitMs(4_000, 26)).toBe(59_000);
  expect(quota.waitMs(61_000, 25)).toBe(0);
});

it('waits a whole minute once Gmail has refused', () => {
  const quota = mailQuota();
  quota.exhaust(5_000);
  expect(quota.waitMs(5_000, 1)).toBe(MINUTE_MS);
  expect(quota.waitMs(64_999, 1)).toBe(1);
  expect(quota.waitMs(65_000, 1)).toBe(0);
});

it('never spends more than 5,000 units in any 60 seconds, whatever the waves and their times', () => {
  const wave = fc.record({
    bodies: fc.integer({ min: 1, max: 40 }),
    tookMs: fc.integer({ min: 0, max: 9_000 }),
  });
  fc.assert(
    fc.property(fc.array(wave, { maxLength: 60 }), (waves) => {
      const quota = mailQuota();
      const spent: number[] = [];
      let nowMs = 0;
      for (const { bodies, tookMs } of waves) {
        nowMs += quota.waitMs(nowMs, bodies);
        expect(quota.waitMs(nowMs, bodies)).toBe(0);
        for (let body = 0; body < bodies; body++) {
          quota.spendBody(nowMs);
          spent.push(nowMs);
        }
        nowMs += tookMs;
      }
      for (const end of new Set(spent)) {
        const within = spent.filter((at) => at <= end && at > end - MINUTE_MS).length;
        expect(within).toBeLessThanOrEqual(250);
      }
    }),
  );
});
