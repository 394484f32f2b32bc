/**
 * Runs several synchronous programs on one world as if each were an execution of its own, interleaved at every call to
 * the platform, deterministically: by a schedule, with faults where they are wanted.
 *
 * There are no threads. A program runs until its next call to the platform and is suspended by a thrown object that no
 * later call takes back; when its turn comes it runs again from the start, with what the platform answered before. So
 * a program must do the same whenever it gets the same answers, must change nothing but through the platform, and its
 * loops must end when every call throws.
 *
 * The world is a `FakeHost`: its properties, its answers, its clock. Time passes only here: a little with each call,
 * `roundMs` with each round of requests, and as long as a program sleeps. The lock is one for all programs.
 */
import { PurserError } from '../../src/host/errors.ts';
import type { Host, HttpReply, PropertyScope, PropertyStore } from '../../src/host/host.ts';
import type { FakeHost, ScriptedReply } from './fake-host.ts';
import { replyOf } from './fake-host.ts';

/**
 * - `throw-before`, `throw-after`: the call fails, without or with its effect; a lock that fails is not had
 * - `kill-before`, `kill-after`: the execution ends there, without or with the call's effect; nothing of it runs on
 * - `clockMs`: so much time passes first
 * - `reply`: this instead of each reply of a round of requests, which arrived at the server or not; any other call
 *   fails without effect
 */
export type FaultKind =
  | 'throw-before'
  | 'throw-after'
  | 'kill-before'
  | 'kill-after'
  | { readonly clockMs: number }
  | { readonly reply: ScriptedReply; readonly arrived: boolean };

export interface Fault {
  /** Index of the program. */
  readonly program: number;
  /** Which of its calls, from 0; those to properties, the lock, for requests and sleep count. */
  readonly call: number;
  readonly kind: FaultKind;
}

export interface InterleaveOptions {
  /**
   * Who makes the next call: an index into the programs that can, modulo their number. One that sleeps can: the
   * clock then goes to where it wakes. When the list has ended, who waits longest.
   */
  readonly schedule?: readonly number[];
  readonly faults?: readonly Fault[];
  /** What happens in the world by itself, before the call of that number (of all programs, from 0). */
  readonly events?: readonly { readonly atCall: number; readonly run: () => void }[];
  /** What a round of requests takes; the server acts at its start. */
  readonly roundMs?: number;
  /** What any other call takes. */
  readonly callMs?: number;
}

export type Ended<T> =
  | { readonly how: 'returned'; readonly value: T }
  | { readonly how: 'threw'; readonly thrown: unknown }
  | { readonly how: 'killed' };

export interface Interleaved<T> {
  /** In the order of the programs. */
  readonly ended: readonly Ended<T>[];
  /** Every call that was made, in order: `user write`, `lock`, `fetchAll`. */
  readonly trace: readonly { readonly program: number; readonly call: string }[];
  /** Faults that met a call. */
  readonly faultsMet: number;
}

/** More calls than any program makes; a loop that does not end is found so. */
const MOST_CALLS = 1_000;

interface Program<T> {
  readonly index: number;
  readonly run: (host: Host) => T;
  readonly answers: { readonly name: string; readonly value?: unknown; readonly thrown?: unknown }[];
  calls: number;
  /** Does nothing before that moment. */
  wakeMs: number;
  /** Waits for the lock that another one has. */
  wantsLock: boolean;
  ended: Ended<T> | null;
}

export function interleave<T>(
  world: FakeHost,
  runs: readonly ((host: Host) => T)[],
  options: InterleaveOptions = {},
): Interleaved<T> {
  const { schedule = [], faults = [], events = [], roundMs = 200, callMs = 40 } = options;
  const trace: { program: number; call: string }[] = [];
  const programs = runs.map(
    (run, index): Program<T> => ({
      index,
      run,
      answers: [],
      calls: 0,
      wakeMs: world.now(),
      wantsLock: false,
      ended: null,
    }),
  );
  let lockedBy: Program<T> | null = null;
  let faultsMet = 0;
  let broken: Error | null = null;

  /** A program may catch what it did wrong; the test must not. */
  const violated = (what: string): never => {
    broken ??= new Error(what);
    throw broken;
  };

  const canGo = (program: Program<T>): boolean =>
    program.ended === null && !(program.wantsLock && lockedBy !== null && lockedBy !== program);

  /** Runs the program until it has made `calls` new calls and wants another, or has ended. */
  const proceed = (program: Program<T>, calls: number): void => {
    const suspension = new Error('suspended');
    let [at, left, isSuspended] = [0, calls, false];

    const suspend = (): never => {
      isSuspended = true;
      throw suspension;
    };

    /** What the platform answered before, or answers now. */
    const answered = <A>(name: string, perform: () => A): A => {
      if (isSuspended) throw suspension;
      const before = program.answers[at];
      if (before === undefined) {
        let answer: Program<T>['answers'][number];
        try {
          answer = { name, value: perform() };
        } catch (thrown) {
          if (thrown === suspension) throw thrown;
          answer = { name, thrown };
        }
        program.answers.push(answer);
      } else if (before.name !== name) {
        violated(`program ${program.index} is not deterministic: ${before.name}, then ${name}`);
      }
      const answer = program.answers[at++];
      if (answer !== undefined && 'thrown' in answer) throw answer.thrown;
      return answer?.value as A;
    };

    /** A call at which others may come in between, and which may fail. */
    const call = <A>(
      name: string,
      perform: () => A,
      failure: () => Error = storeFailure,
      takesMs = callMs,
    ): A => {
      const isNew = at >= program.answers.length;
      const value = (): A => {
        program.wantsLock = name === 'lock';
        if (left === 0 || !canGo(program)) return suspend();
        left--;
        program.wantsLock = false;
        const fault = faults.find((one) => one.program === program.index && one.call === program.calls)?.kind;
        for (const { atCall, run } of events) if (atCall === trace.length) run();
        program.calls++;
        trace.push({ program: program.index, call: name });
        if (trace.length > MOST_CALLS) violated('the programs do not end');
        if (fault !== undefined) faultsMet++;
        if (fault !== undefined && typeof fault === 'object' && 'clockMs' in fault) {
          world.setNow(world.now() + fault.clockMs);
        }
        if (fault === 'kill-before') return kill();
        if (fault === 'throw-before' || (fault === 'throw-after' && name === 'lock')) throw failure();
        if (typeof fault === 'object' && 'reply' in fault && name !== 'fetchAll') throw failure();
        program.wakeMs = world.now() + takesMs;
        const done = perform();
        if (fault === 'kill-after') return kill();
        if (fault === 'throw-after') throw failure();
        return done;
      };
      try {
        return answered(name, value);
      } finally {
        // What takes time is answered later: others go on meanwhile.
        if (isNew && takesMs > callMs && !isSuspended) suspend();
      }
    };

    const kill = (): never => {
      program.ended = { how: 'killed' };
      if (lockedBy === program) lockedBy = null;
      return suspend();
    };

    const faultyReplies = (requests: Parameters<Host['fetchAll']>[0]): readonly HttpReply[] => {
      if (lockedBy === program) violated('HTTP under the lock');
      const fault = faults.find(
        (one) => one.program === program.index && one.call === program.calls - 1,
      )?.kind;
      if (typeof fault !== 'object' || !('reply' in fault)) return world.fetchAll(requests);
      if (fault.arrived) world.fetchAll(requests);
      return requests.map(() => replyOf(fault.reply));
    };

    const storeOf = (scope: PropertyScope): PropertyStore => {
      const store = world.properties(scope);
      return {
        readAll: () => call(`${scope} readAll`, () => store.readAll()),
        read: (key) => call(`${scope} read`, () => store.read(key)),
        write: (entries) => call(`${scope} write`, () => store.write(entries)),
        remove: (key) => call(`${scope} remove`, () => store.remove(key)),
      };
    };

    const host: Host = {
      ...world,
      properties: storeOf,
      fetchAll: (requests) => call('fetchAll', () => faultyReplies(requests), unreachable, roundMs),
      sleep: (ms) => {
        if (!Number.isInteger(ms) || ms < 0 || ms > 300_000) violated(`sleep(${ms})`);
        call('sleep', () => undefined, storeFailure, Math.max(ms, callMs + 1));
      },
      withLock: (action) => {
        call(
          'lock',
          () => {
            if (lockedBy === program) violated('the lock is held already');
            lockedBy = program;
          },
          lockBusy,
        );
        try {
          return action();
        } finally {
          if (!isSuspended) {
            answered('unlock', () => {
              lockedBy = null;
            });
          }
        }
      },
      now: () => answered('now', () => world.now()),
      random: () => answered('random', () => world.random()),
      uuid: () => answered('uuid', () => world.uuid()),
      log: (event) => answered('log', () => world.log(event)),
    };

    try {
      const value = program.run(host);
      if (!isSuspended) program.ended = { how: 'returned', value };
    } catch (thrown) {
      if (!isSuspended) program.ended = { how: 'threw', thrown };
    }
  };

  const takeTurns = (): void => {
    for (const program of programs) proceed(program, 0);
    for (let turn = 0; ; turn++) {
      const able = programs.filter(canGo);
      if (able.length === 0) break;
      const longest = able.reduce((a, b) => (b.wakeMs < a.wakeMs ? b : a));
      const asked = schedule[turn];
      const program = asked === undefined ? longest : (able[asked % able.length] ?? longest);
      if (program.wakeMs > world.now()) world.setNow(program.wakeMs);
      proceed(program, 1);
      if (broken !== null) throw broken;
    }
  };

  // Every suspension is thrown through the program again and again: stacks would be most of the work.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    takeTurns();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const ended = programs.map((program) => program.ended ?? { how: 'killed' as const });
  return { ended, trace, faultsMet };
}

/** As the property service fails: developers.google.com/apps-script/guides/services/quotas lists its words. */
function storeFailure(): Error {
  return new Error('We’re sorry, a server error occurred. Please wait a bit and try again.');
}

function unreachable(): PurserError {
  return new PurserError('network-failed', { what: 'Google could not reach it.', now: 'Try again.' });
}

function lockBusy(): PurserError {
  return new PurserError('lock-busy', { what: 'Another run is writing.', now: 'Try again.' });
}
