/** A mail that may be out, resolved from the sidebar: by what Sent has, or by a person who sees what is known. */
import type { RunOptions } from '../../scripts/local/apps-script/apps-script.ts';
import type { Fault } from '../../scripts/local/contract.ts';
import type { CheckedMonth, MailView } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import { cleanMonth, OWNER, PARTNERS } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import type { Calls } from './sidebar-calls.ts';
import { resultOf, sidebarOf } from './sidebar-calls.ts';

let purser: Purser;
let call: Calls;
beforeAll(async () => {
  purser = await openPurser();
  call = sidebarOf(purser);
});
afterEach(() => purser.appsScript().direct(null));

const MONTH = '2026-05';
const RECORD = 'outbox.statement.2026-05.V1';

const check = (): CheckedMonth => resultOf(call('sidebarCheck', MONTH));
const prepare = (): CheckedMonth => resultOf(call('sidebarPrepare', MONTH));
const statements = async (): Promise<number> => (await purser.mails('statement')).length;
const document = () => purser.appsScript().properties('document');

function mailOf({ mail }: CheckedMonth): MailView & { readonly sha256: string } {
  if (mail === null || mail.sha256 === null) throw new Error('There is no mail with a file.');
  return { ...mail, sha256: mail.sha256 };
}

function certified(from: CheckedMonth, more: { readonly name?: string; readonly sendNow?: boolean } = {}) {
  const { sha256, seal } = mailOf(from);
  return { sha256, seal, name: OWNER.name, sendNow: true, ...more };
}

describe('a mail that may be out', () => {
  const noAnswer = { status: 502, body: 'Bad Gateway' };

  /** @param play whether Gmail has the mail all the same, or never saw it */
  async function unsure(play: Fault['play'] = { answer: noAnswer }): Promise<void> {
    await purser.begin();
    const ready = prepare();
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    const sent = resultOf(call('sidebarSend', MONTH, certified(ready)));
    await purser.faults();
    expect(sent).toMatchObject({ status: 'unknown', error: null, view: { state: 'unknown' } });
    // What the menu's dialog advises would send people away from the buttons beside it.
    expect(sent.view.unknown?.evidence[0]).toBe('Gmail did not answer clearly.');
  }

  it('that Sent has after all is sent, and a look is enough to find it', async () => {
    await unsure({ lost: noAnswer });
    expect(prepare()).toMatchObject({
      status: 'sent',
      alreadySent: true,
      view: { state: 'sent', unknown: null },
    });
    expect(await statements()).toBe(1);
  });

  it('is told with what is known of it, and can’t be sent again before a look into Sent can have found it', async () => {
    await unsure();
    const { unknown, steps } = resultOf(call('sidebarView', MONTH));
    expect(unknown?.evidence.join(' ')).toContain('It was last tried on June 1, 2026, 06:00');
    expect(unknown?.againFrom).toBe('2026-06-01T10:15:00.000Z');
    expect(steps.at(-1)).toMatchObject({ step: 'sent', state: 'stopped' });
    expect(call('sidebarResolve', MONTH, 'again', null)).toMatchObject({
      ok: false,
      error: { code: 'send-again-too-early', now: expect.stringContaining('quarter of an hour') },
    });
    expect(await statements()).toBe(0);
    expect(prepare()).toMatchObject({ status: 'unknown', mail: null, view: { state: 'unknown' } });
  });

  it('of a run that Apps Script ended while it sent is going out as long as that may be, and then in doubt', async () => {
    await purser.begin();
    const ready = prepare();
    purser
      .appsScript()
      .direct(({ requests }) =>
        requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'before' } : null,
      );
    expect(() => call('sidebarSend', MONTH, certified(ready))).toThrow();
    purser.appsScript().direct(null);
    expect(resultOf(call('sidebarView', MONTH))).toMatchObject({ state: 'sending', unknown: null });
    purser.clock.advance(8 * 60_000);
    const shown = resultOf(call('sidebarView', MONTH));
    expect(shown).toMatchObject({ state: 'unknown', running: null });
    expect(shown.unknown?.againFrom).toBe('2026-06-01T10:15:00.000Z');
  });

  it('is done when a person says that it was sent', async () => {
    await unsure();
    const done = resultOf(call('sidebarResolve', MONTH, 'sent', null));
    expect(done).toMatchObject({ status: 'sent', view: { state: 'sent', unknown: null } });
    expect(done.view.stateWords).toContain(`as ${OWNER.email} said`);
    expect(rowValues(await purser.tab('Purser register'), 2).C).toBe('sent');
    expect(await statements()).toBe(0);
  });

  it('goes again once it can have been found and was not, certified anew; until then it stays in doubt', async () => {
    await unsure();
    purser.at('2026-06-01', 9);
    expect(resultOf(call('sidebarView', MONTH)).unknown?.againFrom).toBeNull();
    const ready = resultOf(call('sidebarResolve', MONTH, 'again', null));
    expect(ready).toMatchObject({ status: 'ready', view: { state: 'unknown' } });
    expect(await statements()).toBe(0);
    const sent = resultOf(call('sidebarResolve', MONTH, 'again', certified(ready)));
    expect(sent).toMatchObject({ status: 'sent', view: { state: 'sent' } });
    expect(await statements()).toBe(1);
  });

  it('of a statement approved for later is looked at before it goes again', async () => {
    await purser.begin();
    resultOf(call('sidebarSend', MONTH, certified(prepare(), { sendNow: false })));
    purser
      .appsScript()
      .direct(({ requests }) =>
        requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'before' } : null,
      );
    purser.at('2026-06-01', 9);
    expect(() => purser.trigger('tick')).toThrow();
    purser.appsScript().direct(null);
    purser.at('2026-06-01', 12);
    const ready = resultOf(call('sidebarResolve', MONTH, 'again', null));
    expect(await statements()).toBe(0);
    expect(ready).toMatchObject({ status: 'ready', view: { state: 'unknown' } });
    expect(resultOf(call('sidebarResolve', MONTH, 'again', certified(ready))).status).toBe('sent');
    expect(await statements()).toBe(1);
  });

  it('whose record is lost and that the register calls unknown can be resolved', async () => {
    await unsure();
    document().delete(RECORD);
    purser.at('2026-06-01', 9);
    const shown = resultOf(call('sidebarView', MONTH));
    expect(shown).toMatchObject({ state: 'unknown', unknown: { againFrom: null } });
    expect(resultOf(call('sidebarResolve', MONTH, 'sent', null)).status).toBe('sent');
  });

  it('of a month of which nothing is in doubt there is nothing to say, and nothing is run for it', async () => {
    await purser.begin();
    for (const verdict of ['sent', 'again'] as const) {
      const answer = call('sidebarResolve', MONTH, verdict, null);
      expect(answer).toMatchObject({ ok: false, error: { code: 'nothing-to-resolve' } });
    }
    const none = purser.appsScript().call('sidebarResolve', [MONTH, 'maybe', null]);
    expect(none).toMatchObject({ ok: false, error: { code: 'call-malformed' } });
    expect((await purser.titles()).includes('May 2026')).toBe(false);
  });
});

describe('a corrected statement whose mail may be out', () => {
  it('is in view in place of the first one, and is resolved as what it is', async () => {
    await purser.begin({ settings: { 'Statement recipients': PARTNERS.join(', ') } });
    expect(resultOf(call('sidebarSend', MONTH, certified(prepare()))).status).toBe('sent');
    purser.at('2026-06-03', 9);
    const [first, ...others] = cleanMonth();
    await purser.recharter([{ ...first, refund: 125, revenueTotal: 875 }, ...others]);
    const checked = check();
    expect(checked).toMatchObject({ status: 'sent', alreadySent: true, bridge: null, mail: null });
    expect(checked.view.stateWords).toContain('Changed after sending: today it comes to $2,625.00');
    expect(checked.view).toMatchObject({ version: 1, figures: { reportableCents: 275_000 } });

    const play = { answer: { status: 502, body: 'Bad Gateway' } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    const answers: RunOptions['answers'] = ({ kind, message }) => ({
      button: kind === 'prompt' ? 'OK' : 'YES',
      ...(kind === 'prompt' ? { text: /certify/.test(message) ? OWNER.name : MONTH } : {}),
    });
    expect(purser.appsScript().run('sendCorrection', [], { answers })).toMatchObject({ status: 'unknown' });
    await purser.faults();
    expect(resultOf(call('sidebarView', MONTH))).toMatchObject({ state: 'unknown', version: 2 });
    purser.at('2026-06-03', 12);
    const ready = resultOf(call('sidebarResolve', MONTH, 'again', null));
    expect(mailOf(ready).text).toContain('corrected statement');
    const sent = resultOf(call('sidebarResolve', MONTH, 'again', certified(ready)));
    expect(sent).toMatchObject({
      status: 'sent',
      view: { state: 'sent', version: 2, figures: { reportableCents: 262_500 } },
    });
    expect(sent.view.stateWords).toContain('Sent as corrected statement, version 2, on June 3, 2026');
    expect(await statements()).toBe(2);
  });
});
