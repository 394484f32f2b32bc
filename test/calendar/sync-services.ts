/** A workbook of two tabs and the tables of the ledger, as far as a sync of calendars asks. */
import type { SheetValue, ValueRange } from '../../src/clients/google/sheets.ts';
import { ownTabMark, TAB_KEY } from '../../src/workbook/tabs.ts';

/** `2026-05-14` and the like, as the table has it; texts only but for what is a number. */
export interface LedgerRow {
  readonly charterId: string;
  readonly date: string;
  readonly departs: string;
  readonly vessel: string;
  readonly status: string;
  /** Not a number: the item can't be read. */
  readonly guests: number | string;
  readonly crew: readonly string[];
  /** As the item has it; else the date's. */
  readonly month?: string;
}

/** Sheets, as far as a sync asks: two tabs, found by their marks. */
export function twoTabs(settings: () => ReadonlyMap<string, string>, written: string[]) {
  let made = false;
  const rows: SheetValue[][] = [];
  const sheet = (sheetId: number, name: 'settings' | 'calendar', title: string, rowCount: number) => ({
    properties: {
      sheetId,
      title,
      index: sheetId,
      sheetType: 'GRID',
      gridProperties: { rowCount, columnCount: 17 },
    },
    developerMetadata: [{ metadataId: sheetId, metadataKey: TAB_KEY, metadataValue: ownTabMark(name) }],
  });
  const settingRows = () => [['Setting', 'Value'], ...settings()];
  const change = (what: string): void => {
    written.push(what);
  };
  return {
    rows: () => rows,
    type: (row: number, column: number, text: string) => {
      const cells = rows[row];
      if (cells !== undefined) cells[column] = text;
    },
    answer: (target: string, body: string): object => {
      if (target.includes('/values:batchGetByDataFilter')) {
        const values = [{ valueRange: { range: "'Purser settings'!A1:C60", values: settingRows() } }];
        if (made)
          values.push({ valueRange: { range: "'Purser calendar'!A1:Q2000", values: rows as string[][] } });
        return { valueRanges: values };
      }
      if (target.includes('/values:batchUpdate')) {
        change('values');
        const { data } = JSON.parse(body) as { data: ValueRange[] };
        for (const { range, values } of data) {
          const first = Number(/![A-Z]+(\d+)/.exec(range)?.[1]) - 1;
          values.forEach((cells, index) => {
            while (rows.length <= first + index) rows.push([]);
            rows[first + index] = [...cells];
          });
        }
        return {};
      }
      if (target.includes(':batchUpdate')) {
        change('structure');
        const { requests } = JSON.parse(body) as { requests: Record<string, { rows?: Cells[] }>[] };
        const header = requests.find((one) => one.updateCells !== undefined)?.updateCells?.rows?.[0];
        if (header !== undefined)
          rows[0] = header.values.map((one) => one.userEnteredValue?.stringValue ?? '');
        made = true;
        return {};
      }
      return {
        spreadsheetId: 'workbook-1',
        properties: { title: 'Harbor Sails', timeZone: 'America/New_York', locale: 'en_US' },
        sheets: [
          sheet(1, 'settings', 'Purser settings', 100),
          ...(made ? [sheet(2, 'calendar', 'Purser calendar', 2000)] : []),
        ],
      };
    },
  };
}

interface Cells {
  readonly values: readonly { readonly userEnteredValue?: { readonly stringValue?: string } }[];
}

/** DynamoDB's page for a query of a month, or for the roster. */
export function itemsAsked(body: string, ledger: ReadonlyMap<string, LedgerRow>): object {
  const { TableName, ExpressionAttributeValues } = JSON.parse(body) as {
    readonly TableName: string;
    readonly ExpressionAttributeValues?: { readonly ':partition': { readonly S: string } };
  };
  const month = ExpressionAttributeValues?.[':partition'].S ?? '';
  const items =
    TableName === 'crew-roster'
      ? [
          {
            crewId: { S: 'cr-tom' },
            name: { S: 'Tom Riordan' },
            email: { S: 'Tom@Crew.example' },
            role: { S: 'captain' },
          },
        ]
      : [...ledger.values()].filter((one) => monthAttribute(one) === month).map(itemOf);
  return { Items: items, Count: items.length, ScannedCount: items.length };
}

function monthAttribute({ date, month }: LedgerRow): string {
  return month ?? date.slice(0, 7);
}

function itemOf(row: LedgerRow): object {
  const { guests, crew, date, month: _, ...texts } = row;
  const text = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, { S: value }]));
  return {
    ...text,
    date: { S: date },
    month: { S: monthAttribute(row) },
    kind: { S: 'public' },
    guests: typeof guests === 'number' ? { N: String(guests) } : { S: guests },
    comps: { N: '0' },
    revenueTotal: { N: '1000' },
    crew: { L: crew.map((id) => ({ S: id })) },
    bookingRefs: { L: [] },
  };
}
