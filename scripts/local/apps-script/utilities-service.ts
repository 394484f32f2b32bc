/** Utilities: developers.google.com/apps-script/reference/utilities/utilities */
import { createHash, createHmac } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { blobState, createBlob } from './blob.ts';
import { plainBytes, signedBytes, unsignedBytes, utf8Bytes } from './bytes.ts';
import { formatJavaPattern } from './date-pattern.ts';
import { type Enumerated, type Execution, enumeration, strict } from './execution.ts';
import { nextUuid, type Random } from './random.ts';

const MAX_SLEEP_MS = 300_000;
/** Files in a ZIP carry a time; a fixed one keeps the bytes the same. */
const ZIP_TIME = new Date(1980, 0, 1);

const DIGESTS = {
  MD5: 'md5',
  SHA_1: 'sha1',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
} as const;
const MACS = {
  HMAC_MD5: 'md5',
  HMAC_SHA_1: 'sha1',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
} as const;
const Charset = enumeration(['US_ASCII', 'UTF_8']);
const DigestAlgorithm = enumeration(keys(DIGESTS));
const MacAlgorithm = enumeration(keys(MACS));

function keys<K extends string>(of: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(of) as K[];
}

/** `ids` is where UUIDs come from. */
export function createUtilities(execution: Execution, ids: Random): object {
  const { clock, realm } = execution;
  const own = (method: string) => `Utilities.${method}`;

  /**
   * Bytes, or text in a named charset. Without one Google takes US-ASCII in places and makes question marks of the
   * rest; here that must not pass unseen.
   */
  const input = (method: string, value: unknown, charset: unknown): Uint8Array => {
    if (typeof value !== 'string') return unsignedBytes(execution, own(method), value);
    const ascii = charset === undefined || charset === Charset.US_ASCII;
    if (charset !== undefined && charset !== Charset.US_ASCII && charset !== Charset.UTF_8) {
      throw execution.signature(own(method), [value, charset]);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what ASCII is
    if (ascii && /[^\x00-\x7f]/.test(value)) {
      throw execution.exception(`${own(method)} with text beyond ASCII needs Utilities.Charset.UTF_8.`);
    }
    return utf8Bytes(value);
  };
  const base64 = (method: string, value: unknown, charset: unknown, webSafe: boolean): string => {
    const text = Buffer.from(input(method, value, charset)).toString('base64');
    return webSafe ? text.replace(/\+/g, '-').replace(/\//g, '_') : text;
  };
  const unbase64 = (method: string, text: unknown, webSafe: boolean): number[] => {
    if (typeof text !== 'string') throw execution.signature(own(method), [text]);
    const alphabet = webSafe ? /^[\w-]*={0,2}$/ : /^[A-Za-z0-9+/]*={0,2}$/;
    if (!alphabet.test(text) || text.replace(/=/g, '').length % 4 === 1) {
      throw execution.exception('Could not decode string.');
    }
    return signedBytes(execution, plainBytes(Buffer.from(text, webSafe ? 'base64url' : 'base64')));
  };
  const algorithm = <N extends string>(
    method: string,
    enumerated: Readonly<Record<N, Enumerated>>,
    names: Readonly<Record<N, string>>,
    value: unknown,
  ): string => {
    const name = keys(enumerated).find((key) => enumerated[key] === value);
    if (name === undefined) throw execution.signature(own(method), [value]);
    return names[name];
  };
  const hmac = (method: string, hash: string, value: unknown, key: unknown, charset: unknown): number[] => {
    // "computeHmacSha256Signature(value, key)" takes two strings or two byte arrays, nothing mixed.
    if ((typeof value === 'string') !== (typeof key === 'string')) {
      throw execution.signature(own(method), [value, key]);
    }
    const mac = createHmac(hash, input(method, key, charset)).update(input(method, value, charset));
    return signedBytes(execution, plainBytes(mac.digest()));
  };
  const content = (method: string, source: unknown) => {
    const state = blobState(source);
    if (state === null) throw execution.signature(own(method), [source]);
    return state;
  };

  return strict(execution, 'Utilities', {
    Charset,
    DigestAlgorithm,
    MacAlgorithm,
    base64Decode: (text: unknown) => unbase64('base64Decode', text, false),
    base64DecodeWebSafe: (text: unknown) => unbase64('base64DecodeWebSafe', text, true),
    base64Encode: (value: unknown, charset?: unknown) => base64('base64Encode', value, charset, false),
    base64EncodeWebSafe: (value: unknown, charset?: unknown) =>
      base64('base64EncodeWebSafe', value, charset, true),
    computeDigest: (digest: unknown, value: unknown, charset?: unknown) => {
      const hash = createHash(algorithm('computeDigest', DigestAlgorithm, DIGESTS, digest));
      return signedBytes(execution, plainBytes(hash.update(input('computeDigest', value, charset)).digest()));
    },
    computeHmacSha256Signature: (value: unknown, key: unknown, charset?: unknown) =>
      hmac('computeHmacSha256Signature', 'sha256', value, key, charset),
    computeHmacSignature: (mac: unknown, value: unknown, key: unknown, charset?: unknown) =>
      hmac(
        'computeHmacSignature',
        algorithm('computeHmacSignature', MacAlgorithm, MACS, mac),
        value,
        key,
        charset,
      ),
    formatDate: (date: unknown, timeZone: unknown, format: unknown) => {
      const isDate = Object.prototype.toString.call(date) === '[object Date]';
      if (!isDate || typeof timeZone !== 'string' || typeof format !== 'string') {
        throw execution.signature(own('formatDate'), [date, timeZone, format]);
      }
      const ms = Number(date);
      if (Number.isNaN(ms)) throw execution.exception('Invalid argument: date. Should be of type: Date');
      try {
        return formatJavaPattern(ms, timeZone, format);
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        throw execution.exception(`Utilities.formatDate: ${why} is not in the local Workspace.`);
      }
    },
    getUuid: () => nextUuid(ids),
    gzip: (source: unknown, name?: string) => {
      const state = content('gzip', source);
      return createBlob(
        execution,
        plainBytes(gzipSync(state.bytes)),
        'application/x-gzip',
        name ?? `${state.name ?? 'archive'}.gz`,
      );
    },
    ungzip: (source: unknown) => {
      const state = content('ungzip', source);
      try {
        return createBlob(
          execution,
          plainBytes(gunzipSync(state.bytes)),
          null,
          state.name?.replace(/\.gz$/, '') ?? null,
        );
      } catch {
        throw execution.exception('Could not decompress gzip.');
      }
    },
    newBlob: (data: unknown, contentType: unknown = null, name: unknown = null) => {
      const text = (value: unknown) => {
        if (value !== null && typeof value !== 'string')
          throw execution.signature(own('newBlob'), [data, value]);
        return value;
      };
      const bytes =
        typeof data === 'string' ? utf8Bytes(data) : unsignedBytes(execution, own('newBlob'), data);
      return createBlob(
        execution,
        bytes,
        text(contentType) ?? (typeof data === 'string' ? 'text/plain' : null),
        text(name),
      );
    },
    sleep: (milliseconds: unknown) => {
      if (typeof milliseconds !== 'number' || !Number.isInteger(milliseconds) || milliseconds < 0) {
        throw execution.signature(own('sleep'), [milliseconds]);
      }
      if (milliseconds > MAX_SLEEP_MS) {
        throw execution.exception(`Invalid argument: sleep. The maximum is ${MAX_SLEEP_MS} milliseconds.`);
      }
      execution.calls.make('sleep', `${milliseconds} ms`, () => clock.advance(milliseconds));
      execution.checkBudget();
    },
    zip: (sources: unknown, name: unknown = 'archive.zip') => {
      if (!Array.isArray(sources) || typeof name !== 'string')
        throw execution.signature(own('zip'), [sources, name]);
      const files: Record<string, Uint8Array> = {};
      for (const source of sources) {
        const state = content('zip', source);
        const file = state.name ?? 'Untitled';
        if (file in files) throw execution.exception(`Duplicate name in a zip: ${file}`);
        files[file] = state.bytes;
      }
      return createBlob(execution, zipSync(files, { mtime: ZIP_TIME }), 'application/zip', name);
    },
    unzip: (source: unknown) => {
      const state = content('unzip', source);
      // Google unpacks only what is called a ZIP, as users found.
      if (state.contentType !== 'application/zip') throw execution.exception('Invalid argument');
      try {
        const files = Object.entries(unzipSync(state.bytes));
        return realm.array(files.map(([name, bytes]) => createBlob(execution, bytes, null, name)));
      } catch {
        throw execution.exception('Could not decompress zip.');
      }
    },
  });
}
