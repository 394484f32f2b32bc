/**
 * A bundle made before, while all that it was made of is as it was: the suites of `npm test` need the same one some
 * thirty times, and making it takes a second each.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { forgetUnused, replaceFile } from './kept-files.ts';

/** The folders and files, from the project's root, that a bundle is made of; the lock file stands for the packages. */
const MADE_OF = [
  'src',
  'scripts/build.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
] as const;

/**
 * What `make` made of the sources as they are, now or before; it must be plain JSON.
 *
 * @param cache the folder where bundles are kept
 */
export async function keptBundle<T>(root: string, cache: string, make: () => Promise<T>): Promise<T> {
  const before = sourcesHash(root);
  const file = join(cache, `${before}.json`);
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as T;
    utimesSync(file, new Date(), new Date());
    return kept;
  } catch {
    // Not there yet.
  }
  const made = await make();
  // A file that was saved meanwhile may have been read before or after.
  if (sourcesHash(root) === before) {
    mkdirSync(cache, { recursive: true });
    replaceFile(file, JSON.stringify(made));
    forgetUnused(cache);
  }
  return made;
}

function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  for (const path of MADE_OF.flatMap((one) => filesIn(root, one))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(root: string, path: string): readonly string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length))
    .sort();
}
