/** What captains wrote down aboard, as the office kept it: logs in winter, a sheet for each sailing since April. */
import { dateLabel, monthLabel } from '../../src/statement/month.ts';
import type { Row } from '../local/office-files.ts';
import { csvBytes, xlsxBytes } from '../local/office-files.ts';
import { BOOKINGS } from './bookings.ts';
import type { LoggedCharter } from './logbooks.ts';
import { CHARTERS_WITH_MAIL } from './logbooks.ts';
import { COMPANY, ROSTER, TOLLIVER } from './operator.ts';

/** Never handed in. */
const MISSING = ['BH-2026-04-009'];
/** Entered twice in the ledger, sailed and written down once. */
const ENTERED_AGAIN = ['BH-2026-04-020'];
const WEATHER = ['S 8 kn, clear', 'SW 11 kn, some cloud, "red sky"', 'W 14 kn, light chop', 'NE 6 kn, haze'];

/** File name below `trip-sheets/` → bytes. */
export function tripSheets(): ReadonlyMap<string, Uint8Array> {
  const sailed = CHARTERS_WITH_MAIL.filter(
    ({ item }) =>
      (item.status === 'completed' || item.status === 'scheduled') &&
      ![...MISSING, ...ENTERED_AGAIN].includes(item.charterId),
  );
  const of = (month: string): LoggedCharter[] => sailed.filter(({ item }) => item.month === month);
  const files = new Map<string, Uint8Array>();
  for (const month of ['2026-01', '2026-02', '2026-03']) {
    files.set(`Captains log ${month}.csv`, csvBytes(';', captainsLog(of(month))));
  }
  for (const month of ['2026-04', '2026-05']) {
    const tolliver = of(month).filter(({ item }) => item.vessel === TOLLIVER);
    files.set(
      `Tolliver ${month}.xlsx`,
      xlsxBytes(tolliver.map((charter) => ({ name: charter.item.charterId, ...mergedSheet(charter) }))),
    );
    for (const charter of of(month)) {
      if (charter.item.vessel === TOLLIVER) continue;
      files.set(`${charter.item.charterId}.csv`, csvBytes(',', paper(charter)));
    }
  }
  return files;
}

/** One row a trip. */
function captainsLog(charters: readonly LoggedCharter[]): Row[] {
  const month = monthLabel(charters[0]?.item.month ?? '');
  return [
    [`${COMPANY}, captains’ log, ${month}`],
    [],
    ['Charter', 'Date', 'Departs', 'Vessel', 'Aboard', 'No-shows', 'Comps', 'Comp details', 'Signed'],
    ...charters.map(
      ({ item, sailing }): Row => [
        item.charterId,
        item.date,
        item.departs,
        item.vessel,
        item.guests,
        item.noShows ?? 0,
        item.comps,
        (sailing.comps ?? []).map(withParentheses).join('; '),
        captainOf(item.crew),
      ],
    ),
  ];
}

/** `Dana Whitlock, press` as `Dana Whitlock (press)`. */
function withParentheses(words: string): string {
  const { person, reason } = compOf(words);
  return `${person} (${reason})`;
}

function compOf(words: string): { readonly person: string; readonly reason: string } {
  const at = words.indexOf(', ');
  return at < 0 ? { person: '', reason: words } : { person: words.slice(0, at), reason: words.slice(at + 2) };
}

/** A heading and a list of parties. */
function paper({ item, sailing }: LoggedCharter): Row[] {
  const number = Number(item.charterId.slice(-3));
  const heads = aboard(sailing);
  const comps = sailing.comps ?? [];
  return [
    ['Trip sheet', COMPANY],
    ['Charter', item.charterId],
    ['Date', dateLabel(item.date)],
    ['Departed', item.departs],
    ['Vessel', item.vessel],
    ['Captain', captainOf(item.crew)],
    ['Crew', item.crew.slice(1).map(nameOf).join(', ')],
    ['Weather', WEATHER[number % WEATHER.length] ?? ''],
    [],
    ['Booking', 'Guest', 'Aboard', 'Comps', 'Note'],
    ...partiesOf(item.bookingRefs).map(
      ({ reference, name }, party): Row => [reference, name, sailing.parties[party] ?? 0, 0, ''],
    ),
    ...comps.map((words): Row => ['', compOf(words).person === '' ? '' : words, 1, 1, 'comp']),
    ['Total', '', heads + comps.length, comps.length, ''],
    ...(sailing.noShows === undefined ? [] : [['No-shows', sailing.noShows] satisfies Row]),
    ['Signed', captainOf(item.crew)],
  ];
}

/** The schooner's own form: a title and the heads of its columns are merged. */
function mergedSheet({ item, sailing }: LoggedCharter): {
  readonly rows: Row[];
  readonly merges: (readonly [row: number, fromColumn: number, toColumn: number])[];
} {
  return {
    merges: [
      [0, 0, 4],
      [6, 0, 1],
      [6, 3, 4],
    ],
    rows: [
      ['MARGARET & ELLEN TOLLIVER – PASSENGER SHEET'],
      ['Charter ID', item.charterId],
      ['Date', dateLabel(item.date)],
      ['Departure', item.departs],
      ['Vessel', item.vessel],
      ['No-shows', item.noShows ?? 0],
      ['Guests', null, 'Headcount', 'Comps', null],
      ['Booking', 'Name', 'Boarded', 'Person', 'Reason'],
      ...partiesOf(item.bookingRefs).map(
        ({ reference, name }, party): Row => [reference, name, sailing.parties[party] ?? 0, null, null],
      ),
      ...(sailing.comps ?? [])
        .map(compOf)
        .map(({ person, reason }): Row => [null, person, 1, person, reason]),
      ['Total', null, aboard(sailing) + (sailing.comps?.length ?? 0)],
      ['Captain’s signature', captainOf(item.crew)],
    ],
  };
}

function partiesOf(
  references: readonly string[],
): readonly { readonly reference: string; readonly name: string }[] {
  return BOOKINGS.map(({ booked }) => booked).filter(({ reference }) => references.includes(reference));
}

function aboard({ parties }: LoggedCharter['sailing']): number {
  return parties.reduce((sum, heads) => sum + heads, 0);
}

function captainOf([first = '']: readonly string[]): string {
  return nameOf(first);
}

function nameOf(crewId: string): string {
  return ROSTER.find((member) => member.crewId === crewId)?.name ?? crewId;
}
