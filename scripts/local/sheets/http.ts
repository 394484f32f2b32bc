/** The HTTP side: tokens, parameters, bodies, errors, field masks of replies. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Grant, Tokens } from '../contract.ts';
import { liveGrant } from '../live-grant.ts';
import { badField, errorBody, SheetsApiError } from './api-error.ts';
import { masked, responseMask } from './field-mask.ts';
import type { Json } from './model.ts';
import { refuseProtected } from './protections.ts';
import type { Route, Store } from './routes.ts';
import { ROUTES } from './routes.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
/**
 * `drive.file` is left out: it reaches only files that the app made, and the master workbook isn't one.
 * https://developers.google.com/workspace/sheets/api/scopes
 */
const WRITE_SCOPES = [`${SCOPE}spreadsheets`, `${SCOPE}drive`];
const READ_SCOPES = [...WRITE_SCOPES, `${SCOPE}spreadsheets.readonly`, `${SCOPE}drive.readonly`];

/** https://cloud.google.com/apis/docs/system-parameters */
const STANDARD_PARAMETERS = ['fields', 'alt', 'prettyPrint', 'key', 'quotaUser', '$.xgafv', 'access_token'];

const NO_TOKEN =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
const BAD_TOKEN = NO_TOKEN.replace(
  'Request is missing required authentication credential.',
  'Request had invalid authentication credentials.',
);

function errorInfo(reason: string): object {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'sheets.googleapis.com' },
  };
}

function grantOf(request: IncomingMessage, tokens: Tokens, clock: Clock): Grant {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined)
    throw new SheetsApiError('UNAUTHENTICATED', NO_TOKEN, [errorInfo('CREDENTIALS_MISSING')]);
  const grant = liveGrant(tokens, token, clock);
  if (grant === undefined) {
    throw new SheetsApiError('UNAUTHENTICATED', BAD_TOKEN, [errorInfo('ACCESS_TOKEN_INVALID')]);
  }
  return grant;
}

function checkScope(grant: Grant, route: Route): void {
  const enough = route.readsOnly ? READ_SCOPES : WRITE_SCOPES;
  if (grant.scopes.some((scope) => enough.includes(scope))) return;
  throw new SheetsApiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.', [
    errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  ]);
}

function checkParameters(query: URLSearchParams, route: Route): void {
  const repeatable = new Set(['ranges']);
  for (const name of query.keys()) {
    if (!STANDARD_PARAMETERS.includes(name) && !route.parameters.includes(name)) {
      throw badField(
        '',
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    }
    if (!repeatable.has(name) && query.getAll(name).length > 1) {
      throw badField(name, `Invalid value at '${name}': the parameter was given more than once.`);
    }
  }
}

function parsedBody(request: IncomingMessage, text: string, route: Route): Json {
  if (route.request === null) return {};
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (text === '') return {};
  // Google reads a form's body as query parameters, and knows none of that name.
  if (type === 'application/x-www-form-urlencoded') {
    throw badField(
      '',
      `Invalid JSON payload received. Unknown name "${text.slice(0, 80)}": Cannot bind query parameter. Field '${text.slice(0, 80)}' could not be found in request message.`,
    );
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badField('', `Invalid JSON payload received. Unexpected token.\n${text.slice(0, 40)}\n^`);
  }
}

async function bodyText(request: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of request) text += decoder.decode(chunk as Uint8Array, { stream: true });
  return text + decoder.decode();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badField('range', 'The request URI is not validly percent-encoded.');
  }
}

/** Indented unless `prettyPrint=false` (https://cloud.google.com/apis/docs/system-parameters). */
function send(response: ServerResponse, status: number, body: Json | object, indented = true): void {
  const text = indented ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
    Vary: 'X-Origin',
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="https://accounts.google.com/"' } : {}),
  });
  response.end(text);
}

/** Google's front end answers unknown URLs with a page. */
function sendNotAnUrl(response: ServerResponse, path: string): void {
  const safe = path.replaceAll(/[&<>"]/g, '');
  response.writeHead(404, { 'Content-Type': 'text/html; charset=UTF-8' });
  response.end(
    `<!DOCTYPE html>\n<title>Error 404 (Not Found)!!1</title>\n<p>The requested URL <code>${safe}</code> was not found on this server.`,
  );
}

/** The workbook, whoever asks. */
export interface Book extends Omit<Store, 'asker'> {
  /** Whose it is; left out: whoever asks counts as the owner. */
  readonly owner: string | undefined;
}

/** The workbook for somebody, who may not edit all of it. */
function storeFor(book: Book, email: string): Store {
  const asker = { email, owner: book.owner ?? email };
  return {
    ...book,
    asker,
    publish(changed) {
      refuseProtected(book.workbook(), changed, asker);
      book.publish(changed);
    },
  };
}

/** Answers one request. Never rejects. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  book: Book,
  tokens: Tokens,
  clock: Clock,
): Promise<void> {
  try {
    // Read to the end even when refused: a client that is still writing would see a reset.
    const text = await bodyText(request);
    const url = new URL(request.url ?? '/', 'https://sheets.googleapis.com');
    const match = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/.exec(url.pathname);
    const rest = (match?.[2] ?? '').replaceAll(/%3A/gi, ':');
    const route = ROUTES.find((each) => each.method === request.method && each.path.test(rest));
    if (match === null || route === undefined) {
      sendNotAnUrl(response, url.pathname);
      return;
    }
    const grant = grantOf(request, tokens, clock);
    checkScope(grant, route);
    const store = storeFor(book, grant.email);
    checkParameters(url.searchParams, route);
    const fields = url.searchParams.get('fields');
    const mask = fields === null ? null : responseMask(fields, route.reply);
    const body = parsedBody(request, text, route);
    if (decoded(match[1] ?? '') !== book.spreadsheetId) {
      throw new SheetsApiError('NOT_FOUND', 'Requested entity was not found.');
    }
    const captured = (route.path.exec(rest) ?? []).slice(1).map(decoded);
    const indented = url.searchParams.get('prettyPrint') !== 'false';
    send(
      response,
      200,
      masked(route.answer({ store, query: url.searchParams, captured, body }), mask),
      indented,
    );
  } catch (thrown) {
    const error =
      thrown instanceof SheetsApiError
        ? thrown
        : new SheetsApiError('INTERNAL', `The local Sheets server failed: ${String(thrown)}`);
    send(response, error.code, errorBody(error));
  }
}
