/** Keeps a tab's cells as far as they are seen; what is older stays in sight until the newer has come. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CellStyle, TabView } from '../../contract.ts';
import { ask } from '../server.ts';
import type { Sheet } from './sheet.ts';
import { PAGE_ROWS, pagesFor, sheetOf } from './sheet.ts';

interface Held {
  readonly id: number;
  readonly revision: number;
  readonly pages: readonly TabView[];
}

export interface SeenRows {
  readonly first: number;
  readonly last: number;
}

export interface UsedSheet {
  readonly sheet: Sheet | null;
  readonly error: { readonly what: string; readonly now: string } | null;
}

/** @param revision of the workbook; another one makes all that is held old */
export function useSheet(id: number | null, revision: number, seen: SeenRows): UsedSheet {
  const [held, setHeld] = useState<Held | null>(null);
  const [error, setError] = useState<UsedSheet['error']>(null);
  const mine = held !== null && held.id === id ? held : null;
  const isFresh = mine?.revision === revision;
  const there = new Set(isFresh ? mine.pages.map(({ from }) => from) : []);
  const missing = pagesFor(mine?.pages.at(-1) ?? null, seen.first, seen.last).filter(
    (page) => !there.has(page * PAGE_ROWS),
  );
  // A tab that is looked at where nothing stands is still asked for once: its size may have changed.
  const wanted = missing.length > 0 || isFresh ? missing : [0];
  const wantedKey = wanted.join();
  // `wantedKey` stands for `wanted`, which is another list each time.
  useEffect(() => {
    if (id === null || wanted.length === 0) return;
    const gone = new AbortController();
    const paths = wanted.map((page) => `/api/tab?id=${id}&from=${page * PAGE_ROWS}&rows=${PAGE_ROWS}`);
    Promise.all(paths.map((path) => ask<TabView>(path, gone.signal))).then((replies) => {
      if (gone.signal.aborted) return;
      const pages = replies.flatMap((reply) => (reply.ok ? [reply.value] : []));
      const failed = replies.find((reply) => !reply.ok);
      setError(failed?.ok === false ? failed.error : null);
      if (failed !== undefined) return;
      setHeld((before) => {
        const kept = before !== null && before.id === id && before.revision === revision ? before.pages : [];
        return { id, revision, pages: [...kept, ...pages] };
      });
    });
    return () => gone.abort();
  }, [id, revision, wantedKey]);
  const sheet = useMemo(() => (mine === null ? null : sheetOf(mine.pages, widthOf)), [mine]);
  return { sheet, error };
}

const pen = document.createElement('canvas').getContext('2d');

/** As the browser writes it. */
function widthOf(text: string, { bold, italic, fontSize = 10, fontFamily = 'Arial' }: CellStyle): number {
  if (pen === null) return text.length * 7;
  const family = `"${fontFamily.replaceAll('"', '')}", Arial, sans-serif`;
  pen.font = `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${(fontSize * 4) / 3}px ${family}`;
  return pen.measureText(text).width;
}
