/**
 * `npm test`: everything that must hold before a change lands: lint, types, dead code, architecture, the build and
 * its size, then the suites. Says at the end how many passed; exits with 1 when one failed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const cache = join(root, '.cache');

/** Of `Code.js`, minified; see docs/decisions/0008-bundle-size.md on what the limit is for. */
const LARGEST_BUNDLE_BYTES = 890_000;

/** Tests have a limit each; this one is for what hangs while it is loaded. */
const LONGEST_SUITES_MS = 20 * 60_000;

interface Check {
  readonly name: string;
  /** What went wrong, or null; a text in brackets is shown beside a check that passed. */
  readonly run: () => Promise<Result>;
}

interface Result {
  readonly failed: string | null;
  readonly remark?: string;
}

const checks: readonly Check[] = [
  {
    name: 'lint and format',
    run: () => tool('@biomejs/biome', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  },
  { name: 'types of the server', run: () => tool('typescript', 'tsc', ['-p', 'tsconfig.json']) },
  { name: 'types of the add-on', run: () => tool('typescript', 'tsc', ['-p', 'src/addon/tsconfig.json']) },
  { name: 'types of the sidebar', run: () => tool('typescript', 'tsc', ['-p', 'src/sidebar/tsconfig.json']) },
  {
    name: 'types of the workbench’s page',
    run: () => tool('typescript', 'tsc', ['-p', 'scripts/workbench/page/tsconfig.json']),
  },
  { name: 'types of tests and scripts', run: () => tool('typescript', 'tsc', ['-p', 'test/tsconfig.json']) },
  { name: 'dead code', run: () => tool('knip', 'knip', ['--no-progress', '--no-config-hints']) },
  { name: 'architecture', run: architecture },
  { name: 'build and size', run: bundle },
];

let passed = 0;
let failed = 0;
const running: Promise<Timed>[] = [];
for (const check of checks) running.push(inTurn(check, running.at(-availableParallelism())));
for (const [index, run] of running.entries()) tell(checks[index]?.name ?? '', await run);
const suites = runSuites();
console.log(`${passed + suites.passed} passed, ${failed + suites.failed} failed`);
process.exitCode = failed + suites.failed > 0 ? 1 : 0;

interface Timed extends Result {
  readonly tookMs: number;
}

/** @param before what must end first: more at once than there are processors would only hinder each other */
async function inTurn(check: Check, before: Promise<unknown> | undefined): Promise<Timed> {
  await before;
  const startedMs = Date.now();
  const result = await check.run();
  return { ...result, tookMs: Date.now() - startedMs };
}

function tell(name: string, { failed: words, remark, tookMs }: Timed): void {
  if (words === null) passed += 1;
  else failed += 1;
  const seconds = (tookMs / 1000).toFixed(1);
  console.log(`${words === null ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${remark ? `: ${remark}` : ''}`);
  if (words !== null) console.log(words);
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool of ours, by its package's own entry: no shell, no PATH. */
function ended(packageName: string, command: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [binOf(packageName, command), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...texts }));
  });
}

async function tool(packageName: string, command: string, args: readonly string[]): Promise<Result> {
  const { status, stdout, stderr } = await ended(packageName, command, args);
  const output = `${stdout}${stderr}`.trim();
  return { failed: status === 0 ? null : output || `${command} ended with ${status}` };
}

function binOf(packageName: string, command: string): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = require(join(folder, 'package.json')) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}.`);
  return join(folder, file);
}

/** A cruise that sees no modules would pass whatever the code does. */
async function architecture(): Promise<Result> {
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await ended('dependency-cruiser', 'depcruise', args);
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
  };
  if (summary.totalCruised < 50) return { failed: `Only ${summary.totalCruised} modules were seen.` };
  const words = summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`);
  return words.length > 0
    ? { failed: words.join('\n') }
    : { failed: null, remark: `${summary.totalCruised} modules` };
}

async function bundle(): Promise<Result> {
  const { minifiedBytes, pages } = await build({
    outDir: join(root, 'dist'),
    regions: ['us-east-1', 'us-west-2'],
  });
  const beside = pages.map(({ name, bytes }) => `, ${name}.html ${(bytes / 1000).toFixed(1)} kB`).join('');
  const remark = `${(minifiedBytes / 1000).toFixed(1)} kB of ${LARGEST_BUNDLE_BYTES / 1000} kB${beside}`;
  return minifiedBytes <= LARGEST_BUNDLE_BYTES
    ? { failed: null, remark }
    : { failed: `The bundle is too large: ${remark}.` };
}

function runSuites(): { passed: number; failed: number } {
  mkdirSync(cache, { recursive: true });
  const results = join(cache, 'jest-results.json');
  rmSync(results, { force: true });
  const jest = binOf('jest', 'jest');
  spawnSync(
    process.execPath,
    [jest, '--ci', '--maxWorkers=2', '--json', `--outputFile=${results}`, '--testLocationInResults'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: LONGEST_SUITES_MS,
    },
  );
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites' | 'numPendingTests', number>;
  // A skipped test says nothing, and a suite that can't be loaded says nothing either: both are failures here.
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites + numPendingTests };
}
