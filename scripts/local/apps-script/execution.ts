/** One execution of the script, as every fake service sees it. */
import type { Clock } from '../contract.ts';
import { createHostCalls, type Director, type HostCalls } from './host-calls.ts';
import type { Meter } from './meter.ts';
import type { Realm } from './realm.ts';

/**
 * Who started the execution: a menu item, an installable trigger, the sidebar (`google.script.run`), the simple
 * trigger `onOpen`, which may do little (developers.google.com/apps-script/guides/triggers#restrictions), the callback
 * page of scripts, or somebody's browser at the web app, which has no document.
 */
export type Mode = 'menu' | 'trigger' | 'client' | 'open' | 'callback' | 'web-app';

export interface Execution {
  readonly realm: Realm;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly email: string;
  readonly mode: Mode;
  /** Whether the workbook is open: not in a web app, as far as Google says. */
  readonly hasDocument: boolean;
  readonly timeZone: string;
  /** Where every call that leaves the script goes through. */
  readonly calls: HostCalls;
  /** Google's `Exception`, of the script's own realm. */
  exception(message: string): Error;
  /** "The parameters (…) don't match the method signature for …" */
  signature(method: string, parameters: readonly unknown[]): Error;
  /** Throws unless the manifest grants one of `scopes` (without `https://www.googleapis.com/auth/`). */
  needScope(method: string, ...scopes: readonly string[]): void;
  hasScope(scope: string): boolean;
  /** Throws in a simple trigger, which has no authorisation. */
  needAuthorization(method: string): void;
  /** Throws when the six minutes are over: nothing that the script does afterwards works. */
  checkBudget(): void;
  /**
   * An error of the local Workspace or of a test, not of Google: returned to be thrown, and thrown again at the
   * execution's end, so that a script which catches everything can't hide it.
   */
  defect(cause: string | Error): Error;
  firstDefect(): Error | null;
}

/** developers.google.com/apps-script/guides/services/quotas: script runtime 6 minutes. */
export const EXECUTION_BUDGET_MS = 6 * 60_000;
/** developers.google.com/apps-script/guides/triggers#restrictions: simple triggers can't run for longer than 30 s. */
export const SIMPLE_TRIGGER_BUDGET_MS = 30_000;

const SCOPE_PREFIX = 'https://www.googleapis.com/auth/';

export interface ExecutionOptions {
  readonly realm: Realm;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly email: string;
  readonly mode: Mode;
  readonly hasDocument: boolean;
  readonly timeZone: string;
  readonly scopes: readonly string[];
  /** Which execution of this Apps Script, from 0. */
  readonly number: number;
  readonly director: () => Director | null;
}

export function createExecution(options: ExecutionOptions): Execution {
  const { realm, clock, mode } = options;
  let startedMs = clock.now();
  const budgetMs = mode === 'open' ? SIMPLE_TRIGGER_BUDGET_MS : EXECUTION_BUDGET_MS;
  let spent = false;
  let defect: Error | null = null;
  const exception = (message: string) => realm.error('Exception', message);
  const full = (scope: string) =>
    scope === 'openid' || scope.startsWith('https:') ? scope : SCOPE_PREFIX + scope;
  const hasScope = (scope: string) => options.scopes.includes(full(scope));
  const exceeded = () => exception('Exceeded maximum execution time');
  const calls = createHostCalls({
    execution: options.number,
    clock,
    director: options.director,
    exception,
    end: () => {
      spent = true;
      throw exceeded();
    },
    extend: (ms) => {
      startedMs += ms;
    },
  });
  return {
    ...options,
    calls,
    exception,
    signature: (method, parameters) =>
      exception(
        `The parameters (${parameters.map(parameterType).join(',')}) don't match the method signature for ${method}.`,
      ),
    hasScope,
    needScope: (method, ...scopes) => {
      if (scopes.some(hasScope)) return;
      throw exception(
        `Specified permissions are not sufficient to call ${method}. Required permissions: ${scopes.map(full).join(' || ')}`,
      );
    },
    needAuthorization: (method) => {
      if (mode === 'open') throw exception(`You do not have permission to call ${method}.`);
    },
    checkBudget: () => {
      spent ||= clock.now() - startedMs > budgetMs;
      if (spent) throw exceeded();
    },
    defect: (cause) => {
      const error = typeof cause === 'string' ? exception(cause) : cause;
      defect ??= error;
      return error;
    },
    firstDefect: () => defect,
  };
}

function parameterType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? 'number[]' : '(class)[]';
  if (typeof value === 'string') return 'String';
  return typeof value === 'object' || typeof value === 'function' ? '(class)' : typeof value;
}

/** Names that engines and test tools ask of any object. */
const ASKED_OF_ALL = new Set([
  'toJSON',
  'then',
  'constructor',
  'valueOf',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
]);

/**
 * A service or one of its objects: calls stop when the time is up, and what the local Workspace doesn't have says
 * so instead of being undefined.
 */
export function strict<T extends object>(execution: Execution, name: string, members: T): T {
  const guarded: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(members)) {
    guarded[key] =
      typeof member === 'function'
        ? (...parameters: unknown[]) => {
            execution.checkBudget();
            return Reflect.apply(member, members, parameters) as unknown;
          }
        : member;
  }
  guarded.toString ??= () => name;
  const proxy: object = new Proxy(guarded, {
    get: (target, key) => {
      if (typeof key === 'symbol' || Object.hasOwn(target, key)) return Reflect.get(target, key) as unknown;
      if (ASKED_OF_ALL.has(key)) return undefined;
      throw execution.defect(`${name}.${key} is not in the local Workspace.`);
    },
    set: (_target, key) => {
      throw execution.exception(`${name}.${String(key)} can't be set.`);
    },
  });
  return proxy as T;
}

/** A Google service that Purser doesn't use: whatever is asked of it fails, and says why. */
export function absent(execution: Execution, name: string): object {
  return strict(execution, name, {});
}

/** One of Google's enums: compared by identity, printed by name. */
export interface Enumerated {
  toString(): string;
}

export function enumeration<N extends string>(names: readonly N[]): Readonly<Record<N, Enumerated>> {
  const entries = names.map((name, at) => [name, Object.freeze({ toString: () => name, ordinal: () => at })]);
  return Object.freeze(Object.fromEntries(entries)) as Readonly<Record<N, Enumerated>>;
}
