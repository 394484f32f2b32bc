/** What runs in the browser imports nothing of the other rooms, only what it is shipped with, and not in circles. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const room = join(import.meta.dirname, '..', '..', 'src', 'sidebar');
const SHIPPED = ['preact', 'preact/hooks'];
const IMPORT = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'/gm;

/** Each source, with what it imports: paths from the room for its own, else as it stands there. */
const sources = new Map(
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [name, importsOf(name)]),
);

function importsOf(name: string): readonly string[] {
  const text = readFileSync(join(room, name), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, from = '']) =>
    from.startsWith('.') ? relative(room, join(room, dirname(name), from)) : from,
  );
}

it('each import is a source of the same room, or shipped', () => {
  expect(sources.size).toBeGreaterThan(30);
  const strange = [...sources].flatMap(([name, imports]) =>
    imports.filter((one) => !sources.has(one) && !SHIPPED.includes(one)).map((one) => `${name}: ${one}`),
  );
  expect(strange).toEqual([]);
});

it('no source imports itself by way of others', () => {
  const reached = (name: string, seen: Set<string>): Set<string> => {
    for (const one of sources.get(name) ?? []) {
      if (seen.has(one)) continue;
      seen.add(one);
      reached(one, seen);
    }
    return seen;
  };
  expect([...sources.keys()].filter((name) => reached(name, new Set()).has(name))).toEqual([]);
  expect(reached(join('month', 'month.tsx'), new Set())).toContain(join('month', 'contract.ts'));
});
