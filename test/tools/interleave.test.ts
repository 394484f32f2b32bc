import { PurserError } from '../../src/host/errors.ts';
import type { Host } from '../../src/host/host.ts';
import { fakeHost, NOW_MS } from './fake-host.ts';
import type { FaultKind } from './interleave.ts';
import { interleave } from './interleave.ts';

/** Adds one to a number in the properties, as careless programs do. */
function addOne(host: Host): number {
  const store = host.properties('user');
  const number = Number(store.read('number') ?? '0') + 1;
  store.write({ number: String(number) });
  return number;
}
const addOneLocked = (host: Host): number => host.withLock(() => addOne(host));
const one = (program: (host: Host) => unknown, kind: FaultKind, call: number) => {
  const host = fakeHost({ answer: () => ({ status: 200, body: 'fine' }) });
  const { ended } = interleave(host, [program], { faults: [{ program: 0, call, kind }] });
  return { host, ended: ended[0] };
};
const request = { method: 'GET', url: 'https://x.example/', headers: {} } as const;

test('two programs meet where the schedule lets them, and the same schedule does the same', () => {
  for (let times = 0; times < 2; times++) {
    const host = fakeHost();
    const { ended } = interleave(host, [addOne, addOne], { schedule: [0, 1, 0, 1] });
    expect(ended.map((end) => end.how === 'returned' && end.value)).toEqual([1, 1]);
    expect(host.user.get('number')).toBe('1');
  }
});

test('one after the other, they do what they would do alone', () => {
  const host = fakeHost();
  const { ended, trace } = interleave(host, [addOne, addOne], { schedule: [1, 1, 0, 0] });
  expect(ended).toEqual([
    { how: 'returned', value: 2 },
    { how: 'returned', value: 1 },
  ]);
  expect(trace.map(({ program, call }) => `${program} ${call}`)).toEqual([
    '1 user read',
    '1 user write',
    '0 user read',
    '0 user write',
  ]);
});

test('who wants the lock waits for it, in whatever order', () => {
  for (const schedule of [[], [0, 1, 0, 1, 1, 0], [1, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0]]) {
    const host = fakeHost();
    interleave(host, [addOneLocked, addOneLocked], { schedule });
    expect(host.user.get('number')).toBe('2');
  }
});

test('what a program caught, waited for and was answered stays the same when it is run again', () => {
  const host = fakeHost({ random: () => Math.random() });
  const seen: string[] = [];
  interleave(host, [
    (own: Host) => {
      const first = `${own.uuid()} ${own.random()} ${own.now()}`;
      own.sleep(1_000);
      own.properties('user').read('x');
      seen.push(first);
      return own.now();
    },
  ]);
  expect(new Set(seen).size).toBe(1);
});

test('a program that sleeps goes on after that time; others go on meanwhile', () => {
  const host = fakeHost();
  const { ended } = interleave(host, [
    (own: Host) => {
      own.sleep(5_000);
      return own.now() - NOW_MS;
    },
    (own: Host) => {
      own.properties('user').read('x');
      own.properties('user').read('x');
      return own.now() - NOW_MS;
    },
  ]);
  const [slept, other] = ended.map((end) => (end.how === 'returned' ? end.value : -1));
  expect(slept).toBeGreaterThanOrEqual(5_000);
  expect(other).toBeLessThan(1_000);
});

test('a call that fails has its effect or not, as the fault says', () => {
  expect(one(addOne, 'throw-before', 1)).toMatchObject({ ended: { how: 'threw' } });
  expect(one(addOne, 'throw-before', 1).host.user.size).toBe(0);
  expect(one(addOne, 'throw-after', 1).host.user.get('number')).toBe('1');
});

test('nothing of a killed program runs on, and its lock is free', () => {
  const host = fakeHost();
  const killed = (own: Host): number => {
    try {
      return addOneLocked(own);
    } finally {
      own.properties('user').write({ cleanedUp: 'yes' });
    }
  };
  const { ended } = interleave(host, [killed, addOneLocked], {
    schedule: [0, 0],
    faults: [{ program: 0, call: 1, kind: 'kill-after' }],
  });
  expect(ended).toEqual([{ how: 'killed' }, { how: 'returned', value: 1 }]);
  expect(host.user.has('cleanedUp')).toBe(false);
});

test('a reply in place of the server’s: the request arrived there, or did not', () => {
  const fetch = (host: Host) => host.fetchAll([request]).map((reply) => reply.status);
  for (const arrived of [true, false]) {
    const { host, ended } = one(fetch, { reply: { status: 503 }, arrived }, 0);
    expect(ended).toEqual({ how: 'returned', value: [503] });
    expect(host.rounds).toHaveLength(arrived ? 1 : 0);
  }
  expect(one(fetch, 'throw-after', 0)).toMatchObject({ ended: { thrown: { code: 'network-failed' } } });
});

test('the clock jumps where it is told to, and events happen where they are told to', () => {
  const late = (host: Host) => {
    host.properties('user').read('x');
    return host.now() - NOW_MS;
  };
  expect(one(late, { clockMs: 60_000 }, 0).ended).toMatchObject({ value: 60_000 });
  const host = fakeHost();
  const event = { atCall: 1, run: () => void host.user.set('number', '7') };
  interleave(host, [addOne, addOne], { schedule: [0, 0, 1, 1], events: [event] });
  expect(host.user.get('number')).toBe('2');
});

test.each<[string, (host: Host) => unknown, string]>([
  ['asks under the lock', (host) => host.withLock(() => host.fetchAll([request])), 'HTTP under the lock'],
  ['takes the lock twice', (host) => host.withLock(() => host.withLock(() => 1)), 'the lock is held already'],
  [
    'does not end',
    (host) => {
      for (;;) host.properties('user').read('x');
    },
    'do not end',
  ],
])('a program that %s fails the test, whatever it catches', (_, program, words) => {
  const caught = (host: Host): unknown => {
    try {
      return program(host);
    } catch (thrown) {
      if (thrown instanceof PurserError) return null;
      return 'caught';
    }
  };
  expect(() => interleave(fakeHost(), [caught])).toThrow(words);
});

test('a program that does something else when it is run again fails the test', () => {
  let times = 0;
  const fickle = (host: Host): void => {
    const store = host.properties('user');
    if (times++ === 1) store.write({ x: '1' });
    else store.read('x');
    store.read('y');
  };
  expect(() => interleave(fakeHost(), [fickle])).toThrow('not deterministic');
});
