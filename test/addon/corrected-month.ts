/** May, sent and then corrected: how it comes to be, and what is there afterwards. */
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import { SPREADSHEET_ID } from '../../scripts/local/workspace.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import type { Mail } from '../tools/seen.ts';
import { findCell, rowValues } from '../tools/seen.ts';
export const REGISTER = 'Purser register';
export const JUNE = charter('C-june', { month: '2026-06', date: '2026-06-09' });
/** Of May, whose first charter is what these tests change. */
export const FIRST = 'C-2026-05-1';
export const may = (change: Item = {}): readonly Item[] => [
  ...cleanMonth().map((item) => (item.charterId === FIRST ? { ...item, ...change } : item)),
  JUNE,
];
export const REFUNDED = may({ refund: 125, revenueTotal: 875 });
export const [V1, V2, V3] = ['PRSYYPK202605V1', 'PRSYYPK202605V2', 'PRSYYPK202605V3'] as const;

export const header = (mail: Mail | undefined, name: string): string => String(mail?.headers.get(name) ?? '');

/** A person’s change of a cell of that tab, as a request of the Sheets API. */
export const typing = (sheetId: number): object => ({
  updateCells: {
    start: { sheetId, rowIndex: 6, columnIndex: 2 },
    rows: [{ values: [{ userEnteredValue: { stringValue: 'changed' } }] }],
    fields: 'userEnteredValue',
  },
});

/** What happens to May on the Workspace of a test file. */
export function correctedMonth(purser: () => Purser) {
  let said: readonly string[] = [];
  /** What the dialogs of the last correction said. */
  const asked = (): readonly string[] => said;

  /** Chooses “Corrected statement…”, and certifies it unless told otherwise. */
  function correct(choices: Choices & { readonly month?: string } = {}): RunReport {
    const now: string[] = [];
    const { month = '2026-05', yes = true } = choices;
    const report = purser()
      .appsScript()
      .run('sendCorrection', [], {
        answers: (question) => {
          now.push(question.message);
          const own = choices.answers?.(question) ?? null;
          if (own !== null) return own;
          if (question.kind !== 'prompt') return { button: question.buttons.includes('YES') ? 'YES' : 'OK' };
          if (!/certify/.test(question.message)) return { button: 'OK', text: month };
          return yes ? { button: 'OK', text: OWNER.name } : { button: 'CANCEL' };
        },
      });
    said = now;
    return JSON.parse(JSON.stringify(report)) as RunReport;
  }

  async function sentMay(settings: Readonly<Record<string, string>> = {}, charters = may()): Promise<void> {
    await purser().sent({ charters, settings: { 'Explain changes over': '', ...settings } });
    purser().at('2026-06-03', 9);
  }

  const statements = (): Promise<readonly Mail[]> => purser().mails('statement');
  const reportable = async (title: string): Promise<unknown> => {
    const tab = await purser().tab(title);
    const { a1 } = findCell(tab, /^=SUM\(J\d+:J\d+\)$/);
    return tab.cells[a1]?.value;
  };
  const register = async (): Promise<readonly (readonly unknown[])[]> => {
    const tab = await purser().tab(REGISTER);
    const rows: unknown[][] = [];
    for (let row = 2; rowValues(tab, row).A !== undefined; row++) {
      const { A, B, C, H, K } = rowValues(tab, row);
      rows.push([A, B, C, H, K]);
    }
    return rows;
  };
  const keptTabs = async (): Promise<readonly string[]> =>
    (await purser().tabs())
      .filter(({ title, hidden }) => hidden && / v\d/.test(title))
      .map(({ title }) => title)
      .sort();

  /** What a person reads who wants to change the tab. */
  async function protectionsOf(title: string): Promise<readonly string[]> {
    const { sheetId } = await purser().tab(title);
    const sent = purser().workspace.network.fetchAllSync([
      {
        method: 'GET',
        url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}?fields=sheets(properties(sheetId),protectedRanges(description))`,
        headers: { authorization: `Bearer ya29.local-${OWNER.email}` },
        body: new Uint8Array(),
      },
    ]);
    const reply = Array.isArray(sent) ? Buffer.from(sent[0]?.body ?? []).toString() : '';
    const { sheets } = JSON.parse(reply) as {
      sheets: { properties: { sheetId?: number }; protectedRanges?: { description: string }[] }[];
    };
    const found = sheets.find(({ properties }) => (properties.sheetId ?? 0) === sheetId);
    return (found?.protectedRanges ?? []).map(({ description }) => description);
  }

  /** As another editor of the workbook asks the Sheets API. @returns its status */
  async function editAs(email: string, ...requests: readonly object[]): Promise<number> {
    const { accessToken } = await purser().workspace.giveTokens(email, [
      'https://www.googleapis.com/auth/spreadsheets',
    ]);
    const sent = purser().workspace.network.fetchAllSync([
      {
        method: 'POST',
        url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}:batchUpdate`,
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: new Uint8Array(Buffer.from(JSON.stringify({ requests }))),
      },
    ]);
    return Array.isArray(sent) ? (sent[0]?.status ?? 0) : 0;
  }

  /** The next execution dies at its first request to such a URL. */
  function killAt(url: string, when: 'before' | 'after'): void {
    purser()
      .appsScript()
      .direct(({ requests }: HostCall) =>
        requests.some((request) => request.url.includes(url)) ? { killed: when } : null,
      );
  }

  return {
    asked,
    correct,
    editAs,
    keptTabs,
    killAt,
    protectionsOf,
    register,
    reportable,
    sentMay,
    statements,
  };
}
