/** What all parts of the page share. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Act, ActResult, Overview, Reply } from '../contract.ts';
import { ask } from './server.ts';

export interface Notice {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly bad: boolean;
  /** Of the script: the next one takes its place. */
  readonly toast?: true;
  /** Negative: until it is closed. */
  readonly seconds: number;
}

export interface Bench {
  readonly overview: Overview;
  /** Does it; says what came of it unless `quiet`. What went wrong is always said. */
  readonly act: (act: Act, quiet?: 'quiet') => Promise<Reply<ActResult>>;
  readonly say: (notice: Omit<Notice, 'id'>) => void;
  /** Shows where a link of the product leads. */
  readonly follow: (url: string) => void;
}

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (bench === null) throw new Error('No workbench around this part of the page.');
  return bench;
}

/** Why nothing new can be begun now, in words; null when it can. */
export function waitWords({ busy }: Overview): string | null {
  return busy === null ? null : `Wait until “${busy.what}” is done.`;
}

export interface Asked<T> {
  /** The newest that came; of another path never. */
  readonly value: T | null;
  readonly error: { readonly what: string; readonly now: string } | null;
  readonly again: () => void;
}

/** Asks for a view, and again when `revision` changes. @param path null: for nothing */
export function useAsked<T>(path: string | null, revision: string | number): Asked<T> {
  const [held, setHeld] = useState<{ path: string; reply: Reply<T> } | null>(null);
  const [tries, setTries] = useState(0);
  // Revision and tries say when to ask again.
  useEffect(() => {
    if (path === null) return;
    const gone = new AbortController();
    ask<T>(path, gone.signal).then((reply) => {
      if (!gone.signal.aborted) setHeld({ path, reply });
    });
    return () => gone.abort();
  }, [path, revision, tries]);
  const reply = held !== null && held.path === path ? held.reply : null;
  return {
    value: reply?.ok === true ? reply.value : null,
    error: reply?.ok === false ? reply.error : null,
    again: () => setTries(tries + 1),
  };
}
