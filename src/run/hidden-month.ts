/** A month's tab as the sheet itself would compute it, without posting it: a hidden tab, read, and gone again. */
import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess } from '../clients/google/sheets.ts';
import { batchUpdate, getTabs, getValues, putValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { giveBack, isLeftBehind, takeLease } from '../host/lease.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { SheetPlan } from '../statement/sheet-plan.ts';
import { freeTitle } from '../workbook/free-title.ts';
import type { Staging } from '../workbook/month-tab.ts';
import { planStaging, stageRequests, stageValues } from '../workbook/month-tab.ts';
import { freeSheetId } from '../workbook/set-up-tabs.ts';
import { readTabs, tabTitled } from '../workbook/tabs.ts';
import { verifyTab } from '../workbook/verify.ts';
import type { Collected } from './collect.ts';
import type { TabReading } from './compare-month.ts';
import { templateMissing } from './open-workbook.ts';
import { sweepNow } from './sweep-dead-run.ts';

/** That of the month's run, which would take the hidden tab for one that a dead run has left. */
const LEASE = 'statement';
const LEASE_MS = 300_000;
/** No run is ever made from this, so that none goes on with the tab. */
const NO_KEY = 'read-only';

/**
 * Only the sheet knows what formulas come to, so that the plan alone does not tell what a reader would see. The tab
 * carries the mark of the hidden tabs of runs: should this execution die, the next run or the hourly check deletes it.
 *
 * @throws PurserError `run-in-progress`; `posted-differs` when it does not read as planned; or Google's
 */
export function readHiddenMonth(
  host: Host,
  collected: Collected,
  plan: SheetPlan,
  options: ExchangeOptions,
): TabReading {
  const { access } = collected.workbook;
  const { lease, properties } = takeLease(host, LEASE, LEASE_MS);
  try {
    return readAndRemove(host, collected, plan, options);
  } finally {
    // Once the lease is given back nobody could tell any more that a dead run has left tabs.
    if (isLeftBehind(properties, LEASE, host.now())) sweepNow(host, access);
    giveBack(host, lease);
  }
}

function readAndRemove(
  host: Host,
  { workbook, input }: Collected,
  plan: SheetPlan,
  options: ExchangeOptions,
): TabReading {
  const { access, template, settings, own } = workbook;
  const { all } = readTabs(send(host, getTabs(access), options));
  const templateTab = tabTitled(all, settings.templateTab);
  if (templateTab === null) throw templateMissing(settings, own.settings.title);
  const sheetId = freeSheetId(new Set(all.map((tab) => tab.sheetId)), `read ${input.month}`);
  const staging: Staging = {
    ...planStaging(input.month, templateTab, plan, sheetId, NO_KEY),
    title: freeTitle(`Purser reading ${input.month}`, all, (number) => (number > 1 ? ` (${number})` : '')),
  };
  try {
    const requests = stageRequests(input.month, template, templateTab, plan, staging, []);
    send(host, batchUpdate(access, `Make ${plan.title} hidden`, requests), options);
    const writes: Record<string, Call<unknown>> = {};
    stageValues(plan, staging).forEach((ranges, index) => {
      writes[`part ${index}`] = putValues(access, `Fill ${plan.title}`, ranges);
    });
    for (const outcome of Object.values(exchange(host, writes, options))) valueOrThrow(outcome);
    const reading = readTab(host, access, staging.title, options);
    verifyTab(plan, reading.values);
    return reading;
  } finally {
    remove(host, access, sheetId);
  }
}

/** One round. @throws PurserError Google's */
export function readTab(
  host: Host,
  access: SheetsAccess,
  title: string,
  options: ExchangeOptions,
): TabReading {
  const range = [quotedTitle(title)];
  const { values, shown } = exchange(
    host,
    {
      values: getValues(access, range, 'UNFORMATTED_VALUE'),
      shown: getValues(access, range, 'FORMATTED_VALUE'),
    },
    options,
  );
  return { values: valueOrThrow(values)[0] ?? [], shown: valueOrThrow(shown)[0] ?? [] };
}

/** When the answer leaves open whether it is gone, or it was never made, a look tells. Never throws. */
function remove(host: Host, access: SheetsAccess, sheetId: number): void {
  const request = { deleteSheet: { sheetId } };
  const { gone } = exchange(host, { gone: batchUpdate(access, 'Remove the hidden tab', [request]) });
  if (!gone.ok) sweepNow(host, access);
}
