/** A finding that is right as it is: accepted by a person with a reason, kept, and open again when its amount changes. */
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { codes, findCell, rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const AUDIT = 'Audit June 2026';
const june = (recorded: number): readonly Item[] => [
  ...cleanMonth(),
  charter('C-june', { month: '2026-06', date: '2026-06-09', revenueTotal: recorded }),
];

/** May sent by a person, June with $100.00 less than its guests come to, and the clock on the first of July. */
async function heldJune(): Promise<void> {
  await purser.sent({ charters: june(900), settings: { 'Explain changes over': '' } });
  purser.at('2026-07-01');
}

/** Chooses “Accept a finding…”; `reasons` answer one finding after the other, null cancels. */
function accept(reasons: readonly (string | null)[], month = '2026-06', name = 'Dana'): unknown {
  let asked = 0;
  const answers = ({ kind, title, message }: Question): Answer => {
    if (kind !== 'prompt') return { button: 'OK' };
    if (/which month/i.test(message)) return { button: 'OK', text: month };
    if (title.endsWith('who?')) return { button: 'OK', text: name };
    const reason = reasons[asked++] ?? null;
    return reason === null ? { button: 'CANCEL' } : { button: 'OK', text: reason };
  };
  return purser.appsScript().run('acceptFindings', [], { answers });
}

async function logged(): Promise<unknown[]> {
  const tab = await purser.tab('Purser log');
  const lines: unknown[] = [];
  for (let row = 2; rowValues(tab, row).A !== undefined; row++) {
    const { A, B, C } = rowValues(tab, row);
    lines.push([A, B, C]);
  }
  return lines;
}

async function statements(): Promise<number> {
  return (await purser.mails('statement')).length;
}

describe('a held month', () => {
  it('is looked into, accepted with a reason, and sent by the clock the next day', async () => {
    await heldJune();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'held', month: '2026-06' });
    expect(accept(['Paid in cash, banked in July'])).toMatchObject({
      added: [{ code: 'revenue-differs', about: 'C-june', cents: -10_000 }],
      there: [],
    });
    expect(rowValues(await purser.tab('Purser accepted'), 2)).toEqual({
      A: '2026-06',
      B: 'revenue-differs',
      C: 'C-june',
      D: -100,
      E: 'Paid in cash, banked in July',
      F: 'Dana',
      G: '2026-07-01',
    });
    purser.at('2026-07-02');
    const report = purser.trigger('tick');
    expect(report).toMatchObject({
      status: 'sent',
      findings: [
        {
          code: 'revenue-differs',
          severity: 'block',
          cents: -10_000,
          accepted: { who: 'Dana', on: '2026-07-01', reason: 'Paid in cash, banked in July' },
        },
      ],
    });
    expect(await statements()).toBe(2);
    const audit = await purser.tab(AUDIT);
    expect(findCell(audit, 'Dana, 2026-07-01: Paid in cash, banked in July').cell.value).toBeDefined();
    expect(findCell(audit, /^Clean: .* 1 accepted\.$/).cell.value).toBeDefined();
    expect(rowValues(await purser.tab('Purser register'), 3)).toMatchObject({
      A: '2026-06',
      C: 'sent',
      R: 'revenue-differs accepted',
    });
    const [sent, taken, held, may] = await logged();
    const partners = 'grace@partner.example, rene@partner.example; Cc priya@accounts.example';
    expect(sent).toEqual([
      '2026-07-02 06:00',
      'Purser, by the clock',
      expect.stringMatching(/^June 2026’s statement PRS\w{4}202606V1 is sent, to /),
    ]);
    expect(taken).toEqual([
      '2026-07-01 06:00',
      OWNER.email,
      'June 2026: revenue-differs of C-june is accepted by Dana: Paid in cash, banked in July',
    ]);
    expect(held).toEqual([
      '2026-07-01 06:00',
      'Purser, by the clock',
      'June 2026 is held by revenue-differs. Nothing was sent.',
    ]);
    expect(may).toEqual([
      '2026-06-01 06:00',
      OWNER.email,
      `May 2026’s statement PRSYYPK202605V1 is sent, to ${partners}.`,
    ]);
  });

  it('is held again when the amount is another one by a cent, and says which row was for what', async () => {
    await heldJune();
    accept(['Paid in cash, banked in July']);
    expect(purser.preview('2026-06')).toMatchObject({ status: 'ready' });
    await purser.recharter(june(899.99));
    const report = purser.trigger('monthlyStatement');
    expect(report).toMatchObject({ status: 'held', findings: [{ code: 'revenue-differs', cents: -10_001 }] });
    expect(report?.findings[0]).not.toHaveProperty('accepted');
    expect(report?.findings[0]?.message).toContain(
      "'Purser accepted'!A2 does not accept it: that row is for -$100.00, and this is -$100.01.",
    );
    expect(await statements()).toBe(1);
    await purser.recharter(june(900));
    purser.at('2026-07-02');
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  });

  it('stays held while one of two is open, and is open again when the row is deleted', async () => {
    await heldJune();
    await purser.recharter([
      ...june(900),
      charter('C-june-2', { month: '2026-06', date: '2026-06-10', revenueTotal: 1_010 }),
    ]);
    accept(['', 'A tip, entered as revenue']);
    expect(purser.preview('2026-06')).toMatchObject({
      status: 'held',
      findings: [
        { charterId: 'C-june' },
        { charterId: 'C-june-2', accepted: { reason: 'A tip, entered as revenue' } },
      ],
    });
    accept(['Paid in cash']);
    expect(purser.preview('2026-06').status).toBe('ready');
    const { sheetId } = await purser.tab('Purser accepted');
    purser.edit({
      deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 } },
    });
    expect(purser.preview('2026-06')).toMatchObject({
      status: 'held',
      findings: [{ charterId: 'C-june-2' }, { charterId: 'C-june' }],
    });
  });
});

describe('“Accept a finding…”', () => {
  it('writes nothing without a reason, without a name, or when it is cancelled', async () => {
    await heldJune();
    expect(accept([''])).toBeNull();
    expect(accept([null])).toBeNull();
    expect(accept(['Known'], 'no month')).toBeNull();
    expect(rowValues(await purser.tab('Purser accepted'), 2)).toEqual({});
  });

  it('says what nobody can accept', async () => {
    await heldJune();
    await purser.setting('Statement recipients', '');
    await purser.recharter([
      ...cleanMonth(),
      charter('C-june', { month: '2026-06', date: '2026-06-09', guests: 'eight' }),
    ]);
    expect(accept(['Known'])).toBeNull();
    const told = JSON.stringify(purser.appsScript().shown.at(-1));
    expect(told).toContain('no open finding that can be accepted');
    expect(told).toContain('must be put right: item-unreadable');
  });

  it('is no way to send what is empty: a typed row for it has no effect', async () => {
    await purser.begin({ charters: [] });
    const row = ['2026-05', 'empty-month', '', '', 'Winter', 'Dana'];
    for (const [column, text] of row.entries())
      await purser.type('Purser accepted', `${'ABCDEF'[column]}2`, text);
    const report = purser.preview();
    expect(report.status).toBe('held');
    expect(report.findings.find(({ code }) => code === 'empty-month')?.message).toContain(
      "Nobody can accept a finding of this kind, so 'Purser accepted'!A2 has no effect.",
    );
  });

  it('takes what a person types beside the code for text: a formula is none', async () => {
    await heldJune();
    accept(['=HYPERLINK("http://evil.example")'], '2026-06', '=1+1');
    const tab = await purser.tab('Purser accepted');
    expect([tab.cells.E2?.input, tab.cells.F2?.input]).toEqual(['=HYPERLINK("http://evil.example")', '=1+1']);
    expect(tab.cells.F2?.value).toBe('=1+1');
    expect(purser.preview('2026-06').status).toBe('ready');
  });
});

describe('a row that a person types', () => {
  it('and that can’t be understood holds its month and names the cell; an empty one does not', async () => {
    await heldJune();
    await purser.type('Purser accepted', 'A2', '2026-06');
    await purser.type('Purser accepted', 'B2', 'revenue-differs');
    const report = purser.preview('2026-06');
    expect(codes(report)).toContain('acceptance-unreadable');
    expect(report.findings.map(({ message }) => message).join('\n')).toContain("'Purser accepted'!E2");
    for (const cell of ['A2', 'B2']) await purser.type('Purser accepted', cell, '');
    expect(codes(purser.preview('2026-06'))).toEqual(['revenue-differs']);
  });
});

describe('new recipients that a person accepted', () => {
  it('are accepted as they are: others ask again', async () => {
    await purser.begin({ settings: { 'Statement recipients': 'new@partner.example' } });
    const before = codes(purser.preview());
    expect(before).toContain('recipients-changed');
    accept(
      before.map(() => 'Agreed by phone'),
      '2026-05',
    );
    expect(purser.preview().findings.every(({ accepted }) => accepted !== undefined)).toBe(true);
    await purser.setting('Statement recipients', 'mallory@partner.example');
    expect(purser.preview().findings.some(({ accepted }) => accepted === undefined)).toBe(true);
  });
});

describe('a month that was sent', () => {
  const may = (change: Item = {}): readonly Item[] =>
    cleanMonth().map((item) => (item.charterId === 'C-2026-05-1' ? { ...item, ...change } : item));
  const correct = (): RunReport =>
    JSON.parse(
      JSON.stringify(
        purser.appsScript().run('sendCorrection', [], {
          answers: ({ kind, message, buttons }) => {
            if (kind !== 'prompt') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
            return { button: 'OK', text: /certify/.test(message) ? 'Nora' : '2026-05' };
          },
        }),
      ),
    );

  it('has accepted what its corrected statement has, by the rates of then, so that this can go out', async () => {
    await purser.sent({ charters: may(), settings: { 'Explain changes over': '' } });
    purser.at('2026-06-03', 9);
    await purser.recharter(may({ guests: 9, revenueTotal: 1000 }));
    await purser.setting('Standard rate', '150.00');
    const held = correct();
    expect(held).toMatchObject({ status: 'held', version: 2 });
    expect(held.findings).toMatchObject([{ code: 'revenue-differs', cents: -12_500 }]);
    expect(accept(['Paid in cash'], '2026-05')).toMatchObject({
      added: [{ code: 'revenue-differs', about: 'C-2026-05-1', cents: -12_500 }],
    });
    const shown = JSON.stringify(purser.appsScript().shown);
    expect(shown).toContain(
      'May 2026 was sent as PRSYYPK202605V1. This is of its corrected statement, version 2',
    );
    expect(correct()).toMatchObject({ status: 'sent', version: 2, totals: { reportableCents: 287_500 } });
  });

  it('and comes to the same has nothing to accept, whatever the settings would make of it now', async () => {
    await purser.sent({ charters: may(), settings: { 'Explain changes over': '' } });
    await purser.setting('Standard rate', '150.00');
    expect(accept(['Known'], '2026-05')).toBeNull();
    expect(JSON.stringify(purser.appsScript().shown.at(-1))).toContain(
      'May 2026 was sent as PRSYYPK202605V1 and comes to the same today',
    );
    const document = purser.appsScript().properties('document');
    const key = 'outbox.statement.2026-05.V1';
    const { statement: _lost, ...rest } = JSON.parse(document.get(key) ?? '{}');
    document.set(key, JSON.stringify(rest));
    expect(accept(['Known'], '2026-05')).toBeNull();
    expect(JSON.stringify(purser.appsScript().shown.at(-1))).toContain('nobody knows what it said');
  });
});
