import { attributeMapProblem, attributeValueProblem } from '../../../src/clients/aws/attribute-value.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
test.each([
  [{ S: 'Hello' }],
  [{ S: '' }],
  [{ N: '123.45' }],
  [{ N: '-0.00000000000000000000000000000000000001' }],
  [{ N: '1E+20' }],
  [{ BOOL: false }],
  [{ NULL: true }],
  [{ SS: ['Giraffe', 'Hippo', 'Zebra'] }],
  [{ NS: ['42.2', '-19', '7.5'] }],
  [{ BS: ['U3Vubnk=', 'UmFpbnk=', 'U25vd3k='] }],
  [{ B: 'dGhpcyB0ZXh0IGlzIGJhc2U2NC1lbmNvZGVk' }],
  [{ L: [{ S: 'Cookies' }, { N: '3.14159' }, { L: [] }] }],
  [{ M: { Name: { S: 'Joe' }, Age: { N: '35' } } }],
])('%j, as in the reference, is a value', (value) => {
  expect(attributeValueProblem(value)).toBeNull();
});

test.each([
  [{ N: 6 }, '.N: not a decimal string'],
  [{ N: '' }, '.N: not a decimal string'],
  [{ N: '1,250.00' }, '.N: not a decimal string'],
  [{ N: 'NaN' }, '.N: not a decimal string'],
  [{ N: '0x10' }, '.N: not a decimal string'],
  [{ S: null }, '.S: not a string'],
  [{ BOOL: 'true' }, '.BOOL: not true or false'],
  [{ NULL: false }, '.NULL: not true'],
  [{ SS: [] }, '.SS: not a set with members'],
  [{ SS: ['a', 1] }, '.SS[1]: not a string'],
  [{ NS: ['1', 'one'] }, '.NS[1]: not a decimal string'],
  [{ B: 'a b' }, '.B: not Base64'],
  [{ L: [{ S: 'a' }, 'b'] }, '.L[1]: not an attribute value'],
  [{ M: { crew: { L: [{ N: 'x' }] } } }, '.M.crew.L[0].N: not a decimal string'],
  [{ S: 'a', N: '1' }, ': not exactly one type'],
  [{}, ': not exactly one type'],
  [{ X: 'a' }, '.X: no type of DynamoDB'],
  ['text', ': not an attribute value'],
  [null, ': not an attribute value'],
])('%j is no value, and the place is named', (value, problem) => {
  expect(attributeValueProblem(value)).toBe(problem);
});

test('the attribute of an item that is no value is named', () => {
  expect(attributeMapProblem({ charterId: { S: 'CH-1' }, guests: { N: 6 } })).toBe(
    'guests.N: not a decimal string',
  );
  expect(attributeMapProblem([])).toBe('not an object of attributes');
  expect(attributeMapProblem({ charterId: { S: 'CH-1' } })).toBeNull();
});
