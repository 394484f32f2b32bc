/** What a month's tabs are made from, in one word: tabs that carry the same needn't be made again. */
import { contentKey } from '../statement/content-key.ts';
import type { Json } from '../statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { toJson } from '../statement/tagged-json.ts';
import type { Collected } from './collect.ts';

/** Enough that no two months of a workbook share it by chance. */
const LETTERS = 20;

export function postKeyOf({ calculation, workbook, input, heard }: Collected): string {
  const { statement, findings } = calculation;
  const { fingerprint, code, asOf, dataFrom, approval } = statement;
  const content: Json = [
    [fingerprint, code, asOf, dataFrom, workbook.monthTitle],
    toJson(approval ?? null),
    contentKey(workbook.template),
    toJson(findings),
    toJson(input.adjustments),
    [heard.mails, heard.files.length, input.witnesses?.bookings.length ?? 0],
    ...(calculation.calendars === null ? [] : [toJson(calculation.calendars)]),
  ];
  return sha256Hex(canonicalJson(content)).slice(0, LETTERS);
}
