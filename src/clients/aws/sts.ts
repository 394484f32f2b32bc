/**
 * Credentials for a while, in exchange for Google's identity token: AssumeRoleWithWebIdentity
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). The request is not signed:
 * the identity token is what proves who asks.
 */
import { type ErrorCode, PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import { FORM_TYPE, formBody } from '../form.ts';
import type { AwsCredentials } from './sigv4.ts';
import { elementText, isWhole } from './xml-text.ts';

export interface SessionCredentials extends AwsCredentials {
  readonly sessionToken: string;
  /** ISO 8601 UTC; AWS refuses the session from then on. */
  readonly expiresAt: string;
}

export interface AssumeRoleRequest {
  /** `us-east-1`. A session of a regional endpoint is good in all regions. */
  readonly region: string;
  /** `arn:aws:iam::111122223333:role/purser-reader` */
  readonly roleArn: string;
  /** For CloudTrail: 2 to 64 letters, digits and `_=,.@-`. */
  readonly sessionName: string;
  /** Google’s OpenID Connect token; asked at each attempt. @throws PurserError when there is none */
  readonly identityToken: () => string;
  /** From 900 to the role’s maximum, which is 3,600 unless somebody changed it. */
  readonly durationSeconds: number;
}

/**
 * What passes with time: IDPCommunicationError of the API page above, the rest of
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html; a 5xx is one whatever it says.
 */
const TRANSIENT: ReadonlySet<string> = new Set([
  'IDPCommunicationError',
  'InternalFailure',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** “Get a new identity token from the identity provider and then retry the request” (the API page above). */
const OUTDATED: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException']);

const THROTTLED = /^(?:Throttling|RequestLimit|TooManyRequests)/;
const RESPONSE = 'AssumeRoleWithWebIdentityResponse';

/**
 * Repeatable: each success is a session of its own, and an unused one harms nobody.
 *
 * Failures: `aws-role-refused` (`data.awsError` says which), `aws-refused`, `service-throttled`, `service-unavailable`,
 * `reply-malformed`. None quotes AWS’s message: some of those repeat a parameter’s value.
 * @throws PurserError `settings-invalid` for what isn't a region's name: it becomes part of an address
 */
export function assumeRole(request: AssumeRoleRequest): Call<SessionCredentials> {
  const { region, roleArn, sessionName, durationSeconds } = request;
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region)) {
    throw new PurserError('settings-invalid', {
      what: `“${region.slice(0, 40)}” is not an AWS region.`,
      now: 'Choose Purser › Set up… and enter the role again.',
    });
  }
  return {
    name: `AssumeRoleWithWebIdentity in ${region}`,
    repeatable: true,
    request: () => ({
      method: 'POST',
      url: `https://sts.${region}.amazonaws.com/`,
      headers: {},
      contentType: FORM_TYPE,
      // No ProviderId: it is for OAuth 2.0 access tokens, and Google’s OpenID Connect is built in.
      body: formBody({
        Action: 'AssumeRoleWithWebIdentity',
        Version: '2011-06-15',
        DurationSeconds: String(durationSeconds),
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        WebIdentityToken: request.identityToken(),
      }),
    }),
    settle: (reply) => settle(reply, request),
  };
}

function settle(reply: HttpReply, request: AssumeRoleRequest): Settled<SessionCredentials> {
  const xml = reply.text();
  if (reply.status === 200) {
    const session = readSession(xml);
    return session === null ? { kind: 'retry', error: malformed(request) } : { kind: 'done', value: session };
  }
  // A page of HTML, as front ends and proxies answer, has none: then the service itself said nothing.
  const awsError = isWhole(xml, 'ErrorResponse') ? elementText(xml, 'Code') : null;
  const isPassing =
    reply.status >= 500 ||
    reply.status === 429 ||
    awsError === null ||
    TRANSIENT.has(awsError) ||
    OUTDATED.has(awsError);
  return isPassing
    ? { kind: 'retry', error: passing(reply.status, awsError, request) }
    : { kind: 'failed', error: refusal(reply.status, awsError, request) };
}

/** Null when a part is missing or can't be one: a reply that broke off, or another’s page. */
function readSession(xml: string): SessionCredentials | null {
  if (!isWhole(xml, RESPONSE)) return null;
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map((name) => elementText(xml, name)?.trim() ?? '');
  const expiresMs = Date.parse(expiration ?? '');
  if (!/^\w{16,128}$/.test(accessKeyId ?? '') || Number.isNaN(expiresMs)) return null;
  // Both become parts of headers.
  if (!isHeaderText(secretAccessKey) || !isHeaderText(sessionToken)) return null;
  return {
    accessKeyId: accessKeyId ?? '',
    secretAccessKey,
    sessionToken,
    expiresAt: new Date(expiresMs).toISOString(),
  };
}

function isHeaderText(text: string | undefined): text is string {
  return text !== undefined && /^[\x21-\x7e]+$/.test(text);
}

function malformed(request: AssumeRoleRequest): PurserError {
  return new PurserError('reply-malformed', {
    what: `The reply of AWS's token service in ${request.region} breaks off or is not what it should be.`,
    now: 'Try again in a few minutes.',
    data: { region: request.region },
  });
}

function passing(status: number, awsError: string | null, { region }: AssumeRoleRequest): PurserError {
  const isThrottled = status === 429 || THROTTLED.test(awsError ?? '');
  const name = awsError ?? `HTTP ${status}`;
  if (awsError !== null && OUTDATED.has(awsError)) {
    return new PurserError('service-unavailable', {
      what: `Google's identity token had run out each time that AWS looked at it (${awsError}).`,
      now: 'Try again in a few minutes; Google gives a new one each hour.',
      data: { awsError, status, region },
    });
  }
  return new PurserError(isThrottled ? 'service-throttled' : 'service-unavailable', {
    what: isThrottled
      ? `AWS's token service in ${region} limits how fast it may be asked (${name}).`
      : `AWS's token service in ${region} could not answer (${name}).`,
    now: 'Try again in a few minutes.',
    data: { awsError, status, region },
  });
}

function refusal(status: number, awsError: string, { region, roleArn }: AssumeRoleRequest): PurserError {
  const words = wordsOf(awsError, roleArn, region);
  const code: ErrorCode = words === null ? 'aws-refused' : 'aws-role-refused';
  return new PurserError(code, {
    what: words?.what ?? `AWS did not let Purser act as the role ${roleArn} (${awsError}).`,
    now: words?.now ?? 'Check the role in IAM, then choose Purser › Set up….',
    data: { awsError, status, region },
  });
}

/** What to look at, by the errors that the API page above and “Common Errors” name; null for others. */
function wordsOf(awsError: string, roleArn: string, region: string): { what: string; now: string } | null {
  switch (awsError) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return {
        what: `AWS does not let Purser act as the role ${roleArn} (${awsError}).`,
        now: 'In IAM check that the role exists and that its trust policy names accounts.google.com, and as aud and sub what Purser › Set up… shows: another person, or a copy of the workbook, has others.',
      };
    case 'InvalidIdentityToken':
      return {
        what: `AWS could not accept Google's identity token for the role ${roleArn} (${awsError}).`,
        now: 'In IAM check the role’s trust policy: its principal must be accounts.google.com, and accounts.google.com:aud the audience that Purser › Set up… shows.',
      };
    case 'IDPRejectedClaim':
      return {
        what: `Google did not confirm to AWS who Purser runs as (${awsError}), so the role ${roleArn} was refused.`,
        now: 'Open the workbook again and choose Purser › Set up…; if it stays, compare sub in the role’s trust policy with the one shown there.',
      };
    case 'RegionDisabledException':
      return {
        what: `AWS's token service is not active in ${region} for the account of ${roleArn} (${awsError}).`,
        now: `In IAM › Account settings activate STS in ${region}, or choose another “Primary region” and then Purser › Set up….`,
      };
    case 'ValidationError':
      return {
        what: `AWS does not take what was asked for the role ${roleArn} (${awsError}).`,
        now: 'Check the role’s ARN, and that its maximum session duration is an hour or more; then choose Purser › Set up….',
      };
    default:
      return null;
  }
}
