/** Money as integer cents, from DynamoDB's decimal string to the cell. No floats on the way. */

export type Cents = number;

/** One amount on an item may not be larger: 100,000 of them still add up to a safe integer. */
export const LARGEST_AMOUNT_CENTS = 50_000_000_000;

export type AmountProblem = 'not-a-number' | 'negative' | 'too-many-decimals' | 'too-large';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

interface Decimal {
  readonly negative: boolean;
  /** All significant digits; empty for zero. */
  readonly digits: string;
  /** How many of the digits stand after the point; negative for trailing zeros. */
  readonly scale: number;
}

/** Exact reading of a decimal string, exponents included (DynamoDB keeps up to 38 digits). */
function readDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  const scale = fraction.length - Number(exponent) - (all.length - digits.length);
  return { negative: sign === '-' && digits !== '', digits, scale: digits === '' ? 0 : scale };
}

/** The same text for the same number, however it is written (`125`, `125.0`, `1.25E2`); null when it isn't one. */
export function canonicalDecimal(text: string): string | null {
  const decimal = readDecimal(text);
  return decimal === null
    ? null
    : `${decimal.negative ? '-' : ''}${decimal.digits || '0'}E${-decimal.scale || 0}`;
}

function scaled(text: string, decimals: number, largest: number): number | AmountProblem {
  const decimal = readDecimal(text);
  if (decimal === null) return 'not-a-number';
  if (decimal.negative) return 'negative';
  if (decimal.scale > decimals) return 'too-many-decimals';
  const zeros = decimals - decimal.scale;
  if (decimal.digits !== '' && decimal.digits.length + zeros > 15) return 'too-large';
  const value = Number(decimal.digits === '' ? '0' : decimal.digits + '0'.repeat(zeros));
  return value > largest ? 'too-large' : value;
}

/** Dollars as a decimal string (`118.5`) to cents (11850), exactly; or what is wrong with it. */
export function centsFromDollars(text: string): Cents | AmountProblem {
  return scaled(text, 2, LARGEST_AMOUNT_CENTS);
}

/** A count of heads as a decimal string (`6`, `6.0`) to an integer; or what is wrong with it. */
export function wholeNumber(text: string, largest: number): number | AmountProblem {
  return scaled(text, 0, largest);
}

/** `1234567` → `$12,345.67`, `-50` → `-$0.50`; currencies other than USD carry their code: `EUR 12.00`. */
export function formatMoney(cents: Cents, currency = 'USD'): string {
  const sign = cents < 0 ? '-' : '';
  const prefix = currency === 'USD' ? '$' : `${currency} `;
  return `${sign}${prefix}${groupThousands(dollarsText(Math.abs(cents)))}`;
}

/** `1234567` → `12345.67`: the shortest text that a spreadsheet reads back to the same cents. */
export function dollarsText(cents: Cents): string {
  const absolute = Math.abs(cents);
  const whole = Math.floor(absolute / 100);
  const rest = String(absolute % 100).padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${whole}.${rest}`;
}

/** `12345` → `12,345`, `12345.67` → `12,345.67`. */
export function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The number that a cell holds for these cents: the double nearest to the decimal. */
export function cellDollars(cents: Cents): number {
  return cents / 100;
}

/** Sum that can't lose a cent. @throws RangeError past what an integer holds exactly. */
export function sumCents(amounts: readonly Cents[]): Cents {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError('a sum of money is past what is counted exactly');
  }
  return sum;
}
