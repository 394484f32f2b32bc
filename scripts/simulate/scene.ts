/**
 * A small operator on the night before the statement day, on the local Workspace: set up, April sent by a person, May’s
 * papers read. A scene is made once; each scenario begins with it as it was.
 */

import type { AppsScript } from '../local/apps-script/apps-script.ts';
import { createAppsScript } from '../local/apps-script/apps-script.ts';
import { LOCAL_WEB_APP_URL } from '../local/apps-script/deployment.ts';
import { readItemLines } from '../local/aws/export-lines.ts';
import { crewDispatch, crewRoster } from '../local/aws/tables.ts';
import { connectAccount } from '../local/connect-account.ts';
import { generateMonth } from '../local/generate.ts';
import type { GeneratedEvidence } from '../local/generate-evidence.ts';
import { generateEvidence } from '../local/generate-evidence.ts';
import { chooseSetUp, typeIntoSettings } from '../local/person.ts';
import type { Workspace } from '../local/workspace.ts';
import { SPREADSHEET_ID, startWorkspace } from '../local/workspace.ts';
import { zonedMs } from '../local/zoned-time.ts';
import { statementMail } from '../sample/mails.ts';
import { BOOKING_AGENTS, COMPANY, OFFICE } from '../sample/operator.ts';
import { jsonLines } from '../sample/statements.ts';
import { personAt } from './person-at.ts';

export const MONTH = '2026-05';
export const OWNER = OFFICE.address;
/** Sends the statements in the scene `account`. */
export const SENDER = 'statements@blueheron.example';
export const ZONE = 'America/New_York';
export const REGIONS: readonly string[] = ['us-east-1', 'us-west-2'];
const MONTH_BEFORE = '2026-04';
const SEED = 20_260_501;
const HALF_HOUR_MS = 1_800_000;
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `account`: the statement goes out from a connected account, whose access has run out when the run begins. */
export type SceneName = 'built-in' | 'account';
export const SCENES: readonly SceneName[] = ['built-in', 'account'];

export interface SceneOptions {
  readonly bundleFolder: string;
  readonly name: SceneName;
  /** Default 4, with booking mail and trip sheets; a larger month has none. */
  readonly charters?: number;
}

export interface Beginning {
  /** Another bundle, from now on. */
  readonly bundle?: string;
  /** Calls move the clock by what they cost at Google, so many times; default: it stands. */
  readonly modelFactor?: number;
  /** Beside that all services answer so much later, in the first so many rounds of all. */
  readonly late?: { readonly ms: number; readonly rounds: number };
}

export interface Scene {
  readonly name: SceneName;
  readonly workspace: Workspace;
  /** Everything as it was: the script, the workbook, mail, files, the clock. */
  begin(beginning?: Beginning): Promise<AppsScript>;
  close(): Promise<void>;
}

/** 06:00 on the statement day, when the monthly trigger fires. */
export function statementMs(): number {
  return zonedMs('2026-06-01', 6, ZONE);
}

/** @throws Error when the month before can’t be sent */
export async function openScene(options: SceneOptions): Promise<Scene> {
  const { bundleFolder, name } = options;
  // Its bookings would have the references of May's.
  const before = monthOf(MONTH_BEFORE, 3).charters.map((charter) => ({ ...charter, bookingRefs: [] }));
  const month = monthOf(MONTH, options.charters ?? 4);
  const hasPapers = options.charters === undefined;
  const evidence = generateEvidence(hasPapers ? month : { ...month, charters: [] }, { seed: SEED });
  const workspace = await startWorkspace({
    bundleFolder,
    startMs: zonedMs('2026-05-01', 7, ZONE),
    user: { email: OFFICE.address, name: OFFICE.name },
    workbookTitle: COMPANY,
    timeZone: ZONE,
    regions: REGIONS,
    seed: 1,
    state: null,
    workbook: null,
  });
  try {
    await seedTables(workspace, [...before, ...month.charters], month.roster);
    await workspace.deliver(await statementMail('2026-03', null), ['SENT']);
    const tripSheets = await putTripSheets(workspace, evidence);
    chooseSetUp(workspace);
    if (name === 'account') connectAccount(workspace, SENDER, ['send']);
    const settings = [
      ['Company', COMPANY],
      ...(hasPapers ? [['Booking agent', BOOKING_AGENTS] as const] : []),
      ...(hasPapers ? [['Trip sheets folder', tripSheets] as const] : []),
      ['Explain changes over', ''],
      ...(name === 'account' ? [['Send from', SENDER] as const] : []),
    ] as const;
    await typeIntoSettings(workspace, new Map(settings));
    sendMonthBefore(workspace.appsScript);
    for (const { eml } of evidence.mails) await workspace.deliver(eml, ['INBOX']);
    // The evening's, and the last before the statement, so that the next comes after it.
    for (const ms of [zonedMs('2026-05-31', 22, ZONE), statementMs() - HALF_HOUR_MS]) {
      workspace.clock.set(ms);
      workspace.appsScript.fire('tick');
    }
    if (hasPapers) await deliverAtNight(workspace);
    // Its session in AWS has run out when the run begins.
    workspace.appsScript.properties('user').delete('aws.session');
    return await snapshotOf(workspace, options);
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

function monthOf(month: string, charters: number): ReturnType<typeof generateMonth> {
  return generateMonth({ month, charters, seed: SEED });
}

async function seedTables(
  workspace: Workspace,
  charters: readonly object[],
  roster: readonly object[],
): Promise<void> {
  for (const region of REGIONS) {
    await workspace.seedTable(region, crewDispatch(), readItemLines(jsonLines(charters), 'charterId').items);
    await workspace.seedTable(region, crewRoster(), readItemLines(jsonLines(roster), 'crewId').items);
  }
}

async function putTripSheets(workspace: Workspace, evidence: GeneratedEvidence): Promise<string> {
  const folder = await workspace.putFile({
    name: 'Trip sheets',
    parents: [],
    mimeType: 'application/vnd.google-apps.folder',
    bytes: null,
  });
  for (const { name, bytes, kind } of evidence.tripSheets) {
    const mimeType = kind === 'csv' ? 'text/csv' : XLSX_TYPE;
    await workspace.putFile({ name, parents: [folder], mimeType, bytes });
  }
  return folder;
}

/** A booking for June, which the run itself reads. */
async function deliverAtNight({ network }: Workspace): Promise<void> {
  const june = monthOf('2026-06', 1);
  // References are numbered anew in each generated month.
  const charters = june.charters.map((charter) => ({ ...charter, bookingRefs: ['HB-99001', 'HB-99002'] }));
  const [mail] = generateEvidence({ ...june, charters }, { seed: SEED }).mails;
  if (mail === undefined) return;
  const internalDateMs = statementMs() - HALF_HOUR_MS / 2;
  await network.call('google', 'deliver', [mail.eml, { labels: ['INBOX'], internalDateMs }]);
}

/** The first statement is always a person’s. */
function sendMonthBefore(script: AppsScript): void {
  const report = script.run('sendStatement', [], { answers: personAt({ month: MONTH_BEFORE }) });
  const { status } = report as { status: string };
  if (status !== 'sent') throw new Error(`April is not sent: ${JSON.stringify(report).slice(0, 2000)}`);
}

async function snapshotOf(workspace: Workspace, options: SceneOptions): Promise<Scene> {
  const { network, clock, appsScript } = workspace;
  const script = appsScript.saved();
  const google = await network.call('google', 'dump', []);
  const workbook = await network.call('sheets', 'keep', []);
  return {
    name: options.name,
    workspace,
    async begin({ bundle = options.bundleFolder, modelFactor = 0 } = {}) {
      clock.set(statementMs());
      network.trace.length = 0;
      await network.call('google', 'restore', [google]);
      await network.call('sheets', 'bringBack', [workbook]);
      return createAppsScript({
        bundleFolder: bundle,
        clock,
        fetchAllSync: network.fetchAllSync,
        workbook: { id: SPREADSHEET_ID, name: COMPANY, timeZone: ZONE, locale: 'en_US' },
        email: OWNER,
        accessToken: (email) => `ya29.local-${email}`,
        identityToken: workspace.identityToken,
        grantedScopes: workspace.grantedScopes,
        webAppUrl: LOCAL_WEB_APP_URL,
        state: script,
        clockFollowsModel: modelFactor,
        // A thousand schedules: compiling the bundle anew for each execution would be a third of the time.
        reusesRealms: true,
      });
    },
    close: () => workspace.close(),
  };
}
