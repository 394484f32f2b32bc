/** Proof that lasts: what is filed beside a statement, and what can be made again from it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rebuildFile } from '../../scripts/rebuild/rebuild-file.ts';
import type { Rebuilt } from '../../src/run/rebuild.ts';
import { rebuild } from '../../src/run/rebuild.ts';
import type { RunReport } from '../../src/run/report.ts';
import { REGISTER_COLUMNS } from '../../src/workbook/register.ts';
import { readEvidence } from '../run/proven-month.ts';
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth, PARTNERS, ROSTER } from '../tools/scene.ts';
import { codes, openXlsx, rowValues, sha256 } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const EXPORT = '/export?';

async function fileNamed(pattern: RegExp) {
  const found = (await purser.files()).filter(({ name }) => pattern.test(name));
  const [file, ...more] = found;
  if (file?.bytes == null || more.length > 0)
    throw new Error(`${found.length} files are ${String(pattern)}.`);
  return { ...file, bytes: file.bytes };
}

const evidenceFile = () => fileNamed(/\.evidence\.json\.gz$/);
const copyFile = () => fileNamed(/ 2026-06-01\.xlsx$/);

async function pathOf(file: { readonly name: string; readonly parents: readonly string[] }): Promise<string> {
  const folder = (await purser.files()).find(({ id }) => id === file.parents[0]);
  return folder === undefined ? file.name : `${await pathOf(folder)}/${file.name}`;
}

async function again(): Promise<Rebuilt> {
  return rebuild(readEvidence((await evidenceFile()).bytes));
}

/** May's row as the register shows it, all of its columns. */
async function registerRow(): Promise<unknown[]> {
  const register = await purser.tab('Purser register');
  const row = Object.keys(register.cells).find(
    (name) => name.startsWith('A') && register.cells[name]?.value === '2026-05',
  );
  const values = rowValues(register, Number(row?.slice(1)));
  return REGISTER_COLUMNS.map((_, column) => values[String.fromCharCode(65 + column)] ?? '');
}

/** Hostile words in every place that they can come from. */
const ODD_MONTH = [
  charter('=HYPERLINK("https://evil")', { vessel: '𝒪sprey </script>', date: '2026-05-02' }),
  charter('$map', { vessel: '{{total.reportable}}', compNotes: 'a\u0000b', date: '2026-05-04' }),
  charter('__proto__', { date: '2026-05-05', $set: ['x'], bookingRefs: ['"},{"'] }),
  charter('C-4', { date: '2026-05-06', guests: 9, revenueTotal: 1125.5, discount: 0.5, comps: 0 }),
];

describe('beside a sent statement', () => {
  let report: RunReport;
  beforeAll(async () => {
    await purser.begin({
      charters: [...cleanMonth(), ...ODD_MONTH],
      settings: { Severities: 'revenue-differs=info' },
    });
    report = purser.send();
  });

  it('lies its evidence, in the same folder and under its code', async () => {
    expect(report.error).toBeNull();
    expect(report.status).toBe('sent');
    const [evidence, statement] = [await evidenceFile(), await fileNamed(/^statement.*\.xlsx$/)];
    expect(await pathOf(evidence)).toBe(
      `Purser/reports/2026/statement-2026-05-${report.statementCode}.evidence.json.gz`,
    );
    expect(evidence.parents).toEqual(statement.parents);
    expect(evidence.appProperties).toMatchObject({ purserEvidence: report.statementCode });
    expect(evidence.mimeType).toBe('application/gzip');
  });

  it('from which the very bytes come again that were mailed', async () => {
    const { statement, xlsx, findings } = await again();
    const [mail] = await purser.mails('statement');
    expect(Buffer.from(xlsx).equals(mail?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(sha256(xlsx)).toBe(report.sha256);
    expect(statement.fingerprint).toBe(report.fingerprint);
    expect(statement.lines).toEqual(report.lines);
    expect(findings).toEqual(report.findings);
  });

  it('and the very row of the register', async () => {
    const { registerRow: row } = await again();
    expect(row).toEqual(await registerRow());
    expect(row[2]).toBe('sent');
    expect(row[14]).toContain(PARTNERS[0]);
    expect(row[16]).toContain(report.messageId);
  });

  it('no token and no key is in it', async () => {
    const text = JSON.stringify(readEvidence((await evidenceFile()).bytes));
    expect(text.length).toBeGreaterThan(10_000);
    const session = JSON.parse(purser.appsScript().properties('user').get('aws.session') ?? '') as object;
    const secrets = Object.entries(session).flatMap(([key, value]) => (key === 'expiresAt' ? [] : [value]));
    for (const secret of [...secrets, 'ya29.', 'ASIA', 'Bearer', 'Authorization'])
      expect(text).not.toContain(secret);
  });

  it('and a copy of the whole workbook as of that day, which a spreadsheet program opens', async () => {
    const copy = await copyFile();
    expect(await pathOf(copy)).toBe('Purser/revenue-ledger/2026/Harbor Sails 2026-06-01.xlsx');
    expect(copy.appProperties).toMatchObject({ purserCopy: report.statementCode });
    const workbook = await openXlsx(copy.bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(await purser.titles());
    expect(workbook.getWorksheet('May 2026')).toBeDefined();
  });

  it('and all of that takes the rounds that filing and recording took before', () => {
    const rounds = new Map<number, string[]>();
    for (const { round, request } of purser.trace()) {
      const { method, url } = request;
      const what = /upload\/drive/.test(url)
        ? 'upload'
        : url.includes(EXPORT)
          ? 'export'
          : /values:batchUpdate/.test(url)
            ? 'write'
            : /messages\/send/.test(url)
              ? 'send'
              : '';
      if (what !== '') rounds.set(round, [...(rounds.get(round) ?? []), `${what} ${method}`]);
    }
    const last = [...rounds.values()].slice(-3);
    expect(last.map((round) => round.sort())).toEqual([
      ['export GET', 'upload POST', 'upload POST'],
      ['send POST'],
      ['upload PATCH', 'upload POST', 'write POST'],
    ]);
  });
});

describe('when the workbook can’t be copied', () => {
  const refused = (reason: string) => ({
    host: 'www.googleapis.com',
    match: EXPORT,
    play: {
      answer: {
        status: 403,
        body: JSON.stringify({ error: { message: 'No.', errors: [{ reason }] } }),
      },
    },
  });

  it('over Google’s limit, the statement goes out all the same, and the finding says what to do', async () => {
    await purser.begin();
    await purser.faults(refused('exportSizeLimitExceeded'));
    const report = purser.send();
    expect([report.status, codes(report)]).toEqual(['sent', ['workbook-not-copied']]);
    expect(report.findings[0]?.message).toContain('10 MB');
    await expect(copyFile()).rejects.toThrow('0 files');
    const rebuilt = await again();
    expect(rebuilt.findings).toEqual(report.findings);
    expect(rebuilt.registerRow).toEqual(await registerRow());
  });

  it('and the settings say that this blocks, nothing is sent', async () => {
    await purser.begin({ settings: { Severities: 'workbook-not-copied=block' } });
    await purser.faults(refused('insufficientFilePermissions'));
    expect(purser.send().status).toBe('held');
    expect(await purser.mails('statement')).toEqual([]);
    await purser.faults();
    expect(purser.send().status).toBe('sent');
    expect((await copyFile()).bytes.length).toBeGreaterThan(1000);
  });

  it('because its upload fails once the mail is out, the run says so and the register is written', async () => {
    await purser.begin();
    // The statement's and the evidence's uploads come first, the copy's is the third that is new.
    await purser.faults({
      host: 'www.googleapis.com',
      match: 'POST /upload/drive',
      skip: 2,
      play: { answer: { status: 500, body: '' } },
    });
    const report = purser.send();
    expect([report.status, codes(report)]).toEqual(['sent', ['workbook-not-copied']]);
    expect((await registerRow())[2]).toBe('sent');
  });
});

describe('when the evidence can’t be filed', () => {
  it('nothing is sent, and the next try files one of each', async () => {
    await purser.begin();
    await purser.faults({
      host: 'www.googleapis.com',
      match: 'POST /upload/drive',
      skip: 1,
      times: 1,
      play: { lost: { status: 500, body: '' } },
    });
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'service-unavailable' } });
    expect(await purser.mails('statement')).toEqual([]);
    await purser.faults();
    expect(purser.send().status).toBe('sent');
    expect((await again()).registerRow).toEqual(await registerRow());
    await fileNamed(/^statement.*\.xlsx$/);
  });

  it('completely, after the mail is out, the row is written and the evidence stays as it was filed', async () => {
    await purser.begin();
    await purser.faults({
      host: 'www.googleapis.com',
      match: 'PATCH /upload/drive',
      play: { answer: { status: 403, body: '{}' } },
    });
    const report = purser.send();
    expect([report.status, codes(report)]).toEqual(['sent', []]);
    expect((await registerRow())[2]).toBe('sent');
    const rebuilt = await again();
    expect(rebuilt.proof.sent).toBeNull();
    expect(sha256(rebuilt.xlsx)).toBe(report.sha256);
  });
});

it('the second region’s items are in the evidence where they differ', async () => {
  const charters = cleanMonth();
  const [first, ...others] = charters;
  await purser.begin({
    charters,
    chartersSecond: [{ ...first, revenueTotal: 1000.01 }, ...others],
    roster: ROSTER,
    settings: { Severities: 'regions-differ=warn' },
  });
  const report = purser.send();
  expect([report.status, codes(report)]).toEqual(['sent', ['regions-differ']]);
  const { items } = (await again()).proof;
  const differing = (items.second?.charters ?? []).filter((twin) => !Array.isArray(twin));
  expect(differing).toEqual([expect.objectContaining({ revenueTotal: { N: '1000.01' } })]);
});

describe('npm run rebuild', () => {
  const folder = mkdtempSync(join(tmpdir(), 'purser-rebuild-'));
  let file = '';
  let beside = '';
  const out = join(folder, 'out');
  let said: string[] = [];
  const run = (...args: readonly string[]): number => {
    said = [];
    const say = (line: string): void => {
      said.push(line);
    };
    return rebuildFile(args, say, say);
  };
  beforeAll(async () => {
    await purser.sent();
    const { name, bytes } = await evidenceFile();
    file = join(folder, name);
    beside = file.replace('.evidence.json.gz', '.xlsx');
    writeFileSync(file, bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the statement again and says that it is the same as the one beside it', async () => {
    const { bytes } = await fileNamed(/^statement.*\.xlsx$/);
    writeFileSync(beside, bytes);
    expect(run(file, '--out', out)).toBe(0);
    expect(said.join('\n')).toMatch(/has the very same bytes/);
    expect(said.join('\n')).toMatch(/Reportable: 2750\n/);
    expect(readFileSync(join(out, basename(beside))).equals(Buffer.from(bytes))).toBe(true);
  });

  it('says that the one beside it is another file', () => {
    writeFileSync(beside, 'PK');
    expect(run(file, '--out', out)).toBe(1);
    expect(said.join('\n')).toMatch(/is another file/);
  });

  it('tells a broken file from wrong words on the command line', () => {
    const broken = join(folder, 'broken.gz');
    writeFileSync(broken, readFileSync(file).subarray(0, 200));
    expect(run(broken)).toBe(1);
    expect(said.join('\n')).toMatch(/is not the gzipped JSON/);
    expect([run(), run('no such file'), run(file, file), run(file, '--what')]).toEqual([64, 64, 64, 64]);
  });
});

it('a statement filed by a run that died is sent by the next with its evidence in place', async () => {
  await purser.begin();
  await purser.faults({
    host: 'gmail.googleapis.com',
    match: 'messages/send',
    times: 1,
    play: { answer: { status: 400, body: '{}' } },
  });
  expect(purser.send().status).toBe('failed');
  const before = await evidenceFile();
  purser.at('2026-06-02');
  expect(purser.send().status).toBe('sent');
  const after = await evidenceFile();
  expect(after.id).toBe(before.id);
  expect((await again()).registerRow).toEqual(await registerRow());
  const copy = await fileNamed(/^Harbor Sails/);
  expect(copy.name).toBe('Harbor Sails 2026-06-02.xlsx');
});
