import fc from 'fast-check';
import { readAccounts } from '../../src/accounts/account-store.ts';
import { outcomePage } from '../../src/accounts/callback-pages.ts';
import { beginConnect, finishConnect } from '../../src/accounts/connect.ts';
import { NOW_MS } from '../tools/fake-host.ts';
import { OFFICE, returned, type Scene, scene } from './fake-google.ts';

const NEW = { purposes: ['send'], expected: null, loginHint: null } as const;

describe('an answer that is not ours', () => {
  const refused = { kind: 'not-connected', error: { code: 'oauth-refused' } };
  const tampered: Record<
    string,
    (world: Scene, parameter: Record<string, string>) => Record<string, string>
  > = {
    'a state that somebody made up': (_, parameter) => ({ ...parameter, purser: 'e30.c2lnbmF0dXJl' }),
    'no state': (_, { code = '' }) => ({ code }),
    'a changed payload': (_, parameter) => {
      const [payload = '', signature] = (parameter.purser ?? '').split('.');
      const changed = Buffer.from(payload, 'base64url').toString().replace('send', 'calendar');
      return { ...parameter, purser: `${Buffer.from(changed).toString('base64url')}.${signature}` };
    },
    'a changed signature': (_, parameter) => ({
      ...parameter,
      purser: (parameter.purser ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    }),
    'a signature cut short': (_, parameter) => ({
      ...parameter,
      purser: (parameter.purser ?? '').slice(0, -1),
    }),
    'the key exchanged': (world, parameter) => {
      world.host.user.set('connect.key', 'another key');
      return parameter;
    },
    'another person': (world, parameter) => {
      world.host.setUser('sam@blueheron.example');
      return parameter;
    },
    'ten minutes later': (world, parameter) => {
      world.host.setNow(NOW_MS + 600_000);
      return parameter;
    },
    'the attempt gone': (world, parameter) => {
      for (const key of world.host.user.keys())
        if (key.startsWith('connect.attempt.')) world.host.user.delete(key);
      return parameter;
    },
  };

  test.each(Object.entries(tampered))('%s: no code is sent and nothing stored', (_what, tamper) => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    expect(finishConnect(world.host, tamper(world, parameter), 'callback')).toMatchObject(refused);
    expect(world.host.rounds).toEqual([]);
    expect(readAccounts(world.mine()).accounts).toEqual([]);
  });

  test('one that comes late is told that it is late, not that it is false', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    world.host.setNow(NOW_MS + 600_000);
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject({
      error: { what: expect.stringContaining('More than 10 minutes') },
    });
  });

  test('one that came in time is taken until the last second', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    world.host.setNow(NOW_MS + 599_999);
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject({ kind: 'connected' });
  });

  test('used a second time it changes nothing', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    finishConnect(world.host, parameter, 'callback');
    const before = world.mine();
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject(refused);
    expect(world.mine()).toEqual(before);
    expect(world.host.rounds).toHaveLength(1);
  });

  test('made for the callback it is refused at the web app', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const asState = { ...parameter, state: parameter.purser ?? '' };
    expect(finishConnect(world.host, asState, 'web-app')).toMatchObject(refused);
    expect(finishConnect(world.host, asState, 'callback')).toMatchObject({ kind: 'connected' });
  });

  test('whatever the parameters, there is a page, no record changes, and Google’s words stay text', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const before = world.mine();
    const names = fc.constantFrom('state', 'purser', 'code', 'error', 'invitation', 'scope', 'constructor');
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'access_denied', '<script>', 'a.b', '.', 'e30.e30', 'ours', 'ours.x', 'our'),
    );
    fc.assert(
      fc.property(fc.dictionary(names, values), fc.constantFrom('callback', 'web-app'), (drawn, way) => {
        const { purser = '' } = returned(new URL(beginConnect(world.host, NEW).url).searchParams);
        const parameter = Object.fromEntries(
          Object.entries(drawn).map(([name, value]) => [name, value.replace(/^ours/, purser)]),
        );
        const outcome = finishConnect(world.host, parameter, way);
        expect(['not-connected', 'declined']).toContain(outcome.kind);
        const { html } = outcomePage(outcome, way);
        expect(html).toContain('<h1>');
        expect(html).not.toMatch(/<script/i);
        expect(readAccounts(world.mine())).toEqual(readAccounts(before));
      }),
      { numRuns: 100 },
    );
  });
});
