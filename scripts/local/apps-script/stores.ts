/** What executions leave behind: properties, which outlive the process, and caches, which don't. */
import type { CacheStore, CacheStores } from './cache.ts';
import type { PropertyStores, Store } from './properties.ts';

export interface SavedStores {
  readonly documentProperties: Readonly<Record<string, string>>;
  readonly scriptProperties: Readonly<Record<string, string>>;
  readonly userProperties: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function createStores(saved: SavedStores | undefined): {
  readonly properties: PropertyStores;
  readonly caches: CacheStores;
  saved(): SavedStores;
} {
  const store = (entries: Readonly<Record<string, string>> = {}): Store => new Map(Object.entries(entries));
  const document = store(saved?.documentProperties);
  const script = store(saved?.scriptProperties);
  const users = new Map<string, Store>(
    Object.entries(saved?.userProperties ?? {}).map(([email, entries]) => [email, store(entries)]),
  );
  const userCaches = new Map<string, CacheStore>();
  return {
    properties: { document, script, user: (email) => kept(users, email, () => new Map()) },
    caches: {
      document: new Map(),
      script: new Map(),
      user: (email) => kept(userCaches, email, () => new Map()),
    },
    saved: () => ({
      documentProperties: Object.fromEntries(document),
      scriptProperties: Object.fromEntries(script),
      userProperties: Object.fromEntries(
        [...users].map(([email, entries]) => [email, Object.fromEntries(entries)]),
      ),
    }),
  };
}

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
