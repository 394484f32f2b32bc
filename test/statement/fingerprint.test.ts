import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson, sha256Hex, statementCode } from '../../src/statement/fingerprint.ts';

test('the same data gives the same text, whatever the order of its keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: true }], a: 'x"\n' })).toBe(
    '{"a":"x\\"\\n","b":[1,{"c":true,"d":null}]}',
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), {
        noNullPrototype: true,
      }),
      (data) => {
        const turned = Object.fromEntries(Object.entries(data).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(data));
        expect(JSON.parse(canonicalJson(data))).toEqual(JSON.parse(JSON.stringify(data)));
      },
    ),
  );
});

test('the hash is SHA-256 of the UTF-8, as Node has it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

// One word for Gmail's search: letters and digits only.
test('a statement code is one word that tells workbook, month and version apart', () => {
  const codes = [
    statementCode('a', '2026-05', 1),
    statementCode('a', '2026-05', 2),
    statementCode('a', '2026-06', 1),
    statementCode('b', '2026-05', 1),
  ];
  for (const code of codes) expect(code).toMatch(/^PRS[A-Z2-7]{4}\d{6}V\d+$/);
  expect(new Set(codes).size).toBe(4);
  expect(statementCode('a', '2026-05', 1)).toBe(codes[0]);
});
