import { giveBack, takeLease } from '../../src/host/lease.ts';
import { errorOf, fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';

const MINUTE_MS = 60_000;

test('the taker gets all document properties as they were, in two calls under the lock', () => {
  const host = fakeHost();
  host.document.set('owner', OWNER);
  const { lease, properties } = takeLease(host, 'statement', 7 * MINUTE_MS);
  expect(properties).toEqual({ owner: OWNER });
  expect(lease).toEqual({ key: 'lease.statement', owner: 'uuid-1', expiresMs: NOW_MS + 7 * MINUTE_MS });
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
