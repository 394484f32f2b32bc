/** The built bundle: its manifest, and which of its functions Apps Script can call. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { forgetUnused, replaceFile } from '../../kept-files.ts';

export interface Manifest {
  readonly timeZone: string;
  readonly scopes: readonly string[];
  /** Null when the manifest has none: then any https address goes. */
  readonly urlFetchWhitelist: readonly string[] | null;
}

export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Top-level function declarations; those ending in `_` are private. */
  readonly functions: ReadonlySet<string>;
  /** The SHA-256 of its scripts: bundles of the same text have the same. */
  readonly hash: string;
}

/**
 * Reads the folder that clasp would push: `appsscript.json`, `.js` and `.html` files.
 *
 * @throws Error when the manifest is missing or is not what Google accepts
 * (developers.google.com/apps-script/manifest), or when a script can't be parsed.
 */
export function readBundle(folder: string): Bundle {
  const manifest = readManifest(join(folder, 'appsscript.json'));
  const functions = new Set<string>();
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const script = readScript(join(folder, name));
    for (const declared of script.functions) functions.add(declared);
    hash.update(`${name} ${script.hash}\n`);
  }
  return { folder, manifest, functions, hash: hash.digest('hex') };
}

interface Script {
  readonly writtenNs: bigint;
  readonly functions: readonly string[];
  readonly hash: string;
}

/** By the file, and when it was written: the same bundle is opened for each scene of a test. */
const read = new Map<string, Script>();

function readScript(path: string): Script {
  const { mtimeNs: writtenNs } = statSync(path, { bigint: true });
  const known = read.get(path);
  if (known?.writtenNs === writtenNs) return known;
  const source = readFileSync(path, 'utf8');
  const script = { writtenNs, functions: functionsIn(source), hash: hashOf(source) };
  read.set(path, script);
  return script;
}

function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}

/** By the source's text: the same bundle may lie in several folders, and parsing it takes a while. */
const parsed = new Map<string, readonly string[]>();
const MOST_KEPT = 4;

function functionsIn(source: string): readonly string[] {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const names = keptNames(source) ?? namesIn(source);
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(source, names);
  return names;
}

function namesIn(source: string): readonly string[] {
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'script' });
  const names = body.flatMap((one) => (one.type === 'FunctionDeclaration' ? [one.id.name] : []));
  keepNames(source, names);
  return names;
}

const KEPT = join(import.meta.dirname, '..', '..', '..', '.cache', 'functions');

function keptFile(source: string): string {
  return join(KEPT, `${hashOf(source)}.json`);
}

/** Of the very same source, as another process has parsed it; null: nobody has, or what is kept can't be read. */
function keptNames(source: string): readonly string[] | null {
  try {
    const names: unknown = JSON.parse(readFileSync(keptFile(source), 'utf8'));
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}

function keepNames(source: string, names: readonly string[]): void {
  try {
    mkdirSync(KEPT, { recursive: true });
    replaceFile(keptFile(source), JSON.stringify(names));
    forgetUnused(KEPT);
  } catch {
    // It only saves time.
  }
}

function readManifest(path: string): Manifest {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new Error(`${path} is not an object.`);
  const fields = manifest as Record<string, unknown>;
  if (typeof fields.timeZone !== 'string') throw new Error(`${path} needs a timeZone.`);
  const whitelist = fields.urlFetchWhitelist;
  const prefixes = whitelist === undefined ? null : strings(path, 'urlFetchWhitelist', whitelist);
  for (const prefix of prefixes ?? []) {
    // "Each prefix must use https://", "must have a non-empty path":
    // developers.google.com/apps-script/manifest/allowlist-url
    if (!/^https:\/\/[^/]+\//.test(prefix))
      throw new Error(`${path}: ${prefix} is no prefix for urlFetchWhitelist.`);
  }
  return {
    timeZone: fields.timeZone,
    scopes: strings(path, 'oauthScopes', fields.oauthScopes),
    urlFetchWhitelist: prefixes,
  };
}

function strings(path: string, name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string')) {
    throw new Error(`${path}: ${name} is not a list of strings.`);
  }
  return value;
}
