/** The thread of the workbench’s HTTP server. */
import { parentPort, workerData } from 'node:worker_threads';
import { startHttpServer } from './http-server.ts';
import type { Answered, Asked, ServerSetup, ServerStarted, ToMain, ToServer } from './link.ts';

const { port, signal, ...options } = workerData as ServerSetup;
const counter = new Int32Array(signal);
const pending = new Map<number, (answered: Answered) => void>();
let lastId = 0;

function tellMain(message: ToMain): void {
  port.postMessage(message);
  // The main thread may be waiting where no message wakes it.
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}

function ask(asked: Asked): Promise<Answered> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    pending.set(id, resolve);
    tellMain({ request: { id, asked } });
  });
}

async function start(): Promise<ServerStarted> {
  try {
    const server = await startHttpServer({ ...options, ask, gone: () => tellMain({ gone: true }) });
    port.on('message', (message: ToServer) => {
      if ('overview' in message) server.showOverview(message.overview);
      else if ('toast' in message) server.showToast(message.toast);
      else if ('frame' in message) server.setFrame(message.frame);
      else {
        pending.get(message.id)?.(message.answered);
        pending.delete(message.id);
      }
    });
    return { httpPort: server.httpPort };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await start());
