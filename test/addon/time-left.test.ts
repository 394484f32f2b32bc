/** What comes after the month in a trigger: it begins nothing that Google would cut off. */
import { refreshAccounts } from '../../src/accounts/tokens.ts';
import { watchAccounts } from '../../src/addon/watch-accounts.ts';
import { watchAws } from '../../src/addon/watch-aws.ts';
import type { Scene } from '../accounts/token-scene.ts';
import { SUBJECT, tokenScene } from '../accounts/token-scene.ts';
import { OWNER } from '../tools/fake-host.ts';

const OAUTH = 'https://oauth2.googleapis.com/token';

const watchWith = ({ host }: Scene, leftMs: number) => ({
  owner: OWNER,
  today: '2026-06-01',
  properties: {},
  by: 'hourly check',
  endMs: host.now() + leftMs,
});

describe('the look at connected accounts', () => {
  it.each([
    [99, 0],
    [101, 1],
  ])('with %d seconds left begins %d renewals', (seconds, renewals) => {
    const scene = tokenScene();
    watchAccounts(scene.host, watchWith(scene, seconds * 1000));
    expect(scene.server.asked).toHaveLength(renewals);
  });

  it('starts no request in the last twenty seconds, however often Google is unavailable', () => {
    const scene = tokenScene({
      roundMs: 15_000,
      instead: ({ url }) => (url === OAUTH ? { status: 503, body: '' } : undefined),
    });
    const watch = watchWith(scene, 101_000);
    watchAccounts(scene.host, watch);
    expect(scene.host.rounds.length).toBeGreaterThan(1);
    expect(scene.host.now()).toBeLessThan(watch.endMs);
  });
});

describe('a renewal with a deadline', () => {
  it('fails when it has come, and leaves the tokens alone', () => {
    const scene = tokenScene({
      roundMs: 6_000,
      instead: ({ url }) => (url === OAUTH ? { status: 503, body: '' } : undefined),
    });
    const before = scene.record().refreshToken;
    const startedMs = scene.host.now();
    const [outcome] = refreshAccounts(scene.host, [SUBJECT], {
      withinMs: 300_000,
      by: 'a test',
      deadlineMs: startedMs + 10_000,
    });
    expect(outcome?.kind).toBe('failed');
    expect(scene.host.now() - startedMs).toBeLessThan(20_000);
    expect(scene.record()).toMatchObject({ refreshToken: before, dead: null });
  });
});

describe('the look at AWS', () => {
  it('is left to the next hour when there is no time for keeping what comes of it', () => {
    const scene = tokenScene();
    const roleArn = 'arn:aws:iam::123456789012:role/purser';
    const way = { schema: 2, way: 'role', roleArn, region: 'us-east-1' };
    scene.host.user.set('aws.credentials', JSON.stringify(way));
    watchAws(scene.host, watchWith(scene, 15_000), '');
    expect(scene.host.logged).toEqual([]);
    watchAws(scene.host, watchWith(scene, 16_000), '');
    expect(scene.host.logged.map(({ event }) => event)).toEqual(['aws-not-ready']);
  });
});
