/** Settings about money, read from their texts. */
import type { Cents } from '../statement/money.ts';
import { centsFromDollars, formatMoney } from '../statement/money.ts';
import { LARGEST_RATE_CENTS } from '../statement/rates.ts';
import { cut } from '../statement/short-text.ts';

/** Dollars a guest, as a person types them: `$125.00`. */
export function readRate(value: string, bad: (why: string) => void): Cents {
  const cents = centsFromDollars(value.replace(/^\$\s*/, ''));
  if (typeof cents === 'string') {
    bad(`“${cut(value)}” is not an amount of dollars such as 125.00.`);
    return 0;
  }
  if (cents > LARGEST_RATE_CENTS) {
    bad(
      `${formatMoney(cents)} a guest is more than ${formatMoney(LARGEST_RATE_CENTS)}; the rate is in dollars, not in cents.`,
    );
  }
  return cents;
}

/** Of ISO 4217, those whose unit is not a hundredth: amounts are cents here. */
const NOT_CENTS = new Set(
  'BHD BIF CLP DJF GNF IQD ISK JOD JPY KMF KRW KWD LYD OMR PYG RWF TND UGX UYI VND VUV XAF XOF XPF'.split(
    ' ',
  ),
);

/** A code of ISO 4217 whose unit is a hundredth. */
export function readCurrency(value: string, bad: (why: string) => void): string {
  if (!/^[A-Z]{3}$/.test(value)) bad(`“${cut(value)}” is not three capital letters such as USD.`);
  else if (NOT_CENTS.has(value)) bad(`${value} is not counted in hundredths; Purser counts in cents.`);
  return value;
}
