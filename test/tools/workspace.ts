/** The built bundle on one local Workspace a test file; each test begins with a scene of its own. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';
import { build } from '../../scripts/build.ts';
import type { AppsScript, AppsScriptState, RunOptions } from '../../scripts/local/apps-script/apps-script.ts';
import { createAppsScript } from '../../scripts/local/apps-script/apps-script.ts';
import { LOCAL_WEB_APP_URL } from '../../scripts/local/apps-script/deployment.ts';
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { Page } from '../../scripts/local/apps-script/web-visits.ts';
import { readItemLines } from '../../scripts/local/aws/export-lines.ts';
import type { TableSchema } from '../../scripts/local/aws/tables.ts';
import { crewDispatch, crewRoster, indexedAttributes } from '../../scripts/local/aws/tables.ts';
import type { Clock, Fault, TracedExchange } from '../../scripts/local/contract.ts';
import type { LocalDriveFile } from '../../scripts/local/google/google-host.ts';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { PersonsFile } from '../../scripts/local/google/persons-drive.ts';
import type { TabTitle } from '../../scripts/local/sheets/look.ts';
import type {
  CellSnapshot,
  SheetsState,
  TabSnapshot,
  WorkbookSnapshot,
} from '../../scripts/local/sheets/sheets-host.ts';
import type { Person } from '../../scripts/local/sign-in.ts';
import { signIn } from '../../scripts/local/sign-in.ts';
import type { Workspace } from '../../scripts/local/workspace.ts';
import {
  LOCAL_KEYS,
  LOCAL_ROLE_ARN,
  localRole,
  SPREADSHEET_ID,
  startWorkspace,
} from '../../scripts/local/workspace.ts';
import { zonedMs } from '../../scripts/local/zoned-time.ts';
import type { AccountRecord, Purpose } from '../../src/accounts/account.ts';
import { IDENTITY_SCOPES, PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { accountEntry } from '../../src/accounts/account-store.ts';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import type { RunReport } from '../../src/run/report.ts';
import { fold } from '../../src/workbook/settings.ts';

export const OWNER = { email: 'nora@harbor.example', name: 'Nora Field' };
export const COMPANY = 'Harbor Sails';
export const ZONE = 'America/New_York';
export const REGIONS = ['us-east-1', 'us-west-2'] as const;
const SEED = 20_260_601;

/** An item as a plain JSON line has it, or in DynamoDB JSON. */
export type Item = Readonly<Record<string, unknown>>;

export interface Scene {
  /** Date in New York on which the clock stands at 06:00; default `2026-06-01`. */
  readonly today?: string;
  readonly charters?: readonly Item[];
  /** Of the second region; default those of the primary. */
  readonly chartersSecond?: readonly Item[];
  readonly roster?: readonly Item[];
  readonly schemas?: { readonly charters: TableSchema; readonly roster: TableSchema };
  /** Mail in Sent; default April's statement, sent by hand. */
  readonly sent?: readonly string[];
  readonly workbook?: Uint8Array;
  /** Received mail, which the setting “Booking mail search” then finds. */
  readonly bookingMail?: readonly Uint8Array[];
  /** Files of the folder that the setting “Trip sheets folder” then names. */
  readonly tripSheets?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Typed into the settings tab after set-up. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How far the script's clock is ahead of the services'. */
  readonly clockAheadMs?: number;
  /** How Purser proves itself to AWS; default as a role, without keys. */
  readonly aws?: 'role' | 'keys';
  /**
   * Default true: the owner has chosen “Set up…” and said yes to everything. `owner-only`: nothing of that is there but
   * the owner, which is quicker.
   */
  readonly setUp?: boolean | 'owner-only';
  /** Set up… is really chosen, though scenes like this one were set up before: for who looks at what it shows or gets. */
  readonly setUpAnew?: boolean;
}

/** One that its JSON tells apart from all others. */
export type SceneInWords = Omit<Scene, 'workbook' | 'bookingMail' | 'tripSheets'>;

export interface Mail {
  readonly kind: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly from: readonly string[];
  readonly headers: ReadonlyMap<string, unknown>;
  readonly attachments: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly raw: Buffer;
}

export interface Choices {
  /** What the person says to the last question; default yes. */
  readonly yes?: boolean;
  readonly as?: string;
  /** What is entered for AWS in Set up…; default what the scene says. */
  readonly aws?: 'role' | 'keys';
  /** Answers in place of the usual ones; null leaves a question to those. */
  readonly answers?: (question: Question) => Answer | null;
}

export interface Purser {
  readonly clock: Clock;
  appsScript(): AppsScript;
  begin(scene?: Scene): Promise<void>;
  /**
   * Does the work, or brings back all that it had brought about when it was done under this name before: the script, the
   * workbook, mail, files, the trace and the clock. For long histories that many tests begin with.
   * @param name says all that the work depends on
   * @param work begins with `begin`, and afterwards changes neither faults nor tables nor rights
   * @returns what the work gave, which is JSON
   */
  once<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** `begin` and `send`, `once`. @throws when it was not sent */
  sent(scene?: SceneInWords): Promise<RunReport>;
  /** Puts the clock at an hour in New York. */
  at(date: string, hour?: number): void;
  setUp(choices?: Choices): { good: string[]; problems: string[] };
  preview(month?: string, choices?: Choices): RunReport;
  send(month?: string, choices?: Choices): RunReport;
  /** Fires one of the triggers' functions, as the account that owns it. */
  trigger(name: 'continueRun' | 'monthlyStatement' | 'tick', as?: string): RunReport | null;
  /** Replaces the charters of both regions. */
  recharter(charters: readonly Item[]): Promise<void>;
  faults(...faults: readonly Fault[]): Promise<void>;
  /** The Workspace’s other switches: `oauth`, `revokeByPerson`, `tokensOf`, `grantScopes` … */
  readonly workspace: Workspace;
  /** A person follows a link to Google, or the web app’s, and consents. */
  signIn(url: string, person: Person): Page;
  setting(key: string, value: string): Promise<void>;
  type(tabTitle: string, a1: string, input: string): Promise<void>;
  /** A person's structural edits: requests of the Sheets API. */
  edit(...requests: readonly object[]): void;
  tabs(): Promise<readonly TabSnapshot[]>;
  tab(title: string): Promise<TabSnapshot>;
  titles(): Promise<readonly string[]>;
  /** Developer metadata of the workbook. */
  snapshotMetadata(): Promise<WorkbookSnapshot['metadata']>;
  mails(kind?: string): Promise<readonly Mail[]>;
  files(): Promise<readonly LocalDriveFile[]>;
  /** Into the owner's mailbox, or another account's. */
  deliver(eml: string, labels: readonly string[], account?: string): Promise<void>;
  /**
   * Another Google account, connected: its record stands in the owner's user properties with tokens that the local
   * Google takes, as after a consent. @returns its subject
   */
  connect(email: string, purposes: readonly Purpose[], change?: Partial<AccountRecord>): Promise<string>;
  /** The record of a connected account as it is kept now. */
  account(subject: string): AccountRecord;
  /** A file that a person puts into Drive. @returns its id */
  putFile(file: PersonsFile): Promise<string>;
  /** Requests since the scene began. */
  trace(): readonly TracedExchange[];
  /** The workbook as a file, as a person would download it. */
  download(): Promise<Uint8Array>;
}

let opened: Promise<Purser> | null = null;

/**
 * One Workspace and one build of the bundle for all suites of a process, which are not the same from one run to the
 * next; `begin` puts everything back to nothing.
 */
export function openPurser(): Promise<Purser> {
  opened ??= openAnew();
  return opened;
}

async function openAnew(): Promise<Purser> {
  const bundleFolder = mkdtempSync(join(tmpdir(), 'purser-bundle-'));
  process.once('exit', () => rmSync(bundleFolder, { recursive: true, force: true }));
  await build({ outDir: bundleFolder, regions: REGIONS, reuse: true });
  const workspace = await startWorkspace({
    bundleFolder,
    startMs: zonedMs('2026-06-01', 6, ZONE),
    user: OWNER,
    workbookTitle: COMPANY,
    timeZone: ZONE,
    regions: REGIONS,
    seed: SEED,
    state: null,
    workbook: null,
  });
  const empty = await workspace.save();
  return purserOn(workspace, bundleFolder, empty);
}

type Saved = Awaited<ReturnType<Workspace['save']>>;

interface State {
  readonly google: unknown;
  /** As the Sheets server names what it keeps. */
  readonly workbook: unknown;
  readonly script: AppsScriptState;
}

interface History {
  readonly scene: Scene;
  readonly state: State;
  readonly nowMs: number;
  readonly trace: readonly TracedExchange[];
  /** Its JSON. */
  readonly value: string;
}

function purserOn(workspace: Workspace, bundleFolder: string, empty: Saved): Purser {
  const { network, clock } = workspace;
  let script: AppsScript = workspace.appsScript;
  let aws: 'role' | 'keys' = 'role';
  let schemas = { charters: crewDispatch(), roster: crewRoster() };
  /** The scene of the last `begin`. */
  let begun: Scene = {};
  const token = (email: string): string => `ya29.local-${email}`;

  const freshScript = (aheadMs: number, state?: AppsScriptState): AppsScript =>
    createAppsScript({
      ...(state === undefined ? {} : { state }),
      bundleFolder,
      clock: { ...clock, now: () => clock.now() + aheadMs },
      fetchAllSync: network.fetchAllSync,
      workbook: { id: SPREADSHEET_ID, name: COMPANY, timeZone: ZONE, locale: 'en_US' },
      email: OWNER.email,
      accessToken: token,
      identityToken: workspace.identityToken,
      grantedScopes: workspace.grantedScopes,
      webAppUrl: LOCAL_WEB_APP_URL,
      seed: SEED,
      reusesRealms: true,
    });
  const fill = async (region: string, charters: readonly Item[], roster: readonly Item[]): Promise<void> => {
    const contents = [
      { schema: schemas.charters, items: itemsOf(charters, schemas.charters) },
      { schema: schemas.roster, items: itemsOf(roster, schemas.roster) },
    ];
    await network.call('aws', 'fill', [region, contents]);
  };
  const run = (name: string, month: string, choices: Choices): unknown => {
    const options: RunOptions = {
      ...(choices.as === undefined ? {} : { as: choices.as }),
      answers: (question) =>
        choices.answers?.(question) ?? usualAnswer(question, month, choices.yes ?? true, choices.aws ?? aws),
    };
    return plain(script.run(name, [], options));
  };
  const reportOf = (value: unknown): RunReport => {
    if (value === null) throw new Error('The entry point gave no report.');
    return value as RunReport;
  };

  const tabTitles = async (): Promise<readonly TabTitle[]> =>
    (await network.call('sheets', 'tabs', [])) as readonly TabTitle[];
  const tabsTitled = async (wanted: string): Promise<readonly TabSnapshot[]> => {
    const ids = (await tabTitles()).flatMap(({ title, sheetId }) => (title === wanted ? [sheetId] : []));
    if (ids.length === 0) return [];
    return ((await network.call('sheets', 'snapshot', [ids])) as WorkbookSnapshot).tabs;
  };

  /** What of a scene lies outside the script, the workbook and the person's account. */
  const arrange = async (scene: Scene): Promise<void> => {
    begun = scene;
    network.trace.length = 0;
    await workspace.setFaults([]);
    await workspace.setRoles([localRole([OWNER.email])]);
    aws = scene.aws ?? 'role';
    if (workspace.grantedScopes(OWNER.email) !== null) await workspace.grantScopes(OWNER.email, null);
    self.at(scene.today ?? '2026-06-01');
    schemas = scene.schemas ?? { charters: crewDispatch(), roster: crewRoster() };
    const charters = scene.charters ?? cleanMonth();
    await fill(REGIONS[0], charters, scene.roster ?? ROSTER);
    await fill(REGIONS[1], scene.chartersSecond ?? charters, scene.roster ?? ROSTER);
  };

  const state = async (): Promise<State> => ({
    google: await network.call('google', 'dump', []),
    workbook: await network.call('sheets', 'keep', []),
    script: script.saved(),
  });
  const bringBack = async ({ google, workbook, script: saved }: State): Promise<void> => {
    await network.call('google', 'restore', [google]);
    await network.call('sheets', 'bringBack', [workbook]);
    script = freshScript(0, saved);
  };

  const typeSettings = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    if (Object.keys(settings).length === 0) return;
    const isSettings = ({ cells }: TabSnapshot): boolean => cells.A1?.input === 'Setting';
    const usual = await tabsTitled('Purser settings');
    const tab = usual.find(isSettings) ?? (await self.tabs()).find(isSettings);
    for (const [key, value] of Object.entries(settings)) {
      const row = Object.entries(tab?.cells ?? {}).find(
        ([name, { input }]) => /^A\d+$/.test(name) && fold(String(input)) === fold(key),
      );
      if (tab === undefined || row === undefined) throw new Error(`There is no setting “${key}”.`);
      await workspace.setCell(tab.title, `B${row[0].slice(1)}`, value === '' ? '' : `'${value}`);
    }
  };

  /** Of scenes that are set up alike: what Set up… has made of the empty workbook, so that it is chosen once. */
  const setUps = new Map<string, State>();

  /** The empty workbook, or that of the scene, as its owner has set it up. */
  const setUpAs = async (scene: Scene): Promise<void> => {
    const aheadMs = scene.clockAheadMs ?? 0;
    const isUsual = scene.workbook === undefined && (scene.setUp ?? true) === true && aheadMs === 0;
    const { today, aws: way, charters, chartersSecond, roster, schemas: tables } = scene;
    const name = JSON.stringify([today, way, charters, chartersSecond, roster, tables]);
    const done = isUsual && scene.setUpAnew !== true ? setUps.get(name) : undefined;
    if (done !== undefined) {
      await bringBack(done);
      return;
    }
    const { google, sheets } = empty.state;
    await network.call('google', 'restore', [google]);
    await network.call('sheets', 'load', [scene.workbook ?? empty.xlsx, emptied(sheets)]);
    script = freshScript(aheadMs);
    if (scene.setUp === 'owner-only') script.properties('document').set('owner', OWNER.email);
    else if (scene.setUp ?? true) {
      const { problems } = self.setUp();
      if (problems.length > 0) throw new Error(`Set-up complains: ${problems.join(' ')}`);
    }
    if (!isUsual) return;
    setUps.set(name, await state());
  };

  /** By their names: what came of work that was done before. */
  const histories = new Map<string, History>();

  const self: Purser = {
    clock,
    workspace,
    signIn: (url, person) => signIn({ network, appsScript: script }, url, person),
    appsScript: () => script,
    async begin(scene = {}) {
      await arrange(scene);
      await setUpAs(scene);
      for (const eml of scene.sent ?? [handMail('2026-04')]) await self.deliver(eml, ['SENT']);
      for (const eml of scene.bookingMail ?? []) await workspace.deliver(eml, ['INBOX']);
      const settings = { ...scene.settings };
      if (scene.bookingMail !== undefined) settings['Booking mail search'] ??= '-in:sent';
      if (scene.tripSheets !== undefined) {
        settings['Trip sheets folder'] ??= await putTripSheets(workspace, scene.tripSheets);
      }
      await typeSettings(settings);
    },
    async once(name, work) {
      const known = histories.get(name);
      if (known !== undefined) {
        await arrange(known.scene);
        await bringBack(known.state);
        clock.set(known.nowMs);
        network.trace.push(...known.trace);
        return JSON.parse(known.value);
      }
      const value = await work();
      histories.set(name, {
        scene: begun,
        state: await state(),
        nowMs: clock.now(),
        trace: [...network.trace],
        value: JSON.stringify(value ?? null),
      });
      return value;
    },
    async sent(scene = {}) {
      return self.once(`sent ${JSON.stringify(scene)}`, async () => {
        await self.begin(scene);
        const report = self.send();
        if (report.status !== 'sent') throw new Error(JSON.stringify(report.error ?? report.findings));
        return report;
      });
    },
    at: (date, hour = 6) => clock.set(zonedMs(date, hour, ZONE)),
    setUp: (choices = {}) => run('setUp', '', choices) as { good: string[]; problems: string[] },
    preview: (month = '2026-05', choices = {}) => reportOf(run('previewStatement', month, choices)),
    send: (month = '2026-05', choices = {}) => reportOf(run('sendStatement', month, choices)),
    trigger: (name, as = OWNER.email) =>
      plain(script.run(name, [], { mode: 'trigger', as })) as RunReport | null,
    async recharter(charters) {
      for (const region of REGIONS) await fill(region, charters, ROSTER);
    },
    faults: (...faults) => workspace.setFaults(faults),
    setting: (key, value) => typeSettings({ [key]: value }),
    type: (tabTitle, a1, input) => workspace.setCell(tabTitle, a1, input),
    edit(...requests) {
      const url = `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}:batchUpdate`;
      const sent = network.fetchAllSync([
        {
          method: 'POST',
          url,
          headers: { authorization: `Bearer ${token(OWNER.email)}`, 'content-type': 'application/json' },
          body: new Uint8Array(Buffer.from(JSON.stringify({ requests }))),
        },
      ]);
      if (!Array.isArray(sent) || sent[0]?.status !== 200) {
        throw new Error(
          `The edit was refused: ${Array.isArray(sent) ? Buffer.from(sent[0]?.body ?? []).toString() : 'unreachable'}`,
        );
      }
    },
    tabs: async () => (await workspace.snapshot()).tabs,
    async tab(title) {
      const [found] = await tabsTitled(title);
      if (found === undefined)
        throw new Error(`There is no tab “${title}”; there are ${(await self.titles()).join(', ')}.`);
      return found;
    },
    snapshotMetadata: async () => (await workspace.snapshot()).metadata,
    titles: async () => (await tabTitles()).map(({ title }) => title),
    async mails(kind) {
      const all = await Promise.all((await workspace.sentMessages()).map(({ raw }) => readMail(raw)));
      return kind === undefined ? all : all.filter((mail) => mail.kind === kind);
    },
    files: () => workspace.driveFiles(),
    async deliver(eml, labels, account) {
      const bytes = new Uint8Array(Buffer.from(eml.replace(/\r?\n/g, '\r\n')));
      if (account === undefined) await workspace.deliver(bytes, labels);
      else await network.call('google', 'deliver', [bytes, { labels, account }]);
    },
    async connect(email, purposes, change = {}) {
      const scopes = [...IDENTITY_SCOPES, ...purposes.flatMap((purpose) => PURPOSE_SCOPES[purpose])];
      const given = await workspace.giveTokens(email, scopes);
      const now = new Date(clock.now()).toISOString();
      const record: AccountRecord = {
        schema: 2,
        subject: given.subject,
        email,
        name: '',
        emailVerified: true,
        purposes,
        accessToken: given.accessToken,
        refreshToken: given.refreshToken,
        expiresAt: new Date(clock.now() + given.lifetimeSeconds * 1000).toISOString(),
        lifetimeSeconds: given.lifetimeSeconds,
        scopes: given.scopes,
        tokenType: 'Bearer',
        createdAt: now,
        consentedAt: now,
        refreshTokenExpiresAt: null,
        lastRefreshedAt: null,
        lastError: null,
        dead: null,
        toldAt: null,
        ...change,
      };
      const mine = script.properties('user', OWNER.email);
      const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
      mine.set('oauth.client', JSON.stringify({ schema: 1, clientId, clientSecret }));
      for (const [key, value] of Object.entries(accountEntry(record))) mine.set(key, value);
      return given.subject;
    },
    account(subject) {
      const json = script.properties('user', OWNER.email).get(`account.${subject}`);
      return JSON.parse(json ?? 'null') as AccountRecord;
    },
    putFile: (file) => workspace.putFile(file),
    trace: () => [...network.trace],
    download: async () => (await workspace.save()).xlsx,
  };
  return self;
}

async function putTripSheets(workspace: Workspace, files: NonNullable<Scene['tripSheets']>): Promise<string> {
  const folder = await workspace.putFile({
    name: 'Trip sheets',
    parents: [],
    mimeType: 'application/vnd.google-apps.folder',
    bytes: null,
  });
  for (const { name, bytes } of files) {
    const mimeType = name.endsWith('.csv')
      ? 'text/csv'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await workspace.putFile({ name, parents: [folder], mimeType, bytes });
  }
  return folder;
}

/** What the person says who wants the month sent. */
function usualAnswer(
  { kind, title, message, buttons }: Question,
  month: string,
  yes: boolean,
  aws: 'role' | 'keys',
): Answer {
  if (kind === 'prompt') {
    if (/certify/.test(message)) return yes ? { button: 'OK', text: OWNER.name } : { button: 'CANCEL' };
    if (/secret/i.test(message)) return { button: 'OK', text: LOCAL_KEYS.secretAccessKey };
    if (!/role arn/i.test(message)) return { button: 'OK', text: month };
    return { button: 'OK', text: aws === 'role' ? LOCAL_ROLE_ARN : LOCAL_KEYS.accessKeyId };
  }
  if (!buttons.includes('YES')) return { button: 'OK' };
  // Nobody has heard of it.
  if (title === 'Did it go out?') return { button: 'NO' };
  return { button: yes ? 'YES' : 'NO' };
}

/** A new file has none of another workbook's tabs. */
function emptied(state: SheetsState): SheetsState {
  return { ...state, tabs: {}, metadata: [], protectedRanges: [] };
}

/** Out of the script's realm, into plain data of this one. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

export function itemsOf(items: readonly Item[], schema: TableSchema): readonly AttributeMap[] {
  const lines = items.map((item) => JSON.stringify(item)).join('\n');
  const read = readItemLines(lines, schema.partition.name, indexedAttributes(schema));
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.items;
}

async function readMail(raw: Uint8Array): Promise<Mail> {
  const mail = await simpleParser(Buffer.from(raw));
  const addresses = (field: AddressObject | AddressObject[] | undefined): string[] =>
    [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
  return {
    kind: String(mail.headers.get('x-purser-kind') ?? ''),
    subject: mail.subject ?? '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    from: addresses(mail.from),
    text: mail.text ?? '',
    html: mail.html || '',
    headers: mail.headers,
    attachments: mail.attachments.map(({ filename, content }) => ({ name: filename ?? '', bytes: content })),
    raw: Buffer.from(raw),
  };
}

export const ROSTER: readonly Item[] = [
  { crewId: 'cr-1', name: 'Tom Archer', email: 'tom@harbor.example', role: 'captain' },
  { crewId: 'cr-2', name: 'Siobhán Ní Bhriain', email: 'siobhan@harbor.example', role: 'mate' },
];

/** A public charter of eight guests at the standard rate that nothing is to be said about. */
export function charter(id: string, more: Item = {}): Item {
  return {
    charterId: id,
    month: '2026-05',
    date: '2026-05-09',
    departs: '10:00',
    vessel: `Vessel ${id}`,
    kind: 'public',
    status: 'completed',
    guests: 8,
    comps: 0,
    revenueTotal: 1000,
    crew: ['cr-1'],
    bookingRefs: [`HB-${id}`],
    ...more,
  };
}

/** Without one of its attributes. */
export function without(item: Item, attribute: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== attribute));
}

/** Three charters: 8 + 10 + 6 guests, 2 comps, $2,750.00. */
export function cleanMonth(month = '2026-05'): readonly Item[] {
  const at = (day: string): Item => ({ month, date: `${month}-${day}` });
  const id = (number: number): string => `C-${month}-${number}`;
  return [
    charter(id(1), at('03')),
    charter(id(2), { ...at('14'), guests: 10, comps: 2, compNotes: 'Dana Whitlock, travel writer' }),
    charter(id(3), { ...at('31'), kind: 'private', guests: 6, flatPrice: 750, revenueTotal: 750 }),
  ];
}

export const PARTNERS = ['grace@partner.example', 'rene@partner.example'] as const;
export const ACCOUNTANT = 'priya@accounts.example';

const LABELS: Readonly<Record<string, string>> = {
  '2026-03': 'March 2026',
  '2026-04': 'April 2026',
  '2026-05': 'May 2026',
  '2026-06': 'June 2026',
};

/** A statement mail as the owner sent it by hand before Purser. */
export function handMail(
  month: string,
  more: {
    readonly to?: string;
    readonly company?: string;
    readonly subject?: string;
    readonly text?: string;
  } = {},
): string {
  const next = `2026-${String(Number(month.slice(5)) + 1).padStart(2, '0')}-02T12:00:00Z`;
  return [
    `From: ${OWNER.name} <${OWNER.email}>`,
    `To: ${more.to ?? `Grace <${PARTNERS[0]}>, ${PARTNERS[1]}`}`,
    `Cc: ${ACCOUNTANT}`,
    `Subject: ${more.subject ?? `${more.company ?? COMPANY} revenue statement, ${LABELS[month] ?? month}`}`,
    `Date: ${new Date(next).toUTCString()}`,
    `Message-ID: <hand-${month}@harbor.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    more.text ?? 'The month in short.',
    '',
  ].join('\n');
}

/** The first cell whose entered text is, or matches, `wanted`. */
export function findCell(
  tab: TabSnapshot,
  wanted: string | RegExp,
): { readonly a1: string; readonly cell: CellSnapshot } {
  const found = Object.entries(tab.cells).find(([, { input }]) =>
    typeof wanted === 'string' ? input === wanted : typeof input === 'string' && wanted.test(input),
  );
  if (found === undefined) throw new Error(`No cell of “${tab.title}” is ${String(wanted)}.`);
  return { a1: found[0], cell: found[1] };
}

/** Computed values of a row, by column letter. */
export function rowValues(tab: TabSnapshot, row: number): Readonly<Record<string, CellSnapshot['value']>> {
  const values: Record<string, CellSnapshot['value']> = {};
  for (const [name, { value }] of Object.entries(tab.cells)) {
    const place = /^([A-Z]+)(\d+)$/.exec(name);
    if (place?.[1] !== undefined && Number(place[2]) === row && value !== null && value !== '')
      values[place[1]] = value;
  }
  return values;
}

/** The tabs that a person sees. */
export function visible(tabs: readonly TabSnapshot[]): string[] {
  return tabs.filter(({ hidden }) => !hidden).map(({ title }) => title);
}

/** Codes of a report's findings, worst first, as they come. */
export function codes(report: RunReport): string[] {
  return report.findings.map(({ code }) => code);
}

export function xlsxOf(report: RunReport): Buffer {
  if (report.xlsxBase64 === null) throw new Error('The report has no XLSX.');
  return Buffer.from(report.xlsxBase64, 'base64');
}

/** A file as a spreadsheet program opens it. */
export async function openXlsx(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  return workbook;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
