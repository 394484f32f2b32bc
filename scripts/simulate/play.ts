/** Plays one scenario to rest: the first execution, then the clock, hour by hour, until nothing changes any more. */
import type { AppsScript } from '../local/apps-script/apps-script.ts';
import type { HostCall, HostFault } from '../local/apps-script/host-calls.ts';
import { zonedMs } from '../local/zoned-time.ts';
import { personAt } from './person-at.ts';
import type { Act, Outage, Scenario, Starter } from './scenario.ts';
import { actWord, faultOf } from './scenario.ts';
import type { Beginning, Scene } from './scene.ts';
import { MONTH, statementMs, ZONE } from './scene.ts';
import { atSending, recordOf } from './sending.ts';
import type { OutlinedTab } from './workbook-hand.ts';
import { editByHand, outlineOf, registeredStatus } from './workbook-hand.ts';

/** One line of a trace. */
export type Told =
  | { readonly begins: string; readonly execution: number; readonly atMs: number }
  | { readonly call: HostCall; readonly act: string | null }
  | { readonly ends: number; readonly error: string | null };

export interface Played {
  readonly scenario: Scenario;
  readonly script: AppsScript;
  readonly told: readonly Told[];
  /** Calls of each execution, in the order in which these began. */
  readonly calls: readonly (readonly HostCall[])[];
  /** Moves that met a call. */
  readonly met: number;
  /** Whether a person’s hand has changed anything. */
  readonly isEdited: boolean;
  /** What the month’s row said in the register that somebody deleted last: `sent`. Null: it had none, or nobody did. */
  readonly lostRow: string | null;
  /** What was wrong on the way: seen by a reader, or at the moment when a statement went out, or thrown by an execution. */
  readonly noticed: ReadonlySet<string>;
  /** Lets a person choose Send statement… when all is at rest, with no more faults; they have looked into Sent. */
  personSends(wentOut: boolean): void;
}

const HOUR_MS = 3_600_000;
const LONGEST_LEASE_MS = 600_000;
const MOST_FIRINGS = 150;
/** Unsent, it is looked at on so many mornings more. */
const MORNINGS = 1;

const OUT: Readonly<Record<Outage['of'], RegExp>> = {
  google: /googleapis\.com/,
  gmail: /gmail\.googleapis\.com/,
  sheets: /sheets\.googleapis\.com/,
  drive: /www\.googleapis\.com\/(upload\/)?drive/,
  region: /dynamodb\.us-east-1\./,
  regions: /amazonaws\.com/,
};

/** Google’s own, or those of a fault. */
const EXPECTED_ERRORS =
  /Exceeded maximum execution time|a server error occurred|Lock timeout|store of the script’s records did not answer/;

/** Whether a lease is still to run out, of a month or of an account. */
function holdsLease(script: AppsScript, nowMs: number): boolean {
  return (['document', 'user'] as const).some((scope) =>
    [...script.properties(scope)].some(([key, json]) => {
      const { expiresMs = 0 } = JSON.parse(key.startsWith('lease.') ? json : '{}') as { expiresMs?: number };
      return expiresMs > nowMs;
    }),
  );
}

export interface PlayOptions extends Beginning {
  /** What a reader of the workbook must not see, asked whenever the script has changed it; null: nothing is wrong. */
  readonly watch?: (tabs: readonly OutlinedTab[]) => string | null;
}

export async function play(
  scene: Scene,
  scenario: Scenario,
  { watch = () => null, ...beginning }: PlayOptions = {},
): Promise<Played> {
  const script = await scene.begin(beginning);
  const { clock, network } = scene.workspace;
  const told: Told[] = [];
  const calls: HostCall[][] = [];
  const noticed = new Set<string>();
  const hasChanged = new Map<number, boolean>();
  let begun = 0;
  let met = 0;
  let rounds = 0;
  let isEdited = false;
  let lostRow: string | null = null;
  let isFaulty = true;

  const start = (starter: Starter | 'due', wentOut?: boolean): void => {
    const execution = begun;
    if (starter !== 'due') told.push({ begins: starter, execution, atMs: clock.now() });
    let thrown: unknown = null;
    try {
      if (starter === 'person') {
        script.run('sendStatement', [], {
          answers: personAt({ month: MONTH, ...(wentOut === undefined ? {} : { wentOut }) }),
        });
      } else if (starter !== 'due') {
        thrown = script.fire(starter === 'monthly' ? 'monthlyStatement' : 'tick').error;
      } else {
        for (const { error } of script.fireDue()) thrown ??= error;
      }
    } catch (error) {
      thrown = error;
    }
    const error = thrown === null ? null : wordsOf(thrown);
    if (error !== null && !EXPECTED_ERRORS.test(error)) noticed.add(`uncaught: ${error}`);
    told.push({ ends: execution, error });
  };

  const does = (act: Act, call: HostCall): HostFault | null => {
    if ('another' in act) start(act.another);
    else if ('person' in act) {
      // What somebody does to a tab that Purser still hides must never be seen.
      // But right before the request that shows it: it was read back by then, and Sheets shows no tab on a condition. Its mark
      // says what was verified, so that Purser takes it for a tab that a person changed.
      const isSeen =
        !act.person.endsWith('-hidden') || act.person === 'shows-hidden' || call.requests.some(isShowing);
      if (act.person === 'deletes-register') lostRow = registeredStatus(network.fetchAllSync) ?? lostRow;
      isEdited = (editByHand(network.fetchAllSync, act.person) && isSeen) || isEdited;
    }
    return faultOf(act, call.kind);
  };

  const { late } = beginning;
  script.direct((call) => {
    if (call.kind === 'round' && rounds++ < (late?.rounds ?? 0)) clock.advance(late?.ms ?? 0);
    begun = Math.max(begun, call.execution + 1);
    const own = calls[call.execution] ?? [];
    calls[call.execution] = own;
    own.push(call);
    if (hasChanged.get(call.execution) === true && !isEdited) {
      const wrong = watch(outlineOf(network.fetchAllSync));
      if (wrong !== null) noticed.add(wrong);
    }
    hasChanged.set(
      call.execution,
      call.requests.some(({ url }) => url.includes(':batchUpdate')),
    );
    if (call.requests.some(isStatement))
      for (const words of atSending(script, clock.now(), told, call.execution)) noticed.add(words);
    const move = isFaulty
      ? scenario.moves.find((one) => one.execution === call.execution && one.call === call.call)
      : undefined;
    told.push({ call, act: move === undefined ? null : actWord(move.act) });
    if (move !== undefined) {
      met += 1;
      return does(move.act, call);
    }
    const { outage } = scenario;
    if (outage === null || !isFaulty || clock.now() > statementMs() + outage.hours * HOUR_MS) return null;
    return call.requests.some(({ url }) => OUT[outage.of].test(url)) ? { fails: 'before' } : null;
  });

  start(scenario.first);
  const state = (): string => stateOf(script, network.trace);
  const isDone = (): boolean =>
    recordOf(script)?.state === 'sent' && recordOf(script)?.recordedAt !== undefined;
  const outUntilMs = scenario.outage === null ? 0 : statementMs() + scenario.outage.hours * HOUR_MS;
  let quiet = 0;
  let changedMs = clock.now();
  let mornings = 0;
  for (let firing = 0; firing < MOST_FIRINGS; firing++) {
    const before = state();
    // Nothing of a month waits for the calendars, which fall due along with the rest.
    const due = script
      .triggers()
      .flatMap(({ handler, nextMs }) => (handler === 'syncCalendars' ? [] : (nextMs ?? [])));
    clock.set(Math.max(clock.now(), Math.min(...due)));
    told.push({ begins: 'due', execution: begun, atMs: clock.now() });
    start('due');
    quiet = state() === before ? quiet + 1 : 0;
    if (quiet === 0) changedMs = clock.now();
    // A lease that a killed run has left frees itself within minutes.
    const isFree = !holdsLease(script, clock.now());
    if (isDone() && quiet >= 1 && isFree && clock.now() - changedMs > LONGEST_LEASE_MS) break;
    if (quiet < 2 || clock.now() < outUntilMs) continue;
    if (mornings === MORNINGS) break;
    mornings += 1;
    clock.set(nextMorningMs(clock.now()));
    quiet = 0;
  }
  isFaulty = false;
  return {
    scenario,
    script,
    told,
    calls,
    met,
    isEdited,
    lostRow,
    noticed,
    personSends: (wentOut) => start('person', wentOut),
  };
}

function isStatement({ url, body }: HostCall['requests'][number]): boolean {
  return (
    /messages\/send/.test(url) && body !== null && Buffer.from(body).includes('X-Purser-Kind: statement')
  );
}

function isShowing({ url, body }: HostCall['requests'][number]): boolean {
  return url.endsWith(':batchUpdate') && body !== null && Buffer.from(body).includes('"purser.month"');
}

/** Tokens are renewed every hour, and that changes nothing. */
const CHANGING = /^https:\/\/(sheets|gmail|www)\.googleapis\.com\/(?!.*:batchGetByDataFilter)/;

/** Whatever a run leaves behind that somebody could see: properties, and what was written elsewhere. */
function stateOf(script: AppsScript, trace: Scene['workspace']['network']['trace']): string {
  const properties = [...script.properties('document')].sort();
  const writes = trace.filter(({ request }) => request.method !== 'GET' && CHANGING.test(request.url)).length;
  return JSON.stringify([properties, writes, script.triggers().map(({ handler }) => handler)]);
}

function nextMorningMs(ms: number): number {
  const day = new Date(ms - 4 * HOUR_MS + 24 * HOUR_MS).toISOString().slice(0, 10);
  return zonedMs(day, 7, ZONE) + 300_000;
}

function wordsOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? String(thrown.message)
    : String(thrown);
}
