import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { workerBundle } from '../../../scripts/local/network/worker-bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worker-bundle-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const echo = join(import.meta.dirname, 'echo-host.ts');
let beginnings = 0;
/** As a process that begins anew, which remembers nothing. */
async function anew(modules: readonly string[]): ReturnType<typeof workerBundle> {
  beginnings += 1;
  const module = '../../../scripts/local/network/worker-bundle.ts';
  const fresh = (await import(`${module}?anew=${beginnings}`)) as { workerBundle: typeof workerBundle };
  return fresh.workerBundle(modules, join(folder, 'cache'));
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const said = (file: string | undefined): string =>
  spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `console.log((await import('file://${file}')).say())`],
    {
      encoding: 'utf8',
    },
  ).stdout.trim();

test('is made once, and found by the next process', async () => {
  const first = await anew([echo]);
  const second = await anew([echo, echo]);
  expect(first?.modules.get(echo)).toMatch(/\.mjs$/);
  expect(second).toEqual(first);
  expect(existsSync(first?.entry ?? '')).toBe(true);
});

test('is made again once a file that it was made of has changed, an imported one too', async () => {
  const words = write('words.ts', "export const word: string = 'old';\n");
  const module = write(
    'module.ts',
    "import { word } from './words.ts';\nexport const say = (): string => word;\n",
  );
  expect(said((await anew([module]))?.modules.get(module))).toBe('old');
  writeFileSync(words, "export const word: string = 'new';\n");
  expect(said((await anew([module]))?.modules.get(module))).toBe('new');
  expect(said((await anew([module]))?.modules.get(module))).toBe('new');
});

test('is none for what can’t be bundled, which the worker itself then complains of', async () => {
  expect(await anew([join(folder, 'missing.ts')])).toBeNull();
  expect(await anew([write('broken.ts', 'export const = ;')])).toBeNull();
});

test('leaves nothing unfinished behind', async () => {
  const made = await anew([echo]);
  expect(made).not.toBeNull();
  const kept = readdirSync(join(folder, 'cache'));
  expect(kept.map((name) => name.replace(/^[0-9a-f-]+/, '')).sort()).toEqual(['', '.json']);
});
