/** The hand of somebody who has the workbook open while Purser works in it; it does without what isn’t there. */
import type { FetchAllSync } from '../local/apps-script/url-fetch.ts';
import { SPREADSHEET_ID } from '../local/workspace.ts';
import type { PersonalEdit } from './scenario.ts';
import { MONTH, OWNER } from './scene.ts';

export interface OutlinedTab {
  readonly sheetId: number;
  readonly title: string;
  readonly hidden: boolean;
  readonly index: number;
  /** Developer metadata by its key. */
  readonly marks: Readonly<Record<string, string>>;
}

const BASE = `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}`;

function ask(send: FetchAllSync, method: string, url: string, body: object | null): unknown {
  const replies = send([
    {
      method,
      url,
      headers: { authorization: `Bearer ya29.local-${OWNER}`, 'content-type': 'application/json' },
      body: body === null ? null : new Uint8Array(Buffer.from(JSON.stringify(body))),
    },
  ]);
  const [reply] = 'failed' in replies ? [] : replies;
  if (reply?.status !== 200) {
    throw new Error(`The hand’s edit was refused: ${Buffer.from(reply?.body ?? []).toString()}`);
  }
  return JSON.parse(Buffer.from(reply.body).toString()) as unknown;
}

interface ListedSheet {
  readonly properties: {
    readonly sheetId?: number;
    readonly title: string;
    readonly hidden?: boolean;
    readonly index?: number;
  };
  readonly developerMetadata?: readonly { readonly metadataKey: string; readonly metadataValue?: string }[];
}

/** The tabs as a reader of the workbook sees them, and by which marks Purser knows them. */
export function outlineOf(send: FetchAllSync): readonly OutlinedTab[] {
  const fields =
    'sheets(properties(sheetId,title,hidden,index),developerMetadata(metadataKey,metadataValue))';
  const { sheets } = ask(send, 'GET', `${BASE}?fields=${encodeURIComponent(fields)}`, null) as {
    readonly sheets: readonly ListedSheet[];
  };
  return sheets.map(({ properties, developerMetadata = [] }) => ({
    sheetId: properties.sheetId ?? 0,
    title: properties.title,
    hidden: properties.hidden ?? false,
    index: properties.index ?? 0,
    marks: Object.fromEntries(
      developerMetadata.map(({ metadataKey, metadataValue = '' }) => [metadataKey, metadataValue]),
    ),
  }));
}

export function isMonthTab({ marks }: OutlinedTab): boolean {
  return (marks['purser.month'] ?? '').includes(`"month":"${MONTH}"`);
}

function isOwn({ marks }: OutlinedTab, name: string): boolean {
  return (marks['purser.tab'] ?? '').startsWith(`${name}@`);
}

/** What the month’s row in the register says: `sent`; null without a row, or a register. */
export function registeredStatus(send: FetchAllSync): string | null {
  const register = outlineOf(send).find((tab) => isOwn(tab, 'register'));
  if (register === undefined) return null;
  const range = encodeURIComponent(`'${register.title.replace(/'/g, "''")}'!A:C`);
  const { values = [] } = ask(send, 'GET', `${BASE}/values/${range}`, null) as {
    readonly values?: readonly (readonly string[])[];
  };
  return values.find(([month]) => month === MONTH)?.[2] ?? null;
}

/** @returns whether there was anything to edit */
export function editByHand(send: FetchAllSync, edit: PersonalEdit): boolean {
  const tabs = outlineOf(send);
  const month = tabs.find(isMonthTab);
  const hidden = tabs.find(({ marks }) => marks['purser.staging'] !== undefined);
  const own = (name: string) => tabs.find((tab) => isOwn(tab, name));
  const audit = tabs.find(({ marks }) => (marks['purser.audit'] ?? '').startsWith(`${MONTH}@`));
  const chosen = {
    'renames-month': [month, rename('May, ours')],
    'edits-month': [month, type],
    'deletes-month': [month, remove],
    'moves-month': [month, move],
    'renames-hidden': [hidden, rename('Mine')],
    'edits-hidden': [hidden, type],
    'deletes-hidden': [hidden, remove],
    'shows-hidden': [hidden, show],
    'renames-register': [own('register'), rename('The register')],
    'deletes-register': [own('register'), remove],
    'deletes-audit': [audit, remove],
  } as const satisfies Readonly<
    Record<PersonalEdit, readonly [OutlinedTab | undefined, (tab: OutlinedTab) => object]>
  >;
  const [tab, request] = chosen[edit];
  if (tab === undefined) return false;
  ask(send, 'POST', `${BASE}:batchUpdate`, { requests: [request(tab)] });
  return true;
}

function rename(title: string) {
  return ({ sheetId }: OutlinedTab): object => ({
    updateSheetProperties: { properties: { sheetId, title }, fields: 'title' },
  });
}

function type({ sheetId }: OutlinedTab): object {
  return {
    updateCells: {
      start: { sheetId, rowIndex: 5, columnIndex: 5 },
      rows: [{ values: [{ userEnteredValue: { numberValue: 99 } }] }],
      fields: 'userEnteredValue',
    },
  };
}

function remove({ sheetId }: OutlinedTab): object {
  return { deleteSheet: { sheetId } };
}

function move({ sheetId }: OutlinedTab): object {
  return { updateSheetProperties: { properties: { sheetId, index: 0 }, fields: 'index' } };
}

function show({ sheetId }: OutlinedTab): object {
  return { updateSheetProperties: { properties: { sheetId, hidden: false }, fields: 'hidden' } };
}
