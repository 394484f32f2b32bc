/** Work on stored records that is tried again: Google's store fails now and then, and a new token must not be lost. */
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

const TRIES = 3;
const WAIT_MS = 700;

/**
 * Runs `action` under the lock, up to three times while the store or the lock fails. It reads anew each time, so that
 * doing it twice is doing it once.
 * @throws PurserError the last failure
 */
export function persistently<T>(host: Host, action: () => T): T {
  for (let tried = 1; ; tried++) {
    try {
      return host.withLock(action);
    } catch (thrown) {
      const error = asPurserError(thrown);
      const passing = error.kind === 'bug' || error.code === 'lock-busy';
      if (tried === TRIES || !passing || error.code === 'property-too-large') throw error;
      host.log({ event: 'store-failed', tried, code: error.code });
      host.sleep(WAIT_MS * tried);
    }
  }
}
