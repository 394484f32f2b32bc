/** The built bundle on one local Workspace a test file; each test begins with a scene of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import type { AppsScript, AppsScriptState, RunOptions } from '../../scripts/local/apps-script/apps-script.ts';
import { createAppsScript } from '../../scripts/local/apps-script/apps-script.ts';
import { LOCAL_WEB_APP_URL } from '../../scripts/local/apps-script/deployment.ts';
import { crewDispatch, crewRoster } from '../../scripts/local/aws/tables.ts';
import type { TracedExchange } from '../../scripts/local/contract.ts';
import type { TabTitle } from '../../scripts/local/sheets/look.ts';
import type { SheetsState, TabSnapshot, WorkbookSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import { signIn } from '../../scripts/local/sign-in.ts';
import type { Workspace } from '../../scripts/local/workspace.ts';
import { localRole, SPREADSHEET_ID, startWorkspace } from '../../scripts/local/workspace.ts';
import { zonedMs } from '../../scripts/local/zoned-time.ts';
import type { AccountRecord } from '../../src/accounts/account.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Purser } from './purser.ts';
import type { Item, Scene } from './scene.ts';
import { COMPANY, cleanMonth, handMail, OWNER, REGIONS, ROSTER, ZONE } from './scene.ts';
import {
  connectedAccount,
  editWorkbook,
  entriesOf,
  itemsOf,
  putTripSheets,
  settingCell,
  usualAnswer,
} from './scene-parts.ts';
import { readMail } from './seen.ts';

const SEED = 20_260_601;

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
      const cell = tab === undefined ? null : settingCell(tab, key);
      if (tab === undefined || cell === null) throw new Error(`There is no setting “${key}”.`);
      await workspace.setCell(tab.title, cell, value === '' ? '' : `'${value}`);
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
    // A new file has none of another workbook's tabs.
    const untabbed: SheetsState = { ...sheets, tabs: {}, metadata: [], protectedRanges: [] };
    await network.call('google', 'restore', [google]);
    await network.call('sheets', 'load', [scene.workbook ?? empty.xlsx, untabbed]);
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
    edit: (...requests) => editWorkbook(workspace, token(OWNER.email), requests),
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
      const record = { ...(await connectedAccount(workspace, email, purposes)), ...change };
      const mine = script.properties('user', OWNER.email);
      for (const [key, value] of Object.entries(entriesOf(record))) mine.set(key, value);
      return record.subject;
    },
    account: (subject) =>
      JSON.parse(script.properties('user', OWNER.email).get(`account.${subject}`) ?? 'null') as AccountRecord,
    putFile: (file) => workspace.putFile(file),
    trace: () => [...network.trace],
    download: async () => (await workspace.save()).xlsx,
  };
  return self;
}

/** Out of the script's realm, into plain data of this one. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
