/** What a trace must not show: where secrets stand in a request and its reply, and the same values wherever else. */
import type { TracedExchange } from './contract.ts';

export const REDACTED = 'redacted';

const SECRET_HEADERS = new Set(['x-amz-security-token', 'cookie', 'set-cookie']);
const ADDRESS_HEADERS = new Set(['location', 'referer']);
/** `purser` and `invitation` are ours: signed, as `state` is. */
const SECRET_PARAMETERS = new Set([
  'access_token',
  'client_secret',
  'code',
  'code_verifier',
  'id_token',
  'invitation',
  'nonce',
  'purser',
  'refresh_token',
  'state',
  'token',
  'WebIdentityToken',
  'X-Amz-Credential',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
]);
/** Shorter ones are words that stand everywhere. */
const SHORTEST_SECRET = 12;

/**
 * The secret values of headers, addresses, forms and replies. A service may quote a request in its refusal: AWS does
 * so with the canonical request of a wrong signature
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html).
 */
export function secretValues(exchanges: readonly TracedExchange[]): readonly string[] {
  const found = new Set<string>();
  const add = (value: string | undefined): void => {
    if (value !== undefined && value.length >= SHORTEST_SECRET) found.add(value);
  };
  for (const { request, reply } of exchanges) {
    const headers = [request.headers, 'failed' in reply ? {} : reply.headers].flatMap(Object.entries);
    for (const [name, value] of headers as [string, string][]) {
      const lower = name.toLowerCase();
      if (lower === 'authorization') add(/^Bearer (.+)$/i.exec(value)?.[1]);
      if (SECRET_HEADERS.has(lower)) add(value);
      if (ADDRESS_HEADERS.has(lower)) parametersIn(value).forEach(add);
    }
    parametersIn(request.url).forEach(add);
    if (!hasSecretBodies(request.url)) continue;
    parametersIn(`?${Buffer.from(request.body).toString()}`).forEach(add);
    if (!('failed' in reply)) tokensIn(Buffer.from(reply.body).toString()).forEach(add);
  }
  // The longest first: one may be the beginning of another.
  return [...found].flatMap((value) => [...new Set([value, encodeURIComponent(value)])]).sort(byLength);
}

/** Without the values, as `secretValues` gave them. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values.reduce(
    (rest, value) => (rest.includes(value) ? rest.split(value).join(REDACTED) : rest),
    text,
  );
}

export function redactHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  // The scheme stays: it tells a signed request from one with a token.
  if (lower === 'authorization')
    return /^[\w-]+ ./.test(value) ? `${value.split(' ')[0]} ${REDACTED}` : REDACTED;
  if (SECRET_HEADERS.has(lower)) return REDACTED;
  return ADDRESS_HEADERS.has(lower) ? redactUrl(value) : value;
}

export function redactUrl(url: string): string {
  return url.replace(PARAMETER, (whole, mark: string, name: string) =>
    SECRET_PARAMETERS.has(name) ? `${mark}${name}=${REDACTED}` : whole,
  );
}

/**
 * Google's token, revocation and token information endpoints
 * (https://developers.google.com/identity/protocols/oauth2/web-server), its sign-in page, whose form carries `state`
 * on, the script's own pages, which link there, and all of STS, which answers with keys
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
 */
export function hasSecretBodies(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  if (hostname === 'oauth2.googleapis.com' || hostname === 'accounts.google.com') return true;
  if (hostname === 'script.google.com') return pathname.startsWith('/macros/');
  if (/^sts\.([\w-]+\.)?amazonaws\.com$/.test(hostname)) return true;
  return /(^|\.)(google|googleapis)\.com$/.test(hostname) && /\/oauth2\/.*(token|revoke)/.test(pathname);
}

const PARAMETER = /([?&#])([^=&#]+)=([^&#]*)/g;

function parametersIn(url: string): string[] {
  return [...url.matchAll(PARAMETER)].flatMap(([, , name = '', value = '']) =>
    SECRET_PARAMETERS.has(name) ? [plain(value)] : [],
  );
}

/** Of Google's JSON and of AWS's XML. */
function tokensIn(body: string): string[] {
  const json = body.matchAll(/"(?:access|refresh|id)_token"\s*:\s*"([^"]+)"/g);
  const xml = body.matchAll(/<(?:SecretAccessKey|SessionToken)>([^<]+)</g);
  return [...json, ...xml].map(([, value = '']) => value);
}

function plain(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function byLength(one: string, other: string): number {
  return other.length - one.length;
}
