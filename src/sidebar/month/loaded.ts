/** What a part of the sidebar asks for only when it is opened. */
import { useRef, useState } from 'preact/hooks';
import type { Answer, SidebarError } from './contract.ts';

export interface Loaded<T> {
  readonly value: T | null;
  /** Milliseconds since 1970 of the last answer that came; 0: none. */
  readonly loadedMs: number;
  readonly loading: boolean;
  readonly error: SidebarError | null;
  /** Asks; while an answer is awaited it does nothing. */
  load(): void;
  /** Changes what is shown. */
  change(make: (value: T) => T): void;
}

export function useLoaded<T>(ask: () => Promise<Answer<T>>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<SidebarError | null>(null);
  const asking = useRef(false);
  const loadedMs = useRef(0);
  return {
    value,
    loadedMs: loadedMs.current,
    loading,
    error,
    load() {
      if (asking.current) return;
      asking.current = true;
      setLoading(true);
      setError(null);
      void ask().then((answer) => {
        asking.current = false;
        setLoading(false);
        if (answer.ok) {
          loadedMs.current = Date.now();
          setValue(answer.value);
        } else setError(answer.error);
      });
    },
    change: (make) => setValue((before) => (before === null ? null : make(before))),
  };
}
