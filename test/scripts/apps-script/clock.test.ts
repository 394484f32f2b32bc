import { CLOCK_BYTES, createClock } from '../../../scripts/local/clock.ts';

test('the clock stands until somebody moves it', () => {
  const clock = createClock(null, 1_000);
  expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  clock.set(20);
  expect(clock.now()).toBe(20);
});

test('two clocks on one shared buffer show the same time', () => {
  const buffer = new SharedArrayBuffer(CLOCK_BYTES);
  const first = createClock(buffer, 1_780_000_000_000);
  const second = createClock(buffer, null);
  second.advance(60_000);
  expect(first.now()).toBe(1_780_000_060_000);
});

test('a clock refuses to be advanced backwards or to what is no time', () => {
  const clock = createClock(null, 1_000);
  expect(() => clock.advance(-1)).toThrow('-1 ms');
  expect(() => clock.set(Number.NaN)).toThrow('NaN');
  expect(clock.now()).toBe(1_000);
});
