import type { Clock } from './contract.ts';

/** Bytes that a clock needs in a shared buffer. */
export const CLOCK_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

/**
 * A clock that stands until somebody moves it.
 *
 * With `shared` (at least `CLOCK_BYTES` long) all threads that make a clock on the same buffer see the same time.
 * `startMs` (milliseconds since 1970 UTC) is written into the buffer; null joins a clock that runs already.
 */
export function createClock(shared: SharedArrayBuffer | null, startMs: number | null): Clock {
  const cell = new BigInt64Array(shared ?? new SharedArrayBuffer(CLOCK_BYTES), 0, 1);
  const whole = (ms: number): bigint => {
    if (!Number.isFinite(ms)) throw new RangeError(`Not a time in milliseconds: ${ms}`);
    return BigInt(Math.round(ms));
  };
  if (startMs !== null) Atomics.store(cell, 0, whole(startMs));
  return {
    now: () => Number(Atomics.load(cell, 0)),
    advance: (ms) => {
      if (ms < 0) throw new RangeError(`A clock can't be advanced by ${ms} ms; set it instead.`);
      Atomics.add(cell, 0, whole(ms));
    },
    set: (ms) => {
      Atomics.store(cell, 0, whole(ms));
    },
  };
}
