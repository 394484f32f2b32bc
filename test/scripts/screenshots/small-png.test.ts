/** The pictures of the docs, made small: what was flat stays exactly as it was, whichever filters the browser chose. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { smallPng } from '../../../scripts/screenshots/small-png.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** RGB, 2 pixels wide: rows with their filter first. */
function png(rows: readonly (readonly number[])[], bits = 8): Buffer {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, rows.length, bits, 2, 0, 0, 0]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** `#rrggbb` of each pixel of a picture with a palette, row by row. */
function pixelsOf(small: Buffer): string[] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < small.length; at += 12 + small.readUInt32BE(at)) {
    const data = small.subarray(at + 8, at + 8 + small.readUInt32BE(at));
    const type = small.toString('latin1', at + 4, at + 8);
    expect(small.readUInt32BE(at + 8 + data.length)).toBe(crc32(Buffer.concat([Buffer.from(type), data])));
    chunks.set(type, data);
  }
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const width = small.readUInt32BE(16);
  const raw = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  return [...raw].flatMap((index, at) =>
    at % (width + 1) === 0 ? [] : [`#${palette.toString('hex', index * 3, index * 3 + 3)}`],
  );
}

it('reads every filter of PNG', () => {
  const rows = [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 200, 1, 2, 10, 10, 10],
    [2, 5, 5, 5, 6, 6, 6],
    [3, 1, 2, 3, 4, 5, 6],
    [4, 7, 0, 0, 250, 9, 1],
  ];
  expect(pixelsOf(smallPng(png(rows)))).toEqual([
    '#0a141e',
    '#28323c',
    '#c80102',
    '#d20b0c',
    '#cd0607',
    '#d81112',
    '#670506',
    '#a31012',
    '#6e0506',
    '#9d1913',
  ]);
});

it('says that another picture is none that it knows', () => {
  expect(() => smallPng(png([[0, 1, 2, 3, 4, 5, 6]], 16))).toThrow('not a PNG as browsers make them');
});
