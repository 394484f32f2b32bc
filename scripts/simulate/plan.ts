/** Which scenarios there are: every call of a clean run with every fault that it can meet, and random pairs of them. */
import type { HostCall } from '../local/apps-script/host-calls.ts';
import type { Dice } from '../local/generate-dice.ts';
import type { Act, Move, Scenario, Starter } from './scenario.ts';
import { PERSONAL_EDITS } from './scenario.ts';
import type { SceneName } from './scene.ts';

const OF_EVERY_CALL = [
  'fails-before',
  'fails-after',
  'killed-before',
  'killed-after',
  'stalls-before',
  'stalls-after',
] as const;
const CLOCKS = ['hour-ahead', 'hour-back', 'day-ahead', 'day-back'] as const;
const OF_REPLIES = ['throttled', 'unauthorized', 'broken', 'lost', 'page', 'halved'] as const;
const STARTERS: readonly Starter[] = ['monthly', 'hourly', 'person'];

/** All acts that fit a call. */
export function actsFor(call: HostCall): readonly Act[] {
  const acts: Act[] = [...OF_EVERY_CALL, ...CLOCKS].map((fault) => ({ fault }));
  if (/ setProperties \S+ \S/.test(call.what)) acts.push({ fault: 'fails-halfway' });
  if (call.kind === 'round') {
    for (const reply of OF_REPLIES) acts.push({ reply, to: 'all' });
    if (call.requests.length > 1) {
      for (const to of call.requests.keys()) for (const reply of OF_REPLIES) acts.push({ reply, to });
    }
  }
  for (const another of STARTERS) acts.push({ another });
  for (const person of PERSONAL_EDITS) acts.push({ person });
  return acts;
}

export interface Kind {
  readonly scene: SceneName;
  readonly first: Starter;
  /** Of a clean run. */
  readonly calls: readonly HostCall[];
}

/** Every call with every fault; of the requests of a round each one with one kind of reply in turn. */
export function singleFaults({ scene, first, calls }: Kind): Scenario[] {
  return calls.flatMap((call) => {
    const acts = actsFor(call).filter((act, index) => {
      if ('reply' in act && act.to !== 'all')
        return OF_REPLIES[(act.to + call.call) % OF_REPLIES.length] === act.reply;
      return 'fault' in act ? !isClock(act) : 'reply' in act && index >= 0;
    });
    return acts.map((act) => ({
      scene,
      first,
      moves: [{ execution: 0, call: call.call, act }],
      outage: null,
    }));
  });
}

/**
 * As much of it as says something of its own: what is killed after a call is killed before the next; a call that only
 * reads leaves nothing behind, so that it makes no difference whether it failed before or after.
 */
export function tellingFaults(kind: Kind): Scenario[] {
  const changing = new Set(kind.calls.filter(isChanging).map(({ call }) => call));
  return singleFaults(kind).filter(({ moves }) =>
    moves.every(({ call, act }) => {
      if ('fault' in act && (act.fault === 'killed-after' || act.fault === 'stalls-before')) return false;
      const isLate =
        ('fault' in act && /-after$/.test(act.fault)) ||
        ('reply' in act && act.reply === 'lost' && act.to === 'all');
      return !isLate || changing.has(call);
    }),
  );
}

const READING = /dynamodb\.|sts\.|values:batchGetByDataFilter/;

function isChanging({ kind, what, requests }: HostCall): boolean {
  if (kind === 'property') return /set|delete/.test(what);
  if (kind === 'round') return requests.some(({ method, url }) => method !== 'GET' && !READING.test(url));
  return kind === 'lock' || (kind === 'trigger' && what !== 'list');
}

/** Another execution, a person’s hand, or a jump of the clock at every call. */
export function singleMeetings({ scene, first, calls }: Kind): Scenario[] {
  return calls.flatMap((call) =>
    actsFor(call)
      .filter((act) => 'another' in act || 'person' in act || isClock(act))
      .map((act) => ({ scene, first, moves: [{ execution: 0, call: call.call, act }], outage: null })),
  );
}

function isClock(act: Act): boolean {
  return 'fault' in act && CLOCKS.some((one) => one === act.fault);
}

export const OUTAGES: readonly Omit<Scenario, 'moves' | 'scene' | 'first'>[] = (
  ['google', 'gmail', 'sheets', 'drive', 'region', 'regions'] as const
).flatMap((of) => [5, 60].map((hours) => ({ outage: { of, hours } })));

/** Two acts: the second later in the same execution, or in one of the next. */
export function randomPair(kinds: readonly Kind[], dice: Dice): Scenario {
  const kind = picked(dice, kinds);
  const one = randomMove(kind, 0, dice);
  const sameRun = dice.percent(40);
  const other = randomMove(kind, sameRun ? 0 : 1 + dice.below(2), dice);
  const moves = [one, other].sort((a, b) => a.execution - b.execution || a.call - b.call);
  const { scene, first } = kind;
  return { scene, first, moves, outage: dice.percent(3) ? picked(dice, OUTAGES).outage : null };
}

function randomMove({ calls }: Kind, execution: number, dice: Dice): Move {
  const call = picked(dice, calls);
  const acts = actsFor(call);
  // Each kind of act as often as any other, whatever the number of requests.
  const groups = [
    acts.filter((act) => 'fault' in act && !isClock(act)),
    acts.filter((act) => 'reply' in act && act.to === 'all'),
    acts.filter((act) => 'reply' in act && act.to !== 'all'),
    acts.filter((act) => 'another' in act),
    acts.filter((act) => 'person' in act),
    acts.filter(isClock),
  ];
  const weights = [40, 15, 15, 15, 10, 5];
  let roll = dice.below(100);
  const chosen = groups.find((group, index) => {
    roll -= weights[index] ?? 0;
    return roll < 0 && group.length > 0;
  });
  return { execution, call: call.call, act: picked(dice, chosen ?? acts) };
}

/** @throws Error when there is nothing to pick from */
function picked<T>(dice: Dice, from: readonly T[]): T {
  const one = from[dice.below(from.length)];
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
}
