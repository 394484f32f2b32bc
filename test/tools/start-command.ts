/** `npm start` as a test runs it: in this process, which is faster, or as a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readArguments, UsageError } from '../../scripts/start/arguments.ts';
import type { Summary } from '../../scripts/start/outputs.ts';
import { startMonth } from '../../scripts/start/start-month.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The same as `scripts/start.ts` with nobody at the terminal. */
export async function start(...args: readonly string[]): Promise<Ended> {
  let stdout = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  try {
    const options = await readArguments(args, null);
    if (options === 'help') throw new Error('Ask a process of its own for help.');
    return { code: await startMonth(options), stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: 64, stdout, stderr: error.message };
  } finally {
    write.mockRestore();
  }
}

/** As a person would, without a terminal. */
export function startProcess(...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/start.ts', ...args],
    {
      encoding: 'utf8',
      input: '',
    },
  );
  return { code: status ?? -1, stdout, stderr };
}

export interface Folder {
  readonly path: string;
  at(...names: readonly string[]): string;
  /** Writes a file, its folders too. @returns its path */
  write(name: string, content: string | Uint8Array): string;
  read(name: string): Buffer;
  summary(out?: string): Summary;
  /** All files under it, sorted, without the state of the Workspace. */
  files(under?: string): readonly string[];
  remove(): void;
}

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'purser-start-'));
  const folder: Folder = {
    path,
    at: (...names) => join(path, ...names),
    write(name, content) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), typeof content === 'string' ? content : new Uint8Array(content));
      return join(path, name);
    },
    read: (name) => readFileSync(join(path, name)),
    summary: (out = 'out') => JSON.parse(readFileSync(join(path, out, 'summary.json'), 'utf8')) as Summary,
    files: (under = 'out') =>
      readdirSync(join(path, under), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(path, under).length + 1))
        .filter((name) => !name.startsWith('.state'))
        .sort(),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  return folder;
}

export function jsonLines(items: readonly object[]): string {
  return `${items.map((item) => JSON.stringify(item)).join('\n')}\n`;
}
