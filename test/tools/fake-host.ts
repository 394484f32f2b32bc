/**
 * A platform in memory that refuses what Apps Script refuses: headers that UrlFetchApp throws on, values over 9 KB,
 * HTTP under the lock. Its clock stands until somebody sleeps, sets it or a request takes time.
 */
import { javaText } from '../../scripts/local/charset.ts';
import { PurserError } from '../../src/host/errors.ts';
import type {
  Host,
  HttpReply,
  HttpRequest,
  LogEvent,
  PropertyScope,
  PropertyStore,
} from '../../src/host/host.ts';

/** 2026-06-01 10:00 UTC */
export const NOW_MS = Date.UTC(2026, 5, 1, 10);
export const OWNER = 'nora@blueheron.example';

export interface ScriptedReply {
  readonly status: number;
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `unreachable` fails at once and `stall` after a minute; both throw the whole batch away. */
export type Answer = ScriptedReply | 'unreachable' | 'stall';

export interface FakeHost extends Host {
  /** Every `fetchAll`, in order. */
  readonly rounds: HttpRequest[][];
  readonly slept: number[];
  readonly logged: LogEvent[];
  readonly document: Map<string, string>;
  readonly user: Map<string, string>;
  /** What was asked of document properties: `read outbox.x`, `write outbox.x`, `remove …`. */
  readonly touched: string[];
  setNow(ms: number): void;
  setUser(email: string): void;
  /** The next reads or writes of properties throw this; undefined ends it. */
  breakProperties(thrown: Error | undefined): void;
  /** Every try for the lock fails. */
  keepLockBusy(): void;
}

export interface FakeHostOptions {
  /** Answers each request; what throws here is a test that forgot one. */
  readonly answer?: (request: HttpRequest, index: number) => Answer;
  readonly random?: () => number;
  /** What one `fetchAll` takes. */
  readonly roundMs?: number;
}

export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  let nowMs = NOW_MS;
  let email = OWNER;
  let broken: Error | undefined;
  let locked = false;
  let busy = false;
  let asked = 0;
  let uuids = 0;
  const rounds: HttpRequest[][] = [];
  const slept: number[] = [];
  const logged: LogEvent[] = [];
  const touched: string[] = [];
  const stores: Record<PropertyScope, Map<string, string>> = { document: new Map(), user: new Map() };

  const storeOf = (scope: PropertyScope): PropertyStore => {
    const touch = (words: string): Map<string, string> => {
      if (broken !== undefined) throw broken;
      if (scope === 'document') touched.push(words);
      return stores[scope];
    };
    return {
      readAll: () => Object.fromEntries(touch('readAll')),
      read: (key) => touch(`read ${key}`).get(key) ?? null,
      write: (entries) => {
        for (const [key, value] of Object.entries(entries)) {
          if (typeof value !== 'string') throw new TypeError('a property is text');
          const bytes = Buffer.byteLength(value);
          if (bytes > 9 * 1024) {
            throw new PurserError('property-too-large', { what: `${key}: ${bytes} bytes.`, now: '' });
          }
          touch(`write ${key}`).set(key, value);
        }
      },
      remove: (key) => {
        touch(`remove ${key}`).delete(key);
      },
    };
  };

  return {
    rounds,
    slept,
    logged,
    touched,
    document: stores.document,
    user: stores.user,
    setNow: (ms) => {
      nowMs = ms;
    },
    setUser: (who) => {
      email = who;
    },
    breakProperties: (thrown) => {
      broken = thrown;
    },
    keepLockBusy: () => {
      busy = true;
    },
    fetchAll: (requests) => {
      if (locked) throw new Error('HTTP under the lock');
      requests.forEach(checkRequest);
      rounds.push([...requests]);
      const answers = requests.map((request) => {
        if (options.answer === undefined) throw new Error(`nobody answers ${request.url}`);
        return options.answer(request, asked++);
      });
      nowMs += options.roundMs ?? 0;
      const failed = answers.find((answer) => typeof answer === 'string');
      if (failed === 'stall') nowMs += 60_000;
      if (failed !== undefined) {
        throw new PurserError('network-failed', { what: 'Google could not reach it.', now: 'Try again.' });
      }
      return answers.map((answer) => replyOf(answer as ScriptedReply));
    },
    properties: storeOf,
    withLock: (action) => {
      if (busy) throw new PurserError('lock-busy', { what: 'Another run is writing.', now: 'Try again.' });
      if (locked) throw new Error('the lock is held already');
      locked = true;
      try {
        return action();
      } finally {
        locked = false;
      }
    },
    now: () => nowMs,
    sleep: (ms) => {
      // developers.google.com/apps-script/reference/utilities/utilities#sleep(Integer)
      if (!Number.isInteger(ms) || ms < 0 || ms > 300_000) throw new RangeError(`sleep(${ms})`);
      slept.push(ms);
      nowMs += ms;
    },
    random: options.random ?? (() => 0.5),
    uuid: () => `uuid-${++uuids}`,
    accessToken: () => 'access-token',
    identityToken: () => null,
    authorization: () => ({ grantedScopes: null, url: null }),
    stateToken: (handler, args) => `state-token:${JSON.stringify({ handler, args })}`,
    scriptId: () => 'script-1',
    webAppUrl: () => null,
    userEmail: () => email,
    visitorEmail: () => email,
    workbookId: () => 'workbook-1',
    workbookTimeZone: () => 'America/New_York',
    localTime: (ms, timeZone) => {
      const text = new Date(ms).toLocaleString('sv-SE', { timeZone });
      return { date: text.slice(0, 10), time: text.slice(11, 16) };
    },
    decodeText: (bytes, charset) => {
      try {
        return javaText(bytes, charset);
      } catch {
        return null;
      }
    },
    log: (event) => {
      logged.push(event);
    },
    progress: () => {},
    ui: () => null,
    triggers: () => ({
      list: () => [],
      create: () => {
        throw new Error('no triggers here');
      },
      remove: () => {
        throw new Error('no triggers here');
      },
    }),
  };
}

/** developers.google.com/apps-script/reference/url-fetch/url-fetch-app */
function checkRequest(request: HttpRequest): void {
  if (!/^https:\/\/[a-z0-9.-]+\/[\x21-\x7e]*$/.test(request.url))
    throw new Error(`not a URL: ${request.url}`);
  // 2 KB a URL: developers.google.com/apps-script/guides/services/quotas
  if (request.url.length > 2048) throw new Error(`URL of ${request.url.length} characters`);
  for (const [name, value] of Object.entries(request.headers)) {
    if (/^(host|content-length|content-type)$/i.test(name)) throw new Error(`UrlFetchApp refuses ${name}`);
    if (!/^[\x20-\x7e]+$/.test(value))
      throw new Error(`Attribute provided with invalid value: Header:${name}`);
  }
  if (request.method === 'GET' && request.body !== undefined) throw new Error('a GET has no body');
}

export function replyOf({ status, body = '', headers = {} }: ScriptedReply): HttpReply {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers, text: () => bytes.toString('utf8'), bytes: () => new Uint8Array(bytes) };
}

/** What an action throws. @throws when it throws nothing, or not a PurserError */
export function errorOf(action: () => unknown): PurserError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof PurserError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
