/**
 * The local Workspace: the built bundle on strict fakes of Apps Script, and real servers on loopback behind it.
 * State goes in and out as plain JSON, so that a later process goes on.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import exceljs from 'exceljs';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import type { AppsScript, AppsScriptState } from './apps-script/apps-script.ts';
import { createAppsScript } from './apps-script/apps-script.ts';
import { readBundle } from './apps-script/bundle.ts';
import type { Shown } from './apps-script/spreadsheet-app.ts';
import type { LocalCredentials } from './aws/signature-check.ts';
import type { TableSchema } from './aws/tables.ts';
import { CLOCK_BYTES, createClock } from './clock.ts';
import type { Clock, Fault, Tokens } from './contract.ts';
import type { LocalDriveFile, SentMessage } from './google/google-host.ts';
import type { PersonsFile } from './google/persons-drive.ts';
import type { Network } from './network/start-network.ts';
import { startNetwork } from './network/start-network.ts';
import type { SheetsState, WorkbookSnapshot } from './sheets/sheets-host.ts';

export const SPREADSHEET_ID = '1PurserLocalWorkbook0000000000000000000000000';

/** Keys that the local AWS knows; they open nothing anywhere else. */
export const LOCAL_KEYS: LocalCredentials = {
  accessKeyId: 'AKIALOCALWORKSPACE00',
  secretAccessKey: 'local/workspace/secret/key/0000000000000',
};

export interface WorkspaceState {
  readonly version: 1;
  readonly appsScript: AppsScriptState;
  readonly sheets: SheetsState;
  readonly google: unknown;
}

export interface WorkspaceOptions {
  readonly bundleFolder: string;
  readonly startMs: number;
  readonly user: { readonly email: string; readonly name: string };
  readonly workbookTitle: string;
  readonly timeZone: string;
  readonly regions: readonly string[];
  readonly seed: number;
  readonly state: WorkspaceState | null;
  readonly workbook: Uint8Array | null;
  readonly onShown?: (shown: Shown) => void;
  /** Whether each call moves the clock by what it would cost at Google. */
  readonly clockFollowsModel?: boolean;
}

export interface Workspace {
  readonly clock: Clock;
  readonly appsScript: AppsScript;
  readonly network: Network;
  /** What the workbook's file holds and the local Sheets can't keep. */
  readonly dropped: readonly string[];
  seedTable(region: string, schema: TableSchema, items: readonly AttributeMap[]): Promise<void>;
  deliver(eml: Uint8Array, labels: readonly string[]): Promise<string>;
  putFile(file: PersonsFile): Promise<string>;
  /** A person uploads a new version of a file in Drive. */
  replaceFile(id: string, bytes: Uint8Array): Promise<void>;
  trashFile(id: string): Promise<void>;
  sentMessages(): Promise<readonly SentMessage[]>;
  driveFiles(): Promise<readonly LocalDriveFile[]>;
  snapshot(): Promise<WorkbookSnapshot>;
  /** A person types into a cell. */
  setCell(tabTitle: string, a1: string, input: string): Promise<void>;
  setFaults(faults: readonly Fault[]): Promise<void>;
  save(): Promise<{ xlsx: Uint8Array; state: WorkspaceState }>;
  close(): Promise<void>;
}

export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const buffer = new SharedArrayBuffer(CLOCK_BYTES);
  const clock = createClock(buffer, options.startMs);
  const token = `ya29.local-${options.user.email}`;
  const { scopes } = readBundle(options.bundleFolder).manifest;
  const tokens: Tokens = new Map([[token, { email: options.user.email, scopes }]]);
  const hosts = join(here(), 'hosts.ts');
  const sheets = join(here(), 'sheets', 'sheets-host.ts');
  const network = await startNetwork({
    hosts: [
      {
        name: 'aws',
        module: hosts,
        factory: 'awsHost',
        options: { regions: options.regions, credentials: [LOCAL_KEYS] },
      },
      {
        name: 'google',
        module: hosts,
        factory: 'googleHost',
        options: {
          user: options.user,
          seed: options.seed,
          workbook: { id: SPREADSHEET_ID, name: options.workbookTitle },
        },
      },
      {
        name: 'sheets',
        module: sheets,
        factory: 'createSheetsHost',
        options: { spreadsheetId: SPREADSHEET_ID },
      },
    ],
    clock: buffer,
    tokens,
  });
  try {
    if (options.state !== null) await network.call('google', 'restore', [options.state.google]);
    const sheetsState: SheetsState = options.state?.sheets ?? {
      title: options.workbookTitle,
      locale: 'en_US',
      timeZone: options.timeZone,
      tabs: {},
      metadata: [],
      protectedRanges: [],
    };
    const xlsx = options.workbook ?? (await emptyWorkbook());
    const loaded = (await network.call('sheets', 'load', [xlsx, sheetsState])) as { dropped: string[] };
    const appsScript = createAppsScript({
      bundleFolder: options.bundleFolder,
      clock,
      fetchAllSync: network.fetchAllSync,
      workbook: {
        id: SPREADSHEET_ID,
        name: sheetsState.title,
        timeZone: sheetsState.timeZone,
        locale: 'en_US',
      },
      email: options.user.email,
      accessToken: (email) => (email === options.user.email ? token : `ya29.local-${email}`),
      seed: options.seed,
      ...(options.state === null ? {} : { state: options.state.appsScript }),
      ...(options.onShown === undefined ? {} : { onShown: options.onShown }),
      clockFollowsModel: options.clockFollowsModel ?? false,
    });
    return workspaceOf(clock, appsScript, network, loaded.dropped);
  } catch (error) {
    await network.close();
    throw error;
  }
}

function workspaceOf(
  clock: Clock,
  appsScript: AppsScript,
  network: Network,
  dropped: readonly string[],
): Workspace {
  const call = async <T>(host: string, method: string, ...args: readonly unknown[]): Promise<T> =>
    (await network.call(host, method, args)) as T;
  return {
    clock,
    appsScript,
    network,
    dropped,
    seedTable: (region, schema, items) => call('aws', 'seed', region, schema, items),
    deliver: (eml, labels) => call('google', 'deliver', eml, { labels }),
    putFile: (file) => call('google', 'putFile', file),
    replaceFile: (id, bytes) => call('google', 'replaceFile', id, bytes),
    trashFile: (id) => call('google', 'trashFile', id),
    sentMessages: () => call('google', 'sentMessages'),
    driveFiles: () => call('google', 'driveFiles'),
    snapshot: () => call('sheets', 'snapshot'),
    setCell: (tabTitle, a1, input) => call('sheets', 'setCell', tabTitle, a1, input),
    setFaults: (faults) => network.setFaults(faults),
    save: async () => {
      const saved = await call<{ xlsx: Uint8Array; state: SheetsState }>('sheets', 'save');
      const google = await call<unknown>('google', 'dump');
      return {
        xlsx: saved.xlsx,
        state: { version: 1, appsScript: appsScript.saved(), sheets: saved.state, google },
      };
    },
    close: () => network.close(),
  };
}

async function emptyWorkbook(): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Sheet1');
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Jest runs this file as CommonJS, everything else as an ES module. */
function here(): string {
  return typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
}
