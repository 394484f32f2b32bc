/** From the sidebar a statement goes out once, certified by somebody; and a doubt is settled by somebody. */
import { AGAIN, ALL_SENT, PREPARED, SEAL, SHA256 } from './month-answers.ts';
import { CLEAN, UNKNOWN } from './month-scenes.ts';
import { held, ok, sidebarOfEachTest } from './month-sidebar.ts';

const open = sidebarOfEachTest();

describe('sending', () => {
  it('goes by the keyboard alone, from the first view to the result', async () => {
    const { page, tabTo, says, focused, called } = await open(CLEAN, { sidebarSend: () => ok(ALL_SENT) });
    await tabTo(/^Month shown/);
    await tabTo('Month');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Send');
    await tabTo('Prepare');
    await page.keyboard.press('Enter');
    await page.getByLabel('Your name').waitFor();
    // The button is gone; the focus is at the beginning of what came instead.
    expect(await focused()).toBe('Send May 2026');
    await tabTo('Your name');
    await page.keyboard.type('  Nora Field ');
    await page.keyboard.press('Enter');
    await says('May 2026: sent.');
    expect(called('sidebarSend')).toEqual([
      ['2026-05', { sha256: SHA256, seal: SEAL, name: 'Nora Field', sendNow: true }],
    ]);
    expect(await focused()).toBe('Send May 2026');
    expect(await page.getByRole('link', { name: /^Mail in Sent/ }).isVisible()).toBe(true);
  });

  it('happens once, however often and quickly the button is clicked', async () => {
    const { answer, go } = held(ok(ALL_SENT));
    const { page, tab, button, clickTwice, says, called } = await open(CLEAN, { sidebarSend: () => answer });
    await tab('Send').click();
    await clickTwice('Prepare');
    await page.getByLabel('Your name').fill('Nora Field');
    await clickTwice(/^Certify and send/);
    await says('Sending May 2026…');
    await button(/^Certify and send/).dispatchEvent('click');
    await page.getByLabel('Your name').press('Enter');
    go();
    await says('May 2026: sent.');
    expect(called('sidebarPrepare')).toHaveLength(1);
    expect(called('sidebarSend')).toHaveLength(1);
  });

  it('needs a name, and says so at the field', async () => {
    const { page, tab, button, focused, called } = await open(CLEAN);
    await tab('Send').click();
    await button('Prepare').click();
    await button('Certify and send to 3 people').click();
    await page.getByText('Type your name: it stands under the sentence above.').waitFor();
    expect(await focused()).toBe('Your name');
    expect(called('sidebarSend')).toEqual([]);
  });

  it('shows who is new, who is dropped, and the file’s whole hash when asked', async () => {
    const { page, tab, button } = await open(CLEAN);
    await tab('Send').click();
    await button('Prepare').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'ines.calloway' })
      .filter({ hasText: 'new' })
      .waitFor();
    const dropped = page.getByRole('list', { name: 'Got the last one, not this one' });
    expect(await dropped.textContent()).toBe('former.partner@old.exampledropped');
    expect(await page.getByText(SHA256).count()).toBe(0);
    await button('Show whole SHA-256').click();
    expect(await page.getByText(SHA256).isVisible()).toBe(true);
  });

  it('can be approved for the clock instead', async () => {
    const { page, tab, button, says, called } = await open(CLEAN, {
      sidebarSend: () =>
        ok({ ...PREPARED, view: { ...CLEAN, state: 'approved', stateWords: 'Nora Field approved it.' } }),
    });
    await tab('Send').click();
    await button('Prepare').click();
    await page.getByLabel('Your name').fill('Nora Field');
    await page.getByLabel(/^Approve it/).check();
    await button('Certify and approve').click();
    await says('May 2026: approved.');
    expect(called('sidebarSend')).toEqual([
      ['2026-05', { sha256: SHA256, seal: SEAL, name: 'Nora Field', sendNow: false }],
    ]);
  });

  it('that failed is looked at before it is repeated', async () => {
    const { page, tab, button, called } = await open(CLEAN, {
      sidebarSend: () => {
        throw new Error('Service error: Spreadsheets');
      },
    });
    await tab('Send').click();
    await button('Prepare').click();
    await page.getByLabel('Your name').fill('Nora Field');
    await button(/^Certify and send/).click();
    await page.getByRole('alert').filter({ hasText: 'Nobody knows whether it was done' }).waitFor();
    await button('Look again').click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(called('sidebarSend')).toHaveLength(1);
    expect(called('sidebarView')).toEqual([[null], ['2026-05']]);
  });
});

describe('a mail that may be out', () => {
  it('is told to be sent only after a second question', async () => {
    const { page, button, says, focused, called } = await open(UNKNOWN, {
      sidebarResolve: () => ok(ALL_SENT),
    });
    await button('Settle it').click();
    expect(await focused()).toBe('Send');
    await page.getByText('Sent has no mail with the code').waitFor();
    await button('It was sent').click();
    expect(called('sidebarResolve')).toEqual([]);
    await button('Yes, it was sent').click();
    await says('May 2026: sent.');
    expect(called('sidebarResolve')).toEqual([['2026-05', 'sent', null]]);
  });

  it('of one month is not taken for that of another, which has its own second question', async () => {
    const { page, tab, button } = await open(UNKNOWN, {
      sidebarView: (month) => ok(month === '2026-04' ? { ...UNKNOWN, month, label: 'April 2026' } : UNKNOWN),
    });
    await tab('Send').click();
    await button('It was sent').click();
    await button('Yes, it was sent').waitFor();
    await page.getByLabel('Month shown').selectOption('2026-04');
    await page.getByRole('heading', { name: 'Send April 2026' }).waitFor();
    expect(await button('Yes, it was sent').count()).toBe(0);
  });

  it('is sent again only when it is certified anew', async () => {
    const { page, tab, button, says, called } = await open(UNKNOWN, {
      sidebarResolve: (_month, _verdict, certified) => ok(certified === null ? AGAIN : ALL_SENT),
    });
    await tab('Send').click();
    await button('Send again').click();
    await page.getByText('everybody gets the statement twice').waitFor();
    await page.getByLabel('Your name').fill('Nora Field');
    await button('Certify and send again to 3 people').click();
    await says('May 2026: sent.');
    expect(called('sidebarResolve')).toEqual([
      ['2026-05', 'again', null],
      ['2026-05', 'again', { sha256: SHA256, seal: SEAL, name: 'Nora Field', sendNow: true }],
    ]);
    expect(called('sidebarSend')).toEqual([]);
  });

  it('can’t be sent again while it may still turn up in Sent', async () => {
    const againFrom = new Date(Date.now() + 3_600_000).toISOString();
    const unknown = { evidence: ['It was tried a minute ago.'], againFrom };
    const { page, tab, button, called } = await open({ ...UNKNOWN, unknown });
    await tab('Send').click();
    const again = button('Send again');
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await again.dispatchEvent('click');
    expect(await page.getByText('until then the first mail may still turn up').isVisible()).toBe(true);
    expect(called('sidebarResolve')).toEqual([]);
  });
});
