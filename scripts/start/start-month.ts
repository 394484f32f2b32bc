/** One month on the local Workspace, from the files given to the files written. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../src/run/report.ts';
import { build } from '../build.ts';
import { chooseSend, chooseSetUp, hasAwsAccess, settingValues, typeIntoSettings } from '../local/person.ts';
import { writeTrace } from '../local/trace.ts';
import type { Workspace } from '../local/workspace.ts';
import { startWorkspace } from '../local/workspace.ts';
import type { StartArguments } from './arguments.ts';
import { UsageError } from './arguments.ts';
import type { NamedMailboxes } from './connect-mailboxes.ts';
import { connectMailboxes, lastRenewals, namedMailboxes } from './connect-mailboxes.ts';
import { syncOvernight } from './crew-calendars.ts';
import { occupyFolder } from './folder.ts';
import type { Inputs, Schemas } from './inputs.ts';
import type { MailboxUse } from './outputs.ts';
import { summaryOf, writeOutputs } from './outputs.ts';
import type { KeptState, PreparedRun } from './prepare-run.ts';
import { prepareRun, stateFile, TIME_ZONE } from './prepare-run.ts';
import { progressBar, summaryText } from './terminal.ts';
import { fileTripSheets } from './trip-sheets-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const SEED = 20_260_601;
const NIGHT_HOURS = 2;
const HOUR_MS = 3_600_000;
const MAIL_SETTINGS = ['Booking agent', 'Booking mail search'] as const;
const SHEETS_SETTING = 'Trip sheets folder';

/** @returns the exit code */
export async function startMonth(options: StartArguments): Promise<number> {
  const prepared = await prepareRun(options);
  const leave = occupyFolder(prepared.out);
  try {
    return await runPrepared(options, prepared);
  } finally {
    leave();
  }
}

async function runPrepared(options: StartArguments, prepared: PreparedRun): Promise<number> {
  const { out, inputs, state, regions } = prepared;
  // Of its own, because the regions of its settings stand in its manifest.
  const bundleFolder = join(out, '.state', 'bundle');
  await build({ outDir: bundleFolder, regions, reuse: true });
  const bar = progressBar(process.stderr.isTTY === true && !options.json);
  const workspace = await openWorkspace(options, inputs, {
    bundleFolder,
    startMs: prepared.startMs,
    timeZone: TIME_ZONE,
    regions,
    state,
    workbook: prepared.workbook,
    onProgress: (text) => {
      const found = /^(\w+) \((\d+) of (\d+)\)$/.exec(text);
      if (found !== null) bar.show(found[1] ?? '', Number(found[2]), Number(found[3]));
    },
  });
  try {
    const user = state?.user ?? inputs.user;
    const { named, delivered } = await furnish(workspace, options, prepared, () =>
      bar.show('read mail', 0, 1),
    );
    const calendars = syncOvernight(workspace, inputs.calendars, prepared.startMs);
    const before = { ...workspace.appsScript.counts };
    const secondsBefore = workspace.appsScript.modelledSeconds();
    const tracedBefore = workspace.network.trace.length;
    const renewedBefore = lastRenewals(workspace);
    const report = chooseSend(workspace, options.month, options.send);
    const { counts } = workspace.appsScript;
    const calls = {
      host: counts.host - before.host,
      http: counts.http - before.http,
      rounds: counts.rounds - before.rounds,
    };
    const mailboxes: MailboxUse = {
      bookingMailFrom:
        named.isSearched && report.status !== 'failed' && !report.alreadySent ? named.bookings : null,
      renewed: [...lastRenewals(workspace)].flatMap(([email, at]) =>
        at === (renewedBefore.get(email) ?? null) ? [] : [email],
      ),
    };
    const seconds = workspace.appsScript.modelledSeconds() - secondsBefore;
    const summary = summaryOf(report, calls, seconds, mailboxes, calendars);
    const saved = await workspace.save();
    const written = writeOutputs(out, report, {
      xlsx: saved.xlsx,
      sent: await workspace.sentMessages(),
      drive: await workspace.driveFiles(),
    });
    const json = `${JSON.stringify(summary, null, 2)}\n`;
    writeFileSync(join(out, 'summary.json'), json);
    mkdirSync(join(out, '.state'), { recursive: true });
    writeFileSync(stateFile(out), JSON.stringify({ ...saved.state, user, delivered } satisfies KeptState));
    if (options.trace !== null) {
      writeTrace(options.trace, workspace.network.trace.slice(tracedBefore), {
        version: versionOf(),
        secrets: options.traceSecrets ? 'included' : 'redacted',
      });
    }
    bar.end();
    process.stdout.write(
      options.json ? json : summaryText(report, { mailboxes, calendars, written }, options.out),
    );
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
    readonly state: KeptState | null;
    readonly workbook: Uint8Array | null;
    readonly onProgress: (text: string) => void;
  },
): Promise<Workspace> {
  try {
    return await startWorkspace({
      ...place,
      user: place.state?.user ?? inputs.user,
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

/**
 * Brings the Workspace to where a person has it who set Purser up: tables, set-up, settings, mail and trip sheets.
 *
 * @param onReading booking mail is read now, which takes a while
 */
export async function furnish(
  workspace: Workspace,
  options: Pick<StartArguments, 'settings' | 'tripSheets'>,
  { inputs, state, regions, schemas, startMs }: PreparedRun,
  onReading: () => void,
): Promise<{ readonly named: NamedMailboxes; readonly delivered: readonly string[] }> {
  await seed(workspace, inputs, schemas, regions);
  if (state === null) chooseSetUp(workspace);
  await typeSettings(
    workspace,
    new Map([...(state === null ? inputs.settings : []), ...options.settings]),
    inputs,
    options.tripSheets !== null,
  );
  if (!hasAwsAccess(workspace)) chooseSetUp(workspace);
  const user = state?.user ?? inputs.user;
  const named = await namedMailboxes(workspace, user.email);
  connectMailboxes(workspace, named, startMs);
  const delivered = await deliver(workspace, inputs, named, state?.delivered ?? []);
  const isNew = delivered.length > (state?.delivered?.length ?? 0);
  if (isNew && inputs.inbox.length > 0) {
    onReading();
    readMailOvernight(workspace, startMs);
  }
  return { named, delivered };
}

/** The Workspace before anybody set Purser up: tables, mail and trip sheets are there. */
export async function furnishFirstDay(
  workspace: Workspace,
  { inputs, regions, schemas }: PreparedRun,
): Promise<void> {
  await seed(workspace, inputs, schemas, regions);
  await deliver(workspace, inputs, { sender: null, bookings: null, isSearched: false }, []);
  await fileTripSheets(workspace, inputs.tripSheets);
}

async function seed(
  workspace: Workspace,
  inputs: Inputs,
  schemas: Schemas,
  regions: readonly string[],
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
}

/**
 * Mail that is not there from a run before: what was sent to the mailbox that sent it, the rest to the one that booking
 * mail is read from. @returns what is there now
 */
async function deliver(
  workspace: Workspace,
  inputs: Inputs,
  named: NamedMailboxes,
  before: readonly string[],
): Promise<readonly string[]> {
  const there = new Set(before);
  for (const [label, mails] of [
    ['SENT', inputs.sent],
    ['INBOX', inputs.inbox],
  ] as const) {
    for (const { bytes } of mails) {
      const digest = createHash('sha256').update(label).update(bytes).digest('hex');
      if (there.has(digest)) continue;
      const account = label === 'INBOX' ? named.bookings : sentBy(bytes, named.sender);
      await workspace.deliver(bytes, [label], account ?? undefined);
      there.add(digest);
    }
  }
  return [...there];
}

/** The sender, when the mail says so. */
function sentBy(eml: Uint8Array, sender: string | null): string | null {
  const head =
    Buffer.from(eml)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const from = /^from:(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  return sender !== null && from.toLowerCase().includes(sender) ? sender : null;
}

/**
 * The hourly check of the night before, which Set up switched on: it reads booking mail day by day, so that the
 * statement finds it read. Before six on the statement day it makes no statement by itself.
 */
function readMailOvernight(workspace: Workspace, startMs: number): void {
  for (let hours = NIGHT_HOURS; hours > 0; hours--) {
    workspace.clock.set(startMs - hours * HOUR_MS);
    workspace.appsScript.run('tick', [], { mode: 'trigger' });
  }
  workspace.clock.set(startMs);
}

/** What the command line says, and where mail and trip sheets are, unless the workbook says so itself. */
async function typeSettings(
  workspace: Workspace,
  settings: ReadonlyMap<string, string>,
  inputs: Inputs,
  sheetsGiven: boolean,
): Promise<void> {
  const typed = new Map(settings);
  const now = await settingValues(workspace, [...MAIL_SETTINGS, SHEETS_SETTING]);
  const blank = new Set([...now].flatMap(([key, value]) => (value === '' ? [key] : [])));
  if (MAIL_SETTINGS.every((key) => blank.has(key) && !typed.has(key))) {
    for (const [key, value] of inputs.mailSettings) typed.set(key, value);
  }
  const folder =
    sheetsGiven || inputs.tripSheets.length > 0 ? await fileTripSheets(workspace, inputs.tripSheets) : null;
  // A folder that a workbook from elsewhere names is not here.
  if (folder !== null && !typed.has(SHEETS_SETTING) && (sheetsGiven || blank.has(SHEETS_SETTING))) {
    typed.set(SHEETS_SETTING, folder);
  }
  await typeIntoSettings(workspace, typed);
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

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
