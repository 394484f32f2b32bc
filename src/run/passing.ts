/** What passes by itself, so that another execution may try again without a person. */
import type { ErrorCode } from '../host/errors.ts';

const PASSING = new Set<string>([
  'lock-busy',
  'mail-quota-spent',
  'network-failed',
  'platform-failed',
  'run-in-progress',
  'service-throttled',
  'service-unavailable',
  'time-budget-spent',
  'token-busy',
] satisfies ErrorCode[]);

export function isPassing(code: string): boolean {
  return PASSING.has(code);
}
