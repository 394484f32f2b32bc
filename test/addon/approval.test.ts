import { gunzipSync } from 'node:zlib';
import type { Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import { rebuild } from '../../src/run/rebuild.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Purser } from '../tools/purser.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { openXlsx, sha256, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const MONTH_TAB = 'May 2026';

/** “Approve statement…”, answered as “Send statement…” is. */
function approve(choices: Choices = {}): RunReport {
  const asked: Question[] = [];
  const report = purser.appsScript().run('approveStatement', [], {
    answers: (question) => {
      asked.push(question);
      const answer = choices.answers?.(question);
      if (answer !== undefined && answer !== null) return answer;
      if (question.kind === 'prompt')
        return { button: 'OK', text: /certify/.test(question.message) ? OWNER.name : '2026-05' };
      return { button: question.buttons.includes('YES') ? 'YES' : 'OK' };
    },
  });
  return JSON.parse(JSON.stringify(report)) as RunReport;
}

const keptApproval = (): unknown =>
  JSON.parse(purser.appsScript().properties('document').get('approval.2026-05.V1') ?? '{}');

const outbox = (): { state: string; statement: { sha256: string; approval: { sha256: string } } } =>
  JSON.parse(purser.appsScript().properties('document').get('outbox.statement.2026-05.V1') ?? '{}');

test('the very bytes that were approved go out, later and by the clock, and the record says who stands for them', async () => {
  await purser.begin();
  const approved = approve();
  expect(approved.status).not.toBe('sent');
  expect(await purser.mails('statement')).toEqual([]);
  expect(keptApproval()).toMatchObject({
    approvedBy: OWNER.name,
    account: OWNER.email,
    sha256: approved.sha256,
  });
  purser.at('2026-06-01', 11);
  purser.trigger('tick');
  const [mail, ...more] = await purser.mails('statement');
  expect(more).toEqual([]);
  expect(mail?.attachments[0]?.bytes.equals(xlsxOf(approved))).toBe(true);
  expect(outbox()).toMatchObject({
    state: 'sent',
    statement: {
      sha256: approved.sha256,
      approval: {
        approvedBy: OWNER.name,
        preparedBy: OWNER.email,
        certification: expect.stringContaining('I certify'),
        sha256: approved.sha256,
      },
    },
  });
});

test.each<[string, () => unknown, RegExp]>([
  [
    'a charter',
    () =>
      purser.recharter(
        cleanMonth().map((item, index) => (index === 0 ? { ...item, guests: 7, revenueTotal: 875 } : item)),
      ),
    /The charters have changed \(C-2026-05-1\): reportable revenue was \$2,750\.00, is \$2,625\.00/,
  ],
  ['a setting', () => purser.setting('Always CC', 'ada@partner.example'), /“Always CC”/],
  ['the Template', () => purser.type('Template', 'N10', 'Thank you'), /The Template “Template” has changed/],
  [
    'the month’s tab',
    () => purser.type(MONTH_TAB, 'N12', 'Hm'),
    /Somebody has changed the tab “May 2026” since Purser posted it/,
  ],
])(
  '%s changed after the approval: nothing is sent, and whoever asks is told what changed',
  async (_what, change, words) => {
    await purser.begin();
    approve();
    purser.at('2026-06-01', 11);
    await change();
    purser.trigger('tick');
    expect(await purser.mails('statement')).toEqual([]);
    const questions: Question[] = [];
    const report = purser.send('2026-05', {
      yes: false,
      answers: (question) => {
        questions.push(question);
        return null;
      },
    });
    expect(report.status).not.toBe('sent');
    const notices = (await purser.mails()).filter(({ kind }) => kind !== 'statement');
    const told = [
      ...notices.map(({ text }) => text.replace(/\s+/g, ' ')),
      report.voided,
      report.error?.message,
    ].join(' ');
    expect(told).toMatch(words);
    expect(await purser.mails('statement')).toEqual([]);
  },
);

test('the Template prints who approved, in the tab, in the file and in what is made of the evidence again', async () => {
  await purser.begin();
  await purser.type('Template', 'N10', 'Approved by {{approved.by}} on {{approved.on}}');
  await purser.type('Template', 'N11', '{{approved.on}}');
  await purser.type('Template', 'N12', '{{approved.certification}}');
  await purser.type('Template', 'N13', '=LEN(N10)');
  const hashes: string[] = [];
  const report = purser.send('2026-05', {
    answers: ({ message }) => {
      const [, hash] = /SHA-256 ([0-9a-f]{12})/.exec(message) ?? [];
      if (hash !== undefined) hashes.push(hash);
      return null;
    },
  });
  expect(report).toMatchObject({ status: 'sent', findings: [] });
  const { cells } = await purser.tab(MONTH_TAB);
  const words = `Approved by ${OWNER.name} on June 1, 2026`;
  expect(cells.N12?.value).toBe(words);
  expect(cells.N14?.value).toMatch(/^I certify/);
  expect(cells.N15?.value).toBe(words.length);
  const [mail] = await purser.mails('statement');
  const bytes = mail?.attachments[0]?.bytes ?? Buffer.alloc(0);
  const [sheet] = (await openXlsx(bytes)).worksheets;
  expect(sheet?.getCell('N12').value).toBe(words);
  expect(sheet?.getCell('N15').value).toMatchObject({ result: words.length });
  const { statement } = outbox();
  expect(statement.sha256).toBe(sha256(bytes));
  expect(statement.approval.sha256.slice(0, 12)).toBe(hashes[0]);
  expect(statement.approval.sha256).not.toBe(statement.sha256);
  const evidence = (await purser.files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
  const again = rebuild(JSON.parse(gunzipSync(evidence?.bytes ?? Buffer.alloc(0)).toString('utf8')));
  expect(Buffer.from(again.xlsx).equals(bytes)).toBe(true);
  expect(again.statement.approval).toMatchObject({ by: OWNER.name, on: '2026-06-01' });
});

/** A person's row: $125.00 less, for one guest too many in March. */
async function carryInto(month: string): Promise<void> {
  const row = [month, 'C-2026-03-7', 'correction', '-125.00', 'guests 8 → 7', 'Nora'];
  for (const [index, value] of row.entries())
    await purser.type('Purser adjustments', `${'ABCDEF'[index] ?? ''}2`, `'${value}`);
}

test('a correction of an earlier month is a row of its own, and the sums of the tab hold with it', async () => {
  await purser.begin();
  await carryInto('2026-05');
  const report = purser.send();
  expect(report).toMatchObject({
    status: 'sent',
    findings: [],
    totals: {
      charters: 3,
      reportableCents: 262_500,
      recordedCents: 262_500,
      differenceCents: 0,
      carriedCents: -12_500,
    },
  });
  const { cells } = await purser.tab(MONTH_TAB);
  expect(cells.D9?.value).toBe('C-2026-03-7 correction');
  expect(cells.E9?.value).toBe('correction');
  expect(cells.J9?.value).toBe(-125);
  expect(cells.J10).toMatchObject({ input: '=SUM(J6:J9)', value: 2625 });
  const [mail] = await purser.mails('statement');
  expect(mail?.text).toMatch(/of it carried from earlier months +-\$125\.00/);
});

test('a clean month that carries a correction goes out by the clock, and its bridge comes to the total', async () => {
  const june = charter('C-june', { month: '2026-06', date: '2026-06-09' });
  await purser.sent({ charters: [...cleanMonth(), june], settings: { 'Explain changes over': '' } });
  await carryInto('2026-06');
  purser.at('2026-07-01');
  expect(purser.trigger('monthlyStatement')).toMatchObject({
    status: 'sent',
    month: '2026-06',
    findings: [],
    totals: { reportableCents: 87_500, carriedCents: -12_500 },
  });
  expect(await purser.mails('statement')).toHaveLength(2);
  expect(await purser.mails('notice')).toEqual([]);
  const { cells } = await purser.tab('June 2026');
  const bridge = [11, 12, 13, 14, 15, 16, 17].map((row) => [
    cells[`A${row}`]?.value,
    cells[`F${row}`]?.value,
  ]);
  expect(bridge).toEqual([
    ['Gross (guests × rate, or price)', 1000],
    ['less comps', 0],
    ['less discounts', 0],
    ['less refunds', 0],
    ['plus forfeited', 0],
    ['plus corrections of earlier months', -125],
    ['Reportable revenue', 875],
  ]);
});
