/**
 * The local Workspace: the built bundle on strict fakes of Apps Script, and real servers on loopback behind it.
 * State goes in and out as plain JSON, so that a later process goes on.
 */
import { join } from 'node:path';
import exceljs from 'exceljs';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import type { AppsScript, AppsScriptState } from './apps-script/apps-script.ts';
import { createAppsScript } from './apps-script/apps-script.ts';
import { readBundle } from './apps-script/bundle.ts';
import { LOCAL_WEB_APP_URL } from './apps-script/deployment.ts';
import { realmsAreKept } from './apps-script/realms.ts';
import type { Shown } from './apps-script/spreadsheet-app.ts';
import { createIdentityIssuer, type IdentityIssuer, LOCAL_SCRIPT_CLIENT_ID } from './aws/identity.ts';
import type { LocalCredentials } from './aws/signature-check.ts';
import type { LocalRole } from './aws/sts-host.ts';
import type { TableSchema } from './aws/tables.ts';
import { CLOCK_BYTES, createClock } from './clock.ts';
import type { Clock, Fault, Tokens } from './contract.ts';
import type { CalendarSwitches } from './google/calendar.ts';
import { type RemoteHand, remoteHand } from './google/calendar-hand.ts';
import type { LocalPermission } from './google/drive-permissions.ts';
import type { LocalDriveFile, SentMessage } from './google/google-host.ts';
import { type AccountChange, type AccountName, subjectOf } from './google/oauth-accounts.ts';
import type { AccountTokens, GivenTokens } from './google/oauth-server.ts';
import type { OAuthSwitches } from './google/oauth-switches.ts';
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

/** The role that the local AWS lets the script act as. */
export const LOCAL_ROLE_ARN = 'arn:aws:iam::123456789012:role/purser-local';

/** That role, trusting the script when one of these people runs it. */
export function localRole(emails: readonly string[]): LocalRole {
  return {
    roleArn: LOCAL_ROLE_ARN,
    trust: { aud: LOCAL_SCRIPT_CLIENT_ID, sub: emails.map(subjectOf) },
  };
}

export interface WorkspaceState {
  readonly version: 1;
  readonly appsScript: AppsScriptState;
  readonly sheets: SheetsState;
  readonly google: unknown;
}

export interface WorkspaceOptions {
  readonly bundleFolder: string;
  readonly startMs: number;
  readonly user: AccountName;
  /** Accounts that the sign-in page lists beside the user. */
  readonly otherUsers?: readonly AccountName[];
  readonly workbookTitle: string;
  readonly timeZone: string;
  readonly regions: readonly string[];
  readonly seed: number;
  readonly state: WorkspaceState | null;
  readonly workbook: Uint8Array | null;
  readonly onShown?: (shown: Shown) => void;
  /** Whether each call moves the clock by what it would cost at Google. */
  readonly clockFollowsModel?: boolean;
  /** Whether executions take over realms from earlier ones; default as `keepRealms` says. */
  readonly reusesRealms?: boolean;
}

export interface Workspace {
  readonly clock: Clock;
  readonly appsScript: AppsScript;
  readonly network: Network;
  /** What the workbook's file holds and the local Sheets can't keep. */
  readonly dropped: readonly string[];
  seedTable(region: string, schema: TableSchema, items: readonly AttributeMap[]): Promise<void>;
  /** @param account whose mailbox; default the user's */
  deliver(eml: Uint8Array, labels: readonly string[], account?: string): Promise<string>;
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
  /** Google Calendar, by hand and by switches. */
  readonly calendars: {
    person(email: string): RemoteHand;
    /** Of one person, or of all: sync tokens given so far are answered with 410. */
    expireSyncTokens(email?: string): Promise<void>;
    /** Replaces all switches. */
    switchTo(switches: CalendarSwitches): Promise<void>;
  };
  /** Replaces all switches of the OAuth server; without any it is Google on a good day. */
  oauth(switches: OAuthSwitches): Promise<void>;
  /** The person removes all apps' access to the account at myaccount.google.com. */
  revokeByPerson(email: string): Promise<void>;
  /** Ends the account's grants with Gmail scopes. */
  changePassword(email: string): Promise<void>;
  /** Another address or name, or its address given to somebody else (another subject). @returns its subject */
  changeAccount(email: string, change: AccountChange): Promise<string>;
  tokensOf(email: string): Promise<AccountTokens>;
  /** Tokens of `LOCAL_OAUTH_CLIENT` as after a consent, without a page. */
  giveTokens(email: string, scopes: readonly string[]): Promise<GivenTokens>;
  /** What the person grants the script itself of the manifest's scopes; null: all. Scripts made before know it too. */
  grantScopes(email: string, scopes: readonly string[] | null): Promise<void>;
  /** For `createAppsScript`. */
  grantedScopes(email: string): readonly string[] | null;
  /** A person shares the workbook in Drive; null: with nobody. */
  shareWorkbook(permissions: readonly LocalPermission[] | null): Promise<void>;
  /** A person changes the roles in IAM. */
  setRoles(roles: readonly LocalRole[]): Promise<void>;
  /** A person deletes the roles in IAM and makes them anew: AWS refuses the sessions that there were. */
  forgetSessions(): Promise<void>;
  /** What ScriptApp.getIdentityToken gives; for `createAppsScript`. */
  identityToken(email: string): string;
  save(): Promise<{ xlsx: Uint8Array; state: WorkspaceState }>;
  close(): Promise<void>;
}

export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const buffer = new SharedArrayBuffer(CLOCK_BYTES);
  const clock = createClock(buffer, options.startMs);
  const token = tokenOf(options.user.email);
  const { scopes: manifestScopes } = readBundle(options.bundleFolder).manifest;
  const tokens: Tokens = new Map([[token, { email: options.user.email, scopes: manifestScopes }]]);
  const hosts = join(import.meta.dirname, 'hosts.ts');
  const sheets = join(import.meta.dirname, 'sheets', 'sheets-host.ts');
  const granted = new Map<string, readonly string[]>();
  const identity = createIdentityIssuer(clock);
  const network = await startNetwork({
    hosts: [
      {
        name: 'aws',
        module: hosts,
        factory: 'awsHost',
        options: {
          regions: options.regions,
          credentials: [LOCAL_KEYS],
          roles: [localRole([options.user.email])],
          publicKey: identity.publicKey,
        },
      },
      {
        name: 'google',
        module: hosts,
        factory: 'googleHost',
        options: {
          user: options.user,
          otherUsers: options.otherUsers ?? [],
          seed: options.seed,
          workbook: { id: SPREADSHEET_ID, name: options.workbookTitle },
        },
      },
      {
        name: 'sheets',
        module: sheets,
        factory: 'createSheetsHost',
        options: { spreadsheetId: SPREADSHEET_ID, owner: options.user.email },
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
      accessToken: tokenOf,
      identityToken: (email) => identity.token(email),
      grantedScopes: (email) => granted.get(email) ?? null,
      webAppUrl: LOCAL_WEB_APP_URL,
      seed: options.seed,
      ...(options.state === null ? {} : { state: options.state.appsScript }),
      ...(options.onShown === undefined ? {} : { onShown: options.onShown }),
      clockFollowsModel: options.clockFollowsModel ?? false,
      reusesRealms: options.reusesRealms ?? realmsAreKept(),
    });
    const grantScopes = async (email: string, scopes: readonly string[] | null): Promise<void> => {
      if (scopes === null) granted.delete(email);
      else granted.set(email, scopes);
      const held = manifestScopes.filter((scope) => scopes === null || scopes.includes(scope));
      await network.call('google', 'setToken', [tokenOf(email), { email, scopes: held }]);
    };
    return workspaceOf({
      clock,
      appsScript,
      network,
      dropped: loaded.dropped,
      granted,
      grantScopes,
      identity,
    });
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** The script's own token of an account. */
export function tokenOf(email: string): string {
  return `ya29.local-${email}`;
}

function workspaceOf(parts: {
  clock: Clock;
  appsScript: AppsScript;
  network: Network;
  dropped: readonly string[];
  granted: ReadonlyMap<string, readonly string[]>;
  grantScopes: Workspace['grantScopes'];
  identity: IdentityIssuer;
}): Workspace {
  const { clock, appsScript, network, dropped } = parts;
  const call = async <T>(host: string, method: string, ...args: readonly unknown[]): Promise<T> =>
    (await network.call(host, method, args)) as T;
  return {
    clock,
    appsScript,
    network,
    dropped,
    seedTable: (region, schema, items) => call('aws', 'seed', region, schema, items),
    deliver: (eml, labels, account) =>
      call('google', 'deliver', eml, account === undefined ? { labels } : { labels, account }),
    putFile: (file) => call('google', 'putFile', file),
    replaceFile: (id, bytes) => call('google', 'replaceFile', id, bytes),
    trashFile: (id) => call('google', 'trashFile', id),
    shareWorkbook: (permissions) => call('google', 'shareWorkbook', permissions),
    setRoles: (roles) => call('aws', 'setRoles', roles),
    forgetSessions: () => call('aws', 'forgetSessions'),
    identityToken: (email) => parts.identity.token(email),
    sentMessages: () => call('google', 'sentMessages'),
    driveFiles: () => call('google', 'driveFiles'),
    snapshot: () => call('sheets', 'snapshot'),
    setCell: (tabTitle, a1, input) => call('sheets', 'setCell', tabTitle, a1, input),
    setFaults: (faults) => network.setFaults(faults),
    calendars: {
      person: (email) => remoteHand((verb, args) => call('google', 'calendarHand', email, verb, args)),
      expireSyncTokens: (email) => call('google', 'expireSyncTokens', email),
      switchTo: (switches) => call('google', 'calendarSwitches', switches),
    },
    oauth: (switches) => call('google', 'oauth', switches),
    revokeByPerson: (email) => call('google', 'revokeByPerson', email),
    changePassword: (email) => call('google', 'changePassword', email),
    changeAccount: (email, change) => call('google', 'changeAccount', email, change),
    tokensOf: (email) => call('google', 'tokensOf', email),
    giveTokens: (email, scopes) => call('google', 'giveTokens', email, scopes),
    grantScopes: parts.grantScopes,
    grantedScopes: (email) => parts.granted.get(email) ?? null,
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
