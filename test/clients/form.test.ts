import fc from 'fast-check';
import { formBody } from '../../src/clients/form.ts';

test('what means something in a form is encoded, and a field keeps its place', () => {
  expect(formBody({ b: '+/=~ &%', a: 'é😀', "o'(!)*": '' })).toBe(
    'b=%2B%2F%3D~%20%26%25&a=%C3%A9%F0%9F%98%80&o%27%28%21%29%2A=',
  );
  expect(formBody({})).toBe('');
});

test('a server reads any text as it was, half a surrogate pair as U+FFFD', () => {
  const anyText = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(anyText, anyText), { selector: ([name]) => name }), (pairs) => {
      // A number as a name would come first in an object.
      const fields = pairs.map(([name, value]) => [`f${name}`, value] as [string, string]);
      const read = [...new URLSearchParams(formBody(Object.fromEntries(fields)))];
      // Node writes a form too, and makes the same of a lone surrogate.
      const written = [...new URLSearchParams(new URLSearchParams(fields).toString())];
      expect(read).toEqual(written);
    }),
  );
});

test('the body is plain ASCII, as UrlFetchApp sends any string unchanged only then', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(formBody({ text })).toMatch(/^text=[A-Za-z0-9._~%-]*$/);
    }),
  );
});
