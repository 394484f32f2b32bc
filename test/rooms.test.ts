/** The compiler keeps the rooms apart: what only some may name does not compile elsewhere. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What the compiler says of these lines, were they a file of that room. */
function compile(tsconfig: string, lines: string): string {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'rooms-'));
  try {
    writeFileSync(join(folder, 'room.ts'), `export {};\n${lines}\n`);
    const config = { extends: join(root, tsconfig), include: ['room.ts'], exclude: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each([
  'SpreadsheetApp.getActive();',
  'UrlFetchApp.fetch("https://example.com");',
  'PropertiesService.getUserProperties();',
  'document.title;',
  'window;',
  'new URL("https://example.com");',
  'setTimeout(() => 0, 1);',
  'new TextEncoder();',
  'process.env;',
  'Buffer.from("");',
  'console.log(1);',
])('a server file that says %s does not compile', (line) => {
  expect(compile('tsconfig.json', line)).toContain('error TS2');
});

it('the add-on may name Apps Script, but neither the browser nor Node', () => {
  expect(compile('src/addon/tsconfig.json', 'SpreadsheetApp.getActive();')).toBe('');
  expect(compile('src/addon/tsconfig.json', 'document.title;')).toContain('error TS2');
  expect(compile('src/addon/tsconfig.json', 'process.env;')).toContain('error TS2');
});

it('a dialog may name the browser, but neither Apps Script nor Node', () => {
  expect(compile('src/sidebar/tsconfig.json', 'document.title;')).toBe('');
  expect(compile('src/sidebar/tsconfig.json', 'SpreadsheetApp.getActive();')).toContain('error TS2');
  expect(compile('src/sidebar/tsconfig.json', 'process.env;')).toContain('error TS2');
});

it('what every file may name compiles', () => {
  expect(compile('tsconfig.json', 'JSON.stringify([Math.max(1, 2)]);')).toBe('');
});
