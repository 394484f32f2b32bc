/**
 * Makes `dist/`: one script that Apps Script can run, the pages that it shows, and its manifest.
 *
 * Only top-level `function` declarations can be called by menus, triggers and the sidebar
 * (https://developers.google.com/apps-script/guides/html/reference/run), and all of them can. So the bundle is one
 * closure, and exactly the exports of the entry get a function each.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { parse } from 'acorn';
import { build as bundle, type BuildOptions as EsbuildOptions, type OutputFile, type Plugin } from 'esbuild';
import { keptBundle } from './kept-bundle.ts';

export interface BuildOptions {
  /** Absolute, or relative to the project. */
  readonly outDir: string;
  /** AWS regions that the add-on may reach: `us-east-1`. */
  readonly regions: readonly string[];
  /** Default `src/addon/main.ts`. */
  readonly entry?: string;
  /** Takes a bundle that was made of the very same sources before. Default false. */
  readonly reuse?: boolean;
  /** Go before the build's own. Such a bundle is made anew each time. */
  readonly plugins?: readonly Plugin[];
}

export interface PageSize {
  /** By which the script asks for it: `month` of `month.html`. */
  readonly name: string;
  readonly bytes: number;
}

export interface BuildResult {
  /** Of the bundle before it is minified, without the closure and the functions around it. */
  readonly bytes: number;
  /** Of the `Code.js` that was written. */
  readonly minifiedBytes: number;
  /** The functions that can be called from outside, sorted. */
  readonly exports: readonly string[];
  /** The pages that were written beside `Code.js`, by name. */
  readonly pages: readonly PageSize[];
}

/** Jest runs this file as CommonJS, everything else as an ES module. */
const thisFile = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);
const root = dirname(dirname(thisFile));

const GLOBAL_NAME = '__purser';
const DEFAULT_REGIONS = 'us-east-1,us-west-2';
const GOOGLE_PREFIXES = [
  'https://sheets.googleapis.com/',
  'https://gmail.googleapis.com/',
  'https://www.googleapis.com/',
  'https://oauth2.googleapis.com/',
  'https://openidconnect.googleapis.com/',
  'https://accounts.google.com/',
];

/** Both passes alike, so that the names read in the first are the names made in the second. */
const common = {
  bundle: true,
  write: false,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  // Google's server refused newer syntax in the past (https://github.com/google/clasp/issues/907).
  target: 'es2020',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies EsbuildOptions;

/**
 * Writes `Code.js`, the pages that it names and `appsscript.json` into `outDir`.
 *
 * @throws Error when the entry doesn't bundle, exports what can't be called from outside, needs at load what Apps
 * Script doesn't have, when two pages would have one name, or when a region is none.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const outDir = resolve(root, options.outDir);
  const manifest = manifestFor(options.regions);
  const entry = resolve(root, options.entry ?? 'src/addon/main.ts');
  const mayReuse = options.reuse === true && options.entry === undefined && options.plugins === undefined;
  const made = await (mayReuse ? bundleOfBefore(entry) : makeBundle(entry, options.plugins));
  return written(outDir, made, manifest);
}

interface MadeBundle {
  readonly code: string;
  /** The text of each page, by its name. */
  readonly pages: Readonly<Record<string, string>>;
  readonly result: BuildResult;
}

/** Within one process the sources are the same: a suite of tests that starts month after month asks once. */
let keptHere: Promise<MadeBundle> | null = null;

function bundleOfBefore(entry: string): Promise<MadeBundle> {
  keptHere ??= keptBundle(root, join(root, '.cache', 'bundle'), () => makeBundle(entry));
  return keptHere;
}

async function makeBundle(entry: string, plugins: readonly Plugin[] = []): Promise<MadeBundle> {
  const found: FoundPages = new Map();
  const shared = {
    ...common,
    absWorkingDir: root,
    entryPoints: [entry],
    plugins: [...plugins, sidebarPages(found), quickStart],
  };
  const named = await bundle({ ...shared, format: 'esm', metafile: true });
  const names = Object.values(named.metafile.outputs).flatMap((output) => output.exports);
  const exports = checkedNames(names, relative(root, entry));
  const minified = await bundle({
    ...shared,
    format: 'iife',
    globalName: GLOBAL_NAME,
    minify: true,
    banner: { js: `/* Purser ${version()}. Made by "npm run build"; change the sources, not this. */` },
    footer: { js: exports.map(forwarder).join('\n') },
  });
  const code = textOf(minified.outputFiles);
  checkRuns(code, exports);
  const pages = await pagesOf(found);
  const sizes = Object.entries(pages).map(([name, html]) => ({ name, bytes: Buffer.byteLength(html) }));
  // The bundler escapes what isn't ASCII in texts, not in regular expressions.
  const [bytes, minifiedBytes] = [Buffer.byteLength(textOf(named.outputFiles)), Buffer.byteLength(code)];
  return { code, pages, result: { bytes, minifiedBytes, exports, pages: sizes } };
}

function written(
  outDir: string,
  { code, pages, result }: MadeBundle,
  manifest: Record<string, unknown>,
): BuildResult {
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'Code.js'), code);
  for (const [name, html] of Object.entries(pages)) writeFileSync(join(outDir, `${name}.html`), html);
  writeFileSync(join(outDir, 'appsscript.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return result;
}

function forwarder(name: string): string {
  return `function ${name}(){return ${GLOBAL_NAME}.${name}.apply(this,arguments);}`;
}

function textOf(files: readonly OutputFile[]): string {
  const [file] = files;
  if (file === undefined) throw new Error('The bundler gave no file.');
  return file.text;
}

function checkedNames(names: readonly string[], entry: string): readonly string[] {
  if (names.length === 0) throw new Error(`${entry} exports nothing, so nothing could be called.`);
  for (const name of names) {
    // A name that ends with an underscore is private to Apps Script
    // (https://developers.google.com/apps-script/guides/html/communication#private_functions).
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name) || name === 'default') {
      throw new Error(
        `${entry} exports ${name}, which can't be the name of a function that Apps Script calls.`,
      );
    }
  }
  return [...names].sort();
}

/** Nearest to Apps Script's parser and global object that can be had here: ES2020, and nothing but the language. */
function checkRuns(code: string, exports: readonly string[]): void {
  parse(code, { ecmaVersion: 2020, sourceType: 'script' });
  const realm = createContext(Object.create(null));
  runInContext(code, realm, { filename: 'Code.js' });
  for (const name of exports) {
    const type: unknown = runInContext(`typeof ${GLOBAL_NAME}.${name}`, realm);
    if (type !== 'function')
      throw new Error(`The entry exports ${name}, which is no function but ${String(type)}.`);
  }
}

/**
 * The manifest with `urlFetchWhitelist`: when there is one, every fetch must match
 * (https://developers.google.com/apps-script/manifest/allowlist-url).
 */
function manifestFor(regions: readonly string[]): Record<string, unknown> {
  if (regions.length === 0) throw new Error('Name at least one AWS region.');
  for (const region of regions) {
    // China's regions have other host names, which the clients don't know.
    if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region) || region.startsWith('cn-')) {
      throw new Error(`Not an AWS region that the add-on can reach: ${region || '(empty)'}`);
    }
  }
  const manifest = JSON.parse(readFileSync(join(root, 'appsscript.json'), 'utf8')) as Record<string, unknown>;
  const aws = [...new Set(regions)].flatMap((region) => [
    `https://dynamodb.${region}.amazonaws.com/`,
    `https://sts.${region}.amazonaws.com/`,
  ]);
  return { ...manifest, urlFetchWhitelist: [...GOOGLE_PREFIXES, ...aws] };
}

/** By its name: where a page's source is, and its text, which both passes share. */
type FoundPages = Map<string, { readonly path: string; readonly html: Promise<string> }>;

/**
 * An imported `.html` file becomes the name of a page that is written beside the script: every execution loads the
 * script, and only one that shows the page needs its text.
 */
function sidebarPages(found: FoundPages): Plugin {
  return {
    name: 'sidebar-pages',
    setup(setup) {
      setup.onLoad({ filter: /\.html$/ }, async ({ path }) => {
        const name = pageName(path, found);
        const page = found.get(name) ?? { path, html: sidebarPage(path) };
        found.set(name, page);
        await page.html;
        return { contents: name, loader: 'text' };
      });
    },
  };
}

/** A project can't have two files of one name, whatever their kinds: github.com/alexwforsythe/code-blocks/issues/155 */
function pageName(path: string, found: FoundPages): string {
  const name = basename(path, '.html');
  if (!/^[a-z][a-z-]*$/.test(name)) throw new Error(`${path}: a page's name has a-z and hyphens only.`);
  const other = found.get(name)?.path ?? path;
  if (other !== path || name === 'appsscript' || name === 'code') {
    throw new Error(`${path}: the name ${name} is taken${other === path ? '' : ` by ${other}`}.`);
  }
  return name;
}

/** In the order of their names, whichever was ready first. */
async function pagesOf(found: FoundPages): Promise<Readonly<Record<string, string>>> {
  const names = [...found.keys()].sort();
  const texts = await Promise.all(names.map(async (name) => [name, (await found.get(name)?.html) ?? '']));
  return Object.fromEntries(texts) as Record<string, string>;
}

/**
 * A whole page, its `<script src>` and `<link rel="stylesheet" href>` to files beside it bundled and put in place.
 *
 * @param path of the `.html` file, absolute or relative to the project
 */
export async function sidebarPage(path: string): Promise<string> {
  const file = resolve(root, path);
  const page = readFileSync(file, 'utf8');
  const parts = page.split(/(<script src="\.[^"]+"><\/script>|<link rel="stylesheet" href="\.[^"]+"\s*\/?>)/);
  return (await Promise.all(parts.map((part) => inline(part, dirname(file))))).join('');
}

const FFLATE_ASKS = /try \{(\s*td\.decode\(et, \{ stream: true \}\);\s*tds = 1;\s*)\}\s*catch \(e\) \{ \}/;

/**
 * fflate finds out at load whether `TextDecoder` can stream, by what `false.decode` throws where there is none. Making
 * that error took most of the time that the add-on takes to load (V8 seems to read the whole script once more for its
 * words), so it is asked first whether there is one.
 */
const quickStart: Plugin = {
  name: 'quick-start',
  setup(setup) {
    setup.onLoad({ filter: /[\\/]fflate[\\/]esm[\\/][a-z]+\.m?js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(FFLATE_ASKS, 'if (td) {$1}');
      if (contents === source) throw new Error(`${path} loads otherwise than it did; see quickStart.`);
      return { contents, loader: 'js' };
    });
  },
};

async function inline(part: string, folder: string): Promise<string> {
  const file = /^<(?:script|link) [^>]*(?:src|href)="(\.[^"]+)"/.exec(part)?.[1];
  if (file === undefined) return part;
  const made = await bundle({
    ...common,
    absWorkingDir: root,
    entryPoints: [join(folder, file)],
    platform: 'browser',
    format: 'iife',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const text = textOf(made.outputFiles).trim();
  return part.startsWith('<script') ? `<script>${text}</script>` : `<style>${text}</style>`;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return found;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { regions: { type: 'string' }, out: { type: 'string' } },
  });
  const regions = (values.regions ?? process.env.PURSER_REGIONS ?? DEFAULT_REGIONS)
    .split(',')
    .map((one) => one.trim());
  const { bytes, minifiedBytes, exports, pages } = await build({ outDir: values.out ?? 'dist', regions });
  const kilobytes = (count: number) => `${(count / 1000).toFixed(1)} kB`;
  console.log(`Code.js: ${kilobytes(minifiedBytes)}, ${kilobytes(bytes)} before minifying`);
  for (const page of pages) console.log(`${page.name}.html: ${kilobytes(page.bytes)}`);
  console.log(`Callable: ${exports.join(', ')}`);
  console.log(`Regions: ${regions.join(', ')}. Written to ${values.out ?? 'dist'}/`);
}

// Run by node itself or by the bootstrap, which names the script after itself.
const position = process.argv.slice(0, 3).findIndex((argument) => resolve(argument) === thisFile);
if (position > 0) {
  main(process.argv.slice(position + 1)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
