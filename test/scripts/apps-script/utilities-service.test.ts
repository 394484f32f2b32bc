/** developers.google.com/apps-script/reference/utilities/utilities */
import { START_MS, toy } from './toy.ts';

const { evaluate } = toy();

test('bytes are signed', () => {
  expect(evaluate(`Utilities.newBlob('é').getBytes()`)).toEqual([-61, -87]);
  expect(evaluate(`Utilities.newBlob([-61, -87]).getDataAsString()`)).toBe('é');
  expect(() => evaluate('Utilities.newBlob([200])')).toThrow('Cannot convert 200 to byte');
  expect(() => evaluate('Utilities.newBlob(new Uint8Array(1))')).toThrow("don't match the method signature");
});

test('a blob has a name and a type that can be set', () => {
  expect(
    evaluate(`const b = Utilities.newBlob('a', 'text/csv', 'a.csv'); const c = b.copyBlob().setName('c').setContentType('x/y');
    [b.getName(), b.getContentType(), c.getName(), c.getContentType(), c.getBlob() === c]`),
  ).toEqual(['a.csv', 'text/csv', 'c', 'x/y', true]);
});

test('base64 in both alphabets, both ways', () => {
  // RFC 4648 section 10, and section 5 for the web-safe alphabet
  expect(
    evaluate(`['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((s) => Utilities.base64Encode(s))`),
  ).toEqual(['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']);
  expect(evaluate('[Utilities.base64Encode([-5, -1]), Utilities.base64EncodeWebSafe([-5, -1])]')).toEqual([
    '+/8=',
    '-_8=',
  ]);
  expect(evaluate(`[Utilities.base64Decode('+/8='), Utilities.base64DecodeWebSafe('-_8')]`)).toEqual([
    [-5, -1],
    [-5, -1],
  ]);
  expect(() => evaluate(`Utilities.base64Decode('-_8=')`)).toThrow('Could not decode string.');
  expect(() => evaluate(`Utilities.base64Decode('Z')`)).toThrow('Could not decode string.');
});

test('text beyond ASCII needs a charset', () => {
  expect(() => evaluate(`Utilities.base64Encode('é')`)).toThrow('needs Utilities.Charset.UTF_8');
  expect(evaluate(`Utilities.base64Encode('é', Utilities.Charset.UTF_8)`)).toBe('w6k=');
});

const HEX = `const hex = (bytes) => bytes.map((b) => (b & 255).toString(16).padStart(2, '0')).join('');`;

test('digests', () => {
  // FIPS 180-4 example "abc": csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  expect(evaluate(`${HEX} hex(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, 'abc'))`)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(evaluate(`${HEX} hex(Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, [97, 98, 99]))`)).toBe(
    '900150983cd24fb0d6963f7d28e17f72',
  );
  expect(() => evaluate(`Utilities.computeDigest('SHA-256', 'abc')`)).toThrow(
    "don't match the method signature",
  );
});

test('HMAC takes two strings or two byte arrays, nothing mixed', () => {
  // RFC 4231 test case 2
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  expect(
    evaluate(`${HEX} hex(Utilities.computeHmacSha256Signature('what do ya want for nothing?', 'Jefe'))`),
  ).toBe(expected);
  expect(
    evaluate(`${HEX} hex(Utilities.computeHmacSha256Signature(
      Utilities.newBlob('what do ya want for nothing?').getBytes(), Utilities.newBlob('Jefe').getBytes()))`),
  ).toBe(expected);
  expect(() => evaluate(`Utilities.computeHmacSha256Signature('a', [1])`)).toThrow(
    "(String,number[]) don't match",
  );
});

test.each([
  ['yyyy-MM-dd HH:mm:ss', 'America/New_York', '2026-06-01 06:00:00'],
  ["yyyy-MM-dd'T'HH:mm:ss'Z'", 'UTC', '2026-06-01T10:00:00Z'],
  ['EEE, d MMM yyyy', 'Asia/Tokyo', 'Mon, 1 Jun 2026'],
  ['EEEE MMMM yy', 'UTC', 'Monday June 26'],
  ['h:mm a, K k S', 'America/New_York', '6:00 AM, 6 6 0'],
  ['Z X XX XXX', 'Asia/Kolkata', '+0530 +05 +0530 +05:30'],
  ["''yyyy'' 'o''clock'", 'UTC', "'2026' o'clock"],
  ['D u z', 'America/New_York', '152 1 EDT'],
])('formatDate writes %s in %s as Java does', (pattern, zone, expected) => {
  // docs.oracle.com/javase/7/docs/api/java/text/SimpleDateFormat.html
  const code = `Utilities.formatDate(new Date(${START_MS}), ${JSON.stringify(zone)}, ${JSON.stringify(pattern)})`;
  expect(evaluate(code)).toBe(expected);
});

test('formatDate refuses what is no date, no zone, or no pattern', () => {
  expect(() => evaluate(`Utilities.formatDate('2026-05-01', 'UTC', 'yyyy')`)).toThrow(
    "don't match the method signature",
  );
  expect(() => evaluate(`Utilities.formatDate(new Date(NaN), 'UTC', 'yyyy')`)).toThrow(
    'Invalid argument: date',
  );
  expect(() => evaluate(`Utilities.formatDate(new Date(), 'Mars/Base', 'yyyy')`)).toThrow(
    'unknown time zone Mars/Base',
  );
  // Week years look right until the last days of December.
  expect(() => evaluate(`Utilities.formatDate(new Date(), 'UTC', 'YYYY')`)).toThrow('pattern letter Y');
});

test('sleep moves the clock, five minutes at most', () => {
  const own = toy();
  own.evaluate('Utilities.sleep(300000)');
  expect(own.clock.now()).toBe(START_MS + 300_000);
  expect(() => own.evaluate('Utilities.sleep(300001)')).toThrow('Invalid argument');
  expect(() => own.evaluate('Utilities.sleep(-1)')).toThrow("don't match the method signature");
});

test('what was zipped is unzipped again, and the bytes are the same each time', () => {
  const zip = `Utilities.zip([Utilities.newBlob('one', 'text/plain', 'a.txt'), Utilities.newBlob('two', 'text/plain', 'b.txt')])`;
  expect(evaluate(`Utilities.unzip(${zip}).map((b) => [b.getName(), b.getDataAsString()])`)).toEqual([
    ['a.txt', 'one'],
    ['b.txt', 'two'],
  ]);
  expect(evaluate(`${zip}.getBytes()`)).toEqual(toy({ timeZone: 'UTC' }).evaluate(`${zip}.getBytes()`));
  expect(() => evaluate(`Utilities.unzip(${zip}.setContentType(null))`)).toThrow('Invalid argument');
  expect(evaluate(`Utilities.ungzip(Utilities.gzip(Utilities.newBlob('x'))).getDataAsString()`)).toBe('x');
  expect(() => evaluate(`Utilities.ungzip(Utilities.newBlob('x'))`)).toThrow('Could not decompress gzip.');
});
