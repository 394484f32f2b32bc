/** The time that a run gives itself: being killed at Apps Script's six minutes can't be caught. */
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

export const BUDGET_MS = 270_000;

/** Of the six minutes what a trigger may count on for all that it does. */
export const EXECUTION_MS = 345_000;

/** @throws PurserError `time-budget-spent` */
export function keepBudget(host: Host, startedMs: number): void {
  const spentMs = host.now() - startedMs;
  if (spentMs < BUDGET_MS) return;
  throw new PurserError('time-budget-spent', {
    what: `The run stopped itself after ${Math.round(spentMs / 1000)} seconds, before Apps Script would. Nothing was sent.`,
    now: 'It goes on from what is there.',
    data: { spentMs },
  });
}
