/**
 * Between the server's thread, which is never busy, and the main thread, which a running script blocks. The main thread
 * takes what has come when it is idle, in the middle of a run, and while it waits for a person.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Act, Overview, Reply, Toast } from './contract.ts';

export type Asked =
  /** One of the `GET /api/…`; `name` without its front. */
  | { readonly ask: 'view'; readonly name: string; readonly query: Readonly<Record<string, string>> }
  | { readonly ask: 'act'; readonly act: Act }
  /** google.script.run of a page. */
  | { readonly ask: 'call'; readonly name: string; readonly args: readonly unknown[] };

export interface FileAnswer {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Shown, shut in, instead of downloaded. */
  readonly isShown: boolean;
}

export type Answered = { readonly reply: Reply<unknown> } | { readonly file: FileAnswer };

export interface Request {
  readonly id: number;
  readonly asked: Asked;
}

export type ToMain =
  | { readonly request: Request }
  /** Nobody has had the page open for a while. */
  | { readonly gone: true };

/** The HTML of a page of the script; null: it was closed. */
export interface FrameContent {
  readonly id: number;
  readonly html: string | null;
}

export type ToServer =
  | { readonly answered: Answered; readonly id: number }
  | { readonly overview: Overview }
  | { readonly toast: Toast }
  | { readonly frame: FrameContent };

/** How the server's thread is started. */
export interface ServerSetup {
  readonly port: MessagePort;
  /** One Int32, counted up with every message to the main thread. */
  readonly signal: SharedArrayBuffer;
  readonly httpPort: number;
  /** For POSTs. */
  readonly token: string;
  readonly script: string;
  readonly style: string;
  /** How long a question waits for somebody who has closed the page. */
  readonly goneAfterMs: number;
}

/** The thread's first message. */
export type ServerStarted = { readonly httpPort: number } | { readonly failed: string };

export interface Link {
  send(message: ToServer): void;
  /** What has come, without waiting. */
  take(): ToMain | null;
  /** Waits until something comes, at most so long; null: for ever. */
  wait(mostMs: number | null): void;
}

export function createLink(port: MessagePort, signal: SharedArrayBuffer): Link {
  const counter = new Int32Array(signal);
  let seen = Atomics.load(counter, 0);
  return {
    send: (message) => port.postMessage(message),
    take() {
      // Before taking: what comes in between is not waited past.
      seen = Atomics.load(counter, 0);
      const received = receiveMessageOnPort(port) as { message: ToMain } | undefined;
      return received?.message ?? null;
    },
    wait(mostMs) {
      Atomics.wait(counter, 0, seen, mostMs ?? Number.POSITIVE_INFINITY);
    },
  };
}
