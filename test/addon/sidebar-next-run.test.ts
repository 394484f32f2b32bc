/** What the sidebar says of a month that the clock does next with it. */
import type { SidebarView } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';
import { resultOf, sidebarOf } from './sidebar-calls.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

function view(month: string | null = null): SidebarView {
  return resultOf(sidebarOf(purser)('sidebarView', month));
}

it('last month runs once a day, and the first statement is sent by a person', async () => {
  await purser.begin();
  expect(view().next).toEqual({
    at: null,
    words:
      'With the next hourly check: Purser checks May 2026 and makes its tab and file. The first statement is sent by a person.',
  });
  purser.trigger('monthlyStatement');
  expect(view()).toMatchObject({
    state: 'ready',
    stateWords: 'Nothing is open. It waits for a person to certify it.',
    next: { at: '2026-06-02T04:00:00.000Z' },
  });
});

it('later ones it sends by itself when nothing is open, unless the settings say never', async () => {
  await purser.sent();
  expect(view('2026-06').next).toEqual({
    at: '2026-07-01T10:00:00.000Z',
    words: 'Purser checks June 2026 and makes its tab and file, and sends it if nothing is open.',
  });
  await purser.setting('Send automatically', 'never');
  expect(view('2026-06').next?.words).toContain('A person sends it.');
  expect(view('2026-03').next).toBeNull();
});

it('what a person approved it sends as it was approved', async () => {
  await purser.begin();
  const answers = purser.appsScript().run('approveStatement', [], {
    answers: ({ kind, message }) => ({
      button: 'OK',
      ...(kind === 'prompt' ? { text: /certify/.test(message) ? OWNER.name : '2026-05' } : {}),
    }),
  });
  expect(answers).toMatchObject({ status: 'ready', approvedBy: OWNER.name });
  const shown = view();
  expect(shown).toMatchObject({
    state: 'approved',
    stateWords: `${OWNER.name} approved it on June 1, 2026; it is not sent yet.`,
    next: { words: expect.stringContaining('Purser sends it as it was approved') },
  });
  expect(shown.steps.find(({ step }) => step === 'approved')?.state).toBe('done');
});

it('a sent month is looked at daily, for as long as the settings say so', async () => {
  await purser.sent();
  purser.clock.advance(399 * 86_400_000);
  expect(view('2026-05').next?.words).toContain('Once a day');
  purser.clock.advance(2 * 86_400_000);
  expect(view('2026-05').next).toBeNull();
  purser.at('2026-06-03', 9);
  await purser.setting('Watch sent months', '0');
  expect(view('2026-05').next).toBeNull();
});
