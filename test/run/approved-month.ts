/** A month as it was collected, as far as an approval looks at it, with anything in it changed at will. */
import type { Collected } from '../../src/run/collect.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import type { Template } from '../../src/statement/template.ts';
import { template } from '../statement/grids.ts';
import { charter, input, readable } from '../statement/samples.ts';

export interface MonthChanges {
  readonly charters?: readonly Charter[];
  readonly input?: Partial<StatementInput>;
  readonly settings?: readonly (readonly [name: string, value: string | number])[];
  readonly template?: Template;
  readonly monthTitle?: string;
  /** Whether Purser’s tab of the month is there. */
  readonly isPosted?: boolean;
  readonly isEdited?: boolean;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject?: string;
  /** The address of the person’s own mailbox. */
  readonly self?: string;
  readonly sender?: { readonly transport: string; readonly account: string | null };
}

export const CHARTERS = [charter(), charter({ id: 'c-2', date: '2026-05-15', crewIds: [] })];

export const SETTINGS = [
  ['Company', 'Heron Charters'],
  ['Standard rate', 125],
  ['Statement day', '1'],
] as const;

export function collectedMonth(changes: MonthChanges = {}): Collected {
  const people = (addresses: readonly string[]) => addresses.map((address) => ({ name: '', address }));
  const all = input(readable(...(changes.charters ?? CHARTERS)), changes.input);
  return {
    workbook: {
      access: { token: 't', spreadsheetId: 'workbook-1' },
      settings: { fileName: 'statement-{{month.iso}}', timeZone: 'America/New_York' },
      settingsRows: [['Setting', 'Value', 'What it means'], ...(changes.settings ?? SETTINGS)],
      template: changes.template ?? template([['{{month}}'], ['{{charter.id}}', '{{charter.reportable}}']]),
      templateTab: { title: 'Template' },
      monthTitle: changes.monthTitle ?? 'May 2026',
      monthTab: changes.isPosted === false ? null : { title: 'May 2026' },
      noticed: changes.isEdited === true ? [{ code: 'tab-edited', message: 'Somebody has changed it.' }] : [],
    },
    sender: changes.sender ?? { transport: 'built-in', account: null },
    recipients: { to: people(changes.to ?? ['grace@partner.example']), cc: people(changes.cc ?? []) },
    subject: changes.subject ?? 'Heron Charters revenue statement, May 2026',
    self: changes.self ?? 'nora@blueheron.example',
    today: '2026-06-01',
    input: all,
    calculation: calculate(all),
  } as unknown as Collected;
}
