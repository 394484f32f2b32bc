/** What the workbook itself says of its months, at a glance: one round, and nothing is made or written for it. */
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { MarkedValues, SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { getTabs, getValues, getValuesByMarks } from '../clients/google/sheets.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { AcceptedFinding } from '../statement/accepted.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { KeptFindings } from '../statement/kept-findings.ts';
import { readFindingCells } from '../statement/kept-findings.ts';
import type { Month } from '../statement/month.ts';
import { readAccepted } from '../workbook/accepted-tab.ts';
import { auditTabOf, FINDINGS_KEY } from '../workbook/audit-tab.ts';
import type { RegisterLine } from '../workbook/register-lines.ts';
import { readRegisterLines } from '../workbook/register-lines.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { OwnTab, Tabs } from '../workbook/tabs.ts';
import { ownTabMark, readTabs, TAB_KEY } from '../workbook/tabs.ts';

export interface Glance {
  readonly tabs: Tabs;
  /** Null when they can't be used, or the workbook has none yet. */
  readonly settings: Settings | null;
  /** Why they can't be used. */
  readonly settingsProblem: PurserError | null;
  readonly register: readonly RegisterLine[];
  /** Rows by which people have accepted findings, of all months. */
  readonly accepted: readonly AcceptedFinding[];
  /** What the month's audit tab found; null when there is none, or one of before findings were kept as data. */
  readonly audit: KeptFindings | null;
}

/** Of a workbook that can't be read. */
export const NOTHING_SEEN: Glance = {
  tabs: {
    spreadsheetUrl: '',
    title: '',
    timeZone: '',
    locale: '',
    all: [],
    own: {},
    months: [],
    audits: [],
    kept: [],
    protections: [],
    staging: [],
  },
  settings: null,
  settingsProblem: null,
  register: [],
  accepted: [],
  audit: null,
};

const SHOWN = ['settings', 'register', 'accepted'] as const satisfies readonly OwnTab[];

/** A person waits in front of it. */
const PATIENCE_MS = 20_000;

/**
 * Another round only where somebody has taken the mark off one of Purser's tabs.
 * @throws PurserError Google's
 */
export function glanceAt(host: Host, month: Month): Glance {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const options = { deadlineMs: host.now() + PATIENCE_MS };
  const { listed, marked } = exchange(
    host,
    {
      listed: getTabs(access),
      marked: getValuesByMarks(access, [
        ...SHOWN.map((tab) => ({ locationType: 'SHEET', key: TAB_KEY, value: ownTabMark(tab) }) as const),
        { locationType: 'ROW', key: FINDINGS_KEY, value: month },
      ]),
    },
    options,
  );
  const tabs = readTabs(valueOrThrow(listed));
  const found = valueOrThrow(marked);
  const whole = SHOWN.map((name) =>
    inTab(found, tabs.own[name]?.title).find(({ range }) => startsAtTop(range)),
  );
  const lost = SHOWN.flatMap((name, index) => {
    const title = tabs.own[name]?.title;
    return title !== undefined && whole[index] === undefined ? [{ name, title }] : [];
  });
  const titles = lost.map(({ title }) => quotedTitle(title));
  const anew = lost.length === 0 ? [] : send(host, getValues(access, titles, 'UNFORMATTED_VALUE'), options);
  const valuesOf = (name: (typeof SHOWN)[number]): SheetValues =>
    whole[SHOWN.indexOf(name)]?.values ?? anew[lost.findIndex((one) => one.name === name)] ?? [];
  const [row] = inTab(found, auditTabOf(tabs, month)?.title);
  return {
    tabs,
    ...settingsOf(tabs, valuesOf('settings')),
    register: readRegisterLines(valuesOf('register')),
    accepted: readAccepted(tabs.own.accepted?.title ?? '', valuesOf('accepted')).accepted,
    audit: row === undefined ? null : readFindingCells(row.values[0] ?? []),
  };
}

function settingsOf(tabs: Tabs, rows: SheetValues): Pick<Glance, 'settings' | 'settingsProblem'> {
  const title = tabs.own.settings?.title;
  if (title === undefined) return { settings: null, settingsProblem: null };
  try {
    return { settings: readSettings(title, rows, tabs), settingsProblem: null };
  } catch (thrown) {
    return { settings: null, settingsProblem: asPurserError(thrown) };
  }
}

/** Google quotes a title in A1 notation only where it must. */
function inTab(found: readonly MarkedValues[], title: string | undefined): MarkedValues[] {
  if (title === undefined) return [];
  return found.filter(({ range }) => {
    const tab = range.slice(0, Math.max(0, range.lastIndexOf('!')));
    return tab === title || tab === quotedTitle(title);
  });
}

function startsAtTop(range: string): boolean {
  return /![A-Z]+1(:|$)/.test(range);
}
