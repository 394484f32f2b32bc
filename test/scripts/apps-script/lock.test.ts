/** developers.google.com/apps-script/reference/lock/lock */
import { START_MS, toy } from './toy.ts';

test('a lock is not held until it is asked for, and is free again in the next execution', () => {
  const { evaluate } = toy();
  expect(
    evaluate('const l = LockService.getDocumentLock(); [l.hasLock(), l.tryLock(1), l.hasLock()]'),
  ).toEqual([false, true, true]);
  expect(evaluate('LockService.getDocumentLock().hasLock()')).toBe(false);
  expect(
    evaluate('const l = LockService.getDocumentLock(); l.tryLock(1); l.releaseLock(); l.hasLock()'),
  ).toBe(false);
});

test('tryLock waits as long as it was told and gives up; waitLock throws then', () => {
  const { evaluate, script, clock } = toy();
  script.holdLock('document', 15_000);
  expect(evaluate('LockService.getDocumentLock().tryLock(10000)')).toBe(false);
  expect(clock.now()).toBe(START_MS + 10_000);
  expect(() => evaluate('LockService.getDocumentLock().waitLock(1000)')).toThrow(
    'Lock timeout: another process was holding the lock for too long.',
  );
  expect(evaluate('LockService.getDocumentLock().tryLock(10000)')).toBe(true);
  expect(clock.now()).toBe(START_MS + 15_000);
});

test("another lock, or another person's, is not in the way", () => {
  const { evaluate, script } = toy();
  script.holdLock('user', 15_000);
  expect(evaluate('LockService.getScriptLock().tryLock(1)')).toBe(true);
  expect(evaluate('LockService.getUserLock().tryLock(1)')).toBe(false);
  expect(evaluate('LockService.getUserLock().tryLock(1)', { as: 'second@example.com' })).toBe(true);
});

test('a timeout must be given', () => {
  expect(() => toy().evaluate('LockService.getScriptLock().tryLock()')).toThrow(
    "don't match the method signature",
  );
});
