/**
 * Apps Script on this machine: runs the built bundle, unchanged, one fresh realm per execution, on strict fakes of
 * Google's services.
 */
import gasLocal from 'gas-local';
import type { Clock } from '../contract.ts';
import { ABSENT_SERVICES } from './absent-services.ts';
import { readBundle } from './bundle.ts';
import { createCacheService } from './cache.ts';
import { crossing } from './client-call.ts';
import { createConsole, createLogger, type LogLine } from './console.ts';
import { LOCAL_SCRIPT_ID } from './deployment.ts';
import { absent, createExecution, type Execution, type Mode } from './execution.ts';
import { createFiring } from './firing.ts';
import type { Director } from './host-calls.ts';
import { createHtmlService } from './html-service.ts';
import { interruptible } from './interruptions.ts';
import { createLockService, type LockKind, type Locks, lockName, releaseLocks } from './lock.ts';
import { type Counts, createMeter } from './meter.ts';
import { createPropertiesService, type Store } from './properties.ts';
import { createRandom, nextUuid } from './random.ts';
import { leaveRealm, takeRealm } from './realms.ts';
import { createScriptApp, createSession, type StateToken } from './script-app.ts';
import {
  type Answer,
  createSpreadsheetApp,
  type MenuItem,
  type Question,
  type Shown,
  type WorkbookInfo,
} from './spreadsheet-app.ts';
import { createStores, type SavedStores } from './stores.ts';
import type { TriggerRecord } from './triggers.ts';
import { createUrlFetchApp, type FetchAllSync } from './url-fetch.ts';
import { createUtilities } from './utilities-service.ts';
import { createWebVisits, type Page } from './web-visits.ts';

export interface AppsScriptOptions {
  /** The built bundle: `Code.js`, `appsscript.json`, HTML files. */
  readonly bundleFolder: string;
  readonly clock: Clock;
  readonly fetchAllSync: FetchAllSync;
  readonly workbook: WorkbookInfo;
  /** The account that runs what says no other. */
  readonly email: string;
  readonly accessToken: (email: string) => string;
  readonly identityToken?: (email: string) => string;
  readonly scriptId?: string;
  /** For `Math.random` and UUIDs; the state goes before it. */
  readonly seed?: number;
  /** What `saved()` of an earlier Workspace gave. */
  readonly state?: AppsScriptState;
  /** Scopes that people granted, when fewer than the manifest asks for; null: all of them. */
  readonly grantedScopes?: readonly string[] | ((email: string) => readonly string[] | null);
  /** Where the web app answers; none is deployed when null or absent. */
  readonly webAppUrl?: string | null;
  /**
   * Whether each call moves the clock by what it would cost at Google, or by so many times as much. Default false: the
   * clock stands.
   */
  readonly clockFollowsModel?: boolean | number;
  /** Whether an execution may have the realm of an earlier one: quicker, for tests (realms.ts). Default false, as at Google. */
  readonly reusesRealms?: boolean;
  /** Told of every toast and dialog the moment it comes up. */
  readonly onShown?: (shown: Shown) => void;
}

/** What outlives an execution; plain JSON. The cache and locks do not outlive the process. */
export interface AppsScriptState extends SavedStores {
  readonly triggers: readonly TriggerRecord[];
  readonly stateTokens: Readonly<Record<string, StateToken>>;
  readonly random: number;
  readonly ids: number;
}

export interface RunOptions {
  /** The account that runs it; default the Workspace's. */
  readonly as?: string;
  /** Default `menu`. */
  readonly mode?: Mode;
  /** The person in front of the workbook; without one a question is an error. */
  readonly answers?: (question: Question) => Answer;
  /**
   * Whose page makes a `call`: default a dialog of the workbook. A page of the web app is anybody's, and its calls run as
   * the one who deployed it (`as`): developers.google.com/apps-script/guides/html/communication
   */
  readonly from?: 'dialog' | 'web-app';
  /** Whether the bound script has its document there, which Google does not say for sure. Default: but in the web app. */
  readonly withDocument?: boolean;
}

export interface Firing {
  readonly trigger: TriggerRecord;
  readonly atMs: number;
  /** Null when the handler ended well. */
  readonly error: unknown;
}

export interface AppsScript {
  /**
   * Runs a top-level function of the bundle in a fresh realm and returns what it returned. Throws what it threw;
   * "Script function not found" when there is none; "Exceeded maximum execution time" after six minutes, whatever
   * the script made of it. A trigger's handler without parameters gets the event of its installed trigger.
   */
  run(functionName: string, parameters?: readonly unknown[], options?: RunOptions): unknown;
  /** `google.script.run` of a page (`from`): only public functions, only plain data, both ways. */
  call(functionName: string, parameters?: readonly unknown[], options?: RunOptions): unknown;
  /**
   * The redirect of an OAuth server to `/usercallback`: runs the method that the state token names. What it returned,
   * or the HTML of an HtmlOutput.
   */
  callback(query: Readonly<Record<string, string>>, options?: RunOptions): unknown;
  /** Somebody's browser at the web app: runs `doGet` as the one who deployed it (`as`), and returns its HTML. */
  webApp(query: Readonly<Record<string, string>>, options?: Pick<RunOptions, 'as' | 'withDocument'>): string;
  /** Fires all triggers that are due by the clock, oldest first, each as its owner, and returns what came of them. */
  fireDue(): readonly Firing[];
  /** Fires the trigger of that handler now, due or not; another account's when `as` says so. @throws when there is none */
  fire(handler: string, as?: string): Firing;
  /** From now on told of every call that leaves the script, of all executions; null: nobody any more. */
  direct(director: Director | null): void;
  /**
   * Two executions at once: `action`, which runs one, comes in the middle of the next, before its UrlFetch round
   * number `round` (from 0). The first one's locks hold meanwhile. Several come one after the other.
   */
  meanwhile(action: () => void, round?: number): void;
  /** Lets another execution hold a lock for `forMs` from now. */
  holdLock(kind: LockKind, forMs: number): void;
  triggers(): readonly TriggerRecord[];
  menus(): ReadonlyMap<string, readonly MenuItem[]>;
  readonly shown: readonly Shown[];
  /** Pages that the callback and the web app gave. */
  readonly pages: readonly Page[];
  readonly logs: readonly LogLine[];
  readonly counts: Readonly<Counts>;
  /** Seconds that all calls so far would have taken; assumed figures are multiplied by the factor (default 1). */
  modelledSeconds(options?: { readonly assumedFactor?: number }): number;
  properties(scope: 'document' | 'script' | 'user', email?: string): Store;
  functions(): ReadonlySet<string>;
  saved(): AppsScriptState;
}

const DEFAULT_SEED = 20_260_601;

export function createAppsScript(options: AppsScriptOptions): AppsScript {
  const { clock, state } = options;
  const bundle = readBundle(options.bundleFolder);
  const realmName = options.reusesRealms === true ? bundle.hash : null;
  const meter = createMeter(clock, Number(options.clockFollowsModel ?? false));
  const random = createRandom(state?.random ?? options.seed ?? DEFAULT_SEED);
  const ids = createRandom(state?.ids ?? (options.seed ?? DEFAULT_SEED) + 1);

  const stores = createStores(state);
  const triggers: TriggerRecord[] = [...(state?.triggers ?? [])];
  const stateTokens = new Map<string, StateToken>(Object.entries(state?.stateTokens ?? {}));
  const locks: Locks = { foreign: new Map(), holders: new Map() };
  const { fetchAllSync, meanwhile } = interruptible(options.fetchAllSync);
  const logs: LogLine[] = [];
  const shown = watchedList(options.onShown);
  const pages: Page[] = [];
  const menus = new Map<string, readonly MenuItem[]>();

  let director: Director | null = null;
  let executions = 0;

  const isPublic = (name: string) => bundle.functions.has(name) && !name.endsWith('_');

  const begin = (runOptions: RunOptions, mode: Mode): Execution => {
    const { timeZone } = bundle.manifest;
    const { realm, isLoaded } = takeRealm(realmName, { now: clock.now, random: random.next, timeZone });
    const email = runOptions.as ?? options.email;
    const { grantedScopes } = options;
    const granted = typeof grantedScopes === 'function' ? grantedScopes(email) : (grantedScopes ?? null);
    const scopes = bundle.manifest.scopes.filter((scope) => granted === null || granted.includes(scope));
    const execution = createExecution({
      realm,
      clock,
      meter,
      email,
      mode,
      hasDocument: runOptions.withDocument ?? mode !== 'web-app',
      timeZone: bundle.manifest.timeZone,
      scopes,
      number: executions++,
      director: () => director,
    });
    const services: Record<string, object> = {
      CacheService: createCacheService(execution, stores.caches),
      HtmlService: createHtmlService(execution, bundle.folder),
      LockService: createLockService(execution, locks),
      Logger: createLogger(execution, logs),
      PropertiesService: createPropertiesService(execution, stores.properties),
      ScriptApp: createScriptApp(execution, {
        scriptId: options.scriptId ?? LOCAL_SCRIPT_ID,
        webAppUrl: options.webAppUrl ?? null,
        askedScopes: bundle.manifest.scopes,
        accessToken: options.accessToken,
        identityToken: (person) => options.identityToken?.(person) ?? null,
        triggers,
        stateTokens,
        nextId: () => nextUuid(ids),
      }),
      Session: createSession(execution),
      SpreadsheetApp: createSpreadsheetApp(execution, {
        workbook: options.workbook,
        answers: runOptions.answers ?? null,
        shown,
        menus,
        isCallable: (name) => bundle.functions.has(name),
      }),
      UrlFetchApp: createUrlFetchApp(execution, fetchAllSync, bundle.manifest.urlFetchWhitelist),
      Utilities: createUtilities(execution, ids),
      console: createConsole(execution, logs),
    };
    for (const name of ABSENT_SERVICES) services[name] = absent(execution, name);
    for (const [name, value] of Object.entries(services)) {
      Object.defineProperty(realm.globals, name, { value, writable: true, configurable: true });
    }
    if (!isLoaded) gasLocal.require(bundle.folder, realm.globals);
    return execution;
  };

  const invoke = (execution: Execution, functionName: string, parameters: readonly unknown[]): unknown => {
    const target = bundle.functions.has(functionName) ? execution.realm.globals[functionName] : undefined;
    if (typeof target !== 'function') throw execution.exception(`Script function not found: ${functionName}`);
    try {
      const result = Reflect.apply(target, undefined, parameters) as unknown;
      leaveRealm(realmName, execution.realm);
      return result;
    } finally {
      releaseLocks(locks, execution);
      // What a script must not survive it does not survive by catching it.
      const defect = execution.firstDefect();
      if (defect === null) execution.checkBudget();
      else rethrow(defect);
    }
  };

  const run: AppsScript['run'] = (functionName, parameters = [], runOptions = {}) => {
    const mode = runOptions.mode ?? 'menu';
    if (mode === 'client') return call(functionName, parameters, runOptions);
    const execution = begin(runOptions, mode);
    const isFired = mode === 'trigger' && parameters.length === 0;
    return invoke(execution, functionName, isFired ? parametersOf(execution, functionName) : parameters);
  };

  const call: AppsScript['call'] = (functionName, parameters = [], runOptions = {}) => {
    if (!isPublic(functionName)) throw new TypeError(`google.script.run.${functionName} is not a function`);
    const texts = parameters.map((parameter, at) => crossing(parameter, String(at)));
    const execution = begin(runOptions, runOptions.from === 'web-app' ? 'web-app' : 'client');
    const result = invoke(
      execution,
      functionName,
      texts.map((text) => execution.realm.parse(text)),
    );
    return result === undefined ? undefined : (JSON.parse(crossing(result, 'result')) as unknown);
  };

  const visits = createWebVisits({ clock, email: options.email, stateTokens, pages, begin, invoke });

  const { fireDue, fire, parametersOf } = createFiring({ clock, triggers, begin, invoke });

  return {
    run,
    call,
    callback: visits.callback,
    webApp: visits.webApp,
    fireDue,
    fire: (handler, as = options.email) => fire(handler, as),
    direct: (next) => {
      director = next;
    },
    meanwhile,
    holdLock: (kind, forMs) => {
      locks.foreign.set(lockName(kind, options.email), clock.now() + forMs);
    },
    triggers: () => [...triggers],
    menus: () => menus,
    shown,
    pages,
    logs,
    counts: meter.counts,
    modelledSeconds: (factors = {}) => meter.modelledSeconds(factors.assumedFactor),
    properties: (scope, email = options.email) =>
      scope === 'user' ? stores.properties.user(email) : stores.properties[scope],
    functions: () => bundle.functions,
    saved: () => ({
      ...stores.saved(),
      triggers: [...triggers],
      stateTokens: Object.fromEntries(stateTokens),
      random: random.state(),
      ids: ids.state(),
    }),
  };
}

function watchedList(watch: ((shown: Shown) => void) | undefined): Shown[] {
  const list: Shown[] = [];
  if (watch === undefined) return list;
  const push = list.push.bind(list);
  list.push = (...entries) => {
    for (const entry of entries) watch(entry);
    return push(...entries);
  };
  return list;
}

function rethrow(error: Error): never {
  throw error;
}
