/** The steps of a month, as people see them pass. */
import type { Host } from '../host/host.ts';

const STEPS = ['collect', 'calculate', 'post', 'verify', 'export', 'file', 'send', 'record'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_COUNT = STEPS.length;

/** @param other the name of a step, as it was written down */
export function isLaterStep(step: Step, other: string): boolean {
  return STEPS.indexOf(step) > (STEPS as readonly string[]).indexOf(other);
}

export function progress(host: Host, step: Step): void {
  host.progress({ step, done: STEPS.indexOf(step), of: STEPS.length });
}

/** However it ended: the last word must not stay on the screen. */
export function progressEnd(host: Host): void {
  host.progress({ step: 'done', done: STEPS.length, of: STEPS.length });
}
