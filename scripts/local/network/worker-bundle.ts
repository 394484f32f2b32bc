/**
 * The worker's modules as plain JavaScript, made once and kept in `.cache`: a TypeScript loader in the worker takes a
 * second at each start. What is kept counts only while every file that it was made of is as it was.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, type OutputFile, type Plugin, version } from 'esbuild';
import { forgetUnused, replaceFile } from '../../kept-files.ts';

export interface WorkerBundle {
  /** The file to start the thread with. */
  readonly entry: string;
  /** The file that was made of each module given, by its path. */
  readonly modules: ReadonlyMap<string, string>;
}

/** What lies beside the files of a bundle, and says what it was made of. */
interface Made {
  /** Paths from the project's folder, and the SHA-256 of each. */
  readonly inputs: readonly (readonly [path: string, sha256: string])[];
  readonly folder: string;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const CACHE = join(ROOT, '.cache', 'worker');

const bundles = new Map<string, Promise<WorkerBundle | null>>();

/**
 * The worker and these modules, which share what they import; null when they can't be bundled or kept: the worker
 * then loads them as they are, and says what is wrong with them.
 *
 * @param modules absolute paths
 * @param cache where bundles are kept; packages are looked for from there
 */
export function workerBundle(modules: readonly string[], cache = CACHE): Promise<WorkerBundle | null> {
  const sources = [join(import.meta.dirname, 'workspace-worker.ts'), ...[...new Set(modules)].sort()];
  const key = sha256(JSON.stringify([version, lockedPackages(), sources, cache])).slice(0, 16);
  // Within one process the sources stay the same.
  const known = bundles.get(key) ?? made(cache, key, sources).catch(() => null);
  bundles.set(key, known);
  return known;
}

const IN_PACKAGES = /[\\/]node_modules[\\/]/;

/**
 * Packages are loaded from where they are, because some bring files along, but for exceljs: finding its 650 modules
 * takes longer than running them.
 */
const packagesApart: Plugin = {
  name: 'packages-apart',
  setup(setup) {
    setup.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) =>
      kind === 'entry-point' || path === 'exceljs' || IN_PACKAGES.test(importer)
        ? null
        : { path, external: true },
    );
  },
};

/** Stands for all files of the packages. */
function lockedPackages(): string {
  return sha256(readFileSync(join(ROOT, 'package-lock.json')));
}

async function made(cache: string, key: string, sources: readonly string[]): Promise<WorkerBundle> {
  const folder = keptFolder(cache, key) ?? (await bundled(cache, key, sources));
  const files = sources.map((_, index) => join(folder, `${nameOf(index)}.mjs`));
  return {
    entry: files[0] ?? '',
    modules: new Map(sources.map((source, index) => [source, files[index] ?? ''])),
  };
}

/** Null unless what is kept was made of the files as they are now. */
function keptFolder(cache: string, key: string): string | null {
  try {
    const record = join(cache, `${key}.json`);
    const { inputs, folder } = JSON.parse(readFileSync(record, 'utf8')) as Made;
    const isSame = inputs.every(([path, hash]) => sha256(readFileSync(join(ROOT, path))) === hash);
    if (!isSame) return null;
    const now = new Date();
    for (const used of [record, join(cache, folder)]) utimesSync(used, now, now);
    return join(cache, folder);
  } catch {
    // Not there, or of an older kind.
    return null;
  }
}

async function bundled(cache: string, key: string, sources: readonly string[]): Promise<string> {
  const startedMs = Date.now();
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: sources.map((source, index) => ({ in: source, out: nameOf(index) })),
    bundle: true,
    splitting: true,
    plugins: [packagesApart],
    // What is bundled of packages is CommonJS, and asks for Node's own modules so.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outdir: cache,
    outExtension: { '.js': '.mjs' },
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const paths = Object.keys(result.metafile.inputs)
    .map((path) => resolve(ROOT, path))
    .filter((path) => !IN_PACKAGES.test(path));
  const inputs = paths.map((path) => [relative(ROOT, path), sha256(readFileSync(path))] as const);
  const folder = `${key}-${sha256(JSON.stringify(inputs)).slice(0, 16)}`;
  keep(cache, folder, result.outputFiles);
  // A file that was saved meanwhile may have been read before.
  const isSure = paths.every((path) => statSync(path).mtimeMs < startedMs);
  if (isSure) replaceFile(join(cache, `${key}.json`), JSON.stringify({ inputs, folder } satisfies Made));
  forgetUnused(cache);
  return join(cache, folder);
}

/** Whole or not at all: other processes may be at the same. */
function keep(cache: string, name: string, files: readonly OutputFile[]): void {
  const folder = join(cache, name);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const { path, contents } of files) writeFileSync(join(unfinished, relative(cache, path)), contents);
  try {
    renameSync(unfinished, folder);
  } catch {
    // Somebody else has made the same.
    rmSync(unfinished, { recursive: true, force: true });
    statSync(folder);
  }
}

function nameOf(index: number): string {
  return index === 0 ? 'worker' : `module-${index}`;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
