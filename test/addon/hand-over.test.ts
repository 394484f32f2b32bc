/** Hand over… through the built bundle; what fails on the way is in test/accounts/hand-over.test.ts. */
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const NEXT = 'new@blueheron.example';
const OFFICE = 'office@blueheron.example';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const to = (text: string, yes = true) => ({
  answers: ({ kind, buttons }: { kind: string; buttons: readonly string[] }) => {
    if (kind === 'prompt') return { button: 'OK', text } as const;
    if (!buttons.includes('YES')) return { button: 'OK' } as const;
    return { button: yes ? 'YES' : 'NO' } as const;
  },
});

test('another account is named, the triggers go, and the old owner sends no more', async () => {
  await purser.begin();
  const script = purser.appsScript();
  expect(script.run('handOver', [], to(NEXT, false))).toBe(NEXT);
  expect(script.triggers()).toEqual([]);
  expect(purser.send('2026-05')).toMatchObject({ status: 'failed', error: { code: 'not-trigger-owner' } });
  expect(purser.send('2026-05').error?.message).toContain(NEXT);
});

test('accounts, client and role of the old owner go with their access, and who connects again is told', async () => {
  await purser.begin();
  const subject = await purser.connect(OFFICE, ['send']);
  const script = purser.appsScript();
  script.run('handOver', [], to(NEXT));
  const mine = script.properties('user', OWNER.email);
  for (const key of [`account.${subject}`, 'oauth.client', 'aws.credentials', 'aws.session'])
    expect([key, mine.has(key)]).toEqual([key, false]);
  expect((await purser.workspace.tokensOf(OFFICE)).refreshTokens).toEqual([]);
  expect(script.shown.at(-1)).toMatchObject({
    message: expect.stringContaining(`${NEXT} connects ${OFFICE} again`),
  });
});

test('what is no mail address changes nothing', async () => {
  await purser.begin();
  const script = purser.appsScript();
  expect(script.run('handOver', [], to('somebody'))).toBeNull();
  expect(script.triggers()).toHaveLength(3);
  expect(purser.send('2026-05')).toMatchObject({ status: 'sent' });
});
