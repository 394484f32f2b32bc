/** CacheService: developers.google.com/apps-script/reference/cache/cache */
import { type Execution, strict } from './execution.ts';

const MAX_VALUE_BYTES = 100 * 1024;
const MAX_KEY_CHARACTERS = 250;
const DEFAULT_SECONDS = 600;
const MAX_SECONDS = 21_600;
/** "If you write more than 1,000 items … the cache stores the 900 items farthest from expiration." */
const MAX_ITEMS = 1_000;
const KEPT_ITEMS = 900;

export type CacheStore = Map<string, { readonly value: string; readonly expiresMs: number }>;

export interface CacheStores {
  readonly document: CacheStore;
  readonly script: CacheStore;
  user(email: string): CacheStore;
}

export function createCacheService(
  execution: Execution,
  stores: CacheStores,
): GoogleAppsScript.Cache.CacheService {
  return strict(execution, 'CacheService', {
    // As document properties.
    getDocumentCache: () =>
      (execution.hasDocument ? cache(execution, stores.document) : null) as GoogleAppsScript.Cache.Cache,
    getScriptCache: () => cache(execution, stores.script),
    getUserCache: () => cache(execution, stores.user(execution.email)),
  });
}

function cache(execution: Execution, store: CacheStore): GoogleAppsScript.Cache.Cache {
  const { clock, meter, realm } = execution;
  const call = <T>(what: string, perform: () => T): T => execution.calls.make('cache', what, perform);
  const checkedKey = (method: string, key: unknown): string => {
    if (typeof key !== 'string') throw execution.signature(`CacheService.Cache.${method}`, [key]);
    if (key.length > MAX_KEY_CHARACTERS) throw execution.exception('Argument too large: key');
    return key;
  };
  const live = (key: string): string | null => {
    const item = store.get(key);
    if (item === undefined) return null;
    if (item.expiresMs > clock.now()) return item.value;
    store.delete(key);
    return null;
  };
  const put = (method: string, key: unknown, value: unknown, lifetime: unknown) => {
    const name = checkedKey(method, key);
    if (typeof value !== 'string') throw execution.signature(`CacheService.Cache.${method}`, [key, value]);
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw execution.exception('Argument too large: value');
    if (typeof lifetime !== 'number' || !(lifetime >= 1 && lifetime <= MAX_SECONDS)) {
      throw execution.exception('Invalid argument: expirationInSeconds');
    }
    store.delete(name);
    store.set(name, { value, expiresMs: clock.now() + lifetime * 1000 });
    if (store.size > MAX_ITEMS) {
      const soonest = [...store].sort(([, a], [, b]) => a.expiresMs - b.expiresMs);
      for (const [old] of soonest.slice(0, store.size - KEPT_ITEMS)) store.delete(old);
    }
  };
  return strict(execution, 'Cache', {
    get: (key: unknown) => {
      meter.hostCall('cache-read');
      const name = checkedKey('get', key);
      return call(`get ${name}`, () => live(name));
    },
    getAll: (keys: unknown) => {
      meter.hostCall('cache-read');
      if (!Array.isArray(keys)) throw execution.signature('CacheService.Cache.getAll', [keys]);
      return call(`getAll ${keys.join(' ')}`, () => {
        const found: Record<string, string> = {};
        for (const key of keys) {
          const value = live(checkedKey('getAll', key));
          if (value !== null) found[String(key)] = value;
        }
        return realm.object(found);
      });
    },
    put: (key: unknown, value: unknown, lifetime: unknown = DEFAULT_SECONDS) => {
      meter.hostCall('cache-write');
      call(`put ${String(key)}`, () => put('put', key, value, lifetime));
    },
    putAll: (values: unknown, lifetime: unknown = DEFAULT_SECONDS) => {
      meter.hostCall('cache-write');
      if (typeof values !== 'object' || values === null) {
        throw execution.signature('CacheService.Cache.putAll', [values]);
      }
      call(`putAll ${Object.keys(values).join(' ')}`, () => {
        for (const [key, value] of Object.entries(values)) put('putAll', key, value, lifetime);
      });
    },
    remove: (key: unknown) => {
      meter.hostCall('cache-write');
      const name = checkedKey('remove', key);
      call(`remove ${name}`, () => store.delete(name));
    },
    removeAll: (keys: unknown) => {
      meter.hostCall('cache-write');
      if (!Array.isArray(keys)) throw execution.signature('CacheService.Cache.removeAll', [keys]);
      const names = keys.map((key) => checkedKey('removeAll', key));
      call(`removeAll ${names.join(' ')}`, () => {
        for (const name of names) store.delete(name);
      });
    },
  });
}
