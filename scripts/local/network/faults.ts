/** Which fault the gateway plays on which request. */
import type { Fault } from '../contract.ts';

export interface FaultSubject {
  readonly host: string;
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** The `X-Amz-Target` header; empty when there is none. */
  readonly target: string;
}

export interface FaultBook {
  /** The play for this request, or null. Counts: ask once for each request, in the order of the requests. */
  take(subject: FaultSubject): Fault['play'] | null;
}

/**
 * Every fault counts all requests that match it, also those that another fault was played on, so that two faults
 * with `times: 1` and `skip: 0` and `1` hit the first and the second request. Of several the first in the list wins.
 */
export function faultBook(faults: readonly Fault[]): FaultBook {
  const counters = faults.map((fault) => ({ fault, seen: 0, played: 0 }));
  return {
    take(subject) {
      let chosen: Fault['play'] | null = null;
      for (const counter of counters) {
        if (!matches(counter.fault, subject)) continue;
        counter.seen += 1;
        const due = counter.seen > (counter.fault.skip ?? 0);
        if (chosen !== null || !due || counter.played >= (counter.fault.times ?? Number.POSITIVE_INFINITY))
          continue;
        counter.played += 1;
        chosen = counter.fault.play;
      }
      return chosen;
    },
  };
}

function matches(fault: Fault, subject: FaultSubject): boolean {
  if (!subject.host.includes(fault.host.toLowerCase())) return false;
  if (fault.match === undefined) return true;
  return `${subject.method} ${subject.path}`.includes(fault.match) || subject.target.includes(fault.match);
}
