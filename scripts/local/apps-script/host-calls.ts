/**
 * The calls of an execution that leave the script, numbered in their order, and what somebody who directs it lets
 * happen at them: faults, another execution in the middle, a person at the workbook.
 */
import type { Clock } from '../contract.ts';
import type { WireFailure, WireReply, WireRequest } from './url-fetch.ts';

export type HostCallKind = 'property' | 'cache' | 'lock' | 'round' | 'sleep' | 'trigger' | 'dialog';

export interface HostCall {
  /** Of this Apps Script, from 0, in the order in which they began. */
  readonly execution: number;
  /** Which of the execution’s calls, from 0. */
  readonly call: number;
  readonly kind: HostCallKind;
  /** Such as `document setProperties outbox.statement.2026-05.V1`. */
  readonly what: string;
  /** Of a round; none otherwise. */
  readonly requests: readonly WireRequest[];
}

/** What one request of a round gets in place of the service’s reply. */
export type FaultyReply =
  /** The service saw the request, and worked, or it did not. */
  | { readonly status: number; readonly body: string; readonly arrived: boolean }
  /** The service’s reply, of which the second half is missing. */
  | 'halved';

export type HostFault =
  /** The call fails, without or with its effect. Of a round: it is thrown away as a whole. */
  | { readonly fails: 'before' | 'after' }
  /** Only the first of the keys that are written gets there, and the call fails; others fail without effect. */
  | { readonly fails: 'halfway' }
  /** The execution ends there, without or with the call’s effect: nothing that the script does after it works. */
  | { readonly killed: 'before' | 'after' }
  /** The call takes longer than an execution may last. */
  | { readonly stalls: 'before' | 'after' }
  /** Clocks are put forward or back; the time that the execution has left stays. */
  | { readonly clockMs: number }
  /** Of a round; `to` is the index of a request. Other calls fail without effect. */
  | { readonly reply: FaultyReply; readonly to: number | 'all' };

/**
 * Told of each call before it is made. It may run other executions meanwhile, whose calls it is told of, too, with their
 * own numbers.
 */
export type Director = (call: HostCall) => HostFault | null;

export interface HostCalls {
  /**
   * @param keys what is written, one after the other
   * @param perform makes the call; of the first `most` keys only when that is given
   */
  make<T>(kind: HostCallKind, what: string, perform: (most?: number) => T): T;
  round(
    what: string,
    requests: readonly WireRequest[],
    send: (requests: WireRequest[]) => WireReply[] | WireFailure,
  ): WireReply[] | WireFailure;
}

export interface HostCallsOptions {
  readonly execution: number;
  readonly clock: Clock;
  readonly director: () => Director | null;
  /** Google’s `Exception`, of the script’s own realm. */
  readonly exception: (message: string) => Error;
  /** Nothing that the script does from now on works. @throws the error that the script gets */
  readonly end: () => never;
  /** The execution has so much more time by the clock. */
  readonly extend: (ms: number) => void;
}

/** developers.google.com/apps-script/guides/services/quotas: six minutes, and a little. */
const STALL_MS = 6 * 60_000 + 1000;

/** As the platform’s own services fail: developers.google.com/apps-script/guides/support/troubleshooting */
const SERVER_ERROR = 'We’re sorry, a server error occurred. Please wait a bit and try again.';

export function createHostCalls(options: HostCallsOptions): HostCalls {
  const { clock } = options;
  let calls = 0;
  const told = (kind: HostCallKind, what: string, requests: readonly WireRequest[]): HostFault | null => {
    const call = calls++;
    const fault = options.director()?.({ execution: options.execution, call, kind, what, requests }) ?? null;
    if (fault !== null && 'clockMs' in fault) {
      clock.set(clock.now() + fault.clockMs);
      options.extend(fault.clockMs);
      return null;
    }
    return fault;
  };
  const endBefore = (fault: HostFault | null): void => {
    if (fault === null) return;
    if ('killed' in fault && fault.killed === 'before') options.end();
    if ('stalls' in fault && fault.stalls === 'before') {
      clock.advance(STALL_MS);
      options.end();
    }
  };
  const endAfter = (fault: HostFault): void => {
    if ('stalls' in fault) clock.advance(STALL_MS);
    if ('killed' in fault || 'stalls' in fault) options.end();
  };
  return {
    make(kind, what, perform) {
      const fault = told(kind, what, []);
      if (fault === null) return perform();
      endBefore(fault);
      if ('fails' in fault && fault.fails === 'halfway') perform(1);
      if ('reply' in fault || ('fails' in fault && fault.fails !== 'after'))
        throw options.exception(SERVER_ERROR);
      const done = perform();
      endAfter(fault);
      if ('fails' in fault) throw options.exception(SERVER_ERROR);
      return done;
    },
    round(what, requests, send) {
      const fault = told('round', what, requests);
      const lost: WireFailure = { failed: { index: 0, why: 'unreachable' } };
      if (fault === null) return send([...requests]);
      endBefore(fault);
      if ('fails' in fault && fault.fails !== 'after') return lost;
      const replies = 'reply' in fault ? faultyReplies(requests, fault, send) : send([...requests]);
      endAfter(fault);
      return 'fails' in fault ? lost : replies;
    },
  };
}

function faultyReplies(
  requests: readonly WireRequest[],
  { reply, to }: Extract<HostFault, { readonly reply: FaultyReply }>,
  send: (requests: WireRequest[]) => WireReply[] | WireFailure,
): WireReply[] | WireFailure {
  const meets = (index: number): boolean => to === 'all' || to === index;
  const arrives = (index: number): boolean => !meets(index) || reply === 'halved' || reply.arrived;
  const sent = requests.filter((_, index) => arrives(index));
  const replies = sent.length === 0 ? [] : send(sent);
  if ('failed' in replies) return replies;
  const waiting = [...replies];
  return requests.flatMap((_, index) => {
    const real = arrives(index) ? waiting.shift() : undefined;
    if (!meets(index)) return real ?? [];
    if (reply !== 'halved') return made(reply);
    return real === undefined ? [] : { ...real, body: real.body.subarray(0, real.body.length >> 1) };
  });
}

/** Google’s and AWS’s front ends answer in HTML when the service behind them did not write the answer. */
function made({ status, body }: Exclude<FaultyReply, 'halved'>): WireReply {
  const type = /^\s*[[{]/.test(body) ? 'application/json; charset=UTF-8' : 'text/html; charset=UTF-8';
  return { status, headers: { 'Content-Type': type }, body: new Uint8Array(Buffer.from(body)) };
}
