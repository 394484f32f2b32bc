import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Grant } from '../../../scripts/local/contract.ts';
import { keepIdle, keepIdleWorkers, takeIdleWorker } from '../../../scripts/local/network/idle-workers.ts';
import type { ModuleSpec, WireRequest } from '../../../scripts/local/network/messages.ts';
import { type Network, startNetwork } from '../../../scripts/local/network/start-network.ts';

const NOON_MS = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;

const open: Network[] = [];
const threads: Worker[] = [];
let release = async () => {};
beforeEach(() => {
  release = keepIdleWorkers();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((network) => network.close()));
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
  await release();
});

function thread(script: string): Worker {
  const made = new Worker(script, { eval: true });
  threads.push(made);
  return made;
}

function echo(hosts: readonly string[], name = 'echo'): ModuleSpec {
  return {
    name,
    module: join(import.meta.dirname, 'echo-host.ts'),
    factory: 'createEchoHost',
    options: { hosts },
  };
}

async function start(
  hosts: readonly ModuleSpec[],
  options: { readonly token?: string; readonly ms?: number; readonly giveUpAfterMs?: number } = {},
): Promise<Network> {
  const clock = new SharedArrayBuffer(8);
  new BigInt64Array(clock)[0] = BigInt(options.ms ?? NOON_MS);
  const tokens = new Map<string, Grant>([
    [options.token ?? 't1', { email: 'owner@example.com', scopes: ['openid'] }],
  ]);
  const network = await startNetwork({
    hosts,
    clock,
    tokens,
    giveUpAfterMs: options.giveUpAfterMs ?? 20_000,
  });
  open.push(network);
  return network;
}

function get(path: string, host = 'echo.example'): WireRequest {
  return { method: 'GET', url: `https://${host}${path}`, headers: {}, body: null };
}

function statuses(network: Network, ...requests: readonly WireRequest[]): readonly (number | string)[] {
  const replies = network.fetchAllSync(requests);
  return 'failed' in replies ? [replies.failed.why] : replies.map(({ status }) => status);
}

const threadOf = (network: Network) => network.call('echo', 'thread', []);

describe('a network after another', () => {
  it('has the same thread', async () => {
    const first = await start([echo(['echo.example'])]);
    const thread = await threadOf(first);
    await first.close();
    expect(await threadOf(await start([echo(['echo.example'])]))).toBe(thread);
  });

  it('has nothing of it: neither its hosts, requests, faults, tokens, clock nor trace', async () => {
    const first = await start([echo(['echo.example', 'first.example']), echo(['other.example'], 'other')]);
    await first.setFaults([{ host: 'example', match: 'GET', play: { answer: { status: 503, body: '' } } }]);
    expect(statuses(first, get('/before'))).toEqual([503]);
    await first.setFaults([
      { host: 'example', match: '/faulty', play: { answer: { status: 503, body: '' } } },
    ]);
    expect(statuses(first, get('/seen'), get('/', 'first.example'))).toEqual([200, 200]);
    await first.close();

    const second = await start([echo(['echo.example'])], { token: 't2', ms: NOON_MS + HOUR_MS });
    expect(await second.call('echo', 'handled', [])).toEqual([]);
    expect(statuses(second, get('/faulty'), get('/own-date'))).toEqual([200, 200]);
    expect(second.trace).toHaveLength(2);
    expect(second.trace.map(({ round }) => round)).toEqual([1, 1]);
    expect(second.trace[1]?.reply).toMatchObject({ headers: { Date: 'Mon, 01 Jun 2026 13:00:00 GMT' } });
    expect(statuses(second, get('/', 'first.example'))).toEqual(['unreachable']);
    expect(await second.call('echo', 'emailOf', ['t1'])).toBeUndefined();
    expect(await second.call('echo', 'emailOf', ['t2'])).toBe('owner@example.com');
    expect(await second.call('echo', 'now', [])).toBe(NOON_MS + HOUR_MS);
    await expect(second.call('other', 'now', [])).rejects.toThrow('No virtual host is named other');
  });

  it('is told of its own broken hosts, and only once', async () => {
    await (await start([echo(['echo.example'])])).close();
    const second = await start([echo(['echo.example'])]);
    expect(() => second.fetchAllSync([get('/throws-later')])).toThrow('echo threw later');
    expect(statuses(second, get('/next'))).toEqual([200]);
  });

  it('is not ended when the first is closed once more', async () => {
    const first = await start([echo(['echo.example'])]);
    await first.close();
    const second = await start([echo(['echo.example'])]);
    await first.close();
    expect(() => first.fetchAllSync([get('/')])).toThrow('The network is gone');
    expect(statuses(second, get('/'))).toEqual([200]);
  });
});

describe('another thread is made', () => {
  it('while the first is in use, be it an idle one that was taken', async () => {
    await (await start([echo(['echo.example'])])).close();
    const first = await start([echo(['echo.example'])]);
    const second = await start([echo(['echo.example'])]);
    expect(await threadOf(second)).not.toBe(await threadOf(first));
  });

  it('after a host threw, or a batch was given up, since something may still be under way', async () => {
    const threads = new Set<unknown>();
    for (const path of ['/throws', '/silent', '/']) {
      const network = await start([echo(['echo.example'])], { giveUpAfterMs: 300 });
      threads.add(await threadOf(network));
      if (path !== '/') expect(() => network.fetchAllSync([get(path)])).toThrow();
      await network.close();
    }
    expect(threads.size).toBe(3);
  });

  it('when something of the closed network ended the idle one', async () => {
    const worker = thread("setTimeout(() => { throw new Error('too late'); }, 20);");
    expect(keepIdle('entry', worker)).toBe(true);
    await new Promise((resolve) => worker.once('exit', resolve));
    expect(takeIdleWorker('entry')).toBeNull();
  });

  it('for other modules', () => {
    const worker = thread('setInterval(() => {}, 1000);');
    keepIdle('entry', worker);
    expect(takeIdleWorker('other')).toBeNull();
    expect(takeIdleWorker('entry')).toBe(worker);
  });

  it('once idle threads are released, and unless they are asked for', async () => {
    const first = await start([echo(['echo.example'])]);
    const thread = await threadOf(first);
    await first.close();
    await release();
    const second = await start([echo(['echo.example'])]);
    const secondThread = await threadOf(second);
    expect(secondThread).not.toBe(thread);
    await second.close();
    expect(await threadOf(await start([echo(['echo.example'])]))).not.toBe(secondThread);
  });
});
