import type { Call, Settled } from '../../../src/clients/exchange.ts';
import { all, andThen, done, exchange, send } from '../../../src/clients/exchange.ts';
import type { Bearer } from '../../../src/clients/google/bearer.ts';
import { authorizedBy } from '../../../src/clients/google/bearer.ts';
import { listFiles, uploadFile } from '../../../src/clients/google/drive.ts';
import { listMessages, sendMessage } from '../../../src/clients/google/gmail.ts';
import { getTabs } from '../../../src/clients/google/sheets.ts';
import { PurserError } from '../../../src/host/errors.ts';
import type { HttpRequest } from '../../../src/host/host.ts';
import type { Answer } from '../../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../../tools/fake-host.ts';

interface CountingBearer extends Bearer {
  readonly renewals: string[];
}

/** Gives `one`, and `two`, `three` … after each renewal. */
function countingBearer(): CountingBearer {
  const renewals: string[] = [];
  return {
    renewals,
    token: () => ['one', 'two', 'three', 'four'][renewals.length] ?? 'five',
    renew: (refused) => {
      renewals.push(refused);
    },
  };
}

const expired = new PurserError('account-expired', { what: 'Gone.', now: 'Reconnect.' });
const tokenOf = ({ headers }: HttpRequest): string => (headers.Authorization ?? '').replace('Bearer ', '');
const sentTokens = (rounds: readonly (readonly HttpRequest[])[]): string[][] =>
  rounds.map((round) => round.map(tokenOf));
const unauthorized: Answer = {
  status: 401,
  body: { error: { code: 401, message: 'Invalid Credentials', errors: [{ reason: 'authError' }] } },
};
const found: Answer = { status: 200, body: { messages: [] } };
/** Takes every token but those. */
const refusing =
  (...refused: readonly string[]) =>
  (request: HttpRequest): Answer =>
    refused.includes(tokenOf(request)) ? unauthorized : found;
const search = (bearer: Bearer, query = 'q') => authorizedBy(bearer, listMessages('built-in', query, null));

test('a request carries the bearer’s token in place of the one it was made with', () => {
  const host = fakeHost({ answer: () => found });
  send(host, search(countingBearer()));
  expect(sentTokens(host.rounds)).toEqual([['one']]);
});

test('a refusal says what to do about this very account, on later pages too', () => {
  const explain = (error: PurserError) =>
    new PurserError(error.code, { what: error.what, now: `Reconnect office@ (${error.code}).` });
  const bearer: Bearer = { ...countingBearer(), explain };
  const forbidden: Answer = {
    status: 403,
    body: { error: { code: 403, message: 'Insufficient', errors: [{ reason: 'insufficientPermissions' }] } },
  };
  const refused = fakeHost({ answer: () => forbidden });
  expect(errorOf(() => send(refused, search(bearer))).now).toBe('Reconnect office@ (google-scope-missing).');
  const later = fakeHost({
    answer: (_, index) => (index === 0 ? { status: 200, body: { nextPageToken: 'p' } } : forbidden),
  });
  const twoPages = andThen(listMessages('x', 'q', null), () => ({
    kind: 'next',
    call: listMessages('x', 'q', 'p'),
  }));
  expect(errorOf(() => send(later, authorizedBy(bearer, twoPages))).now).toContain('Reconnect office@');
});

test('each request asks for the token as it goes out, so that none carries an old one', () => {
  let asked = 0;
  const bearer: Bearer = { token: () => `token-${++asked}`, renew: () => {} };
  const host = fakeHost({ answer: (_, index) => (index === 0 ? { status: 503 } : found) });
  const call = search(bearer);
  expect(asked).toBe(0);
  send(host, call);
  expect(sentTokens(host.rounds)).toEqual([['token-1'], ['token-2']]);
});

test.each<[string, (bearer: Bearer) => Call<unknown>, Answer]>([
  ['Gmail', (bearer) => search(bearer), found],
  ['Drive', (bearer) => authorizedBy(bearer, listFiles('x', 'q')), { status: 200, body: { files: [] } }],
  [
    'Sheets',
    (bearer) => authorizedBy(bearer, getTabs({ token: 'x', spreadsheetId: 's' })),
    { status: 200, body: { spreadsheetId: 's', sheets: [] } },
  ],
])('a 401 of %s renews the token and repeats the request, once', (_, make, good) => {
  const bearer = countingBearer();
  const host = fakeHost({ answer: (request) => (tokenOf(request) === 'one' ? unauthorized : good) });
  send(host, make(bearer));
  expect(bearer.renewals).toEqual(['one']);
  expect(sentTokens(host.rounds)).toEqual([['one'], ['two']]);

  const stubborn = countingBearer();
  const refusingHost = fakeHost({ answer: () => unauthorized });
  const error = errorOf(() => send(refusingHost, make(stubborn)));
  expect(error).toMatchObject({ code: 'google-refused', data: { status: 401 } });
  // Told of the second as well, which may be the end of the account; no third request follows.
  expect(stubborn.renewals).toEqual(['one', 'two']);
  expect(refusingHost.rounds).toHaveLength(2);
});

test('a mail that was refused for its token is sent again, once: a refused request did nothing', () => {
  const host = fakeHost({
    answer: (request) =>
      tokenOf(request) === 'one' ? unauthorized : { status: 200, body: { id: '1', threadId: 't' } },
  });
  expect(send(host, authorizedBy(countingBearer(), sendMessage('x', 'mime'))).id).toBe('1');
  expect(host.rounds.map(([request]) => request?.body)).toEqual(['mime', 'mime']);
  // And one of which nobody knows is not.
  const lost = fakeHost({ answer: (request) => (tokenOf(request) === 'one' ? unauthorized : 'unreachable') });
  expect(errorOf(() => send(lost, authorizedBy(countingBearer(), sendMessage('x', 'mime')))).code).toBe(
    'network-failed',
  );
  expect(lost.rounds).toHaveLength(2);
});

test('a 401 after a wait that followed the renewal is final', () => {
  const bearer = countingBearer();
  const answers: Answer[] = [unauthorized, { status: 503 }, unauthorized, found];
  const host = fakeHost({ answer: (_, index) => answers[index] ?? found });
  expect(errorOf(() => send(host, search(bearer))).data.status).toBe(401);
  expect(bearer.renewals).toEqual(['one', 'two']);
});

/** What the bearer is told, in order. */
function tellingBearer(): Bearer & { readonly told: readonly string[] } {
  const told: string[] = [];
  let token = 'one';
  return {
    told,
    token: () => token,
    accepted: (taken) => told.push(`${taken} taken`),
    renew: (refused, isSecond) => {
      told.push(`${refused} refused${isSecond ? ' after another' : ''}`);
      token = 'two';
    },
  };
}

test('the bearer hears of every token that the API knew, before it hears of those that were refused', () => {
  const bearer = tellingBearer();
  const host = fakeHost({ answer: (_, index) => (index === 0 ? unauthorized : found) });
  exchange(host, { a: search(bearer, 'a'), b: search(bearer, 'b') });
  expect(bearer.told).toEqual(['one taken', 'one refused', 'two taken']);
});

test.each([
  [200, true],
  [400, true],
  [403, true],
  [404, true],
  [302, false],
  [408, false],
  [429, false],
  [503, false],
])('an API that answers %i knew the token: %s', (status, isKnown) => {
  const bearer = tellingBearer();
  const host = fakeHost({ answer: () => ({ status, body: {} }) });
  try {
    send(host, search(bearer), { attempts: 1 });
  } catch {
    // What becomes of the call is another matter.
  }
  expect(bearer.told).toEqual(isKnown ? ['one taken'] : []);
});

test('the bearer is told when one request was refused with two tokens, and not when it was the same one twice', () => {
  const bearer = tellingBearer();
  errorOf(() => send(fakeHost({ answer: () => unauthorized }), search(bearer)));
  expect(bearer.told).toEqual(['one refused', 'two refused after another']);

  const seconds: boolean[] = [];
  const stuck: Bearer = { token: () => 'one', renew: (_, isSecond) => seconds.push(isSecond) };
  errorOf(() => send(fakeHost({ answer: () => unauthorized }), search(stuck)));
  expect(seconds).toEqual([false, false]);
});

test('a 403, for a missing permission as well, renews nothing', () => {
  const bearer = countingBearer();
  const body = { error: { code: 403, errors: [{ reason: 'insufficientPermissions' }] } };
  const host = fakeHost({ answer: () => ({ status: 403, body }) });
  expect(errorOf(() => send(host, search(bearer))).code).toBe('google-scope-missing');
  expect(bearer.renewals).toEqual([]);
  expect(host.rounds).toHaveLength(1);
});

test('many requests of one round that are refused renew the token once in all', () => {
  const bearer = countingBearer();
  const host = fakeHost({ answer: refusing('one') });
  const outcomes = exchange(host, { a: search(bearer, 'a'), b: search(bearer, 'b'), c: search(bearer, 'c') });
  expect([outcomes.a.ok, outcomes.b.ok, outcomes.c.ok]).toEqual([true, true, true]);
  expect(bearer.renewals).toEqual(['one']);
  expect(sentTokens(host.rounds)).toEqual([
    ['one', 'one', 'one'],
    ['two', 'two', 'two'],
  ]);
});

test('two accounts in one round are renewed each for itself', () => {
  const [office, dock] = [countingBearer(), countingBearer()];
  const host = fakeHost({ answer: refusing('one') });
  const plain: Bearer = { token: () => 'fine', renew: () => {} };
  const outcomes = exchange(host, { a: search(office), b: search(dock), c: search(plain) });
  expect([outcomes.a.ok, outcomes.b.ok, outcomes.c.ok]).toEqual([true, true, true]);
  expect([office.renewals, dock.renewals]).toEqual([['one'], ['one']]);
  expect(sentTokens(host.rounds)).toEqual([
    ['one', 'one', 'fine'],
    ['two', 'two'],
  ]);
});

test('what the bearer throws is the call’s error, before anything is sent and after a refusal', () => {
  const dead: Bearer = {
    token: () => {
      throw expired;
    },
    renew: () => {},
  };
  const host = fakeHost({ answer: () => found });
  const outcomes = exchange(host, { dead: search(dead), alive: search(countingBearer()) });
  expect(outcomes.dead).toEqual({ ok: false, error: expired });
  expect(outcomes.alive.ok).toBe(true);
  expect(sentTokens(host.rounds)).toEqual([['one']]);

  const dying: Bearer = {
    token: () => 'one',
    renew: () => {
      throw expired;
    },
  };
  const late = exchange(fakeHost({ answer: refusing('one') }), {
    dying: search(dying),
    other: search(countingBearer()),
  });
  expect(late.dying).toEqual({ ok: false, error: expired });
  expect(late.other.ok).toBe(true);
});

describe('all that a call leads to carries the bearer’s token', () => {
  const step = (
    name: string,
    settle: (text: string) => Settled<string> = (text) => done(text),
  ): Call<string> => ({
    name,
    repeatable: true,
    request: () => ({
      method: 'GET',
      url: `https://${name}.example/`,
      headers: { authorization: 'Bearer another', 'X-Other': name },
    }),
    settle: (reply) =>
      reply.status === 200
        ? settle(reply.text())
        : { kind: 'failed', error: new PurserError('google-refused', { what: name, now: '' }) },
  });
  const nameOf = ({ url }: HttpRequest): string => /\/\/([^.]+)/.exec(url)?.[1] ?? '';
  const tree = (): Call<string> => {
    const parts = () =>
      all(
        [step('part-a'), step('part-b', () => ({ kind: 'next', call: step('part-page') }))],
        (outcomes) => ({
          kind: 'next',
          call: step('last', (text) => done(`${text} ${outcomes.filter(({ ok }) => ok).length}`)),
        }),
      );
    const renewing: Call<string> = step('renewing', () => ({
      kind: 'renew',
      renew: () => step('after', parts),
    }));
    const worded = step('first', () => ({
      kind: 'again',
      call: step('reworded', () => ({ kind: 'next', call: renewing })),
    }));
    return andThen(worded, (text) => done(`${text}!`));
  };

  test('pages, other words, parts, what joins them, and what a renewal gives; other headers stay', () => {
    const host = fakeHost({ answer: (request) => ({ status: 200, body: nameOf(request) }) });
    expect(send(host, authorizedBy(countingBearer(), tree()))).toBe('last 2!');
    const sent = host.rounds.flat();
    expect(sent.map(nameOf)).toEqual([
      'first',
      'reworded',
      'renewing',
      'after',
      'part-a',
      'part-b',
      'part-page',
      'last',
    ]);
    for (const request of sent) {
      expect(request.headers).toEqual({ Authorization: 'Bearer one', 'X-Other': nameOf(request) });
    }
  });

  test('each of them may be refused once, the same request in other words not once more', () => {
    for (const name of ['first', 'reworded', 'renewing', 'after', 'part-a', 'part-page', 'last']) {
      const bearer = countingBearer();
      const host = fakeHost({
        answer: (request) =>
          nameOf(request) === name && tokenOf(request) === 'one'
            ? { status: 401 }
            : { status: 200, body: nameOf(request) },
      });
      expect([name, send(host, authorizedBy(bearer, tree()))]).toEqual([name, 'last 2!']);
      expect(bearer.renewals).toEqual(['one']);
    }
    const bearer = countingBearer();
    const host = fakeHost({
      answer: (request, index) => ({ status: index === 0 || nameOf(request) === 'reworded' ? 401 : 200 }),
    });
    expect(errorOf(() => send(host, authorizedBy(bearer, tree()))).what).toBe('reworded');
    expect(bearer.renewals).toEqual(['one', 'two']);
  });

  test('the two requests of a large upload', () => {
    const bearer = countingBearer();
    const host = fakeHost({
      answer: (request) => {
        if (request.method === 'PUT') {
          return tokenOf(request) === 'one'
            ? unauthorized
            : { status: 200, body: { id: '1', name: 'n', mimeType: 'm' } };
        }
        return {
          status: 200,
          headers: { location: 'https://www.googleapis.com/upload/drive/v3/files?upload_id=1' },
        };
      },
    });
    const call = uploadFile('built-in', { name: 'n' }, 'text/csv', new Uint8Array(5_000_001));
    expect(send(host, authorizedBy(bearer, call)).id).toBe('1');
    expect(sentTokens(host.rounds)).toEqual([['one'], ['one'], ['two']]);
  });
});

test('a renewal that takes all the time there is leaves the request unsent', () => {
  const host = fakeHost({ answer: refusing('one') });
  const bearer: Bearer = { token: () => 'one', renew: () => host.setNow(NOW_MS + 10_000) };
  const error = errorOf(() => send(host, search(bearer), { deadlineMs: NOW_MS + 5_000 }));
  expect(error.code).toBe('time-budget-spent');
  expect(host.rounds).toHaveLength(1);
});
