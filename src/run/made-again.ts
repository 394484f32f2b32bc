/** What is remembered of the last month that was made again and compared with its tab: a small JSON in document properties. */
import * as v from 'valibot';

const KEY = 'made-again';

const MadeAgain = v.object({
  schema: v.literal(1),
  month: v.string(),
  tabTitle: v.string(),
  /** `2026-06-01`, in the workbook's zone. */
  on: v.string(),
  comparedCells: v.number(),
  allDifferences: v.number(),
});

export type MadeAgain = Omit<v.InferOutput<typeof MadeAgain>, 'schema'>;

export function madeAgainEntry(made: MadeAgain): Record<string, string> {
  return { [KEY]: JSON.stringify({ schema: 1, ...made }) };
}

/** Null when none was, or nobody can read what was written down. */
export function readMadeAgain(properties: Readonly<{ [key: string]: string }>): MadeAgain | null {
  try {
    const read = v.safeParse(MadeAgain, JSON.parse(properties[KEY] ?? ''));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
