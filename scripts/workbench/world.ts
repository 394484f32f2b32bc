/** What a workbench is about: the sample operator’s Workspace, furnished as `npm start` furnishes it, held in memory. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.ts';
import type { Shown } from '../local/apps-script/spreadsheet-app.ts';
import { LOCAL_OAUTH_CLIENT } from '../local/google/oauth-clients.ts';
import { LOCAL_ROLE_ARN, startWorkspace, type Workspace } from '../local/workspace.ts';
import type { CrewCalendar } from '../sample/calendars.ts';
import { readArguments } from '../start/arguments.ts';
import { isAlive } from '../start/folder.ts';
import { prepareRun, TIME_ZONE } from '../start/prepare-run.ts';
import { furnish, furnishFirstDay, SEED } from '../start/start-month.ts';
import type { SampleView } from './contract.ts';

export interface World {
  readonly workspace: Workspace;
  readonly sample: SampleView;
  readonly company: string;
  readonly user: { readonly email: string; readonly name: string };
  readonly timeZone: string;
  /** The primary first. */
  readonly regions: readonly string[];
  readonly remarks: readonly string[];
  /** The sample’s crew with their calendars; nobody connects one before Set up…. */
  readonly crew: readonly CrewCalendar[];
  close(): Promise<void>;
}

const FOLDER = 'purser-workbench-';

/** Folders of workbenches that Ctrl+C ended. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number(name.slice(FOLDER.length).split('-')[0]) : 0;
    if (pid <= 0 || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another person’s, of this computer.
    }
  }
}

/**
 * @param charters a file of charters in place of the sample’s, unless some are generated; null: the sample’s
 * @param onShown told of toasts and pages of the script
 * @throws UsageError when the file can’t be used
 */
export async function openWorld(
  sample: SampleView,
  charters: string | null,
  onShown: (shown: Shown) => void,
): Promise<World> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const forget = (): void => {
    process.off('exit', remove);
    remove();
  };
  try {
    const own = charters === null ? [] : ['--charters', charters];
    const given = sample.generate === null ? own : ['--generate', String(sample.generate)];
    const options = await readArguments(
      ['--month', sample.month, '--out', join(folder, 'out'), ...given],
      null,
    );
    if (options === 'help') throw new Error('Nobody asked for help.');
    const prepared = await prepareRun(options);
    const { inputs, regions } = prepared;
    const bundleFolder = join(folder, 'bundle');
    await build({ outDir: bundleFolder, regions, reuse: true });
    let isFurnished = false;
    const workspace = await startWorkspace({
      bundleFolder,
      startMs: prepared.startMs,
      user: inputs.user,
      workbookTitle: inputs.workbookTitle,
      timeZone: TIME_ZONE,
      regions,
      seed: SEED,
      state: null,
      workbook: prepared.workbook,
      reusesRealms: true,
      onShown: (shown) => {
        if (isFurnished) onShown(shown);
      },
    });
    try {
      if (sample.firstDay) await furnishFirstDay(workspace, prepared);
      else await furnish(workspace, options, prepared, () => {});
      workspace.appsScript.run('onOpen', [], { mode: 'open' });
    } catch (error) {
      await workspace.close();
      throw error;
    }
    isFurnished = true;
    workspace.network.trace.length = 0;
    return {
      workspace,
      sample,
      company: inputs.settings.get('Company') ?? inputs.workbookTitle,
      user: inputs.user,
      timeZone: TIME_ZONE,
      regions,
      remarks: remarksOf(workspace),
      crew: sample.firstDay ? [] : inputs.calendars,
      close: async () => {
        await workspace.close();
        forget();
      },
    };
  } catch (error) {
    forget();
    throw error;
  }
}

function remarksOf({ dropped }: Workspace): readonly string[] {
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  return [
    'Everything here is in memory: it is gone when the workbench ends. Nothing leaves this computer.',
    `For “Set up…”: the AWS role is ${LOCAL_ROLE_ARN}.`,
    `For “Connected accounts…”: the OAuth client is ${clientId}, its secret ${clientSecret}. Both open nothing anywhere else. On the sign-in page any address will do.`,
    ...dropped.map((what) => `The workbook’s file holds what is not shown here: ${what}.`),
  ];
}
