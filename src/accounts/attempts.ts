/** Connections that were begun and not answered yet: what only we may know of them, each used once. */
import * as v from 'valibot';
import type { Host, PropertyStore } from '../host/host.ts';
import { PURPOSES } from './account.ts';
import { CONNECT_SECONDS, WAYS } from './connect-state.ts';
import { randomSecret } from './secrets.ts';

const PREFIX = 'connect.attempt.';
/** A store holds 500 KB, and an attempt takes about 600 bytes. */
const MOST = 20;
/** Each look at an invitation begins one; link previews look, too. */
const MOST_OF_AN_INVITATION = 5;

const Stored = v.object({
  schema: v.literal(1),
  id: v.string(),
  /** PKCE's. */
  verifier: v.string(),
  nonce: v.string(),
  purposes: v.array(v.picklist(PURPOSES)),
  /** The account that it must turn out to be. */
  expected: v.nullable(v.object({ subject: v.nullable(v.string()), email: v.string() })),
  redirectUri: v.string(),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  way: v.picklist(WAYS),
  /** Id of the invitation that it answers. */
  invitation: v.nullable(v.string()),
});

/**
 * One connection that was begun. `expected.subject` is null when an invitation named an address that was not connected
 * before.
 */
export type Attempt = Readonly<v.InferOutput<typeof Stored>>;

export type AttemptRequest = Pick<Attempt, 'purposes' | 'expected' | 'redirectUri' | 'way' | 'invitation'>;

/** Stores a new attempt with fresh secrets; those that are over go. */
export function makeAttempt(host: Host, request: AttemptRequest): Attempt {
  const attempt: Attempt = {
    schema: 1,
    id: host.uuid(),
    verifier: randomSecret(host),
    nonce: randomSecret(host),
    ...request,
    expiresAt: new Date(host.now() + CONNECT_SECONDS * 1000).toISOString(),
  };
  host.withLock(() => {
    const store = host.properties('user');
    makeRoom(store, attempt, host.now());
    store.write({ [PREFIX + attempt.id]: JSON.stringify(attempt) });
  });
  return attempt;
}

/** The attempt, which nobody gets a second time; null when it is not there, or over. */
export function takeAttempt(host: Host, id: string): Attempt | null {
  const json = host.withLock(() => {
    const store = host.properties('user');
    const kept = store.read(PREFIX + id);
    if (kept !== null) store.remove(PREFIX + id);
    return kept;
  });
  const attempt = json === null ? null : parse(json);
  return attempt === null || isOver(attempt, host.now()) ? null : attempt;
}

function makeRoom(store: PropertyStore, next: Attempt, nowMs: number): void {
  const open: { readonly key: string; readonly attempt: Attempt }[] = [];
  for (const [key, json] of Object.entries(store.readAll())) {
    if (!key.startsWith(PREFIX)) continue;
    const attempt = parse(json);
    if (attempt === null || isOver(attempt, nowMs)) store.remove(key);
    else open.push({ key, attempt });
  }
  // An invitation opened again and again pushes out its own attempts, and the owner's go last.
  const rank = ({ attempt }: (typeof open)[number]): number => (attempt.invitation === null ? 1 : 0);
  open.sort((a, b) => rank(a) - rank(b) || Date.parse(a.attempt.expiresAt) - Date.parse(b.attempt.expiresAt));
  const { invitation } = next;
  const rivals = open.filter(({ attempt }) => invitation !== null && attempt.invitation === invitation);
  const tooMany = rivals.slice(0, Math.max(0, rivals.length + 1 - MOST_OF_AN_INVITATION));
  const others = open.filter((one) => !tooMany.includes(one));
  for (const { key } of [...tooMany, ...others.slice(0, Math.max(0, others.length + 1 - MOST))]) {
    store.remove(key);
  }
}

function isOver(attempt: Attempt, nowMs: number): boolean {
  return Date.parse(attempt.expiresAt) <= nowMs;
}

function parse(json: string): Attempt | null {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
