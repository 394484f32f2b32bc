/**
 * One message, and whoever may send it at the same time: a person at the menu and the hourly check, interleaved at every
 * call to the platform, with calls that fail, executions that are killed, and answers of Gmail that say no, or get lost.
 * No lease keeps them apart here: the outbox alone must.
 */
import fc from 'fast-check';
import { send } from '../../src/clients/exchange.ts';
import { listMessages } from '../../src/clients/google/gmail.ts';
import type { SendResult } from '../../src/delivery/outbox.ts';
import {
  markUnknown,
  mayBeSentAgain,
  releaseUnknown,
  sendOnce,
  settleByPerson,
  settleFromSent,
} from '../../src/delivery/outbox.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { readRecord } from '../../src/delivery/outbox-record.ts';
import { MOST_ATTEMPTS } from '../../src/delivery/put-off.ts';
import { asPurserError } from '../../src/host/errors.ts';
import type { Host, HttpRequest, PropertyScope } from '../../src/host/host.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import type { Fault, FaultKind, Interleaved } from '../tools/interleave.ts';
import { interleave } from '../tools/interleave.ts';
import { DAY_MS, draft, ID, iso, refusal, SENT, store, stored } from './outbox-scene.ts';

type Choice = 'leave' | 'again' | 'it was sent';

interface World {
  readonly host: FakeHost;
  /** Mails that Gmail accepted: by whom. */
  readonly accepted: string[];
  /** What the record said when a send arrived, and who sent. */
  readonly arrivals: { readonly by: string; readonly record: OutboxRecord | null }[];
  /** Every value that the record ever had. */
  readonly history: OutboxRecord[];
}

/** @param isIndexed whether Gmail’s search knows what was sent */
function openWorld(answers: readonly Answer[], isIndexed: boolean, there: OutboxRecord | null): World {
  const accepted: string[] = [];
  const arrivals: World['arrivals'] = [];
  const history: OutboxRecord[] = [];
  let sends = 0;
  const answer = (request: HttpRequest): Answer => {
    if (request.method === 'GET') {
      const found = isIndexed && accepted.length > 0;
      return { status: 200, body: found ? { messages: [{ id: '18c', threadId: '18t' }] } : {} };
    }
    const by = /From: (\w+)/.exec(String(request.body))?.[1] ?? '';
    arrivals.push({ by, record: stored(host) });
    const said = answers[sends++] ?? SENT;
    if (said === SENT) accepted.push(by);
    return said;
  };
  const world = fakeHost({ answer });
  const host: FakeHost = {
    ...world,
    properties: (scope: PropertyScope) => {
      const inner = world.properties(scope);
      return {
        ...inner,
        write: (entries) => {
          inner.write(entries);
          const json = entries[ID];
          const record = json === undefined ? null : readRecord({ [ID]: json }, ID);
          if (record !== null) history.push(record);
        },
      };
    },
  };
  if (there !== null) history.push(store(host, there));
  return { host, accepted, arrivals, history };
}

/** As a month's run does it, with everything but the outbox left out. */
function execution(by: 'person' | 'trigger', choice: Choice, said: string[]) {
  return (host: Host): SendResult | OutboxRecord => {
    const there = readRecord(host.properties('document').readAll(), ID);
    if (there?.state === 'sent') return there;
    const { messages } = send(host, listMessages('token', 'in:sent "PRS"', null));
    const [found] = messages;
    if (found !== undefined)
      return settleFromSent(host, there ?? draft({ state: 'unknown' }), found, { transport: 'built-in' });
    if (there?.state === 'sending' || there?.state === 'unknown') {
      const unknown = markUnknown(host, there);
      if (unknown.state === 'sent' || choice === 'leave') return unknown;
      if (choice === 'again' && !mayBeSentAgain(unknown, host.now())) return unknown;
      // Each execution runs over and over in this simulation; what a person says counts once.
      if (!said.includes(`${by} ${choice}`)) said.push(`${by} ${choice}`);
      if (choice === 'it was sent') return settleByPerson(host, unknown, OWNER);
      releaseUnknown(host, unknown);
    }
    return sendOnce(host, (make) => make('token'), draft({ transportWhy: by }), `From: ${by}\r\n\r\n`, {
      by,
    });
  };
}

/** What must hold whatever happened. */
function check({ host, accepted, arrivals, history }: World, said: readonly string[]): void {
  const again = said.filter((one) => one.endsWith('again')).length;
  expect(accepted.length).toBeLessThanOrEqual(1 + again);
  for (const [index, record] of history.entries()) {
    const before = history[index - 1];
    expect(record.attempts).toBeLessThanOrEqual(MOST_ATTEMPTS);
    if (record.state === 'sending' && before?.state === 'failed') expect(record.transportWhy).toBe('person');
    if (record.state === 'sending') expect(before?.state).not.toBe('sent');
    // The write that says “sent” takes no lock: without the lease of a month's run a doubt may come over it, never a no.
    if (before?.state === 'sent') expect(['sent', 'unknown']).toContain(record.state);
  }
  const last = stored(host);
  if (last?.state === 'sent') expect(accepted.length > 0 || last.settledBy !== undefined).toBe(true);
  // Written down before it leaves; another may have put it in doubt meanwhile, never denied it.
  if (again === 0)
    for (const { record } of arrivals) expect(['sending', 'unknown', 'sent']).toContain(record?.state);
}

const ANSWERS: readonly Answer[] = [
  SENT,
  refusal(400, 'invalidArgument'),
  refusal(401, 'authError'),
  refusal(403, 'userRateLimitExceeded'),
  refusal(429, 'rateLimitExceeded', 'Retry after 2026-06-01T11:00:00.000Z (Mail sending)'),
  { status: 500 },
];
const LOST: FaultKind[] = [
  { reply: { status: 500 }, arrived: true },
  { reply: { status: 500 }, arrived: false },
  { reply: { status: 429 }, arrived: false },
  { reply: { status: 200, body: '{"id' }, arrived: true },
];
const FAULTS: readonly FaultKind[] = ['throw-before', 'throw-after', 'kill-before', 'kill-after', ...LOST];

/** Then the hourly check comes again and again, and a day passes. */
function toRest(world: World): void {
  for (let hour = 1; hour <= 3; hour++) {
    world.host.setNow(NOW_MS + hour * DAY_MS);
    interleave(world.host, [execution('trigger', 'leave', [])]);
  }
}

const THERE: readonly (OutboxRecord | null)[] = [
  null,
  draft({ attempts: 3, attemptedAt: iso(NOW_MS - 1) }),
  draft({ attempts: MOST_ATTEMPTS - 1, attemptedAt: iso(NOW_MS - 1) }),
  draft({ state: 'failed', attempts: MOST_ATTEMPTS, lastError: 'send-given-up: x' }),
  draft({ state: 'unknown', attempts: 1, attemptedAt: iso(NOW_MS - DAY_MS) }),
];

test('a clean send is five calls to the platform: the lock, a read, a write, the mail, a write', () => {
  const { host } = openWorld([], true, null);
  const { trace } = interleave(host, [
    (one) => sendOnce(one, (make) => make('token'), draft(), 'From: x\r\n\r\n'),
  ]);
  expect(trace.map(({ call }) => call)).toEqual([
    'lock',
    'document read',
    'document write',
    'fetchAll',
    'document write',
  ]);
});

test.each([
  ['finds what was sent', true],
  ['does not find it yet', false],
])(
  'every single fault at every call of two executions that take turns, when Gmail’s search %s',
  (_, isIndexed) => {
    let met = 0;
    let sent = 0;
    const orders = [[], [0, 1], [1, 0], [0, 0, 1], [1, 1, 0], [0, 0, 0, 1, 1]];
    for (const order of orders) {
      const schedule = Array.from({ length: 60 }, (_, turn) => order[turn % order.length] ?? 0);
      for (const kind of FAULTS) {
        for (let call = 0; call < 9; call++) {
          for (const program of [0, 1]) {
            const world = openWorld([], isIndexed, null);
            const said: string[] = [];
            const fault: Fault = { program, call, kind };
            const programs = [execution('person', 'leave', said), execution('trigger', 'leave', said)];
            met += interleave(world.host, programs, {
              schedule: order.length === 0 ? [] : schedule,
              faults: [fault],
            }).faultsMet;
            check(world, said);
            toRest(world);
            check(world, said);
            // Killed, or without an answer, before anything went out: nobody can know that, so that it stays in doubt.
            const state = stored(world.host)?.state;
            if (isIndexed) expect(state).toBe(world.accepted.length === 1 ? 'sent' : 'unknown');
            else expect(['sent', 'unknown']).toContain(state);
            sent += world.accepted.length;
          }
        }
      }
    }
    expect(met).toBeGreaterThan(400);
    expect(sent).toBeGreaterThan(500);
  },
);

test('for any answers, faults and order: one mail unless a person said “again”, and no record that lies', () => {
  const fault = fc.record({
    program: fc.nat(2),
    call: fc.nat(12),
    kind: fc.constantFrom<FaultKind>(...FAULTS),
  });
  fc.assert(
    fc.property(
      fc.record({
        answers: fc.array(fc.constantFrom(...ANSWERS), { maxLength: 6 }),
        there: fc.constantFrom(...THERE),
        schedule: fc.array(fc.nat(5), { maxLength: 60 }),
        faults: fc.array(fault, { maxLength: 3 }),
        choices: fc.tuple(
          fc.constantFrom<Choice>('leave', 'again', 'it was sent'),
          fc.constantFrom<Choice>('leave', 'again'),
        ),
        isIndexed: fc.boolean(),
      }),
      ({ answers, there, schedule, faults, choices, isIndexed }) => {
        const world = openWorld(answers, isIndexed, there);
        const said: string[] = [];
        // A record that nobody is sure of may stand for a mail that is out; none is in this world.
        const programs = [
          execution('person', choices[0], said),
          execution('trigger', 'leave', said),
          execution('person', choices[1], said),
        ];
        const run: Interleaved<unknown> = interleave(world.host, programs, { schedule, faults });
        // What is thrown is told in Purser's own words; nothing falls over.
        for (const end of run.ended)
          if (end.how === 'threw') expect(asPurserError(end.thrown).message).not.toContain('undefined');
        check(world, said);
        toRest(world);
        check(world, said);
      },
    ),
    { numRuns: 800 },
  );
});
