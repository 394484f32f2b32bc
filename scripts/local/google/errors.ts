/**
 * Google's error bodies. Gmail: `errors` and `status` always. Drive and Calendar: `errors` always, `status` only
 * for failures of authorization (measured live of Drive: github.com/brekkylab/backlot/pull/40).
 */
import { GoogleFailure, jsonAnswer } from './http.ts';

export type Api = 'gmail' | 'drive' | 'calendar';

export interface ErrorPlace {
  readonly location: string;
  readonly locationType: 'parameter' | 'header';
}

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  413: 'INVALID_ARGUMENT',
  500: 'INTERNAL',
};

/** `reason` as in developers.google.com/workspace/drive/api/guides/handle-errors and /gmail/api/guides/handle-errors. */
export function failure(
  api: Api,
  status: number,
  reason: string,
  message: string,
  extra: {
    place?: ErrorPlace;
    details?: readonly unknown[];
    withStatus?: boolean;
    /** The words in `errors[]` when they differ from the error's own. */
    inner?: string;
    /** Of the reason; `global` when absent. */
    domain?: string;
    headers?: Readonly<Record<string, string>>;
  } = {},
): GoogleFailure {
  const error: Record<string, unknown> = {
    code: status,
    message,
    errors: [{ message: extra.inner ?? message, domain: extra.domain ?? 'global', reason, ...extra.place }],
  };
  if (api === 'gmail' || extra.withStatus) error.status = STATUS_NAMES[status] ?? 'UNKNOWN';
  if (extra.details) error.details = extra.details;
  return new GoogleFailure(jsonAnswer(status, { error }, extra.headers ? { headers: extra.headers } : {}));
}

export function unknownRoute(): GoogleFailure {
  return failure('drive', 404, 'notFound', 'Not Found');
}

export function gmailInvalid(message: string): GoogleFailure {
  return failure('gmail', 400, 'invalidArgument', message);
}

export function gmailNotFound(): GoogleFailure {
  return failure('gmail', 404, 'notFound', 'Requested entity was not found.');
}

/** A bad parameter of a Drive request: "Invalid Value" with where it stands. */
export function driveInvalidParameter(parameter: string, message = 'Invalid Value'): GoogleFailure {
  return failure('drive', 400, 'invalid', message, {
    place: { location: parameter, locationType: 'parameter' },
  });
}

export function driveNotFound(fileId: string): GoogleFailure {
  return failure('drive', 404, 'notFound', `File not found: ${fileId}.`, {
    place: { location: 'fileId', locationType: 'parameter' },
  });
}

/** The front end's refusal of a query parameter or JSON field that the method doesn't have. */
export function unknownName(api: Api, name: string, where: 'query' | 'body'): GoogleFailure {
  const description =
    where === 'query'
      ? `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`
      : `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`;
  return failure(api, 400, 'badRequest', description, {
    withStatus: true,
    details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ description }] }],
  });
}

// cloud.google.com/apis/docs/system-parameters
const SYSTEM_PARAMETERS = new Set(
  '$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_protocol userIp'.split(
    ' ',
  ),
);

/** Refuses parameters that the method doesn't have, and an `alt` that it can't give. */
export function checkParameters(
  api: Api,
  query: URLSearchParams,
  known: readonly string[],
  media = false,
): void {
  for (const name of query.keys()) {
    if (!known.includes(name) && !SYSTEM_PARAMETERS.has(name)) throw unknownName(api, name, 'query');
  }
  const alt = query.get('alt');
  if (alt !== null && alt !== 'json' && !(media && alt === 'media')) {
    throw failure(api, 400, 'badRequest', `Unsupported alt type "${alt}" for this request.`, {
      withStatus: true,
    });
  }
}

/** An int32 parameter, or `fallback` when it is absent. */
export function integerParameter(api: Api, query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^-?\d{1,9}$/.test(text)) {
    // github.com/brekkylab/backlot/issues/337
    const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    throw failure(api, 400, 'badRequest', `Invalid value at '${field}' (TYPE_INT32), "${text}"`, {
      withStatus: true,
    });
  }
  return Number(text);
}
