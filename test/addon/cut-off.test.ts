/** A run that stops itself before Apps Script would: another execution goes on, and the end is the same. */
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth } from '../tools/scene.ts';
import type { Mail } from '../tools/seen.ts';
import { sha256, visible } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const SLOW_MS = 280_000;
const MINUTE_MS = 60_000;
const june = [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })];

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

/** May sent by a person, and the clock on the first of July: June may be sent by the clock. */
async function secondMonth(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  await purser.sent({ charters: june, settings: { 'Explain changes over': '', ...settings } });
  purser.at('2026-07-01');
}

/** Before that round of the next execution the clock goes on as if all that was there had been slow. */
function slowBefore(round: number): void {
  purser.appsScript().meanwhile(() => purser.clock.advance(SLOW_MS), round);
}

function handlers(): readonly string[] {
  return purser
    .appsScript()
    .triggers()
    .map(({ handler }) => handler)
    .sort();
}

const THE_THREE = ['monthlyStatement', 'syncCalendars', 'tick'];

async function juneMails(): Promise<readonly Mail[]> {
  const mails = await purser.mails('statement');
  return mails.filter(({ subject }) => subject.includes('June'));
}

/** The one-off trigger, as often as there is one. */
function goOn(): number {
  let executions = 0;
  while (handlers().includes('continueRun')) {
    expect(handlers().filter((handler) => handler === 'continueRun')).toHaveLength(1);
    purser.clock.advance(2 * MINUTE_MS);
    purser.trigger('continueRun');
    executions++;
    expect(executions).toBeLessThan(10);
  }
  return executions;
}

function leftovers(): readonly string[] {
  const kept = purser.appsScript().properties('document');
  return [...kept.keys()].filter((key) => {
    const isPassing = key.startsWith('run.') || key.startsWith('approval.') || key.startsWith('lease.');
    return isPassing && kept.get(key) !== '{}';
  });
}

async function sentAtOnce(): Promise<string> {
  await secondMonth();
  expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'sent', month: '2026-06' });
  const [mail] = await juneMails();
  return sha256(mail?.attachments[0]?.bytes ?? Buffer.alloc(0));
}

describe('a month that was slow before any one round', () => {
  let atOnce: string;
  beforeAll(async () => {
    atOnce = await sentAtOnce();
  });

  // The workbook, all that is read, what that leads to, post, fill, read back, show, file …
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('(%d) ends with the same file, sent once', async (round) => {
    await secondMonth();
    slowBefore(round);
    const report = purser.trigger('monthlyStatement');
    if (report?.status !== 'sent') {
      expect(report?.error).toMatchObject({ code: 'time-budget-spent' });
      expect(report?.error?.message).toContain('goes on by itself');
      expect(goOn()).toBe(1);
    }
    expect(handlers()).toEqual(THE_THREE);
    const mails = await juneMails();
    expect(mails).toHaveLength(1);
    // Before that it was still being read, so that its data are as of a later moment.
    if (round > 3) expect(sha256(mails[0]?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(atOnce);
    expect(visible(await purser.tabs()).filter((title) => title === 'June 2026')).toHaveLength(1);
    expect((await purser.titles()).filter((title) => title.includes('staging'))).toEqual([]);
    expect(leftovers()).toEqual([]);
    expect(await purser.mails('notice')).toEqual([]);
  });

  it('is gone on with where it was: what is filled is filled again, what is shown is not posted again', async () => {
    await secondMonth();
    // Before its tabs are shown.
    slowBefore(6);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'failed' });
    const from = purser.trace().length;
    expect(goOn()).toBe(1);
    const posted = purser
      .trace()
      .slice(from)
      .filter(({ request }) => Buffer.from(request.body).includes('duplicateSheet'));
    expect(posted).toEqual([]);
    expect(await juneMails()).toHaveLength(1);
  });
});

it('goes on with the next tick when Google never fires the one-off trigger, which is then removed', async () => {
  await secondMonth();
  slowBefore(4);
  expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'time-budget-spent' } });
  purser.clock.advance(60 * MINUTE_MS);
  expect(purser.trigger('tick')).toMatchObject({ status: 'sent', month: '2026-06' });
  expect(handlers()).toEqual(THE_THREE);
  expect(await juneMails()).toHaveLength(1);
});

it('that is slow at the same step again and again ends, and its owner is told why', async () => {
  await secondMonth();
  slowBefore(4);
  expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'time-budget-spent' } });
  let executions = 1;
  while (handlers().includes('continueRun') && executions < 9) {
    executions++;
    purser.clock.advance(2 * MINUTE_MS);
    slowBefore(3);
    purser.trigger('continueRun');
  }
  // Three times at one step is too often; it may get one step further meanwhile.
  expect(executions).toBeLessThan(8);
  expect(handlers()).toEqual(THE_THREE);
  expect(leftovers()).toEqual([]);
  const [notice] = await purser.mails('notice');
  expect(notice?.text).toContain('takes longer than Apps Script allows');
  expect(await juneMails()).toEqual([]);
});

describe('a person’s run', () => {
  const slowAt = (title: RegExp) => ({
    answers: (question: { readonly title: string }) => {
      if (title.test(question.title)) purser.clock.advance(SLOW_MS);
      return null;
    },
  });

  it('that was certified and then cut off goes on by itself, and says who certified it', async () => {
    await purser.begin();
    const report = purser.send('2026-05', slowAt(/^Statement for/));
    expect(report.error?.message).toContain('goes on by itself');
    expect(goOn()).toBe(1);
    expect(await purser.mails('statement')).toHaveLength(1);
    const record = purser.appsScript().properties('document').get('outbox.statement.2026-05.V1');
    expect(JSON.parse(record ?? '{}')).toMatchObject({
      state: 'sent',
      statement: { approval: { approvedBy: 'Nora Field' } },
    });
    expect(leftovers()).toEqual([]);
  });

  it('that was certified and then cut off is not sent when the charters have changed: the owner hears what', async () => {
    await purser.begin();
    purser.send('2026-05', slowAt(/^Statement for/));
    await purser.recharter([...cleanMonth(), charter('C-late')]);
    expect(goOn()).toBe(1);
    expect(await purser.mails('statement')).toEqual([]);
    const [notice] = await purser.mails('notice');
    expect(notice?.text).toContain('Nora Field approved the statement PRSYYPK202605V1');
    expect(notice?.text).toContain('reportable revenue was $2,750.00, is $3,750.00');
    expect(notice?.text).toContain('C-late');
    // That it is void: the clock does not send it by itself either.
    expect(leftovers()).toEqual(['approval.2026-05.V1']);
  });

  it('that was certified and then cut off promises nothing when that can’t be written down', async () => {
    await purser.begin();
    purser
      .appsScript()
      .direct(({ what }) => (/setProperties .*run\.2026-05/.test(what) ? { fails: 'before' } : null));
    const report = purser.send('2026-05', slowAt(/^Statement for/));
    purser.appsScript().direct(null);
    expect(report).toMatchObject({ status: 'failed', error: { code: 'time-budget-spent' } });
    expect(report.error?.message).not.toContain('by itself');
    expect(report.error?.message).toContain('Choose Send statement… again');
    expect(handlers()).toEqual(THE_THREE);
  });

  it('that was certified and then cut off goes on though somebody else has tried to send it meanwhile', async () => {
    await purser.begin();
    purser.send('2026-05', slowAt(/^Statement for/));
    expect(purser.send('2026-05', { as: 'intern@harbor.example' })).toMatchObject({
      error: { code: 'not-trigger-owner' },
    });
    expect(goOn()).toBe(1);
    expect(await purser.mails('statement')).toHaveLength(1);
  });

  it('that was cut off before it was certified does not go on by itself', async () => {
    await purser.begin();
    slowBefore(4);
    const report = purser.send();
    expect(report.error?.message).toContain('Choose Send statement… again');
    expect(handlers()).toEqual(THE_THREE);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
    expect((await purser.titles()).filter((title) => title.includes('staging'))).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});

it('a hidden tab of a run that was killed is gone with the next tick, though its month is not run again', async () => {
  await secondMonth();
  // Of an older month, which no trigger looks at.
  purser.edit({
    addSheet: { properties: { sheetId: 77, title: 'Purser staging 2026-03', hidden: true } },
  });
  purser.edit({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: 'purser.staging',
        metadataValue: '2026-03@x',
        location: { sheetId: 77 },
        visibility: 'DOCUMENT',
      },
    },
  });
  const dead = { owner: 'x', who: 'nora', sinceMs: 0, expiresMs: purser.clock.now() - 1 };
  purser.appsScript().properties('document').set('lease.statement', JSON.stringify(dead));
  expect(purser.trigger('continueRun')).toBeNull();
  expect((await purser.titles()).filter((title) => title.includes('staging'))).toEqual([]);
  expect(leftovers()).toEqual([]);
});
