/** What people wrote into the workbook about a month: adjustments, accepted findings, findings carried forward. */
import type { CharterReading } from '../statement/charter.ts';
import type { Link } from '../statement/findings.ts';
import type { StatementInput } from '../statement/input.ts';
import type { Month } from '../statement/month.ts';
import { monthOf } from '../statement/month.ts';
import { acceptedDrafts, readAccepted } from '../workbook/accepted-tab.ts';
import { adjustmentDrafts, readAdjustments } from '../workbook/adjustments-tab.ts';
import { carriedDrafts, readCarried } from '../workbook/carried-tab.ts';
import type { WorkbookReading } from './read-workbook.ts';

/** A row that can't be understood is among `noticed`. */
export function readByHand(
  { adjustments, accepted, carried }: WorkbookReading,
  readings: readonly CharterReading[],
  month: Month,
  linksOf: (cell: string) => readonly Link[],
): Pick<StatementInput, 'adjustments' | 'accepted' | 'carried' | 'noticed'> {
  const known = new Set(readings.map((one) => (one.readable ? one.charter.id : one.id)));
  const ofMonth = new Set(
    readings.flatMap((one) => (one.readable && monthOf(one.charter.date) === month ? [one.charter.id] : [])),
  );
  const adjusted = readAdjustments(adjustments.title, adjustments.rows, known, month, ofMonth);
  const put = readCarried(carried.title, carried.rows);
  const stands = readAccepted(accepted.title, accepted.rows);
  return {
    adjustments: adjusted.adjustments,
    accepted: stands.accepted,
    carried: put.carried,
    noticed: [
      ...adjustmentDrafts(adjusted.problems, linksOf),
      ...carriedDrafts(put.problems, month, linksOf),
      ...acceptedDrafts(stands.problems, month, linksOf),
    ],
  };
}
