/** The workbook's wall clock to moments: cells and settings have the one, the sidebar is told the other. */
import type { Host } from '../../host/host.ts';
import type { IsoDate } from '../../statement/month.ts';
import { dateLabel } from '../../statement/month.ts';

/** When a wall clock shows that: ISO 8601 UTC. An hour that is skipped or comes twice gives one of its neighbours. */
export function momentAt(
  host: Pick<Host, 'localTime'>,
  date: IsoDate,
  time: string,
  timeZone: string,
): string {
  const wallMs = Date.parse(`${date}T${time}:00Z`);
  let ms = wallMs;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let turn = 0; turn < 2; turn++) {
    const there = host.localTime(ms, timeZone);
    ms += wallMs - Date.parse(`${there.date}T${there.time}:00Z`);
  }
  return new Date(ms).toISOString();
}

/** Of `2026-06-01 06:00` as Purser writes it into cells; null for anything else. */
export function momentOfCell(host: Pick<Host, 'localTime'>, text: string, timeZone: string): string | null {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(text) ?? [];
  if (date === undefined || time === undefined || Number.isNaN(Date.parse(`${date}T${time}:00Z`)))
    return null;
  return momentAt(host, date, time, timeZone);
}

/** `June 1, 2026`, on the workbook's calendar; empty for what is no moment. */
export function dayWords(host: Pick<Host, 'localTime'>, moment: string, timeZone: string): string {
  const ms = Date.parse(moment);
  return Number.isNaN(ms) ? '' : dateLabel(host.localTime(ms, timeZone).date);
}

/** `June 1, 2026, 06:00` */
export function momentWords(host: Pick<Host, 'localTime'>, moment: string, timeZone: string): string {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms)) return '';
  const { date, time } = host.localTime(ms, timeZone);
  return `${dateLabel(date)}, ${time}`;
}
