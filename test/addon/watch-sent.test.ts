/** Sent months are watched: what changes at the source is noticed, and told once. */
import { crewDispatch, crewRoster } from '../../scripts/local/aws/tables.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, REGIONS, ROSTER } from '../tools/scene.ts';
import { itemsOf } from '../tools/scene-parts.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { FIRST, JUNE, may, REFUNDED, watchedMonth } from './watched-month.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const {
  adjustments,
  correct,
  decide,
  findingsCell,
  sentMay,
  tickOn,
  told,
  watched,
  sentByEarlierPurser,
  trash,
} = watchedMonth(() => purser);

describe('a month that was sent', () => {
  it('and did not change: nobody hears anything, and the rest of the day costs no request', async () => {
    await sentMay();
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-02' });
    expect(await told()).toEqual([]);
    expect(await findingsCell()).toBe('');
    const before = purser.trace().length;
    tickOn('2026-06-02', 9);
    tickOn('2026-06-02', 23);
    const asked = purser
      .trace()
      .slice(before)
      .map(({ request }) => request.url);
    // The session in AWS is kept alive all the same.
    expect(asked.filter((url) => !url.includes('//sts.'))).toEqual([]);
  });

  it('and got a refund later is told once, with its cents, and stands in the register', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Purser: May 2026 has changed since it was sent');
    expect(notice?.text).toContain('-$125.00 (1 charter)');
    expect(notice?.text).toContain(
      `${FIRST} (2026-05-03, Vessel ${FIRST}): refund $0.00 → $125.00 (-$125.00)`,
    );
    expect(notice?.text).toContain('Changes after sending…');
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
    const register = rowValues(await purser.tab('Purser register'), 2);
    expect(register).toMatchObject({ C: 'sent', H: 2750 });
    tickOn('2026-06-04');
    tickOn('2026-06-05');
    expect(await told()).toHaveLength(1);
    expect(await findingsCell()).toBe('changed-after-sending -$125.00 (1 charter)');
  });

  it('keeps the settings and rates that it was sent with', async () => {
    await sentMay();
    await purser.setting('Standard rate', '150.00');
    await purser.setting('Company', 'Harbor Sails and Sons');
    await purser.type('Purser rates', 'A2', '2026-05-01');
    await purser.type('Purser rates', 'C2', '140');
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
  });

  it('may have a charter that was filed under a distant month since: it is found, and nothing has changed', async () => {
    await sentMay();
    await purser.recharter([...may({ month: '2024-01' }), JUNE]);
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
  });

  it('is asked for once more when a region is silent: no verdict until both answer', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-03', 8);
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-02' });
    expect(await told()).toEqual([]);
    await purser.faults();
    tickOn('2026-06-03', 9);
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, lookedOn: '2026-06-03' });
    expect(await told()).toHaveLength(1);
  });

  it('whose change is undone at the source is told as well, and the register says no more of it', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    await purser.recharter([...may(), JUNE]);
    tickOn('2026-06-04');
    tickOn('2026-06-05');
    expect((await told()).map(({ subject }) => subject)).toEqual([
      'Purser: May 2026 has changed since it was sent',
      'Purser: May 2026 is again as it was sent',
    ]);
    expect(await findingsCell()).toBe('');
  });

  it('is not looked at when the setting says 0, nor when it was sent longer ago', async () => {
    await sentMay({ 'Watch sent months': '0' });
    expect(watched().lookedOn).toBe('');
    await purser.setting('Watch sent months', '30');
    tickOn('2026-06-03');
    expect(watched().lookedOn).toBe('2026-06-03');
    tickOn('2026-07-20');
    expect(watched().lookedOn).toBe('2026-06-03');
  });

  it('whose evidence file is gone is told once, and left alone', async () => {
    await sentMay();
    const evidence = (await purser.files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
    await trash(evidence?.id ?? '');
    const before = purser.trace().length;
    for (const day of ['03', '04', '05']) tickOn(`2026-06-${day}`);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    const searches = purser
      .trace()
      .slice(before)
      .filter(({ request }) => request.url.includes('purserEvidence'));
    expect(searches.length).toBe(1);
    expect(notice?.subject).toBe('Purser: whether May 2026 has changed can’t be told');
    expect(notice?.text).toContain('is not in Drive');
  });

  it('may have charters with any id and any words', async () => {
    const odd = '=HYPERLINK("https://evil")';
    const charters = (more: Item): readonly Item[] => [
      ...may(),
      charter(odd, { date: '2026-05-02', vessel: '</p><script>', ...more }),
      charter('__proto__', { date: '2026-05-05', ...more }),
      ...Array.from({ length: 12 }, (_, index) =>
        charter(`${'船'.repeat(300)}${index}`, {
          date: '2026-05-06',
          vessel: `${'帆'.repeat(300)}${index}`,
          ...more,
        }),
      ),
    ];
    await sentMay({}, charters({}));
    await purser.recharter([...charters({ refund: 1 }), JUNE]);
    tickOn('2026-06-03');
    const [notice] = await told();
    expect(notice?.text).toContain(odd);
    expect((await purser.mails('notice'))[0]?.html).not.toContain('<script>');
    decide({ carry: true });
    expect((await adjustments()).slice(0, 3).map(({ B, D }) => [B, D])).toEqual([
      [odd, -1],
      ['__proto__', -1],
      [`${'船'.repeat(300)}0`, -1],
    ]);
    expect(await adjustments()).toHaveLength(14);
    tickOn('2026-06-04');
    expect(watched().open).toBeNull();
  });
});

describe('what is no change of a sent month', () => {
  it('is what a newer Purser words otherwise; what changes at the source is told as ever', async () => {
    await sentMay();
    await sentByEarlierPurser();
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-04');
    expect((await told()).map(({ text }) => text)).toEqual([expect.stringContaining('-$125.00 (1 charter)')]);
  });

  it('is another name of a crew member', async () => {
    await sentMay();
    const [first, ...others] = ROSTER;
    const renamed = itemsOf([{ ...first, name: 'Tom Archer-Lee' }, ...others], crewRoster());
    for (const region of REGIONS) await purser.workspace.seedTable(region, crewRoster(), renamed);
    tickOn('2026-06-03');
    expect(watched()).toMatchObject({ open: null, lookedOn: '2026-06-03' });
    expect(await told()).toEqual([]);
  });

  it('is that the charters moved to another table, where they are looked for and corrected', async () => {
    await sentMay();
    const moved = { ...crewDispatch(), name: 'charters-2027' };
    for (const region of REGIONS) {
      await purser.workspace.seedTable(region, moved, itemsOf([...REFUNDED, JUNE], crewDispatch()));
      await purser.workspace.seedTable(region, crewDispatch(), []);
    }
    await purser.setting('Charters table', 'charters-2027');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
    expect(correct()).toMatchObject({ version: 2, correction: { differences: { deltaCents: -12_500 } } });
  });
});

describe('a month of which nothing can be told', () => {
  it('since the regions differ, is told at once with the charter, and once only', async () => {
    await sentMay();
    const items = itemsOf([...REFUNDED, JUNE], crewDispatch());
    await purser.workspace.seedTable(REGIONS[0], crewDispatch(), items);
    tickOn('2026-06-03', 8);
    expect(await told()).toHaveLength(1);
    for (const hour of [9, 20]) tickOn('2026-06-03', hour);
    tickOn('2026-06-05', 8);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.text).toContain(`Charter ${FIRST} is not the same in ${REGIONS[0]} and ${REGIONS[1]}`);
    expect(decide({}).at(-1)).toMatch(/No look at May 2026 has come to an answer since 2026-06-03/);
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-05', 9);
    expect(watched()).toMatchObject({ open: { deltaCents: -12_500 }, lookedOn: '2026-06-05' });
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-06');
    expect(decide({}).at(-1)).toMatch(/come to an answer since 2026-06-06/);
  });

  it('for the same reason as of another month, is told once for both', async () => {
    await sentMay();
    purser.at('2026-07-01');
    expect(purser.send('2026-06')).toMatchObject({ status: 'sent' });
    const [first, ...others] = ROSTER;
    const renamed = itemsOf([{ ...first, name: 'Tom Archer-Lee' }, ...others], crewRoster());
    await purser.workspace.seedTable(REGIONS[0], crewRoster(), renamed);
    for (const hour of [8, 9, 10]) tickOn('2026-07-02', hour);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.text).toContain('Crew member');
    expect(notice?.text).toContain('Other months that were sent may be in the same case');
  });

  it('since a region is silent, is told when that lasts for a day', async () => {
    await sentMay();
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    tickOn('2026-06-03', 8);
    tickOn('2026-06-04', 7);
    expect(await told()).toEqual([]);
    tickOn('2026-06-04', 9);
    tickOn('2026-06-05', 9);
    const [notice, ...more] = await told();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Purser: whether May 2026 has changed can’t be told');
    expect(notice?.text).toContain(`The second region ${REGIONS[1]} did not answer`);
  });

  it('since a region is gone, can be told again once the settings no longer name it', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    await purser.faults({ host: REGIONS[1], play: { unreachable: true } });
    await purser.setting('Second region', '');
    tickOn('2026-06-03');
    expect(watched().open).toMatchObject({ deltaCents: -12_500 });
  });
});

describe('the next month', () => {
  it('waits for a person until somebody has decided', async () => {
    await sentMay();
    await purser.recharter([...REFUNDED, JUNE]);
    tickOn('2026-06-03');
    purser.at('2026-07-01');
    const report = purser.trigger('monthlyStatement');
    expect(report).toMatchObject({ status: 'ready', month: '2026-06' });
    expect(report?.findings).toMatchObject([
      { code: 'changed-after-sending', severity: 'warn', cents: -12_500, charterId: null },
    ]);
    expect(report?.findings[0]?.message).toContain('May 2026 has changed at the source');
    expect(report?.findings[0]?.links).toHaveLength(1);
  });
});
