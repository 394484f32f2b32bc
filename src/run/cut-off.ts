/** A run that stops itself before Apps Script would, and how its month goes on in another execution. */
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { Pin, RunRecord } from './run-record.ts';
import type { Step } from './steps.ts';
import { isLaterStep } from './steps.ts';
import { menuItemOf } from './words.ts';

/** As often a month may be cut off at the same step before Purser says that it does not fit. */
const MOST_AT_ONE_STEP = 3;

export interface CutOffRun {
  readonly month: Month;
  readonly version: number;
  readonly by: 'person' | 'trigger';
  readonly step: Step;
  readonly pin: Pin | null;
  /** Somebody has approved it, or the clock began it: then it goes on without a person. */
  readonly goesOn: boolean;
  /** As the execution before left it. */
  readonly before: RunRecord | null;
}

/**
 * What is kept of it, and what it is called.
 * @returns `error` of code `time-budget-spent`, or `run-too-long` once it comes no further
 */
export function cutOff(
  host: Host,
  run: CutOffRun,
  spent: PurserError,
): { readonly record: RunRecord; readonly error: PurserError } {
  const { month, version, by, step, pin, goesOn, before } = run;
  const last = before?.cutOff ?? null;
  const times = last === null || isLaterStep(step, last.step) ? 1 : last.times + 1;
  const empty: RunRecord = { schema: 1, month, version, pin: null, cutOff: null };
  if (times > MOST_AT_ONE_STEP) return { record: empty, error: tooLong(month, step, times) };
  const at = new Date(host.now()).toISOString();
  return {
    record: { ...empty, pin, cutOff: goesOn ? { at, by, times, step } : null },
    error: new PurserError('time-budget-spent', {
      what: spent.what,
      now: goesOn ? 'It goes on by itself within minutes, from what is there.' : chooseAgain(version),
      data: { step, times, goesOn },
    }),
  };
}

/** What the next execution would go on from could not be written down: then nothing begins again what a person began. */
export function notLeft(thrown: unknown, by: CutOffRun['by'], version: number): unknown {
  if (by === 'trigger') return thrown;
  const { code, what, data } = asPurserError(thrown);
  return new PurserError(code, { what, now: chooseAgain(version), data, cause: thrown });
}

function chooseAgain(version: number): string {
  return `Choose ${menuItemOf(version)} again.`;
}

function tooLong(month: Month, step: Step, times: number): PurserError {
  return new PurserError('run-too-long', {
    what: `The run for ${monthLabel(month)} was cut off ${times} times at the step “${step}”: it takes longer than Apps Script allows. Nothing was sent.`,
    now: 'Try again at a quieter hour. If it stays, the month is too large, or a service too slow: move old tabs out of the workbook, and look at how long the steps took in the log.',
    data: { step, times },
  });
}

/** The property that says that a trigger was made; written before it, so that none is ever forgotten. */
const HASTENED = 'run.hastened';
const HANDLER = 'continueRun';
const SOON_MS = 60_000;

/** To be written in the same call as what the next execution goes on from, and before `hasten`. */
export function hastenedEntry(host: Host): Readonly<Record<string, string>> {
  return { [HASTENED]: new Date(host.now()).toISOString() };
}

/**
 * Has the platform go on in a minute. It only hastens: the hourly tick goes on with whatever this misses, so that its
 * failure is only logged.
 */
export function hasten(host: Host): void {
  try {
    const triggers = host.triggers();
    if (triggers.list().some(({ handler }) => handler === HANDLER)) return;
    triggers.create(HANDLER, { once: true, afterMs: SOON_MS });
  } catch (thrown) {
    host.log({ event: 'not-hastened', code: asPurserError(thrown).code });
  }
}

/**
 * Removes what `hasten` made, fired or not. Never throws; no call while none was made.
 * @param hasFired true in what it started: then there is one, whatever the properties say
 */
export function removeHasteners(
  host: Host,
  properties: Readonly<Record<string, string>>,
  hasFired: boolean,
): void {
  if (!hasFired && (properties[HASTENED] ?? '') === '') return;
  try {
    const triggers = host.triggers();
    for (const { handler, id } of triggers.list()) if (handler === HANDLER) triggers.remove(id);
    host.properties('document').remove(HASTENED);
  } catch (thrown) {
    host.log({ event: 'hastener-not-removed', code: asPurserError(thrown).code });
  }
}
