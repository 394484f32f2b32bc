/**
 * Threads whose network is closed, for the next network of the same modules: loading the modules, and the engine's
 * getting used to them, takes longer than most of what a test does with a network. Off unless somebody asks.
 */
import type { Worker } from 'node:worker_threads';

interface IdleWorker {
  /** The file of a bundle, which stands for all that the bundle was made of. */
  readonly entry: string;
  readonly worker: Worker;
  readonly stopListening: () => void;
}

let idle: IdleWorker[] | null = null;

/**
 * From now on a network's thread stays when the network is closed. It holds nothing of it: hosts, faults, tokens and
 * clock come with each network. What a module of a virtual host keeps for itself stays, so such modules keep nothing.
 *
 * @returns ends the threads that are idle; from then on threads end with their networks
 */
export function keepIdleWorkers(): () => Promise<void> {
  idle ??= [];
  return async () => {
    const kept = idle ?? [];
    idle = null;
    await Promise.all(kept.map(({ worker }) => worker.terminate()));
  };
}

/** One that was started with this entry; null when none is idle. */
export function takeIdleWorker(entry: string): Worker | null {
  const found = idle?.find((one) => one.entry === entry);
  if (found === undefined) return null;
  forget(found);
  found.stopListening();
  found.worker.ref();
  return found.worker;
}

/** @returns false when threads are not kept: it is to be ended then */
export function keepIdle(entry: string, worker: Worker): boolean {
  if (idle === null) return false;
  // Something of the closed network may come too late: a thread that it ends is of no use.
  const isGone = () => forget(kept);
  const kept = { entry, worker, stopListening: listen(worker, { error: isGone, exit: isGone }) };
  worker.unref();
  idle.push(kept);
  return true;
}

function forget(gone: IdleWorker): void {
  idle = idle?.filter((one) => one !== gone) ?? null;
}

interface Listeners<M> {
  readonly message?: (message: M) => void;
  readonly error: (error: Error) => void;
  readonly exit: () => void;
}

/** @returns takes these listeners away; without its own listeners, which `removeAllListeners` takes, it is deaf */
export function listen<M>(worker: Worker, { message, error, exit }: Listeners<M>): () => void {
  if (message !== undefined) worker.on('message', message);
  worker.on('error', error);
  worker.on('exit', exit);
  return () => {
    if (message !== undefined) worker.off('message', message);
    worker.off('error', error);
    worker.off('exit', exit);
  };
}
