/** What people do in the sidebar: look into findings, reconnect, set up; and what they read when it fails. */
import type { SidebarView } from '../../src/sidebar/month/contract.ts';
import { ACCOUNTS, CHECKED_HELD, PREPARED } from './month-answers.ts';
import { CLEAN, HELD, SENT } from './month-scenes.ts';
import { bad, held, ok, sidebarOfEachTest } from './month-sidebar.ts';

const open = sidebarOfEachTest();

describe('findings', () => {
  it('are accepted with a reason and a name, which is remembered', async () => {
    const [first] = HELD.findings;
    const { page, button, says, focused, called } = await open(HELD, {
      sidebarAccept: (_month, { reason, name }) =>
        ok({
          ...HELD,
          findings: HELD.findings.map((one) =>
            one.key === first?.key ? { ...one, accepted: { by: name, reason } } : one,
          ),
        }),
    });
    expect(await page.getByRole('tab', { name: /^Month/ }).textContent()).toMatch(/3/);
    await button(/^Accept with a reason: Blue Heron, May 16/).click();
    expect(await focused()).toBe('Why it is right as it is');
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/^Accept with a reason: Blue Heron, May 16/);
    await page.keyboard.press('Enter');
    await page.getByLabel('Why it is right as it is').fill('A child paid half.');
    await page.getByLabel('Your name').fill('Nora Field');
    await page.keyboard.press('Enter');
    await says('Accepted. May 2026: held.');
    expect(called('sidebarAccept')).toEqual([
      ['2026-05', { key: first?.key, reason: 'A child paid half.', name: 'Nora Field' }],
    ]);
    expect(await page.getByText('Accepted by Nora Field: A child paid half.').isVisible()).toBe(true);
    expect(await focused()).toBe('Findings');
    await button(/^Accept with a reason: Kestrel, May 21/).click();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Nora Field');
  });

  it('that no reason makes right offer none, and a month of many shows them in parts', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      key: 'same',
      code: 'regions-differ',
      severity: 'block' as const,
      words: `Charter ${index + 1}: the regions do not agree.`,
      cents: null,
      charterId: null,
      links: [],
      mayAccept: false,
      accepted: null,
    }));
    const { page, button } = await open({ ...HELD, findings: many, moreFindings: 261 });
    expect(await button(/^Accept/).count()).toBe(0);
    expect(await page.getByText('the regions do not agree').count()).toBe(15);
    await button('Show all 300 findings').click();
    expect(await page.getByText('the regions do not agree').count()).toBe(300);
    expect(await page.getByText(/^261 more, .* Audit tab\.$/).isVisible()).toBe(true);
  });

  it('are led to when they stop the statement', async () => {
    const { page, tab, button, focused } = await open(HELD, { sidebarPrepare: () => ok(CHECKED_HELD) });
    await tab('Send').click();
    await button('Prepare').click();
    await page.getByText('You can still make the tab').waitFor();
    await button('See the findings').click();
    expect(await focused()).toMatch(/^Month/);
    expect(await page.getByRole('heading', { name: /^Stops the statement/ }).isVisible()).toBe(true);
  });
});

describe('a call that fails', () => {
  it('at the very beginning is said, and can be tried again', async () => {
    let refused = true;
    const { page, button } = await open(CLEAN, {
      sidebarView: () => {
        if (refused) throw new Error('We’re sorry. Error code PERMISSION_DENIED.');
        return ok(CLEAN);
      },
    });
    expect(await page.getByRole('alert').textContent()).toContain('signed in to several Google accounts');
    refused = false;
    await button('Try again').click();
    await page.getByRole('tablist').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('gives its words as the server has them, and repeats the same on “Try again”', async () => {
    let down = true;
    const { page, button, says, called } = await open(CLEAN, {
      sidebarCheck: () => (down ? bad('region-down', 'us-east-1 did not answer.', 'Wait.') : ok(PREPARED)),
    });
    await button('Check again').click();
    expect(await page.getByRole('alert').textContent()).toMatch(/us-east-1 did not answer\.\s*Wait\./);
    down = false;
    await button('Try again').click();
    await says('May 2026: ready to send.');
    expect(called('sidebarCheck')).toEqual([['2026-05'], ['2026-05']]);
  });

  it('with nothing at all, or with what the sidebar can’t show, is said in words too', async () => {
    const broken = { ...CLEAN, steps: null } as unknown as SidebarView;
    const { page, button } = await open(CLEAN, {
      sidebarCheck: () => null as unknown as ReturnType<typeof bad>,
      sidebarView: (month) => ok(month === null ? CLEAN : broken),
    });
    await button('Check again').click();
    await page.getByRole('alert').filter({ hasText: 'Google gave back an empty answer.' }).waitFor();
    await page.getByLabel('Month shown').selectOption('2026-04');
    await page.getByRole('alert').filter({ hasText: 'The sidebar made a mistake of its own' }).waitFor();
    await button('Try again').click();
    await page.getByRole('tablist').waitFor();
  });
});

it('the picker keeps the month that was chosen while it is looked up, and the newest choice counts', async () => {
  const april = held(ok({ ...SENT, month: '2026-04', label: 'April 2026' }));
  const { page, says } = await open(CLEAN, {
    sidebarView: (month) => (month === '2026-04' ? april.answer : ok(CLEAN)),
  });
  const picker = page.getByLabel('Month shown');
  await picker.selectOption('2026-04');
  await says('Looking up April 2026…');
  expect(await picker.inputValue()).toBe('2026-04');
  await picker.selectOption('2026-05');
  await says('May 2026: ready to send.');
  april.go();
  // Long enough for the late answer to come.
  await page.waitForTimeout(50);
  expect(await page.getByRole('heading', { name: 'May 2026' }).isVisible()).toBe(true);
  await picker.selectOption('2026-04');
  await says('April 2026: sent.');
  expect(await page.getByRole('heading', { name: 'April 2026' }).isVisible()).toBe(true);
});

it('another person sees the month and whom to ask, and can begin nothing', async () => {
  const { page, tab, button } = await open({
    ...HELD,
    mayRun: false,
    ownerWords: 'Ask nora@harbor.example.',
  });
  expect(await page.getByText('Ask nora@harbor.example.').isVisible()).toBe(true);
  expect(await button(/^(Check|Accept|Go to)/).count()).toBe(0);
  await tab('Send').click();
  expect(await page.getByText('Ask nora@harbor.example.').isVisible()).toBe(true);
  expect(await button(/./).count()).toBe(0);
});

it('an account that must be connected again leads to Google, and is looked at anew on the way back', async () => {
  let lines = ACCOUNTS.lines;
  const { page, tab, dialog } = await open(CLEAN, { sidebarAccounts: () => ok({ lines }) });
  await tab('Accounts').click();
  const link = page.getByRole('link', { name: /^Reconnect bookings@harbor\.example/ });
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.close();
  lines = lines.map((line) => ({ ...line, state: 'good', stateWords: 'Connected', reconnectUrl: null }));
  await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
  await link.waitFor({ state: 'detached' });
  expect(dialog.fetched).toEqual(['https://accounts.google.com/o/oauth2/v2/auth?x=1']);
});

it('accounts are looked up for nobody, and anew for whoever comes back later', async () => {
  const { page, tab, called } = await open(CLEAN);
  const turn = (to: 'hidden' | 'visible'): Promise<unknown> =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${to}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
  await page.clock.install();
  await tab('Accounts').click();
  await page.getByText('Session ends').waitFor();
  await turn('hidden');
  await page.clock.fastForward('10:00');
  await page.clock.fastForward('10:00');
  expect(called('sidebarAccounts')).toHaveLength(1);
  await turn('visible');
  await page.waitForTimeout(100);
  expect(called('sidebarAccounts')).toHaveLength(2);
});

it('the points of the checklist are tested one by one, and told while an error stands over them', async () => {
  const { answer, go } = held(
    ok({ id: 'settings', title: 'Settings', state: 'good', words: [], fix: '', links: [] } as const),
  );
  const { page, tab, button, clickTwice, says, called } = await open(CLEAN, {
    sidebarTest: () => answer,
    sidebarCheck: () => bad('region-down', 'us-east-1 did not answer.'),
  });
  await button('Check again').click();
  await page.getByRole('alert').waitFor();
  await tab('Set up').click();
  expect(await page.getByRole('tabpanel').getByLabel('Month', { exact: true }).inputValue()).toBe('2026-05');
  expect(await page.getByLabel('Its tab').inputValue()).toBe('May 2026');
  const offered = `[...document.getElementById('again-tab').list.options].map(({ value }) => value)`;
  expect(await page.evaluate(offered)).toEqual(['Template', 'April 2026', 'May 2026']);
  await clickTwice('Test: Settings');
  await says('Testing: Settings…');
  await button('Test: Template').dispatchEvent('click');
  go();
  await says('Settings: good.');
  expect(called('sidebarTest')).toEqual([['settings']]);
  expect(await page.getByText('1 of 8 are good, 7 not tested yet.').isVisible()).toBe(true);
});
