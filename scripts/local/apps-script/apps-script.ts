/**
 * Apps Script on this machine: runs the built bundle, unchanged, one fresh realm per execution, on strict fakes of
 * Google's services.
 */
import gasLocal from 'gas-local';
import type { Clock } from '../contract.ts';
import { readBundle } from './bundle.ts';
import { type CacheStore, createCacheService } from './cache.ts';
import { crossing } from './client-call.ts';
import { createConsole, createLogger, type LogLine } from './console.ts';
import { absent, createExecution, type Execution, type Mode } from './execution.ts';
import { createHtmlService } from './html-service.ts';
import { createLockService, type ForeignLocks, type LockKind, lockName } from './lock.ts';
import { type Counts, createMeter } from './meter.ts';
import { createPropertiesService, type Store } from './properties.ts';
import { createRandom, nextUuid } from './random.ts';
import { createRealm } from './realm.ts';
import { AuthMode, createScriptApp, createSession, type StateToken } from './script-app.ts';
import {
  type Answer,
  createSpreadsheetApp,
  type MenuItem,
  type Question,
  type Shown,
  type WorkbookInfo,
} from './spreadsheet-app.ts';
import { nextFiringMs, type TriggerRecord, timeDrivenEvent } from './triggers.ts';
import { createUrlFetchApp, type FetchAllSync } from './url-fetch.ts';
import { createUtilities } from './utilities-service.ts';

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
  /** Scopes that people granted, when fewer than the manifest asks for. */
  readonly grantedScopes?: readonly string[];
  /** Whether each call moves the clock by what it would cost at Google. Default false: the clock stands. */
  readonly clockFollowsModel?: boolean;
  /** Told of every toast and dialog the moment it comes up. */
  readonly onShown?: (shown: Shown) => void;
}

/** What outlives an execution; plain JSON. The cache and locks do not outlive the process. */
export interface AppsScriptState {
  readonly documentProperties: Readonly<Record<string, string>>;
  readonly scriptProperties: Readonly<Record<string, string>>;
  readonly userProperties: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
   * the script made of it.
   */
  run(functionName: string, parameters?: readonly unknown[], options?: RunOptions): unknown;
  /** `google.script.run` of the sidebar: only public functions, only plain data, both ways. */
  call(functionName: string, parameters?: readonly unknown[], options?: RunOptions): unknown;
  /** The redirect of an OAuth server to `/usercallback`: runs the method that the state token names. */
  callback(query: Readonly<Record<string, string>>, options?: RunOptions): unknown;
  /** Fires all triggers that are due by the clock, oldest first, each as its owner, and returns what came of them. */
  fireDue(): readonly Firing[];
  /** Lets another execution hold a lock for `forMs` from now. */
  holdLock(kind: LockKind, forMs: number): void;
  triggers(): readonly TriggerRecord[];
  menus(): ReadonlyMap<string, readonly MenuItem[]>;
  readonly shown: readonly Shown[];
  readonly logs: readonly LogLine[];
  readonly counts: Readonly<Counts>;
  /** Seconds that all calls so far would have taken; assumed figures are multiplied by the factor (default 1). */
  modelledSeconds(options?: { readonly assumedFactor?: number }): number;
  properties(scope: 'document' | 'script' | 'user', email?: string): Store;
  functions(): ReadonlySet<string>;
  saved(): AppsScriptState;
}

/** Google's globals that Purser doesn't use: services, advanced services, and what other fakes would leave undefined. */
const ABSENT = [
  'AdminDirectory',
  'Browser',
  'Calendar',
  'CalendarApp',
  'CardService',
  'Charts',
  'ContactsApp',
  'ContentService',
  'DocumentApp',
  'Drive',
  'DriveApp',
  'FormApp',
  'Gmail',
  'GmailApp',
  'GroupsApp',
  'Jdbc',
  'LanguageApp',
  'LinearOptimizationService',
  'MailApp',
  'Maps',
  'MimeType',
  'People',
  'ScriptProperties',
  'Sheets',
  'SitesApp',
  'SlidesApp',
  'UserProperties',
  'XmlService',
];
const DEFAULT_SEED = 20_260_601;

export function createAppsScript(options: AppsScriptOptions): AppsScript {
  const { clock, state } = options;
  const bundle = readBundle(options.bundleFolder);
  const meter = createMeter(options.clockFollowsModel === true ? clock : null);
  const random = createRandom(state?.random ?? options.seed ?? DEFAULT_SEED);
  const ids = createRandom(state?.ids ?? (options.seed ?? DEFAULT_SEED) + 1);

  const documentStore: Store = new Map(Object.entries(state?.documentProperties ?? {}));
  const scriptStore: Store = new Map(Object.entries(state?.scriptProperties ?? {}));
  const userStores = new Map<string, Store>(
    Object.entries(state?.userProperties ?? {}).map(([email, entries]) => [
      email,
      new Map(Object.entries(entries)),
    ]),
  );
  const userStore = (email: string) => kept(userStores, email, () => new Map());
  const documentCache: CacheStore = new Map();
  const scriptCache: CacheStore = new Map();
  const userCaches = new Map<string, CacheStore>();
  const triggers: TriggerRecord[] = [...(state?.triggers ?? [])];
  const stateTokens = new Map<string, StateToken>(Object.entries(state?.stateTokens ?? {}));
  const foreignLocks: ForeignLocks = new Map();
  const logs: LogLine[] = [];
  const shown = watchedList(options.onShown);
  const menus = new Map<string, readonly MenuItem[]>();

  const isPublic = (name: string) => bundle.functions.has(name) && !name.endsWith('_');

  const begin = (runOptions: RunOptions, mode: Mode): Execution => {
    const realm = createRealm({ now: clock.now, random: random.next, timeZone: bundle.manifest.timeZone });
    const granted = options.grantedScopes;
    const scopes = bundle.manifest.scopes.filter((scope) => granted === undefined || granted.includes(scope));
    const email = runOptions.as ?? options.email;
    const execution = createExecution({
      realm,
      clock,
      meter,
      email,
      mode,
      timeZone: bundle.manifest.timeZone,
      scopes,
    });
    const services: Record<string, object> = {
      CacheService: createCacheService(execution, {
        document: documentCache,
        script: scriptCache,
        user: (person) => kept(userCaches, person, () => new Map()),
      }),
      HtmlService: createHtmlService(execution, bundle.folder),
      LockService: createLockService(execution, foreignLocks),
      Logger: createLogger(execution, logs),
      PropertiesService: createPropertiesService(execution, {
        document: documentStore,
        script: scriptStore,
        user: userStore,
      }),
      ScriptApp: createScriptApp(execution, {
        scriptId: options.scriptId ?? 'local-script',
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
      UrlFetchApp: createUrlFetchApp(execution, options.fetchAllSync, bundle.manifest.urlFetchWhitelist),
      Utilities: createUtilities(execution, ids),
      console: createConsole(execution, logs),
    };
    for (const name of ABSENT) services[name] = absent(execution, name);
    for (const [name, value] of Object.entries(services)) {
      Object.defineProperty(realm.globals, name, { value, writable: true, configurable: true });
    }
    gasLocal.require(bundle.folder, realm.globals);
    return execution;
  };

  const invoke = (execution: Execution, functionName: string, parameters: readonly unknown[]): unknown => {
    const target = bundle.functions.has(functionName) ? execution.realm.globals[functionName] : undefined;
    if (typeof target !== 'function') throw execution.exception(`Script function not found: ${functionName}`);
    try {
      return Reflect.apply(target, undefined, parameters) as unknown;
    } finally {
      // What a script must not survive it does not survive by catching it.
      const defect = execution.firstDefect();
      if (defect === null) execution.checkBudget();
      else rethrow(defect);
    }
  };

  const run: AppsScript['run'] = (functionName, parameters = [], runOptions = {}) => {
    const mode = runOptions.mode ?? 'menu';
    if (mode === 'client') return call(functionName, parameters, runOptions);
    return invoke(begin(runOptions, mode), functionName, parameters);
  };

  const call: AppsScript['call'] = (functionName, parameters = [], runOptions = {}) => {
    if (!isPublic(functionName)) throw new TypeError(`google.script.run.${functionName} is not a function`);
    const texts = parameters.map((parameter, at) => crossing(parameter, String(at)));
    const execution = begin(runOptions, 'client');
    const result = invoke(
      execution,
      functionName,
      texts.map((text) => execution.realm.parse(text)),
    );
    return result === undefined ? undefined : (JSON.parse(crossing(result, 'result')) as unknown);
  };

  const callback: AppsScript['callback'] = (query, runOptions = {}) => {
    const token = stateTokens.get(query.state ?? '');
    const email = runOptions.as ?? options.email;
    // The callback must run as the account that made the token: github.com/googleworkspace/apps-script-oauth2/issues/449
    if (token === undefined || token.expiresMs < clock.now() || token.owner !== email) {
      throw new Error('The state token is invalid or has expired. Please try again.');
    }
    const parameter = { ...query, ...token.arguments };
    const execution = begin(runOptions, 'menu');
    const several = Object.fromEntries(Object.entries(parameter).map(([name, value]) => [name, [value]]));
    const event = execution.realm.parse(JSON.stringify({ parameter, parameters: several }));
    return invoke(execution, token.method, [event]);
  };

  const fire = (record: TriggerRecord): Firing => {
    const atMs = clock.now();
    try {
      const execution = begin({ as: record.owner }, 'trigger');
      const event = execution.realm.object(timeDrivenEvent(record, atMs, AuthMode.FULL));
      invoke(execution, record.handler, [event]);
      return { trigger: record, atMs, error: null };
    } catch (error) {
      return { trigger: record, atMs, error };
    }
  };

  return {
    run,
    call,
    callback,
    fireDue: () => {
      const due = triggers
        .filter(({ nextMs }) => nextMs !== null && nextMs <= clock.now())
        .sort((a, b) => (a.nextMs ?? 0) - (b.nextMs ?? 0));
      return due.flatMap((record) => {
        // A handler before may have deleted it.
        const at = triggers.findIndex(({ id }) => id === record.id);
        if (at < 0) return [];
        triggers[at] = { ...record, nextMs: nextFiringMs(record.schedule, record.timeZone, clock.now()) };
        return [fire(record)];
      });
    },
    holdLock: (kind, forMs) => {
      foreignLocks.set(lockName(kind, options.email), clock.now() + forMs);
    },
    triggers: () => [...triggers],
    menus: () => menus,
    shown,
    logs,
    counts: meter.counts,
    modelledSeconds: (factors = {}) => meter.modelledSeconds(factors.assumedFactor),
    properties: (scope, email = options.email) =>
      scope === 'document' ? documentStore : scope === 'script' ? scriptStore : userStore(email),
    functions: () => bundle.functions,
    saved: () => ({
      documentProperties: Object.fromEntries(documentStore),
      scriptProperties: Object.fromEntries(scriptStore),
      userProperties: Object.fromEntries(
        [...userStores].map(([email, store]) => [email, Object.fromEntries(store)]),
      ),
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

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
