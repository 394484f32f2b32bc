import { freeingEntries, giveBack, takeLease, takeLeases } from '../../src/host/lease.ts';
import { errorOf, fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';

const MINUTE_MS = 60_000;

test('the taker gets all document properties as they were, in two calls under the lock', () => {
  const host = fakeHost();
  host.document.set('owner', OWNER);
  const { lease, properties } = takeLease(host, 'statement', 7 * MINUTE_MS);
  expect(properties).toEqual({ owner: OWNER });
  expect(lease).toEqual({
    scope: 'document',
    key: 'lease.statement',
    owner: 'uuid-1',
    expiresMs: NOW_MS + 7 * MINUTE_MS,
  });
  expect(host.touched).toEqual(['readAll', 'write lease.statement']);
});

test('a second taker is refused, told who holds it and when it frees itself', () => {
  const host = fakeHost();
  takeLease(host, 'statement', 7 * MINUTE_MS);
  host.setUser('sam@blueheron.example');
  host.setNow(NOW_MS + 90_000);
  const error = errorOf(() => takeLease(host, 'statement', 7 * MINUTE_MS));
  expect(error).toMatchObject({ code: 'run-in-progress', kind: 'conflict' });
  expect(error.what).toContain(OWNER);
  expect(error.now).toContain('within 6 minutes');
  expect(error.data).toEqual({ sinceMs: NOW_MS, expiresMs: NOW_MS + 7 * MINUTE_MS });
});

test('the last minute is one minute', () => {
  const host = fakeHost();
  takeLease(host, 'statement', 30_000);
  expect(errorOf(() => takeLease(host, 'statement', 1)).now).toContain('within 1 minute.');
});

test('leases of different names don’t meet', () => {
  const host = fakeHost();
  takeLease(host, 'statement', MINUTE_MS);
  expect(takeLease(host, 'tokens', MINUTE_MS).lease.key).toBe('lease.tokens');
});

test('a lease whose run was killed frees itself when it expires, and not a moment before', () => {
  const host = fakeHost();
  takeLease(host, 'statement', MINUTE_MS);
  host.setNow(NOW_MS + MINUTE_MS - 1);
  expect(errorOf(() => takeLease(host, 'statement', MINUTE_MS)).code).toBe('run-in-progress');
  host.setNow(NOW_MS + MINUTE_MS);
  expect(takeLease(host, 'statement', MINUTE_MS).lease.owner).toBe('uuid-2');
});

test('given back it is free at once', () => {
  const host = fakeHost();
  giveBack(host, takeLease(host, 'statement', MINUTE_MS).lease);
  expect(host.document.size).toBe(0);
  expect(takeLease(host, 'statement', MINUTE_MS).lease.owner).toBe('uuid-2');
});

test('who comes back after the expiry does not take the lease from the next holder', () => {
  const host = fakeHost();
  const { lease } = takeLease(host, 'statement', MINUTE_MS);
  host.setNow(NOW_MS + 2 * MINUTE_MS);
  takeLease(host, 'statement', MINUTE_MS);
  giveBack(host, lease);
  expect(JSON.parse(host.document.get('lease.statement') ?? '{}')).toMatchObject({ owner: 'uuid-2' });
});

test('an expired lease that nobody took is cleared by its holder', () => {
  const host = fakeHost();
  const { lease } = takeLease(host, 'statement', MINUTE_MS);
  host.setNow(NOW_MS + 2 * MINUTE_MS);
  giveBack(host, lease);
  expect(host.document.size).toBe(0);
});

test('a lease that can’t be given back spoils nothing that was done under it', () => {
  const host = fakeHost();
  const { lease } = takeLease(host, 'statement', MINUTE_MS);
  host.breakProperties(new Error('Service unavailable'));
  expect(() => giveBack(host, lease)).not.toThrow();
  expect(host.logged).toEqual([
    { event: 'lease-not-given-back', lease: 'lease.statement', code: 'unexpected' },
  ]);
});

test.each(['{', '[]', 'null', '{"owner":1,"expiresMs":9e15}', '{"owner":"x"}'])(
  'a record that can’t be read (%s) holds nobody up',
  (json) => {
    const host = fakeHost();
    host.document.set('lease.statement', json);
    expect(takeLease(host, 'statement', MINUTE_MS).lease.owner).toBe('uuid-1');
  },
);

test('while the lock is busy nobody takes it', () => {
  const host = fakeHost();
  host.keepLockBusy();
  expect(errorOf(() => takeLease(host, 'statement', MINUTE_MS)).code).toBe('lock-busy');
});

test('a holder whom the platform does not name is somebody', () => {
  const host = fakeHost();
  host.setUser('');
  takeLease(host, 'statement', MINUTE_MS);
  expect(errorOf(() => takeLease(host, 'statement', MINUTE_MS)).what).toContain('started by somebody');
});

describe('leases of a person', () => {
  test('are kept in user properties, where those of the workbook don’t meet them', () => {
    const host = fakeHost();
    const { lease } = takeLease(host, 'token', MINUTE_MS, 'user');
    takeLease(host, 'token', MINUTE_MS);
    expect([...host.user.keys()]).toEqual(['lease.token']);
    expect(errorOf(() => takeLease(host, 'token', MINUTE_MS, 'user')).code).toBe('run-in-progress');
    giveBack(host, lease);
    expect(host.user.size).toBe(0);
    expect(host.document.size).toBe(1);
  });

  test('are taken several at once, by what the properties say then; those of others are left out', () => {
    const host = fakeHost();
    host.user.set('wanted', 'a,b,c');
    takeLeases(host, 'user', MINUTE_MS, 'somebody', () => ['b']);
    const { leases, properties } = takeLeases(host, 'user', MINUTE_MS, 'me', (mine) =>
      (mine.wanted ?? '').split(','),
    );
    expect([...leases.keys()]).toEqual(['a', 'c']);
    expect(properties.wanted).toBe('a,b,c');
  });

  test('are taken again by who has them already: whether a try worked need not be known', () => {
    const host = fakeHost();
    takeLeases(host, 'user', MINUTE_MS, 'me', () => ['a']);
    host.setNow(NOW_MS + 1_000);
    const again = takeLeases(host, 'user', MINUTE_MS, 'me', () => ['a']).leases.get('a');
    expect(again?.expiresMs).toBe(NOW_MS + 1_000 + MINUTE_MS);
  });

  test('none wanted, none written', () => {
    const host = fakeHost();
    expect(takeLeases(host, 'user', MINUTE_MS, 'me', () => []).leases.size).toBe(0);
    expect(host.user.size).toBe(0);
  });

  test('are freed in one write with what was done, but never another’s', () => {
    const host = fakeHost();
    const { leases } = takeLeases(host, 'user', MINUTE_MS, 'me', () => ['a', 'b']);
    host.setNow(NOW_MS + 2 * MINUTE_MS);
    takeLeases(host, 'user', MINUTE_MS, 'somebody', () => ['b']);
    const entries = freeingEntries([...leases.values()], Object.fromEntries(host.user));
    expect(Object.keys(entries)).toEqual(['lease.a']);
    host.properties('user').write(entries);
    expect([...takeLeases(host, 'user', MINUTE_MS, 'me', () => ['a', 'b']).leases.keys()]).toEqual(['a']);
  });
});

describe('a lease that was taken by a clock that was ahead', () => {
  const DAY_MS = 86_400_000;

  test('is free once the clock is right, not a day later', () => {
    const host = fakeHost();
    host.setNow(NOW_MS + DAY_MS);
    takeLease(host, 'statement', 7 * MINUTE_MS);
    host.setNow(NOW_MS);
    expect(takeLease(host, 'statement', 7 * MINUTE_MS).lease.owner).toBe('uuid-2');
  });

  test('and comes to its end does not end that of the next holder', () => {
    const host = fakeHost();
    host.setNow(NOW_MS + DAY_MS);
    const { lease } = takeLease(host, 'statement', 7 * MINUTE_MS);
    host.setNow(NOW_MS);
    takeLease(host, 'statement', 7 * MINUTE_MS);
    giveBack(host, lease);
    expect(JSON.parse(host.document.get('lease.statement') ?? '{}')).toMatchObject({ owner: 'uuid-2' });
  });

  test('is told from a long one: none is taken for more than ten minutes, and those hold', () => {
    const host = fakeHost();
    const { lease } = takeLease(host, 'statement', 60 * MINUTE_MS);
    expect(lease.expiresMs).toBe(NOW_MS + 10 * MINUTE_MS);
    expect(errorOf(() => takeLease(host, 'statement', MINUTE_MS)).code).toBe('run-in-progress');
  });
});
