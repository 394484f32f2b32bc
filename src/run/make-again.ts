/** A month that was sent already, by hand or by Purser, made again and compared with its tab. Nothing stays of it. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { requireOwner } from '../accounts/trigger-owner.ts';
import { send } from '../clients/exchange.ts';
import { getTabs } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Month } from '../statement/month.ts';
import { isMonth, lastDay } from '../statement/month.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import { cut } from '../statement/short-text.ts';
import type { Tabs } from '../workbook/tabs.ts';
import { readTabs, tabTitled } from '../workbook/tabs.ts';
import { BUDGET_MS } from './budget.ts';
import { collect } from './collect.ts';
import type { MonthComparison } from './compare-month.ts';
import { compareTabs, comparisonWords, stampCells } from './compare-month.ts';
import { readHiddenMonth, readTab } from './hidden-month.ts';
import { madeAgainEntry } from './made-again.ts';
import { monthInvalid, monthNotOver } from './month-refused.ts';
import { progress, progressEnd } from './steps.ts';

export interface MonthMadeAgain extends MonthComparison {
  readonly month: Month;
  /** As the workbook has it. */
  readonly tabTitle: string;
  readonly words: string;
}

/**
 * With the settings, the rates and the charters of now: what was changed since the month was sent is a difference. What
 * formulas come to the sheet itself computes, in a hidden tab that is deleted again (`readHiddenMonth`); of the tab that
 * was sent, formulas count by their value too. Remembers in document properties that it was done.
 *
 * @throws PurserError `month-invalid`, `month-not-over`, `tab-missing`, `not-trigger-owner`, or what collecting throws
 */
export function makeAgain(host: Host, month: Month, tabTitle: string): MonthMadeAgain {
  if (!isMonth(month)) throw monthInvalid(month);
  const properties = host.properties('document').readAll();
  requireOwner(host, properties);
  checkOwnScopes(host, 'preview');
  const options = { deadlineMs: host.now() + BUDGET_MS };
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  progress(host, 'collect');
  try {
    const tabs = readTabs(send(host, getTabs(access), options));
    const tab = tabTitled(tabs.all, tabTitle);
    if (tab === null) throw tabMissing(tabTitle, tabs);
    // Which version it would be stands in no cell that is compared.
    const request = { month, version: 1, options, lookForLost: true, properties, keep: false } as const;
    const collected = collect(host, request);
    if (lastDay(month) >= collected.today) throw monthNotOver(month);
    progress(host, 'calculate');
    const { workbook, calculation } = collected;
    const plan = makeSheetPlan(workbook.template, calculation.statement, workbook.monthTitle);
    const stamps = stampCells(workbook.template, calculation.statement);
    progress(host, 'verify');
    const made = readHiddenMonth(host, collected, plan, options);
    const comparison = compareTabs(readTab(host, access, tab.title, options), made, plan, stamps);
    const { comparedCells, allDifferences } = comparison;
    const done = { month, tabTitle: tab.title, on: collected.today, comparedCells, allDifferences };
    host.properties('document').write(madeAgainEntry(done));
    return { ...comparison, month, tabTitle: tab.title, words: comparisonWords(comparison) };
  } finally {
    progressEnd(host);
  }
}

const MOST_NAMED = 20;

function tabMissing(title: string, { all, own, audits }: Tabs): PurserError {
  const pursers = new Set([...Object.values(own), ...audits].map(({ sheetId }) => sheetId));
  const titles = all
    .filter(({ hidden, sheetId }) => !hidden && !pursers.has(sheetId))
    .map((tab) => `“${tab.title}”`);
  const more = titles.length > MOST_NAMED ? ` and ${titles.length - MOST_NAMED} more` : '';
  return new PurserError('tab-missing', {
    what: `There is no tab “${cut(title, 100)}” in this workbook. There are ${titles.slice(0, MOST_NAMED).join(', ')}${more}. Nothing was compared.`,
    now: 'Enter the name of the tab that has the month as it was sent.',
  });
}
