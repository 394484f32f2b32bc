/** One execution's run of a month: what was asked, what it knows, how far it has come. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Month } from '../statement/month.ts';
import type { Approval } from './approval.ts';
import { keepBudget } from './budget.ts';
import type { Collected } from './collect.ts';
import type { RunReport } from './report.ts';
import type { Pin, RunRecord } from './run-record.ts';
import type { Step } from './steps.ts';
import { progress } from './steps.ts';

/** What a person says of a mail that may be out: it was sent, or it is to be sent again. */
export type Verdict = 'sent' | 'again';

export interface LookedAt {
  /** Of the file, 64 hex. */
  readonly sha256: string;
  /** `ReportedMail.seal` */
  readonly seal: string;
}

export interface RunRequest {
  readonly month: Month;
  /** When the execution began, which Apps Script ends after six minutes; default now. Milliseconds since 1970 UTC. */
  readonly startedMs?: number;
  /** A trigger sends only what is clean, or what a person approved; never the first statement, an empty or a zero one. */
  readonly by: 'person' | 'trigger';
  /** True: a corrected statement in place of the newest one that was sent. */
  readonly correct?: boolean;
  /** Only this version, which an earlier execution began: none that comes after it is begun instead. */
  readonly version?: number;
  /** False: it is approved, and goes out later as it is now. */
  readonly sendNow?: boolean;
  /** True: only as far as the file. Nobody is asked, and an approval that holds stays as it is. */
  readonly prepareOnly?: boolean;
  /** What the person has looked at: when it is anything else by now nothing is sent, and they must look again. */
  readonly expected?: LookedAt;
  /** Asked of a person once all is ready: the name by which they certify it; null or blank stops before filing. */
  readonly approve: (ready: RunReport) => string | null;
  /**
   * Asked of a person when an earlier mail may have gone out and is not found in Sent; null leaves all as it is. A
   * trigger never asks.
   * @param mayBeSentAgain false while Sent's index may not know of it yet
   */
  readonly resolve: (unknown: RunReport, mayBeSentAgain: boolean) => Verdict | null;
  /** Asked of a person in a copy of the workbook: whether this one sends from now on. A trigger never asks. */
  readonly adopt?: (words: string) => boolean;
  /** Told once what was read, before anything is made of it; whatever it throws is logged, and the run goes on. */
  readonly onCollected?: (collected: Collected, properties: Readonly<Record<string, string>>) => void;
}

export interface MonthRun {
  readonly host: Host;
  readonly request: RunRequest;
  /** Of the document, as they were when the lease was taken. */
  readonly properties: Readonly<Record<string, string>>;
  /** When the execution began. */
  readonly startedMs: number;
  /** The document's date, unless an earlier execution has fixed it. */
  readonly createdMs: number;
  readonly options: ExchangeOptions;
  /** Properties of the document that are written in the call that gives the lease back. */
  readonly leave: (entries: Readonly<Record<string, string>>) => void;
  readonly course: Course;
}

/** Changes as the run goes on: what is kept of it when it is cut off. */
export interface Course {
  version: number;
  step: Step;
  /** What the execution before left. */
  before: RunRecord | null;
  /** As it was given, before or now. */
  approval: Approval | null;
  /** A mail may be out already, and a person has just said that it is to be sent again: only this execution knows. */
  isDoubted: boolean;
  /** Why it does not hold any more. */
  voided: string | null;
  pin: Pin | null;
  isToHasten: boolean;
}

/** Shows the step, and remembers it for the run that goes on. */
export function comesTo({ host, course }: MonthRun, step: Step): void {
  course.step = step;
  progress(host, step);
}

/** Whoever waits for what was read stops no statement. */
export function tellCollected(
  {
    host,
    request,
    properties,
  }: Pick<MonthRun, 'host' | 'properties'> & {
    readonly request: Pick<RunRequest, 'onCollected'>;
  },
  collected: Collected,
): void {
  try {
    request.onCollected?.(collected, properties);
  } catch (thrown) {
    host.log({ event: 'collected-not-told', code: asPurserError(thrown).code });
  }
}

/** @throws PurserError `time-budget-spent` */
export function keepTime({ host, startedMs }: MonthRun): void {
  keepBudget(host, startedMs);
}

/** The document's date and the “as of”, as an approval or the execution before fixed them for this very content. */
export function pinned(run: MonthRun, collected: Collected): Collected {
  const { createdMs, course } = run;
  const { statement } = collected.calculation;
  const { fingerprint } = statement;
  const kept = course.approval ?? pinOfBefore(run, collected);
  if (kept === null || kept.fingerprint !== fingerprint) {
    const createdIso = new Date(createdMs).toISOString();
    course.pin = { fingerprint, asOf: statement.asOf, createdIso };
    return collected;
  }
  const { asOf, createdIso } = kept;
  course.pin = { fingerprint, asOf, createdIso };
  return {
    ...collected,
    input: { ...collected.input, asOf },
    calculation: { ...collected.calculation, statement: { ...statement, asOf } },
  };
}

/** Whether it has the times of what a person may be looking at. */
export function isPinned({ before, pin }: Course): boolean {
  return before?.cutOff === null && before.pin !== null && before.pin.createdIso === pin?.createdIso;
}

/** What was prepared on an earlier day is as of today when it is made anew; certified, it is what was looked at. */
function pinOfBefore({ request, course }: MonthRun, { today }: Collected): Pin | null {
  const { pin = null, cutOff = null } = course.before ?? {};
  const isAnew = request.expected === undefined && cutOff === null;
  return isAnew && pin !== null && !pin.asOf.startsWith(today) ? null : pin;
}
