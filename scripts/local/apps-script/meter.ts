/** Counts the calls that leave the script, and adds up what they would cost. */
import type { Clock } from '../contract.ts';
import {
  type Cost,
  failedRoundCost,
  type HostCall,
  hostCallCost,
  roundCost,
  seconds,
  type TimedReply,
  type TimedRequest,
} from '../latency.ts';

export interface Counts {
  /** Rounds, and every property, cache and lock call. */
  host: number;
  /** Requests in all rounds. */
  http: number;
  /** `fetch` and `fetchAll` calls. */
  rounds: number;
}

export interface Meter {
  readonly counts: Counts;
  hostCall(call: HostCall): void;
  roundStarts(requests: number): void;
  roundEnds(
    kind: 'fetch' | 'fetchAll',
    exchanges: readonly { request: TimedRequest; reply: TimedReply }[],
  ): void;
  roundFails(kind: 'fetch' | 'fetchAll', why: 'unreachable' | 'stall'): void;
  /** Seconds; figures that nobody published are multiplied by `assumedFactor` (default 1). */
  modelledSeconds(assumedFactor?: number): number;
}

/** @param factor the clock moves by what each call would cost, so many times; with 0 it stands */
export function createMeter(clock: Clock, factor: number): Meter {
  const counts: Counts = { host: 0, http: 0, rounds: 0 };
  let total: Cost = { published: 0, assumed: 0 };
  const add = (cost: Cost, moves: boolean) => {
    total = { published: total.published + cost.published, assumed: total.assumed + cost.assumed };
    if (moves && factor > 0) clock.advance(Math.round(seconds(cost, 1) * 1000 * factor));
  };
  return {
    counts,
    hostCall: (call) => {
      counts.host += 1;
      add(hostCallCost(call), true);
    },
    roundStarts: (requests) => {
      counts.host += 1;
      counts.rounds += 1;
      counts.http += requests;
    },
    roundEnds: (kind, exchanges) => add(roundCost(kind, exchanges), true),
    // The network moves the clock by the minute of a stall itself.
    roundFails: (kind, why) => add(failedRoundCost(kind, why), why !== 'stall'),
    modelledSeconds: (assumedFactor = 1) => seconds(total, assumedFactor),
  };
}
