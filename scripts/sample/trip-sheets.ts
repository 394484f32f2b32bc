/** What captains wrote down aboard, as the office exported it: CSV by RFC 4180, with a heading and a guest list. */
import { dateLabel } from '../../src/statement/month.ts';
import type { LoggedCharter } from './logbooks.ts';
import { mayCharter } from './logbooks.ts';
import { BOOKINGS } from './mails.ts';
import { COMPANY, ETOILE, HERON, ROSTER, TOLLIVER } from './operator.ts';

interface TripSheet {
  readonly charter: LoggedCharter;
  readonly returned: string;
  readonly weather: string;
}

const SHEETS: readonly TripSheet[] = [
  { charter: mayCharter('05-07 17:00', HERON), returned: '21:05', weather: 'S 8 kn, clear' },
  {
    charter: mayCharter('05-08 18:30', TOLLIVER),
    returned: '20:35',
    weather: 'SW 11 kn, some cloud, "red sky"',
  },
  { charter: mayCharter('05-09 10:00', ETOILE), returned: '12:10', weather: 'W 14 kn, light chop' },
];

/** File name → text, UTF-8 with LF. */
export function tripSheets(): ReadonlyMap<string, string> {
  return new Map(SHEETS.map((sheet) => [`${sheet.charter.item.charterId}.csv`, csv(rowsOf(sheet))]));
}

function rowsOf({ charter, returned, weather }: TripSheet): string[][] {
  const { item, sailing } = charter;
  const names = item.crew.map((id) => ROSTER.find(({ crewId }) => crewId === id)?.name ?? id);
  const parties = BOOKINGS.filter((booking) => booking.charter.item.charterId === item.charterId);
  const comps = sailing.comps ?? [];
  return [
    ['Trip sheet', COMPANY],
    ['Charter', item.charterId],
    ['Date', dateLabel(item.date)],
    ['Departed', item.departs],
    ['Returned', returned],
    ['Vessel', item.vessel],
    ['Captain', names[0] ?? ''],
    ['Crew', names.slice(1).join(', ')],
    ['Weather', weather],
    [],
    ['Booking', 'Guest', 'Aboard', 'Comps', 'Note'],
    ...parties.map(({ ref, name, heads }) => [ref, name, String(heads), '0', '']),
    ...comps.map((words) => ['', words, '1', '1', 'comp']),
    ['Total', '', String(item.guests), String(item.comps), ''],
  ];
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

function field(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
