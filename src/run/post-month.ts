/** Post and verify: the month tab filled hidden, read back to the cent, then shown in one request. */

import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetValues } from '../clients/google/sheets.ts';
import { batchUpdate, getValues, putValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import type { SheetPlan } from '../statement/sheet-plan.ts';
import type { Staging } from '../workbook/month-tab.ts';
import { planStaging, showRequests, stageRequests, stageValues } from '../workbook/month-tab.ts';
import { freeSheetId } from '../workbook/set-up-tabs.ts';
import { contentHash, verifyTab } from '../workbook/verify.ts';
import type { WorkbookReading } from './read-workbook.ts';

export interface StagedMonth {
  readonly staging: Staging;
  /** As the sheet computed them. */
  readonly values: SheetValues;
  readonly contentHash: string;
}

/**
 * Fills a hidden copy of the Template and reads it back.
 * @throws PurserError `posted-differs` when it does not read as planned; the copy is then deleted
 */
export function stageMonth(
  host: Host,
  workbook: WorkbookReading,
  month: Month,
  plan: SheetPlan,
  options: ExchangeOptions,
): StagedMonth {
  const { access, tabs, template, templateTab } = workbook;
  const taken = new Set(tabs.all.map((tab) => tab.sheetId));
  const staging = planStaging(month, templateTab, plan, freeSheetId(taken, `staging ${month}`));
  const requests = stageRequests(month, template, templateTab, plan, staging, tabs.staging);
  send(host, batchUpdate(access, `Post ${plan.title}`, requests), options);
  try {
    const writes: Record<string, Call<unknown>> = {};
    stageValues(plan, staging).forEach((ranges, index) => {
      writes[`part ${index}`] = putValues(access, `Fill ${plan.title}`, ranges);
    });
    for (const outcome of Object.values(exchange(host, writes, options))) valueOrThrow(outcome);
    const range = [quotedTitle(staging.title)];
    const read = exchange(
      host,
      {
        values: getValues(access, range, 'UNFORMATTED_VALUE'),
        formulas: getValues(access, range, 'FORMULA'),
      },
      options,
    );
    const values = valueOrThrow(read.values)[0] ?? [];
    verifyTab(plan, values);
    return { staging, values, contentHash: contentHash(valueOrThrow(read.formulas)[0] ?? []) };
  } catch (thrown) {
    discard(host, workbook, staging);
    throw thrown;
  }
}

/** One request: a reader of the workbook sees the month before it or after it, never half of it. */
export function showMonth(
  host: Host,
  workbook: WorkbookReading,
  month: Month,
  version: number,
  plan: SheetPlan,
  staged: StagedMonth,
  options: ExchangeOptions,
): void {
  const posted = {
    month,
    version,
    prototypeRow: plan.prototypeRow,
    charterRows: plan.charterRows,
    contentHash: staged.contentHash,
  };
  const requests = showRequests(staged.staging, plan, posted, workbook.monthTab, workbook.newTabIndex);
  send(host, batchUpdate(workbook.access, `Show ${plan.title}`, requests), options);
}

/** Deletes the hidden copy; a failure is left for the next run, which finds it by its mark. */
export function discard(host: Host, workbook: WorkbookReading, staging: Staging): void {
  const requests = [{ deleteSheet: { sheetId: staging.sheetId } }];
  const { gone } = exchange(host, { gone: batchUpdate(workbook.access, 'Remove the hidden copy', requests) });
  if (!gone.ok) host.log({ event: 'staging-left', code: gone.error.code });
}
