/** developers.google.com/apps-script/reference/cache/cache */
import { toy } from './toy.ts';

const CACHE = 'CacheService.getScriptCache()';

test('a value lives for its time by the clock, ten minutes when none is given', () => {
  const { evaluate, clock } = toy();
  evaluate(`${CACHE}.put('a', '1'); ${CACHE}.put('b', '2', 30)`);
  clock.advance(29_999);
  expect(evaluate(`${CACHE}.getAll(['a', 'b', 'c'])`)).toEqual({ a: '1', b: '2' });
  clock.advance(1);
  expect(evaluate(`${CACHE}.getAll(['a', 'b', 'c'])`)).toEqual({ a: '1' });
  clock.advance(570_000);
  expect(evaluate(`${CACHE}.get('a')`)).toBeNull();
});

test('keys, values and lifetimes have their limits', () => {
  const { evaluate } = toy();
  evaluate(`${CACHE}.put('k'.repeat(250), 'x'.repeat(102400), 21600)`);
  expect(() => evaluate(`${CACHE}.put('k'.repeat(251), 'x')`)).toThrow('Argument too large: key');
  expect(() => evaluate(`${CACHE}.put('k', 'x'.repeat(102401))`)).toThrow('Argument too large: value');
  expect(() => evaluate(`${CACHE}.put('k', 'x', 21601)`)).toThrow('expirationInSeconds');
  expect(() => evaluate(`${CACHE}.put('k', 1)`)).toThrow("don't match the method signature");
});

test('of more than a thousand items the 900 that live longest stay', () => {
  const { evaluate } = toy();
  evaluate(`for (let i = 1; i <= 1001; i += 1) ${CACHE}.put('k' + i, 'v', i)`);
  expect(evaluate(`[${CACHE}.get('k101'), ${CACHE}.get('k102'), ${CACHE}.get('k1001')]`)).toEqual([
    null,
    'v',
    'v',
  ]);
});

test('the user cache is one of each person', () => {
  const { evaluate } = toy();
  evaluate(`CacheService.getUserCache().put('a', '1')`);
  expect(evaluate(`CacheService.getUserCache().get('a')`, { as: 'second@example.com' })).toBeNull();
  expect(
    evaluate(`CacheService.getUserCache().remove('a'); CacheService.getUserCache().get('a')`),
  ).toBeNull();
});
