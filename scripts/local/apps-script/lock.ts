/** LockService: developers.google.com/apps-script/reference/lock/lock */
import { type Execution, strict } from './execution.ts';

export interface Locks {
  /** Held by executions that a test makes up: by name, until when by the clock. */
  readonly foreign: Map<string, number>;
  /** Held by executions that run now: two do, when one runs in the middle of another. */
  readonly holders: Map<string, Execution>;
}

export type LockKind = 'document' | 'script' | 'user';

/** A user lock is one of each person's. */
export function lockName(kind: LockKind, email: string): string {
  return kind === 'user' ? `user:${email}` : kind;
}

/** Locks end with the execution. */
export function releaseLocks({ holders }: Locks, execution: Execution): void {
  for (const [name, holder] of holders) if (holder === execution) holders.delete(name);
}

/** Each execution has a service of its own, and holds nothing at its start. */
export function createLockService(
  execution: Execution,
  { foreign, holders }: Locks,
): GoogleAppsScript.Lock.LockService {
  const { clock, meter } = execution;
  const lock = (kind: LockKind): GoogleAppsScript.Lock.Lock => {
    const name = lockName(kind, execution.email);
    const acquire = (method: string, timeoutMs: unknown): boolean => {
      meter.hostCall('lock');
      return execution.calls.make('lock', `${kind} ${method}`, () => acquired(method, timeoutMs));
    };
    const acquired = (method: string, timeoutMs: unknown): boolean => {
      if (typeof timeoutMs !== 'number' || !Number.isFinite(timeoutMs) || timeoutMs < 0) {
        throw execution.signature(`LockService.Lock.${method}`, [timeoutMs]);
      }
      const holder = holders.get(name);
      // The other one goes on only when this one has ended, so it is waited for in vain.
      const isTaken = holder !== undefined && holder !== execution;
      const waitMs = isTaken ? Number.POSITIVE_INFINITY : Math.max(0, (foreign.get(name) ?? 0) - clock.now());
      clock.advance(Math.min(waitMs, timeoutMs));
      execution.checkBudget();
      if (waitMs > timeoutMs) return false;
      foreign.delete(name);
      holders.set(name, execution);
      return true;
    };
    return strict(execution, 'Lock', {
      hasLock: () => holders.get(name) === execution,
      releaseLock: () => {
        meter.hostCall('lock');
        execution.calls.make('lock', `${kind} releaseLock`, () => {
          if (holders.get(name) === execution) holders.delete(name);
        });
      },
      tryLock: (timeoutMs: unknown) => acquire('tryLock', timeoutMs),
      waitLock: (timeoutMs: unknown) => {
        if (acquire('waitLock', timeoutMs)) return;
        throw execution.exception('Lock timeout: another process was holding the lock for too long.');
      },
    });
  };
  return strict(execution, 'LockService', {
    // "null if called from a standalone script or webapp": developers.google.com/apps-script/reference/lock/lock-service#getDocumentLock()
    getDocumentLock: () => (execution.hasDocument ? lock('document') : null) as GoogleAppsScript.Lock.Lock,
    getScriptLock: () => lock('script'),
    getUserLock: () => lock('user'),
  });
}
