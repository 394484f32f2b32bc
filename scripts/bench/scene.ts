/** A month of clean charters with all their papers on the local Workspace, set up as a person would. */
import { statementRecordId } from '../../src/delivery/outbox-record.ts';
import type { GeneratedMonth } from '../local/generate.ts';
import { generateMonth } from '../local/generate.ts';
import type { GeneratedEvidence } from '../local/generate-evidence.ts';
import { generateEvidence } from '../local/generate-evidence.ts';
import { chooseSetUp, typeIntoSettings } from '../local/person.ts';
import type { Workspace } from '../local/workspace.ts';
import { startWorkspace } from '../local/workspace.ts';
import { zonedMs } from '../local/zoned-time.ts';
import { putTripSheets, seedTables } from '../sample/generated-papers.ts';
import { statementMail } from '../sample/mails.ts';
import { BOOKING_AGENTS, COMPANY, OFFICE } from '../sample/operator.ts';

export const MONTH = '2026-05';
export const REGIONS: readonly string[] = ['us-east-1', 'us-west-2'];
const TIME_ZONE = 'America/New_York';
const SEED = 20_260_501;
/** Before the first booking mail of the month. */
const FIRST_DAY = '2026-03-15';
const STATEMENT_DAY = '2026-06-01';
const MONTHS_BEFORE = ['2026-02', '2026-03', '2026-04'];

/** The hourly check runs some time in the hour before the statement, and leaves a session in AWS that is good for an hour. */
const LAST_TICK_MS = 30 * 60_000;

export interface Scene {
  readonly charters: number;
  readonly generated: GeneratedMonth;
  readonly workspace: Workspace;
  readonly evidence: GeneratedEvidence;
  readonly tripSheetsFolder: string;
}

/** All but the booking mail; the clock follows the model and stands weeks before the month. */
export async function openScene(bundleFolder: string, charters: number): Promise<Scene> {
  const generated = generateMonth({ month: MONTH, charters, seed: SEED });
  const evidence = generateEvidence(generated, { seed: SEED });
  const workspace = await startWorkspace({
    bundleFolder,
    startMs: zonedMs(FIRST_DAY, 6, TIME_ZONE),
    user: { email: OFFICE.address, name: OFFICE.name },
    workbookTitle: COMPANY,
    timeZone: TIME_ZONE,
    regions: REGIONS,
    seed: 1,
    state: null,
    workbook: null,
    clockFollowsModel: true,
  });
  await seedTables(workspace, REGIONS, generated.charters, generated.roster);
  await workspace.deliver(await statementMail('2026-04', null), ['SENT']);
  const tripSheetsFolder = await putTripSheets(workspace, evidence, `${MONTH}-31T20:00:00Z`);
  chooseSetUp(workspace);
  await typeIntoSettings(
    workspace,
    new Map([
      ['Company', COMPANY],
      ['Booking agent', BOOKING_AGENTS],
      ['Trip sheets folder', tripSheetsFolder],
    ]),
  );
  MONTHS_BEFORE.forEach((month) => {
    markSent(workspace, month);
  });
  return { charters, generated, workspace, evidence, tripSheetsFolder };
}

/** So that the daily tick does not try to send months that are not of this bench. */
function markSent(workspace: Workspace, month: string): void {
  const id = statementRecordId(month, 1);
  const record = {
    schema: 1,
    id,
    kind: 'statement',
    state: 'sent',
    transport: 'built-in',
    attempts: 1,
    subject: '',
    to: [],
    cc: [],
    changedAt: `${month}-28T12:00:00Z`,
    recordedAt: `${month}-28T12:00:00Z`,
  };
  workspace.appsScript.properties('document').set(id, JSON.stringify(record));
}

/** Each day's mail comes in, and in the evening the tick reads it; one more tick before the statement. @returns the number of evenings */
export async function readMailDaily({ workspace, evidence }: Scene): Promise<number> {
  const lastMs = statementMs();
  let at = 0;
  let evenings = 0;
  const { mails } = evidence;
  const firstMs = mails[0]?.receivedMs ?? lastMs;
  for (let eveningMs = eveningAfter(firstMs); eveningMs < lastMs; eveningMs += 86_400_000) {
    for (; (mails[at]?.receivedMs ?? Number.POSITIVE_INFINITY) <= eveningMs; at++) {
      await workspace.deliver(mails[at]?.eml ?? new Uint8Array(), ['INBOX']);
    }
    workspace.clock.set(eveningMs);
    workspace.appsScript.run('tick', [], { mode: 'trigger' });
    evenings += 1;
    // Of seventy evenings nobody asks, and their bodies would fill the memory.
    workspace.network.trace.length = 0;
  }
  workspace.clock.set(lastMs - LAST_TICK_MS);
  workspace.appsScript.run('tick', [], { mode: 'trigger' });
  return evenings;
}

export async function deliverAll({ workspace, evidence }: Scene): Promise<void> {
  for (const { eml } of evidence.mails) await workspace.deliver(eml, ['INBOX']);
}

/** 06:00 of the statement day. */
export function statementMs(): number {
  return zonedMs(STATEMENT_DAY, 6, TIME_ZONE);
}

/** 21:00 in New York, give or take an hour. */
function eveningAfter(ms: number): number {
  return Math.floor(ms / 86_400_000) * 86_400_000 + 25 * 3_600_000;
}
