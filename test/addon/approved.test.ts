/** What a person has certified is what goes out: just that, or nothing. */
import type { Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { findCell, sha256 } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const TITLE = 'Statement for May 2026';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

/** “Approve statement…”, or “Send statement…” with a name; null presses Cancel. */
function chosen(
  item: 'approveStatement' | 'sendStatement',
  name: string | null,
  asked: Question[] = [],
): RunReport {
  const answers = (question: Question) => {
    asked.push(question);
    if (question.title !== TITLE) return { button: 'OK', text: '2026-05' } as const;
    return name === null ? ({ button: 'CANCEL' } as const) : ({ button: 'OK', text: name } as const);
  };
  return JSON.parse(JSON.stringify(purser.appsScript().run(item, [], { answers }))) as RunReport;
}

const approve = (name: string | null = 'Dana Whitlock'): RunReport => chosen('approveStatement', name);
const statements = async () => purser.mails('statement');
const record = (): Record<string, unknown> =>
  JSON.parse(purser.appsScript().properties('document').get('outbox.statement.2026-05.V1') ?? '{}') as Record<
    string,
    unknown
  >;

describe('the question before a statement goes out', () => {
  it('shows figures, recipients and the file’s hash, and takes a name', async () => {
    await purser.begin();
    const asked: Question[] = [];
    const report = chosen('sendStatement', 'Dana Whitlock', asked);
    expect(report.status).toBe('sent');
    const { message = '', kind } = asked.find(({ title }) => title === TITLE) ?? {};
    expect(kind).toBe('prompt');
    expect(message).toContain('Reportable revenue: $2,750.00');
    expect(message).toContain('grace@partner.example');
    expect(message).toContain(String(report.sha256).slice(0, 12));
    expect(message).toContain('I certify that this statement is true, correct and complete.');
    const [mail] = await statements();
    expect(sha256(mail?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(report.sha256);
    expect(record()).toMatchObject({
      statement: {
        approval: {
          approvedBy: 'Dana Whitlock',
          preparedBy: OWNER.email,
          certification: 'I certify that this statement is true, correct and complete.',
          sha256: report.sha256,
        },
      },
    });
  });

  it.each(['', '   ', null])('answered with “%s” sends nothing', async (name) => {
    await purser.begin();
    expect(chosen('sendStatement', name).status).toBe('ready');
    expect(await statements()).toEqual([]);
    expect(await purser.files()).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ name: /xlsx/ })]),
    );
  });
});

describe('a month that was approved and not sent yet', () => {
  it('goes out just as it was approved, though it is the first statement ever', async () => {
    await purser.begin();
    const approved = approve();
    expect(approved.status).toBe('ready');
    expect(await statements()).toEqual([]);
    purser.at('2026-06-02', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', sha256: approved.sha256 });
    const [mail] = await statements();
    expect(sha256(mail?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(approved.sha256);
    expect(purser.appsScript().properties('document').get('approval.2026-05.V1')).toBe('{}');
  });

  it('goes out with the next hour, though the clock has looked at the month today', async () => {
    await purser.begin();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    approve();
    purser.at('2026-06-01', 8);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
    expect(await statements()).toHaveLength(1);
  });

  it('is not sent by the clock where “Send automatically” says never, and a person sends it unasked', async () => {
    await purser.begin({ settings: { 'Send automatically': 'never' } });
    const approved = approve();
    purser.at('2026-06-02', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'ready', approvedBy: 'Dana Whitlock' });
    expect(await statements()).toEqual([]);
    const [notice] = await purser.mails('notice');
    expect(notice?.text).toContain('is approved by Dana Whitlock, and not sent yet');
    expect(purser.send()).toMatchObject({ status: 'sent', sha256: approved.sha256 });
  });

  it('is not asked about again by Send statement…', async () => {
    await purser.begin();
    const approved = approve();
    const asked: Question[] = [];
    expect(chosen('sendStatement', null, asked)).toMatchObject({ status: 'sent', sha256: approved.sha256 });
    expect(asked.map(({ title }) => title)).not.toContain(TITLE);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a charter',
      () => purser.recharter([...cleanMonth(), charter('C-late')]),
      /charters have changed \(C-late\): reportable revenue was \$2,750\.00, is \$3,750\.00/,
    ],
    ['a setting', () => purser.setting('Company', 'Other Sails'), /Settings have changed \(“Company”\)/],
    ['the recipients', () => purser.setting('Always CC', 'new@partner.example'), /new new@partner\.example/],
    [
      'the Template',
      () => purser.type('Template', 'A1', 'Another head'),
      /The Template “Template” has changed/,
    ],
    [
      'the month tab',
      async () => {
        const { a1 } = findCell(await purser.tab('May 2026'), /^May|Revenue statement/);
        await purser.type('May 2026', a1, 'Scribble');
      },
      /tab “May 2026” was edited/,
    ],
  ])(
    'is void when %s changes: nothing goes out, and the owner is told what',
    async (_what, change, words) => {
      await purser.begin();
      approve();
      await change();
      purser.at('2026-06-02', 9);
      const report = purser.trigger('tick');
      expect(await statements()).toEqual([]);
      if (report?.status === 'failed') expect(report.error).toMatchObject({ code: 'approval-void' });
      else expect(report?.status).toBe('held');
      const notices = await purser.mails('notice');
      expect(notices).toHaveLength(1);
      if (report?.status === 'failed') {
        expect(notices[0]?.text).toMatch(words);
        expect(notices[0]?.text).toContain('Dana Whitlock approved the statement');
      }
    },
  );

  it('that is void is not sent by the clock on a later day either, until a person has approved it anew', async () => {
    const june = charter('C-june', { month: '2026-06', date: '2026-06-09' });
    await purser.sent({ charters: [...cleanMonth(), june], settings: { 'Explain changes over': '' } });
    purser.at('2026-07-01');
    const answers = ({ title }: Question) =>
      ({ button: 'OK', text: title.startsWith('Statement for') ? 'Dana Whitlock' : '2026-06' }) as const;
    purser.appsScript().run('approveStatement', [], { answers });
    await purser.recharter([...cleanMonth(), { ...june, guests: 7, revenueTotal: 875 }]);
    purser.at('2026-07-01', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'failed', error: { code: 'approval-void' } });
    purser.at('2026-07-02', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'ready' });
    expect(await statements()).toHaveLength(1);
    purser.appsScript().run('approveStatement', [], { answers });
    purser.at('2026-07-02', 10);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', totals: { reportableCents: 87_500 } });
    expect(await statements()).toHaveLength(2);
  });

  it('that is void is told at the next Send statement…, which asks for another certification', async () => {
    await purser.begin();
    approve();
    await purser.recharter([...cleanMonth(), charter('C-late')]);
    const asked: Question[] = [];
    expect(chosen('sendStatement', 'Dana Whitlock', asked).status).toBe('sent');
    expect(asked.find(({ title }) => title === TITLE)?.message).toContain('C-late');
  });
});

describe('a Template that prints the approval', () => {
  it('shows who approved it and when, on the tab and in the file that is sent, and only then', async () => {
    const printed = async () => findCell(await purser.tab('May 2026'), /^Approved by/).cell.input;
    await purser.begin();
    await purser.type('Template', 'A24', 'Approved by {{approved.by}} on {{approved.on}}');
    const ready = approve(null);
    expect(ready.status).toBe('ready');
    expect(await printed()).toBe('Approved by  on ');
    expect(chosen('sendStatement', 'Ada Approver').status).toBe('sent');
    expect(await printed()).toBe('Approved by Ada Approver on June 1, 2026');
    const [mail] = await statements();
    const filed = (await purser.files()).find(
      ({ name }) => name.endsWith('.xlsx') && name.startsWith('statement'),
    );
    expect(sha256(mail?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(
      sha256(filed?.bytes ?? Buffer.alloc(0)),
    );
    expect(await purser.mails('statement')).toHaveLength(1);
    expect((await purser.titles()).filter((title) => title.includes('May'))).toEqual([
      'May 2026',
      'Audit May 2026',
    ]);
  });
});

describe('a statement that Gmail puts off after a person has certified it', () => {
  const PUT_OFF = {
    host: 'gmail.googleapis.com',
    match: 'messages/send',
    times: 1,
    play: {
      answer: {
        status: 429,
        body: JSON.stringify({
          error: {
            code: 429,
            message: 'User-rate limit exceeded. Retry after 2026-06-01T15:00:00.000Z (Mail sending)',
          },
        }),
      },
    },
  };

  it('goes out by itself once it may, as certified, though it is the first statement ever', async () => {
    await purser.begin();
    await purser.faults(PUT_OFF);
    const report = chosen('sendStatement', 'Dana Whitlock');
    expect(report).toMatchObject({ status: 'failed', error: { code: 'mail-quota-spent' } });
    expect(await statements()).toEqual([]);
    purser.at('2026-06-01', 9);
    purser.trigger('tick');
    expect(await statements()).toEqual([]);
    purser.at('2026-06-01', 12);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
    expect(record()).toMatchObject({ statement: { approval: { approvedBy: 'Dana Whitlock' } } });
    expect(await statements()).toHaveLength(1);
  });
});

describe('what only a person certified', () => {
  it('is never taken from what the clock decided: it is asked for', async () => {
    await purser.sent({
      charters: [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })],
      settings: { 'Explain changes over': '' },
    });
    purser.at('2026-07-01');
    // Before its mail: cut off when the clock had decided.
    purser.appsScript().meanwhile(() => purser.clock.advance(280_000), 8);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'time-budget-spent' } });
    const asked: string[] = [];
    const answers = ({ title }: Question) => {
      asked.push(title);
      return { button: 'OK', text: title.startsWith('Statement for') ? 'Dana Whitlock' : '2026-06' } as const;
    };
    purser.appsScript().run('sendStatement', [], { answers });
    expect(asked).toContain('Statement for June 2026');
    expect(await statements()).toHaveLength(2);
  });

  it('is withdrawn when Approve statement… is answered without a name', async () => {
    await purser.begin();
    approve();
    expect(approve(null)).toMatchObject({ status: 'ready', voided: 'The approval is withdrawn.' });
    purser.at('2026-06-02', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'ready' });
    expect(await statements()).toEqual([]);
  });

  it('is not sent by the clock after it was withdrawn, though nothing blocks or warns', async () => {
    await purser.sent({
      charters: [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })],
      settings: { 'Explain changes over': '' },
    });
    purser.at('2026-07-01', 5);
    const june = (name: string | null) =>
      purser.appsScript().run('approveStatement', [], {
        answers: ({ title }) => {
          if (title !== 'Statement for June 2026') return { button: 'OK', text: '2026-06' };
          return name === null ? { button: 'CANCEL' } : { button: 'OK', text: name };
        },
      });
    expect(june('Dana Whitlock')).toMatchObject({ approvedBy: 'Dana Whitlock' });
    expect(june(null)).toMatchObject({ voided: 'The approval is withdrawn.' });
    purser.at('2026-07-01', 9);
    expect(purser.trigger('tick')).toMatchObject({
      status: 'ready',
      month: '2026-06',
      voided: expect.stringContaining('withdrawn'),
    });
    expect(await statements()).toHaveLength(1);
  });

  it('waits while booking mail can’t be read, and goes out as approved once it can', async () => {
    await purser.begin({ bookingMail: [] });
    const approved = approve();
    expect(approved).toMatchObject({ approvedBy: 'Dana Whitlock' });
    await purser.faults({
      host: 'gmail',
      match: encodeURIComponent('(-in:sent)'),
      play: { answer: { status: 400, body: '{}' } },
    });
    purser.at('2026-06-01', 9);
    expect(purser.trigger('tick')).toMatchObject({ error: { code: 'service-unavailable' } });
    await purser.faults();
    purser.at('2026-06-01', 10);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', sha256: approved.sha256 });
  });

  it('waits for a region that is down, and goes out as approved once it answers again', async () => {
    await purser.begin();
    const approved = approve();
    await purser.faults({ host: 'dynamodb.us-west-2', play: { answer: { status: 500, body: '{}' } } });
    purser.at('2026-06-01', 9);
    expect(purser.trigger('tick')).toMatchObject({
      status: 'failed',
      error: { code: 'service-unavailable' },
    });
    await purser.faults();
    purser.at('2026-06-01', 10);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', sha256: approved.sha256 });
  });
});

it('a statement approved while a region was down is void when its charters change, though that region is down still', async () => {
  await purser.begin();
  await purser.faults({ host: 'dynamodb.us-west-2', play: { answer: { status: 500, body: '{}' } } });
  expect(approve()).toMatchObject({ approvedBy: 'Dana Whitlock' });
  await purser.recharter([...cleanMonth(), charter('C-late')]);
  purser.at('2026-06-01', 9);
  const report = purser.trigger('tick');
  expect(report).toMatchObject({ status: 'failed', error: { code: 'approval-void' } });
  expect(report?.error?.message).toContain('C-late');
  expect(await statements()).toEqual([]);
});

describe('a statement of an older month that does not come to its end', () => {
  const JUNE = charter('C-june', { month: '2026-06', date: '2026-06-09' });

  it('keeps last month’s from nothing, while it is put off and while nobody knows', async () => {
    await purser.begin({ charters: [...cleanMonth(), JUNE], settings: { 'Explain changes over': '' } });
    purser.at('2026-07-01', 6);
    purser
      .appsScript()
      .direct(({ requests }) =>
        requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'before' } : null,
      );
    expect(() => chosen('sendStatement', 'Dana Whitlock')).toThrow();
    purser.appsScript().direct(null);
    expect(record()).toMatchObject({ state: 'sending' });
    purser.at('2026-07-01', 7);
    expect(purser.trigger('tick')).toMatchObject({ month: '2026-06' });
    expect(record()).toMatchObject({ state: 'unknown' });
    const later = { ...record(), state: 'queued', notBefore: '2026-07-02T12:00:00.000Z' };
    purser.appsScript().properties('document').set('outbox.statement.2026-05.V1', JSON.stringify(later));
    purser.at('2026-07-02', 7);
    expect(purser.trigger('tick')).toMatchObject({ month: '2026-06' });
  });
});

it('a mail of last month that may be out is looked for before the statement day, and once in an hour', async () => {
  await purser.begin({ settings: { 'Statement day': '1' } });
  purser
    .appsScript()
    .direct(({ requests }) =>
      requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'before' } : null,
    );
  expect(() => chosen('sendStatement', 'Dana Whitlock')).toThrow();
  purser.appsScript().direct(null);
  const runs = () => purser.appsScript().logs.filter(({ text }) => text.includes('month-run')).length;
  purser.at('2026-06-01', 7);
  const before = runs();
  expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
  expect(runs()).toBe(before + 1);
  const { a1 } = findCell(await purser.tab('Purser settings'), /^Statement day/);
  await purser.type('Purser settings', a1.replace('A', 'B'), '9');
  purser.clock.advance(1_800_000);
  expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
  expect(runs()).toBe(before + 2);
});
