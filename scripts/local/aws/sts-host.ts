/**
 * AWS's Security Token Service as far as Purser needs it: AssumeRoleWithWebIdentity for Google's identity tokens
 * (docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html), by the query protocol, in XML.
 */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../contract.ts';
import { makeSession, openSession, type Session } from './sessions.ts';

export interface LocalRole {
  /** `arn:aws:iam::123456789012:role/purser-reader` */
  readonly roleArn: string;
  /** The conditions of its trust policy: what `accounts.google.com:aud` and `:sub` must be. */
  readonly trust: { readonly aud: string; readonly sub: readonly string[] };
  /** 3,600 to 43,200; default 3,600. */
  readonly maxSessionSeconds?: number;
}

export interface StsHostOptions {
  readonly regions: readonly string[];
  readonly roles: readonly LocalRole[];
  /** Of whoever issues the identity tokens. */
  readonly publicKey: JsonWebKey;
  readonly clock: Clock;
}

export interface StsHost {
  readonly hosts: readonly string[];
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** A person changes the roles in IAM. */
  setRoles(roles: readonly LocalRole[]): void;
  /** A person deletes the roles and makes them anew: AWS no longer knows the sessions that there were. */
  forgetSessions(): void;
  /** The session of a token; null when AWS does not know it. */
  sessionOf(sessionToken: string): Session | null;
}

interface StsRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
/** "can range from 900 seconds (15 minutes) up to the maximum session duration setting for the role" */
const LEAST_SECONDS = 900;
const DEFAULT_MOST_SECONDS = 3600;
const PROVIDER = 'accounts.google.com';

export function createStsHost(options: StsHostOptions): StsHost {
  let { roles } = options;
  let number = 0;
  let epoch = 0;
  const key = createPublicKey({ key: options.publicKey, format: 'jwk' });

  const answer = (form: URLSearchParams): string | StsRefusal => {
    const asked = readForm(form);
    if ('code' in asked) return asked;
    const claims = verifiedClaims(asked.token, key);
    if (claims === null) {
      return refuse(400, 'InvalidIdentityToken', 'The ID Token provided is not a valid JWT.');
    }
    const nowMs = options.clock.now();
    if (claims.exp * 1000 <= nowMs) {
      return refuse(400, 'ExpiredTokenException', 'The web identity token that was passed is expired.');
    }
    const role = roles.find(({ roleArn }) => roleArn === asked.roleArn);
    // A role that isn't there is refused as one that doesn't trust.
    if (role === undefined || !trusts(role, claims)) {
      return refuse(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
    }
    if (asked.durationSeconds > (role.maxSessionSeconds ?? DEFAULT_MOST_SECONDS)) {
      return invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    }
    const issuedMs = Math.floor(nowMs / 1000) * 1000;
    const session = makeSession({
      roleArn: role.roleArn,
      sub: claims.sub,
      expiresAtMs: issuedMs + asked.durationSeconds * 1000,
      number: number++,
      epoch,
    });
    return resultXml(session, asked.sessionName, claims);
  };

  return {
    hosts: options.regions.map((region) => `sts.${region}.amazonaws.com`),
    handle(request, response) {
      received(request).then(
        (body) => {
          const outcome = answer(new URLSearchParams(body));
          const requestId = requestIdOf(body);
          const isResult = typeof outcome === 'string';
          response.statusCode = isResult ? 200 : outcome.status;
          response.setHeader('Content-Type', 'text/xml');
          response.setHeader('x-amzn-RequestId', requestId);
          response.end(isResult ? responseXml(outcome, requestId) : errorXml(outcome, requestId));
        },
        () => response.destroy(),
      );
    },
    setRoles(next) {
      roles = next;
    },
    forgetSessions() {
      epoch += 1;
    },
    sessionOf(sessionToken) {
      const session = openSession(sessionToken);
      return session?.epoch === epoch ? session : null;
    },
  };
}

interface Asked {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly token: string;
  readonly durationSeconds: number;
}

/** Bounds and patterns are those of the API page. */
function readForm(form: URLSearchParams): Asked | StsRefusal {
  const action = form.get('Action');
  if (action === null) {
    return refuse(400, 'MissingAction', 'The request is missing an action or a required parameter.');
  }
  if (action !== 'AssumeRoleWithWebIdentity' || form.get('Version') !== '2011-06-15') {
    return refuse(
      400,
      'InvalidAction',
      `Could not find operation ${action} for version ${form.get('Version')}`,
    );
  }
  // "Do not specify this value for OpenID Connect ID tokens."
  if (form.has('ProviderId')) return invalid('ProviderId is not for OpenID Connect ID tokens.');
  const roleArn = form.get('RoleArn') ?? '';
  const sessionName = form.get('RoleSessionName') ?? '';
  const token = form.get('WebIdentityToken') ?? '';
  const durationSeconds = Number(form.get('DurationSeconds') ?? DEFAULT_MOST_SECONDS);
  if (roleArn.length < 20) return constraint('roleArn', 'length greater than or equal to 20');
  if (roleArn.length > 2048) return constraint('roleArn', 'length less than or equal to 2048');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    return constraint('roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*');
  }
  if (token.length < 4) return constraint('webIdentityToken', 'length greater than or equal to 4');
  if (token.length > 20_000) return constraint('webIdentityToken', 'length less than or equal to 20000');
  if (!(durationSeconds >= LEAST_SECONDS)) {
    return constraint('durationSeconds', `value greater than or equal to ${LEAST_SECONDS}`);
  }
  if (durationSeconds > 43_200) return constraint('durationSeconds', 'value less than or equal to 43200');
  return { roleArn, sessionName, token, durationSeconds };
}

interface IdentityClaims {
  readonly iss: string;
  readonly aud: string;
  readonly azp?: string;
  readonly sub: string;
  /** Seconds since 1970 UTC. */
  readonly exp: number;
}

/** Null for what is no token of the built-in provider. */
function verifiedClaims(token: string, key: KeyObject): IdentityClaims | null {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  try {
    const { alg } = jsonOf(header) as { alg?: unknown };
    const signed = bytesOf(Buffer.from(`${header}.${payload}`));
    const given = bytesOf(Buffer.from(signature, 'base64url'));
    if (alg !== 'ES256' || !verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, given)) return null;
    const claims = jsonOf(payload) as IdentityClaims;
    const isWhole = typeof claims.sub === 'string' && typeof claims.aud === 'string';
    return isWhole && typeof claims.exp === 'number' && claims.iss.replace(/^https:\/\//, '') === PROVIDER
      ? claims
      : null;
  } catch {
    return null;
  }
}

/**
 * `accounts.google.com:aud` is compared with `azp` where there is one
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif).
 */
function trusts({ trust }: LocalRole, { aud, azp, sub }: IdentityClaims): boolean {
  return trust.aud === (azp ?? aud) && trust.sub.includes(sub);
}

function resultXml(session: Session, sessionName: string, { aud, azp, sub }: IdentityClaims): string {
  const [, account = '', role = ''] = /^arn:[\w-]+:iam::(\d+):role\/(.+)$/.exec(session.roleArn) ?? [];
  const roleName = role.replace(/^.*\//, '');
  return [
    '  <AssumeRoleWithWebIdentityResult>',
    element('SubjectFromWebIdentityToken', sub, 4),
    element('Audience', azp ?? aud, 4),
    '    <AssumedRoleUser>',
    element('Arn', `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`, 6),
    element('AssumedRoleId', `AROALOCALWORKSPACE000:${sessionName}`, 6),
    '    </AssumedRoleUser>',
    '    <Credentials>',
    element('SessionToken', session.sessionToken, 6),
    element('SecretAccessKey', session.secretAccessKey, 6),
    element('Expiration', isoSeconds(session.expiresAtMs), 6),
    element('AccessKeyId', session.accessKeyId, 6),
    '    </Credentials>',
    element('Provider', PROVIDER, 4),
    '  </AssumeRoleWithWebIdentityResult>',
  ].join('\n');
}

function responseXml(result: string, requestId: string): string {
  return [
    `<AssumeRoleWithWebIdentityResponse xmlns="${NAMESPACE}">`,
    result,
    '  <ResponseMetadata>',
    element('RequestId', requestId, 4),
    '  </ResponseMetadata>',
    '</AssumeRoleWithWebIdentityResponse>',
    '',
  ].join('\n');
}

/** An example of AWS's own answer is in github.com/aws/aws-sdk-js/issues/198. */
function errorXml({ status, code, message }: StsRefusal, requestId: string): string {
  return [
    `<ErrorResponse xmlns="${NAMESPACE}">`,
    '  <Error>',
    element('Type', status >= 500 ? 'Receiver' : 'Sender', 4),
    element('Code', code, 4),
    element('Message', message, 4),
    '  </Error>',
    element('RequestId', requestId, 2),
    '</ErrorResponse>',
    '',
  ].join('\n');
}

function element(name: string, text: string, indent: number): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `${' '.repeat(indent)}<${name}>${escaped}</${name}>`;
}

/** `2014-10-24T23:00:23Z` */
function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}

function refuse(status: number, code: string, message: string): StsRefusal {
  return { status, code, message };
}

function invalid(message: string): StsRefusal {
  return refuse(400, 'ValidationError', message);
}

/** AWS repeats the value there; whoever logs its words logs a token. */
function constraint(name: string, rule: string): StsRefusal {
  return invalid(
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have ${rule}`,
  );
}

async function received(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  return isForm && request.method === 'POST' ? Buffer.concat(chunks).toString('utf8') : '';
}

/** The same for the same request. */
function requestIdOf(body: string): string {
  const hex = createHash('sha256').update(body).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function jsonOf(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer);
}
