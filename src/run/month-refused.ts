/** Why a month is not run at all, whatever its charters. */
import { PurserError } from '../host/errors.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';

export function monthInvalid(month: string): PurserError {
  return new PurserError('month-invalid', {
    what: `“${month.slice(0, 40)}” is not a month.`,
    now: 'Enter a month such as 2026-05 or May 2026.',
  });
}

export function monthNotOver(month: Month): PurserError {
  return new PurserError('month-not-over', {
    what: `${monthLabel(month)} is not over yet; a statement of it could still change. Nothing was posted or sent.`,
    now: 'Choose Preview month… to look at it, and send it after its last day.',
  });
}
