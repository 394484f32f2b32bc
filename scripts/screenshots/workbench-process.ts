/** The workbench as anybody starts it, in a process of its own: while the script runs, its main thread can do nothing else. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface WorkbenchProcess {
  /** `http://127.0.0.1:41234/` */
  readonly url: string;
  close(): void;
}

const root = join(import.meta.dirname, '..', '..');

/** @param args of `npm run workbench` @throws Error with what it said, when it ends before it is there */
export function startWorkbench(args: readonly string[]): Promise<WorkbenchProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/workbench.ts', '--port', '0', '--no-open', ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    const onWords = (words: Buffer): void => {
      said += words.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (url !== undefined) resolve({ url, close: () => child.kill() });
    };
    child.stdout.on('data', onWords);
    child.stderr.on('data', onWords);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`The workbench did not start:\n${said}`)));
  });
}
