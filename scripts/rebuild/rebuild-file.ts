/** What `npm run rebuild` does: reads an evidence file, makes again what it proves, and says whether it is the same. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { PurserError } from '../../src/host/errors.ts';
import type { Rebuilt } from '../../src/run/rebuild.ts';
import { rebuild } from '../../src/run/rebuild.ts';
import { sha256Hex } from '../../src/statement/fingerprint.ts';
import { formatMoney } from '../../src/statement/money.ts';
import { monthLabel } from '../../src/statement/month.ts';
import { fileName } from '../../src/statement/names.ts';
import { REGISTER_COLUMNS } from '../../src/workbook/register.ts';

export const USAGE = `npm run rebuild -- FILE.evidence.json.gz [--out DIR]

Makes a statement's XLSX and its row in the register again from the evidence file that Purser filed beside it, and
checks them against what the file says was sent. When the statement's own file lies in the same folder, their bytes
are compared. Writes the XLSX, and a .json of statement, findings and register row, to DIR (out/rebuilt).

Exit: 0 the same · 1 not the same, or not readable · 64 bad usage.`;

/** @returns the exit code */
export function rebuildFile(
  args: readonly string[],
  say: (line: string) => void,
  complain: (line: string) => void,
): number {
  const usage = readUsage(args);
  if (typeof usage === 'string') {
    complain(`${usage}\n\n${USAGE}`);
    return 64;
  }
  try {
    const rebuilt = rebuild(readJson(usage.file));
    say(words(rebuilt));
    const { name } = rebuilt.proof.xlsx;
    const safeName = fileName(name.replace(/\.xlsx$/, ''));
    const filed = join(dirname(usage.file), safeName);
    if (existsSync(filed)) {
      const sha256 = sha256Hex(new Uint8Array(readFileSync(filed)));
      if (sha256 !== rebuilt.proof.xlsx.sha256) {
        complain(`${filed} is another file: its SHA-256 is ${sha256}.`);
        return 1;
      }
      say(`${filed} has the very same bytes.`);
    }
    mkdirSync(usage.out, { recursive: true });
    const xlsx = join(usage.out, safeName);
    writeFileSync(xlsx, rebuilt.xlsx);
    const { statement, findings, registerRow } = rebuilt;
    const json = xlsx.replace(/\.xlsx$/, '.json');
    writeFileSync(json, `${JSON.stringify({ statement, findings, registerRow }, null, 2)}\n`);
    say(`Written: ${xlsx}, ${json}`);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof PurserError)) throw thrown;
    complain(thrown.message);
    return 1;
  }
}

function readUsage(args: readonly string[]): { file: string; out: string } | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { out: { type: 'string', default: join('out', 'rebuilt') } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return 'Name one evidence file.';
    if (!existsSync(file)) return `There is no file ${file}.`;
    return { file, out: values.out };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  } catch (cause) {
    throw new PurserError('evidence-unreadable', {
      what: `${file} is not the gzipped JSON that Purser files.`,
      now: 'Download it from Drive again.',
      cause,
    });
  }
}

function words({ proof, statement, registerRow }: Rebuilt): string {
  const { totals, currency } = statement;
  const row = REGISTER_COLUMNS.map(({ header }, column) => `  ${header}: ${registerRow[column] ?? ''}`);
  return [
    `${statement.company}, ${monthLabel(statement.month)}, version ${statement.version} (${statement.code})`,
    `${totals.charters} charters, ${totals.guests} guests, ${totals.comps} comps; reportable ${formatMoney(totals.reportableCents, currency)}, recorded ${formatMoney(totals.recordedCents, currency)}, difference ${formatMoney(totals.differenceCents, currency)}`,
    `Fingerprint ${statement.fingerprint}: the same`,
    `SHA-256 of ${proof.xlsx.name} ${proof.xlsx.sha256}: the same`,
    proof.sent === null
      ? 'In the register (the file does not know whether it was sent: look into Sent for its code):'
      : 'In the register:',
    ...row,
  ].join('\n');
}
