/** What the ordinary script costs on the same Workspace. */
import { createAppsScript } from '../local/apps-script/apps-script.ts';
import { LOCAL_KEYS, SPREADSHEET_ID } from '../local/workspace.ts';
import { ACCOUNTANT, BOOKING_AGENTS, COMPANY, OFFICE } from '../sample/operator.ts';
import { deliverAll, MONTH, openScene, REGIONS, statementMs } from './scene.ts';
import type { Spent } from './spent.ts';
import { spentBy } from './spent.ts';

export interface OrdinaryMeasured extends Spent {
  readonly charters: number;
}

/** Rows and mails go in executions of so many, because one execution of six minutes does not hold them all. */
const AT_A_TIME = 200;

/**
 * @param bundleFolder Purser's bundle, which sets the workbook up
 * @param ordinaryFolder the bundle of `ordinary-script.ts`
 */
export async function measureOrdinary(
  bundleFolder: string,
  ordinaryFolder: string,
  charters: number,
): Promise<OrdinaryMeasured> {
  const scene = await openScene(bundleFolder, charters);
  const { workspace, tripSheetsFolder } = scene;
  try {
    await deliverAll(scene);
    workspace.clock.set(statementMs());
    const script = createAppsScript({
      bundleFolder: ordinaryFolder,
      clock: workspace.clock,
      fetchAllSync: workspace.network.fetchAllSync,
      workbook: { id: SPREADSHEET_ID, name: COMPANY, timeZone: 'America/New_York', locale: 'en_US' },
      email: OFFICE.address,
      accessToken: (email) => `ya29.local-${email}`,
      clockFollowsModel: true,
    });
    const run = <T>(name: string, ...parameters: readonly unknown[]): T =>
      // Out of its realm, into plain data of this one.
      JSON.parse(JSON.stringify(script.run(name, parameters) ?? null)) as T;
    const spent = spentBy(script, workspace.network, () => {
      const [items = [], second = []] = REGIONS.map((region) =>
        run<unknown[]>('ordinaryCharters', region, MONTH, LOCAL_KEYS),
      );
      const query = `from:{${BOOKING_AGENTS.replace(/,/g, '')}}`;
      const ids = run<string[]>('ordinaryMailIds', query);
      let found = 0;
      for (const some of parts(ids)) found += run<number>('ordinaryMail', some);
      const sheets = run<number>('ordinaryTripSheets', tripSheetsFolder);
      run('ordinaryTab', SPREADSHEET_ID, MONTH);
      for (const some of parts(items)) run('ordinaryRows', SPREADSHEET_ID, MONTH, some);
      run('ordinarySend', SPREADSHEET_ID, MONTH, ACCOUNTANT.address);
      const done = [items.length, second.length, found, sheets];
      const due = [charters, charters, scene.evidence.mails.length, scene.evidence.tripSheets.length];
      if (done.join() !== due.join())
        throw new Error(`The ordinary script did ${done.join()} of ${due.join()}.`);
    });
    return { ...spent, charters };
  } finally {
    await workspace.close();
  }
}

function parts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_A_TIME) }, (_, part) =>
    all.slice(part * AT_A_TIME, (part + 1) * AT_A_TIME),
  );
}
