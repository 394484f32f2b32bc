/** Access tokens that an API refuses: a working connection outlives stray refusals, and a dead one is found out. */
import fc from 'fast-check';
import { exchange, send } from '../../src/clients/exchange.ts';
import { getMailboxAddress } from '../../src/clients/google/account-checks.ts';
import { authorizedBy } from '../../src/clients/google/bearer.ts';
import type { HttpRequest } from '../../src/host/host.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf } from '../tools/fake-host.ts';
import { interleave } from '../tools/interleave.ts';
import { bearerOf, HOUR_MS, MINUTE_MS, type Scene, type SceneOptions, tokenScene } from './token-scene.ts';
import { API } from './token-server.ts';

const REFUSED: Answer = { status: 401, body: { error: { message: 'Invalid Credentials' } } };
/** The most that one run renews for refusals. */
const MOST_RENEWALS = 3;

/** The API, whose answers are chosen by their number; undefined leaves it to the server. */
function apiScene(
  answerOf: (index: number) => Answer | undefined,
  options: SceneOptions = { leftMs: HOUR_MS },
): Scene {
  let count = 0;
  return tokenScene({
    ...options,
    instead: ({ url }) => (url.startsWith(API) ? answerOf(count++) : undefined),
  });
}

const refusing = (...which: readonly number[]) =>
  apiScene((index) => (which.includes(index) ? REFUSED : undefined));
const ask = (scene: Scene, bearer = bearerOf(scene.host)) =>
  send(scene.host, authorizedBy(bearer, getMailboxAddress('')));

test('a token that was made for a refusal and has worked since is renewed when it is refused later on', () => {
  const scene = refusing(0, 2);
  const bearer = bearerOf(scene.host);
  ask(scene, bearer);
  scene.host.setNow(scene.host.now() + 4 * MINUTE_MS);
  ask(scene, bearer);
  expect(scene.server.asked).toHaveLength(2);
  expect(scene.record()).toMatchObject({ dead: null, refreshToken: scene.server.asked[0] });
});

test('one stray refusal among answers that took the new token fails one request and ends nothing', () => {
  const scene = refusing(0, 1, 2, 4);
  const bearer = bearerOf(scene.host);
  const call = () => authorizedBy(bearer, getMailboxAddress(''));
  const { a, b, c } = exchange(scene.host, { a: call(), b: call(), c: call() });
  expect([a.ok, b.ok, c.ok]).toEqual([true, false, true]);
  expect(b.ok ? null : b.error).toMatchObject({ code: 'google-refused', data: { status: 401 } });
  expect(scene.record()).toMatchObject({ dead: null, refreshToken: scene.server.asked[0] });
  ask(scene, bearer);
});

test.each([
  ['an answer', 200],
  ['a refusal of what was asked', 403],
  ['a thing that is not there', 404],
])('%s (%i) shows that the token is known', (_, status) => {
  const scene = apiScene((index) =>
    index === 1 ? { status, body: { emailAddress: 'x', error: {} } } : REFUSED,
  );
  const bearer = bearerOf(scene.host);
  const call = () => authorizedBy(bearer, getMailboxAddress(''));
  try {
    send(scene.host, call());
  } catch {
    // What the API refuses for other reasons is its own matter.
  }
  // Refused with what was made for the first refusal, and with what is made for this one.
  errorOf(() => send(scene.host, call()));
  expect(scene.server.asked).toHaveLength(2);
  expect(scene.record().dead).toMatchObject({ cause: 'refused-by-api' });
});

test.each([408, 429, 500, 503])('a server in trouble (%i) shows nothing about the token', (status) => {
  const scene = apiScene((index) => (index === 1 ? { status, body: '<html>' } : REFUSED));
  expect(errorOf(() => ask(scene)).code).toBe('account-expired');
  expect(scene.server.asked).toHaveLength(1);
});

test('a request that is refused for the first time ends nothing, though its token was made for another’s refusal', () => {
  const scene = refusing(0);
  const bearer = bearerOf(scene.host);
  bearer.renew(bearer.token(), false);
  ask(scene, bearer);
  expect(scene.server.asked).toHaveLength(2);
  expect(scene.record().dead).toBeNull();
});

test('an API that takes and refuses by turns is not answered with renewals for ever', () => {
  const scene = apiScene((index) => (index % 2 === 0 ? REFUSED : undefined));
  const bearer = bearerOf(scene.host);
  for (let times = 0; times < MOST_RENEWALS; times++) ask(scene, bearer);
  const error = errorOf(() => ask(scene, bearer));
  expect(error).toMatchObject({ code: 'google-refused', data: { status: 401 } });
  expect(error.what).toContain('renewed 3 times');
  expect(error.now).toContain('Connected accounts…');
  expect(scene.server.asked).toHaveLength(MOST_RENEWALS);
  expect(scene.record().dead).toBeNull();
});

/** A request as the API saw it. */
interface Seen {
  readonly token: string;
  readonly isRefused: boolean;
}

/** Several rounds of several calls each, by one bearer. */
function rounds(sizes: readonly number[]): (host: Scene['host']) => void {
  return (host) => {
    const bearer = bearerOf(host);
    for (const size of sizes) {
      const calls = Array.from({ length: size }, () => authorizedBy(bearer, getMailboxAddress('')));
      exchange(host, Object.fromEntries(calls.map((call, index) => [String(index), call])));
    }
  };
}

function watched(refusals: readonly boolean[]): { readonly scene: Scene; readonly seen: readonly Seen[] } {
  const seen: Seen[] = [];
  const tokenOf = ({ headers }: HttpRequest) => (headers.Authorization ?? '').replace('Bearer ', '');
  const scene = tokenScene({
    leftMs: HOUR_MS,
    instead: (request) => {
      if (!request.url.startsWith(API)) return undefined;
      const isRefused = refusals[seen.length] ?? false;
      seen.push({ token: tokenOf(request), isRefused });
      return isRefused ? REFUSED : undefined;
    },
  });
  return { scene, seen };
}

const refusalLists = fc.array(fc.boolean(), { maxLength: 24 });
const sizeLists = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

test('whatever refusals come between answers, a connection ends only by a token that was made for a refusal and never taken', () => {
  fc.assert(
    fc.property(refusalLists, sizeLists, (refusals, sizes) => {
      const { scene, seen } = watched(refusals);
      rounds(sizes)(scene.host);
      expect(scene.server.asked.length).toBeLessThanOrEqual(MOST_RENEWALS);
      const { dead, refreshToken } = scene.record();
      if (dead === null) {
        expect(scene.server.honors(refreshToken)).toBe(true);
        return;
      }
      const last = seen[seen.length - 1]?.token;
      const first = seen[0]?.token;
      expect(last).not.toBe(first);
      expect(seen.filter(({ token, isRefused }) => token === last && !isRefused)).toEqual([]);
      expect(seen.some(({ token, isRefused }) => token !== last && isRefused)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('nor do those of two executions at once, in any order of their calls', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1), { maxLength: 60 }),
      refusalLists,
      sizeLists,
      (schedule, refusals, sizes) => {
        const { scene, seen } = watched(refusals);
        const run = rounds(sizes) as (host: unknown) => void;
        interleave<void>(scene.host, [run, run], { schedule, roundMs: 200 });
        expect(scene.server.asked.length).toBeLessThanOrEqual(2 * MOST_RENEWALS);
        const { dead, refreshToken } = scene.record();
        if (dead === null) expect(scene.server.honors(refreshToken)).toBe(true);
        // Two refusals of one request, with two tokens, are the least that it takes.
        else
          expect(
            new Set(seen.filter(({ isRefused }) => isRefused).map(({ token }) => token)).size,
          ).toBeGreaterThan(1);
      },
    ),
    { numRuns: 200 },
  );
});
