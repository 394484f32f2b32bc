/**
 * Whether AWS would take a request's signature. The signature is computed again by aws4, which shares nothing with
 * Purser's own signer. Order and words of the refusals are those that dynalite's authors saw from DynamoDB
 * (https://github.com/architect/dynalite/blob/main/index.js) and of
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html.
 */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import aws4 from 'aws4';

export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials only: then every request must carry it. */
  readonly sessionToken?: string;
  /** Milliseconds since 1970 UTC; from then on the session token is refused. */
  readonly expiresAtMs?: number;
}

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface Authority {
  readonly region: string;
  readonly service: string;
  readonly credentials: readonly LocalCredentials[];
  readonly nowMs: number;
}

/** A refusal of the layer in front of the service. */
export interface AuthRefusal {
  /** `com.amazon.coral.service#…` */
  readonly name: string;
  readonly message: string;
}

const TOLERANCE_MS = 5 * 60_000;
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const WRONG_SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** Null for a request that AWS would let through to the service. */
export function signatureRefusal(request: ReceivedRequest, authority: Authority): AuthRefusal | null {
  const authorization = request.headers.authorization?.trim();
  if (authorization === undefined || !authorization.startsWith('AWS4-')) {
    return refuse('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  const claim = readAuthorization(authorization, request.headers);
  if ('name' in claim) return claim;
  return (
    momentRefusal(claim.moment, authority.nowMs) ??
    signedHeadersRefusal(claim.signedHeaders, request.headers) ??
    scopeRefusal(claim, authority) ??
    credentialsRefusal(claim, request, authority)
  );
}

interface Claim {
  readonly moment: string;
  readonly accessKeyId: string;
  readonly scope: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function readAuthorization(authorization: string, headers: IncomingHttpHeaders): Claim | AuthRefusal {
  const [algorithm = '', ...rest] = authorization.split(/[ ,]+/);
  const parts = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 0) {
      return refuse(
        'IncompleteSignatureException',
        `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
      );
    }
    parts.set(part.slice(0, equals), part.slice(equals + 1));
  }
  const moment = oneOf(headers['x-amz-date']) ?? headers.date;
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `);
  if (moment === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  if (missing.length > 0 || moment === undefined) {
    return refuse('IncompleteSignatureException', `${missing.join('')}Authorization=${authorization}`);
  }
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    return refuse(
      'IncompleteSignatureException',
      `Unsupported AWS 'algorithm': '${algorithm}' (only AWS4-HMAC-SHA256 for now). `,
    );
  }
  const credential = parts.get('Credential') ?? '';
  const [accessKeyId = '', ...scope] = credential.replace(/\/+$/, '').split('/');
  if (scope.length !== 4) {
    return refuse(
      'IncompleteSignatureException',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return {
    moment,
    accessKeyId,
    scope,
    signedHeaders: (parts.get('SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: parts.get('Signature') ?? '',
  };
}

function momentRefusal(moment: string, nowMs: number): AuthRefusal | null {
  const signedMs = parseBasic(moment);
  if (signedMs === null) {
    return refuse(
      'IncompleteSignatureException',
      `Date must be in ISO-8601 'basic format'. Got '${moment}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const now = formatBasic(nowMs);
  if (signedMs < nowMs - TOLERANCE_MS) {
    return refuse(
      'InvalidSignatureException',
      `Signature expired: ${moment} is now earlier than ${formatBasic(nowMs - TOLERANCE_MS)} (${now} - 5 min.)`,
    );
  }
  if (signedMs > nowMs + TOLERANCE_MS) {
    return refuse(
      'InvalidSignatureException',
      `Signature not yet current: ${moment} is still later than ${formatBasic(nowMs + TOLERANCE_MS)} (${now} + 5 min.)`,
    );
  }
  return null;
}

/** Host and every `x-amz-*` header must be signed. */
function signedHeadersRefusal(signed: readonly string[], headers: IncomingHttpHeaders): AuthRefusal | null {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = needed.find((name) => !signed.includes(name));
  if (unsigned === undefined) return null;
  const name = unsigned === 'host' ? 'Host' : unsigned;
  return refuse('InvalidSignatureException', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
}

function scopeRefusal(claim: Claim, authority: Authority): AuthRefusal | null {
  const [day = '', region = '', service = '', terminator = ''] = claim.scope;
  const problems: string[] = [];
  if (region !== authority.region) {
    problems.push(`Credential should be scoped to a valid region, not '${region}'. `);
  }
  if (service !== authority.service) {
    problems.push(`Credential should be scoped to correct service: '${authority.service}'. `);
  }
  if (terminator !== 'aws4_request') {
    problems.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    );
  }
  if (day !== claim.moment.slice(0, 8)) {
    problems.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${claim.moment.slice(0, 8)}', from '${claim.moment}'. `,
    );
  }
  return problems.length === 0 ? null : refuse('InvalidSignatureException', problems.join('').trimEnd());
}

function credentialsRefusal(
  claim: Claim,
  request: ReceivedRequest,
  authority: Authority,
): AuthRefusal | null {
  const credentials = authority.credentials.find((one) => one.accessKeyId === claim.accessKeyId);
  if (credentials === undefined) return refuse('UnrecognizedClientException', INVALID_TOKEN);
  if (expectedSignature(claim, request, authority, credentials) !== claim.signature) {
    return refuse('InvalidSignatureException', WRONG_SIGNATURE);
  }
  if (oneOf(request.headers['x-amz-security-token']) !== credentials.sessionToken) {
    return refuse('UnrecognizedClientException', INVALID_TOKEN);
  }
  if (credentials.expiresAtMs !== undefined && authority.nowMs >= credentials.expiresAtMs) {
    return refuse('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return null;
}

function expectedSignature(
  claim: Claim,
  request: ReceivedRequest,
  authority: Authority,
  credentials: LocalCredentials,
): string | null {
  const bodyHash = request.headers['x-amz-content-sha256'];
  // aws4 would take the header's word for the body.
  if (bodyHash !== undefined && bodyHash !== createHash('sha256').update(request.body).digest('hex'))
    return null;
  const headers: Record<string, string> = {};
  for (const name of claim.signedHeaders) {
    const value = oneOf(request.headers[name]);
    if (value === undefined) return null;
    headers[name] = value;
  }
  // aws4 leaves out user-agent and a few more unless told, and has no type for that.
  const everySigned = Object.fromEntries(claim.signedHeaders.map((name) => [name, true]));
  const unsigned = {
    method: request.method,
    path: request.path,
    headers,
    body: Buffer.from(request.body),
    service: authority.service,
    region: authority.region,
    doNotModifyHeaders: true,
    extraHeadersToInclude: everySigned,
  };
  try {
    const signer = new aws4.RequestSigner(unsigned, credentials);
    signer.datetime = claim.moment;
    return signer.signature();
  } catch {
    // A path or query that can't be decoded.
    return null;
  }
}

function refuse(name: string, message: string): AuthRefusal {
  return { name, message };
}

function oneOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

/** `20261120T093557Z` */
function formatBasic(ms: number): string {
  return new Date(ms).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function parseBasic(moment: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(moment);
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(ms) ? null : ms;
}
