/** What the clock starts: catches up, never sends what a person must look at, never sends twice. */
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth, handMail, OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const june = [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })];

/** May sent by a person, and the clock on the first of July. */
async function secondMonth(charters = june, settings: Record<string, string> = {}): Promise<void> {
  // June has one charter here, and nobody explains it.
  await purser.begin({ charters, settings: { 'Explain changes over': '', ...settings } });
  const report = purser.send();
  if (report.status !== 'sent') throw new Error(JSON.stringify(report.error ?? report.findings));
  purser.at('2026-07-01');
}

async function counts(): Promise<{ statements: number; notices: number }> {
  const mails = await purser.mails();
  const of = (kind: string): number => mails.filter((mail) => mail.kind === kind).length;
  return { statements: of('statement'), notices: of('notice') };
}

describe('the first statement ever', () => {
  it('waits for a person: the owner is told, at most once a day', async () => {
    await purser.begin();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    expect(await counts()).toEqual({ statements: 0, notices: 1 });
    const [notice] = await purser.mails('notice');
    expect(notice).toMatchObject({ to: [OWNER.email], cc: [], attachments: [] });
    expect(notice?.subject).toBe('Purser: May 2026 is ready to be sent');
    expect(notice?.text).toContain('Reportable revenue: $2,750.00');
    expect(notice?.text).toContain('Send statement…');
    for (const hour of [7, 8, 15, 23]) {
      purser.at('2026-06-01', hour);
      expect(purser.trigger('tick')).toBeNull();
    }
    expect(await counts()).toEqual({ statements: 0, notices: 1 });
    purser.at('2026-06-02', 6);
    expect(purser.trigger('tick')).toMatchObject({ status: 'ready' });
    expect(await counts()).toEqual({ statements: 0, notices: 2 });
  });

  it('that a person sends then is left alone by the clock', async () => {
    await purser.begin();
    purser.trigger('monthlyStatement');
    expect(purser.send()).toMatchObject({ status: 'sent' });
    purser.at('2026-06-02');
    expect(purser.trigger('tick')).toBeNull();
    expect(purser.trigger('monthlyStatement')).toBeNull();
    expect(await counts()).toEqual({ statements: 1, notices: 1 });
  });

  it('is not known as sent by April’s mail, which a person wrote', async () => {
    await purser.begin({ sent: [handMail('2026-04'), handMail('2026-03')] });
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
  });
});

describe('the second month', () => {
  it('is sent when it is clean, once, however often the clock strikes', async () => {
    await secondMonth();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'sent', month: '2026-06' });
    expect(purser.trigger('monthlyStatement')).toBeNull();
    expect(purser.trigger('tick')).toBeNull();
    purser.at('2026-07-02');
    expect(purser.trigger('tick')).toBeNull();
    expect(await counts()).toEqual({ statements: 2, notices: 0 });
  });

  it('is sent by the tick when Google skipped the monthly trigger', async () => {
    await secondMonth();
    purser.at('2026-07-03', 14);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', month: '2026-06' });
    expect(await counts()).toEqual({ statements: 2, notices: 0 });
  });

  it('that is held is told with its reasons, and sent on a later day once it is right', async () => {
    await secondMonth([
      ...cleanMonth(),
      charter('C-june', { month: '2026-06', date: '2026-06-09', revenueTotal: 1 }),
    ]);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'held' });
    const [notice] = await purser.mails('notice');
    expect(notice?.subject).toBe('Purser: June 2026 is held');
    expect(notice?.text).toContain('revenue-differs');
    await purser.recharter(june);
    purser.at('2026-07-02');
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
    expect(await counts()).toEqual({ statements: 2, notices: 1 });
  });

  it('with a warning waits for a person', async () => {
    await secondMonth([
      ...cleanMonth(),
      charter('C-june', { month: '2026-06', date: '2026-06-09', crew: ['cr-new'] }),
    ]);
    expect(purser.trigger('monthlyStatement')).toMatchObject({
      status: 'ready',
      findings: [{ code: 'crew-unknown' }],
    });
    expect(await counts()).toEqual({ statements: 1, notices: 1 });
  });

  it('of no revenue waits for a person', async () => {
    await secondMonth([
      ...cleanMonth(),
      charter('C-june', { month: '2026-06', date: '2026-06-09', status: 'cancelled', revenueTotal: 0 }),
    ]);
    expect(purser.trigger('monthlyStatement')).toMatchObject({
      status: 'ready',
      totals: { reportableCents: 0 },
    });
    expect(await counts()).toEqual({ statements: 1, notices: 1 });
  });

  it('waits where the owner wants to send everything by hand', async () => {
    await secondMonth(june, { 'Send automatically': 'never' });
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    expect(await counts()).toEqual({ statements: 1, notices: 1 });
  });

  it('is not sent when Sent has a mail that may be it: the owner is told', async () => {
    await secondMonth();
    await purser.deliver(handMail('2026-06', { text: 'PRSYYPK202606V1' }), ['SENT']);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown', month: '2026-06' });
    purser.at('2026-07-02');
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    expect(await counts()).toEqual({ statements: 1, notices: 2 });
  });

  it('has its statement day in the zone of the settings, not in the workbook’s', async () => {
    // Six hours behind New York.
    await secondMonth(june, { 'Time zone': 'Pacific/Honolulu' });
    purser.at('2026-07-01', 5);
    expect(purser.trigger('monthlyStatement')).toBeNull();
    purser.at('2026-07-01', 12);
    expect(purser.trigger('tick')).toBeNull();
    expect(await counts()).toEqual({ statements: 1, notices: 0 });
    purser.at('2026-07-01', 13);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', month: '2026-06' });
    expect(purser.trigger('tick')).toBeNull();
    expect(await counts()).toEqual({ statements: 2, notices: 0 });
  });

  it('is left alone before its statement day', async () => {
    await secondMonth(june, { 'Statement day': '5' });
    expect(purser.trigger('tick')).toBeNull();
    purser.at('2026-07-04', 23);
    expect(purser.trigger('tick')).toBeNull();
    expect(await counts()).toEqual({ statements: 1, notices: 0 });
    purser.at('2026-07-05', 6);
    expect(purser.trigger('tick')).toBeNull();
    purser.at('2026-07-05', 7);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  });
});

describe('trouble', () => {
  it('that keeps a month from being made is told to the owner, once a day', async () => {
    await secondMonth();
    await purser.faults({ host: 'dynamodb.', play: { unreachable: true } });
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'failed' });
    purser.trigger('tick');
    expect(await counts()).toEqual({ statements: 1, notices: 1 });
    const [notice] = await purser.mails('notice');
    expect(notice?.text).toContain('us-east-1');
    await purser.faults();
    purser.at('2026-07-02');
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  });

  it('with a setting is told to the owner too, with the cell', async () => {
    await secondMonth();
    await purser.setting('Statement day', 'first');
    purser.trigger('monthlyStatement');
    purser.trigger('tick');
    const notices = await purser.mails('notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain('Statement day');
  });

  it('of another run at work is no trouble: the next tick looks again', async () => {
    await secondMonth();
    const held = { owner: 'x', who: OWNER.email, sinceMs: 0, expiresMs: purser.clock.now() + 60_000 };
    purser.appsScript().properties('document').set('lease.statement', JSON.stringify(held));
    expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'run-in-progress' } });
    expect(await counts()).toEqual({ statements: 1, notices: 0 });
    purser.clock.advance(3_600_000);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  });

  it('of the notice itself changes nothing', async () => {
    await purser.begin();
    await purser.faults({
      host: 'gmail',
      match: 'messages/send',
      play: { answer: { status: 400, body: '{}' } },
    });
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    expect(await counts()).toEqual({ statements: 0, notices: 0 });
  });
});

it('a notice never counts as the month’s statement', async () => {
  await purser.begin();
  purser.trigger('monthlyStatement');
  expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
  purser.at('2026-07-01');
  await purser.recharter(june);
  expect(purser.trigger('monthlyStatement')).toMatchObject({
    to: ['grace@partner.example', 'rene@partner.example'],
  });
});

it('fires by its own triggers on the first at six, New York time', async () => {
  await secondMonth();
  purser.at('2026-06-30', 23);
  purser.appsScript().fireDue();
  expect(await counts()).toEqual({ statements: 1, notices: 0 });
  purser.at('2026-07-01', 7);
  const fired = purser.appsScript().fireDue();
  expect(fired.map(({ trigger, error }) => [trigger.handler, error])).toEqual(
    expect.arrayContaining([
      ['monthlyStatement', null],
      ['tick', null],
    ]),
  );
  expect(await counts()).toEqual({ statements: 2, notices: 0 });
});
