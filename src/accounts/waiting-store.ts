/** Connections that turned out to be of another account than expected: kept for a day, until the owner decides. */
import * as v from 'valibot';
import type { Identity, TokenReply } from '../clients/google/oauth.ts';
import type { Purpose } from './account.ts';
import { PURPOSES } from './account.ts';

export const WAITING_PREFIX = 'connect.waiting.';
export const WAITING_HOURS = 24;
const HOUR_MS = 3_600_000;

const Stored = v.object({
  schema: v.literal(1),
  id: v.string(),
  identity: v.object({
    subject: v.string(),
    email: v.string(),
    emailVerified: v.boolean(),
    name: v.string(),
  }),
  reply: v.object({
    accessToken: v.string(),
    tokenType: v.string(),
    lifetimeSeconds: v.nullable(v.number()),
    refreshToken: v.nullable(v.string()),
    refreshTokenLifetimeSeconds: v.nullable(v.number()),
    scopes: v.nullable(v.array(v.string())),
    idToken: v.null(),
  }),
  purposes: v.array(v.picklist(PURPOSES)),
  expectedEmail: v.string(),
  since: v.pipe(v.string(), v.isoTimestamp()),
  invitation: v.nullable(v.string()),
  clientId: v.optional(v.string()),
});

export interface Waiting {
  readonly schema: 1;
  readonly id: string;
  readonly identity: Identity;
  /** As Google gave it, without the ID token. */
  readonly reply: TokenReply & { readonly idToken: null };
  readonly purposes: readonly Purpose[];
  readonly expectedEmail: string;
  readonly since: string;
  /** Id of the invitation that it answered. */
  readonly invitation: string | null;
  /** The OAuth client that it was given to; those of before lack it. */
  readonly clientId?: string | undefined;
}

/** For one write to user properties. */
export function waitingEntry(waiting: Waiting): Record<string, string> {
  return { [WAITING_PREFIX + waiting.id]: JSON.stringify(waiting) };
}

/** All that can be read, oldest first; those that are over as well. */
export function readWaiting(mine: Readonly<Record<string, string>>): readonly Waiting[] {
  return Object.entries(mine)
    .flatMap(([key, json]) => (key.startsWith(WAITING_PREFIX) ? parse(json) : []))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

export function isOver(waiting: Waiting, nowMs: number): boolean {
  return Date.parse(waiting.since) + WAITING_HOURS * HOUR_MS <= nowMs;
}

function parse(json: string): readonly Waiting[] {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json));
    return parsed.success ? [parsed.output] : [];
  } catch {
    return [];
  }
}
