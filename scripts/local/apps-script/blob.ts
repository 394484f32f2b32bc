import { javaText } from '../charset.ts';
import { signedBytes, unsignedBytes, utf8Bytes } from './bytes.ts';
import { type Execution, strict } from './execution.ts';

/** developers.google.com/apps-script/reference/base/blob */
export type FakeBlob = Pick<
  GoogleAppsScript.Base.Blob,
  | 'copyBlob'
  | 'getBytes'
  | 'getContentType'
  | 'getDataAsString'
  | 'getName'
  | 'isGoogleType'
  | 'setBytes'
  | 'setContentType'
  | 'setDataFromString'
  | 'setName'
> & { getBlob(): FakeBlob };

interface BlobState {
  bytes: Uint8Array;
  contentType: string | null;
  name: string | null;
}

const states = new WeakMap<object, BlobState>();

/** What a blob holds, or null when `value` is no blob. */
export function blobState(value: unknown): BlobState | null {
  return typeof value === 'object' && value !== null ? (states.get(value) ?? null) : null;
}

export function createBlob(
  execution: Execution,
  bytes: Uint8Array,
  contentType: string | null,
  name: string | null,
): FakeBlob {
  const state: BlobState = { bytes, contentType, name };
  const blob: FakeBlob = strict(execution, 'Blob', {
    copyBlob: () => real(createBlob(execution, state.bytes.slice(), state.contentType, state.name)),
    getBlob: () => blob,
    getBytes: () => signedBytes(execution, state.bytes),
    getContentType: () => state.contentType,
    getDataAsString: (charset?: string) => decoded(execution, state.bytes, charset),
    getName: () => state.name,
    isGoogleType: () => false,
    setBytes: (data: number[]) => {
      state.bytes = unsignedBytes(execution, 'Blob.setBytes', data);
      return real(blob);
    },
    setContentType: (type: string | null) => {
      state.contentType = type;
      return real(blob);
    },
    setDataFromString: (text: string, charset?: string) => {
      if (charset !== undefined && !isUtf8(charset)) throw notUtf8(execution, charset);
      state.bytes = utf8Bytes(text);
      return real(blob);
    },
    setName: (newName: string) => {
      state.name = newName;
      return real(blob);
    },
  });
  states.set(blob, state);
  return blob;
}

/** `blob` as Google's type; what the local Workspace lacks of it throws when asked. */
export function real(blob: FakeBlob): GoogleAppsScript.Base.Blob {
  return blob as FakeBlob & GoogleAppsScript.Base.Blob;
}

/** Text in the named charset, UTF-8 when none is named. */
export function decoded(execution: Execution, bytes: Uint8Array, charset: unknown = 'UTF-8'): string {
  if (typeof charset !== 'string') throw execution.signature('getContentText', [charset]);
  try {
    return javaText(bytes, charset);
  } catch {
    throw execution.exception(`Invalid argument: charset ${charset}`);
  }
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}

function notUtf8(execution: Execution, charset: string): Error {
  return execution.exception(`Text as ${charset} is not in the local Workspace.`);
}
