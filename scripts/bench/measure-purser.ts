/** What Purser's own statement costs, with the mail read day by day before, and with none of it read. */
import { chooseSend } from '../local/person.ts';
import type { Scene } from './scene.ts';
import { deliverAll, MONTH, openScene, readMailDaily, statementMs } from './scene.ts';
import type { Spent } from './spent.ts';
import { spentBy } from './spent.ts';

export type MailReading = 'daily' | 'at once';

export interface Measured extends Spent {
  readonly charters: number;
  readonly mails: number;
  readonly tripSheets: number;
  /** How often it stopped itself and went on, the last time included. */
  readonly executions: number;
  /** In which it waited for Gmail's quota. */
  readonly waitedSeconds: number;
  /** Modelled, of one evening's tick before; null when the mail was not read before. */
  readonly tickSeconds: number | null;
}

const MOST_EXECUTIONS = 60;
const HOUR_MS = 3_600_000;

/** @throws Error when the statement isn't sent in the end */
export async function measurePurser(
  bundleFolder: string,
  charters: number,
  reading: MailReading,
): Promise<Measured> {
  const scene = await openScene(bundleFolder, charters);
  try {
    const tickSeconds = reading === 'daily' ? await tickDaily(scene) : null;
    if (reading === 'at once') await deliverAll(scene);
    scene.workspace.clock.set(statementMs());
    return { ...sendStatement(scene), tickSeconds };
  } finally {
    await scene.workspace.close();
  }
}

async function tickDaily(scene: Scene): Promise<number> {
  const { appsScript } = scene.workspace;
  const before = appsScript.modelledSeconds();
  const evenings = await readMailDaily(scene);
  return (appsScript.modelledSeconds() - before) / Math.max(1, evenings);
}

function sendStatement({ charters, workspace, evidence }: Scene): Omit<Measured, 'tickSeconds'> {
  const { appsScript, network, clock } = workspace;
  let executions = 0;
  let elapsedMs = 0;
  let last = '';
  const spent = spentBy(appsScript, network, () => {
    while (last !== 'sent' && executions < MOST_EXECUTIONS) {
      const startedMs = clock.now();
      const report = chooseSend(workspace, MONTH, true);
      elapsedMs += clock.now() - startedMs;
      executions += 1;
      last = report.status;
      const why = report.error?.message ?? report.findings.map(({ message }) => message).join(' ');
      if (last !== 'sent' && executions === MOST_EXECUTIONS)
        throw new Error(`${charters} charters: ${last}. ${why}`);
      clock.advance(HOUR_MS);
    }
  });
  return {
    ...spent,
    charters,
    mails: evidence.mails.length,
    tripSheets: evidence.tripSheets.length,
    executions,
    waitedSeconds: Math.max(0, elapsedMs / 1000 - spent.seconds[1]),
  };
}
