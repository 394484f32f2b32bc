/** What a run leaves for the one that goes on with its month: a small JSON in document properties. */
import * as v from 'valibot';
import type { Month } from '../statement/month.ts';

const Pin = v.object({
  /** Of the statement that it belongs to: for another it counts for nothing. */
  fingerprint: v.string(),
  asOf: v.string(),
  /** The document's date: ISO 8601 UTC. */
  createdIso: v.string(),
});

const CutOff = v.object({
  /** ISO 8601 UTC. */
  at: v.string(),
  by: v.picklist(['person', 'trigger']),
  /** Executions in a row that were cut off. */
  times: v.number(),
  /** The step that it had come to. */
  step: v.string(),
});

const Record = v.object({
  schema: v.literal(1),
  month: v.string(),
  version: v.number(),
  /** Two things would change by themselves; kept, the same content gives the same bytes whenever it is made. */
  pin: v.nullable(Pin),
  /** The run stopped itself before Apps Script would; another execution goes on. */
  cutOff: v.nullable(CutOff),
});

export type RunRecord = v.InferOutput<typeof Record>;
export type Pin = v.InferOutput<typeof Pin>;

/**
 * When the clock last tried a month: that day, and the code of the error that it failed by. So that a held month does not
 * run every hour.
 */
export function attemptKey(month: Month, version = 1): string {
  return `attempt.${month}${version === 1 ? '' : `.V${version}`}`;
}

const PREFIX = 'run.';

export function runKey(month: Month, version: number): string {
  return `${PREFIX}${month}.V${version}`;
}

/** One that can't be read says nothing: the month is then begun anew, which is always right. */
export function readRun(
  properties: Readonly<{ [key: string]: string }>,
  month: Month,
  version: number,
): RunRecord | null {
  return parsed(properties[runKey(month, version)]);
}

/** The entry to be written; an empty one where nothing is left to say, which costs no call of its own. */
export function runEntry(record: RunRecord): Readonly<Record<string, string>> {
  const isEmpty = record.pin === null && record.cutOff === null;
  return { [runKey(record.month, record.version)]: isEmpty ? '{}' : JSON.stringify(record) };
}

/** Runs that were cut off and that another execution has to go on with; who waits longest comes first. */
export function cutOffRuns(properties: Readonly<{ [key: string]: string }>): readonly RunRecord[] {
  return Object.entries(properties)
    .filter(([key]) => key.startsWith(PREFIX))
    .flatMap(([, json]) => parsed(json) ?? [])
    .filter(({ cutOff }) => cutOff !== null)
    .sort((one, other) => ((one.cutOff?.at ?? '') < (other.cutOff?.at ?? '') ? -1 : 1));
}

function parsed(json: string | undefined): RunRecord | null {
  if (json === undefined) return null;
  try {
    const read = v.safeParse(Record, JSON.parse(json));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
