/** A month whose runs Apps Script ends again and again, each without a word: it rests for the day, and the owner hears of it. */
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { isLeftBehind } from '../host/lease.ts';
import { emptyReport } from '../run/report.ts';
import { attemptKey, cutOffRuns, runKey } from '../run/run-record.ts';
import { logRun } from '../run/write-log.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { tellOwner } from './tell-owner.ts';

/** As often a run may die on one day. */
const MOST_DEAD = 3;

/** `2026-06-01 2`: the day, and how many runs have died on it. */
const DIED = 'dead.runs';

interface Today {
  readonly owner: string;
  /** Last month. */
  readonly month: Month;
  readonly today: IsoDate;
}

/**
 * Counts a run that never gave its lease back. Such a run can’t say that its time was over: nobody would hear that one step
 * of the month does not fit into an execution, and it would be begun again every hour. No call while every run has given
 * its lease back.
 * @param properties of the document, as they were read a moment ago
 * @returns those that it has changed
 */
export function restIfDying(
  host: Host,
  properties: Readonly<Record<string, string>>,
  { owner, month: last, today }: Today,
): Readonly<Record<string, string>> {
  if (!isLeftBehind(properties, 'statement', host.now())) return {};
  const [day, times = '0'] = (properties[DIED] ?? '').split(' ');
  const died = (day === today ? Number(times) : 0) + 1;
  const count = { [DIED]: `${today} ${died}` };
  if (died < MOST_DEAD) {
    host.properties('document').write(count);
    return {};
  }
  const [cutOff] = cutOffRuns(properties);
  const { month, version } = cutOff ?? { month: last, version: 1 };
  const resting = {
    [attemptKey(month, version)]: `${today} run-too-long`,
    ...(cutOff === undefined ? {} : { [runKey(month, version)]: '{}' }),
  };
  host.properties('document').write({ ...count, ...resting });
  const { code, message } = tooOftenEnded(month, died);
  const report = { ...emptyReport(month), version, error: { code, message } };
  logRun(host, report);
  tellOwner(host, owner, month, today, report);
  return resting;
}

function tooOftenEnded(month: Month, died: number): PurserError {
  return new PurserError('run-too-long', {
    what: `Apps Script ended ${died} runs today before they could say what went wrong, most likely those for ${monthLabel(month)}: a step takes longer than the six minutes of an execution, or needs more memory than it has.`,
    now: 'Purser tries again tomorrow. If it stays, the month is too large, or a service too slow: move old tabs out of the workbook, and run the month by hand at a quieter hour; it looks into Sent first.',
    data: { month, died },
  });
}
