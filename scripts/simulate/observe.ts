/** What is there when all is at rest: the workbook, mail, files, Purser’s own records. */
import type { AppsScript } from '../local/apps-script/apps-script.ts';
import type { TriggerRecord } from '../local/apps-script/triggers.ts';
import type { LocalDriveFile, SentMessage } from '../local/google/google-host.ts';
import type { TabSnapshot, WorkbookSnapshot } from '../local/sheets/sheets-host.ts';
import type { Scene } from './scene.ts';
import { MONTH, OWNER, SENDER, statementMs } from './scene.ts';
import type { StatementRecord } from './sending.ts';
import { recordOf } from './sending.ts';
import type { OutlinedTab } from './workbook-hand.ts';
import { isMonthTab, outlineOf } from './workbook-hand.ts';

export interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly atMs: number;
  readonly raw: Buffer;
}

export interface Observed {
  readonly nowMs: number;
  readonly record: StatementRecord | null;
  /** `sent`; null without a row. */
  readonly registered: string | null;
  readonly tabs: readonly OutlinedTab[];
  /** With the mark of the month, or of its audit. */
  readonly monthTabs: readonly (OutlinedTab & { readonly cells: Cells })[];
  readonly auditTabs: readonly (OutlinedTab & { readonly cells: Cells })[];
  /** Those since the scene began. */
  readonly statements: readonly Mail[];
  readonly notices: readonly Mail[];
  /** The month’s, that are not in the trash. */
  readonly files: readonly LocalDriveFile[];
  readonly triggers: readonly TriggerRecord[];
  readonly properties: Readonly<Record<string, string>>;
  readonly userProperties: Readonly<Record<string, string>>;
  /** Refresh tokens of the connected account that Google would take now; null when none is connected. */
  readonly liveTokens: readonly string[] | null;
  /** Words of dialogs that a person saw. */
  readonly dialogs: readonly string[];
}

export type Cells = TabSnapshot['cells'];

export async function observe(scene: Scene, script: AppsScript): Promise<Observed> {
  const { workspace } = scene;
  const tabs = outlineOf(workspace.network.fetchAllSync);
  const months = tabs.filter(isMonthTab);
  const audits = tabs.filter(({ marks }) => (marks['purser.audit'] ?? '').startsWith(`${MONTH}@`));
  const register = tabs.find(({ marks }) => (marks['purser.tab'] ?? '').startsWith('register@'));
  const wanted = [...months, ...audits, ...(register === undefined ? [] : [register])];
  const snapshot = (await workspace.network.call('sheets', 'snapshot', [
    wanted.map(({ sheetId }) => sheetId),
  ])) as WorkbookSnapshot;
  const cellsOf = ({ sheetId }: OutlinedTab): Cells =>
    snapshot.tabs.find((tab) => tab.sheetId === sheetId)?.cells ?? {};
  const mails = (await workspace.sentMessages())
    .filter(({ internalDateMs }) => internalDateMs >= statementMs() - DAY_MS)
    .map(mailOf);
  const ofKind = (kind: string) => mails.filter(({ headers }) => headers['x-purser-kind'] === kind);
  return {
    nowMs: workspace.clock.now(),
    record: recordOf(script),
    registered: register === undefined ? null : statusIn(cellsOf(register)),
    tabs,
    monthTabs: months.map((tab) => ({ ...tab, cells: cellsOf(tab) })),
    auditTabs: audits.map((tab) => ({ ...tab, cells: cellsOf(tab) })),
    statements: ofKind('statement'),
    notices: ofKind('notice'),
    files: (await workspace.driveFiles()).filter(
      ({ appProperties, trashed }) => appProperties.purserMonth === MONTH && !trashed,
    ),
    triggers: script.triggers(),
    properties: Object.fromEntries(script.properties('document')),
    userProperties: Object.fromEntries(script.properties('user', OWNER)),
    liveTokens:
      scene.name === 'account'
        ? (await workspace.tokensOf(SENDER)).refreshTokens.map(({ token }) => token)
        : null,
    dialogs: script.shown.flatMap((shown) => (shown.kind === 'dialog' ? [shown.html] : [])),
  };
}

/** A clock that somebody put back doesn’t hide a mail. */
const DAY_MS = 3 * 86_400_000;

function statusIn(cells: Cells): string | null {
  const row = Object.entries(cells).find(([name, { value }]) => /^A\d+$/.test(name) && value === MONTH);
  return row === undefined ? null : String(cells[`C${row[0].slice(1)}`]?.value ?? '');
}

function mailOf({ raw, internalDateMs }: SentMessage): Mail {
  const bytes = Buffer.from(raw);
  const text = bytes.toString('latin1');
  const head = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n'))).replace(/\r\n[ \t]+/g, ' ');
  const headers = Object.fromEntries(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { headers, atMs: internalDateMs, raw: bytes };
}
