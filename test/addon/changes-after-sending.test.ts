/** “Changes after sending…”: what a person decides about a month that changed since it was sent. */
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { codes } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { FIRST, JUNE, may, REFUNDED, watchedMonth } from './watched-month.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const { adjustments, correct, decide, findingsCell, sentMay, tickOn, told, watched } = watchedMonth(
  () => purser,
);

describe('the owner, who chooses “Changes after sending…”', () => {
  it('is told when there is none', async () => {
    await sentMay();
    expect(decide({}).at(-1)).toMatch(/^May 2026 is as it was sent/);
  });

  it('is told when nothing was sent yet', async () => {
    await purser.begin();
    expect(decide({ month: '2026-05' }).at(-1)).toMatch(/sent no statement for 2026-05/);
  });

  it('sees what changed without waiting for the day’s look, and is not told of it again', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const [, shown] = decide({});
    expect(shown).toContain(`${FIRST} (2026-05-03, Vessel ${FIRST}): refund $0.00 → $125.00 (-$125.00)`);
    tickOn('2026-06-03');
    expect(await told()).toEqual([]);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
  });

  it('carries it into the next month: once, as a line there, and May stays as it was sent', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    const said = decide({ carry: true });
    expect(said.at(-2)).toMatch(/^Carry -\$125\.00 into June 2026\?/);
    expect(await adjustments()).toEqual([
      {
        A: '2026-06',
        B: FIRST,
        C: 'correction',
        D: -125,
        E: expect.stringMatching(
          /^Change to May 2026 after it was sent \(PRS\w{4}202605V1\): refund \$0\.00 → \$125\.00$/,
        ),
        F: OWNER.email,
      },
    ]);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; carried into June 2026)');
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    tickOn('2026-06-04');
    expect(await adjustments()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
    purser.at('2026-07-01');
    const report = purser.send('2026-06');
    expect(codes(report)).not.toContain('changed-after-sending');
    expect(report).toMatchObject({ status: 'sent', totals: { reportableCents: 87_500 } });
    for (const hour of [8, 9]) tickOn('2026-07-02', hour);
    for (const month of ['2026-05', '2026-06'])
      expect(watched(month)).toMatchObject({ open: null, lookedOn: '2026-07-02' });
  });

  it('is not asked again when everything ended before the choice was written down', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    decide({ carry: true });
    const state = {
      ...watched(),
      choice: null,
      open: { hash: 'h', deltaCents: -12_500, summary: '', lines: [] },
    };
    purser.appsScript().properties('document').set('watch.2026-05', JSON.stringify(state));
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    expect(await adjustments()).toHaveLength(1);
    expect(watched().open).toBeNull();
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; carried)');
  });

  it('whose rows were written though Google’s answer was lost: they are not written again', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const lost = { status: 500, body: '{}' };
    await purser.faults({ host: 'sheets.googleapis.com', match: ':append', times: 1, play: { lost } });
    expect(decide({ carry: true }).at(-1)).toMatch(/Carry a change/);
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
    expect(decide({ carry: true }).at(-1)).toMatch(/^Nothing of May 2026 .* is open/);
    expect(await adjustments()).toHaveLength(1);
    expect(watched().open).toBeNull();
  });

  it('a further change after that is a new one, of which only the rest is open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    await purser.recharter([...may({ refund: 200 }), JUNE]);
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -7_500 });
    decide({ carry: true });
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, -75]);
    await purser.recharter([...may(), JUNE]);
    tickOn('2026-06-04');
    expect(watched().open).toMatchObject({ deltaCents: 20_000 });
    decide({ carry: true });
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, -75, 200]);
    tickOn('2026-06-05');
    expect(watched().open).toBeNull();
    expect(await findingsCell()).toBe('');
  });

  it('opens it again by taking the carried row out', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    for (const column of 'ABCDEF') await purser.type('Purser adjustments', `${column}2`, '');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });

  it('leaves it as it is, with a reason, until something else changes', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    decide({ reason: 'Paid from the tip jar (again)' });
    expect(await findingsCell()).toMatch(
      /^changed-after-sending -\$125\.00 \(1 charter; left as it is by nora@harbor\.example: Paid from the tip jar +again *\)$/,
    );
    tickOn('2026-06-04');
    expect(watched()).toMatchObject({ open: null, choice: { kind: 'left' } });
    await purser.recharter([...may({ refund: 130 }), JUNE]);
    tickOn('2026-06-05');
    expect(watched().open).toMatchObject({ deltaCents: -13_000 });
    expect(await told()).toHaveLength(2);
    expect(await findingsCell()).toBe('changed-after-sending -$130.00 (1 charter)');
  });

  it('may say nothing, and it stays open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ reason: '  ' });
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, choice: null });
    expect(await adjustments()).toEqual([]);
  });

  it('has a corrected statement made: version 2 is then what is watched', async () => {
    await sentMay();
    await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
    tickOn('2026-06-03');
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
    decide({ correct: true });
    const corrected = (await purser.mails('statement')).at(-1);
    expect(corrected?.text).toMatch(/PRS\w{4}202605V2/);
    tickOn('2026-06-04');
    expect(watched()).toMatchObject({ version: 2, open: null, lookedOn: '2026-06-04' });
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter; corrected by version 2)');
    await purser.recharter([...may({ refund: 200, revenueTotal: 800 }), JUNE]);
    tickOn('2026-06-05');
    expect(watched().open).toMatchObject({ deltaCents: -7_500 });
    expect(await findingsCell(3)).toBe('changed-after-sending -$75.00 (1 charter)');
  });

  it('is not asked for a corrected statement while what was carried stands, and gets none in another way', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'carried-already' } });
    const message = correct().error?.message ?? '';
    expect(message).toContain("'Purser adjustments'!A2 (-$125.00 in June 2026)");
    await purser.recharter([...may({ refund: 200, revenueTotal: 800 }), JUNE]);
    const said = decide({ correct: true });
    expect(said.join('\n')).not.toContain('Make a corrected statement');
    expect(said.join('\n')).toContain('Corrected statement… names the rows that are in its way');
    expect(await purser.mails('statement')).toHaveLength(1);
    for (const column of 'ABCDEF') await purser.type('Purser adjustments', `${column}2`, '');
    expect(correct()).toMatchObject({ status: 'sent', version: 2 });
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ totals: { reportableCents: 100_000 } });
  });

  it('gets the corrected statement once a row of the opposite amount stands against one that went out', async () => {
    await sentMay();
    await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
    decide({ carry: true });
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ status: 'sent', totals: { reportableCents: 87_500 } });
    expect(correct()).toMatchObject({ error: { code: 'carried-already' } });
    const row = ['2026-07', FIRST, 'correction', '125', 'Set off, PRSYYPK202605V1', 'Nora'];
    for (const [index, cell] of row.entries())
      await purser.type('Purser adjustments', `${'ABCDEF'[index]}3`, cell);
    expect(correct()).toMatchObject({ status: 'sent', version: 2 });
    purser.at('2026-07-02', 9);
    expect(decide({ month: '2026-05' }).at(-1)).toMatch(/^May 2026 is as it was sent/);
  });

  it('is offered to carry back what was undone after it was carried, and no corrected statement', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    decide({ carry: true });
    await purser.recharter([...may(), JUNE]);
    const said = decide({ correct: true, carry: true });
    expect(said.join('\n')).not.toContain('Make a corrected statement');
    expect(said.join('\n')).toContain('would come to the very figures of PRSYYPK202605V1');
    expect((await adjustments()).map(({ D }) => D)).toEqual([-125, 125]);
  });

  it.each(['sending', 'unknown', 'queued'])(
    'can’t carry what version 2 says while that is %s',
    async (state) => {
      await sentMay();
      await purser.recharter([...may({ refund: 125, revenueTotal: 875 }), JUNE]);
      const dies = ({ requests }: HostCall): { killed: 'after' } | null =>
        requests.some(({ url }) => url.includes('messages/send')) ? { killed: 'after' } : null;
      purser.appsScript().direct(dies);
      expect(() => correct()).toThrow();
      purser.appsScript().direct(null);
      const document = purser.appsScript().properties('document');
      const record = JSON.parse(document.get('outbox.statement.2026-05.V2') ?? '{}');
      document.set('outbox.statement.2026-05.V2', JSON.stringify({ ...record, state }));
      purser.at('2026-06-03', 9);
      const said = decide({ month: '2026-05', carry: true });
      expect(said.join('\n')).not.toContain('Make a corrected statement');
      expect(said.at(-1)).toMatch(
        /^Version 2 of May 2026 \(PRSYYPK202605V2\) (may have gone out|waits to be sent)/,
      );
      expect(await adjustments()).toEqual([]);
    },
  );

  it('carries nothing when somebody has begun version 2 while the question was open', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const document = purser.appsScript().properties('document');
    const said = decide({
      carry: true,
      meanwhile: () => {
        const first = JSON.parse(document.get('outbox.statement.2026-05.V1') ?? '{}');
        const id = 'outbox.statement.2026-05.V2';
        const statement = { ...first.statement, version: 2, code: 'PRSYYPK202605V2' };
        document.set(id, JSON.stringify({ ...first, id, state: 'unknown', statement }));
      },
    });
    expect(said.at(-1)).toMatch(/^Version 2 of May 2026 \(PRSYYPK202605V2\) may have gone out/);
    expect(await adjustments()).toEqual([]);
  });

  it('carries nothing while a run is going on, which has read the adjustments already', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    const now = purser.clock.now();
    purser
      .appsScript()
      .properties('document')
      .set(
        'lease.statement',
        JSON.stringify({ owner: 'x', who: 'kim', sinceMs: now, expiresMs: now + 60_000 }),
      );
    expect(decide({ carry: true }).at(-1)).toMatch(/A run started by kim is going on/);
    expect(await adjustments()).toEqual([]);
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });
});
