import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keptBundle } from '../../scripts/kept-bundle.ts';

const FILES = [
  'src/addon/main.ts',
  'src/sidebar/page.html',
  'scripts/build.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
] as const;

let root: string;
let made = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'purser-kept-'));
  for (const file of FILES) write(file, `of ${file}`);
  made = 0;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const cache = () => join(root, 'cache');
const ask = (meanwhile = () => {}) =>
  keptBundle(root, cache(), async () => {
    made += 1;
    meanwhile();
    return { code: `bundle ${made}` };
  });

it('is made once while nothing changes', async () => {
  expect(await ask()).toEqual({ code: 'bundle 1' });
  expect(await ask()).toEqual({ code: 'bundle 1' });
  expect(made).toBe(1);
});

it.each(FILES)('is made anew when %s changes, and is the old one when it changes back', async (file) => {
  await ask();
  write(file, 'changed');
  expect(await ask()).toEqual({ code: 'bundle 2' });
  write(file, `of ${file}`);
  expect(await ask()).toEqual({ code: 'bundle 1' });
});

it('is made anew when a file is added, renamed or taken away', async () => {
  await ask();
  write('src/addon/more.ts', '');
  expect(await ask()).toEqual({ code: 'bundle 2' });
  rmSync(join(root, 'src/addon/more.ts'));
  write('src/addon/other.ts', '');
  expect(await ask()).toEqual({ code: 'bundle 3' });
  rmSync(join(root, 'src/sidebar/page.html'));
  expect(await ask()).toEqual({ code: 'bundle 4' });
});

it('is not kept when a file was saved while it was made', async () => {
  await ask(() => write('src/addon/main.ts', 'saved meanwhile'));
  expect(await ask()).toEqual({ code: 'bundle 2' });
  write('src/addon/main.ts', 'of src/addon/main.ts');
  expect(await ask()).toEqual({ code: 'bundle 3' });
});

it('is made anew when what was kept can’t be read, and nobody’s for a day is forgotten', async () => {
  await ask();
  const [kept = ''] = readdirSync(cache());
  writeFileSync(join(cache(), kept), '{"code":');
  expect(await ask()).toEqual({ code: 'bundle 2' });
  const longAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(join(cache(), kept), longAgo, longAgo);
  write('src/addon/main.ts', 'changed');
  await ask();
  expect(readdirSync(cache())).toHaveLength(1);
  expect(readdirSync(cache())).not.toContain(kept);
});
