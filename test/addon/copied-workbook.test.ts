/** A workbook that was copied with its script, or that lost what it knew: it sends nothing before a person has said so. */

import type { Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import { SPREADSHEET_ID } from '../../scripts/local/workspace.ts';
import { statementCode } from '../../src/statement/fingerprint.ts';
import type { Choices, Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { cleanMonth, handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { codes, rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const ORIGINAL_ID = '1OriginalLedger2026xxxxxxxxxxxxxxxxxxxxxxxxxx';
const ORIGINAL = `https://docs.google.com/spreadsheets/d/${ORIGINAL_ID}/edit`;
const OWN_CODE = statementCode(SPREADSHEET_ID, '2026-05', 1);
const ORIGINALS_CODE = statementCode(ORIGINAL_ID, '2026-05', 1);
const ASKED = 'Is this the workbook that sends?';
const RECIPIENTS = { 'Statement recipients': PARTNERS.join(', ') };
const REGISTER = 'Purser register';

/** June has no 31st. */
const JUNE = cleanMonth('2026-06').map((item) =>
  item.date === '2026-06-31' ? { ...item, date: '2026-06-30' } : item,
);

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const document = () => purser.appsScript().properties('document');
const statements = async (): Promise<number> =>
  (await purser.mails('statement')).filter(({ headers }) => headers.get('x-purser-statement') === OWN_CODE)
    .length;
const mark = (): { id: string; former: readonly { letters: string }[] } | null =>
  JSON.parse(document().get('workbook') ?? 'null');

const tabsButTheLog = async () => (await purser.tabs()).filter(({ title }) => title !== 'Purser log');

/** The value of the setting, and whether any is there twice. */
async function settingIs(): Promise<string> {
  const { cells } = await purser.tab('Purser settings');
  const rows = Object.entries(cells).filter(
    ([name, { input }]) => /^A\d+$/.test(name) && input === 'Workbook',
  );
  expect(rows).toHaveLength(1);
  return String(cells[`B${rows[0]?.[0].slice(1)}`]?.value ?? '');
}

/** As File › Make a copy leaves it: cells and marks are there, the document's properties are not. */
async function copied(scene: Scene = {}): Promise<void> {
  await purser.begin({ ...scene, settings: { ...RECIPIENTS, ...scene.settings } });
  await purser.setting('Workbook', ORIGINAL_ID);
  document().clear();
}

/** The statement as the original sent it. */
function originalsMail(month = '2026-05', subject?: string): string {
  const code = statementCode(ORIGINAL_ID, month, 1);
  const mail = handMail(month, { text: `Statement ${code}`, ...(subject === undefined ? {} : { subject }) });
  return mail.replace('MIME-Version', `X-Purser-Kind: statement\nX-Purser-Statement: ${code}\nMIME-Version`);
}

function sending(answer: 'YES' | 'NO', choices: Choices & { readonly month?: string } = {}) {
  const asked: Question[] = [];
  const report = purser.send(choices.month ?? '2026-05', {
    ...choices,
    answers: (question) => {
      asked.push(question);
      return question.title === ASKED ? { button: answer } : (choices.answers?.(question) ?? null);
    },
  });
  return { report, asked, question: asked.find(({ title }) => title === ASKED)?.message ?? '' };
}

describe('a copy of a workbook', () => {
  it('sends nothing by the clock, posts nothing, and names the original and what Sent has', async () => {
    await copied({ sent: [handMail('2026-04'), originalsMail()] });
    const titles = await purser.titles();
    const report = purser.trigger('monthlyStatement');
    expect(report).toMatchObject({ status: 'failed', error: { code: 'workbook-copied' } });
    for (const words of [ORIGINAL, ORIGINALS_CODE, '2026-06-02', PARTNERS[0], 'Nothing was posted or sent'])
      expect(report?.error?.message).toContain(words);
    expect(await purser.titles()).toEqual(titles);
    expect(await statements()).toBe(0);
    expect(mark()).toBeNull();
  });

  it('is known as one before anything else is looked at, also where no access to AWS was copied along', async () => {
    await copied();
    purser.appsScript().properties('user', OWNER.email).clear();
    expect(sending('NO').report.error?.code).toBe('workbook-copied');
  });

  it('says so when Sent has nothing by either code', async () => {
    await copied();
    const message = purser.trigger('monthlyStatement')?.error?.message;
    expect(message).toContain(
      `In Sent no mail with May 2026’s statement was found (code ${ORIGINALS_CODE} or ${OWN_CODE}).`,
    );
  });

  it('changes nothing when the person says that it is not the one that sends', async () => {
    await copied();
    const before = await tabsButTheLog();
    const { report, question } = sending('NO');
    expect(report).toMatchObject({ status: 'failed', error: { code: 'workbook-copied' } });
    expect(question).toContain(ORIGINAL);
    expect(await tabsButTheLog()).toEqual(before);
    expect(mark()).toBeNull();
    expect(await statements()).toBe(0);
  });

  it('sends once the person says that it does from now on, and never asks again', async () => {
    await copied();
    expect(sending('YES').report).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await settingIs()).toBe(SPREADSHEET_ID);
    expect(mark()).toMatchObject({
      id: SPREADSHEET_ID,
      by: OWNER.email,
      former: [{ id: ORIGINAL_ID, until: '2026-05' }],
    });
    const again = sending('NO');
    expect(again.report).toMatchObject({ status: 'sent', alreadySent: true });
    await purser.recharter(JUNE);
    purser.at('2026-07-01', 9);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ month: '2026-06', status: 'sent' });
    expect(again.question).toBe('');
    expect(await statements()).toBe(1);
  });

  it('whose setting could not be written then gets it with the next run, without a second question', async () => {
    await copied();
    const play = { answer: { status: 400, body: '{"error":{"code":400,"message":"No"}}' } };
    await purser.faults({ host: 'sheets.googleapis.com', match: 'values:batchUpdate', times: 1, play });
    expect(sending('YES').report).toMatchObject({ status: 'sent' });
    await purser.faults();
    expect(await settingIs()).toBe(ORIGINAL_ID);
    await purser.recharter(JUNE);
    purser.at('2026-07-01', 9);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'sent' });
    expect(await settingIs()).toBe(SPREADSHEET_ID);
  });

  it('does not send what its original has sent, and says who did', async () => {
    await copied({ sent: [handMail('2026-04'), originalsMail()] });
    const { report, question } = sending('YES');
    expect(report.statementCode).toBe(OWN_CODE);
    expect(question).toContain(`In Sent there is a mail with May 2026’s statement: code ${ORIGINALS_CODE}`);
    expect(report).toMatchObject({ status: 'sent', alreadySent: true });
    expect(rowValues(await purser.tab(REGISTER), 2)).toMatchObject({ A: '2026-05', C: 'sent' });
    expect(await statements()).toBe(0);
    expect(purser.trigger('tick')).toBeNull();
  });

  it('asks about what its original has sent under another subject, and a trigger leaves it', async () => {
    await copied({ sent: [handMail('2026-04'), originalsMail('2026-05', 'Harbor Sails (old), May 2026')] });
    const { report } = sending('YES', { yes: false });
    expect(report).toMatchObject({ status: 'unknown' });
    expect(report.error?.message).toContain(`with the code ${ORIGINALS_CODE}, under another subject`);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(0);
  });

  it('goes its own way afterwards: later months of the original count with the very subject only', async () => {
    await copied();
    expect(sending('YES').report.status).toBe('sent');
    await purser.recharter(JUNE);
    purser.at('2026-07-01', 9);
    await purser.deliver(originalsMail('2026-06'), ['SENT']);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'sent', alreadySent: true });
    document().delete('outbox.statement.2026-06.V1');
    await purser.type(REGISTER, 'C3', '');
    await purser.setting('Company', 'Another boat');
    expect(sending('NO', { month: '2026-06' }).report).toMatchObject({ status: 'sent', alreadySent: false });
  });

  it('takes last month’s recipients from the original’s mail', async () => {
    await copied({ sent: [originalsMail('2026-04')], settings: { 'Statement recipients': '' } });
    expect(sending('YES').report).toMatchObject({ status: 'sent', to: [...PARTNERS] });
  });

  it('but never those of another company', async () => {
    const others = originalsMail('2026-04', 'Another boat revenue statement, April 2026');
    await copied({ sent: [others], settings: { 'Statement recipients': '' } });
    const { report } = sending('YES');
    expect(report).toMatchObject({ status: 'held', to: [] });
    expect(codes(report)).toContain('no-recipients');
  });

  it('asks about months that the register, copied along, says are sent', async () => {
    await copied();
    await purser.type(REGISTER, 'A2', '2026-05');
    await purser.type(REGISTER, 'C2', 'sent');
    const { report, asked } = sending('YES', { yes: false });
    expect(report).toMatchObject({ status: 'unknown' });
    expect(asked.map(({ title }) => title)).toContain('Did it go out?');
    expect(await statements()).toBe(0);
  });

  it('can be looked at: a preview says what it is, and writes nothing', async () => {
    await copied();
    const before = await purser.tabs();
    const report = purser.preview();
    expect(report.totals).toMatchObject({ charters: 3 });
    const finding = report.findings.find(({ code }) => code === 'workbook-copied');
    expect(finding).toMatchObject({ severity: 'warn', links: [{ url: ORIGINAL }] });
    expect(await purser.tabs()).toEqual(before);
    expect(mark()).toBeNull();
  });

  it('is known by the codes in its register when it is a copy of a workbook without marks', async () => {
    await purser.begin({ settings: RECIPIENTS });
    document().clear();
    await purser.setting('Workbook', '');
    await purser.type(REGISTER, 'A2', '2026-04');
    await purser.type(REGISTER, 'C2', 'sent');
    await purser.type(REGISTER, 'K2', statementCode(ORIGINAL_ID, '2026-04', 1));
    await purser.deliver(originalsMail(), ['SENT']);
    const message = purser.trigger('monthlyStatement')?.error?.message;
    expect(message).toContain(`whose codes begin with ${ORIGINALS_CODE.slice(0, 7)}`);
    expect(sending('YES').report).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await settingIs()).toBe(SPREADSHEET_ID);
  });

  it('names no link for what is no workbook’s id', async () => {
    await copied();
    await purser.setting('Workbook', '<a href="https://evil.example">x</a>');
    const message = purser.trigger('monthlyStatement')?.error?.message;
    expect(message).toContain('This workbook is a copy');
    expect(message).not.toContain('docs.google.com');
  });
});

describe('Set up… in a copy', () => {
  const setUp = (button: 'YES' | 'NO') =>
    purser.setUp({ answers: ({ title }) => (title === ASKED ? { button } : null) });

  it('asks, and changes nothing when it is not to send', async () => {
    await copied({ sent: [handMail('2026-04'), originalsMail()] });
    const script = purser.appsScript();
    const before = [await purser.tabs(), script.triggers()];
    const { problems } = setUp('NO');
    expect(problems.join('\n')).toContain(ORIGINAL);
    expect(problems.join('\n')).toContain(ORIGINALS_CODE);
    expect([await purser.tabs(), script.triggers()]).toEqual(before);
    expect([...document().keys()]).toEqual([]);
  });

  it('makes it the one that sends when the person says so', async () => {
    await copied({ sent: [handMail('2026-04'), originalsMail()] });
    expect(setUp('YES').problems).toEqual([]);
    expect(document().get('owner')).toBe(OWNER.email);
    expect(await settingIs()).toBe(SPREADSHEET_ID);
    const { report, question } = sending('NO');
    expect(question).toBe('');
    expect(report).toMatchObject({ status: 'sent', alreadySent: true });
  });
});

describe('a workbook whose document properties are gone', () => {
  async function lost(): Promise<void> {
    await purser.sent({ settings: RECIPIENTS });
    document().clear();
  }

  it('sends nothing by the clock, and names the mail in Sent', async () => {
    await lost();
    purser.at('2026-06-02', 9);
    const report = purser.trigger('tick');
    expect(report).toMatchObject({ status: 'failed', error: { code: 'outbox-missing' } });
    expect(report?.error?.message).toContain(OWN_CODE);
    // The notice that went out of this is no outbox.
    purser.at('2026-06-03', 9);
    expect(purser.trigger('tick')).toMatchObject({ error: { code: 'outbox-missing' } });
    expect(await statements()).toBe(1);
  });

  it('finds its mail in Sent once the person says that it goes on', async () => {
    await lost();
    expect(sending('YES').report).toMatchObject({ status: 'sent', alreadySent: true });
    expect(mark()).toMatchObject({ id: SPREADSHEET_ID, former: [] });
    expect(await statements()).toBe(1);
  });

  it('says so in a preview', async () => {
    await lost();
    expect(codes(purser.preview())).toContain('outbox-missing');
  });
});

describe('a workbook of before there were marks', () => {
  it('is marked by the run of its owner, without a question', async () => {
    await purser.begin({ settings: RECIPIENTS });
    document().delete('workbook');
    await purser.setting('Workbook', '');
    const { report, question } = sending('NO');
    expect([report.status, question]).toEqual(['sent', '']);
    expect(await settingIs()).toBe(SPREADSHEET_ID);
    expect(mark()).toMatchObject({ id: SPREADSHEET_ID });
  });

  it('gets its setting again when a person empties it', async () => {
    await purser.begin({ settings: RECIPIENTS });
    const before = mark();
    await purser.setting('Workbook', '');
    expect(sending('NO').report.status).toBe('sent');
    expect(await settingIs()).toBe(SPREADSHEET_ID);
    expect(mark()).toEqual(before);
  });
});

test('a workbook that is set up is asked nothing, and its mark costs a run no request', async () => {
  await purser.begin({ setUpAnew: true, settings: RECIPIENTS });
  expect(await settingIs()).toBe(SPREADSHEET_ID);
  expect(mark()).toMatchObject({ id: SPREADSHEET_ID, former: [] });
  const { report, question } = sending('NO');
  expect([report.status, question]).toEqual(['sent', '']);
  const marked = purser.trace().filter(({ request }) => Buffer.from(request.body).includes(SPREADSHEET_ID));
  // Set up… wrote it.
  expect(marked).toHaveLength(1);
});
