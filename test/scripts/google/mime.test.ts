import { decodeWords, parseMime } from '../../../scripts/local/google/mime.ts';
import { headerParameters, httpParts } from '../../../scripts/local/google/multipart.ts';

// RFC 2047
test.each([
  ['=?utf-8?Q?caf=C3=A9_au_lait?=', 'café au lait'],
  ['=?UTF-8?B?4oKs?=', '€'],
  ['=?utf-8?B?4oI=?= =?utf-8?B?rA==?=', '€'],
  ['=?iso-8859-1?q?=E9?= and =?utf-8?q?=C3=A9?=', 'é and é'],
  ['=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['plain = text ?=', 'plain = text ?='],
])('the header %j reads %j', (header, text) => {
  expect(decodeWords(header)).toBe(text);
});

// RFC 2231
test.each([
  ['attachment; filename="a \\"b\\".csv"', 'a "b".csv'],
  ["attachment; filename*=iso-8859-1'en'%A3.csv", '£.csv'],
  ['attachment; filename*0*=utf-8\'\'%E2%82%AC; filename*1="-rates.csv"', '€-rates.csv'],
  ['attachment; filename="=?utf-8?q?=C3=A9.csv?="', 'é.csv'],
])('the disposition %j names a file %j', (disposition, filename) => {
  const part = parseMime(
    Buffer.from(`Content-Type: text/csv\r\nContent-Disposition: ${disposition}\r\n\r\nx`),
  );
  expect(part.filename).toBe(filename);
});

test('a boundary inside the bytes of a part does not cut it, nor does one that only starts like it', () => {
  const body = Buffer.from('--cut\r\n\r\nx --cut\r\n--cutter\r\n\r\n--cut\r\nA: b\r\n\r\n\r\n--cut--');
  const parts = httpParts('multipart/mixed; boundary=cut', body, 'multipart/mixed');
  expect(parts?.map((part) => part.body.toString())).toEqual(['x --cut\r\n--cutter\r\n', '']);
  expect(parts?.[1]?.headers).toEqual({ a: 'b' });
});

test('a header’s parameters may be quoted, spaced and in capitals', () => {
  expect(headerParameters('Text/HTML ; Charset = "utf-8"; boundary=a=b')).toEqual({
    value: 'text/html',
    parameters: { charset: 'utf-8', boundary: 'a=b' },
  });
});
