/**
 * Buffers and plain byte arrays. The Node types in use (20.9) were written before TypeScript made typed arrays
 * generic, so that the compiler doesn't take a Buffer for the Uint8Array that it is.
 */

/** The same memory as a Uint8Array. */
export function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

export function concatenated(buffers: readonly Buffer[]): Buffer {
  return Buffer.concat(buffers.map(plain));
}
