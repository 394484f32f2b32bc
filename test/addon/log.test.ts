/** The tab `Purser log`: what a person reads there of runs that failed, and in workbooks that lack it. */
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import { SPREADSHEET_ID } from '../../scripts/local/workspace.ts';
import type { Purser } from '../tools/purser.ts';
import { handMail, OWNER } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const CLOCK = 'Purser, by the clock';
const PARTNERS = 'grace@partner.example, rene@partner.example; Cc priya@accounts.example';

async function logged(title = 'Purser log'): Promise<unknown[]> {
  const tab = await purser.tab(title);
  const lines: unknown[] = [];
  for (let row = 2; rowValues(tab, row).A !== undefined; row++) {
    const { A, B, C } = rowValues(tab, row);
    lines.push([A, B, C]);
  }
  return lines;
}

test('a failure that comes every hour has one line a day, and then the statement its own', async () => {
  await purser.begin();
  await purser.faults({
    host: 'dynamodb.us-east-1',
    match: '',
    play: { answer: { status: 400, body: '{}', headers: {} } },
  });
  for (const hour of [7, 8, 9, 10]) {
    purser.at('2026-06-01', hour);
    expect(purser.trigger('tick')?.status).not.toBe('sent');
  }
  const before = await logged();
  expect(before).toHaveLength(1);
  expect(before).toEqual([['2026-06-01 07:00', CLOCK, expect.stringContaining('May 2026')]]);
  await purser.faults();
  purser.at('2026-06-02', 8);
  expect(purser.send()).toMatchObject({ status: 'sent' });
  expect(await logged()).toEqual([
    ['2026-06-02 08:00', OWNER.email, `May 2026’s statement PRSYYPK202605V1 is sent, to ${PARTNERS}.`],
    ...before,
  ]);
});

test('a workbook of an earlier version gets the tab with the run; a renamed one is written on', async () => {
  await purser.begin({ sent: [handMail('2026-04')] });
  for (const title of ['Purser log', 'Purser accepted'])
    purser.edit({ deleteSheet: { sheetId: (await purser.tab(title)).sheetId } });
  expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
  expect(await logged()).toEqual([
    [
      '2026-06-01 06:00',
      CLOCK,
      'May 2026’s statement PRSYYPK202605V1 is ready and waits for a person to send it.',
    ],
  ]);
  const { sheetId } = await purser.tab('Purser log');
  purser.edit({
    updateSheetProperties: { properties: { sheetId, title: 'What happened' }, fields: 'title' },
  });
  expect(purser.send()).toMatchObject({ status: 'sent' });
  expect(await logged('What happened')).toHaveLength(2);
});

test('a log that can’t be written keeps nothing from being sent and registered', async () => {
  await purser.begin();
  // Posting and showing the month come first.
  const structure = { host: 'sheets.googleapis.com', match: `${SPREADSHEET_ID}:batchUpdate`, skip: 2 };
  await purser.faults({ ...structure, play: { answer: { status: 500, body: '{}' } } });
  expect(purser.send()).toMatchObject({ status: 'sent' });
  await purser.faults();
  expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent' });
  expect(await logged()).toEqual([]);
  expect(JSON.stringify(purser.appsScript().logs)).toContain('log-not-written');
});

test('a statement whose run died right after it went out has its line from the run that finds it', async () => {
  await purser.begin();
  let isOut = false;
  purser.appsScript().direct(({ requests }: HostCall) => {
    if (isOut && requests.length > 0) return { killed: 'before' };
    isOut ||= requests.some(({ url }) => url.includes('messages/send'));
    return null;
  });
  expect(() => purser.send()).toThrow();
  purser.appsScript().direct(null);
  expect(await logged()).toEqual([]);
  // Even when the register refuses its row at first.
  await purser.faults({
    host: 'sheets.googleapis.com',
    match: 'values:batchUpdate',
    play: { answer: { status: 500, body: '{}' } },
  });
  for (const day of ['2026-06-01', '2026-06-02', '2026-06-03']) {
    if (day === '2026-06-03') await purser.faults();
    purser.at(day, 9);
    purser.trigger('tick');
    purser.trigger('monthlyStatement');
  }
  expect(await logged()).toEqual([
    [
      '2026-06-01 09:00',
      CLOCK,
      `May 2026’s statement PRSYYPK202605V1 is sent, to ${PARTNERS}. It went out at 2026-06-01 06:00; the run that sent it ended before it had written that down.`,
    ],
  ]);
  expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent' });
});
