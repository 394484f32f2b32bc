/** Refusals of an AWS service with a JSON protocol, as Purser's errors. */
import { type ErrorCode, PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import { serviceWords } from '../service-words.ts';

/** What an AWS service said no with. */
export interface AwsRefusal {
  readonly status: number;
  /** `ResourceNotFoundException`; null when the reply names none, as a proxy's would. */
  readonly awsError: string | null;
  readonly message: string;
}

/** What was asked, for the sentences of an error. */
export interface AwsRequestContext {
  /** `Query` */
  readonly action: string;
  readonly table: string;
  readonly region: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
]);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html */
const CREDENTIALS_REFUSED: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** What AWS says of a session that ran out, or whose role is gone; another session may be good. */
const SESSION_REFUSED: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);

const CLOCK_ERRORS: ReadonlySet<string> = new Set(['RequestExpired', 'RequestTimeTooSkewed']);
const SIGNATURE_ERRORS: ReadonlySet<string> = new Set(['InvalidSignatureException', 'SignatureDoesNotMatch']);
/** AWS refuses a signature whose time is five minutes off. */
const SKEW_SUSPECTED_MS = 4 * 60_000;
const MESSAGE_LIMIT = 300;

/** Reads the error's name from `__type` (`com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`). */
export function readRefusal(reply: HttpReply): AwsRefusal {
  let body: unknown = null;
  try {
    body = JSON.parse(reply.text());
  } catch {
    // A gateway's or a captive portal's page: only its status tells.
  }
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const type = fields.__type ?? reply.headers['x-amzn-errortype'];
  const name = typeof type === 'string' ? type.replace(/^.*#/, '').replace(/:.*$/, '') : '';
  // Errors of the authentication layer write `Message` in some cases.
  const message = fields.message ?? fields.Message;
  return {
    status: reply.status,
    awsError: name === '' ? null : name,
    message: typeof message === 'string' ? serviceWords(message) : '',
  };
}

/** Whether the credentials were refused as run out or unknown, rather than the signature or the right. */
export function isSessionRefused({ awsError }: AwsRefusal): boolean {
  return awsError !== null && SESSION_REFUSED.has(awsError);
}

/** Whether asking again later may help. */
export function isTransient(refusal: AwsRefusal): boolean {
  return refusal.status >= 500 || isThrottled(refusal);
}

/** The service's time (milliseconds since 1970 UTC) by the reply's `Date` header; null without a readable one. */
export function serviceTimeMs(reply: HttpReply): number | null {
  const ms = Date.parse(reply.headers.date ?? '');
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Whether the signature was refused for its time. A refused signature whose time is far from the service's counts
 * too: the words are not part of the API.
 */
export function isClockSkew(refusal: AwsRefusal, signedMs: number, serviceMs: number | null): boolean {
  const name = refusal.awsError ?? '';
  if (CLOCK_ERRORS.has(name)) return true;
  if (!SIGNATURE_ERRORS.has(name)) return false;
  if (/Signature expired|not yet current/i.test(refusal.message)) return true;
  return serviceMs !== null && Math.abs(serviceMs - signedMs) >= SKEW_SUSPECTED_MS;
}

export function clockSkewError(refusal: AwsRefusal, context: AwsRequestContext): PurserError {
  return errorOf('aws-clock-skew', refusal, context, {
    what: `DynamoDB in ${context.region} says that this request's time is wrong.`,
    now: 'Try again in a few minutes; the clock of the script or of a proxy on the way is off.',
  });
}

/** The refusal as an error; `data` has `awsError`, `status`, `action`, `table`, `region` and AWS's words. */
export function refusalError(refusal: AwsRefusal, context: AwsRequestContext): PurserError {
  const name = refusal.awsError ?? `HTTP ${refusal.status}`;
  const { action, table, region } = context;
  const at = `table ${table} in ${region}`;
  if (isThrottled(refusal)) {
    return errorOf('service-throttled', refusal, context, {
      what: `DynamoDB limits how fast ${at} may be read (${name}).`,
      now: "Try again in a few minutes; if it stays, raise the table's read capacity.",
    });
  }
  if (refusal.status >= 500) {
    return errorOf('service-unavailable', refusal, context, {
      what: `DynamoDB could not answer for ${at} (${name}).`,
      now: 'Try again in a few minutes.',
    });
  }
  if (refusal.awsError !== null && CREDENTIALS_REFUSED.has(refusal.awsError)) {
    return errorOf('aws-credentials-refused', refusal, context, {
      what: `AWS in ${region} refused Purser's credentials (${name}).`,
      now: credentialsAdvice(refusal.awsError),
    });
  }
  return errorOf('aws-refused', refusal, context, {
    what: `DynamoDB refused ${action} on ${at} (${name}).`,
    now: refusalAdvice(refusal, context),
  });
}

function isThrottled(refusal: AwsRefusal): boolean {
  return refusal.status === 429 || (refusal.awsError !== null && THROTTLED.has(refusal.awsError));
}

function credentialsAdvice(awsError: string): string {
  if (awsError.startsWith('ExpiredToken'))
    return 'Connect AWS again: the temporary credentials have run out.';
  if (awsError === 'UnrecognizedClientException' || awsError === 'InvalidClientTokenId') {
    return 'Check that the access key exists, is active and, when temporary, has its session token; then enter it again.';
  }
  return 'Enter the access key and its secret again.';
}

function refusalAdvice(refusal: AwsRefusal, context: AwsRequestContext): string {
  switch (refusal.awsError) {
    case 'AccessDeniedException':
      return `Allow dynamodb:${context.action} on table ${context.table} and its indexes for Purser's role or key.`;
    case 'ResourceNotFoundException':
      return "Check the table's name and the region in the settings.";
    case 'ValidationException':
      return `Check the table, index and attribute names in the settings${
        refusal.message === '' ? '.' : `; AWS says: ${refusal.message.slice(0, MESSAGE_LIMIT)}`
      }`;
    default:
      return 'Check the AWS settings.';
  }
}

function errorOf(
  code: ErrorCode,
  refusal: AwsRefusal,
  context: AwsRequestContext,
  words: { what: string; now: string },
): PurserError {
  const { action, table, region } = context;
  // Refused signatures may quote the signed headers, a session token among them.
  const isQuotable = code === 'aws-refused' || code === 'service-throttled';
  return new PurserError(code, {
    ...words,
    data: {
      awsError: refusal.awsError,
      awsMessage: isQuotable ? refusal.message.slice(0, MESSAGE_LIMIT) : null,
      status: refusal.status,
      action,
      table,
      region,
    },
  });
}
