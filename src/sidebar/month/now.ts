/** Time as the page has it. */
import { useEffect, useState } from 'preact/hooks';

/** A timer that is longer overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whether `moment` (ISO 8601) is still to come; the page is drawn anew once it has. */
export function useNow(moment: string | null): boolean {
  const [, setTicks] = useState(0);
  const waitMs = moment === null ? 0 : new Date(moment).getTime() - Date.now();
  useEffect(() => {
    if (!(waitMs > 0)) return;
    const timer = setTimeout(() => setTicks((ticks) => ticks + 1), Math.min(waitMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [moment, waitMs > 0]);
  return waitMs > 0;
}
