/** The faults that a test can put into an execution must be as bad as Google’s, and no kinder. */
import type { HostCall, HostFault } from '../../../scripts/local/apps-script/host-calls.ts';
import type { Toy } from './toy.ts';
import { OWNER, ok, START_MS, toy } from './toy.ts';

const SERVER_ERROR = 'a server error occurred';
const EXCEEDED = 'Exceeded maximum execution time';

/** At call number `at` of the first execution; says what was called. */
function faultAt(one: Toy, at: number, fault: HostFault): HostCall[] {
  const calls: HostCall[] = [];
  one.script.direct((call) => {
    calls.push(call);
    return call.execution === 0 && call.call === at ? fault : null;
  });
  return calls;
}

const WRITE_TWICE = `
  const store = PropertiesService.getDocumentProperties();
  store.setProperty('a', '1');
  try { store.setProperties({ b: '2', c: '3' }, false); } catch (e) { store.setProperty('caught', e.message); }
  finally { store.setProperty('finally', 'x'); }
  'ended'`;

const ASK_TWO = `
  const replies = UrlFetchApp.fetchAll([{ url: 'https://a.example/1', muteHttpExceptions: true },
    { url: 'https://a.example/2', muteHttpExceptions: true }]);
  replies.map((reply) => reply.getResponseCode() + ' ' + reply.getContentText()).join('; ')`;

test('every call that leaves the script is told before it is made, numbered, and says what it is', () => {
  const one = toy();
  const calls: HostCall[] = [];
  one.script.direct((call) => {
    calls.push(call);
    return null;
  });
  one.evaluate(`
    const lock = LockService.getScriptLock(); lock.tryLock(10); lock.releaseLock();
    PropertiesService.getUserProperties().setProperties({ k: 'v', l: 'w' }, false);
    PropertiesService.getDocumentProperties().getProperty('k');
    CacheService.getUserCache().put('c', '1', 10);
    Utilities.sleep(5);
    UrlFetchApp.fetchAll(['https://a.example/', 'https://b.example/']);
    ScriptApp.newTrigger('tick').timeBased().everyHours(1).create();
    ScriptApp.deleteTrigger(ScriptApp.getProjectTriggers()[0]);`);
  one.evaluate(`SpreadsheetApp.getUi().alert('Sure?')`, { answers: () => ({ button: 'OK' }) });
  expect(calls.map(({ execution, call, kind, what }) => `${execution}.${call} ${kind}: ${what}`)).toEqual([
    '0.0 lock: script tryLock',
    '0.1 lock: script releaseLock',
    '0.2 property: user setProperties k l',
    '0.3 property: document getProperty k',
    '0.4 cache: put c',
    '0.5 sleep: 5 ms',
    '0.6 round: fetchAll',
    '0.7 trigger: create tick',
    '0.8 trigger: list',
    '0.9 trigger: delete',
    '1.0 dialog: alert ',
  ]);
  expect(calls[6]?.requests.map(({ url }) => url)).toEqual(['https://a.example/', 'https://b.example/']);
  one.script.direct(null);
  one.evaluate(`PropertiesService.getDocumentProperties().getProperty('k')`);
  expect(calls).toHaveLength(11);
});

test.each([
  ['before', { a: '1', finally: 'x' }],
  ['after', { a: '1', b: '2', c: '3', finally: 'x' }],
  ['halfway', { a: '1', b: '2', finally: 'x' }],
] as const)('a write that fails %s its effect: the script can catch it and goes on', (when, left) => {
  const one = toy();
  faultAt(one, 1, { fails: when });
  expect(one.evaluate(WRITE_TWICE)).toBe('ended');
  const { caught, ...rest } = Object.fromEntries(one.script.properties('document'));
  expect(rest).toEqual(left);
  expect(caught).toContain(SERVER_ERROR);
});

test.each([
  ['killed before', { killed: 'before' }, { a: '1' }, 0],
  ['killed after', { killed: 'after' }, { a: '1', b: '2', c: '3' }, 0],
  ['stalled before', { stalls: 'before' }, { a: '1' }, 361_000],
  ['stalled after', { stalls: 'after' }, { a: '1', b: '2', c: '3' }, 361_000],
] as const)(
  'an execution that is %s a write: no catch and no finally of it does anything',
  (_words, fault, left, ms) => {
    const one = toy();
    const calls = faultAt(one, 1, fault);
    expect(() => one.evaluate(WRITE_TWICE)).toThrow(EXCEEDED);
    expect(Object.fromEntries(one.script.properties('document'))).toEqual(left);
    expect(calls).toHaveLength(2);
    expect(one.clock.now() - START_MS).toBe(ms);
    one.script.direct(null);
    expect(one.evaluate(`PropertiesService.getDocumentProperties().getProperty('a')`)).toBe('1');
  },
);

test('a killed execution leaves no lock behind, and one whose lock failed late has it until it ends', () => {
  const take = `LockService.getScriptLock().tryLock(10)`;
  const killed = toy();
  faultAt(killed, 0, { killed: 'after' });
  expect(() => killed.evaluate(take)).toThrow(EXCEEDED);
  expect(killed.evaluate(take)).toBe(true);
  const failed = toy();
  let other: unknown = null;
  failed.script.direct(({ execution, kind }) => {
    if (execution > 0) return null;
    if (kind === 'sleep') other = failed.evaluate(take);
    return kind === 'lock' ? { fails: 'after' } : null;
  });
  failed.evaluate(`try { ${take} } catch (e) {} Utilities.sleep(1)`);
  expect(other).toBe(false);
  expect(failed.evaluate(take)).toBe(true);
});

describe('a round of requests', () => {
  const served = (): Toy =>
    toy({ reply: (requests) => requests.map(({ url }) => ok(`served ${url.slice(-1)}`)) });

  it.each([
    ['before', 0],
    ['after', 2],
  ] as const)('that is thrown away %s the services saw it', (when, seen) => {
    const one = served();
    faultAt(one, 0, { fails: when });
    expect(() => one.evaluate(ASK_TWO)).toThrow('Address unavailable');
    expect(one.sent).toHaveLength(seen);
  });

  it.each([
    ['all', '500 broken; 500 broken', 0],
    [1, '200 served 1; 500 broken', 1],
  ] as const)('of which %s is answered by something else does not arrive', (to, said, seen) => {
    const one = served();
    faultAt(one, 0, { reply: { status: 500, body: 'broken', arrived: false }, to });
    expect(one.evaluate(ASK_TWO)).toBe(said);
    expect(one.sent).toHaveLength(seen);
  });

  it.each([
    ['all', '503 lost; 503 lost'],
    [0, '503 lost; 200 served 2'],
  ] as const)('of which the replies to %s are lost did its work', (to, said) => {
    const one = served();
    faultAt(one, 0, { reply: { status: 503, body: 'lost', arrived: true }, to });
    expect(one.evaluate(ASK_TWO)).toBe(said);
    expect(one.sent).toHaveLength(2);
  });

  it('of which a reply breaks off in the middle', () => {
    const one = served();
    faultAt(one, 0, { reply: 'halved', to: 1 });
    expect(one.evaluate(ASK_TWO)).toBe('200 served 1; 200 serv');
  });
});

test('a fault of replies at a call that has none is a failure without effect', () => {
  const one = toy();
  faultAt(one, 1, { reply: 'halved', to: 'all' });
  one.evaluate(WRITE_TWICE);
  expect(one.script.properties('document').has('b')).toBe(false);
});

test('a clock that jumps takes no time from the execution', () => {
  const one = toy();
  faultAt(one, 0, { clockMs: 86_400_000 });
  expect(one.evaluate(`Utilities.sleep(1000); Utilities.sleep(1000); Date.now()`)).toBe(
    START_MS + 86_402_000,
  );
  const back = toy();
  faultAt(back, 0, { clockMs: -3_600_000 });
  const sleeps = 'Utilities.sleep(200000);'.repeat(2);
  expect(() => back.evaluate(sleeps)).toThrow(EXCEEDED);
});

test('another execution in the middle has its own numbers, and may be killed by itself', () => {
  const one = toy();
  const told: string[] = [];
  let inner: unknown = null;
  one.script.direct(({ execution, call, what }) => {
    told.push(`${execution}.${call}`);
    if (what === 'document setProperty mine') {
      try {
        one.evaluate(`PropertiesService.getDocumentProperties().setProperty('theirs', '1'); 'never'`);
      } catch (error) {
        inner = error;
      }
    }
    return execution === 1 ? { killed: 'after' } : null;
  });
  expect(one.evaluate(`PropertiesService.getDocumentProperties().setProperty('mine', '1'); 'ended'`)).toBe(
    'ended',
  );
  expect(told).toEqual(['0.0', '1.0']);
  expect(String(inner)).toContain(EXCEEDED);
  expect([...one.script.properties('document').keys()]).toEqual(['theirs', 'mine']);
});

test('a trigger is fired by its handler, due or not, and is due again by its schedule', () => {
  const one = toy({ code: 'function tick(event) { return event.triggerUid; }' });
  expect(() => one.script.fire('tick')).toThrow(`${OWNER} has no trigger for tick`);
  one.evaluate(`ScriptApp.newTrigger('tick').timeBased().everyHours(1).create(); 'made'`);
  one.clock.advance(60_000);
  expect(one.script.fire('tick')).toMatchObject({ atMs: START_MS + 60_000, error: null });
  expect(one.script.triggers()).toMatchObject([{ handler: 'tick', nextMs: START_MS + 60_000 + 3_600_000 }]);
});
