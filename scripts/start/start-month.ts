/** One month on the local Workspace, from the files given to the files written. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunReport } from '../../src/run/report.ts';
import { emptyReport } from '../../src/run/report.ts';
import { addMonths } from '../../src/statement/month.ts';
import { fold } from '../../src/workbook/settings.ts';
import { charterAttributeKey, rosterAttributeKey, SETTINGS } from '../../src/workbook/settings-list.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import { build } from '../build.ts';
import { crewDispatch, crewRoster } from '../local/aws/tables.ts';
import type { TabSnapshot } from '../local/sheets/sheets-host.ts';
import { writeTrace } from '../local/trace.ts';
import type { Workspace, WorkspaceState } from '../local/workspace.ts';
import { LOCAL_KEYS, startWorkspace } from '../local/workspace.ts';
import { zonedMs } from '../local/zoned-time.ts';
import type { StartArguments } from './arguments.ts';
import { UsageError } from './arguments.ts';
import type { Inputs, Schemas } from './inputs.ts';
import { bytesOf, readInputs } from './inputs.ts';
import { summaryOf, writeOutputs } from './outputs.ts';
import { progressBar, summaryText } from './terminal.ts';
import { readXlsxSettings } from './workbook-settings.ts';

/** Jest runs this file as CommonJS, everything else as an ES module. */
const HERE = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '..', '..');
/** An .xlsx carries no zone. */
const TIME_ZONE = 'America/New_York';
const HOUR = 6;
const SEED = 20_260_601;

/** @returns the exit code */
export async function startMonth(options: StartArguments): Promise<number> {
  const out = resolve(options.out);
  const free = occupy(out);
  try {
    return await runInFolder(options, out);
  } finally {
    free();
  }
}

/** One run a folder: two would each send, neither knowing of the other's outbox. @throws UsageError */
function occupy(out: string): () => void {
  const file = join(out, '.state', 'running');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new UsageError(
      `Another npm start (process ${holder}) is at work in ${out}. Wait for it, or choose another --out.`,
    );
  }
  // Made only once there is something to write: bad usage leaves no folder behind.
  return () => rmSync(file, { force: true });
}

function markOccupied(out: string): void {
  mkdirSync(join(out, '.state'), { recursive: true });
  writeFileSync(join(out, '.state', 'running'), String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function runInFolder(options: StartArguments, out: string): Promise<number> {
  const stateFile = join(out, '.state', 'state.json');
  const keptFile = join(out, 'workbook.xlsx');
  const kept = existsSync(keptFile) ? bytesOf(keptFile) : null;
  const given = kept ?? (options.workbook === null ? null : bytesOf(options.workbook));
  const typed =
    given === null
      ? new Map<string, string>()
      : await readXlsxSettings(
          given,
          kept === null ? (options.workbook ?? '') : keptFile,
          OWN_TAB_TITLES.settings,
        );
  // The command line goes before the settings tab.
  for (const [key, value] of options.settings) typed.set(key, value);
  const setting = (key: string): string =>
    typed.get(key) ?? SETTINGS.find((one) => one.key === key)?.fallback ?? '';
  const schemas = schemasOf(setting);
  const inputs = await readInputs(options, schemas);
  const state = readState(stateFile);
  const zone = setting('Time zone') || TIME_ZONE;
  const regions = [setting('Primary region'), setting('Second region')].filter((region) =>
    /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
  );
  // Of its own, because the regions of its settings stand in its manifest.
  const bundleFolder = join(out, '.state', 'bundle');
  markOccupied(out);
  await build({ outDir: bundleFolder, regions: [...new Set(regions)] });
  const bar = progressBar(process.stderr.isTTY === true && !options.json);
  const workspace = await openWorkspace(options, inputs, {
    bundleFolder,
    startMs: zonedMs(`${addMonths(options.month, 1)}-${statementDay(setting('Statement day'))}`, HOUR, zone),
    timeZone: TIME_ZONE,
    regions: [...new Set(regions)],
    state,
    workbook: kept ?? inputs.workbook,
    onProgress: (text) => {
      const found = /^(\w+) \((\d+) of (\d+)\)$/.exec(text);
      if (found !== null) bar.show(found[1] ?? '', Number(found[2]), Number(found[3]));
    },
  });
  try {
    await seed(workspace, inputs, schemas, regions, state === null);
    if (state === null) setUp(workspace);
    await typeSettings(
      workspace,
      new Map([...(state === null ? inputs.settings : []), ...options.settings]),
      inputs,
    );
    const before = { ...workspace.appsScript.counts };
    const secondsBefore = workspace.appsScript.modelledSeconds();
    const tracedBefore = workspace.network.trace.length;
    const report = send(workspace, options);
    const { counts } = workspace.appsScript;
    const calls = {
      host: counts.host - before.host,
      http: counts.http - before.http,
      rounds: counts.rounds - before.rounds,
    };
    const summary = summaryOf(report, calls, workspace.appsScript.modelledSeconds() - secondsBefore);
    const saved = await workspace.save();
    const written = writeOutputs(out, report, {
      xlsx: saved.xlsx,
      sent: await workspace.sentMessages(),
      drive: await workspace.driveFiles(),
    });
    const json = `${JSON.stringify(summary, null, 2)}\n`;
    writeFileSync(join(out, 'summary.json'), json);
    mkdirSync(join(out, '.state'), { recursive: true });
    writeFileSync(stateFile, JSON.stringify(saved.state));
    if (options.trace !== null) {
      writeTrace(options.trace, workspace.network.trace.slice(tracedBefore), { version: versionOf() });
    }
    bar.end();
    process.stdout.write(options.json ? json : summaryText(report, written, options.out));
    return exitCode(report);
  } finally {
    bar.end();
    await workspace.close();
  }
}

async function openWorkspace(
  options: StartArguments,
  inputs: Inputs,
  place: {
    readonly bundleFolder: string;
    readonly startMs: number;
    readonly timeZone: string;
    readonly regions: readonly string[];
    readonly state: WorkspaceState | null;
    readonly workbook: Uint8Array | null;
    readonly onProgress: (text: string) => void;
  },
): Promise<Workspace> {
  try {
    return await startWorkspace({
      ...place,
      user: inputs.user,
      workbookTitle: inputs.workbookTitle,
      seed: SEED,
      onShown: (shown) => {
        if (shown.kind === 'toast') place.onProgress(shown.text);
      },
    });
  } catch (error) {
    if (place.workbook === null || !(error instanceof Error) || !/xlsx|workbook|zip/i.test(error.message))
      throw error;
    throw new UsageError(
      `${options.workbook ?? `${options.out}/workbook.xlsx`} can't be read as a workbook: ${error.message}`,
    );
  }
}

function schemasOf(setting: (key: string) => string): Schemas {
  const charters = crewDispatch();
  const keyed = (name: string): { name: string; type: 'S' } => ({ name, type: 'S' });
  return {
    charters: {
      ...charters,
      partition: keyed(setting(charterAttributeKey('charterId'))),
      indexes: (charters.indexes ?? []).map((index) => ({
        ...index,
        partition: keyed(setting(charterAttributeKey('month'))),
        sort: keyed(setting(charterAttributeKey('date'))),
      })),
    },
    roster: { ...crewRoster(), partition: keyed(setting(rosterAttributeKey('crewId'))) },
  };
}

async function seed(
  workspace: Workspace,
  inputs: Inputs,
  schemas: Schemas,
  regions: readonly string[],
  first: boolean,
): Promise<void> {
  const [primary, second] = regions;
  if (primary !== undefined) {
    await workspace.seedTable(primary, schemas.charters, inputs.charters);
    await workspace.seedTable(primary, schemas.roster, inputs.roster);
  }
  if (second !== undefined && second !== primary) {
    await workspace.seedTable(second, schemas.charters, inputs.chartersSecond);
    await workspace.seedTable(second, schemas.roster, inputs.roster);
  }
  if (!first) return;
  for (const { bytes } of inputs.sent) await workspace.deliver(bytes, ['SENT']);
  for (const { bytes } of inputs.inbox) await workspace.deliver(bytes, ['INBOX']);
}

/** What the person answers who sets Purser up: the keys, and yes to what is proposed. */
function setUp(workspace: Workspace): void {
  workspace.appsScript.run('setUp', [], {
    answers: ({ kind, message, buttons }) => {
      if (kind === 'alert') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
      return {
        button: 'OK',
        text: /secret/i.test(message) ? LOCAL_KEYS.secretAccessKey : LOCAL_KEYS.accessKeyId,
      };
    },
  });
}

async function typeSettings(
  workspace: Workspace,
  settings: ReadonlyMap<string, string>,
  inputs: Inputs,
): Promise<void> {
  const typed = new Map(settings);
  if (inputs.tripSheets.length > 0) {
    const folder = await tripSheetsFolder(workspace, inputs);
    if (folder !== null && !typed.has('Trip sheets folder')) typed.set('Trip sheets folder', folder);
  }
  if (typed.size === 0) return;
  const { tabs } = await workspace.snapshot();
  const tab = tabs.find(({ title }) => title === OWN_TAB_TITLES.settings);
  if (tab === undefined) return;
  for (const [key, value] of typed) {
    const row = rowOf(tab, key);
    if (row === null) continue;
    // With a leading ' the cell holds the text as typed, as its format says.
    await workspace.setCell(tab.title, `B${row}`, value === '' ? '' : `'${value}`);
  }
}

function rowOf(tab: TabSnapshot, key: string): number | null {
  const found = Object.entries(tab.cells).find(
    ([name, cell]) => /^A\d+$/.test(name) && fold(String(cell.input ?? '')) === fold(key),
  );
  return found === undefined ? null : Number(found[0].slice(1));
}

/** The folder with the trip sheets, filled once; null when it was there before. */
async function tripSheetsFolder(workspace: Workspace, inputs: Inputs): Promise<string | null> {
  const name = 'Trip sheets';
  if ((await workspace.driveFiles()).some((file) => file.name === name && !file.createdByApp)) return null;
  const folder = await workspace.putFile({
    name,
    parents: [],
    mimeType: 'application/vnd.google-apps.folder',
    bytes: null,
  });
  for (const file of inputs.tripSheets) {
    const mimeType = file.name.toLowerCase().endsWith('.csv')
      ? 'text/csv'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await workspace.putFile({ name: file.name, parents: [folder], mimeType, bytes: file.bytes });
  }
  return folder;
}

function send(workspace: Workspace, options: StartArguments): RunReport {
  const report = workspace.appsScript.run('sendStatement', [], {
    answers: ({ kind, title, buttons }) => {
      if (kind === 'prompt') return { button: 'OK', text: options.month };
      if (!buttons.includes('YES')) return { button: 'OK' };
      // Nobody here has looked into Sent.
      if (title === 'Send again?') return { button: 'NO' };
      return { button: options.send ? 'YES' : 'NO' };
    },
  });
  // Out of its realm, into plain data of this one.
  return { ...emptyReport(options.month), ...(JSON.parse(JSON.stringify(report)) as RunReport) };
}

function exitCode(report: RunReport): number {
  switch (report.status) {
    case 'sent':
    case 'ready':
      return 0;
    case 'held':
    case 'unknown':
      return 2;
    case 'failed':
      return 1;
  }
}

function readState(file: string): WorkspaceState | null {
  if (!existsSync(file)) return null;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as WorkspaceState;
    if (state.version === 1) return state;
  } catch {
    // Told below, as any other state that can't be used.
  }
  throw new UsageError(
    `${file} can't be read: it holds what was sent already. Put it back, or choose another --out.`,
  );
}

function statementDay(text: string): string {
  return /^([1-9]|1\d|2[0-8])$/.test(text) ? text.padStart(2, '0') : '01';
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
