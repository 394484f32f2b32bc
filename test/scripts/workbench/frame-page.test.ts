import { createContext, runInContext } from 'node:vm';
import { framePage } from '../../../scripts/workbench/frame-page.ts';

const page = (html: string, nowIso: string | null): string =>
  framePage(html, 'http://127.0.0.1:4000', 1, 'key', nowIso);

/** What the page's first script leaves behind, in a realm with as much of a browser as it asks for. */
function clockOf(nowIso: string | null): { now(): number; today(): string; given(): string } {
  const script = /<script>([\s\S]*)<\/script>/.exec(page('', nowIso))?.[1] ?? '';
  const realm = createContext({ addEventListener: () => {}, parent: {}, fetch: () => {} });
  runInContext('var window = globalThis;', realm);
  runInContext(script, realm);
  return {
    now: () => Number(runInContext('Date.now()', realm)),
    today: () => String(runInContext('new Date().toISOString().slice(0, 10)', realm)),
    given: () =>
      String(runInContext('new Date(2020, 0, 2, 3).toISOString() + (new Date() instanceof Date)', realm)),
  };
}

test('a page of the script has the workbench’s clock, so that what is too early there is too early here', () => {
  const clock = clockOf('2026-06-01T10:00:00.000Z');
  expect(clock.today()).toBe('2026-06-01');
  expect(Math.abs(clock.now() - Date.parse('2026-06-01T10:00:00.000Z'))).toBeLessThan(60_000);
  expect(clock.given()).toBe(`${new Date(2020, 0, 2, 3).toISOString()}true`);
});

test('the doctype stays first, or a browser would lay the page out as in the nineties', () => {
  expect(page('<!DOCTYPE html><p>Hi</p>', null)).toMatch(
    /^<!DOCTYPE html><script>[\s\S]*<\/script><p>Hi<\/p>$/,
  );
});
