import { openMailbox } from '../../src/run/mailboxes.ts';
import { accountOf, EMAIL, HOUR_MS, MINUTE_MS, mineOf, tokenScene } from '../accounts/token-scene.ts';

test('of two accounts with the address of a setting, the one is used whose address Google has checked', () => {
  const scene = tokenScene({ leftMs: HOUR_MS, record: { emailVerified: true } });
  const { host } = scene;
  const claimed = { ...accountOf(HOUR_MS), subject: '999', emailVerified: false, accessToken: 'claimed' };
  scene.put({ ...claimed, consentedAt: new Date(host.now() + MINUTE_MS).toISOString() });
  const choice = { setting: 'Send from', cell: 'B40', address: EMAIL };
  const mailbox = openMailbox(host, choice, 'send', {
    token: 'built-in',
    self: () => 'owner@blueheron.example',
    mine: () => mineOf(host),
    by: 'a test',
  });
  expect(mailbox.transport).toBe(`account:${scene.record().subject}`);
});
