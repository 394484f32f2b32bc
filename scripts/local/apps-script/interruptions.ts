import type { AppsScript } from './apps-script.ts';
import type { FetchAllSync } from './url-fetch.ts';

/** Requests between which a test can put something: another execution. */
export function interruptible(send: FetchAllSync): {
  readonly fetchAllSync: FetchAllSync;
  readonly meanwhile: AppsScript['meanwhile'];
} {
  const waiting: { rounds: number; readonly action: () => void }[] = [];
  return {
    fetchAllSync(requests) {
      const [next] = waiting;
      if (next !== undefined) {
        next.rounds -= 1;
        if (next.rounds < 0) {
          // First, or the action's own requests would set it off again.
          waiting.shift();
          next.action();
        }
      }
      return send(requests);
    },
    meanwhile(action, round = 0) {
      waiting.push({ rounds: round, action });
    },
  };
}
