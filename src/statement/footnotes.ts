/** The words under the statement. */
import type { Adjustment } from './adjustments.ts';
import { adjustmentFootnotes, hasEffect } from './adjustments.ts';
import { foldVessel } from './charter.ts';
import { isCorrection } from './corrections.ts';
import type { StatementInput } from './input.ts';
import { formatMoney } from './money.ts';
import { dateLabel, firstDay, monthLabel, monthOf } from './month.ts';
import type { RateRow } from './rates.ts';
import { cut } from './short-text.ts';
import type { StatementLine, Totals } from './statement.ts';

/** What a reader of the month should know. Nothing here depends on when the data was read. */
export function footnotes(
  input: StatementInput,
  lines: readonly StatementLine[],
  totals: Totals,
  unreadable: number,
): string[] {
  const { month, currency } = input;
  const notes: string[] = [];
  if (lines.every(isCorrection)) notes.push(`No charters were recorded for ${monthLabel(month)}.`);
  const sentences = (count: number, one: string, many: string): void => {
    if (count > 0) notes.push(count === 1 ? one : many.replace('#', String(count)));
  };
  sentences(
    lines.filter(({ status }) => status === 'cancelled' || status === 'no-show').length,
    '1 charter that did not sail is listed with 0 guests; only money kept from it counts.',
    '# charters that did not sail are listed with 0 guests; only money kept from them counts.',
  );
  sentences(
    lines.filter(({ status }) => status === 'scheduled' || status === 'unknown').length,
    '1 charter is still open and is listed with 0 guests.',
    '# charters are still open and are listed with 0 guests.',
  );
  sentences(
    lines.filter(({ status, counted }) => status === 'completed' && !counted).length,
    '1 charter is entered twice; the second entry is not counted.',
    '# charters are entered twice; the second entries are not counted.',
  );
  sentences(
    unreadable,
    '1 charter could not be read and is not counted.',
    '# charters could not be read and are not counted.',
  );
  if (totals.comps > 0) {
    const people = totals.comps === 1 ? '1 guest' : `${totals.comps} guests`;
    const worth =
      totals.compsCents === 0
        ? ''
        : `, worth ${formatMoney(totals.compsCents, currency)} at the charters’ rates`;
    notes.push(`${people} sailed without paying (comps)${worth}.`);
  }
  const outside = [
    ['tax', totals.taxCents],
    ['fees', totals.feesCents],
    ['gratuity', totals.gratuityCents],
  ] as const;
  const shown = outside
    .filter(([, cents]) => cents !== 0)
    .map(([word, cents]) => `${word} ${formatMoney(cents, currency)}`);
  if (shown.length > 0) notes.push(`Outside revenue: ${shown.join(', ')}.`);
  if (totals.differenceCents !== 0) {
    notes.push(
      `Recorded revenue is ${formatMoney(totals.recordedCents, currency)}, ${formatMoney(Math.abs(totals.differenceCents), currency)} ${
        totals.differenceCents > 0 ? 'more' : 'less'
      } than is reported.`,
    );
  }
  notes.push(
    ...rateNotes(input, lines),
    ...carriedNotes(input),
    ...adjustmentFootnotes(printed(input.adjustments, lines), currency),
  );
  return notes;
}

/** Standard rates that changed within the month, and at which somebody sailed. */
function rateNotes({ month, rates, currency }: StatementInput, lines: readonly StatementLine[]): string[] {
  const used = ({ from, vessel, rateCents }: RateRow): boolean =>
    lines.some(
      (line) =>
        line.counted &&
        line.date >= from &&
        line.rateCents === rateCents &&
        (vessel === null || foldVessel(vessel) === foldVessel(line.vessel)),
    );
  return rates
    .filter((row) => monthOf(row.from) === month && row.from !== firstDay(month) && used(row))
    .map(({ from, vessel, rateCents }) => {
      const where = vessel === null ? '' : ` on ${cut(vessel)}`;
      return `From ${dateLabel(from)} the standard rate${where} is ${formatMoney(rateCents, currency)} a guest.`;
    });
}

const MOST_CARRIED = 10;

/** What is still open from earlier months, as the person put it who carried it forward. */
function carriedNotes({ month, carried, currency }: StatementInput): string[] {
  const open = carried.filter((row) => !row.resolved && row.month < month);
  const shown = open.length > MOST_CARRIED ? open.slice(0, MOST_CARRIED - 1) : open;
  const notes = shown.map((row) => {
    const charter = row.charterId === null ? '' : `, charter ${cut(row.charterId)}`;
    const amount = row.cents === null || row.cents === 0 ? '' : `, ${formatMoney(row.cents, currency)}`;
    return `Not settled yet from ${monthLabel(row.month)}${charter}${amount}: ${cut(row.reason, 400)} (${cut(row.who)}).`;
  });
  const rest = open.length - shown.length;
  return rest === 0 ? notes : [...notes, `${rest} more questions about earlier months are not settled yet.`];
}

/** Rows that change what is reported, and notes: words about a change that nothing shows would mislead. */
function printed(adjustments: readonly Adjustment[], lines: readonly StatementLine[]): Adjustment[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return adjustments.filter((one) => {
    const line = one.charterId === null ? undefined : byId.get(one.charterId);
    return one.kind === 'note' || one.kind === 'correction' || (line !== undefined && hasEffect(one, line));
  });
}
