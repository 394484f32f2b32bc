/** The same statement gives the same bytes, wherever it is written: the bundle alone, in a bare realm, in any zone. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { writeXlsx } from '../../../src/workbook/xlsx/write-xlsx.ts';
import { houseStatement, properties } from './plans.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function bundle(): string {
  const entry = [
    `import { writeXlsx } from '${join(import.meta.dirname, '../../../src/workbook/xlsx/write-xlsx.ts')}';`,
    `import { houseStatement, properties } from '${join(import.meta.dirname, 'plans.ts')}';`,
    'export const write = () => writeXlsx({ ...houseStatement(40), properties });',
  ].join('\n');
  const built = buildSync({
    stdin: { contents: entry, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'xlsx',
    target: 'es2020',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  return built.outputFiles[0]?.text ?? '';
}

/** In another process, because a process keeps the zone it was started in; and in a realm without Node's globals. */
function hashInZone(code: string, zone: string): string {
  const runner = `
    const source = require('node:fs').readFileSync(0, 'utf8');
    const context = require('node:vm').createContext({});
    const bytes = require('node:vm').runInContext(source + '\\n;xlsx.write()', context);
    process.stdout.write(require('node:crypto').createHash('sha256').update(bytes).digest('hex'));`;
  return execFileSync(process.execPath, ['-e', runner], { input: code, env: { TZ: zone }, encoding: 'utf8' });
}

test('twice the same statement is twice the same file', () => {
  const write = (): Uint8Array => writeXlsx({ ...houseStatement(40), properties });
  expect(sha256(write())).toBe(sha256(write()));
});

test('another word makes another file', () => {
  const { plan, computed } = houseStatement(40);
  const other = { ...properties, description: 'other' };
  expect(sha256(writeXlsx({ plan, computed, properties: other }))).not.toBe(
    sha256(writeXlsx({ plan, computed, properties })),
  );
});

test('without any of the globals of Node, and in any zone, it is the same file', () => {
  const code = bundle();
  const zones = ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata'];
  const hashes = zones.map((zone) => hashInZone(code, zone));
  expect(new Set([sha256(writeXlsx({ ...houseStatement(40), properties })), ...hashes]).size).toBe(1);
});
