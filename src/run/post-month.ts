/** Post and verify: the month tab filled hidden, read back to the cent, then shown in one request. */

import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { appendValues, batchUpdate, getValues, putValues } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { asPurserError } from '../host/errors.ts';
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
  auditStagingTitle,
  auditTabOf,
  auditValues,
  planAudit,
  showAudit,
  stageAudit,
} from '../workbook/audit-tab.ts';
import { appendParts, evidenceRange } from '../workbook/evidence-tab.ts';
import { keepVersionRequests, versionToKeep } from '../workbook/keep-version.ts';
import type { Staging } from '../workbook/month-tab.ts';
import {
  planStaging,
  showRequests,
  stageRequests,
  stageValues,
  stagingTitle,
} from '../workbook/month-tab.ts';
import { freeSheetId } from '../workbook/set-up-tabs.ts';
import type { StagingTab } from '../workbook/tabs.ts';
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

export interface Posting {
  /** What the tabs are made from; they carry it as a mark (`postKey`). */
  readonly key: string;
  /** Whether hidden tabs of a run that was cut off, made from the very same, are gone on with. */
  readonly adopt: boolean;
  readonly options: ExchangeOptions;
  /** Throws when the run has no time for more; the hidden tabs then stay for the run that goes on. */
  readonly keepBudget: () => void;
}

/**
 * Fills a hidden copy of the Template and reads it back; the audit tab is made and filled beside it.
 * @throws PurserError `posted-differs` when it does not read as planned; the copy is then deleted
 */
export function stageMonth(
  host: Host,
  collected: Collected,
  plan: SheetPlan,
  { key, adopt, options, keepBudget }: Posting,
): StagedMonth {
  const { workbook } = collected;
  const { month } = collected.input;
  const { access, tabs, template, templateTab } = workbook;
  const before = adopt ? leftTabs(tabs.staging, month, key) : null;
  const taken = new Set(tabs.all.map((tab) => tab.sheetId));
  const sheetId = before?.month.sheetId ?? freeSheetId(taken, `staging ${month}`);
  const staging = planStaging(month, templateTab, plan, sheetId, key);
  const { monthTitle, monthTab, newTabBehind, auditWritten } = workbook;
  const planned = planAudit(
    month,
    tabs,
    monthTitle,
    monthTab,
    newTabBehind,
    [staging.sheetId],
    auditWritten,
    key,
    versionToKeep(tabs, monthTab, collected.input.version),
  );
  const auditId = before?.audit.sheetId ?? planned.sheetId;
  const auditStaging = { ...planned, sheetId: auditId, metadataId: auditId };
  const audit = { staging: auditStaging, grid: auditSheet(auditInput(host, collected, auditStaging)) };
  if (before === null) {
    const requests = stageRequests(month, template, templateTab, plan, staging, tabs.staging);
    requests.push(...stageAudit(audit.grid, audit.staging));
    send(host, batchUpdate(access, `Post ${plan.title}`, requests), options);
  }
  keepBudget();
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
    // Another execution goes on with them.
    if (asPurserError(thrown).code !== 'time-budget-spent') discard(host, workbook, { staging, audit });
    throw thrown;
  }
}

/** Both hidden tabs of a run that was cut off, when they are made from the very same; null when one of them is gone. */
function leftTabs(
  staging: readonly StagingTab[],
  month: Month,
  key: string,
): { readonly month: StagingTab; readonly audit: StagingTab } | null {
  const same = staging.filter(({ postKey }) => postKey === key);
  const titled = (title: string): StagingTab | undefined => same.find((tab) => tab.title === title);
  const [monthTab, audit] = [titled(stagingTitle(month)), titled(auditStagingTitle(month))];
  return monthTab === undefined || audit === undefined || staging.length > 2
    ? null
    : { month: monthTab, audit };
}

/**
 * What the month's tab shows, when it was posted from the very same and nobody has changed it: then it needn't be posted
 * again. Null when it must be.
 * @throws PurserError `posted-differs` when it does not read as planned
 */
export function postedValues(
  host: Host,
  { workbook, input }: Collected,
  plan: SheetPlan,
  { key, adopt, options }: Posting,
): SheetValues | null {
  const { access, monthTab, tabs, noticed } = workbook;
  const isThere =
    adopt &&
    monthTab !== null &&
    !monthTab.hidden &&
    monthTab.postKey === key &&
    monthTab.version === input.version;
  const isEdited = noticed.some(({ code }) => code === 'tab-edited');
  if (!isThere || isEdited || auditTabOf(tabs, input.month) === null) return null;
  const read = getValues(access, [quotedTitle(monthTab.title)], 'UNFORMATTED_VALUE');
  const [values = []] = send(host, read, options);
  verifyTab(plan, values);
  return values;
}

/** Hidden tabs that dead runs have left, when this run makes none that would take their place. Never throws. */
export function sweepStaging(host: Host, { access, tabs }: Pick<WorkbookReading, 'access' | 'tabs'>): void {
  if (tabs.staging.length === 0) return;
  const requests = tabs.staging.map(({ sheetId }) => ({ deleteSheet: { sheetId } }));
  removeTabs(host, access, requests);
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
  self: string,
  options: ExchangeOptions,
): void {
  const posted = {
    month,
    version,
    prototypeRow: plan.prototypeRow,
    charterRows: plan.charterRows,
    contentHash: staged.contentHash,
    postKey: staged.staging.postKey,
  };
  const { audit } = staged;
  const { tabs, monthTab, monthFormulas } = workbook;
  const requests = [
    ...keepVersionRequests(tabs, monthTab, monthFormulas, version, self),
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
  removeTabs(host, workbook.access, requests);
}

function removeTabs(host: Host, access: SheetsAccess, requests: readonly SheetsRequest[]): void {
  const { gone } = exchange(host, { gone: batchUpdate(access, 'Remove the hidden tabs', requests) });
  if (!gone.ok) host.log({ event: 'staging-left', code: gone.error.code });
}

function auditInput(
  host: Host,
  { input, heard, calculation }: Collected,
  { title, keepAs, keptVersion }: AuditStaging,
): AuditSheetInput {
  const { statement, findings, evidence, calendars } = calculation;
  return {
    title,
    ...(keepAs === null ? {} : { keptAs: keepAs }),
    ...(keptVersion === null ? {} : { keptVersion }),
    statement,
    postedAt: new Date(host.now()).toISOString(),
    findings,
    regions: input.regions,
    matches: evidence?.matches ?? null,
    ...(calendars === null ? {} : { calendars }),
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
