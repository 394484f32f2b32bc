/**
 * A browser’s PNG (8 bits, RGB or RGBA, not interlaced) with a palette of 256 colors, at a third of its size. Flat colors
 * stay exactly what they were; shades of letters’ edges become the nearest. Chunks and filters: w3.org/TR/png-3.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLORS = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB for each pixel, row by row; pictures of windows let nothing through. */
  readonly colors: Uint32Array;
}

/** @throws Error when it is no such PNG */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colors } = read(png);
  const { palette, indexOf } = paletteOf(colors);
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      raw[y * (width + 1) + 1 + x] = indexOf.get(colors[y * width + x] ?? 0) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const entries = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(raw, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** All colors, or of too many the most frequent of each of the most frequent neighborhoods; and for every color the nearest of them. */
function paletteOf(colors: Uint32Array) {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const near = new Map<number, { color: number; most: number; all: number }>();
  for (const [color, count] of counts) {
    const cell = counts.size <= MOST_COLORS ? color : color & 0xf8f8f8;
    const found = near.get(cell) ?? { color, most: 0, all: 0 };
    found.all += count;
    if (count > found.most) Object.assign(found, { color, most: count });
    near.set(cell, found);
  }
  const palette = [...near.values()]
    .sort((a, b) => b.all - a.all || a.color - b.color)
    .slice(0, MOST_COLORS)
    .map(({ color }) => color);
  const indexOf = new Map<number, number>();
  for (const color of counts.keys()) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    palette.forEach((one, index) => {
      const distance = apart(one, color);
      if (distance >= least) return;
      least = distance;
      best = index;
    });
    indexOf.set(color, best);
  }
  return { palette, indexOf };
}

function apart(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function read(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [bits, kind, , , interlaced] = png.subarray(24, 29);
  if (!png.subarray(0, 8).equals(SIGNATURE) || bits !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) {
    throw new Error('This is not a PNG as browsers make them.');
  }
  const step = kind === 2 ? 3 : 4;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const isData = png.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), width * step, height, step);
  const colors = new Uint32Array(width * height);
  for (let index = 0; index < colors.length; index++) colors[index] = bytes.readUIntBE(index * step, 3);
  return { width, height, colors };
}

function unfiltered(raw: Buffer, rowBytes: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (rowBytes + 1)] ?? 0;
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x < step ? 0 : (out[at - step] ?? 0);
      const up = y === 0 ? 0 : (out[at - rowBytes] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[at - rowBytes - step] ?? 0);
      out[at] = (raw[y * (rowBytes + 1) + 1 + x] ?? 0) + foretold(filter, left, up, corner);
    }
  }
  return out;
}

function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
