/** Sent months are watched: what changes at the source is noticed, told once, and decided by a person. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import { crewDispatch, crewRoster } from '../../scripts/local/aws/tables.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Json } from '../../src/statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../../src/statement/fingerprint.ts';
import type { StatementContent } from '../../src/statement/statement-content.ts';
import { fingerprintOf } from '../../src/statement/statement-content.ts';
import { REGISTER_COLUMNS } from '../../src/workbook/register.ts';
import type { Item, Purser } from '../tools/workspace.ts';
import {
  charter,
  cleanMonth,
  codes,
  itemsOf,
  OWNER,
  openPurser,
  REGIONS,
  ROSTER,
  rowValues,
} from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});
afterAll(() => purser.close());

const JUNE = charter('C-june', { month: '2026-06', date: '2026-06-09' });
/** Of May, whose first charter is what these tests change. */
const FIRST = 'C-2026-05-1';
const may = (change: Item = {}): readonly Item[] =>
  cleanMonth().map((item) => (item.charterId === FIRST ? { ...item, ...change } : item));
const REFUNDED = may({ refund: 125 });

/** May sent by a person on June 1, and its first look the day after. */
async function sentMay(settings: Readonly<Record<string, string>> = {}, charters = may()): Promise<void> {
  await purser.begin({
    charters: [...charters, JUNE],
    settings: { 'Explain changes over': '', ...settings },
  });
  const report = purser.send();
  if (report.status !== 'sent') throw new Error(JSON.stringify(report.error ?? report.findings));
  tickOn('2026-06-02');
}

function tickOn(date: string, hour = 8): void {
  purser.at(date, hour);
  purser.trigger('tick');
}

function watched(month = '2026-05'): {
  readonly open: { readonly deltaCents: number } | null;
  readonly choice: { readonly kind: string } | null;
  readonly lookedOn: string;
} {
  const json = purser.appsScript().properties('document').get(`watch.${month}`);
  return json == null ? { open: null, choice: null, lookedOn: '' } : JSON.parse(json);
}

async function findingsCell(row = 2): Promise<unknown> {
  const column = REGISTER_COLUMNS.findIndex(({ header }) => header === 'Findings');
  return rowValues(await purser.tab('Purser register'), row)[String.fromCharCode(65 + column)] ?? '';
}

/** What the owner was told of months that were sent. */
async function told(): Promise<{ subject: string; text: string }[]> {
  const about = /has changed since it was sent|again as it was sent|can’t be told/;
  return (await purser.mails('notice')).filter(({ subject }) => about.test(subject));
}

async function adjustments(): Promise<Readonly<Record<string, unknown>>[]> {
  const tab = await purser.tab('Purser adjustments');
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (let row = 2; rowValues(tab, row).A !== undefined; row++) rows.push(rowValues(tab, row));
  return rows;
}

interface Decision {
  readonly month?: string;
  readonly correct?: boolean;
  readonly carry?: boolean;
  readonly reason?: string | null;
  /** What happens while the question about carrying is open. */
  readonly meanwhile?: () => void;
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
  purser.appsScript().run('changesAfterSending', [], { answers });
  return said;
}

/** Chooses “Corrected statement…” for May, and certifies it. */
function correct(): RunReport {
  const answers = ({ kind, message, buttons }: Question): Answer => {
    if (kind !== 'prompt') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
    return { button: 'OK', text: /certify/.test(message) ? OWNER.name : '2026-05' };
  };
  const report = purser.appsScript().run('sendCorrection', [], { answers });
  return JSON.parse(JSON.stringify(report)) as RunReport;
}

describe('a month that was sent', () => {
  it('and did not change: nobody hears anything, and the rest of the day costs no request', async () => {
    await sentMay();
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-02' });
    expect(await told()).toEqual([]);
    expect(await findingsCell()).toBe('');
    const before = purser.trace().length;
    tickOn('2026-06-02', 9);
    tickOn('2026-06-02', 23);
    const asked = purser
      .trace()
      .slice(before)
      .map(({ request }) => request.url);
    // The session in AWS is kept alive all the same.
    expect(asked.filter((url) => !url.includes('//sts.'))).toEqual([]);
  });

  it('and got a refund later is told once, with its cents, and stands in the register', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Purser: May 2026 has changed since it was sent');
    expect(notice?.text).toContain('-$125.00 (1 charter)');
    expect(notice?.text).toContain(
      `${FIRST} (2026-05-03, Vessel ${FIRST}): refund $0.00 → $125.00 (-$125.00)`,
    );
    expect(notice?.text).toContain('Changes after sending…');
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
    const register = rowValues(await purser.tab('Purser register'), 2);
    expect(register).toMatchObject({ C: 'sent', H: 2750 });
    tickOn('2026-06-04');
    tickOn('2026-06-05');
    expect(await told()).toHaveLength(1);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
  });

  it('keeps the settings and rates that it was sent with', async () => {
    await sentMay();
    await purser.setting('Standard rate', '150.00');
    await purser.setting('Company', 'Harbor Sails and Sons');
    await purser.type('Purser rates', 'A2', '2026-05-01');
    await purser.type('Purser rates', 'C2', '140');
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
  });

  it('may have a charter that was filed under a distant month since: it is found, and nothing has changed', async () => {
    await sentMay();
    await purser.recharter([...may({ month: '2024-01' }), JUNE]);
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
  });

  it('is asked for once more when a region is silent: no verdict until both answer', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-03', 8);
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-02' });
    expect(await told()).toEqual([]);
    await purser.faults();
    tickOn('2026-06-03', 9);
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, lookedOn: '2026-06-03' });
    expect(await told()).toHaveLength(1);
  });

  it('whose change is undone at the source is told as well, and the register says no more of it', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    await purser.recharter([...may(), JUNE]);
    tickOn('2026-06-04');
    tickOn('2026-06-05');
    expect((await told()).map(({ subject }) => subject)).toEqual([
      'Purser: May 2026 has changed since it was sent',
      'Purser: May 2026 is again as it was sent',
    ]);
    expect(await findingsCell()).toBe('');
  });

  it('is not looked at when the setting says 0, nor when it was sent longer ago', async () => {
    await sentMay({ 'Watch sent months': '0' });
    expect(watched().lookedOn).toBe('');
    await purser.setting('Watch sent months', '30');
    tickOn('2026-06-03');
    expect(watched().lookedOn).toBe('2026-06-03');
    tickOn('2026-07-20');
    expect(watched().lookedOn).toBe('2026-06-03');
  });

  it('whose evidence file is gone is told once, and left alone', async () => {
    await sentMay();
    const evidence = (await purser.files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
    await trash(evidence?.id ?? '');
    const before = purser.trace().length;
    for (const day of ['03', '04', '05']) tickOn(`2026-06-${day}`);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    const searches = purser
      .trace()
      .slice(before)
      .filter(({ request }) => request.url.includes('purserEvidence'));
    expect(searches.length).toBe(1);
    expect(notice?.subject).toBe('Purser: whether May 2026 has changed can’t be told');
    expect(notice?.text).toContain('is not in Drive');
  });

  it('may have charters with any id and any words', async () => {
    const odd = '=HYPERLINK("https://evil")';
    const charters = (more: Item): readonly Item[] => [
      ...may(),
      charter(odd, { date: '2026-05-02', vessel: '</p><script>', ...more }),
      charter('__proto__', { date: '2026-05-05', ...more }),
      ...Array.from({ length: 12 }, (_, index) =>
        charter(`${'船'.repeat(300)}${index}`, {
          date: '2026-05-06',
          vessel: `${'帆'.repeat(300)}${index}`,
          ...more,
        }),
      ),
    ];
    await sentMay({}, charters({}));
    await purser.recharter([...charters({ refund: 1 }), JUNE]);
    tickOn('2026-06-03');
    const [notice] = await told();
    expect(notice?.text).toContain(odd);
    expect((await purser.mails('notice'))[0]?.html).not.toContain('<script>');
    decide({ carry: true });
    expect((await adjustments()).slice(0, 3).map(({ B, D }) => [B, D])).toEqual([
      [odd, -1],
      ['__proto__', -1],
      [`${'船'.repeat(300)}0`, -1],
    ]);
    expect(await adjustments()).toHaveLength(14);
    tickOn('2026-06-04');
    expect(watched().open).toBeNull();
  });
});

async function trash(id: string): Promise<void> {
  const url = `https://www.googleapis.com/drive/v3/files/${id}`;
  const sent = purser.workspace.network.fetchAllSync([
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
  const file = (await purser.files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
  const evidence = JSON.parse(gunzipSync(file?.bytes ?? new Uint8Array()).toString('utf8')) as {
    content: { statement: { content: StatementContent; fingerprint: string } };
  };
  const { statement } = evidence.content;
  const { content } = statement;
  const worded = { ...content, lines: content.lines.map((line) => ({ ...line, notes: 'said otherwise' })) };
  const fingerprint = fingerprintOf(worded);
  const changed = { ...evidence.content, statement: { ...statement, content: worded, fingerprint } };
  const sha256 = sha256Hex(canonicalJson(changed as unknown as Json));
  const sent = purser.workspace.network.fetchAllSync([
    {
      method: 'PATCH',
      url: `https://www.googleapis.com/upload/drive/v3/files/${file?.id}?uploadType=media`,
      headers: { authorization: `Bearer ya29.local-${OWNER.email}`, 'content-type': 'application/gzip' },
      body: new Uint8Array(gzipSync(JSON.stringify({ ...evidence, content: changed, sha256 }))),
    },
  ]);
  if (!Array.isArray(sent) || sent[0]?.status !== 200) throw new Error('The file was not replaced.');
  const document = purser.appsScript().properties('document');
  const json = document.get('outbox.statement.2026-05.V1') ?? '';
  document.set('outbox.statement.2026-05.V1', json.replace(statement.fingerprint, fingerprint));
}

describe('what is no change of a sent month', () => {
  it('is what a newer Purser words otherwise; what changes at the source is told as ever', async () => {
    await sentMay();
    await sentByEarlierPurser();
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-04');
    expect((await told()).map(({ text }) => text)).toEqual([expect.stringContaining('-$125.00 (1 charter)')]);
  });

  it('is another name of a crew member', async () => {
    await sentMay();
    const [first, ...others] = ROSTER;
    const renamed = itemsOf([{ ...first, name: 'Tom Archer-Lee' }, ...others], crewRoster());
    for (const region of REGIONS) await purser.workspace.seedTable(region, crewRoster(), renamed);
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
  });

  it('is that the charters moved to another table, where they are looked for and corrected', async () => {
    await sentMay();
    const moved = { ...crewDispatch(), name: 'charters-2027' };
    for (const region of REGIONS) {
      await purser.workspace.seedTable(region, moved, itemsOf([...REFUNDED, JUNE], crewDispatch()));
      await purser.workspace.seedTable(region, crewDispatch(), []);
    }
    await purser.setting('Charters table', 'charters-2027');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
    expect(correct()).toMatchObject({ version: 2, correction: { differences: { deltaCents: -12_500 } } });
  });
});

describe('a month of which nothing can be told', () => {
  it('since the regions differ, is told at once with the charter, and once only', async () => {
    await sentMay();
    const items = itemsOf([...REFUNDED, JUNE], crewDispatch());
    await purser.workspace.seedTable(REGIONS[0], crewDispatch(), items);
    tickOn('2026-06-03', 8);
    expect(await told()).toHaveLength(1);
    for (const hour of [9, 20]) tickOn('2026-06-03', hour);
    tickOn('2026-06-05', 8);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.text).toContain(`Charter ${FIRST} is not the same in ${REGIONS[0]} and ${REGIONS[1]}`);
    expect(decide({}).at(-1)).toMatch(/No look at May 2026 has come to an answer since 2026-06-03/);
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-05', 9);
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, lookedOn: '2026-06-05' });
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-06');
    expect(decide({}).at(-1)).toMatch(/come to an answer since 2026-06-06/);
  });

  it('for the same reason as of another month, is told once for both', async () => {
    await sentMay();
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ status: 'sent' });
    const [first, ...others] = ROSTER;
    const renamed = itemsOf([{ ...first, name: 'Tom Archer-Lee' }, ...others], crewRoster());
    await purser.workspace.seedTable(REGIONS[0], crewRoster(), renamed);
    for (const hour of [8, 9, 10]) tickOn('2026-07-02', hour);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.text).toContain('Crew member');
    expect(notice?.text).toContain('Other months that were sent may be in the same case');
  });

  it('since a region is silent, is told when that lasts for a day', async () => {
    await sentMay();
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-03', 8);
    tickOn('2026-06-04', 7);
    expect(await told()).toEqual([]);
    tickOn('2026-06-04', 9);
    tickOn('2026-06-05', 9);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Purser: whether May 2026 has changed can’t be told');
    expect(notice?.text).toContain(`The second region ${REGIONS[1]} did not answer`);
  });

  it('since a region is gone, can be told again once the settings no longer name it', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    await purser.setting('Second region', '');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });
});

describe('the next month', () => {
  it('waits for a person until somebody has decided', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    purser.at('2026-07-01');
    const report = purser.trigger('monthlyStatement');
    expect(report).toMatchObject({ status: 'ready', month: '2026-06' });
    expect(report?.findings).toMatchObject([
      { code: 'changed-after-sending', severity: 'warn', cents: -12_500, charterId: null },
    ]);
    expect(report?.findings[0]?.message).toContain('May 2026 has changed at the source');
    expect(report?.findings[0]?.links).toHaveLength(1);
  });
});

describe('the owner, who chooses “Changes after sending…”', () => {
  it('is told when there is none', async () => {
    await sentMay();
    expect(decide({}).at(-1)).toMatch(/^May 2026 is as it was sent/);
  });

  it('is told when nothing was sent yet', async () => {
    await purser.begin();
    expect(decide({ month: '2026-05' }).at(-1)).toMatch(/sent no statement for 2026-05/);
  });

  it('sees what changed without waiting for the day’s look, and is not told of it again', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const [, shown] = decide({});
    expect(shown).toContain(`${FIRST} (2026-05-03, Vessel ${FIRST}): refund $0.00 → $125.00 (-$125.00)`);
    tickOn('2026-06-03');
    expect(await told()).toEqual([]);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
  });

  it('carries it into the next month: once, as a line there, and May stays as it was sent', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    const said = decide({ carry: true });
    expect(said.at(-2)).toMatch(/^Carry -\$125\.00 into June 2026\?/);
    expect(await adjustments()).toEqual([
      {
        A: '2026-06',
        B: FIRST,
        C: 'correction',
        D: -125,
        E: expect.stringMatching(
          /^Change to May 2026 after it was sent \(PRS\w{4}202605V1\): refund \$0\.00 → \$125\.00$/,
        ),
        F: OWNER.email,
      },
    ]);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; carried into June 2026)');
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    tickOn('2026-06-04');
    expect(await adjustments()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
    purser.at('2026-07-01');
    const report = purser.send('2026-06');
    expect(codes(report)).not.toContain('changed-after-sending');
    expect(report).toMatchObject({ status: 'sent', totals: { reportableCents: 87_500 } });
    for (const hour of [8, 9]) tickOn('2026-07-02', hour);
    for (const month of ['2026-05', '2026-06'])
      expect(watched(month)).toMatchObject({ open: null, lookedOn: '2026-07-02' });
  });

  it('is not asked again when everything ended before the choice was written down', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    decide({ carry: true });
    const state = {
      ...watched(),
      choice: null,
      open: { hash: 'h', deltaCents: -12_500, summary: '', lines: [] },
    };
    purser.appsScript().properties('document').set('watch.2026-05', JSON.stringify(state));
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    expect(await adjustments()).toHaveLength(1);
    expect(watched().open).toBeNull();
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; carried)');
  });

  it('whose rows were written though Google’s answer was lost: they are not written again', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const lost = { status: 500, body: '{}' };
    await purser.faults({ host: 'sheets.googleapis.com', match: ':append', times: 1, play: { lost } });
    expect(decide({ carry: true }).at(-1)).toMatch(/Carry a change/);
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    expect(await adjustments()).toHaveLength(1);
    expect(watched().open).toBeNull();
  });

  it('a further change after that is a new one, of which only the rest is open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    await purser.recharter([...may({ refund: 200 }), JUNE]);
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -7_500 });
    decide({ carry: true });
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, -75]);
    await purser.recharter([...may(), JUNE]);
    tickOn('2026-06-04');
    expect(watched().open).toMatchObject({ deltaCents: 20_000 });
    decide({ carry: true });
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, -75, 200]);
    tickOn('2026-06-05');
    expect(watched().open).toBeNull();
    expect(await findingsCell()).toBe('');
  });

  it('opens it again by taking the carried row out', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    for (const column of 'ABCDEF') await purser.type('Purser adjustments', `${column}2`, '');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });

  it('leaves it as it is, with a reason, until something else changes', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    decide({ reason: 'Paid from the tip jar (again)' });
    expect(await findingsCell()).toMatch(
      /^changed-after-sending -\$125\.00 \(1 charter; left as it is by nora@harbor\.example: Paid from the tip jar +again *\)$/,
    );
    tickOn('2026-06-04');
    expect(watched()).toMatchObject({ open: null, choice: { kind: 'left' } });
    await purser.recharter([...may({ refund: 130 }), JUNE]);
    tickOn('2026-06-05');
    expect(watched().open).toMatchObject({ deltaCents: -13_000 });
    expect(await told()).toHaveLength(2);
    expect(await findingsCell()).toBe('changed-after-sending -$130.00 (1 charter)');
  });

  it('may say nothing, and it stays open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ reason: '  ' });
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, choice: null });
    expect(await adjustments()).toEqual([]);
  });

  it('has a corrected statement made: version 2 is then what is watched', async () => {
    await sentMay();
    await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
    tickOn('2026-06-03');
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
    decide({ correct: true });
    const corrected = (await purser.mails('statement')).at(-1);
    expect(corrected?.text).toMatch(/PRS\w{4}202605V2/);
    tickOn('2026-06-04');
    expect(watched()).toMatchObject({ version: 2, open: null, lookedOn: '2026-06-04' });
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; corrected by version 2)');
    await purser.recharter([...may({ refund: 200, revenueTotal: 800 }), JUNE]);
    tickOn('2026-06-05');
    expect(watched().open).toMatchObject({ deltaCents: -7_500 });
    expect(await findingsCell(3)).toBe('changed-after-sending -$75.00 (1 charter)');
  });

  it('is not asked for a corrected statement while what was carried stands, and gets none in another way', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'carried-already' } });
    const message = correct().error?.message ?? '';
    expect(message).toContain("'Purser adjustments'!A2 (-$125.00 in June 2026)");
    await purser.recharter([...may({ refund: 200, revenueTotal: 800 }), JUNE]);
    const said = decide({ correct: true });
    expect(said.join('\n')).not.toContain('Make a corrected statement');
    expect(said.join('\n')).toContain('Corrected statement… names the rows that are in its way');
    expect(await purser.mails('statement')).toHaveLength(1);
    for (const column of 'ABCDEF') await purser.type('Purser adjustments', `${column}2`, '');
    expect(correct()).toMatchObject({ status: 'sent', version: 2 });
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ totals: { reportableCents: 100_000 } });
  });

  it('gets the corrected statement once a row of the opposite amount stands against one that went out', async () => {
    await sentMay();
    await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
    decide({ carry: true });
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ status: 'sent', totals: { reportableCents: 87_500 } });
    expect(correct()).toMatchObject({ error: { code: 'carried-already' } });
    const row = ['2026-07', FIRST, 'correction', '125', 'Set off, PRSYYPK202605V1', 'Nora'];
    for (const [index, cell] of row.entries())
      await purser.type('Purser adjustments', `${'ABCDEF'[index]}3`, cell);
    expect(correct()).toMatchObject({ status: 'sent', version: 2 });
    purser.at('2026-07-02', 9);
    expect(decide({ month: '2026-05' }).at(-1)).toMatch(/^May 2026 is as it was sent/);
  });

  it('is offered to carry back what was undone after it was carried, and no corrected statement', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    await purser.recharter([...may(), JUNE]);
    const said = decide({ correct: true, carry: true });
    expect(said.join('\n')).not.toContain('Make a corrected statement');
    expect(said.join('\n')).toContain('would come to the very figures of PRSYYPK202605V1');
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, 125]);
  });

  it.each(['sending', 'unknown', 'queued'])(
    'can’t carry what version 2 says while that is %s',
    async (state) => {
      await sentMay();
      await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
      const dies = ({ requests }: HostCall): { killed: 'after' } | null =>
        requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'after' } : null;
      purser.appsScript().direct(dies);
      expect(() => correct()).toThrow();
      purser.appsScript().direct(null);
      const document = purser.appsScript().properties('document');
      const record = JSON.parse(document.get('outbox.statement.2026-05.V2') ?? '{}');
      document.set('outbox.statement.2026-05.V2', JSON.stringify({ ...record, state }));
      purser.at('2026-06-03', 9);
      const said = decide({ month: '2026-05', carry: true });
      expect(said.join('\n')).not.toContain('Make a corrected statement');
      expect(said.at(-1)).toMatch(
        /^Version 2 of May 2026 \(PRSYYPK202605V2\) (may have gone out|waits to be sent)/,
      );
      expect(await adjustments()).toEqual([]);
    },
  );

  it('carries nothing when somebody has begun version 2 while the question was open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const document = purser.appsScript().properties('document');
    const said = decide({
      carry: true,
      meanwhile: () => {
        const first = JSON.parse(document.get('outbox.statement.2026-05.V1') ?? '{}');
        const id = 'outbox.statement.2026-05.V2';
        const statement = { ...first.statement, version: 2, code: 'PRSYYPK202605V2' };
        document.set(id, JSON.stringify({ ...first, id, state: 'unknown', statement }));
      },
    });
    expect(said.at(-1)).toMatch(/^Version 2 of May 2026 \(PRSYYPK202605V2\) may have gone out/);
    expect(await adjustments()).toEqual([]);
  });

  it('carries nothing while a run is going on, which has read the adjustments already', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const now = purser.clock.now();
    purser
      .appsScript()
      .properties('document')
      .set(
        'lease.statement',
        JSON.stringify({ owner: 'x', who: 'kim', sinceMs: now, expiresMs: now + 60_000 }),
      );
    expect(decide({ carry: true }).at(-1)).toMatch(/A run started by kim is going on/);
    expect(await adjustments()).toEqual([]);
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });
});
