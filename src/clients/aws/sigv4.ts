/**
 * AWS Signature Version 4 by the Authorization header
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encode as utf8 } from '@stablelib/utf8';
import { PurserError } from '../../host/errors.ts';
import type { HttpRequest } from '../../host/host.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only temporary credentials have one. */
  readonly sessionToken?: string;
}

/** Signing keys already derived: a key is good for one day, region and service. Lives as long as its owner. */
export type SigningKeys = Map<string, Uint8Array>;

export interface UnsignedRequest {
  readonly method: HttpRequest['method'];
  /** Absolute, https, percent-encoded already. */
  readonly url: string;
  /** All are signed; `Content-Type` is not one of them, see `HttpRequest`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Sent and signed as UTF-8; empty for none. */
  readonly body: string;
  readonly region: string;
  /** The service's name in a credential scope: `dynamodb`, `sts`. */
  readonly service: string;
  readonly credentials: AwsCredentials;
  /** The moment of signing, milliseconds since 1970 UTC; AWS refuses one that is five minutes off. */
  readonly timeMs: number;
  readonly signingKeys?: SigningKeys;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The request with `X-Amz-Date`, `X-Amz-Security-Token` (temporary credentials only) and `Authorization`.
 *
 * `host` is signed and never sent: UrlFetchApp sets it and throws on an own one. Content-Type is left out of the
 * signature, because UrlFetchApp may complete it.
 * @throws PurserError `unexpected` for a URL that isn't absolute https.
 */
export function signRequest(input: UnsignedRequest): HttpRequest {
  const { host, path, query } = partsOf(input.url);
  const moment = new Date(input.timeMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = moment.slice(0, 8);
  const { accessKeyId, sessionToken } = input.credentials;
  const sent: Record<string, string> = { ...input.headers, 'X-Amz-Date': moment };
  if (sessionToken !== undefined) sent['X-Amz-Security-Token'] = sessionToken;

  const signed = Object.entries({ ...sent, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const signedHeaders = signed.map(([name]) => name).join(';');
  const canonicalRequest = [
    input.method,
    canonicalPath(path, input.service),
    canonicalQuery(query),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    hashOf(input.body),
  ].join('\n');
  const scope = `${day}/${input.region}/${input.service}/aws4_request`;
  const stringToSign = [ALGORITHM, moment, scope, hashOf(canonicalRequest)].join('\n');
  const signature = bytesToHex(hmac(sha256, signingKey(input, day), utf8(stringToSign)));
  sent.Authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return {
    method: input.method,
    url: input.url,
    headers: sent,
    ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
    ...(input.body === '' ? {} : { body: input.body }),
  };
}

function hashOf(text: string): string {
  return bytesToHex(sha256(utf8(text)));
}

function signingKey(input: UnsignedRequest, day: string): Uint8Array {
  const { region, service, credentials, signingKeys } = input;
  const name = [credentials.secretAccessKey, day, region, service].join('/');
  const known = signingKeys?.get(name);
  if (known !== undefined) return known;
  let key: Uint8Array = utf8(`AWS4${credentials.secretAccessKey}`);
  for (const part of [day, region, service, 'aws4_request']) key = hmac(sha256, key, utf8(part));
  signingKeys?.set(name, key);
  return key;
}

/** By a pattern, because Apps Script has no `URL`. */
function partsOf(url: string): { host: string; path: string; query: string } {
  const match = /^https:\/\/([^/?#@]+)([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (match === null) {
    throw new PurserError('unexpected', {
      what: 'A request to AWS was to be signed whose address is not absolute https.',
      now: 'Report it.',
      data: { url: url.slice(0, 200) },
    });
  }
  const [, authority = '', path = '', query = ''] = match;
  return { host: authority.toLowerCase().replace(/:443$/, ''), path: path === '' ? '/' : path, query };
}

/** encodeURIComponent leaves five characters alone that RFC 3986 reserves. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Every service but S3 signs the normalised path, its percent signs encoded once more. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const isFolder = segments.length > 0 && /\/\.{0,2}$/.test(path);
  return `/${segments.join('/')}${isFolder ? '/' : ''}`;
}

/** By name, then by value, each encoded; compared apart, because `=` sorts after `-` and `.`. */
function canonicalQuery(query: string): string {
  const decode = (text: string): string => decodeURIComponent(text.replace(/\+/g, ' '));
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([name, value], [otherName, otherValue]) => {
      if (name !== otherName) return name < otherName ? -1 : 1;
      return value < otherValue ? -1 : value > otherValue ? 1 : 0;
    })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
