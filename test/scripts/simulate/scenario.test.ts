/** A scenario is one word, so that whoever sees a failure plays exactly that again. */
import type { HostCall } from '../../../scripts/local/apps-script/host-calls.ts';
import { createDice } from '../../../scripts/local/generate-dice.ts';
import type { Kind } from '../../../scripts/simulate/plan.ts';
import {
  actsFor,
  randomPair,
  singleFaults,
  singleMeetings,
  tellingFaults,
} from '../../../scripts/simulate/plan.ts';
import { tableOf, traceText } from '../../../scripts/simulate/print.ts';
import type { Scenario } from '../../../scripts/simulate/scenario.ts';
import { faultOf, scenarioOf, wordOf } from '../../../scripts/simulate/scenario.ts';

const request = (url: string, method = 'GET') => ({ method, url, headers: {}, body: null });
const call = (
  index: number,
  kind: HostCall['kind'],
  what: string,
  requests: HostCall['requests'] = [],
): HostCall => ({
  execution: 0,
  call: index,
  kind,
  what,
  requests,
});

const CALLS: readonly HostCall[] = [
  call(0, 'property', 'document getProperties'),
  call(1, 'property', 'document setProperties a b'),
  call(2, 'round', 'fetchAll', [
    request('https://gmail.googleapis.com/a'),
    request('https://sheets.googleapis.com/b'),
  ]),
  call(3, 'round', 'fetchAll', [request('https://gmail.googleapis.com/upload/messages/send', 'POST')]),
];
const KIND: Kind = { scene: 'built-in', first: 'monthly', calls: CALLS };

test('whatever is tried can be written as a word and read again', () => {
  const outage: Scenario = { ...KIND, moves: [], outage: { of: 'regions', hours: 60 } };
  const all = [...singleFaults(KIND), ...singleMeetings(KIND), outage];
  for (let seed = 0; seed < 200; seed++) all.push(randomPair([KIND], createDice(seed)));
  for (const { scene, first, moves, outage: out } of all) {
    const scenario = { scene, first, moves, outage: out };
    expect(scenarioOf(wordOf(scenario))).toEqual(scenario);
  }
  expect(new Set(all.map(wordOf)).size).toBeGreaterThan(250);
});

test.each([
  '',
  'built-in',
  'elsewhere/monthly',
  'built-in/yearly',
  'built-in/monthly/0.1',
  'built-in/monthly/0.1=melts',
  'built-in/monthly/out=moon:3h',
])('what is no scenario is refused: “%s”', (word) => {
  expect(() => scenarioOf(word)).toThrow('is no scenario');
});

test('the same seed gives the same pair, and another seed another', () => {
  const words = (seed: number) => wordOf(randomPair([KIND], createDice(seed)));
  expect(words(7)).toBe(words(7));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => words(seed))).size).toBeGreaterThan(15);
});

test('every call meets every fault, a round every bad reply, and each of its requests one of its own', () => {
  const words = singleFaults(KIND).map(wordOf);
  for (const at of [0, 1, 2, 3]) expect(words).toContain(`built-in/monthly/0.${at}=killed-before`);
  expect(words).toContain('built-in/monthly/0.1=fails-halfway');
  expect(words).not.toContain('built-in/monthly/0.0=fails-halfway');
  expect(words.filter((word) => word.includes('0.2=') && word.includes('@'))).toHaveLength(2);
  expect(words.filter((word) => word.includes('0.3=') && word.includes('@'))).toHaveLength(0);
  const reading = tellingFaults(KIND).map(wordOf);
  expect(reading).not.toContain('built-in/monthly/0.0=fails-after');
  expect(reading).not.toContain('built-in/monthly/0.2=lost');
  expect(reading).toContain('built-in/monthly/0.3=lost');
});

test('a bad reply at a call that has no replies is a failure of it', () => {
  const [act] = actsFor(CALLS[2] ?? call(0, 'round', '')).filter((one) => 'reply' in one);
  if (act === undefined) throw new Error('A round has no bad replies.');
  expect(faultOf(act, 'lock')).toEqual({ fails: 'before' });
  expect(faultOf(act, 'round')).toMatchObject({ to: 'all' });
});

test('the table counts runs, points and outcomes by what happened; the trace shows where', () => {
  const played = (word: string, outcome: 'sent' | 'unknown', violations: readonly string[]) => ({
    ...{ word, outcome, violations },
    ...{ met: 1, trace: null },
  });
  const table = tableOf([
    played('built-in/monthly/0.1=killed-before', 'sent', []),
    played('built-in/monthly/0.2=killed-before', 'unknown', ['SENT TWICE']),
    played('built-in/monthly/0.2=lost@1', 'sent', []),
  ]);
  const row = (name: string) =>
    table
      .split('\n')
      .find((line) => line.includes(name))
      ?.split('│')
      .map((cell) => cell.trim())
      .slice(1, -1);
  expect(row('killed-before')).toEqual(['killed-before', '2', '2', '1', '1', '0', '0', '1']);
  expect(row('lost (one)')).toEqual(['lost (one)', '1', '1', '1', '0', '0', '0', '0']);
  expect(row('all ')).toEqual(['all', '2', '3', '2', '1', '0', '0', '1']);
  const trace = traceText([
    { begins: 'monthly', execution: 0, atMs: Date.UTC(2026, 5, 1, 10) },
    { call: CALLS[3] ?? call(0, 'round', ''), act: 'lost' },
    { ends: 0, error: 'Exceeded maximum execution time' },
  ]);
  expect(trace).toContain('2026-06-01T10:00:00.000Z  monthly');
  expect(trace).toContain('0.3     round of 1: POST gmail/upload/messages/send   <<< lost');
  expect(trace).toContain('ended: Exceeded');
});
