/** Apps Script's bytes are signed, -128 to 127, in plain arrays: developers.google.com/apps-script/reference/base/blob */
import type { Execution } from './execution.ts';

export function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The same memory as a plain Uint8Array. */
export function plainBytes(bytes: {
  buffer: ArrayBufferLike;
  byteOffset: number;
  byteLength: number;
}): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A plain array of the script's realm. */
export function signedBytes(execution: Execution, bytes: Uint8Array): number[] {
  return execution.realm.array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Bytes that the script handed over; refuses what is no array of whole numbers from -128 to 127. */
export function unsignedBytes(execution: Execution, method: string, value: unknown): Uint8Array {
  if (!Array.isArray(value)) throw execution.signature(method, [value]);
  const bytes = new Uint8Array(value.length);
  for (let at = 0; at < value.length; at += 1) {
    const byte: unknown = value[at];
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < -128 || byte > 127) {
      throw execution.exception(`Cannot convert ${String(byte)} to byte.`);
    }
    bytes[at] = byte & 0xff;
  }
  return bytes;
}
