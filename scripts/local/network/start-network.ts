/** The main thread's side of the network: starts the worker, and waits for it as `UrlFetchApp` waits for the world. */
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { createClock } from '../clock.ts';
import type { Fault, Tokens, TracedExchange } from '../contract.ts';
import { keepIdle, listen, takeIdleWorker } from './idle-workers.ts';
import type {
  Ask,
  AsyncReply,
  AsyncRequest,
  ModuleSpec,
  Opening,
  Started,
  SyncReply,
  SyncRequest,
  WireFailure,
  WireOutcome,
  WireReply,
  WireRequest,
  WorkerSetup,
} from './messages.ts';
import { workerBundle } from './worker-bundle.ts';

/** How far a stalled batch moves the clock: UrlFetchApp gives up after about 60 s, and that can't be changed. */
export const STALL_MS = 60_000;

export interface NetworkOptions {
  readonly hosts: readonly ModuleSpec[];
  /** The memory of the Workspace's clock: one BigInt64, milliseconds since 1970 UTC, set before. */
  readonly clock: SharedArrayBuffer;
  readonly tokens: Tokens;
  /** Real time that a batch may take before the worker is taken for dead; default two minutes. */
  readonly giveUpAfterMs?: number;
}

export interface Network {
  /** Of the gateway on 127.0.0.1. */
  readonly port: number;
  /** Every request of `fetchAllSync` so far, those of failed batches too. */
  readonly trace: TracedExchange[];
  /**
   * Sends one batch and blocks until all is answered. One request that fails takes the replies of all with it, as
   * in UrlFetchApp; `index` is the first that failed. A stall moves the clock by `STALL_MS`, once for the batch.
   * @throws Error when a virtual host threw, or a request is none that HTTP can carry: a defect, no outcome.
   */
  fetchAllSync(
    requests: readonly WireRequest[],
  ): WireReply[] | { failed: { index: number; why: WireFailure } };
  /** Calls a method of a virtual host, inside the worker; arguments and result are structured clones. */
  call(hostName: string, method: string, args: readonly unknown[]): Promise<unknown>;
  /** Likewise, and blocks until it is answered: for who asks in the middle of an execution. */
  callSync(hostName: string, method: string, args: readonly unknown[]): unknown;
  /** Replaces all faults; in force when the promise resolves. */
  setFaults(faults: readonly Fault[]): Promise<void>;
  setFaultsSync(faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/**
 * Starts the worker with its gateway and virtual hosts.
 *
 * @throws Error when a module can't be loaded, its factory throws, or two hosts claim the same name.
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const link = await openLink(options);
  const clock = createClock(options.clock, null);
  const trace: TracedExchange[] = [];
  let round = 0;
  return {
    port: link.port,
    trace,
    fetchAllSync(requests) {
      if (requests.length === 0) return [];
      const startedMs = clock.now();
      round += 1;
      const outcomes = link.sendSync(requests);
      if (outcomes.length !== requests.length) throw new Error('The network lost a reply.');
      for (const [index, request] of requests.entries()) {
        trace.push(tracedExchange(startedMs, round, request, outcomes[index]));
      }
      if (outcomes.some((outcome) => 'failed' in outcome && outcome.failed === 'stall'))
        clock.advance(STALL_MS);
      const replies: WireReply[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        if ('failed' in outcome) return { failed: { index, why: outcome.failed } };
        replies.push(outcome);
      }
      return replies;
    },
    call: (host, method, args) => link.ask({ ask: 'call', host, method, args }),
    callSync: (host, method, args) => link.askSync({ ask: 'call', host, method, args }),
    setFaultsSync: (faults) => {
      link.askSync({ ask: 'faults', faults });
    },
    async setFaults(faults) {
      await link.ask({ ask: 'faults', faults });
    },
    close: link.close,
  };
}

function tracedExchange(
  startedMs: number,
  round: number,
  request: WireRequest,
  outcome: WireOutcome | undefined,
): TracedExchange {
  const { method, url, headers } = request;
  return {
    startedMs,
    round,
    request: { method, url, headers: { ...headers }, body: new Uint8Array(request.body ?? []) },
    reply: outcome === undefined || 'failed' in outcome ? failedReply(outcome) : tracedReply(outcome),
  };
}

function failedReply(outcome: { failed: WireFailure; detail: string } | undefined): { failed: string } {
  return { failed: outcome === undefined ? 'unreachable' : `${outcome.failed}: ${outcome.detail}` };
}

function tracedReply({
  status,
  headers,
  body,
}: WireReply): Exclude<TracedExchange['reply'], { failed: string }> {
  const joined = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return { status, headers: Object.fromEntries(joined), body };
}

interface Link {
  readonly port: number;
  sendSync(requests: readonly WireRequest[]): WireOutcome[];
  ask(question: Ask): Promise<unknown>;
  askSync(question: Ask): unknown;
  close(): Promise<void>;
}

async function openLink(options: NetworkOptions): Promise<Link> {
  const { port1: syncPort, port2: workerPort } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const bundle = await workerBundle(options.hosts.map(({ module }) => module));
  const setup: WorkerSetup = {
    hosts: options.hosts.map((spec) => ({
      ...spec,
      module: bundle?.modules.get(spec.module) ?? spec.module,
    })),
    clock: options.clock,
    tokens: [...options.tokens],
    signal: signal.buffer as SharedArrayBuffer,
  };
  const worker =
    (bundle === null ? null : takeIdleWorker(bundle.entry)) ??
    new Worker(bundle?.entry ?? join(import.meta.dirname, 'worker-entry.mjs'), { execArgv: [] });
  worker.postMessage({ open: setup, syncPort: workerPort } satisfies Opening, [workerPort]);
  const port = await started(worker);
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let dead: string | null = null;
  /** Something may still be under way when the network is closed. */
  let isSpoiled = false;
  /** Once only: the thread may belong to another network afterwards. */
  let closed: Promise<void> | null = null;

  const die = (why: string) => {
    dead ??= why;
    for (const { reject } of pending.values()) reject(new Error(`The network is gone: ${dead}`));
    pending.clear();
  };
  // A process in which nobody waits for the network may end.
  worker.unref();
  const stopListening = listen(worker, {
    error: (error) => die(error.stack ?? error.message),
    exit: () => die('its thread has ended.'),
    message: (reply: AsyncReply) => {
      const waiting = pending.get(reply.id);
      pending.delete(reply.id);
      if (pending.size === 0) worker.unref();
      if ('error' in reply) waiting?.reject(Object.assign(new Error(reply.error.message), reply.error));
      else waiting?.resolve(reply.value);
    },
  });

  const ask = (question: Ask) =>
    new Promise<unknown>((resolve, reject) => {
      if (dead !== null) {
        reject(new Error(`The network is gone: ${dead}`));
        return;
      }
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      worker.ref();
      try {
        worker.postMessage({ ...question, id: lastId } satisfies AsyncRequest);
      } catch (error) {
        pending.delete(lastId);
        if (pending.size === 0) worker.unref();
        throw error;
      }
    });

  return {
    port,
    ask,
    sendSync(requests) {
      if (dead !== null) throw new Error(`The network is gone: ${dead}`);
      lastId += 1;
      // Copied, because a view would take the whole memory behind it along.
      const copies = requests.map((one) => ({
        ...one,
        body: one.body === null ? null : new Uint8Array(one.body),
      }));
      syncPort.postMessage({ id: lastId, requests: copies } satisfies SyncRequest);
      const reply = waitForReply(lastId, options.giveUpAfterMs ?? 120_000);
      if ('refused' in reply) throw new Error(`The network refuses the batch: ${reply.refused}`);
      if ('answer' in reply) throw new Error('The network answers another question.');
      return reply.outcomes.map((one) =>
        'failed' in one ? one : { ...one, body: new Uint8Array(one.body) },
      );
    },
    askSync(question) {
      if (dead !== null) throw new Error(`The network is gone: ${dead}`);
      lastId += 1;
      syncPort.postMessage({ id: lastId, question } satisfies SyncRequest);
      const reply = waitForReply(lastId, options.giveUpAfterMs ?? 120_000);
      if (!('answer' in reply)) throw new Error('The network answers another question.');
      const { answer } = reply;
      if ('error' in answer) throw Object.assign(new Error(answer.error.message), answer.error);
      return answer.value;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };

  async function close(): Promise<void> {
    const isAtRest = pending.size === 0 && !isSpoiled;
    if (dead === null) await ask({ ask: 'close' });
    syncPort.close();
    if (dead === null && isAtRest && bundle !== null && keepIdle(bundle.entry, worker)) {
      stopListening();
      die('it is closed.');
    } else await worker.terminate();
  }

  function waitForReply(id: number, giveUpAfterMs: number): Exclude<SyncReply, { readonly broken: string }> {
    for (;;) {
      const seen = Atomics.load(signal, 0);
      const received = receiveMessageOnPort(syncPort) as { message: SyncReply } | undefined;
      if (received === undefined) {
        if (Atomics.wait(signal, 0, seen, giveUpAfterMs) !== 'timed-out') continue;
        isSpoiled = true;
        throw new Error(`The network did not answer within ${giveUpAfterMs} ms.`);
      }
      const reply = received.message;
      if ('broken' in reply) {
        isSpoiled = true;
        throw new Error(`A virtual host threw: ${reply.broken}`);
      }
      // An older id is the late reply of a batch that was given up.
      if (reply.id === id) return reply;
    }
  }
}

/** The worker's answer: its gateway's port, or why it could not start. */
async function started(worker: Worker): Promise<number> {
  let stopListening = () => {};
  const message = await new Promise<Started>((resolve) => {
    stopListening = listen(worker, {
      message: resolve,
      error: (error) => resolve({ failed: error.stack ?? error.message }),
      exit: () => resolve({ failed: 'its thread has ended.' }),
    });
  });
  if ('port' in message) {
    stopListening();
    return message.port;
  }
  await worker.terminate();
  throw new Error(`The network could not start: ${message.failed}`);
}
