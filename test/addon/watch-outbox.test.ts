/** What the owner hears of mails that came back and of copies that are stuck, however executions end. */
import { watchOutbox } from '../../src/addon/watch-outbox.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { copyRecordId, recipientsOf } from '../../src/delivery/outbox-record.ts';
import { markTold, untoldIds } from '../../src/delivery/untold.ts';
import type { Host, HttpRequest } from '../../src/host/host.ts';
import { DAY_MS, draft, HOUR_MS, ID, iso, refusal, SENT, store, stored } from '../delivery/outbox-scene.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import type { Fault } from '../tools/interleave.ts';
import { interleave } from '../tools/interleave.ts';

const SENT_MS = NOW_MS - HOUR_MS;
const COPY = copyRecordId('2026-06-01', 'bank');

const statement = (...people: readonly string[]): OutboxRecord =>
  draft({
    state: 'sent',
    recipients: recipientsOf(people, []).map((one) => ({ ...one, state: 'accepted' })),
    messageId: '18c',
    threadId: '18t',
    sentAt: iso(SENT_MS),
    changedAt: iso(SENT_MS),
  });
const deadCopy = (more: Partial<OutboxRecord> = {}): OutboxRecord =>
  draft({ id: COPY, kind: 'copy', state: 'sending', attemptedAt: iso(SENT_MS), ...more });

const returned = (address: string, index: number) => ({
  id: `18d${index}`,
  threadId: '18t',
  snippet: 'Address not found',
  internalDate: String(SENT_MS + 5000),
  payload: {
    headers: [
      { name: 'From', value: 'mailer-daemon@googlemail.com' },
      { name: 'Subject', value: 'Delivery Status Notification (Failure)' },
      { name: 'X-Failed-Recipients', value: address },
    ],
  },
});

interface World {
  readonly host: FakeHost;
  /** Whom the mail came back from; more may come. */
  readonly back: string[];
  /** Subjects of the notices that Gmail took. */
  readonly told: string[];
  /** When it took them. */
  readonly days: string[];
}

function openWorld(record: OutboxRecord, gmail: () => Answer = () => SENT): World {
  const back: string[] = [];
  const told: string[] = [];
  const days: string[] = [];
  const answer = ({ method, body }: HttpRequest): Answer => {
    if (method === 'GET') {
      const mail = { id: '18c', threadId: '18t', internalDate: String(SENT_MS) };
      return { status: 200, body: { id: '18t', messages: [mail, ...back.map(returned)] } };
    }
    const said = gmail();
    if (said !== SENT) return said;
    told.push(/^Subject: (.*(?:\r\n .*)*)/m.exec(String(body))?.[1] ?? '');
    days.push(dayOf(host));
    return said;
  };
  const host = fakeHost({ answer });
  store(host, record);
  return { host, back, told, days };
}

const dayOf = (host: Host): string => host.localTime(host.now(), 'America/New_York').date;
const look = (host: Host, today = dayOf(host)): void =>
  watchOutbox(host, {
    owner: OWNER,
    today,
    properties: host.properties('document').readAll(),
    by: 'hourly check',
    endMs: host.now() + HOUR_MS / 12,
  });

/** The hourly checks until the next evening. */
function lookOn({ host }: World): void {
  const fromMs = host.now();
  for (let hour = 1; hour <= 36; hour++) {
    host.setNow(fromMs + hour * HOUR_MS);
    look(host);
  }
}

const owed = ({ host }: World): readonly string[] => untoldIds(Object.fromEntries(host.document), host.now());

const SCENES: readonly (readonly [string, OutboxRecord, readonly string[]])[] = [
  ['a statement that came back', statement('grace@x.example', 'rene@x.example'), ['rene@x.example']],
  ['a copy that died while it was sent', deadCopy(), []],
];

describe.each(SCENES)('%s', (_what, record, back) => {
  const open = (): World => {
    const world = openWorld(record);
    world.back.push(...back);
    return world;
  };

  test('is told once', () => {
    const world = open();
    look(world.host);
    expect(world.told).toHaveLength(1);
    lookOn(world);
    expect(world.told).toHaveLength(1);
  });

  test('is told whatever call the execution fails at or is killed at, at most once a day', () => {
    const calls = interleave(open().host, [look]).trace.length;
    expect(calls).toBeGreaterThan(8);
    for (let call = 0; call < calls; call++) {
      for (const kind of ['kill-before', 'kill-after', 'throw-before', 'throw-after'] as const) {
        const world = open();
        const fault: Fault = { program: 0, call, kind };
        expect(interleave(world.host, [look], { faults: [fault] }).faultsMet).toBe(1);
        lookOn(world);
        const which = `${kind} ${call}`;
        expect([which, world.told.length > 0, owed(world)]).toEqual([which, true, []]);
        expect([which, new Set(world.days).size]).toEqual([which, world.days.length]);
      }
    }
  });
});

test('whom it did not reach later on the same day the owner hears of too', () => {
  const world = openWorld(statement('grace@x.example', 'rene@x.example', 'priya@x.example'));
  world.host.setNow(SENT_MS + HOUR_MS / 2);
  world.back.push('rene@x.example');
  look(world.host, '2026-06-01');
  world.back.push('grace@x.example');
  world.host.setNow(SENT_MS + 21 * HOUR_MS);
  look(world.host, '2026-06-01');
  expect(world.told).toEqual([
    expect.stringContaining('rene@x.example'),
    expect.stringMatching(/^(?!.*rene).*grace@x\.example/s),
  ]);
});

test('a copy that is stuck again on the same day is told of again', () => {
  const world = openWorld(deadCopy());
  look(world.host);
  store(world.host, deadCopy({ attemptedAt: iso(NOW_MS) }));
  world.host.setNow(NOW_MS + HOUR_MS);
  look(world.host);
  expect(world.told).toHaveLength(2);
});

test('a notice that Gmail takes later is told; one that it refused is tried again with the next hour', () => {
  let answer: Answer = refusal(429, 'rateLimitExceeded', 'Retry after 2026-06-01T11:30:00.000Z');
  const world = openWorld(deadCopy(), () => answer);
  look(world.host);
  expect(owed(world)).toEqual([]);
  answer = SENT;
  lookOn(world);
  expect(world.told).toHaveLength(1);

  answer = refusal(400, 'invalidArgument');
  const refused = openWorld(deadCopy(), () => answer);
  look(refused.host);
  expect(owed(refused)).toEqual([COPY]);
  answer = SENT;
  lookOn(refused);
  expect(refused.told).toHaveLength(1);
});

test('what somebody has settled since the properties were read is not told', () => {
  const world = openWorld(deadCopy({ state: 'unknown', changedAt: iso(SENT_MS) }));
  const before = Object.fromEntries(world.host.document);
  store(world.host, deadCopy({ state: 'sent' }));
  watchOutbox(world.host, {
    owner: OWNER,
    today: '2026-06-01',
    properties: before,
    by: 'hourly check',
    endMs: NOW_MS + HOUR_MS,
  });
  expect(world.told).toEqual([]);
});

test('what nobody was told of for a month is left, and who has heard of a copy hears no more', () => {
  const world = openWorld(deadCopy({ state: 'failed', changedAt: iso(NOW_MS) }));
  expect(owed(world)).toEqual([COPY]);
  world.host.setNow(NOW_MS + 31 * DAY_MS);
  expect(owed(world)).toEqual([]);
  world.host.setNow(NOW_MS);
  const copy = stored(world.host, COPY);
  if (copy !== null) markTold(world.host, copy);
  expect(owed(world)).toEqual([]);
  expect(stored(world.host, COPY)).toMatchObject({ state: 'failed', toldAt: iso(NOW_MS) });
});

test('what became of a copy that was started anew while the owner was told is still owed', () => {
  const before = deadCopy({ state: 'unknown' });
  const world = openWorld(deadCopy({ state: 'failed', attemptedAt: iso(NOW_MS) }));
  markTold(world.host, before);
  expect(owed(world)).toEqual([COPY]);
});

test('what came back while the owner was told of others is still owed', () => {
  const record = statement('grace@x.example', 'rene@x.example');
  const bounced = (count: number): OutboxRecord => ({
    ...record,
    recipients: record.recipients.map((one, index) => (index < count ? { ...one, state: 'bounced' } : one)),
  });
  const world = openWorld(bounced(2));
  markTold(world.host, bounced(1));
  expect(owed(world)).toEqual([ID]);
  expect(stored(world.host)?.recipients.map(({ toldAt }) => toldAt)).toEqual([iso(NOW_MS), undefined]);
});
