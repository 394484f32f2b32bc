/** The page's side of contract.ts. */
import type { Act, ActResult, Overview, Reply, Toast } from '../contract.ts';

const GONE = {
  what: 'The workbench’s server does not answer.',
  now: 'Look at the terminal where it was started, or start it again with “npm run workbench”. This page finds it by itself.',
};

/** A view; what goes wrong on the way comes as words, too. */
export async function ask<T>(path: string, signal: AbortSignal | null = null): Promise<Reply<T>> {
  try {
    const response = await fetch(path, { signal });
    if (response.ok) return (await response.json()) as Reply<T>;
    return refused(response);
  } catch {
    return { ok: false, error: GONE };
  }
}

let token = document.querySelector<HTMLMetaElement>('meta[name="workbench-token"]')?.content ?? '';

/** Ends when what it began has ended, with all the questions that it asks. */
export async function post(act: Act): Promise<Reply<ActResult>> {
  const send = () =>
    fetch('/api/act', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Workbench-Token': token },
      body: JSON.stringify(act),
    });
  try {
    let response = await send();
    if (response.status === 403 && (await renewToken())) response = await send();
    if (response.ok) return (await response.json()) as Reply<ActResult>;
    return refused(response);
  } catch {
    return { ok: false, error: GONE };
  }
}

/** A server that was started anew has another token than the one that made this page. */
async function renewToken(): Promise<boolean> {
  const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
  const found = page.querySelector<HTMLMetaElement>('meta[name="workbench-token"]')?.content ?? '';
  const isNew = found !== '' && found !== token;
  if (isNew) token = found;
  return isNew;
}

async function refused(response: Response): Promise<Reply<never>> {
  const words = (await response.text()).trim().slice(0, 300);
  return {
    ok: false,
    error: {
      what: words || `The workbench’s server answered ${response.status}.`,
      now: 'Load this page again.',
    },
  };
}

export interface Listener {
  readonly overview: (overview: Overview) => void;
  readonly toast: (toast: Toast) => void;
  /** Whether the server answers. */
  readonly reachable: (is: boolean) => void;
}

const AGAIN_AFTER_MS = 1500;

/** Hears what the server tells, and finds it again when it was gone. */
export function listen(listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const opened = new EventSource('/api/events');
    source = opened;
    opened.addEventListener('open', () => listener.reachable(true));
    opened.addEventListener('overview', (event) => {
      listener.reachable(true);
      listener.overview(JSON.parse(String(event.data)) as Overview);
    });
    opened.addEventListener('toast', (event) => listener.toast(JSON.parse(String(event.data)) as Toast));
    opened.addEventListener('error', () => {
      listener.reachable(false);
      // Browsers wait longer and longer, and give up for good when the answer was no stream.
      opened.close();
      clearTimeout(timer);
      timer = setTimeout(open, AGAIN_AFTER_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
