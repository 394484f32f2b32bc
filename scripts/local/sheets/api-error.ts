/** Errors as Google's APIs shape them: https://cloud.google.com/apis/design/errors#http_mapping */

export type GoogleStatus =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'UNIMPLEMENTED'
  | 'INTERNAL';

const HTTP_CODES: Record<GoogleStatus, number> = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
};

export class SheetsApiError extends Error {
  readonly status: GoogleStatus;
  readonly code: number;
  readonly details: readonly object[];

  constructor(status: GoogleStatus, message: string, details: readonly object[] = []) {
    super(message);
    this.name = 'SheetsApiError';
    this.status = status;
    this.code = HTTP_CODES[status];
    this.details = details;
  }
}

/** A 400; inside a batchUpdate the caller puts `Invalid requests[i].kind: ` before the message. */
export function invalid(message: string): SheetsApiError {
  return new SheetsApiError('INVALID_ARGUMENT', message);
}

/** A 400 that names a field, with the `BadRequest` detail that Google's front end adds. */
export function badField(field: string, description: string): SheetsApiError {
  const fieldViolations = [field === '' ? { description } : { field, description }];
  return new SheetsApiError('INVALID_ARGUMENT', description, [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations },
  ]);
}

/** For what Google serves and this server does not: never to be taken for Google's own refusal. */
export function notServedHere(what: string): SheetsApiError {
  return new SheetsApiError('UNIMPLEMENTED', `The local Sheets server does not serve ${what}.`);
}

export function errorBody(error: SheetsApiError): object {
  const body = { code: error.code, message: error.message, status: error.status };
  return { error: error.details.length > 0 ? { ...body, details: error.details } : body };
}
