/** Looks how far a run has come, whoever began it and wherever. */
import { useEffect, useRef } from 'preact/hooks';
import type { ProgressView } from './contract.ts';
import { call } from './server.ts';

const EACH_MS = 1000;
/** After an answer that told nothing: the run may be between two steps, or Google hard to reach. */
const AFTER_NOTHING_MS = 5000;
/** While nothing is known to go on: a run that the clock or another browser began is noticed that soon. */
const IDLE_MS = 30_000;

/**
 * @param watch `closely` while a run goes on, `idly` while none is known, `off` before there is a view
 * @param heard gets each answer, one at a time; null: no run goes on
 */
export function useProgressWatch(
  watch: 'closely' | 'idly' | 'off',
  heard: (progress: ProgressView | null) => void,
): void {
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    if (watch === 'off') return;
    let over = false;
    let asking = false;
    let timer = 0;
    const later = (waitMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(ask, waitMs);
    };
    const ask = (): void => {
      if (asking) return;
      // Nobody looks: an open sidebar must not use up the day’s executions.
      if (watch === 'idly' && document.visibilityState === 'hidden') {
        later(IDLE_MS);
        return;
      }
      asking = true;
      void call('sidebarProgress').then((answer) => {
        asking = false;
        if (over) return;
        const progress = answer.ok ? answer.value : null;
        later(watch === 'idly' ? IDLE_MS : progress === null ? AFTER_NOTHING_MS : EACH_MS);
        if (answer.ok) latest.current(progress);
      });
    };
    const returned = (): void => {
      if (document.visibilityState === 'visible') ask();
    };
    later(watch === 'idly' ? IDLE_MS : EACH_MS);
    document.addEventListener('visibilitychange', returned);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', returned);
    };
  }, [watch]);
}
