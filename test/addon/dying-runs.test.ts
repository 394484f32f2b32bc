/** Runs that Apps Script ends in the middle of a call, again and again: they can’t say so themselves. */
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth } from '../tools/scene.ts';
import type { Mail } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const june = [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })];

/** May sent by a person, and the clock on the first of July. */
beforeEach(async () => {
  await purser.sent({ charters: june, settings: { 'Explain changes over': '' } });
  purser.at('2026-07-01');
});
afterEach(() => purser.appsScript().direct(null));

/** From now on making the month’s tab takes longer than an execution may, so many times. @returns how often it did */
function stallAtPost(most: number): () => number {
  let stalled = 0;
  purser.appsScript().direct(({ requests }) => {
    if (stalled >= most || !requests.some(({ url }) => url.endsWith(':batchUpdate'))) return null;
    const isPosting = requests.some(({ body }) => Buffer.from(body ?? []).includes('purser.staging'));
    if (!isPosting) return null;
    stalled += 1;
    return { stalls: 'after' };
  });
  return () => stalled;
}

const HOUR_MS = 3_600_000;

function hours(count: number): void {
  for (let hour = 0; hour < count; hour++) {
    purser.clock.advance(HOUR_MS);
    purser.appsScript().fire('tick');
  }
}

async function mailsOf(kind: string): Promise<readonly Mail[]> {
  const mails = await purser.mails(kind);
  return mails.filter(({ subject }) => subject.includes('June'));
}

test('after three of a day the month rests until tomorrow, and its owner hears of it once a day, with what to do', async () => {
  const stalled = stallAtPost(Number.POSITIVE_INFINITY);
  purser.appsScript().fire('monthlyStatement');
  hours(14);
  expect(stalled()).toBe(3);
  const [notice, ...more] = await mailsOf('notice');
  expect(more).toEqual([]);
  expect(notice?.subject).toContain('could not be sent');
  expect(notice?.text).toContain('Apps Script ended 3 runs today');
  expect(notice?.text).toContain('tries again tomorrow');
  const log = await purser.tab('Purser log');
  expect(JSON.stringify(log)).toContain('Apps Script ended 3 runs today');

  purser.at('2026-07-02', 7);
  hours(14);
  expect(stalled()).toBe(6);
  expect(await mailsOf('notice')).toHaveLength(2);

  purser.appsScript().direct(null);
  purser.at('2026-07-03', 7);
  hours(2);
  expect(await mailsOf('statement')).toHaveLength(1);
  expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
});

test('two of a day are no trouble to anybody: the third sends it', async () => {
  const stalled = stallAtPost(2);
  purser.appsScript().fire('monthlyStatement');
  hours(5);
  expect(stalled()).toBe(2);
  expect(await mailsOf('statement')).toHaveLength(1);
  expect(await mailsOf('notice')).toEqual([]);
});

test('a run that goes on with what was cut off, and dies of it three times, rests too', async () => {
  purser.appsScript().meanwhile(() => purser.clock.advance(280_000), 5);
  expect(purser.trigger('monthlyStatement')?.error?.code).toBe('time-budget-spent');
  let died = 0;
  purser.appsScript().direct(({ requests }) => {
    const isRun = purser.appsScript().properties('document').has('lease.statement');
    if (!isRun || !requests.some(({ url }) => url.startsWith('https://dynamodb.'))) return null;
    died += 1;
    return { stalls: 'before' };
  });
  hours(14);
  expect(died).toBe(3);
  expect((await mailsOf('notice'))[0]?.text).toContain('Apps Script ended 3 runs today');
});
