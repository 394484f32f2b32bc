/** PropertiesService: developers.google.com/apps-script/reference/properties/properties */
import { type Execution, strict } from './execution.ts';

/** 9 KB a value, 500 KB a store: developers.google.com/apps-script/guides/services/quotas */
const MAX_VALUE_BYTES = 9 * 1024;
const MAX_STORE_BYTES = 500 * 1024;

/** Keys and values of one store; kept by the Workspace between executions. */
export type Store = Map<string, string>;

export interface PropertyStores {
  readonly document: Store;
  readonly script: Store;
  /** Of one person. */
  user(email: string): Store;
}

export function createPropertiesService(
  execution: Execution,
  stores: PropertyStores,
): GoogleAppsScript.Properties.PropertiesService {
  const open = (store: Store, scope: string) => properties(execution, store, scope);
  return strict(execution, 'PropertiesService', {
    // Null where no document is open; whether a bound script's web app counts Google does not say, so nothing may rest on it.
    getDocumentProperties: () =>
      (execution.hasDocument
        ? open(stores.document, 'document')
        : null) as GoogleAppsScript.Properties.Properties,
    getScriptProperties: () => open(stores.script, 'script'),
    getUserProperties: () => open(stores.user(execution.email), 'user'),
  });
}

function properties(
  execution: Execution,
  store: Store,
  scope: string,
): GoogleAppsScript.Properties.Properties {
  const { meter, realm } = execution;
  const call = <T>(method: string, names: readonly string[], perform: (most?: number) => T): T =>
    execution.calls.make('property', [scope, method, ...names].join(' '), perform);
  const put = (entries: ReadonlyArray<readonly [string, string]>, base: Store) => {
    const next = new Map(base);
    for (const [key, value] of entries) {
      if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw execution.exception('Argument too large: value');
      if (Buffer.byteLength(key) > MAX_VALUE_BYTES) throw execution.exception('Argument too large: key');
      next.set(key, value);
    }
    let bytes = 0;
    for (const [key, value] of next) bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (bytes > MAX_STORE_BYTES) {
      throw execution.exception(
        'You have exceeded the property storage quota. Please remove some properties and try again.',
      );
    }
    store.clear();
    for (const [key, value] of next) store.set(key, value);
  };
  const key = (method: string, parameters: readonly unknown[]): string => {
    const [first] = parameters;
    if (typeof first === 'string' && first !== '') return first;
    throw execution.signature(`PropertiesService.Properties.${method}`, parameters);
  };
  // "Properties … stores simple strings in key-value pairs": what isn't a string is made one.
  const coerced = (value: unknown) => String(value);
  const self: GoogleAppsScript.Properties.Properties = strict(execution, 'Properties', {
    deleteAllProperties: () => {
      meter.hostCall('property-write');
      call('deleteAllProperties', [], () => store.clear());
      return self;
    },
    deleteProperty: (name: unknown) => {
      meter.hostCall('property-write');
      const own = key('deleteProperty', [name]);
      call('deleteProperty', [own], () => store.delete(own));
      return self;
    },
    getKeys: () => {
      meter.hostCall('property-read');
      return call('getKeys', [], () => realm.array([...store.keys()]));
    },
    getProperties: () => {
      meter.hostCall('property-read');
      return call('getProperties', [], () => realm.object(Object.fromEntries(store)));
    },
    getProperty: (name: unknown) => {
      meter.hostCall('property-read');
      const own = key('getProperty', [name]);
      return call('getProperty', [own], () => store.get(own) ?? null);
    },
    setProperties: (entries: unknown, deleteAllOthers: unknown = false) => {
      meter.hostCall('property-write');
      if (typeof entries !== 'object' || entries === null || typeof deleteAllOthers !== 'boolean') {
        throw execution.signature('PropertiesService.Properties.setProperties', [entries, deleteAllOthers]);
      }
      const pairs = Object.entries(entries).map(([name, value]) => [name, coerced(value)] as const);
      const names = pairs.map(([name]) => name);
      call('setProperties', names, (most) => put(pairs.slice(0, most), deleteAllOthers ? new Map() : store));
      return self;
    },
    setProperty: (name: unknown, value: unknown) => {
      meter.hostCall('property-write');
      if (value === undefined) {
        throw execution.signature('PropertiesService.Properties.setProperty', [name, value]);
      }
      const own = key('setProperty', [name, value]);
      call('setProperty', [own], () => put([[own, coerced(value)]], store));
      return self;
    },
  });
  return self;
}
