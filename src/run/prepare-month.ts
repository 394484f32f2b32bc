/** Post, verify, export: the month tab, and the file made of it. What is there from the very same is gone on with. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { SheetValues } from '../clients/google/sheets.ts';
import { getTabs, getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { charterLines } from '../statement/corrections.ts';
import { isHeld } from '../statement/findings.ts';
import { quotedTitle } from '../statement/grid.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import { printsApproval } from '../statement/template.ts';
import { readTabs } from '../workbook/tabs.ts';
import { contentHash } from '../workbook/verify.ts';
import type { Approval } from './approval.ts';
import { withApproval } from './approval.ts';
import type { Collected } from './collect.ts';
import { readyReport, withMail } from './make-report.ts';
import type { MonthRun } from './month-run-state.ts';
import { comesTo, keepTime } from './month-run-state.ts';
import { postKeyOf } from './post-key.ts';
import { discard, postedValues, showMonth, stageMonth, sweepStaging } from './post-month.ts';
import type { WorkbookReading } from './read-workbook.ts';
import type { RunReport } from './report.ts';
import type { StatementFile } from './statement-file.ts';
import { statementFile } from './statement-file.ts';

export interface PreparedMonth {
  readonly collected: Collected;
  readonly file: StatementFile;
  /** As it stands before anybody has said yes. */
  readonly report: RunReport;
  readonly isHeld: boolean;
  /** Of tabs that are hidden still, and are shown or dropped once a person has decided; null when they are shown. */
  readonly waiting: { readonly show: () => number; readonly drop: () => void } | null;
}

/**
 * @param show true: the tabs are shown at once. False for a corrected statement: the sent one keeps its place until the
 * new one is certified
 * @throws PurserError `posted-differs`, `time-budget-spent`, or Google's
 */
export function prepareMonth(run: MonthRun, collected: Collected, show: boolean): PreparedMonth {
  const { workbook, recipients, calculation } = collected;
  const { statement, findings } = calculation;
  const plan = makeSheetPlan(workbook.template, statement, workbook.monthTitle);
  keepTime(run);
  comesTo(run, 'post');
  const edited = workbook.noticed.some(({ code }) => code === 'tab-edited');
  // Whatever the settings say of their severity: the tab would differ from what is sent, or nobody would get it.
  const held = isHeld(findings) || edited || recipients.to.length === 0;
  // A month that has become empty, from a wrong table say, must not wipe a good tab while nobody has agreed.
  const emptied = charterLines(statement).length === 0 && workbook.monthTab !== null && held;
  const { values, tabId, waiting } = post(
    run,
    collected,
    plan,
    edited || emptied ? 'drop' : show ? 'show' : 'wait',
  );
  keepTime(run);
  comesTo(run, 'export');
  const file = statementFile(
    statement,
    plan,
    (row, column) => values[row]?.[column] ?? null,
    run.course.pin?.createdIso ?? new Date(run.createdMs).toISOString(),
  );
  return {
    collected: tabId === null ? collected : { ...collected, postedTabId: tabId },
    file,
    report: withMail(readyReport(collected, file.bytes), collected),
    isHeld: held,
    waiting,
  };
}

/** @returns what the tab shows, as the sheet computed it, and its sheet id; null of a tab that was not shown */
function post(
  run: MonthRun,
  collected: Collected,
  plan: ReturnType<typeof makeSheetPlan>,
  then: 'show' | 'wait' | 'drop',
): Pick<PreparedMonth, 'waiting'> & { readonly values: SheetValues; readonly tabId: number | null } {
  const { host, options, course } = run;
  const { workbook, input } = collected;
  const posting = {
    key: postKeyOf(collected),
    adopt: course.before !== null || course.approval !== null,
    options,
    keepBudget: () => keepTime(run),
  };
  const there = then === 'drop' ? null : postedValues(host, collected, plan, posting);
  if (there !== null) {
    sweepStaging(host, workbook);
    return { values: there, tabId: workbook.monthTab?.sheetId ?? null, waiting: null };
  }
  const staged = stageMonth(host, collected, plan, posting);
  comesTo(run, 'verify');
  keepTime(run);
  const { values } = staged;
  const drop = (): void => discard(host, workbook, staged);
  const show = (): number => {
    showMonth(host, workbook, input.month, input.version, plan, staged, collected.self, options);
    return workbook.monthTab?.sheetId ?? staged.staging.sheetId;
  };
  if (then === 'wait') return { values, tabId: null, waiting: { show, drop } };
  if (then === 'show') return { values, tabId: show(), waiting: null };
  drop();
  return { values, tabId: null, waiting: null };
}

/**
 * What was certified stands shown, with the approval printed where the Template asks for it: then the tab and the file are
 * made once more.
 */
export function showApproved(run: MonthRun, prepared: PreparedMonth, approval: Approval): PreparedMonth {
  const { waiting } = prepared;
  const collected = withApproval(prepared.collected, approval);
  keepTime(run);
  if (!printsApproval(collected.workbook.template)) {
    return waiting === null
      ? { ...prepared, collected }
      : { ...prepared, collected: { ...collected, postedTabId: waiting.show() }, waiting: null };
  }
  const { host, options } = run;
  waiting?.drop();
  const workbook = waiting === null ? asPosted(host, collected, options) : swept(collected.workbook);
  return prepareMonth(run, { ...collected, workbook }, true);
}

/** The workbook without the hidden tabs that were there when it was read: this run has taken or removed them. */
function swept(workbook: WorkbookReading): WorkbookReading {
  const { tabs } = workbook;
  const gone = new Set(tabs.staging.map(({ sheetId }) => sheetId));
  const all = tabs.all.filter(({ sheetId }) => !gone.has(sheetId));
  return { ...workbook, tabs: { ...tabs, all, staging: [] } };
}

/**
 * The workbook with the month's tab that this run has posted.
 * @throws PurserError `tab-edited` when somebody has typed into it since
 */
function asPosted(host: Host, { workbook, input }: Collected, options: ExchangeOptions): WorkbookReading {
  const { access, templateTab, monthTitle } = workbook;
  const { listed, posted } = exchange(
    host,
    { listed: getTabs(access), posted: getValues(access, [quotedTitle(monthTitle)], 'FORMULA') },
    options,
  );
  const tabs = readTabs(valueOrThrow(listed));
  const monthTab = tabs.months.find(({ month }) => month === input.month) ?? null;
  const [formulas = []] = valueOrThrow(posted);
  if (monthTab === null || contentHash(formulas) !== monthTab.contentHash) throw editedMeanwhile(monthTitle);
  const template = tabs.all.find(({ sheetId }) => sheetId === templateTab.sheetId) ?? templateTab;
  return { ...workbook, tabs, monthTab, templateTab: template, auditWritten: false };
}

function editedMeanwhile(title: string): PurserError {
  return new PurserError('tab-edited', {
    what: `Somebody has changed the tab “${title}” since it was posted, before the approval could be printed on it. Nothing was sent.`,
    now: 'Undo the change, then look at it and approve it anew.',
  });
}
