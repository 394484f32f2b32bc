/** A person’s hand at the workbook’s tabs: requests of the Sheets API, which refuses what Sheets refuses. */
import { SPREADSHEET_ID, tokenOf } from '../local/workspace.ts';
import type { World } from './world.ts';

/** @throws Error with the words of Sheets */
export function editTabs({ workspace, user }: World, ...requests: readonly object[]): void {
  const replies = workspace.network.fetchAllSync([
    {
      method: 'POST',
      url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}:batchUpdate`,
      headers: { Authorization: `Bearer ${tokenOf(user.email)}`, 'Content-Type': 'application/json' },
      body: new Uint8Array(Buffer.from(JSON.stringify({ requests }))),
    },
  ]);
  if ('failed' in replies) throw new Error('Sheets could not be reached.');
  const [reply] = replies;
  if (reply === undefined || reply.status === 200) return;
  throw new Error(
    refusalOf(Buffer.from(reply.body).toString('utf8')) ?? `Sheets refused it: ${reply.status}.`,
  );
}

function refusalOf(body: string): string | null {
  try {
    const { error } = JSON.parse(body) as { readonly error?: { readonly message?: unknown } };
    // It begins with which of the requests it is about.
    return typeof error?.message === 'string'
      ? error.message.replace(/^Invalid requests\[\d+\]\.?\w*: /, '')
      : null;
  } catch {
    return null;
  }
}
