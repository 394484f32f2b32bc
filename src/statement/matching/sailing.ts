/** When and on what somebody sails, by any witness, and how near two tellings of it are. */
import type { Charter } from '../charter.ts';
import type { IsoDate } from '../month.ts';
import { isClockTime, isIsoDate } from '../month.ts';
import { editDistance, foldVessel } from './folding.ts';

/** What a witness says of a sailing. Null where it does not say. */
export interface ToldSailing {
  readonly date: IsoDate | null;
  readonly departs: string | null;
  readonly vessel: string | null;
}

/** The same, folded for comparing. */
export interface FoldedSailing {
  readonly date: IsoDate | null;
  /** Minutes after midnight. */
  readonly departsMinutes: number | null;
  readonly vessel: string | null;
}

/** Departures further apart than this are two sailings. */
const NEAR_DEPARTURE_MINUTES = 90;
/** The nearness of what differs in its date alone. */
export const OTHER_DATE_RANK = 5;
const DAY_MS = 86_400_000;

export function foldSailing(told: ToldSailing): FoldedSailing {
  const date = told.date?.trim() ?? '';
  return {
    date: isIsoDate(date) ? date : null,
    departsMinutes: told.departs === null ? null : minutesOf(told.departs),
    vessel: told.vessel === null ? null : foldVessel(told.vessel),
  };
}

/** `17:30` and `7:30` to minutes after midnight; null for what is no time of day. */
export function minutesOf(departs: string): number | null {
  const text = departs.trim().replace(/^(\d:)/, '0$1');
  return isClockTime(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3)) : null;
}

/** Null unless date, vessel and departure are all told. */
export function sailingKey({ date, departsMinutes, vessel }: FoldedSailing): string | null {
  return date === null || departsMinutes === null || vessel === null
    ? null
    : `${date} ${departsMinutes} ${vessel}`;
}

export interface Contradiction {
  readonly what: 'date' | 'vessel' | 'departure';
  /** As the witness and the ledger write it. */
  readonly told: string;
  readonly ledger: string;
}

/** Where a telling contradicts the ledger; silence contradicts nothing. */
export function contradictions(told: ToldSailing, charter: Charter): Contradiction[] {
  const a = foldSailing(told);
  const b = foldSailing(charter);
  const found: Contradiction[] = [];
  const differ = (left: string | number | null, right: string | number | null): boolean =>
    left !== null && right !== null && left !== right;
  if (differ(a.date, b.date)) found.push({ what: 'date', told: told.date ?? '', ledger: charter.date });
  if (differ(a.departsMinutes, b.departsMinutes))
    found.push({ what: 'departure', told: told.departs ?? '', ledger: charter.departs });
  if (differ(a.vessel, b.vessel))
    found.push({ what: 'vessel', told: told.vessel ?? '', ledger: charter.vessel });
  return found;
}

export interface Nearness {
  /** 1 is nearest. */
  readonly rank: number;
  /** In words, to stand after “because”. */
  readonly reason: string;
}

/** How near a telling is to a charter; null when it is too far to be proposed. */
export function nearness(told: FoldedSailing, charter: FoldedSailing): Nearness | null {
  const sameDate = told.date !== null && told.date === charter.date;
  const sameVessel = told.vessel !== null && told.vessel === charter.vessel;
  const sameTime = told.departsMinutes !== null && told.departsMinutes === charter.departsMinutes;
  if (sameDate && sameVessel && sameTime)
    return { rank: 1, reason: 'date, vessel and departure are the same' };
  if (sameDate && sameVessel && told.departsMinutes === null)
    return { rank: 2, reason: 'date and vessel are the same and no departure is stated' };
  if (sameDate && sameTime && told.vessel === null)
    return { rank: 2, reason: 'date and departure are the same and no vessel is stated' };
  if (sameDate && sameTime && isLikeVessel(told.vessel, charter.vessel))
    return { rank: 3, reason: 'date and departure are the same and the vessel’s name is almost the same' };
  if (sameDate && sameVessel && isNearTime(told.departsMinutes, charter.departsMinutes))
    return { rank: 4, reason: 'date and vessel are the same and the departures are close' };
  if (sameVessel && sameTime && isSlipOfDate(told.date, charter.date))
    return {
      rank: OTHER_DATE_RANK,
      reason: 'vessel and departure are the same and the dates are easily mistaken',
    };
  if (sameDate && told.vessel === null && told.departsMinutes === null)
    return { rank: 6, reason: 'the date is the same and neither vessel nor departure is stated' };
  if (sameDate && sameTime) return { rank: 7, reason: 'date and departure are the same, on another vessel' };
  return null;
}

function isLikeVessel(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const allowed = Math.min(2, Math.floor(Math.max(a.length, b.length) / 4));
  return editDistance(a, b, allowed) <= allowed;
}

function isNearTime(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && Math.abs(a - b) <= NEAR_DEPARTURE_MINUTES;
}

/** One day off, or day and month the other way round. */
function isSlipOfDate(a: IsoDate | null, b: IsoDate | null): boolean {
  if (a === null || b === null) return false;
  return mistakenDates(a).includes(b);
}

/** The dates that a date is easily mistaken for. */
export function mistakenDates(date: IsoDate): IsoDate[] {
  const ms = Date.parse(`${date}T00:00:00Z`);
  const near = [-DAY_MS, DAY_MS].map((step) => new Date(ms + step).toISOString().slice(0, 10));
  const turned = `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`;
  return isIsoDate(turned) && turned !== date && !near.includes(turned) ? [...near, turned] : near;
}
