/** The `Purser rates` tab, read: every bad row is named with its cell. */
import { PurserError } from '../host/errors.ts';
import { cellAddress } from '../statement/grid.ts';
import { centsFromDollars, dollarsText, formatMoney } from '../statement/money.ts';
import { dateOfSerial, isIsoDate } from '../statement/month.ts';
import type { RateRow } from '../statement/rates.ts';
import { LARGEST_RATE_CENTS } from '../statement/rates.ts';
import { cut } from '../statement/short-text.ts';

type Value = string | number | boolean | null;

/** @throws PurserError `settings-invalid`, naming every bad cell */
export function readRates(title: string, rows: readonly (readonly Value[])[]): RateRow[] {
  const problems: string[] = [];
  const given = new Map<string, { cents: number; at: string }>();
  const rates = rows.flatMap((row, index): RateRow[] => {
    if (index === 0 || row.every((value) => value === null || String(value).trim() === '')) return [];
    const [from, vessel, rate, note] = row;
    const at = (column: number): string => cellAddress(title, index, column);
    const date = typeof from === 'number' ? dateOfSerial(from) : String(from ?? '').trim();
    if (date === null || !isIsoDate(date)) {
      problems.push(`${at(0)}: “${cut(String(from ?? ''), 40)}” is not a date such as 2026-05-01.`);
    }
    const cents = centsFromDollars(rateText(rate));
    if (typeof cents !== 'number') {
      problems.push(`${at(2)}: “${cut(String(rate ?? ''), 40)}” is not an amount of dollars such as 125.00.`);
    } else if (cents > LARGEST_RATE_CENTS) {
      problems.push(
        `${at(2)}: ${formatMoney(cents)} a guest is more than ${formatMoney(LARGEST_RATE_CENTS)}; the rate is in dollars, not in cents.`,
      );
    }
    if (date === null || typeof cents !== 'number') return [];
    const name = String(vessel ?? '').trim();
    const vesselOrAny = name === '' || name.toLowerCase() === 'any' ? null : name;
    const sailing = JSON.stringify([date, vesselOrAny?.toLowerCase() ?? null]);
    const earlier = given.get(sailing);
    if (earlier !== undefined && earlier.cents !== cents) {
      problems.push(
        `${at(2)}: ${earlier.at} gives another rate for the same day and vessel; keep one of them.`,
      );
    }
    given.set(sailing, earlier ?? { cents, at: at(2) });
    return [
      {
        from: date,
        vessel: vesselOrAny,
        rateCents: cents,
        note: String(note ?? ''),
        cell: at(2),
      },
    ];
  });
  if (problems.length > 0) {
    throw new PurserError('settings-invalid', {
      what: `The tab “${title}” has rows that can't be read: ${problems.join(' ')}`,
      now: 'Correct them, or empty the rows, and try again.',
      data: { problems: problems.length },
    });
  }
  return rates;
}

/** A cell's number is a double: 118.1 is exact again once it is written as the shortest decimal. */
function rateText(rate: Value | undefined): string {
  if (typeof rate === 'number') {
    const cents = Math.round(rate * 100);
    return Math.abs(cents - rate * 100) < 1e-6 && rate >= 0 ? dollarsText(cents) : String(rate);
  }
  return String(rate ?? '')
    .trim()
    .replace(/^\$\s*/, '');
}
