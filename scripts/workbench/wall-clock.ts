/** Times of day in the workbook’s zone. */
import { fromWallMs, zoneOffsetMs } from '../local/apps-script/zone.ts';

const HOUR_MS = 3_600_000;

/** The same time of day a day or a month later; of a day that the month lacks, its last. */
export function laterMs(nowMs: number, unit: 'hour' | 'day' | 'month', timeZone: string): number {
  if (unit === 'hour') return nowMs + HOUR_MS;
  const wall = new Date(nowMs + zoneOffsetMs(nowMs, timeZone));
  if (unit === 'day') return fromWallMs(wall.getTime() + 24 * HOUR_MS, timeZone);
  const day = wall.getUTCDate();
  wall.setUTCDate(1);
  wall.setUTCMonth(wall.getUTCMonth() + 1);
  const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
  wall.setUTCDate(Math.min(day, lastDay));
  return fromWallMs(wall.getTime(), timeZone);
}

/** `2026-06-01 06:00` */
export function wallText(ms: number, timeZone: string): string {
  return new Date(ms + zoneOffsetMs(ms, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}
