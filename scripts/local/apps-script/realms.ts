/**
 * Realms for executions: a fresh one each, as at Google, or one that an earlier execution of the same bundle has left.
 * The engine compiles a script for each realm anew, which takes longer than most of what a test does with it. What a
 * bundle keeps in variables of its own would be there again, so this is for bundles that keep nothing, and a test
 * compares both.
 */
import type { Realm, RealmOptions } from './realm.ts';
import { createRealm } from './realm.ts';

const left = new Map<string, Realm[]>();
let areKept = false;

/** From now on Workspaces that don't say otherwise have realms that were left, until the process ends. */
export function keepRealms(): void {
  areKept = true;
}

export function realmsAreKept(): boolean {
  return areKept;
}

export interface TakenRealm {
  readonly realm: Realm;
  /** Whether the bundle has been loaded into it. */
  readonly isLoaded: boolean;
}

/** @param bundle names what was loaded by its hash; null: a fresh realm */
export function takeRealm(bundle: string | null, options: RealmOptions): TakenRealm {
  const realm = bundle === null ? undefined : left.get(bundle)?.pop();
  if (realm === undefined) return { realm: createRealm(options), isLoaded: false };
  realm.use(options);
  return { realm, isLoaded: true };
}

/** For the next execution; only of one that ended well. */
export function leaveRealm(bundle: string | null, realm: Realm): void {
  if (bundle === null) return;
  left.set(bundle, [...(left.get(bundle) ?? []), realm]);
}
