/** The tabs of sent statements: protected, and kept as they went out when a corrected one takes their place. */
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';
import { correctedMonth, may, REFUNDED, typing, V1, V2 } from './corrected-month.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const { asked, correct, editAs, killAt, protectionsOf, sentMay } = correctedMonth(() => purser);

describe('the tab of a sent statement', () => {
  it('is protected: another editor is kept out, its owner is not; a correction goes over it all the same', async () => {
    await sentMay();
    const { sheetId } = await purser.tab('May 2026');
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(400);
    expect(
      await editAs('dana@harbor.example', {
        updateSheetProperties: { properties: { sheetId, title: 'Mine' }, fields: 'title' },
      }),
    ).toBe(400);
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const kept = await purser.tab('May 2026 v1');
    for (const [title, words] of [
      ['May 2026', V2],
      ['May 2026 v1', 'version 1'],
    ] as const) {
      expect(await protectionsOf(title)).toEqual([
        expect.stringContaining(words),
        expect.stringContaining(words),
      ]);
    }
    for (const one of [sheetId, kept.sheetId])
      expect(await editAs('dana@harbor.example', typing(one))).toBe(400);
    expect(await editAs(OWNER.email, typing(sheetId))).toBe(200);
  });

  it('stays as a person has protected it', async () => {
    await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
    purser.send('2026-05', { yes: false });
    const { sheetId } = await purser.tab('May 2026');
    purser.edit({
      addProtectedRange: {
        protectedRange: {
          range: { sheetId },
          description: 'Mine',
          editors: { users: ['dana@harbor.example'] },
        },
      },
    });
    expect(purser.send().status).toBe('sent');
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(200);
    expect(await editAs('eve@harbor.example', typing(sheetId))).toBe(400);
  });

  it('is protected by the run that finds the statement sent when the one that sent it died', async () => {
    await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
    killAt('messages/send', 'after');
    expect(() => purser.send()).toThrow();
    purser.appsScript().direct(null);
    const { sheetId } = await purser.tab('May 2026');
    purser.at('2026-06-01', 8);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(400);
  });
});

describe('the tab of version 1 that somebody deleted', () => {
  it('is told of with the file that went out, since it can’t be kept; one that is there is not', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    purser.edit({ deleteSheet: { sheetId: (await purser.tab('May 2026')).sheetId } });
    const report = correct();
    expect(report).toMatchObject({ status: 'sent', version: 2 });
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: 'version-not-kept',
        severity: 'warn',
        message: expect.stringContaining(`“statement-2026-05-${V1}.xlsx” in Drive`),
        links: [{ label: `statement-2026-05-${V1}.xlsx`, url: expect.stringContaining('drive.google.com') }],
      }),
    ]);
    expect(asked().join('\n')).toContain('version-not-kept');
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    expect(correct()).toMatchObject({ status: 'sent', version: 3, findings: [] });
  });
});

it('what the month’s tab reads elsewhere stays in the kept tab as it was sent; its own sums stay sums', async () => {
  await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
  purser.edit({ addSheet: { properties: { sheetId: 4242, title: 'Fleet' } } });
  await purser.type('Fleet', 'A1', 'seven');
  await purser.type('Template', 'A4', '=Fleet!A1');
  await purser.type('Template', 'B4', '=A4&"!"');
  expect(purser.send().status).toBe('sent');
  purser.at('2026-06-03', 9);
  await purser.recharter(REFUNDED);
  expect(correct().status).toBe('sent');
  await purser.type('Fleet', 'A1', 'eight');
  expect((await purser.tab('May 2026')).cells.B4?.value).toBe('eight!');
  const { cells } = await purser.tab('May 2026 v1');
  expect(cells.A4).toMatchObject({ input: 'seven', value: 'seven' });
  expect(cells.B4).toMatchObject({ input: '=A4&"!"', value: 'seven!' });
});
