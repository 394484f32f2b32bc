/** A corrected statement: what goes out as another version of a month that is out, to whom, and in which thread. */
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import { ACCOUNTANT, OWNER, PARTNERS } from '../tools/scene.ts';
import { visible } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { correctedMonth, header, may, REFUNDED, V1, V2, V3 } from './corrected-month.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const { asked, correct, keptTabs, register, reportable, sentMay, statements } = correctedMonth(() => purser);

describe('a month that is out and whose charters changed afterwards', () => {
  it('goes out again as version 2, in the thread of version 1, naming it and what differs', async () => {
    await sentMay();
    const sheetId = (await purser.tab('May 2026')).sheetId;
    await purser.recharter(REFUNDED);
    const report = correct();
    expect(report).toMatchObject({
      status: 'sent',
      version: 2,
      statementCode: V2,
      correction: { code: V1, sentOn: '2026-06-01', differences: { deltaCents: -12_500 } },
      to: [...PARTNERS],
      cc: [ACCOUNTANT],
    });
    expect(asked().join('\n')).toContain(`Version 2. This corrects the statement ${V1} of June 1, 2026`);
    expect(asked().join('\n')).toContain('refund $0.00 → $125.00; recorded $1,000.00 → $875.00 (-$125.00)');

    const [first, second, ...more] = await statements();
    expect(more).toEqual([]);
    expect(second?.subject).toBe(first?.subject);
    expect(header(second, 'in-reply-to')).toBe(header(first, 'message-id'));
    expect(header(second, 'references')).toBe(header(first, 'message-id'));
    const sent = await purser.workspace.sentMessages();
    const threads = await Promise.all(sent.map(async ({ threadId }) => threadId));
    expect(new Set(threads).size).toBe(1);
    expect([second?.to, second?.cc]).toEqual([first?.to, first?.cc]);
    expect(
      second?.text.startsWith(`This corrects the statement ${V1} of June 1, 2026, which it replaces.`),
    ).toBe(true);
    for (const words of [second?.text, second?.html]) {
      expect(words).toContain('refund $0.00 → $125.00');
      expect(words).toContain('$2,625.00');
      expect(words).toContain('-$125.00');
      expect(words).toContain(`Statement ${V2}, version 2`);
    }
    expect(second?.attachments.map(({ name }) => name)).toEqual([`statement-2026-05-${V2}.xlsx`]);

    expect(await register()).toEqual([
      ['2026-05', 1, 'sent, superseded', 2750, V1],
      ['2026-05', 2, 'sent', 2625, V2],
    ]);
    expect((await purser.tab('May 2026')).sheetId).toBe(sheetId);
    expect(await reportable('May 2026')).toBe(2625);
    expect(await reportable('May 2026 v1')).toBe(2750);
    expect(visible(await purser.tabs())).toContain('May 2026');
    expect(await keptTabs()).toEqual(['Audit May 2026 v1', 'May 2026 v1']);
    const files = (await purser.files()).map(({ name }) => name);
    for (const code of [V1, V2]) {
      expect(files.filter((name) => name === `statement-2026-05-${code}.xlsx`)).toHaveLength(1);
      expect(files.filter((name) => name === `statement-2026-05-${code}.evidence.json.gz`)).toHaveLength(1);
    }
    const record = JSON.parse(
      purser.appsScript().properties('document').get('outbox.statement.2026-05.V2') ?? '{}',
    );
    expect(record.statement).toMatchObject({ version: 2, supersedes: V1 });
    expect(purser.send()).toMatchObject({ alreadySent: true, version: 2, statementCode: V2 });
  });

  it('keeps the settings and rates that it was sent with; whom it goes to the settings say now', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    await purser.setting('Standard rate', '150.00');
    await purser.setting('Company', 'Harbor Sails and Sons');
    await purser.setting('File name', 'other-{{month.iso}}');
    await purser.setting('Statement subject', 'Other words, {{month}}');
    await purser.setting('Always CC', 'bank@harbor.example');
    await purser.type('Purser rates', 'A2', '2026-05-01');
    await purser.type('Purser rates', 'C2', '140');
    const report = correct();
    expect(report).toMatchObject({
      status: 'sent',
      company: 'Harbor Sails',
      to: [...PARTNERS],
      cc: [ACCOUNTANT, 'bank@harbor.example'],
      fileName: `statement-2026-05-${V2}.xlsx`,
      totals: { reportableCents: 262_500 },
    });
    const [first, second] = await statements();
    expect(second?.subject).toBe(first?.subject);
  });

  it('goes out a third time: each version before is kept, and all three stand in one thread', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    expect(correct().statementCode).toBe(V2);
    purser.at('2026-06-04', 9);
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    expect(correct()).toMatchObject({
      status: 'sent',
      statementCode: V3,
      correction: { code: V2, sentOn: '2026-06-03', differences: { deltaCents: -12_500 } },
    });
    expect(await register()).toEqual([
      ['2026-05', 1, 'sent, superseded', 2750, V1],
      ['2026-05', 2, 'sent, superseded', 2625, V2],
      ['2026-05', 3, 'sent', 2500, V3],
    ]);
    expect(await keptTabs()).toEqual([
      'Audit May 2026 v1',
      'Audit May 2026 v2',
      'May 2026 v1',
      'May 2026 v2',
    ]);
    expect(await Promise.all(['May 2026', 'May 2026 v1', 'May 2026 v2'].map(reportable))).toEqual([
      2500, 2750, 2625,
    ]);
    const [first, second, third] = await statements();
    expect(third?.headers.get('references')).toEqual([
      header(first, 'message-id'),
      header(second, 'message-id'),
    ]);
    expect(new Set((await purser.workspace.sentMessages()).map(({ threadId }) => threadId)).size).toBe(1);
  });

  it('has next month’s statement go to whom version 2 went, and be compared with version 2', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    await purser.setting('Always CC', 'bank@harbor.example');
    correct();
    await purser.setting('Always CC', '');
    purser.at('2026-07-01');
    const june = purser.preview('2026-06');
    expect(june).toMatchObject({ to: [...PARTNERS], cc: [ACCOUNTANT, 'bank@harbor.example'] });
    purser.send('2026-06');
    expect((await statements())[2]?.text).toContain('$1,625.00 less than May 2026');
  });
});

describe('whom version 2 goes to', () => {
  const recipientFindings = ({ findings }: RunReport): readonly string[] =>
    findings.filter(({ code }) => code === 'recipients-changed').map(({ message }) => message);

  it('is the setting when it is given: a wrong address can be put right, and the difference is told', async () => {
    await sentMay({ 'Statement recipients': 'grcae@partner.example, rene@partner.example' });
    await purser.recharter(REFUNDED);
    await purser.setting('Statement recipients', 'grace@partner.example, rene@partner.example');
    const report = correct();
    expect(report).toMatchObject({ status: 'sent', version: 2, to: [...PARTNERS], cc: [] });
    expect(recipientFindings(report)).toEqual([
      `The recipients are not those of ${V1}: new grace@partner.example; no longer grcae@partner.example. Check them before you send.`,
    ]);
  });

  it.each([OWNER.email, `${OWNER.email}, grace@partner.example`])(
    'are those of version 1, also who sends it: %s',
    async (setting) => {
      await sentMay({ 'Statement recipients': setting });
      await purser.recharter(REFUNDED);
      const same = correct();
      expect(same).toMatchObject({ status: 'sent', to: setting.split(', '), cc: [] });
      expect(recipientFindings(same)).toEqual([]);
      await purser.setting('Statement recipients', '');
      await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
      const fromRecord = correct();
      expect(fromRecord).toMatchObject({ status: 'sent', version: 3, to: setting.split(', '), cc: [] });
      expect(recipientFindings(fromRecord)).toEqual([]);
    },
  );
});

describe('the mail of version 1', () => {
  it('that is gone costs the thread and nothing else', async () => {
    await sentMay();
    await purser.faults({
      host: 'gmail.googleapis.com',
      match: 'metadataHeaders=References',
      play: {
        answer: {
          status: 404,
          body: JSON.stringify({ error: { code: 404, message: 'Requested entity was not found.' } }),
        },
      },
    });
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const [, second] = await statements();
    expect(header(second, 'in-reply-to')).toBe('');
    expect(second?.text).toContain(`This corrects the statement ${V1}`);
  });

  it('that went from another mailbox is named in the headers, in a thread of its own', async () => {
    await purser.begin({
      charters: may(),
      settings: { 'Explain changes over': '', 'Send from': 'office@harbor.example' },
    });
    await purser.workspace.oauth({});
    await purser.connect('office@harbor.example', ['send']);
    expect(purser.send().status).toBe('sent');
    await purser.setting('Send from', 'built-in');
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const [first, second] = await statements();
    expect(second?.from).toEqual([OWNER.email]);
    expect(header(second, 'in-reply-to')).toBe(header(first, 'message-id'));
  });
});

it('a file name without code or version gets the version, so that both files can lie side by side', async () => {
  await sentMay({ 'File name': 'statement {{month.iso}}' });
  await purser.recharter(REFUNDED);
  expect(correct().fileName).toBe('statement 2026-05 V2.xlsx');
  const files = (await purser.files()).map(({ name }) => name).filter((name) => name.endsWith('.xlsx'));
  expect(files).toEqual(expect.arrayContaining(['statement 2026-05.xlsx', 'statement 2026-05 V2.xlsx']));
});
