/** Starts the workbench: its server in a thread, its world, and the page. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { workerBundle } from '../local/network/worker-bundle.ts';
import { bundlePage, type PageBundle } from './bundle-page.ts';
import type { SampleView } from './contract.ts';
import { openDesk } from './desk.ts';
import { createLink, type ServerSetup, type ServerStarted } from './link.ts';
import { openWorld } from './world.ts';

export interface WorkbenchOptions {
  readonly sample: SampleView;
  /** A file of charters in place of the sample’s; null: the sample’s. */
  readonly charters: string | null;
  /** 0: any that is free. */
  readonly httpPort: number;
  /** How long a question waits for somebody who has closed the page. */
  readonly goneAfterMs: number;
}

export interface Workbench {
  /** `http://127.0.0.1:4242/` */
  readonly url: string;
  close(): Promise<void>;
}

const THREAD = join(import.meta.dirname, 'server-thread.ts');

/** @throws Error with a sentence when the port is taken */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const page = await bundlePage().catch(pageOfWords);
  const { port1: port, port2: serverPort } = new MessageChannel();
  const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const setup: ServerSetup = {
    port: serverPort,
    signal,
    httpPort: options.httpPort,
    token: randomBytes(24).toString('base64url'),
    script: page.script,
    style: page.style,
    goneAfterMs: options.goneAfterMs,
  };
  const bundle = await workerBundle([THREAD]);
  const thread = bundle?.modules.get(THREAD);
  const worker = new Worker(thread ?? THREAD, {
    workerData: setup,
    transferList: [serverPort],
    execArgv: thread === undefined ? ['--import', 'tsx'] : [],
  });
  const started = await new Promise<ServerStarted>((resolve) => {
    const failed = (error: Error): void => resolve({ failed: error.message });
    worker.once('error', failed);
    worker.once('message', (said: ServerStarted) => {
      // From here on an error ends the workbench, with its words.
      worker.off('error', failed);
      resolve(said);
    });
  });
  if ('failed' in started) {
    await worker.terminate();
    throw new Error(started.failed);
  }
  try {
    const closeDesk = await openDesk({
      link: createLink(port, signal),
      port,
      sample: options.sample,
      openWorld: (sample, onShown) => openWorld(sample, options.charters, onShown),
    });
    return {
      url: `http://127.0.0.1:${started.httpPort}/`,
      close: async () => {
        port.close();
        await worker.terminate();
        await closeDesk();
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** For whoever works on the page: what is wrong with it stands in its place. */
function pageOfWords(error: unknown): PageBundle {
  const words = `The page could not be made: ${error instanceof Error ? error.message : String(error)}`;
  return {
    script: `document.getElementById('workbench').textContent = ${JSON.stringify(words)};`,
    style: '#workbench { white-space: pre-wrap; font-family: monospace; }',
  };
}
