const POLYNOMIAL = 0xedb88320;

function remainderOf(byte: number): number {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  }
  return remainder >>> 0;
}

/** Made at the first use: nothing runs at import. */
let remainders: Uint32Array | null = null;

/** The CRC-32 of ISO 3309, as zip, gzip and `x-amz-crc32` use it: an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array): number {
  remainders ??= Uint32Array.from({ length: 256 }, (_, byte) => remainderOf(byte));
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (remainders[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
