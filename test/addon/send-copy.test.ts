/** “Send copy…”: the very bytes that were sent, to somebody else, in a mail that never counts as the statement. */
import type { Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { Fault } from '../../scripts/local/contract.ts';
import type { CopyReport } from '../../src/run/copy-words.ts';
import type { Purser } from '../tools/purser.ts';
import { cleanMonth, handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { sha256 } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const BANK = 'loans@bank.example';
const OFFICE = 'office@harbor.example';
const CODE = 'PRSYYPK202605V1';
const RECORD = 'outbox.statement.2026-05.V1';
const GMAIL = 'gmail.googleapis.com';
/** June has no 31st. */
const JUNE = cleanMonth('2026-06').map((item) =>
  item.date === '2026-06-31' ? { ...item, date: '2026-06-30' } : item,
);

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

interface Said {
  readonly months?: string;
  readonly to?: string;
  readonly note?: string;
  readonly yes?: boolean;
}

function copy({ months = '2026-05', to = BANK, note = '', yes = true }: Said = {}) {
  const asked: Question[] = [];
  const report: unknown = purser.appsScript().run('sendCopyOf', [], {
    answers: (question) => {
      asked.push(question);
      const { kind, title } = question;
      if (kind !== 'prompt')
        return { button: question.buttons.includes('YES') ? (yes ? 'YES' : 'NO') : 'OK' };
      return { button: 'OK', text: /month/.test(title) ? months : /whom/.test(title) ? to : note };
    },
  });
  const confirmed = asked.find(({ buttons }) => buttons.includes('YES'))?.message ?? '';
  return { report: JSON.parse(JSON.stringify(report)) as CopyReport, confirmed };
}

const document = () => purser.appsScript().properties('document');
const copies = () => purser.mails('copy');
const answer = (status: number, body = '{}'): Fault => ({
  host: GMAIL,
  match: 'messages/send',
  play: { answer: { status, body } },
});

async function sentMay(): Promise<void> {
  await purser.sent();
}

describe('a copy', () => {
  it('has the very bytes that were filed and sent, and is marked as a copy and as no statement', async () => {
    await sentMay();
    const { report } = copy({ to: `Ann <${BANK}>; ${BANK}`, note: 'As you asked, Ann.' });
    expect(report).toMatchObject({ status: 'sent', statements: [CODE], to: [BANK] });
    const [mail] = await copies();
    const [statement] = await purser.mails('statement');
    expect(mail).toMatchObject({ to: [BANK], cc: [], from: [OWNER.email] });
    expect(mail?.subject).toBe(`Copy: ${statement?.subject}`);
    expect(mail?.attachments.map(({ name, bytes }) => [name, sha256(bytes)])).toEqual(
      statement?.attachments.map(({ name, bytes }) => [name, sha256(bytes)]),
    );
    expect([mail?.headers.get('x-purser-kind'), mail?.headers.has('x-purser-statement')]).toEqual([
      'copy',
      false,
    ]);
    for (const words of ['As you asked, Ann.', 'Harbor Sails', 'May 2026', CODE, 'sent on 2026-06-01'])
      expect(mail?.text).toContain(words);
    for (const partner of PARTNERS) expect(String(mail?.raw)).not.toContain(partner);
  });

  it('is shown before it goes, and a no leaves nothing behind', async () => {
    await sentMay();
    const before = [...document().keys()];
    const { report, confirmed } = copy({ yes: false, note: 'A note' });
    expect(report).toMatchObject({ status: 'not-sent' });
    for (const words of [BANK, 'Copy: ', `statement-2026-05-${CODE}.xlsx`, 'A note'])
      expect(confirmed).toContain(words);
    expect(await copies()).toHaveLength(0);
    expect([...document().keys()]).toEqual(before);
  });

  it('goes from the mailbox that statements go from', async () => {
    await purser.begin({ settings: { 'Send from': OFFICE, 'Statement recipients': PARTNERS.join() } });
    await purser.connect(OFFICE, ['send']);
    expect(purser.send().status).toBe('sent');
    expect(copy().report.status).toBe('sent');
    expect((await copies())[0]?.from).toEqual([OFFICE]);
  });

  it('of several months has all their files in one mail', async () => {
    await sentMay();
    await purser.recharter(JUNE);
    purser.at('2026-07-01', 9);
    expect(purser.send('2026-06').status).toBe('sent');
    const { report } = copy({ months: 'June 2026, 2026-05, 2026-05' });
    expect(report).toMatchObject({ status: 'sent', statements: [CODE, CODE.replace('05V', '06V')] });
    const [mail] = await copies();
    expect(mail?.attachments).toHaveLength(2);
    expect(mail?.subject).toContain('June 2026 (and May 2026)');
  });

  it('to the same people on the same day is asked about first', async () => {
    await sentMay();
    copy();
    const no = copy({ to: BANK.toUpperCase(), yes: false });
    expect(no.confirmed).toContain('The same copy was sent to them today');
    expect(await copies()).toHaveLength(1);
    expect(copy().report.status).toBe('sent');
    expect(await copies()).toHaveLength(2);
    expect(copy({ to: 'other@bank.example' }).confirmed).not.toContain('same copy');
    purser.at('2026-06-02');
    expect(copy().confirmed).not.toContain('same copy');
  });
});

describe('never counts as the statement:', () => {
  it('next month’s recipients are those of the statement, whoever got copies', async () => {
    await sentMay();
    const before = await purser.mails('statement');
    copy();
    copy({ to: 'tax@office.example' });
    await purser.recharter(JUNE);
    purser.at('2026-07-01', 9);
    const from = purser.trace().length;
    const report = purser.send('2026-06');
    expect([...report.to, ...report.cc]).toEqual([...(before[0]?.to ?? []), ...(before[0]?.cc ?? [])]);
    // Nor does anybody look into them, which would cost a round each.
    const gets = purser
      .trace()
      .slice(from)
      .filter(({ request }) => /messages\/[^/?]+\?format=metadata/.test(request.url));
    expect(gets.map(({ request }) => request.url.split('?')[0]).length).toBeLessThanOrEqual(2);
  });

  it('in Sent it settles no statement that nobody is sure of', async () => {
    await sentMay();
    copy();
    const [mail] = await copies();
    await purser.begin();
    await purser.faults(answer(500));
    expect(purser.send().status).toBe('unknown');
    await purser.faults();
    await purser.deliver(String(mail?.raw), ['SENT']);
    purser.at('2026-06-01', 9);
    expect(purser.send('2026-05', { yes: false })).toMatchObject({ status: 'unknown' });
    expect(JSON.parse(document().get(RECORD) ?? '{}')).toMatchObject({ state: 'unknown' });
  });

  it('in Sent it is no statement for a workbook without records either', async () => {
    await sentMay();
    copy();
    const [mail] = await copies();
    await purser.begin();
    await purser.deliver(String(mail?.raw), ['SENT']);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
  });
});

describe('no copy is sent', () => {
  it('of a month that was not sent, of what is no month, and to what is no address', async () => {
    await sentMay();
    for (const [said, code] of [
      [{ months: '2026-03' }, 'not-sent-yet'],
      [{ months: '2026-05, 2026-03' }, 'not-sent-yet'],
      [{ months: 'the last one' }, 'month-invalid'],
      [{ months: '2026-05, May' }, 'month-invalid'],
      [{ to: `${BANK}, grace` }, 'recipients-invalid'],
      [{ to: ' ' }, 'recipients-invalid'],
    ] as const)
      expect(copy(said).report).toMatchObject({ status: 'failed', code });
    expect(await copies()).toHaveLength(0);
  });

  it('of more months than its record has room for: it says how many months, and not to send to fewer people', async () => {
    await sentMay();
    const json = JSON.parse(document().get(RECORD) ?? '{}');
    const months = Array.from({ length: 24 }, (_, back) => {
      const month = `${2026 - Math.floor(back / 12)}-${String(12 - (back % 12)).padStart(2, '0')}`;
      const code = `PRSYYPK${month.replace('-', '')}V1`;
      const id = `outbox.statement.${month}.V1`;
      document().set(id, JSON.stringify({ ...json, id, statement: { ...json.statement, month, code } }));
      return month;
    });
    const from = purser.trace().length;
    const { report } = copy({ months: months.join(', ') });
    expect(
      purser
        .trace()
        .slice(from)
        .filter(({ request }) => request.url.includes('alt=media')),
    ).toEqual([]);
    expect(report).toMatchObject({ status: 'failed', code: 'copy-too-large' });
    expect(report.words).toContain('a copy of 24 months');
    expect(report.words).toContain('18 are the most');
    // What 18 months leave no room for is the note.
    const most = months.slice(0, 18).join(', ');
    expect(copy({ months: most, note: 'é'.repeat(1000) }).report).toMatchObject({ code: 'copy-too-large' });
    expect(await copies()).toHaveLength(0);
    expect(copy({ months: most, note: 'For your files.' }).report.status).toBe('sent');
    expect((await copies())[0]?.attachments).toHaveLength(18);
  });

  it('of a statement that nobody is sure of', async () => {
    await purser.begin();
    await purser.faults(answer(500));
    expect(purser.send().status).toBe('unknown');
    await purser.faults();
    const { report } = copy();
    expect(report).toMatchObject({ status: 'failed', code: 'not-sent-yet' });
    expect(report.words).toContain('Nobody can tell yet');
  });

  it('when the file in Drive is another one by now', async () => {
    await sentMay();
    const json = JSON.parse(document().get(RECORD) ?? '{}');
    document().set(
      RECORD,
      JSON.stringify({ ...json, statement: { ...json.statement, sha256: 'a'.repeat(64) } }),
    );
    const { report } = copy();
    expect(report).toMatchObject({ status: 'failed', code: 'filed-file-differs' });
    expect(await copies()).toHaveLength(0);
  });

  it('when the file in Drive is gone', async () => {
    await sentMay();
    const gone = { answer: { status: 404, body: '{"error":{"code":404,"message":"File not found"}}' } };
    await purser.faults({ host: 'www.googleapis.com', match: 'alt=media', play: gone });
    const { report } = copy();
    expect(report).toMatchObject({ status: 'failed', code: 'google-not-found' });
    expect(report.words).toContain(`The file that was sent as ${CODE} is not in Drive any more`);
  });

  it('by anybody but the owner', async () => {
    await sentMay();
    document().set('owner', 'somebody@harbor.example');
    expect(copy().report).toMatchObject({ status: 'failed', code: 'not-trigger-owner' });
  });

  it('to more people than the setting allows a day', async () => {
    await sentMay();
    await purser.setting('Mail recipients a day', '3');
    expect(copy().report).toMatchObject({ status: 'failed', code: 'mail-quota-spent' });
    expect(await copies()).toHaveLength(0);
  });
});

describe('when Gmail', () => {
  it('does not answer clearly, that is said, and it is never sent again by itself', async () => {
    await sentMay();
    await purser.faults(answer(500));
    const { report } = copy();
    await purser.faults();
    expect(report).toMatchObject({ status: 'unknown' });
    expect(report.words).toContain('Nobody can tell whether the copy');
    purser.at('2026-06-02', 9);
    purser.trigger('tick');
    expect(await copies()).toHaveLength(0);
    purser.at('2026-06-01', 7);
    expect(copy({ yes: false }).confirmed).toContain('nobody knows whether it went out');
  });

  it('refuses it for good, the person may send it anew', async () => {
    await sentMay();
    await purser.faults(answer(400, '{"error":{"code":400,"message":"Invalid To header"}}'));
    expect(copy().report).toMatchObject({ status: 'failed', code: 'google-refused' });
    await purser.faults();
    const again = copy();
    expect(again.confirmed).not.toContain('same copy');
    expect(again.report.status).toBe('sent');
    expect(await copies()).toHaveLength(1);
  });

  it('is busy, the hourly check sends it later, the same bytes and words', async () => {
    await sentMay();
    await purser.faults(answer(429));
    expect(copy({ note: 'For your files.' }).report.status).toBe('waits');
    await purser.faults();
    expect(await copies()).toHaveLength(0);
    purser.at('2026-06-02', 9);
    purser.trigger('tick');
    const [mail, ...more] = await copies();
    expect(more).toHaveLength(0);
    expect(mail?.text).toContain('For your files.');
    const [statement] = await purser.mails('statement');
    expect(mail?.attachments[0]?.bytes).toEqual(statement?.attachments[0]?.bytes);
  });
});

test('nobody is asked again for a hand-sent month: it has no file', async () => {
  await purser.begin({ sent: [handMail('2026-04')] });
  expect(copy({ months: '2026-04' }).report.words).toContain('was not sent from this workbook');
});
