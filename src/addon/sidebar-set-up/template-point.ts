/** The point “Template”. */
import { send } from '../../clients/exchange.ts';
import type { SheetJson } from '../../clients/google/sheets.ts';
import { getGrids } from '../../clients/google/sheets.ts';
import type { Host } from '../../host/host.ts';
import { templateMissing } from '../../run/open-workbook.ts';
import { priorTab } from '../../run/read-workbook.ts';
import { quotedTitle } from '../../statement/grid.ts';
import { monthOf } from '../../statement/month.ts';
import { placeholdersIn } from '../../statement/placeholders.ts';
import type { Template } from '../../statement/template.ts';
import { readTemplate } from '../../statement/template.ts';
import { auditTemplate } from '../../statement/template-audit.ts';
import { readTabGrid } from '../../workbook/tab-grid.ts';
import type { Tab } from '../../workbook/tabs.ts';
import { tabTitled } from '../../workbook/tabs.ts';
import { ROWS_COMPARED, templateDifferences } from '../../workbook/template-check.ts';
import { templateFeatures } from '../../workbook/template-features.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';
import { cellLink, cellLinks, PATIENCE_MS, placedIn, workbookSettings } from './workbook-settings.ts';

export function testTemplate(host: Host): Found {
  const { access, tabs, tab, settings } = workbookSettings(host);
  const templateTab = tabTitled(tabs.all, settings.templateTab);
  if (templateTab === null) throw templateMissing(settings, tab.title);
  const prior = priorTab(tabs, monthOf(host.localTime(host.now(), settings.timeZone).date));
  const { sheets } = send(
    host,
    getGrids(access, [
      quotedTitle(templateTab.title),
      ...(prior === null ? [] : [`${quotedTitle(prior.title)}!1:${Math.min(ROWS_COMPARED, prior.rowCount)}`]),
    ]),
    { deadlineMs: host.now() + PATIENCE_MS },
  );
  const sheetOf = (wanted: Tab | null): SheetJson | undefined =>
    sheets.find(({ properties }) => properties.sheetId === wanted?.sheetId);
  const sheet = sheetOf(templateTab);
  if (sheet === undefined) throw templateMissing(settings, tab.title);
  const reading = readTemplate(readTabGrid(sheet));
  const url = tabs.spreadsheetUrl;
  if (!reading.ok) {
    return failed(
      reading.problems.map((sentence) => placedIn(templateTab, sentence).words),
      `Correct them in the tab “${templateTab.title}”, then test it again.`,
      [cellLink(url, templateTab), ...cellLinks(url, templateTab, reading.problems)],
    );
  }
  const { template } = reading;
  const priorSheet = sheetOf(prior);
  const noticed = [
    ...auditTemplate(template, settings.currency),
    templateFeatures(sheet),
    priorSheet === undefined ? null : templateDifferences(template, readTabGrid(priorSheet)),
  ].filter((draft) => draft !== null);
  const words = [
    `“${templateTab.title}” has ${placeholderCount(template)} placeholders; row ${template.prototypeRow + 1} is repeated for each charter.`,
    ...noticed.map(({ message }) => message),
  ];
  const links = [cellLink(url, templateTab)];
  return noticed.length === 0
    ? good(words, links)
    : attention(
        words,
        'A statement can be made. If what is said is not as you want it, change the Template.',
        links,
      );
}

function placeholderCount({ grid }: Template): number {
  return grid.rows.reduce(
    (sum, cells) =>
      sum +
      cells.reduce(
        (own, { input }) => own + (input.kind === 'text' ? placeholdersIn(input.text).length : 0),
        0,
      ),
    0,
  );
}
