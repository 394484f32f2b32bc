/**
 * Invitations: a link by which somebody else connects their account, in their own browser. It leads to a web app that
 * runs as the owner (developers.google.com/apps-script/guides/web#permissions), because Apps Script's callback only
 * takes back the person who began (github.com/googleworkspace/apps-script-oauth2 issue 74).
 */
import * as v from 'valibot';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Purpose } from './account.ts';
import { consentLink } from './connect.ts';
import type { Invitation } from './invitation-store.ts';
import { INVITATION_PREFIX, invitationEntry, readInvitations, whyGone } from './invitation-store.ts';
import { hasOAuthClient, loadOAuthClient } from './oauth-client.ts';
import { readSigned, signed, signingKey } from './secrets.ts';
import type { TrailEvent } from './trail.ts';
import { trailEntry } from './trail.ts';
import { storeWebAppUrl, webAppUrl, webAppUrlProblem } from './web-app-url.ts';

export { storeWebAppUrl, webAppUrlProblem };

const DAYS = 7;
const DAY_MS = 86_400_000;
const MOST_OPEN = 20;
const LONGEST_NAME = 200;

const Payload = v.object({ invitation: v.string(), user: v.string() });

/** A link for seven days, used up by one successful connection. */
export interface InvitationLink {
  readonly url: string;
  /** ISO 8601 UTC */
  readonly expiresAt: string;
}

/**
 * @param request.email the account that is to be connected; null for any. Another one then waits to be confirmed
 * @param request.company who invites, for the page
 * @throws PurserError `oauth-client-missing`; `web-app-missing` when nothing is deployed that could be opened
 */
export function makeInvitation(
  host: Host,
  request: {
    readonly purposes: readonly Purpose[];
    readonly email: string | null;
    readonly company: string;
    readonly workbookUrl: string;
  },
): InvitationLink {
  const mine = host.properties('user').readAll();
  loadOAuthClient(mine);
  const url = webAppUrl(host, mine);
  if (url === null) throw notDeployed();
  const nowMs = host.now();
  const invitation: Invitation = {
    schema: 1,
    id: host.uuid(),
    purposes: [...request.purposes],
    email: request.email?.trim() || null,
    company: request.company.slice(0, LONGEST_NAME),
    workbookUrl: request.workbookUrl,
    by: host.userEmail(),
    webAppUrl: url,
    createdAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + DAYS * DAY_MS).toISOString(),
    usedAt: null,
  };
  const token = signed(signingKey(host, mine), 'invitation', {
    invitation: invitation.id,
    user: invitation.by.toLowerCase(),
  });
  host.withLock(() => {
    const store = host.properties('user');
    const all = store.readAll();
    const kept = readInvitations(all);
    const over = kept.filter((one) => Date.parse(one.expiresAt) <= nowMs);
    if (kept.filter((one) => whyGone(one, nowMs) === null).length >= MOST_OPEN) throw tooMany();
    for (const { id } of over) store.remove(INVITATION_PREFIX + id);
    const event = toldOf(host, invitation, { what: 'invited', detail: invitation.purposes.join(', ') });
    store.write({ ...invitationEntry(invitation), ...trailEntry(all, [event]) });
  });
  return { url: `${url}?invitation=${token}`, expiresAt: invitation.expiresAt };
}

export type OpenedInvitation =
  | {
      readonly kind: 'page';
      readonly company: string;
      readonly by: string;
      readonly purposes: readonly Purpose[];
      readonly email: string | null;
      /** The same page of the web app, where who goes on begins to connect. */
      readonly url: string;
    }
  /** Google's consent page, for ten minutes. */
  | { readonly kind: 'begun'; readonly url: string }
  | { readonly kind: 'gone'; readonly why: string };

/**
 * What the web app shows to who opened the link, and, with `go`, to who went on from there. Only going on begins a
 * connection: mail programs look at a link before a person does, and each connection that is begun may push out another.
 * @throws PurserError what the store failed with
 */
export function openInvitation(host: Host, parameter: Readonly<Record<string, string>>): OpenedInvitation {
  const mine = host.properties('user').readAll();
  const payload = v.safeParse(Payload, readSigned(mine, 'invitation', parameter.invitation ?? ''));
  // The key is in the user properties of who made the invitation: no other account can read it.
  if (!payload.success || payload.output.user !== host.userEmail().toLowerCase()) return foreign();
  const invitation = readInvitations(mine).find(({ id }) => id === payload.output.invitation);
  const why = whyGone(invitation, host.now());
  if (invitation === undefined || why !== null) return { kind: 'gone', why: why ?? '' };
  if (!hasOAuthClient(mine)) {
    return { kind: 'gone', why: `${invitation.by} took Purser’s connection to Google out of use.` };
  }
  const { company, by, purposes, email } = invitation;
  if (parameter.go === undefined) {
    const url = `${invitation.webAppUrl}?invitation=${parameter.invitation}&go=1`;
    return { kind: 'page', company, by, purposes, email, url };
  }
  const { url } = consentLink(host, mine, {
    purposes,
    expected: email === null ? null : { subject: null, email },
    loginHint: email,
    redirectUri: invitation.webAppUrl,
    way: 'web-app',
    invitation: invitation.id,
  });
  return { kind: 'begun', url };
}

/** Those that can still be used, oldest first; without their links, which are shown once. */
export function openInvitations(
  mine: Readonly<Record<string, string>>,
  nowMs: number,
): readonly Pick<Invitation, 'id' | 'email' | 'purposes' | 'createdAt' | 'expiresAt'>[] {
  return readInvitations(mine)
    .filter((one) => whyGone(one, nowMs) === null)
    .map(({ id, email, purposes, createdAt, expiresAt }) => ({ id, email, purposes, createdAt, expiresAt }));
}

/** The link is worth nothing from now on, also for whoever has its page open. */
export function withdrawInvitation(host: Host, id: string): void {
  host.withLock(() => {
    const store = host.properties('user');
    const mine = store.readAll();
    const invitation = readInvitations(mine).find((one) => one.id === id);
    if (invitation !== undefined && invitation.usedAt === null) {
      store.write(trailEntry(mine, [toldOf(host, invitation, { what: 'withdrawn' })]));
    }
    store.remove(INVITATION_PREFIX + id);
  });
}

function toldOf(host: Host, { email }: Invitation, told: Pick<TrailEvent, 'what' | 'detail'>): TrailEvent {
  const who = { subject: '', email: email ?? 'anybody’s account', by: host.userEmail() };
  return { at: new Date(host.now()).toISOString(), ...who, times: 1, ...told };
}

/** No address is named: the link may be anybody's forgery. */
function foreign(): OpenedInvitation {
  return {
    kind: 'gone',
    why: 'The link is not whole, or the account that this page runs as did not make the invitation. Whoever made it must deploy the web app from their own account.',
  };
}

function notDeployed(): PurserError {
  return new PurserError('web-app-missing', {
    what: 'Invitations need a web app, and none is deployed, or its address is not known.',
    now: 'In the script editor choose Deploy › New deployment › Web app, execute as yourself, access for anyone. Then enter the address that ends in /exec in Purser › Connected accounts….',
  });
}

function tooMany(): PurserError {
  return new PurserError('oauth-refused', {
    what: `There are ${MOST_OPEN} open invitations, which is the most.`,
    now: 'Withdraw some of them first.',
  });
}
