/** What tests begin with again and again is brought back as it was lived. */
import type { Purser } from './purser.ts';
import { cleanMonth } from './scene.ts';
import { sha256 } from './seen.ts';
import { openPurser } from './workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const seen = async (): Promise<unknown> => ({
  tabs: await purser.tabs(),
  metadata: await purser.snapshotMetadata(),
  mails: await purser.workspace.sentMessages(),
  files: await purser.files(),
});

/** What the script keeps and has asked, too. */
const everything = async (): Promise<unknown> => ({
  ...((await seen()) as object),
  now: purser.clock.now(),
  script: purser.appsScript().saved(),
  asked: purser.trace().map(({ startedMs, request }) => [startedMs, request.url, sha256(request.body)]),
});

it('a month that was sent before is there again, with all that it brought about, and the next one goes out as it would have', async () => {
  const scene = {
    charters: [...cleanMonth(), ...cleanMonth('2026-06').slice(0, 2)],
    settings: { 'Explain changes over': '' },
  };
  const sendJune = (): unknown => {
    purser.at('2026-07-01');
    return purser.trigger('monthlyStatement');
  };
  const may = await purser.sent(scene);
  const livedMay = await everything();
  const june = sendJune();
  expect(june).toMatchObject({ status: 'sent', month: '2026-06' });
  const livedJune = await seen();

  await purser.begin({ charters: [] });
  expect(await purser.sent(scene)).toEqual(may);
  expect(await everything()).toEqual(livedMay);
  expect(sendJune()).toEqual(june);
  expect(await seen()).toEqual(livedJune);
});
