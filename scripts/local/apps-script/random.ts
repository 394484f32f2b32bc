/** A random source that can be set and saved; the same state gives the same numbers on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** For `createRandom`, to go on from here. */
  state(): number;
}

/** `state` is any 32-bit integer. Mulberry32: small, and good enough for jitter and ids of a local run. */
export function createRandom(state: number): Random {
  let current = state >>> 0;
  return {
    next: () => {
      current = (current + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(current ^ (current >>> 15), current | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
    },
    state: () => current,
  };
}

/** A UUID with version 4's shape. */
export function nextUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random.next() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'.charAt(Math.floor(random.next() * 4));
  const text = hex.join('');
  return [8, 12, 16, 20].reduceRight((uuid, at) => `${uuid.slice(0, at)}-${uuid.slice(at)}`, text);
}
