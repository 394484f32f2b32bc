/** Time-driven triggers going off, each as the account that made it, with the event that Google gives. */
import type { Clock } from '../contract.ts';
import type { Firing, RunOptions } from './apps-script.ts';
import type { Execution, Mode } from './execution.ts';
import { AuthMode } from './script-app.ts';
import { nextFiringMs, type TriggerRecord, timeDrivenEvent } from './triggers.ts';

export interface FiringOptions {
  readonly clock: Clock;
  /** Installed triggers of all accounts; changed in place. */
  readonly triggers: TriggerRecord[];
  begin(options: RunOptions, mode: Mode): Execution;
  invoke(execution: Execution, functionName: string, parameters: readonly unknown[]): unknown;
}

export interface TriggerFiring {
  /** Fires all that are due, oldest first. */
  fireDue(): readonly Firing[];
  /** Fires the account's trigger for `handler` now. @throws Error when there is none */
  fire(handler: string, owner: string): Firing;
  /** What the account's installed trigger for `handler` would hand over now; nothing when there is none. */
  parametersOf(execution: Execution, handler: string): readonly unknown[];
}

export function createFiring({ clock, triggers, begin, invoke }: FiringOptions): TriggerFiring {
  const eventOf = (execution: Execution, record: TriggerRecord): unknown =>
    execution.realm.object(timeDrivenEvent(record, clock.now(), AuthMode.FULL));

  const fire = (at: number, record: TriggerRecord): Firing => {
    const atMs = clock.now();
    triggers[at] = { ...record, nextMs: nextFiringMs(record.schedule, record.timeZone, atMs) };
    try {
      const execution = begin({ as: record.owner }, 'trigger');
      invoke(execution, record.handler, [eventOf(execution, record)]);
      return { trigger: record, atMs, error: null };
    } catch (error) {
      return { trigger: record, atMs, error };
    }
  };

  return {
    fireDue: () => {
      const due = triggers
        .filter(({ nextMs }) => nextMs !== null && nextMs <= clock.now())
        .sort((a, b) => (a.nextMs ?? 0) - (b.nextMs ?? 0));
      return due.flatMap((record) => {
        // A handler before may have deleted it.
        const at = triggers.findIndex(({ id }) => id === record.id);
        if (at < 0) return [];
        return [fire(at, record)];
      });
    },
    fire: (handler, owner) => {
      const at = triggers.findIndex((one) => one.owner === owner && one.handler === handler);
      const record = triggers[at];
      if (record === undefined) throw new Error(`${owner} has no trigger for ${handler}.`);
      return fire(at, record);
    },
    parametersOf: (execution, handler) => {
      const own = triggers.find((one) => one.owner === execution.email && one.handler === handler);
      return own === undefined ? [] : [eventOf(execution, own)];
    },
  };
}
