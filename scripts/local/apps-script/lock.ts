/** LockService: developers.google.com/apps-script/reference/lock/lock */
import { type Execution, strict } from './execution.ts';

/** Locks that other executions hold, by name, and until when; moved forward by the clock only. */
export type ForeignLocks = Map<string, number>;

export type LockKind = 'document' | 'script' | 'user';

/** A user lock is one of each person's. */
export function lockName(kind: LockKind, email: string): string {
  return kind === 'user' ? `user:${email}` : kind;
}

/** Locks end with the execution: each execution has a service of its own, and holds nothing at its start. */
export function createLockService(
  execution: Execution,
  foreign: ForeignLocks,
): GoogleAppsScript.Lock.LockService {
  const held = new Set<string>();
  const { clock, meter } = execution;
  const lock = (kind: LockKind): GoogleAppsScript.Lock.Lock => {
    const name = lockName(kind, execution.email);
    const acquire = (method: string, timeoutMs: unknown): boolean => {
      meter.hostCall('lock');
      if (typeof timeoutMs !== 'number' || !Number.isFinite(timeoutMs) || timeoutMs < 0) {
        throw execution.signature(`LockService.Lock.${method}`, [timeoutMs]);
      }
      const waitMs = Math.max(0, (foreign.get(name) ?? 0) - clock.now());
      clock.advance(Math.min(waitMs, timeoutMs));
      execution.checkBudget();
      if (waitMs > timeoutMs) return false;
      foreign.delete(name);
      held.add(name);
      return true;
    };
    return strict(execution, 'Lock', {
      hasLock: () => held.has(name),
      releaseLock: () => {
        meter.hostCall('lock');
        held.delete(name);
      },
      tryLock: (timeoutMs: unknown) => acquire('tryLock', timeoutMs),
      waitLock: (timeoutMs: unknown) => {
        if (acquire('waitLock', timeoutMs)) return;
        throw execution.exception('Lock timeout: another process was holding the lock for too long.');
      },
    });
  };
  return strict(execution, 'LockService', {
    getDocumentLock: () => lock('document'),
    getScriptLock: () => lock('script'),
    getUserLock: () => lock('user'),
  });
}
