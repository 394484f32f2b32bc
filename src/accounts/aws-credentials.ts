/**
 * How Purser proves itself to AWS: as a role, with a session in exchange for Google's identity token and no key kept,
 * or with an access key. Both in the user properties of the person who owns the triggers.
 */
import * as v from 'valibot';
import type { CredentialSource } from '../clients/aws/credentials.ts';
import { fixedCredentials } from '../clients/aws/credentials.ts';
import type { AwsCredentials } from '../clients/aws/sigv4.ts';
import type { SessionCredentials } from '../clients/aws/sts.ts';
import { assumeRole } from '../clients/aws/sts.ts';
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import { asPurserError, type PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { credentialsMissing, identityMissing, sessionRefused } from './aws-credential-errors.ts';
import { awsSessionEntry, readAwsSession, SESSION_KEY, usableForMs } from './aws-session.ts';

const KEY = 'aws.credentials';
const SCHEMA = 2;
/** A run stops itself before 4.5 minutes: what is good for longer need not be renewed in its middle. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** What a session must still be good for when AWS gives no other just now. */
const LAST_RESORT_MS = 60_000;
/** The shortest maximum that a role can have (API_AssumeRoleWithWebIdentity), so that every role allows it. */
const SESSION_SECONDS = 3600;

const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/;
/** Regions of China have other host names, which the clients don't know, so its partition is none of these. */
const ROLE_ARN = /^arn:aws(?:-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

export interface AwsRole {
  readonly roleArn: string;
  /** Whose regional endpoint gives the sessions. */
  readonly region: string;
}

export type AwsWay =
  | ({ readonly way: 'role' } & AwsRole)
  | { readonly way: 'keys'; readonly credentials: AwsCredentials };

const Keys = v.object({
  accessKeyId: v.pipe(v.string(), v.regex(ACCESS_KEY_ID)),
  secretAccessKey: v.pipe(v.string(), v.minLength(16)),
  sessionToken: v.optional(v.string()),
});
const Stored = v.union([
  v.object({
    schema: v.literal(SCHEMA),
    way: v.literal('role'),
    roleArn: v.pipe(v.string(), v.regex(ROLE_ARN)),
    region: v.string(),
  }),
  v.object({ schema: v.literal(SCHEMA), way: v.literal('keys'), ...Keys.entries }),
  // Of the version that knew keys only.
  v.object({ schema: v.literal(1), ...Keys.entries }),
]);

/**
 * @param mine user properties of the person who runs the script
 * @returns null when there is nothing, or nothing that can be read
 */
export function awsWay(mine: Readonly<Record<string, string>>): AwsWay | null {
  const stored = parse(mine[KEY]);
  if (stored === null) return null;
  if ('way' in stored && stored.way === 'role') {
    return { way: 'role', roleArn: stored.roleArn, region: stored.region };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = stored;
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  return { way: 'keys', credentials };
}

function parse(json: string | undefined): v.InferOutput<typeof Stored> | null {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json ?? ''));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** What is wrong with keys as typed, in words; null when they can be stored. */
export function awsKeysProblem(accessKeyId: string, secretAccessKey: string): string | null {
  if (!ACCESS_KEY_ID.test(accessKeyId))
    return 'An access key id is 16 or more capital letters and digits, such as AKIA….';
  if (!/^[A-Za-z0-9/+=]{16,128}$/.test(secretAccessKey)) {
    return 'A secret access key has 40 letters, digits, / and +, and no spaces.';
  }
  return null;
}

/** What is wrong with a role's ARN as typed, in words; null when it can be stored. */
export function awsRoleProblem(roleArn: string): string | null {
  return ROLE_ARN.test(roleArn)
    ? null
    : 'A role’s ARN looks like arn:aws:iam::111122223333:role/purser-reader: twelve digits, and the role’s name.';
}

/** Keeps an access key in place of whatever was there, and drops a role's session. */
export function storeAwsKeys(host: Host, credentials: AwsCredentials): void {
  const store = host.properties('user');
  store.write({ [KEY]: JSON.stringify({ schema: SCHEMA, way: 'keys', ...credentials }) });
  store.remove(SESSION_KEY);
}

/** Keeps a role in place of whatever was there, with its first session. */
export function storeAwsRole(host: Host, role: AwsRole, session: SessionCredentials): void {
  host.properties('user').write({ ...roleEntry(role), ...awsSessionEntry(role.roleArn, session) });
}

/** @param mine user properties of the person who runs the script @returns whether anything is stored, readable or not */
export function hasAws(mine: Readonly<Record<string, string>>): boolean {
  return mine[KEY] !== undefined || mine[SESSION_KEY] !== undefined;
}

/** Takes role or key out of the store, and the session; what AWS keeps of them stays. */
export function forgetAws(host: Host): void {
  const store = host.properties('user');
  store.remove(KEY);
  store.remove(SESSION_KEY);
}

/** What a run needs to reach AWS: perhaps a call, which goes out beside others, and then the credentials. */
export interface AwsAccess {
  /** Undefined when there is nothing to be asked. */
  readonly call: Call<SessionCredentials> | undefined;
  /**
   * A new session is written before it is used.
   * @param outcome of the call
   * @param otherRegions asked in turn when the role's is out of reach; a session is good in all
   * @throws PurserError `aws-credentials-missing`, `authorization-partial`, or the call's
   */
  credentials(
    outcome: Outcome<SessionCredentials> | undefined,
    otherRegions: readonly (string | null)[],
  ): CredentialSource;
}

/**
 * No lease, unlike the tokens of connected accounts: two runs at once get a session each, and both are good; the one
 * written last is kept.
 *
 * @param mine user properties of the person who runs the script
 * @param neededForMs how long a kept session must still be good
 */
export function awsAccess(
  host: Host,
  mine: Readonly<Record<string, string>>,
  options: ExchangeOptions = {},
  neededForMs = RENEW_BEFORE_MS,
): AwsAccess {
  const way = awsWay(mine);
  if (way === null) {
    return {
      call: undefined,
      credentials: () => {
        throw credentialsMissing(mine[KEY] !== undefined);
      },
    };
  }
  if (way.way === 'keys') {
    return { call: undefined, credentials: () => fixedCredentials(way.credentials) };
  }
  const kept = readAwsSession(mine, way.roleArn);
  const leftMs = kept === null ? 0 : usableForMs(kept, host.now());
  if (kept !== null && leftMs >= neededForMs) {
    return {
      call: undefined,
      credentials: (_, otherRegions) => sessionSource(host, way, kept, otherRegions, options),
    };
  }
  return {
    call: sessionCall(host, way),
    credentials: (outcome, otherRegions) => {
      const made =
        outcome === undefined || outcome.ok ? outcome : elsewhere(host, way, outcome, otherRegions, options);
      if (made?.ok) return sessionSource(host, way, keep(host, way, made.value), otherRegions, options);
      if (
        kept !== null &&
        made !== undefined &&
        isPassing(made.error) &&
        usableForMs(kept, host.now()) >= LAST_RESORT_MS
      ) {
        host.log({ event: 'aws-session-kept', code: made.error.code });
        return sessionSource(host, way, kept, otherRegions, options);
      }
      throw made?.error ?? credentialsMissing(true);
    },
  };
}

/** The call that gives a session for a role. Its failure is `authorization-partial` without an identity token. */
export function sessionCall(host: Host, { roleArn, region }: AwsRole): Call<SessionCredentials> {
  return assumeRole({
    region,
    roleArn,
    sessionName: sessionName(host.userEmail()),
    identityToken: () => {
      const token = host.identityToken();
      if (token === null) throw identityMissing();
      return token;
    },
    durationSeconds: SESSION_SECONDS,
  });
}

/** For CloudTrail; the characters that RoleSessionName may have (API_AssumeRoleWithWebIdentity). */
function sessionName(email: string): string {
  return `purser-${email.replace(/[^A-Za-z0-9_=,.@-]/g, '-')}`.slice(0, 64);
}

/**
 * The same from another region's endpoint, when the first could not be reached; else the outcome as it was. The region
 * that gave a session is asked first from then on: the other may have left the manifest for good.
 */
function elsewhere(
  host: Host,
  role: AwsRole,
  outcome: Extract<Outcome<SessionCredentials>, { ok: false }>,
  otherRegions: readonly (string | null)[],
  options: ExchangeOptions,
): Outcome<SessionCredentials> {
  if (!isPassing(outcome.error) && !isRegionOff(outcome.error)) return outcome;
  const others = new Set(otherRegions.flatMap((one) => one ?? []));
  others.delete(role.region);
  for (const region of others) {
    const made = exchange(host, { call: sessionCall(host, { ...role, region }) }, within(options)).call;
    if (!made.ok) continue;
    moveRole(host, role, region);
    return made;
  }
  return outcome;
}

/** AWS has regions whose token service an account must activate first (API_AssumeRoleWithWebIdentity). */
function isRegionOff({ data }: PurserError): boolean {
  return data.awsError === 'RegionDisabledException';
}

/** Only the role that was read: Set up… may have put another in its place meanwhile. */
function moveRole(host: Host, { roleArn, region: from }: AwsRole, region: string): void {
  const store = host.properties('user');
  try {
    host.withLock(() => {
      const now = parse(store.read(KEY) ?? undefined);
      if (now === null || !('way' in now) || now.way !== 'role') return;
      if (now.roleArn !== roleArn || now.region !== from) return;
      store.write(roleEntry({ roleArn, region }));
      host.log({ event: 'aws-region-moved', from, to: region });
    });
  } catch (thrown) {
    // The session is there all the same; the next run moves it.
    host.log({ event: 'aws-region-not-moved', code: asPurserError(thrown).code });
  }
}

function roleEntry({ roleArn, region }: AwsRole): Record<string, string> {
  return { [KEY]: JSON.stringify({ schema: SCHEMA, way: 'role', roleArn, region }) };
}

function isPassing({ kind }: PurserError): boolean {
  return kind === 'unavailable' || kind === 'malformed';
}

function keep(host: Host, { roleArn }: AwsRole, session: SessionCredentials): SessionCredentials {
  host.properties('user').write(awsSessionEntry(roleArn, session));
  return session;
}

/** A session that AWS refuses is dropped and replaced, once. */
function sessionSource(
  host: Host,
  role: AwsRole,
  first: SessionCredentials,
  otherRegions: readonly (string | null)[],
  options: ExchangeOptions,
): CredentialSource {
  let current = first;
  return {
    current: () => current,
    renew: (refused) => {
      if (refused.accessKeyId !== current.accessKeyId) return;
      if (current !== first) throw sessionRefused(role.roleArn);
      host.log({ event: 'aws-session-refused' });
      host.properties('user').remove(SESSION_KEY);
      const asked = exchange(host, { call: sessionCall(host, role) }, within(options)).call;
      const made = asked.ok ? asked : elsewhere(host, role, asked, otherRegions, options);
      current = keep(host, role, valueOrThrow(made));
    },
  };
}

/** Without the listener: a renewal is none of the rounds that it counts. */
function within({ deadlineMs }: ExchangeOptions): ExchangeOptions {
  return deadlineMs === undefined ? {} : { deadlineMs };
}
