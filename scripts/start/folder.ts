import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './arguments.ts';

/** One run a folder: two would each send, neither knowing of the other's outbox. @throws UsageError */
export function occupyFolder(out: string): () => void {
  const file = join(out, '.state', 'running');
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder > 0 && holder !== process.pid && isAlive(holder)) {
      throw new UsageError(
        `Another npm start (process ${holder}) is at work in ${out}. Wait for it, or choose another --out.`,
      );
    }
    // Left by a run that was killed.
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
