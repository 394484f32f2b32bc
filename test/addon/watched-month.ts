/** May, sent and then watched: how it comes to be, what changes, and what a person decides about it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Json } from '../../src/statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../../src/statement/fingerprint.ts';
import type { StatementContent } from '../../src/statement/statement-content.ts';
import { fingerprintOf } from '../../src/statement/statement-content.ts';
import { REGISTER_COLUMNS } from '../../src/workbook/register.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';

export const JUNE = charter('C-june', { month: '2026-06', date: '2026-06-09' });
/** Of May, whose first charter is what these tests change. */
export const FIRST = 'C-2026-05-1';
export const may = (change: Item = {}): readonly Item[] =>
  cleanMonth().map((item) => (item.charterId === FIRST ? { ...item, ...change } : item));
export const REFUNDED = may({ refund: 125 });

interface Decision {
  readonly month?: string;
  readonly correct?: boolean;
  readonly carry?: boolean;
  readonly reason?: string | null;
  /** What happens while the question about carrying is open. */
  readonly meanwhile?: () => void;
}

/** What happens to May on the Workspace of a test file. */
export function watchedMonth(purser: () => Purser) {
  /** May sent by a person on June 1, and its first look the day after. */
  async function sentMay(settings: Readonly<Record<string, string>> = {}, charters = may()): Promise<void> {
    const scene = {
      charters: [...charters, JUNE],
      settings: { 'Explain changes over': '', ...settings },
    };
    await purser().once(`sent and looked at ${JSON.stringify(scene)}`, async () => {
      await purser().sent(scene);
      tickOn('2026-06-02');
    });
  }

  function tickOn(date: string, hour = 8): void {
    purser().at(date, hour);
    purser().trigger('tick');
  }

  function watched(month = '2026-05'): {
    readonly open: { readonly deltaCents: number } | null;
    readonly choice: { readonly kind: string } | null;
    readonly lookedOn: string;
  } {
    const json = purser().appsScript().properties('document').get(`watch.${month}`);
    return json == null ? { open: null, choice: null, lookedOn: '' } : JSON.parse(json);
  }

  async function findingsCell(row = 2): Promise<unknown> {
    const column = REGISTER_COLUMNS.findIndex(({ header }) => header === 'Findings');
    return rowValues(await purser().tab('Purser register'), row)[String.fromCharCode(65 + column)] ?? '';
  }

  /** What the owner was told of months that were sent. */
  async function told(): Promise<{ subject: string; text: string }[]> {
    const about = /has changed since it was sent|again as it was sent|can’t be told/;
    return (await purser().mails('notice')).filter(({ subject }) => about.test(subject));
  }

  async function adjustments(): Promise<Readonly<Record<string, unknown>>[]> {
    const tab = await purser().tab('Purser adjustments');
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (let row = 2; rowValues(tab, row).A !== undefined; row++) rows.push(rowValues(tab, row));
    return rows;
  }

  /** Chooses “Changes after sending…”. @returns what the dialogs said, one after the other */
  function decide({ month, correct = false, carry = false, reason = null, meanwhile }: Decision): string[] {
    const said: string[] = [];
    const button = (yes: boolean): Answer => ({ button: yes ? 'YES' : 'NO' });
    const answers = ({ kind, message, buttons }: Question): Answer => {
      said.push(message);
      if (/which month/i.test(message))
        return month === undefined ? { button: 'OK' } : { button: 'OK', text: month };
      if (/certify/.test(message)) return { button: 'OK', text: OWNER.name };
      if (/Make a corrected statement/.test(message)) return button(correct);
      if (/^Carry [-+]/.test(message)) {
        meanwhile?.();
        return button(carry);
      }
      if (kind === 'prompt') return reason === null ? { button: 'CANCEL' } : { button: 'OK', text: reason };
      return { button: buttons[0] ?? 'OK' };
    };
    purser().appsScript().run('changesAfterSending', [], { answers });
    return said;
  }

  /** Chooses “Corrected statement…” for May, and certifies it. */
  function correct(): RunReport {
    const answers = ({ kind, message, buttons }: Question): Answer => {
      if (kind !== 'prompt') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
      return { button: 'OK', text: /certify/.test(message) ? OWNER.name : '2026-05' };
    };
    const report = purser().appsScript().run('sendCorrection', [], { answers });
    return JSON.parse(JSON.stringify(report)) as RunReport;
  }

  async function trash(id: string): Promise<void> {
    const url = `https://www.googleapis.com/drive/v3/files/${id}`;
    const sent = purser().workspace.network.fetchAllSync([
      {
        method: 'PATCH',
        url,
        headers: { authorization: `Bearer ya29.local-${OWNER.email}`, 'content-type': 'application/json' },
        body: new Uint8Array(Buffer.from(JSON.stringify({ trashed: true }))),
      },
    ]);
    if (!Array.isArray(sent) || sent[0]?.status !== 200) throw new Error('The file was not trashed.');
  }

  /** The evidence file as an earlier Purser left it, that worded all notes otherwise; and the record of what it sent. */
  async function sentByEarlierPurser(): Promise<void> {
    const file = (await purser().files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
    const evidence = JSON.parse(gunzipSync(file?.bytes ?? new Uint8Array()).toString('utf8')) as {
      content: { statement: { content: StatementContent; fingerprint: string } };
    };
    const { statement } = evidence.content;
    const { content } = statement;
    const worded = { ...content, lines: content.lines.map((line) => ({ ...line, notes: 'said otherwise' })) };
    const fingerprint = fingerprintOf(worded);
    const changed = { ...evidence.content, statement: { ...statement, content: worded, fingerprint } };
    const sha256 = sha256Hex(canonicalJson(changed as unknown as Json));
    const sent = purser().workspace.network.fetchAllSync([
      {
        method: 'PATCH',
        url: `https://www.googleapis.com/upload/drive/v3/files/${file?.id}?uploadType=media`,
        headers: { authorization: `Bearer ya29.local-${OWNER.email}`, 'content-type': 'application/gzip' },
        body: new Uint8Array(gzipSync(JSON.stringify({ ...evidence, content: changed, sha256 }))),
      },
    ]);
    if (!Array.isArray(sent) || sent[0]?.status !== 200) throw new Error('The file was not replaced.');
    const document = purser().appsScript().properties('document');
    const json = document.get('outbox.statement.2026-05.V1') ?? '';
    document.set('outbox.statement.2026-05.V1', json.replace(statement.fingerprint, fingerprint));
  }

  return {
    adjustments,
    correct,
    decide,
    findingsCell,
    sentByEarlierPurser,
    sentMay,
    tickOn,
    told,
    trash,
    watched,
  };
}
