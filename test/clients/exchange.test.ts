import fc from 'fast-check';
import type { Call, Settled } from '../../src/clients/exchange.ts';
import { all, andThen, done, exchange, send } from '../../src/clients/exchange.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';

const put_off = new PurserError('service-throttled', { what: 'Later.', now: '' });

function call(
  name: string,
  settle: (text: string, nowMs: number) => Settled<string> = (text) => done(text),
  repeatable = true,
): Call<string> {
  return {
    name,
    repeatable,
    request: () => ({ method: 'GET', url: `https://${name}.example/`, headers: {} }),
    settle: (reply, { nowMs }) =>
      reply.status === 200
        ? settle(reply.text(), nowMs)
        : { kind: reply.status === 503 ? 'retry' : 'failed', error: put_off },
  };
}

const hostNames = (rounds: readonly (readonly { url: string }[])[]): string[][] =>
  rounds.map((round) => round.map(({ url }) => /\/\/([^.]+)/.exec(url)?.[1] ?? ''));

function failsFirst(times: number, answer: Answer = { status: 503 }): () => Answer {
  let left = times;
  return () => (left-- > 0 ? answer : { status: 200, body: 'ok' });
}

describe('rounds', () => {
  test('all calls go out in one round and each gets its own outcome', () => {
    const host = fakeHost({ answer: ({ url }) => ({ status: url.includes('bad') ? 400 : 200, body: url }) });
    const outcomes = exchange(host, { a: call('one'), b: call('bad'), c: undefined, d: call('two') });
    expect(hostNames(host.rounds)).toEqual([['one', 'bad', 'two']]);
    expect(outcomes.a).toEqual({ ok: true, value: 'https://one.example/' });
    expect(outcomes.b).toEqual({ ok: false, error: put_off });
    expect(outcomes.c).toBeUndefined();
    expect(outcomes.d).toEqual({ ok: true, value: 'https://two.example/' });
  });

  test('no calls are no round', () => {
    const host = fakeHost();
    expect(exchange(host, { a: undefined })).toEqual({});
    expect(host.rounds).toEqual([]);
  });

  test('pages follow one another, side by side with the pages of others, and the caller is told the progress', () => {
    const paged = (name: string, left: number, before = ''): Call<string> =>
      call(name, (text) =>
        left === 1 ? done(before + text) : { kind: 'next', call: paged(name, left - 1, before + text) },
      );
    const host = fakeHost({ answer: (_, index) => ({ status: 200, body: String(index) }) });
    const told: [number, number][] = [];
    const outcomes = exchange(
      host,
      { a: paged('a', 3), b: paged('b', 1), c: paged('c', 2) },
      { onRound: (settled, of) => told.push([settled, of]) },
    );
    expect(hostNames(host.rounds)).toEqual([['a', 'b', 'c'], ['a', 'c'], ['a']]);
    expect(outcomes.a).toEqual({ ok: true, value: '035' });
    expect(outcomes.c).toEqual({ ok: true, value: '24' });
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  test('a result can lead to another call, through pages and retries', () => {
    const second = (id: string) => call('second', (text) => done(`${id}/${text}`));
    const first = andThen(call('first'), (id) => ({ kind: 'next', call: second(id) }));
    const answers: Answer[] = [{ status: 503 }, { status: 200, body: '7' }, { status: 200, body: 'x' }];
    const host = fakeHost({ answer: (_, index) => answers[index] ?? 'unreachable' });
    expect(send(host, first)).toBe('7/x');
  });

  test('a request that can’t be built fails alone, and a reply that breaks its reader too', () => {
    const unbuildable: Call<string> = {
      ...call('x'),
      request: () => {
        throw new Error('no key');
      },
    };
    const unreadable = call('y', () => {
      throw new Error('odd');
    });
    const host = fakeHost({ answer: ({ url }) => ({ status: 200, body: url }) });
    const outcomes = exchange(host, { a: unbuildable, b: unreadable, c: call('z') });
    expect(outcomes.a).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(outcomes.b).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(outcomes.c).toEqual({ ok: true, value: 'https://z.example/' });
    expect(hostNames(host.rounds)).toEqual([['y', 'z']]);
  });
});

describe('retries', () => {
  test('waits by full jitter: a random part of 0.8, 1.6, 3.2 and 6.4 seconds, five attempts in all', () => {
    // aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter: sleep = random(0, min(cap, base * 2 ** attempt))
    const host = fakeHost({ answer: failsFirst(99), random: () => 0.25 });
    expect(errorOf(() => send(host, call('a')))).toBe(put_off);
    expect(host.slept).toEqual([200, 400, 800, 1600]);
    expect(host.rounds).toHaveLength(5);
    expect(host.logged.map(({ event }) => event)).toEqual(['retry', 'retry', 'retry', 'retry']);
  });

  test('the wait never goes past twenty seconds', () => {
    const host = fakeHost({ answer: failsFirst(9), random: () => 0.9999999 });
    expect(send(host, call('a'), { attempts: 20 })).toBe('ok');
    expect(Math.max(...host.slept)).toBeLessThan(20_000);
    expect(Math.max(...host.slept)).toBeGreaterThan(19_000);
  });

  test('a service that says when to come back is heard', () => {
    const waiting: Call<string> = {
      ...call('a'),
      settle: (reply) =>
        reply.status === 200 ? done('ok') : { kind: 'retry', error: put_off, afterMs: 3_000 },
    };
    const host = fakeHost({ answer: failsFirst(1) });
    expect(send(host, waiting)).toBe('ok');
    expect(host.slept).toEqual([3_000]);
  });

  test('one that asks for more than a minute is not waited for', () => {
    const waiting: Call<string> = {
      ...call('a'),
      settle: () => ({ kind: 'retry', error: put_off, afterMs: 60_001 }),
    };
    const host = fakeHost({ answer: failsFirst(1) });
    expect(errorOf(() => send(host, waiting))).toBe(put_off);
    expect(host.slept).toEqual([]);
  });

  test('no attempt starts after the deadline, counted from when the answer came', () => {
    const host = fakeHost({ answer: failsFirst(99), random: () => 0.5, roundMs: 1_000 });
    // Answer at 1.0 s, wait 0.4; at 2.4, wait 0.8; at 4.2, where another 1.6 would be past it.
    expect(errorOf(() => send(host, call('a'), { deadlineMs: NOW_MS + 5_000 }))).toBe(put_off);
    expect(host.rounds).toHaveLength(3);
    expect(host.now()).toBeLessThan(NOW_MS + 5_000);
  });

  test('no page is asked for after the deadline', () => {
    const endless = (): Call<string> => call('a', () => ({ kind: 'next', call: endless() }));
    const host = fakeHost({ answer: () => ({ status: 200 }), roundMs: 1_000 });
    const error = errorOf(() => send(host, endless(), { deadlineMs: NOW_MS + 3_500 }));
    expect(error).toMatchObject({ code: 'time-budget-spent', kind: 'unavailable' });
    expect(host.rounds).toHaveLength(4);
  });

  test('the same wish in other words goes at once, and counts as an attempt', () => {
    const resigned = call('a', (text) => (text === 'ok' ? done('ok') : { kind: 'again', call: resigned }));
    const host = fakeHost({ answer: failsFirst(2, { status: 200, body: 'skew' }) });
    expect(send(host, resigned)).toBe('ok');
    expect(host.slept).toEqual([]);
    const stubborn = fakeHost({ answer: () => ({ status: 200, body: 'skew' }) });
    expect(errorOf(() => send(stubborn, resigned)).code).toBe('service-unavailable');
    expect(stubborn.rounds).toHaveLength(5);
  });

  test('pages don’t use up the attempts of the pages after them', () => {
    const paged = (left: number): Call<string> =>
      call('a', () => (left === 0 ? done('all') : { kind: 'next', call: paged(left - 1) }));
    const host = fakeHost({ answer: (_, index) => ({ status: index % 2 === 0 ? 503 : 200 }) });
    expect(send(host, paged(8))).toBe('all');
  });
});

describe('a batch that the platform throws away', () => {
  test('is asked again host by host, so that a dead region does not cost a round for each mail', () => {
    const host = fakeHost({
      answer: ({ url }) => (url.includes('dead') ? 'unreachable' : { status: 200, body: 'ok' }),
    });
    const outcomes = exchange(
      host,
      { a: call('one'), b: call('one'), c: call('dead'), d: call('one') },
      { attempts: 1 },
    );
    expect(hostNames(host.rounds)).toEqual([['one', 'one', 'dead', 'one'], ['one', 'one', 'one'], ['dead']]);
    expect([outcomes.a.ok, outcomes.b.ok, outcomes.c.ok, outcomes.d.ok]).toEqual([true, true, false, true]);
  });

  test('reads are asked again one by one, so that a dead host does not take the others along', () => {
    const host = fakeHost({
      answer: ({ url }) => (url.includes('west') ? 'unreachable' : { status: 200, body: url }),
    });
    const outcomes = exchange(host, { a: call('east'), b: call('west'), c: call('mail') });
    expect(outcomes.a.ok).toBe(true);
    expect(outcomes.c.ok).toBe(true);
    expect(outcomes.b).toMatchObject({ ok: false, error: { code: 'network-failed' } });
    expect(hostNames(host.rounds).slice(0, 4)).toEqual([
      ['east', 'west', 'mail'],
      ['east'],
      ['west'],
      ['mail'],
    ]);
    expect(hostNames(host.rounds).slice(4)).toEqual([['west'], ['west'], ['west'], ['west']]);
  });

  test('a host that keeps silent for a minute costs two minutes in all, however much is asked of it', () => {
    const host = fakeHost({ answer: ({ url }) => (url.includes('west') ? 'stall' : { status: 200 }) });
    const outcomes = exchange(
      host,
      { a: call('west'), b: call('west'), c: call('east'), d: call('west') },
      { deadlineMs: NOW_MS + 270_000 },
    );
    expect(outcomes.c.ok).toBe(true);
    expect([outcomes.a.ok, outcomes.b.ok, outcomes.d.ok]).toEqual([false, false, false]);
    expect(host.now() - NOW_MS).toBe(120_000);
  });

  test('no request goes out one by one after the deadline', () => {
    const host = fakeHost({ answer: () => 'stall' });
    const outcomes = exchange(host, { a: call('a'), b: call('b') }, { deadlineMs: NOW_MS + 50_000 });
    expect([outcomes.a.ok, outcomes.b.ok]).toEqual([false, false]);
    expect(host.rounds).toHaveLength(1);
  });

  test('a hiccup passes', () => {
    const host = fakeHost({ answer: failsFirst(1, 'unreachable') });
    expect(send(host, call('a'))).toBe('ok');
  });

  test('a platform that answers too few requests fails those it left out', () => {
    const short = fakeHost({ answer: () => ({ status: 200, body: 'x' }) });
    const host = {
      ...short,
      fetchAll: (requests: Parameters<typeof short.fetchAll>[0]) => short.fetchAll(requests).slice(0, 1),
    };
    const outcomes = exchange(host, { a: call('a'), b: call('b', undefined, false) });
    expect(outcomes.a.ok).toBe(true);
    expect(outcomes.b).toMatchObject({ ok: false, error: { code: 'network-failed' } });
  });

  test('what may not be repeated is sent once, whatever happens, for any answers', () => {
    const answers = fc.array(
      fc.constantFrom<Answer>('unreachable', 'stall', { status: 500 }, { status: 200, body: 'ok' }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(answers, fc.boolean(), (given, alone) => {
        const host = fakeHost({ answer: (_, index) => given[index] ?? { status: 400 } });
        const once = call('once', undefined, false);
        exchange(host, alone ? { once } : { once, read: call('read') });
        expect(
          hostNames(host.rounds)
            .flat()
            .filter((name) => name === 'once'),
        ).toHaveLength(1);
      }),
    );
  });
});

describe('calls that fan out', () => {
  const fan = (
    names: readonly string[],
    next = (text: string): Settled<string> => done(text),
  ): Call<string> =>
    andThen(call('list'), () =>
      all(
        names.map((name) => call(name)),
        (outcomes) => next(outcomes.map((one) => (one.ok ? one.value : one.error.code)).join(' ')),
      ),
    );
  const echo = ({ url }: { url: string }): Answer => {
    const name = /\/\/([^.]+)/.exec(url)?.[1] ?? '';
    return name.startsWith('bad') ? { status: 400 } : { status: 200, body: name };
  };

  test('go out together in the next round, beside the next request of every other call', () => {
    const host = fakeHost({ answer: echo });
    const other = andThen(call('other'), () => ({ kind: 'next', call: call('more') }));
    const { a, b } = exchange(host, { a: fan(['x', 'y', 'z']), b: other });
    expect(hostNames(host.rounds)).toEqual([
      ['list', 'other'],
      ['x', 'y', 'z', 'more'],
    ]);
    expect([a, b]).toEqual([
      { ok: true, value: 'x y z' },
      { ok: true, value: 'more' },
    ]);
  });

  test('one that fails is told to the join and leaves the others alone; none at all joins at once', () => {
    const host = fakeHost({ answer: echo });
    expect(exchange(host, { a: fan(['x', 'bad', 'z']) }).a).toEqual({
      ok: true,
      value: 'x service-throttled z',
    });
    expect(exchange(host, { a: fan([]) }).a).toEqual({ ok: true, value: '' });
  });

  test('one that is put off waits alone, keeps its place, and the join comes once, after the last', () => {
    let late = 1;
    const host = fakeHost({
      answer: (request) => (request.url.includes('slow') && late-- > 0 ? { status: 503 } : echo(request)),
    });
    let joined = 0;
    const { a } = exchange(host, {
      a: fan(['slow', 'y'], (text) => {
        joined++;
        return done(text);
      }),
    });
    expect(a).toEqual({ ok: true, value: 'slow y' });
    expect(joined).toBe(1);
    expect(hostNames(host.rounds)).toEqual([['list'], ['slow', 'y'], ['slow']]);
  });

  test('a join may lead on: to another fan, to one more call, or to an error of its own', () => {
    const host = fakeHost({ answer: echo });
    const nested = fan(['x', 'y'], () => all([call('p'), call('q')], (rest) => done(`${rest.length} more`)));
    const single = fan(['x'], () => ({ kind: 'next', call: call('last') }));
    const broken = fan(['x'], () => {
      throw put_off;
    });
    const outcomes = exchange(host, {
      nested: andThen(nested, (text) => done(`${text}!`)),
      single,
      broken,
    });
    expect(outcomes.nested).toEqual({ ok: true, value: '2 more!' });
    expect(outcomes.single).toEqual({ ok: true, value: 'last' });
    expect(outcomes.broken).toEqual({ ok: false, error: put_off });
  });

  test('past the deadline nothing more goes out and the join hears that there was no time', () => {
    const host = fakeHost({
      answer: (request) => {
        host.setNow(NOW_MS + 10_000);
        return echo(request);
      },
    });
    const { a } = exchange(host, { a: fan(['x', 'y']) }, { deadlineMs: NOW_MS + 5_000 });
    expect(a).toEqual({ ok: true, value: 'time-budget-spent time-budget-spent' });
    expect(host.rounds).toHaveLength(1);
  });
});

describe('calls that need something renewed first', () => {
  const renewing = (name: string, renew: () => Call<string>): Call<string> =>
    call(name, () => ({ kind: 'renew', renew }));
  const ok: () => Answer = () => ({ status: 200, body: 'ok' });

  test('have it renewed after the round, one after the other, and go out together in the next', () => {
    const order: string[] = [];
    const host = fakeHost({ answer: ok });
    const noting = (name: string) =>
      renewing(name, () => {
        order.push(`${name} after ${host.rounds.length}`);
        return call(`${name}2`);
      });
    const outcomes = exchange(host, { a: noting('a'), b: call('b'), c: noting('c') });
    expect(order).toEqual(['a after 1', 'c after 1']);
    expect(hostNames(host.rounds)).toEqual([
      ['a', 'b', 'c'],
      ['a2', 'c2'],
    ]);
    expect([outcomes.a, outcomes.b, outcomes.c]).toEqual([1, 2, 3].map(() => ({ ok: true, value: 'ok' })));
    expect(host.slept).toEqual([]);
  });

  test('may send something of their own to get it', () => {
    const host = fakeHost({ answer: ({ url }) => ({ status: 200, body: url }) });
    const asking = renewing('a', () => call(send(host, call('token')).includes('token') ? 'a2' : 'wrong'));
    expect(send(host, asking)).toBe('https://a2.example/');
    expect(hostNames(host.rounds)).toEqual([['a'], ['token'], ['a2']]);
  });

  test('fail with what the renewal throws, and leave the others alone', () => {
    const host = fakeHost({ answer: ok });
    const failing = renewing('a', () => {
      throw put_off;
    });
    const outcomes = exchange(host, { a: failing, b: renewing('b', () => call('b2')) });
    expect(outcomes.a).toEqual({ ok: false, error: put_off });
    expect(outcomes.b.ok).toBe(true);
  });

  test('use up an attempt, so that what is never content is not renewed for ever', () => {
    let renewals = 0;
    const endless: Call<string> = renewing('a', () => {
      renewals++;
      return endless;
    });
    const host = fakeHost({ answer: ok });
    expect(errorOf(() => send(host, endless)).code).toBe('service-unavailable');
    expect(host.rounds).toHaveLength(5);
    expect(renewals).toBe(4);
  });

  test('renew nothing after the deadline, and send nothing when the renewal used up the time', () => {
    let renewals = 0;
    const host = fakeHost({ answer: ok, roundMs: 1_000 });
    const slow = renewing('a', () => {
      renewals++;
      host.sleep(5_000);
      return call('a2');
    });
    const outcomes = exchange(
      host,
      {
        a: slow,
        b: renewing('b', () => {
          renewals++;
          return call('b2');
        }),
      },
      { deadlineMs: NOW_MS + 3_000 },
    );
    expect([outcomes.a, outcomes.b]).toMatchObject(
      [1, 2].map(() => ({ error: { code: 'time-budget-spent' } })),
    );
    expect(renewals).toBe(1);
    expect(host.rounds).toHaveLength(1);
  });

  test('as parts are joined like others, the join of a failed renewal may need one itself', () => {
    const host = fakeHost({ answer: ok });
    const failing = renewing('x', () => {
      throw put_off;
    });
    const fan = andThen(call('list'), () =>
      all([failing, renewing('y', () => call('y2'))], (outcomes) => ({
        kind: 'renew',
        renew: () =>
          call('z', () => done(outcomes.map((one) => (one.ok ? one.value : one.error.code)).join(' '))),
      })),
    );
    expect(
      send(
        host,
        andThen(fan, (text) => done(`${text}!`)),
      ),
    ).toBe('service-throttled ok!');
    const alone = andThen(call('list'), () =>
      all([failing], () => ({ kind: 'renew', renew: () => call('last') })),
    );
    expect(send(host, alone)).toBe('ok');
  });
});
