/** What Java says is what OpenJDK 17 printed for the same bytes; what the web says is encoding.spec.whatwg.org. */

import { javaText, webText } from '../../scripts/local/charset.ts';
import { decodeWords, parseMime } from '../../scripts/local/google/mime.ts';
import { fakeHost } from '../tools/fake-host.ts';
import { ok, toy } from './apps-script/toy.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const WINDOWS_1252 = `€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ`;
const HIGH = Uint8Array.from({ length: 128 }, (_, at) => 0x80 + at);
/** Of Node's, or of ours; an error of another realm is no RangeError of this one. */
const NOT_KNOWN = /encoding is not supported|No name of a charset/;
const LATIN_1 = Array.from(HIGH, (byte) => String.fromCharCode(byte)).join('');

/** The name, the bytes, the text in Java and, where it is another, on the web. */
const READ: readonly (readonly [charset: string, hex: string, java: string, web?: string])[] = [
  ['windows-1252', '80933132942085e9ff', '€“12” …éÿ'],
  ['CP1252', '92', '’'],
  ['windows-1252', '8190', '��', '\x81\x90'],
  ['iso-8859-1', '8093e9', '\x80\x93é', '€“é'],
  ['Latin1', '92', '\x92', '’'],
  ['us-ascii', '4192', 'A�', 'A’'],
  ['iso-8859-15', 'a4a6e980', '€Šé\x80'],
  ['iso-8859-9', '80fe', '\x80ş', '€ş'],
  ['windows-1254', '80fe8d', '€ş�', '€ş\x8d'],
  ['windows-1251', 'cff0e8e2e5f298', 'Привет�', 'Привет\x98'],
  ['koi8-r', 'f0d2c9d7c5d4', 'Привет'],
  ['shift_jis', '93fa967b8cea', '日本語'],
  ['windows-31j', '93fa8740', '日①'],
  ['iso-2022-jp', '1b2442467c4b5c386c1b2842', '日本語'],
  ['gb18030', 'c8d5b1bed55a8139a431', '日本語〜'],
  ['utf-16', 'feff20ac0041', '€A', '\ufffe갠䄀'],
  ['utf-16', 'fffeac204100', '€A'],
  ['utf-16', '20ac0041', '€A', '갠䄀'],
  ['utf-16le', 'fffeac204100', '\ufeff€A', '€A'],
  ['utf-16be', 'feff20ac0041', '\ufeff€A', '€A'],
  ['utf-16le', 'ac2041', '€�'],
  ['UTF-8', 'efbbbfe282acc3', '\ufeff€�', '€�'],
];

describe('bytes in a charset', () => {
  for (const [charset, hex, java, web = java] of READ) {
    test(`${charset} ${hex} are read as Java and as the web do`, () => {
      expect(javaText(bytes(hex), charset)).toBe(java);
      expect(webText(bytes(hex), charset)).toBe(web);
    });
  }

  test('of windows-1252 are all there, and of Latin-1 all control characters', () => {
    expect(javaText(HIGH, 'windows-1252')).toBe(WINDOWS_1252 + LATIN_1.slice(32));
    expect(javaText(HIGH, 'iso-8859-1')).toBe(LATIN_1);
    expect(webText(HIGH, 'iso-8859-1')).toBe(webText(HIGH, 'windows-1252'));
  });

  test('are read from where they lie in a larger array', () => {
    expect(javaText(new Uint8Array([0x41, 0x80, 0x42]).subarray(1, 2), 'windows-1252')).toBe('€');
  });

  test.each(['nonsense', '', 'replacement'])('named %j are refused', (charset) => {
    expect(() => javaText(bytes('41'), charset)).toThrow(NOT_KNOWN);
    expect(() => webText(bytes('41'), charset)).toThrow(NOT_KNOWN);
  });

  test('have no name with blanks in Java, and may have Java’s own', () => {
    expect(() => javaText(bytes('41'), ' utf-8 ')).toThrow(NOT_KNOWN);
    expect(javaText(bytes('a4'), 'ISO8859_15')).toBe('€');
  });
});

describe('€ and curly quotes in windows-1252', () => {
  const QUOTED = '“€12”';
  const SIGNED = '[-109, -128, 49, 50, -108]';
  const RAW = Buffer.from([0x93, 0x80, 0x31, 0x32, 0x94]);

  test('come out of a blob, and a charset that nobody knows is refused', () => {
    const { evaluate } = toy();
    expect(evaluate(`Utilities.newBlob(${SIGNED}).getDataAsString('windows-1252')`)).toBe(QUOTED);
    expect(() => evaluate(`Utilities.newBlob(${SIGNED}).getDataAsString('nonsense')`)).toThrow('nonsense');
  });

  test('come out of a reply', () => {
    const reply = { ...ok(), body: new Uint8Array(RAW) };
    const { evaluate } = toy({ reply: (requests) => requests.map(() => reply) });
    expect(evaluate(`UrlFetchApp.fetch('https://a.example/').getContentText('windows-1252')`)).toBe(QUOTED);
  });

  test('come out of Gmail as UTF-8, also from mail that says Latin-1', () => {
    for (const charset of ['windows-1252', 'iso-8859-1']) {
      const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`);
      const mail = Buffer.from([...head, ...RAW]);
      expect(parseMime(mail).content.toString('utf8')).toBe(QUOTED);
      expect(decodeWords(`=?${charset}?Q?=93=8012=94?=`)).toBe(QUOTED);
    }
  });

  test('come out of the platform that tests have in memory', () => {
    expect(fakeHost().decodeText(new Uint8Array(RAW), 'windows-1252')).toBe(QUOTED);
    expect(fakeHost().decodeText(new Uint8Array(RAW), 'nonsense')).toBeNull();
  });
});
