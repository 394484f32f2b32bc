/** What is kept of each sent month that is watched: when it was looked at, and what nobody has decided on yet. */
import * as v from 'valibot';
import { readableRecords, readRecord, statementRecordId } from '../delivery/outbox-record.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import type { Host } from '../host/host.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { addMonths, monthLabel } from '../statement/month.ts';

const Open = v.object({
  /** Of the change; the same one is told once. */
  hash: v.string(),
  deltaCents: v.number(),
  /** `-$125.00 (2 charters)` */
  summary: v.string(),
  /** One a charter, of the first few. */
  lines: v.array(v.string()),
});

const Choice = v.object({
  kind: v.picklist(['carried', 'left']),
  /** Of what is no finding any more. */
  hash: v.string(),
  who: v.string(),
  on: v.string(),
  /** `carried into June 2026`, or the reason for leaving it. */
  words: v.string(),
});

const State = v.object({
  schema: v.literal(1),
  /** Of the statement that was looked at: for another one all of this counts for nothing. */
  version: v.number(),
  /** The day of the last verdict, in the workbook’s zone; empty before the first. */
  lookedOn: v.string(),
  /** The last attempt, milliseconds since 1970 UTC. */
  triedMs: v.number(),
  /** The first of the attempts in a row that came to no verdict; null after one that did. */
  silentSinceMs: v.optional(v.nullable(v.number()), null),
  open: v.nullable(Open),
  choice: v.nullable(Choice),
  /** The hash of the open change that the owner was told of. */
  told: v.nullable(v.string()),
  /** What of no verdict the owner was told: an error’s code, `regions-differ` or `no-verdict`. */
  trouble: v.nullable(v.string()),
  /** Its evidence is gone, so that it is left alone. */
  isLeftAlone: v.boolean(),
});

export type WatchState = v.InferOutput<typeof State>;
export type WatchChoice = v.InferOutput<typeof Choice>;

type Properties = Readonly<{ [key: string]: string }>;

export function watchKey(month: Month): string {
  return `watch.${month}`;
}

const DAYS_KEY = 'watch.days';

/** One that can’t be read, or is of another version of the statement, is begun anew: the next look finds all of it again. */
export function readWatch(properties: Properties, month: Month, version: number): WatchState {
  const state = parsed(properties[watchKey(month)]);
  if (state?.version === version) return state;
  return {
    schema: 1,
    version,
    lookedOn: '',
    triedMs: 0,
    silentSinceMs: null,
    open: null,
    choice: null,
    told: null,
    trouble: null,
    isLeftAlone: false,
  };
}

function parsed(json: string | undefined): WatchState | null {
  try {
    const state = v.safeParse(State, JSON.parse(json ?? ''));
    return state.success ? state.output : null;
  } catch {
    return null;
  }
}

/** Under the lock: a person may decide while the clock looks. @returns the state as it was written */
export function changeWatch(
  host: Host,
  month: Month,
  version: number,
  change: (state: WatchState) => WatchState,
): WatchState {
  return host.withLock(() => {
    const store = host.properties('document');
    const key = watchKey(month);
    const json = store.read(key);
    const state = change(readWatch(json === null ? {} : { [key]: json }, month, version));
    store.write({ [key]: JSON.stringify(state) });
    return state;
  });
}

/** The newest version that was sent of each month, oldest month first. */
export function sentMonths(properties: Properties): SentRecord[] {
  const newest = new Map<Month, SentRecord>();
  for (const record of readableRecords(properties)) {
    const { kind, state, statement } = record;
    if (kind !== 'statement' || state !== 'sent' || statement === undefined) continue;
    const there = newest.get(statement.month);
    if (there === undefined || there.statement.version < statement.version) {
      newest.set(statement.month, { ...record, statement });
    }
  }
  return [...newest.values()].sort((a, b) => (a.statement.month < b.statement.month ? -1 : 1));
}

const DAY_MS = 86_400_000;
/** What was sent just now has not changed. */
const FIRST_LOOK_MS = DAY_MS / 2;

/** Whether it is looked at once a day for changes. @param days how long a month is, after it was sent; 0: not at all */
export function isWatched(record: SentTime, state: WatchState, days: number, nowMs: number): boolean {
  return days > 0 && ageMs(record, nowMs) <= days * DAY_MS && !state.isLeftAlone;
}

type SentTime = Pick<SentRecord, 'sentAt' | 'changedAt'>;

function ageMs({ sentAt, changedAt }: SentTime, nowMs: number): number {
  return nowMs - Date.parse(sentAt ?? changedAt);
}

/**
 * The months that a tick looks at: one, or two when the hours of the day that are left are too few for all. Those that
 * were not looked at for longest come first, so that one that fails keeps nobody waiting.
 * @param days how long a month is watched after it was sent; 0: not at all
 */
export function dueMonths(
  properties: Properties,
  { today, hour, nowMs }: { readonly today: IsoDate; readonly hour: number; readonly nowMs: number },
  days: number,
): readonly SentRecord[] {
  const due = sentMonths(properties)
    .map((record) => ({
      record,
      state: readWatch(properties, record.statement.month, record.statement.version),
    }))
    .filter(
      ({ record, state }) =>
        isWatched(record, state, days, nowMs) &&
        ageMs(record, nowMs) >= FIRST_LOOK_MS &&
        state.lookedOn !== today,
    )
    .sort((a, b) => a.state.triedMs - b.state.triedMs);
  return due.slice(0, due.length > 24 - hour ? 2 : 1).map(({ record }) => record);
}

/** The first month after this one that is not out and may not be. */
export function nextUnsentMonth(properties: Properties, month: Month): Month {
  const isOut = (later: Month): boolean => {
    const state = readRecord(properties, statementRecordId(later, 1))?.state;
    return state !== undefined && state !== 'queued' && state !== 'failed';
  };
  let later = addMonths(month, 1);
  while (isOut(later)) later = addMonths(later, 1);
  return later;
}

/** The setting as it was read last, and whether that was today. */
export function watchedDays(
  properties: Properties,
  today: IsoDate,
): { days: number | null; isFresh: boolean } {
  const [on, text = ''] = (properties[DAYS_KEY] ?? '').split(' ');
  return { days: /^\d{1,4}$/.test(text) ? Number(text) : null, isFresh: on === today };
}

export function watchedDaysEntry(today: IsoDate, days: number): Readonly<Record<string, string>> {
  return { [DAYS_KEY]: `${today} ${days}` };
}

/**
 * For the audit of a month: earlier months that changed after they were sent and that nobody has decided on.
 * @param links where the register is
 */
export function sentChangeDrafts(
  properties: Properties,
  month: Month,
  links: readonly Link[],
): FindingDraft[] {
  const keys = Object.keys(properties).filter((key) => /^watch\.\d{4}-\d\d$/.test(key));
  // Nearly every month ends here, without a look into the outbox.
  const open = keys.filter((key) => key < watchKey(month) && parsed(properties[key])?.open);
  if (open.length === 0) return [];
  return sentMonths(properties).flatMap(({ statement }): FindingDraft[] => {
    const state = readWatch(properties, statement.month, statement.version);
    if (!open.includes(watchKey(statement.month)) || state.open === null) return [];
    const { deltaCents, summary, lines } = state.open;
    return [
      {
        code: 'changed-after-sending',
        about: statement.code,
        cents: deltaCents,
        message: `${monthLabel(statement.month)} has changed at the source since it was sent (${statement.code}): ${summary}. ${lines.join('; ')}. Choose Purser › Changes after sending… to correct it, carry it into a later month or leave it.`,
        links,
      },
    ];
  });
}
