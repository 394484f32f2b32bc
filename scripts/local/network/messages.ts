/** What the main thread and the network's worker thread say to each other; all of it survives a structured clone. */
import type { MessagePort } from 'node:worker_threads';
import type { Fault, Grant } from '../contract.ts';

/** A module that makes one virtual host inside the worker. */
export interface ModuleSpec {
  /** The name for `call`; unique. */
  readonly name: string;
  /** Absolute path of the module. */
  readonly module: string;
  /** Name of the exported function; it gets `options` with `clock`, `tokens` and `peer` (another host by its name) added. */
  readonly factory: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One request with its production URL: absolute, https, percent-encoded; the headers lack `Host`. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** A reply as it came over the wire: header names as the service wrote them, the body neither unzipped nor decoded. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array;
}

export type WireFailure = 'unreachable' | 'stall';

export type WireOutcome = WireReply | { readonly failed: WireFailure; readonly detail: string };

export interface WorkerSetup {
  readonly hosts: readonly ModuleSpec[];
  readonly clock: SharedArrayBuffer;
  readonly tokens: readonly (readonly [string, Grant])[];
  /** One Int32, counted up with every message on the synchronous port. */
  readonly signal: SharedArrayBuffer;
}

/** To a worker that has no network open; answered with `Started`. The port is transferred. */
export interface Opening {
  readonly open: WorkerSetup;
  readonly syncPort: MessagePort;
}

/** Over the synchronous port, to the worker. */
export type SyncRequest =
  | { readonly id: number; readonly requests: readonly WireRequest[] }
  | { readonly id: number; readonly question: Ask };

/** Over the synchronous port, from the worker; `broken` belongs to no request: the worker is of no use any more. */
export type SyncReply =
  | { readonly id: number; readonly outcomes: readonly WireOutcome[] }
  | { readonly id: number; readonly refused: string }
  | { readonly id: number; readonly answer: AsyncReply }
  | { readonly broken: string };

export type Ask =
  | {
      readonly ask: 'call';
      readonly host: string;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly ask: 'faults'; readonly faults: readonly Fault[] }
  | { readonly ask: 'close' };

export type AsyncRequest = Ask & { readonly id: number };

export type AsyncReply =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack: string };
    };

/** The worker's answer to `Opening`. */
export type Started = { readonly port: number } | { readonly failed: string };
