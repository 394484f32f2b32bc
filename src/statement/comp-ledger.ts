/** The comp ledger: who sailed without paying, on which charter, why, and what it was worth. */
import type { Charter } from './charter.ts';
import { formatMoney, sumCents } from './money.ts';
import { dateLabel } from './month.ts';
import { cut } from './short-text.ts';
import type { CompEntry, StatementLine } from './statement.ts';

/** One entry for each counted charter with comps, in the order of the lines. */
export function compLedger(lines: readonly StatementLine[], charters: readonly Charter[]): CompEntry[] {
  const said = new Map(charters.map(({ id, compNotes }) => [id, compNotes.trim()]));
  return lines
    .filter(({ comps }) => comps > 0)
    .map((line) => ({
      charterId: line.id,
      date: line.date,
      departs: line.departs,
      vessel: line.vessel,
      heads: line.comps,
      said: said.get(line.id) ?? '',
      worthCents: line.compsCents,
    }));
}

/** Excel's rows end at 409.5 points, which is less than forty lines of a small font. */
const MOST_LINES = 30;

/** One line an entry, worth at the charter's rate where it has one; the rest, if they are too many, summed up. */
export function compLines(comps: readonly CompEntry[], currency: string): string[] {
  if (comps.length === 0) return ['None.'];
  const shown = comps.length > MOST_LINES ? comps.slice(0, MOST_LINES - 1) : comps;
  const lines = shown.map(({ date, departs, vessel, charterId, heads, said, worthCents }) => {
    const who = said === '' ? 'no person or reason given' : cut(said, 160);
    const worth = worthCents === 0 ? '' : `; worth ${formatMoney(worthCents, currency)}`;
    return `${dateLabel(date)}, ${cut(departs)}, ${cut(vessel, 60)}, ${cut(charterId, 60)}: ${headsText(heads)}: ${who}${worth}`;
  });
  const rest = comps.slice(shown.length);
  if (rest.length > 0) {
    const heads = rest.reduce((sum, entry) => sum + entry.heads, 0);
    const worth = formatMoney(sumCents(rest.map(({ worthCents }) => worthCents)), currency);
    lines.push(
      `And ${headsText(heads)} on ${rest.length} more charters, worth ${worth}, in those charters’ notes.`,
    );
  }
  return lines;
}

function headsText(heads: number): string {
  return heads === 1 ? '1 comp' : `${heads} comps`;
}
