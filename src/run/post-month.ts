/** Post and verify: the month tab filled hidden, read back to the cent, then shown in one request. */

import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetValues } from '../clients/google/sheets.ts';
import { appendValues, batchUpdate, getValues, putValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import type { AuditSheetInput } from '../statement/audit-sheet/input.ts';
import { auditSheet } from '../statement/audit-sheet.ts';
import type { TabGrid } from '../statement/grid.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import type { SheetPlan } from '../statement/sheet-plan.ts';
import type { AuditStaging } from '../workbook/audit-tab.ts';
import {
  auditHash,
  auditRanges,
  auditValues,
  planAudit,
  showAudit,
  stageAudit,
} from '../workbook/audit-tab.ts';
import { appendParts, evidenceRange } from '../workbook/evidence-tab.ts';
import type { Staging } from '../workbook/month-tab.ts';
import { planStaging, showRequests, stageRequests, stageValues } from '../workbook/month-tab.ts';
import { freeSheetId } from '../workbook/set-up-tabs.ts';
import { contentHash, verifyTab } from '../workbook/verify.ts';
import type { Collected } from './collect.ts';
import type { WorkbookReading } from './read-workbook.ts';

export interface StagedMonth {
  readonly staging: Staging;
  /** As the sheet computed them. */
  readonly values: SheetValues;
  readonly contentHash: string;
  readonly audit: StagedAudit;
}

/** The month's audit tab, hidden until the month is shown. */
interface StagedAudit {
  readonly staging: AuditStaging;
  readonly grid: TabGrid;
  readonly contentHash: string;
}

/**
 * Fills a hidden copy of the Template and reads it back; the audit tab is made and filled beside it.
 * @throws PurserError `posted-differs` when it does not read as planned; the copy is then deleted
 */
export function stageMonth(
  host: Host,
  collected: Collected,
  plan: SheetPlan,
  options: ExchangeOptions,
): StagedMonth {
  const { workbook } = collected;
  const { month } = collected.input;
  const { access, tabs, template, templateTab } = workbook;
  const taken = new Set(tabs.all.map((tab) => tab.sheetId));
  const staging = planStaging(month, templateTab, plan, freeSheetId(taken, `staging ${month}`));
  const requests = stageRequests(month, template, templateTab, plan, staging, tabs.staging);
  const { monthTitle, monthTab, newTabBehind, auditWritten } = workbook;
  const auditStaging = planAudit(
    month,
    tabs,
    monthTitle,
    monthTab,
    newTabBehind,
    [staging.sheetId],
    auditWritten,
  );
  const audit = { staging: auditStaging, grid: auditSheet(auditInput(collected, auditStaging)) };
  requests.push(...stageAudit(audit.grid, audit.staging));
  send(host, batchUpdate(access, `Post ${plan.title}`, requests), options);
  try {
    const writes: Record<string, Call<unknown>> = {};
    stageValues(plan, staging).forEach((ranges, index) => {
      writes[`part ${index}`] = putValues(access, `Fill ${plan.title}`, ranges);
    });
    auditValues(audit.grid, audit.staging).forEach((ranges, index) => {
      writes[`audit ${index}`] = putValues(access, `Fill the audit of ${plan.title}`, ranges);
    });
    const { tab, reading } = workbook.evidence;
    const kept: Record<string, Call<unknown>> = {};
    appendParts(reading.usedRows, collected.heard.rows).forEach((rows, index) => {
      const name = 'Keep what was read of mail and trip sheets';
      kept[`kept ${index}`] = appendValues(access, name, evidenceRange(tab.title), rows, true);
    });
    const written = exchange(host, { ...writes, ...kept }, options);
    for (const [key, outcome] of Object.entries(written)) {
      // What was read is read again when it can't be kept; the statement does not depend on it.
      if (key in kept && !outcome.ok) host.log({ event: 'evidence-not-kept', code: outcome.error.code });
      else valueOrThrow(outcome);
    }
    const title = quotedTitle(staging.title);
    const [values = [], formulas = [], ...audited] = readBack(
      host,
      [
        getValues(access, [title], 'UNFORMATTED_VALUE'),
        getValues(access, [title], 'FORMULA'),
        ...auditRanges(auditStaging.stagingTitle, audit.grid.rows.length).map((range) =>
          getValues(access, [range], 'FORMULA'),
        ),
      ],
      options,
    );
    verifyTab(plan, values);
    return {
      staging,
      values,
      contentHash: contentHash(formulas),
      audit: { ...audit, contentHash: auditHash(audited) },
    };
  } catch (thrown) {
    discard(host, workbook, { staging, audit });
    throw thrown;
  }
}

/** One round; the first range of each call, in their order. */
function readBack(
  host: Host,
  calls: readonly Call<readonly SheetValues[]>[],
  options: ExchangeOptions,
): SheetValues[] {
  const named = Object.fromEntries(calls.map((call, index) => [`part ${index}`, call]));
  const read = exchange(host, named, options);
  return calls.map((_, index) => {
    const outcome = read[`part ${index}`];
    return outcome === undefined ? [] : (valueOrThrow(outcome)[0] ?? []);
  });
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
  const { audit } = staged;
  const requests = [
    ...showRequests(staged.staging, plan, posted, workbook.monthTab, workbook.newTabIndex),
    ...showAudit(audit.grid, audit.staging, audit.contentHash),
  ];
  send(host, batchUpdate(workbook.access, `Show ${plan.title}`, requests), options);
  if (audit.staging.keepAs !== null) host.log({ event: 'audit-kept', month });
}

/** Deletes the hidden tabs; a failure is left for the next run, which finds them by their marks. */
export function discard(
  host: Host,
  workbook: WorkbookReading,
  { staging, audit }: Pick<StagedMonth, 'staging'> & { readonly audit: Pick<StagedAudit, 'staging'> },
): void {
  const requests = [staging.sheetId, audit.staging.sheetId].map((sheetId) => ({ deleteSheet: { sheetId } }));
  const { gone } = exchange(host, {
    gone: batchUpdate(workbook.access, 'Remove the hidden tabs', requests),
  });
  if (!gone.ok) host.log({ event: 'staging-left', code: gone.error.code });
}

function auditInput(
  { input, heard, calculation }: Collected,
  { title, keepAs }: AuditStaging,
): AuditSheetInput {
  const { statement, findings, evidence } = calculation;
  return {
    title,
    ...(keepAs === null ? {} : { keptAs: keepAs }),
    statement,
    findings,
    regions: input.regions,
    matches: evidence?.matches ?? null,
    rateUses: evidence?.rateUses ?? [],
    adjustments: input.adjustments,
    comparison: statement.comparison.map(({ label, reportableCents, changeCents, percentTenths }) => ({
      label: `Reportable revenue, ${label}`,
      cents: reportableCents,
      changeCents,
      percent: percentTenths === null ? null : percentTenths / 10,
    })),
    asked: input.witnesses?.asked ?? { bookings: false, tripSheets: false },
    counts: {
      bookings: input.witnesses?.bookings.length ?? 0,
      mails: heard.mails,
      tripSheets: heard.files.length,
    },
  };
}
