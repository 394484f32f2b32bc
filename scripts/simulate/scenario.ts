/** What is tried: who begins, and what happens at which call. Written as one word, so that it can be played again. */
import type { HostCall, HostFault } from '../local/apps-script/host-calls.ts';
import type { SceneName } from './scene.ts';

/** The monthly trigger, the hourly one, or a person who chooses Send statement…. */
export type Starter = 'monthly' | 'hourly' | 'person';

export const FAULTS = {
  'fails-before': { fails: 'before' },
  'fails-after': { fails: 'after' },
  'fails-halfway': { fails: 'halfway' },
  'killed-before': { killed: 'before' },
  'killed-after': { killed: 'after' },
  'stalls-before': { stalls: 'before' },
  'stalls-after': { stalls: 'after' },
  'hour-ahead': { clockMs: 3_600_000 },
  'hour-back': { clockMs: -3_600_000 },
  'day-ahead': { clockMs: 86_400_000 },
  'day-back': { clockMs: -86_400_000 },
} as const satisfies Readonly<Record<string, HostFault>>;

const BUSY = '{"error":{"code":429,"message":"Too many requests","status":"RESOURCE_EXHAUSTED"}}';
const BROKEN = '<html><title>Error 500 (Server Error)!!1</title></html>';
const PAGE = '<!DOCTYPE html><html><title>Sign in</title></html>';
const UNAUTHORIZED = '{"error":{"code":401,"message":"Invalid Credentials","status":"UNAUTHENTICATED"}}';

/** Of a round, on all of its requests or on one. */
export const REPLIES = {
  throttled: { status: 429, body: BUSY, arrived: false },
  unauthorized: { status: 401, body: UNAUTHORIZED, arrived: false },
  broken: { status: 500, body: BROKEN, arrived: false },
  lost: { status: 503, body: BROKEN, arrived: true },
  page: { status: 200, body: PAGE, arrived: true },
  halved: 'halved',
} as const;

export type FaultName = keyof typeof FAULTS;
export type ReplyName = keyof typeof REPLIES;

export const PERSONAL_EDITS = [
  'renames-month',
  'edits-month',
  'deletes-month',
  'moves-month',
  'renames-hidden',
  'edits-hidden',
  'deletes-hidden',
  'shows-hidden',
  'renames-register',
  'deletes-register',
  'deletes-audit',
] as const;
export type PersonalEdit = (typeof PERSONAL_EDITS)[number];

export type Act =
  | { readonly fault: FaultName }
  | { readonly reply: ReplyName; readonly to: number | 'all' }
  /** Another execution, from its beginning to its end, in the middle of this one. */
  | { readonly another: Starter }
  | { readonly person: PersonalEdit };

/** Before a call: executions are numbered as they begin, and calls within each, from 0. */
export interface Move {
  readonly execution: number;
  readonly call: number;
  readonly act: Act;
}

/** All that these services are asked fails from the beginning on. */
export interface Outage {
  readonly of: 'google' | 'gmail' | 'sheets' | 'drive' | 'region' | 'regions';
  readonly hours: number;
}

export interface Scenario {
  readonly scene: SceneName;
  readonly first: Starter;
  readonly moves: readonly Move[];
  readonly outage: Outage | null;
}

export function faultOf(act: Act, kind: HostCall['kind']): HostFault | null {
  if ('fault' in act) return FAULTS[act.fault];
  // What has no replies fails in its own way.
  if ('reply' in act)
    return kind === 'round' ? { reply: REPLIES[act.reply], to: act.to } : FAULTS['fails-before'];
  return null;
}

/** `built-in/monthly/0.17=lost@2/1.3=killed-before`; `+person` is another execution, `~…` an edit. */
export function wordOf({ scene, first, moves, outage }: Scenario): string {
  const out = outage === null ? [] : [`out=${outage.of}:${outage.hours}h`];
  return [scene, first, ...out, ...moves.map(moveWord)].join('/');
}

function moveWord({ execution, call, act }: Move): string {
  return `${execution}.${call}=${actWord(act)}`;
}

export function actWord(act: Act): string {
  if ('fault' in act) return act.fault;
  if ('another' in act) return `+${act.another}`;
  if ('person' in act) return `~${act.person}`;
  return act.to === 'all' ? act.reply : `${act.reply}@${act.to}`;
}

/** @throws Error for what `wordOf` doesn’t write */
export function scenarioOf(word: string): Scenario {
  const [scene, first, ...rest] = word.split('/');
  if ((scene !== 'built-in' && scene !== 'account') || !isStarter(first)) throw notOne(word);
  let outage: Outage | null = null;
  const moves: Move[] = [];
  for (const part of rest) {
    const out = /^out=(google|gmail|sheets|drive|region|regions):(\d+)h$/.exec(part);
    if (out !== null) outage = { of: out[1] as Outage['of'], hours: Number(out[2]) };
    else moves.push(moveOf(part));
  }
  return { scene, first, moves, outage };
}

function moveOf(word: string): Move {
  const [, execution, call, act] = /^(\d+)\.(\d+)=(.+)$/.exec(word) ?? [];
  if (act === undefined) throw notOne(word);
  return { execution: Number(execution), call: Number(call), act: actOf(act) };
}

function actOf(word: string): Act {
  const [name = '', to] = word.split('@');
  if (Object.hasOwn(FAULTS, name)) return { fault: name as FaultName };
  if (Object.hasOwn(REPLIES, name))
    return { reply: name as ReplyName, to: to === undefined ? 'all' : Number(to) };
  const rest = word.slice(1);
  if (word.startsWith('+') && isStarter(rest)) return { another: rest };
  const edit = PERSONAL_EDITS.find((one) => word === `~${one}`);
  if (edit !== undefined) return { person: edit };
  throw notOne(word);
}

function isStarter(word: string | undefined): word is Starter {
  return word === 'monthly' || word === 'hourly' || word === 'person';
}

function notOne(word: string): Error {
  return new Error(`“${word}” is no scenario.`);
}
