/** The person in front of the local workbook: what they choose, answer and type. */
import type { RunReport } from '../../src/run/report.ts';
import { emptyReport } from '../../src/run/report.ts';
import { fold } from '../../src/workbook/settings.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import type { TabSnapshot } from './sheets/sheets-host.ts';
import type { Workspace } from './workspace.ts';
import { LOCAL_ROLE_ARN } from './workspace.ts';

/** The name that is typed under a statement. */
const CERTIFIED_BY = 'The owner';

/** “Set up…”: enters the role, so that no key is kept, and says yes to what is proposed. */
export function chooseSetUp(workspace: Workspace): void {
  workspace.appsScript.run('setUp', [], {
    answers: ({ kind, message, buttons }) => {
      if (kind === 'alert') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
      return { button: 'OK', text: /role arn/i.test(message) ? LOCAL_ROLE_ARN : '' };
    },
  });
}

/** Whether Set up… could store a role or a key: it can't before the settings name a region that there is. */
export function hasAwsAccess(workspace: Workspace): boolean {
  return workspace.appsScript.properties('user').has('aws.credentials');
}

/** “Send statement…”: names the month, and says yes or no to the question. */
export function chooseSend(workspace: Workspace, month: string, yes: boolean): RunReport {
  const report = workspace.appsScript.run('sendStatement', [], {
    answers: ({ kind, title, message, buttons }) => {
      if (kind === 'prompt' && /certify/.test(message))
        return yes ? { button: 'OK', text: CERTIFIED_BY } : { button: 'CANCEL' };
      if (kind === 'prompt') return { button: 'OK', text: month };
      if (!buttons.includes('YES')) return { button: 'OK' };
      // Nobody here has looked into Sent.
      if (title === 'Send again?' || title === 'Did it go out?') return { button: 'NO' };
      return { button: yes ? 'YES' : 'NO' };
    },
  });
  // Out of its realm, into plain data of this one.
  return { ...emptyReport(month), ...(JSON.parse(JSON.stringify(report)) as RunReport) };
}

/** Settings typed into their cells; keys that the tab lacks are passed over. */
export async function typeIntoSettings(
  workspace: Workspace,
  settings: ReadonlyMap<string, string>,
): Promise<void> {
  if (settings.size === 0) return;
  const { tabs } = await workspace.snapshot();
  const tab = tabs.find(({ title }) => title === OWN_TAB_TITLES.settings);
  if (tab === undefined) return;
  for (const [key, value] of settings) {
    const row = rowOf(tab, key);
    if (row === null) continue;
    // With a leading ' the cell holds the text as typed, as its format says.
    await workspace.setCell(tab.title, `B${row}`, value === '' ? '' : `'${value}`);
  }
}

/** What their cells hold; a setting that the tab lacks is not there. */
export async function settingValues(
  workspace: Workspace,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const { tabs } = await workspace.snapshot();
  const tab = tabs.find(({ title }) => title === OWN_TAB_TITLES.settings);
  if (tab === undefined) return new Map();
  return new Map(
    [...keys].flatMap((key): [string, string][] => {
      const row = rowOf(tab, key);
      return row === null ? [] : [[key, String(tab.cells[`B${row}`]?.input ?? '').trim()]];
    }),
  );
}

function rowOf(tab: TabSnapshot, key: string): number | null {
  const found = Object.entries(tab.cells).find(
    ([name, cell]) => /^A\d+$/.test(name) && fold(String(cell.input ?? '')) === fold(key),
  );
  return found === undefined ? null : Number(found[0].slice(1));
}
