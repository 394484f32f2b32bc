import fc from 'fast-check';
import {
  canonicalDecimal,
  cellDollars,
  centsFromDollars,
  dollarsText,
  formatMoney,
  groupThousands,
  LARGEST_AMOUNT_CENTS,
  sumCents,
  wholeNumber,
} from '../../src/statement/money.ts';

// DynamoDB sends numbers as strings of up to 38 digits, with magnitudes from 1E-130 to 9.9…E+125:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
test.each([
  ['0', 0],
  ['-0', 0],
  ['-0.00', 0],
  ['0E+125', 0],
  ['125', 12_500],
  ['118.5', 11_850],
  ['118.50', 11_850],
  ['0.29', 29],
  ['1.15', 115],
  ['8.2', 820],
  ['1.25E2', 12_500],
  ['12500e-2', 12_500],
  ['1E+3', 100_000],
  ['.5', 50],
  ['5.', 500],
  ['00012.30', 1230],
  ['12.30000000000000000000000000000000000', 1230],
  ['500000000.00', LARGEST_AMOUNT_CENTS],
])('%s dollars are %i cents, exactly', (text, cents) => {
  expect(centsFromDollars(text)).toBe(cents);
});

test.each([
  ['', 'not-a-number'],
  ['.', 'not-a-number'],
  ['-', 'not-a-number'],
  ['NaN', 'not-a-number'],
  ['Infinity', 'not-a-number'],
  ['1,250.00', 'not-a-number'],
  ['$5', 'not-a-number'],
  [' 5', 'not-a-number'],
  ['0x10', 'not-a-number'],
  ['5\n', 'not-a-number'],
  ['٥', 'not-a-number'],
  ['1e99999', 'not-a-number'],
  ['-0.01', 'negative'],
  ['-1E-130', 'negative'],
  ['0.001', 'too-many-decimals'],
  ['1E-130', 'too-many-decimals'],
  ['12.345678901234567890123456789012345678', 'too-many-decimals'],
  ['500000000.01', 'too-large'],
  ['9.9999999999999999999999999999999999999E+125', 'too-large'],
  ['12345678901234567890123456789012345678', 'too-large'],
  ['1e9999', 'too-large'],
])('“%s” is no amount: %s', (text, problem) => {
  expect(centsFromDollars(text)).toBe(problem);
});

test('every amount of cents is read back from its decimal text, however the exponent stands', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: LARGEST_AMOUNT_CENTS }),
      fc.integer({ min: -20, max: 20 }),
      (cents, shift) => {
        expect(centsFromDollars(dollarsText(cents))).toBe(cents);
        expect(centsFromDollars(`${cents}E-2`)).toBe(cents);
        const moved =
          shift >= 0
            ? `${cents}${'0'.repeat(shift)}E-${2 + shift}`
            : `0.${'0'.repeat(-shift)}${cents}E${String(cents).length - shift - 2}`;
        expect(centsFromDollars(moved)).toBe(cents);
      },
    ),
  );
});

test('the double in a cell reads as the same cents, up to the largest amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: -LARGEST_AMOUNT_CENTS, max: LARGEST_AMOUNT_CENTS }), (cents) => {
      expect(cellDollars(cents)).toBe(Number(dollarsText(cents)));
      expect(Math.round(cellDollars(cents) * 100)).toBe(cents);
    }),
  );
});

test.each([
  ['6', 6],
  ['6.0', 6],
  ['6E0', 6],
  ['1e1', 10],
  ['-0', 0],
  ['6.5', 'too-many-decimals'],
  ['-1', 'negative'],
  ['100001', 'too-large'],
  ['1E+125', 'too-large'],
])('%s heads read as %s', (text, heads) => {
  expect(wholeNumber(text, 100_000)).toBe(heads);
});

test.each([
  ['125', '125.0'],
  ['125', '1.25E+2'],
  ['0', '-0.000'],
  ['1000', '1e3'],
  ['0.5', '.50'],
])('%s and %s are the same number', (a, b) => {
  expect(canonicalDecimal(a)).toBe(canonicalDecimal(b));
});

test('different numbers, and numbers of different sign, are not the same', () => {
  expect(canonicalDecimal('125')).not.toBe(canonicalDecimal('12.5'));
  expect(canonicalDecimal('125')).not.toBe(canonicalDecimal('-125'));
  expect(canonicalDecimal('12345678901234567890123456789012345678')).not.toBe(
    canonicalDecimal('12345678901234567890123456789012345679'),
  );
  expect(canonicalDecimal('one')).toBeNull();
});

test('money is shown as people write it, with the sign before the currency', () => {
  expect(formatMoney(1_234_567)).toBe('$12,345.67');
  expect(formatMoney(-50)).toBe('-$0.50');
  expect(formatMoney(-0)).toBe('$0.00');
  expect(formatMoney(1200, 'EUR')).toBe('EUR 12.00');
  expect(formatMoney(100_000_000_000)).toBe('$1,000,000,000.00');
  expect(groupThousands('999')).toBe('999');
  expect(groupThousands('1000000.5')).toBe('1,000,000.5');
  expect(dollarsText(-7)).toBe('-0.07');
});

test('a sum is exact or refused, never rounded', () => {
  expect(sumCents([])).toBe(0);
  expect(sumCents([10, 20, -30, 5])).toBe(5);
  expect(sumCents([Number.MAX_SAFE_INTEGER - 1, 1])).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => sumCents([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
});
