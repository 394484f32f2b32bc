import { readItemLines } from '../../../scripts/local/aws/export-lines.ts';

const read = (text: string) => readItemLines(text, 'charterId');

test('plain JSON keeps every number as it is written', () => {
  const line =
    '{"charterId":"CH-1","guests":6,"revenueTotal":1250.10,"big":12345678901234567890123456789012345678,"small":1e-130}';
  expect(read(line)).toEqual({
    items: [
      {
        charterId: { S: 'CH-1' },
        guests: { N: '6' },
        revenueTotal: { N: '1250.10' },
        big: { N: '12345678901234567890123456789012345678' },
        small: { N: '1e-130' },
      },
    ],
    problems: [],
  });
});

test('plain JSON of every kind becomes the type that DynamoDB has for it', () => {
  const line =
    '{"charterId":"CH-1","a":true,"b":null,"c":["x",1,[]],"d":{"e":""},"__proto__":{"S":"plain"},"f":"\\u00e9\\n\\"🐬"}';
  const [item] = read(line).items;
  expect(JSON.stringify(item)).toBe(
    '{"charterId":{"S":"CH-1"},"a":{"BOOL":true},"b":{"NULL":true},"c":{"L":[{"S":"x"},{"N":"1"},{"L":[]}]},' +
      '"d":{"M":{"e":{"S":""}}},"__proto__":{"M":{"S":{"S":"plain"}}},"f":{"S":"é\\n\\"🐬"}}',
  );
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
test('DynamoDB JSON and the export to S3 are taken as they are', () => {
  const item =
    '{"charterId":{"S":"CH-1"},"guests":{"N":"6"},"crew":{"SS":["a","b"]},"n":{"NS":["1","2.50"]},"b":{"B":"AQI="},' +
    '"bs":{"BS":["AQ==","Ag=="]},"t":{"BOOL":false},"z":{"NULL":true},"l":{"L":[{"S":"x"}]},"m":{"M":{"k":{"N":"1"}}}}';
  const { items, problems } = readItemLines(`${item}\n{"Item":${item.replace('CH-1', 'CH-2')}}`, 'charterId');
  expect(problems).toEqual([]);
  expect(items.map((one) => JSON.stringify(one))).toEqual([item, item.replace('CH-1', 'CH-2')]);
});

test('a plain item wrapped in Item is taken too, and an attribute called Item stays one', () => {
  expect(read('{"Item":{"charterId":"CH-1"}}').items).toEqual([{ charterId: { S: 'CH-1' } }]);
  expect(read('{"charterId":"CH-1","Item":{"a":1}}').items).toEqual([
    { charterId: { S: 'CH-1' }, Item: { M: { a: { N: '1' } } } },
  ]);
});

test('a byte order mark, CRLF, blank lines and a missing last line end are fine', () => {
  const { items, problems } = read('\uFEFF{"charterId":"a"}\r\n\r\n  \n{"charterId":"b"}');
  expect(problems).toEqual([]);
  expect(items).toHaveLength(2);
});

test('an empty file has no items and no problems', () => {
  expect(read('')).toEqual({ items: [], problems: [] });
});

test.each([
  ['not JSON', '{"charterId":', /not JSON: it breaks off/],
  ['words', 'charterId,guests', /not JSON: character 1/],
  ['two values', '{"charterId":"a"} {"charterId":"b"}', /not JSON: .* after the end/],
  ['a trailing comma', '{"charterId":"a",}', /not JSON/],
  ['single quotes', "{'charterId':'a'}", /not JSON/],
  ['a number with a leading zero', '{"charterId":"a","guests":06}', /not JSON/],
  ['NaN', '{"charterId":"a","guests":NaN}', /not JSON/],
  ['a raw line break in a string', '{"charterId":"a\tb"}', /not JSON/],
  ['a member named twice', '{"charterId":"a","guests":1,"guests":2}', /“guests” is named twice/],
  ['an array', '[{"charterId":"a"}]', /not an object/],
  ['a string', '"charterId"', /not an object/],
  ['null', 'null', /not an object/],
  ['no key', '{"guests":6}', /Missing the key charterId/],
  ['no key in DynamoDB JSON', '{"guests":{"N":"6"}}', /Missing the key charterId/],
  ['an empty key', '{"charterId":""}', /empty string value/],
  ['a key that is a number', '{"charterId":17}', /Type mismatch for key charterId expected: S actual: N/],
  ['a key that is null', '{"charterId":null}', /Type mismatch.*NULL/],
  ['a key of the wrong type in DynamoDB JSON', '{"charterId":{"N":"17"}}', /Type mismatch/],
  ['a key that is too long', `{"charterId":"${'k'.repeat(2049)}"}`, /2048/],
  ['39 digits', `{"charterId":"a","n":${'1'.repeat(39)}}`, /n: .*38 significant digits/],
  ['a number too large', '{"charterId":"a","n":1e126}', /overflow/],
  ['a number too small', '{"charterId":"a","n":1e-131}', /underflow/],
  ['a number that is none in DynamoDB JSON', '{"charterId":{"S":"a"},"n":{"N":"six"}}', /numeric value: six/],
  [
    'a number that is no string in DynamoDB JSON',
    '{"charterId":{"S":"a"},"n":{"N":6}}',
    /n\.N: should be a string/,
  ],
  ['an empty set', '{"charterId":{"S":"a"},"crew":{"SS":[]}}', /set {2}may not be empty/],
  ['a set with a member twice', '{"charterId":{"S":"a"},"crew":{"SS":["x","x"]}}', /duplicates/],
  ['numbers that are equal in a set', '{"charterId":{"S":"a"},"n":{"NS":["1","1.0"]}}', /duplicates/],
  ['NULL that is not true', '{"charterId":{"S":"a"},"n":{"NULL":false}}', /n\.NULL: should be true/],
  [
    'a type that DynamoDB has not',
    '{"charterId":{"S":"a"},"n":{"X":"1"}}',
    /n: not one value in DynamoDB JSON/,
  ],
  ['plain and DynamoDB JSON mixed', '{"charterId":{"S":"a"},"guests":6}', /guests: not one value/],
  ['binary that is not Base64', '{"charterId":{"S":"a"},"b":{"B":"?"}}', /Base64/],
  ['33 levels', `{"charterId":"a","n":${'['.repeat(33)}${']'.repeat(33)}}`, /Nesting Levels/],
  ['endless levels', `{"charterId":"a","n":${'['.repeat(100_000)}`, /not JSON: nested deeper/],
  ['more than 400 KB', `{"charterId":"a","n":"${'n'.repeat(400 * 1024)}"}`, /maximum allowed size/],
  ['more than 400 KB in bytes', `{"charterId":"a","n":"${'é'.repeat(205 * 1024)}"}`, /maximum allowed size/],
])('%s is a problem of its line', (_, line, problem) => {
  expect(read(`{"charterId":"first"}\n${line}`)).toEqual({
    items: [{ charterId: { S: 'first' } }],
    problems: [{ line: 2, problem: expect.stringMatching(problem) }],
  });
});

test.each([
  [
    '38 digits with zeros around',
    `{"charterId":"a","n":000}`.replace('000', `0.${'0'.repeat(20)}${'1'.repeat(38)}000`),
  ],
  ['the largest number', '{"charterId":"a","n":9.9999999999999999999999999999999999999E+125}'],
  ['the smallest number', '{"charterId":"a","n":-1E-130}'],
  ['zero, however small', '{"charterId":"a","n":0e-999}'],
  ['an empty string that is no key', '{"charterId":"a","n":""}'],
  ['an item of almost 400 KB', `{"charterId":"a","n":"${'n'.repeat(400 * 1024 - 11)}"}`],
  ['32 levels', `{"charterId":"a","n":${'['.repeat(32)}${']'.repeat(32)}}`],
])('%s is taken', (_, line) => {
  expect(read(line)).toMatchObject({ items: [{ charterId: { S: 'a' } }], problems: [] });
});

test('a key twice names both lines, even when the first item was refused', () => {
  const text =
    '{"charterId":"a"}\n{"charterId":"b","n":1e999}\n{"charterId":{"S":"a"}}\n{"charterId":"b"}\n{"charterId":"a"}';
  const { items, problems } = read(text);
  expect(items).toEqual([{ charterId: { S: 'a' } }]);
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  expect(problems[1]?.problem).toBe('charterId “a” is on line 1 already');
  expect(problems[2]?.problem).toBe('charterId “b” is on line 2 already');
});

test('an index key of another type, or empty, is what the index makes DynamoDB refuse', () => {
  const indexed = [{ name: 'month', type: 'S' as const }];
  const text =
    '{"charterId":"a","month":5}\n{"charterId":"b","month":""}\n{"charterId":"c"}\n{"charterId":"d","month":"2026-05"}';
  const { items, problems } = readItemLines(text, 'charterId', indexed);
  expect(items).toHaveLength(2);
  expect(problems).toMatchObject([
    { line: 1, problem: expect.stringMatching(/Index Key month Expected: S Actual: N/) },
    { line: 2, problem: expect.stringMatching(/empty string/) },
  ]);
});
