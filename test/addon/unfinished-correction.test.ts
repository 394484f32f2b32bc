/** A corrected statement that does not come to its end, or for which there is nothing: one mail at most, and the way on is named. */
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { findCell } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { correctedMonth, header, may, REFUNDED, REGISTER, V1, V2 } from './corrected-month.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const { correct, keptTabs, killAt, protectionsOf, register, reportable, sentMay, statements } =
  correctedMonth(() => purser);

describe('a run of version 2 that does not come to its end', () => {
  const twice = async (): Promise<void> => {
    expect(correct()).toMatchObject({ status: 'sent', statementCode: V2, findings: [] });
    expect(await keptTabs()).toEqual(['Audit May 2026 v1', 'May 2026 v1']);
    expect(await Promise.all(['May 2026', 'May 2026 v1'].map(reportable))).toEqual([2625, 2750]);
    expect((await statements()).map((mail) => header(mail, 'x-purser-statement'))).toEqual([V1, V2]);
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
  };

  it.each(['before', 'after'] as const)(
    'killed %s the upload to Drive goes on: version 1 is kept once, and one mail goes out',
    async (when) => {
      await sentMay();
      await purser.recharter(REFUNDED);
      killAt('/upload/drive/', when);
      expect(() => correct()).toThrow();
      purser.appsScript().direct(null);
      expect(await reportable('May 2026 v1')).toBe(2750);
      expect(await statements()).toHaveLength(1);
      purser.at('2026-06-03', 11);
      await twice();
    },
  );

  it('killed right after the mail went out says so when it is looked at again; the register follows', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    killAt('messages/send', 'after');
    expect(() => correct()).toThrow();
    purser.appsScript().direct(null);
    purser.at('2026-06-03', 11);
    expect(correct()).toMatchObject({ status: 'sent', alreadySent: true, statementCode: V2 });
    expect(await statements()).toHaveLength(2);
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
  });

  it('killed before the register was written leaves that to whoever looks at the month next', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    let isOut = false;
    purser.appsScript().direct(({ requests }: HostCall) => {
      if (isOut && requests.length > 0) return { killed: 'before' };
      isOut ||= requests.some(({ url }) => url.includes('messages/send'));
      return null;
    });
    expect(() => correct()).toThrow();
    purser.appsScript().direct(null);
    expect((await register()).map(([, , status]) => status)).toEqual(['sent']);
    purser.at('2026-06-03', 11);
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
    expect(await protectionsOf('May 2026')).toEqual([
      expect.stringContaining(V2),
      expect.stringContaining(V2),
    ]);
    expect(await statements()).toHaveLength(2);
  });

  it('to which the person says no sends nothing, and no trigger sends it later', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    expect(correct({ yes: false })).toMatchObject({ status: 'ready', version: 2 });
    purser.at('2026-06-04', 9);
    purser.trigger('tick');
    purser.trigger('monthlyStatement');
    expect(await statements()).toHaveLength(1);
    await twice();
  });
});

describe('a corrected statement that was certified and then cut off', () => {
  const cutOff = (): RunReport =>
    correct({
      answers: ({ message }) => {
        if (/certify/.test(message)) purser.clock.advance(280_000);
        return null;
      },
    });

  it('goes out by itself with its approval printed, though its hidden tabs were there already', async () => {
    await sentMay();
    await purser.type('Template', 'A24', 'Approved by {{approved.by}}');
    await purser.recharter(REFUNDED);
    expect(cutOff()).toMatchObject({ error: { code: 'time-budget-spent' } });
    purser.clock.advance(120_000);
    expect(purser.trigger('continueRun')).toMatchObject({ status: 'sent', version: 2 });
    expect(await statements()).toHaveLength(2);
    expect(findCell(await purser.tab('May 2026'), /^Approved by/).cell.input).toBe(
      `Approved by ${OWNER.name}`,
    );
  });

  it('and then void is told of as the corrected statement, with the menu item that makes one', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    cutOff();
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    purser.clock.advance(120_000);
    expect(purser.trigger('continueRun')).toMatchObject({ version: 2, error: { code: 'approval-void' } });
    const [notice] = (await purser.mails('notice')).slice(-1);
    expect(notice?.headers.get('subject')).toBe(
      'Purser: the corrected statement for May 2026 could not be sent',
    );
    expect(notice?.text).toContain('Corrected statement…');
    expect(notice?.text).not.toContain('Send statement…');
    expect(await statements()).toHaveLength(1);
  });
});

it('a corrected statement that may be out is forgotten once a person says it is not and nothing is to be corrected', async () => {
  await sentMay();
  await purser.recharter(REFUNDED);
  killAt('messages/send', 'before');
  expect(() => correct()).toThrow();
  purser.appsScript().direct(null);
  await purser.recharter(may());
  purser.at('2026-06-03', 12);
  const kept = () => purser.appsScript().properties('document').has('outbox.statement.2026-05.V2');
  expect(kept()).toBe(true);
  const answers: Choices['answers'] = ({ message }) =>
    /Yes: it was sent/.test(message) ? { button: 'NO' } : null;
  expect(correct({ answers })).toMatchObject({ error: { code: 'nothing-changed' } });
  expect(kept()).toBe(false);
});

describe('there is nothing to correct', () => {
  it('in a month that has not been sent', async () => {
    await purser.begin({ charters: may() });
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'not-sent-yet' } });
  });

  it.each(['its record is lost', 'its record says no more than that'])(
    'in one that is known as sent while %s: it says what to do by hand, and not to send it first',
    async (what) => {
      await sentMay();
      const document = purser.appsScript().properties('document');
      const key = 'outbox.statement.2026-05.V1';
      const { statement: _lost, ...rest } = JSON.parse(document.get(key) ?? '{}');
      if (what === 'its record is lost') document.delete(key);
      else {
        document.set(key, JSON.stringify(rest));
        await purser.type(REGISTER, 'C2', '');
      }
      await purser.recharter(REFUNDED);
      const report = correct();
      expect(report).toMatchObject({ status: 'failed', error: { code: 'outbox-missing' } });
      expect(report.error?.message).toContain('that May 2026 was sent, but');
      expect(report.error?.message).toContain('“correction” in the tab “Purser adjustments”');
      expect(report.error?.message).not.toContain('Send statement…');
    },
  );

  it('and the log says so of the corrected statement, as the person reads it', async () => {
    await sentMay();
    expect(correct()).toMatchObject({ status: 'failed', version: 2, error: { code: 'nothing-changed' } });
    const { cells } = await purser.tab('Purser log');
    expect(Object.values(cells).map(({ value }) => value)).toContainEqual(
      expect.stringContaining('May 2026’s corrected statement could not be finished.'),
    );
  });

  it('in one that comes to what was sent, whatever the settings say now: its tab stays as it is', async () => {
    await sentMay();
    await purser.setting('Standard rate', '150.00');
    const before = await purser.tab('May 2026');
    const titles = await purser.titles();
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
    expect(await purser.tab('May 2026')).toEqual(before);
    expect(await purser.titles()).toEqual(titles);
    expect(await statements()).toHaveLength(1);
  });
});
