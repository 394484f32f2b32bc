/** How the parts of a scene come to be in the local Workspace: items, files, accounts, and what the person answers. */
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import { readItemLines } from '../../scripts/local/aws/export-lines.ts';
import type { TableSchema } from '../../scripts/local/aws/tables.ts';
import { indexedAttributes } from '../../scripts/local/aws/tables.ts';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Workspace } from '../../scripts/local/workspace.ts';
import { LOCAL_KEYS, LOCAL_ROLE_ARN, SPREADSHEET_ID } from '../../scripts/local/workspace.ts';
import type { AccountRecord, Purpose } from '../../src/accounts/account.ts';
import { IDENTITY_SCOPES, PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { accountEntry } from '../../src/accounts/account-store.ts';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import { fold } from '../../src/workbook/settings.ts';
import type { Item, Scene } from './scene.ts';
import { OWNER } from './scene.ts';

export function itemsOf(items: readonly Item[], schema: TableSchema): readonly AttributeMap[] {
  const lines = items.map((item) => JSON.stringify(item)).join('\n');
  const read = readItemLines(lines, schema.partition.name, indexedAttributes(schema));
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.items;
}

export async function putTripSheets(
  workspace: Workspace,
  files: NonNullable<Scene['tripSheets']>,
): Promise<string> {
  const folder = await workspace.putFile({
    name: 'Trip sheets',
    parents: [],
    mimeType: 'application/vnd.google-apps.folder',
    bytes: null,
  });
  for (const { name, bytes } of files) {
    const mimeType = name.endsWith('.csv')
      ? 'text/csv'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await workspace.putFile({ name, parents: [folder], mimeType, bytes });
  }
  return folder;
}

/** What the person says who wants the month sent. */
export function usualAnswer(
  { kind, title, message, buttons }: Question,
  month: string,
  yes: boolean,
  aws: 'role' | 'keys',
): Answer {
  if (kind === 'prompt') {
    if (/certify/.test(message)) return yes ? { button: 'OK', text: OWNER.name } : { button: 'CANCEL' };
    if (/secret/i.test(message)) return { button: 'OK', text: LOCAL_KEYS.secretAccessKey };
    if (!/role arn/i.test(message)) return { button: 'OK', text: month };
    return { button: 'OK', text: aws === 'role' ? LOCAL_ROLE_ARN : LOCAL_KEYS.accessKeyId };
  }
  if (!buttons.includes('YES')) return { button: 'OK' };
  // Nobody has heard of it.
  if (title === 'Did it go out?') return { button: 'NO' };
  return { button: yes ? 'YES' : 'NO' };
}

/** The record of an account with tokens that the local Google takes, as after a consent now. */
export async function connectedAccount(
  workspace: Workspace,
  email: string,
  purposes: readonly Purpose[],
): Promise<AccountRecord> {
  const scopes = [...IDENTITY_SCOPES, ...purposes.flatMap((purpose) => PURPOSE_SCOPES[purpose])];
  const given = await workspace.giveTokens(email, scopes);
  const nowMs = workspace.clock.now();
  const now = new Date(nowMs).toISOString();
  return {
    schema: 2,
    subject: given.subject,
    email,
    name: '',
    emailVerified: true,
    purposes,
    accessToken: given.accessToken,
    refreshToken: given.refreshToken,
    expiresAt: new Date(nowMs + given.lifetimeSeconds * 1000).toISOString(),
    lifetimeSeconds: given.lifetimeSeconds,
    scopes: given.scopes,
    tokenType: 'Bearer',
    createdAt: now,
    consentedAt: now,
    refreshTokenExpiresAt: null,
    lastRefreshedAt: null,
    lastError: null,
    dead: null,
    toldAt: null,
  };
}

/** User properties that keep it, and the client that it was connected by. */
export function entriesOf(record: AccountRecord): Readonly<Record<string, string>> {
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  return { 'oauth.client': JSON.stringify({ schema: 1, clientId, clientSecret }), ...accountEntry(record) };
}

/** Where the value of a setting stands; null when the tab has no such setting. */
export function settingCell({ cells }: TabSnapshot, key: string): string | null {
  const found = Object.entries(cells).find(
    ([name, { input }]) => /^A\d+$/.test(name) && fold(String(input)) === fold(key),
  );
  return found === undefined ? null : `B${found[0].slice(1)}`;
}

/** A person's structural edits. @throws when Sheets refuses them */
export function editWorkbook({ network }: Workspace, token: string, requests: readonly object[]): void {
  const sent = network.fetchAllSync([
    {
      method: 'POST',
      url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}:batchUpdate`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: new Uint8Array(Buffer.from(JSON.stringify({ requests }))),
    },
  ]);
  if (Array.isArray(sent) && sent[0]?.status === 200) return;
  const why = Array.isArray(sent) ? Buffer.from(sent[0]?.body ?? []).toString() : 'unreachable';
  throw new Error(`The edit was refused: ${why}`);
}
