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

describe('an execution in the middle of another', () => {
  const code = `
    function outer(kind) {
      const lock = LockService[kind]();
      const taken = lock.tryLock(1000);
      UrlFetchApp.fetch('https://one.example/');
      const still = lock.hasLock();
      lock.releaseLock();
      UrlFetchApp.fetch('https://two.example/');
      return [taken, still];
    }
    function inner() { return LockService.getScriptLock().tryLock(1000); }`;

  test('does not get the lock that the other holds, and waits in vain', () => {
    const { script, clock } = toy({ code });
    const inner: unknown[] = [];
    script.meanwhile(() => inner.push(script.run('inner')));
    expect(script.run('outer', ['getScriptLock'])).toEqual([true, true]);
    expect(inner).toEqual([false]);
    expect(clock.now()).toBe(START_MS + 1000);
  });

  test('gets it when it was given back, or is another one', () => {
    const { script } = toy({ code });
    const inner: unknown[] = [];
    script.meanwhile(() => inner.push(script.run('inner')), 1);
    script.run('outer', ['getScriptLock']);
    script.meanwhile(() => inner.push(script.run('inner')));
    script.run('outer', ['getUserLock']);
    expect(inner).toEqual([true, true]);
    // Once each: nothing is left that would come in the middle of the next one.
    script.run('outer', ['getScriptLock']);
    expect(inner).toHaveLength(2);
  });

  test('leaves no lock behind when it ends, well or not', () => {
    const { script, evaluate } = toy({ code });
    expect(() => evaluate('LockService.getScriptLock().tryLock(1); throw new Error("dies")')).toThrow('dies');
    expect(script.run('inner')).toBe(true);
    expect(script.run('inner')).toBe(true);
  });
});
