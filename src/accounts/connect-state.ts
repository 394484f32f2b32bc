/** The `state` of an authorization request: proof that the answer belongs to what this person began (RFC 6749, 10.12). */
import * as v from 'valibot';
import type { Host } from '../host/host.ts';
import type { Purpose } from './account.ts';
import { PURPOSES } from './account.ts';
import { notOurs, tooLate } from './connect-errors.ts';
import { readSigned, signed, signingKey } from './secrets.ts';

/** Where the browser comes back: Apps Script's callback for scripts, or our web app. */
export const WAYS = ['callback', 'web-app'] as const;
export type Way = (typeof WAYS)[number];

/** From the start of a connection to Google's answer. */
export const CONNECT_SECONDS = 600;

export interface ConnectState {
  /** Of the attempt that it belongs to. */
  readonly attempt: string;
  readonly purposes: readonly Purpose[];
  readonly way: Way;
}

const Payload = v.object({
  attempt: v.string(),
  purposes: v.array(v.picklist(PURPOSES)),
  way: v.picklist(WAYS),
  user: v.string(),
  expiresMs: v.number(),
});

/** The state as text: signed, for ten minutes, for the person who runs the script. */
export function stateText(
  host: Host,
  mine: Readonly<Record<string, string>>,
  { attempt, purposes, way }: ConnectState,
): string {
  const payload: v.InferOutput<typeof Payload> = {
    attempt,
    purposes: [...purposes],
    way,
    user: owner(host),
    expiresMs: host.now() + CONNECT_SECONDS * 1000,
  };
  return signed(signingKey(host, mine), 'state', payload);
}

/** @throws PurserError `oauth-refused` when it was not made here, for this person and this way, or is too old */
export function readState(
  host: Host,
  mine: Readonly<Record<string, string>>,
  text: string,
  way: Way,
): ConnectState {
  const parsed = v.safeParse(Payload, readSigned(mine, 'state', text));
  if (!parsed.success || parsed.output.way !== way || parsed.output.user !== owner(host)) throw notOurs();
  const { attempt, purposes, expiresMs } = parsed.output;
  if (host.now() >= expiresMs) throw tooLate(CONNECT_SECONDS / 60);
  return { attempt, purposes, way };
}

function owner(host: Host): string {
  return host.userEmail().toLowerCase();
}
