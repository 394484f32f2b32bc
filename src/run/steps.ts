/** The steps of a month, as people see them pass. */
import type { Host } from '../host/host.ts';

const STEPS = ['collect', 'calculate', 'post', 'verify', 'export', 'file', 'send', 'record'] as const;
type Step = (typeof STEPS)[number];

export function progress(host: Host, step: Step): void {
  host.progress({ step, done: STEPS.indexOf(step), of: STEPS.length });
}

/** However it ended: the last word must not stay on the screen. */
export function progressEnd(host: Host): void {
  host.progress({ step: 'done', done: STEPS.length, of: STEPS.length });
}
