import fc from 'fast-check';
import type { Json } from '../../src/statement/fingerprint.ts';
import { fromJson, toJson } from '../../src/statement/tagged-json.ts';

const name = fc.oneof(
  fc.string(),
  fc.constantFrom('$map', '$set', '$object', '$', '__proto__', 'constructor', 'toJSON'),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('data')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
    fc.array(fc.tuple(tie('data'), tie('data')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(tie('data'), { maxLength: 3 }).map((items) => new Set(items)),
  ),
}));

test('maps, sets and objects of any names come back as they were', () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(fromJson(JSON.parse(JSON.stringify(toJson(value))) as Json)).toEqual(value);
    }),
  );
});

test('a map reads as one', () => {
  expect(toJson(new Map([['cr-1', { name: 'Tom', role: undefined }]]))).toEqual({
    $map: [['cr-1', { name: 'Tom' }]],
  });
});

test.each([
  ['a function', { linksOf: () => [] }],
  ['no number', [Number.NaN]],
  ['an endless number', Number.POSITIVE_INFINITY],
])('%s is refused, not lost', (_, value) => {
  expect(() => toJson(value)).toThrow(TypeError);
});

test('a tag without its list is refused', () => {
  expect(() => fromJson({ $map: 1 })).toThrow(TypeError);
  expect(() => fromJson({ $set: { a: 1 } })).toThrow(TypeError);
});
