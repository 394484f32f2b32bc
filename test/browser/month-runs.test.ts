/** What people see of a run in the sidebar while it goes on, whoever began it. */
import type { ProgressView, SidebarView } from '../../src/sidebar/month/contract.ts';
import { PREPARED } from './month-answers.ts';
import { CLEAN, RUNNING, SENT } from './month-scenes.ts';
import { held, ok, sidebarOfEachTest } from './month-sidebar.ts';

const open = sidebarOfEachTest();

describe('a run', () => {
  it('that was begun elsewhere moves before one’s eyes, and the month is looked up when it has ended', async () => {
    let progress: ProgressView | null = RUNNING.running;
    let view: SidebarView = RUNNING;
    const { page, button, says, called } = await open(RUNNING, {
      sidebarView: () => ok(view),
      sidebarProgress: () => ok(progress),
    });
    const bar = page.getByRole('progressbar');
    expect(await bar.getAttribute('aria-valuetext')).toBe('Posting the month tab, 4 of 10');
    expect(await button('Check again').getAttribute('aria-disabled')).toBe('true');
    const now = page.locator('[aria-current="step"]');
    expect(await now.textContent()).toMatch(/^Posted/);
    progress = {
      month: '2026-05',
      step: 'sent',
      words: 'Sending',
      done: 9,
      of: 10,
      since: '2026-06-01T10:00:00Z',
    };
    await says('Sending');
    expect(await now.textContent()).toMatch(/^Sent/);
    expect(await page.getByRole('listitem').filter({ hasText: 'Filed' }).textContent()).toMatch(/done/);
    expect(await bar.getAttribute('aria-valuenow')).toBe('9');
    view = SENT;
    progress = null;
    await says('May 2026: sent.');
    expect(await bar.count()).toBe(0);
    expect(called('sidebarView')).toEqual([[null], ['2026-05']]);
    expect(await button('Check again').getAttribute('aria-disabled')).toBeNull();
  });

  it('that ends while another month is looked up does not take that month away', async () => {
    const april = held(ok({ ...SENT, month: '2026-04', label: 'April 2026' }));
    const asked = held(true);
    const ended = held(ok(null));
    const { page, says, called } = await open(RUNNING, {
      sidebarView: (month) => (month === '2026-04' ? april.answer : ok(RUNNING)),
      sidebarProgress: () => {
        asked.go();
        return ended.answer;
      },
    });
    await page.getByLabel('Month shown').selectOption('2026-04');
    await asked.answer;
    ended.go();
    // Long enough for the answer to come, and for what it would begin.
    await page.waitForTimeout(100);
    april.go();
    await says('April 2026: sent.');
    expect(called('sidebarView')).toEqual([[null], ['2026-04']]);
  });

  it('that has ended is looked up once, however long Google takes for it', async () => {
    const after = held(ok(SENT));
    const asked = held(true);
    const { page, says, called } = await open(RUNNING, {
      sidebarView(month) {
        if (month === null) return ok(RUNNING);
        asked.go();
        return after.answer;
      },
      sidebarProgress: () => ok(null),
    });
    await asked.answer;
    // Who comes back asks at once how far it is.
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.waitForTimeout(100);
    after.go();
    await says('May 2026: sent.');
    expect(called('sidebarProgress').length).toBeGreaterThan(1);
    expect(called('sidebarView')).toEqual([[null], ['2026-05']]);
  });

  it('of one’s own shows its steps, and nothing else can be begun meanwhile', async () => {
    const { answer, go } = held(ok(PREPARED));
    const { page, tab, button, says, called } = await open(CLEAN, {
      sidebarPrepare: () => answer,
      sidebarProgress: () =>
        ok({ month: '2026-05', step: 'collected', words: 'Reading charters', done: 1, of: 8, since: '' }),
    });
    await tab('Send').click();
    await button('Prepare').click();
    await says('Preparing May 2026…');
    await says('Reading charters');
    await tab('Month').click();
    await button('Check again').dispatchEvent('click');
    expect(await page.getByLabel('Month shown').isDisabled()).toBe(true);
    go();
    await says('May 2026: ready to send.');
    expect(called('sidebarCheck')).toEqual([]);
    await tab('Send').click();
    expect(await page.getByLabel('Your name').isVisible()).toBe(true);
  });
});
