import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Fault, Grant } from '../../../scripts/local/contract.ts';
import type { ModuleSpec, WireReply, WireRequest } from '../../../scripts/local/network/messages.ts';
import { type Network, startNetwork } from '../../../scripts/local/network/start-network.ts';

const NOON_MS = Date.UTC(2026, 5, 1, 12);
const open: Network[] = [];

function echo(overrides: Partial<ModuleSpec> = {}): ModuleSpec {
  return {
    name: 'echo',
    module: join(import.meta.dirname, 'echo-host.ts'),
    factory: 'createEchoHost',
    options: { hosts: ['echo.example', 'second.example'] },
    ...overrides,
  };
}

function clockMemory(ms = NOON_MS): { memory: SharedArrayBuffer; now(): number } {
  const memory = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(memory);
  cell[0] = BigInt(ms);
  return { memory, now: () => Number(cell[0]) };
}

async function start(
  hosts: readonly ModuleSpec[] = [echo()],
  clock = clockMemory(),
  giveUpAfterMs = 20_000,
): Promise<Network> {
  const tokens = new Map<string, Grant>([['t1', { email: 'owner@example.com', scopes: ['openid'] }]]);
  const network = await startNetwork({ hosts, clock: clock.memory, tokens, giveUpAfterMs });
  open.push(network);
  return network;
}

function get(url: string, headers: Record<string, string> = {}): WireRequest {
  return { method: 'GET', url, headers, body: null };
}

function repliesOf(outcome: ReturnType<Network['fetchAllSync']>): WireReply[] {
  if ('failed' in outcome) throw new Error(`The batch failed: ${JSON.stringify(outcome)}`);
  return outcome;
}

function json(reply: WireReply | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(reply?.body ?? []).toString()) as Record<string, unknown>;
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(reply: WireReply | undefined): string {
  return Buffer.from(reply?.body ?? []).toString();
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((network) => network.close()));
});

describe('a call that waits', () => {
  it('is answered at once, between batches too, with what the method gave or threw', async () => {
    const network = await start();
    expect(network.callSync('echo', 'add', [2, 3])).toBe(5);
    network.fetchAllSync([get('https://echo.example/one')]);
    expect(network.callSync('echo', 'handled', [])).toEqual(['GET /one']);
    expect(() => network.callSync('echo', 'fails', [])).toThrow('echo fails');
    expect(() => network.callSync('echo', 'uncloneable', [])).toThrow('could not be cloned');
    network.setFaultsSync([{ host: 'echo', play: { unreachable: true } }]);
    expect(network.fetchAllSync([get('https://echo.example/two')])).toEqual({
      failed: { index: 0, why: 'unreachable' },
    });
  });
});

describe('a batch', () => {
  it('reaches the service with the production host, the exact path and the headers, and nothing added', async () => {
    const network = await start();
    const url = "https://Echo.example/a%2Fb/../c?q=it's%20%7Bhere%7D&x=1+2#fragment";
    const [reply] = repliesOf(network.fetchAllSync([get(url, { 'X-Amz-Target': 'T.Query' })]));
    expect(json(reply)).toEqual({
      method: 'GET',
      url: "/a%2Fb/../c?q=it's%20%7Bhere%7D&x=1+2",
      headers: { host: 'Echo.example', 'x-amz-target': 'T.Query', connection: 'keep-alive' },
      body: '',
    });
  });

  it('is answered in the order of the requests, whatever their status', async () => {
    const network = await start();
    const urls = ['/cookies', '/one', '/redirect', '/two'].map((path) => get(`https://echo.example${path}`));
    const replies = repliesOf(network.fetchAllSync(urls));
    expect(replies.map((reply) => reply.status)).toEqual([204, 200, 302, 200]);
    expect(json(replies[3]).url).toBe('/two');
  });

  it('reaches the services in the order of the requests, so that the same input gives the same ids', async () => {
    const network = await start();
    const paths = Array.from({ length: 40 }, (_, index) => `/${index}`);
    const big = new Uint8Array(300_000);
    network.fetchAllSync(
      paths.map((path, index) => ({
        method: 'POST',
        url: `https://echo.example${path}`,
        headers: {},
        body: index % 3 === 0 ? big : null,
      })),
    );
    expect(await network.call('echo', 'handled', [])).toEqual(paths.map((path) => `POST ${path}`));
  });

  it('carries every byte there and back', async () => {
    const network = await start();
    const memory = new Uint8Array(70_000).map((_, index) => index % 256);
    const body = memory.subarray(1, 66_000);
    const request = { method: 'PUT', url: 'https://echo.example/bytes', headers: {}, body };
    const [reply] = repliesOf(network.fetchAllSync([request]));
    expect(reply?.body).toEqual(new Uint8Array(body));
  });

  it('has a length and a body with DELETE too', async () => {
    const network = await start();
    const body = bytes('gone');
    const request = { method: 'delete', url: 'https://echo.example/x', headers: {}, body };
    const [reply] = repliesOf(network.fetchAllSync([request]));
    expect(json(reply)).toMatchObject({ method: 'DELETE', body: 'gone', headers: { 'content-length': '4' } });
  });

  it('keeps a header that came twice as two values, and says nothing of the loopback connection', async () => {
    const network = await start();
    const [reply] = repliesOf(network.fetchAllSync([get('https://echo.example/cookies')]));
    expect(reply?.headers).toEqual({
      'Set-Cookie': ['a=1', 'b=2'],
      'X-One': '1',
      Date: 'Mon, 01 Jun 2026 12:00:00 GMT',
    });
  });

  it('of no requests is answered with nothing and leaves no trace', async () => {
    const network = await start();
    expect(network.fetchAllSync([])).toEqual([]);
    expect(network.trace).toEqual([]);
  });

  it('to a host that nobody serves fails as unreachable, and says which in the trace', async () => {
    const network = await start();
    const outcome = network.fetchAllSync([get('https://echo.example/'), get('https://nobody.example/')]);
    expect(outcome).toEqual({ failed: { index: 1, why: 'unreachable' } });
    expect(network.trace[1]?.reply).toEqual({ failed: expect.stringContaining('nobody.example') });
  });

  it.each(['http://echo.example/', '/relative', 'https://user@echo.example/', 'https://echo.example/sp ace'])(
    'with the URL %s is refused as a defect, and the network goes on',
    async (url) => {
      const network = await start();
      expect(() => network.fetchAllSync([get(url)])).toThrow('The network refuses the batch');
      expect(repliesOf(network.fetchAllSync([get('https://echo.example/')]))).toHaveLength(1);
    },
  );

  it('that a host throws on is a defect with the words of the host, never a hang', async () => {
    const network = await start();
    expect(() => network.fetchAllSync([get('https://echo.example/throws')])).toThrow('echo threw at once');
    expect(() => network.fetchAllSync([get('https://echo.example/throws-later')])).toThrow(
      'echo threw later',
    );
  });

  it('that is never answered ends with an error, and its late reply is not taken for another', async () => {
    const network = await start([echo()], clockMemory(), 300);
    expect(() => network.fetchAllSync([get('https://echo.example/silent')])).toThrow(
      'did not answer within 300 ms',
    );
    await network.call('echo', 'advance', [0]);
    expect(json(repliesOf(network.fetchAllSync([get('https://echo.example/next')]))[0]).url).toBe('/next');
  });
});

describe('faults', () => {
  async function withFaults(faults: readonly Fault[], clock = clockMemory()): Promise<Network> {
    const network = await start([echo()], clock);
    await network.setFaults(faults);
    return network;
  }

  it('unreachable fails the whole batch at the first request hit, while the others did reach their service', async () => {
    const clock = clockMemory();
    const network = await withFaults([{ host: 'second', play: { unreachable: true } }], clock);
    const batch = ['https://echo.example/a', 'https://second.example/b', 'https://echo.example/c'].map(
      (url) => get(url),
    );
    expect(network.fetchAllSync(batch)).toEqual({ failed: { index: 1, why: 'unreachable' } });
    expect(await network.call('echo', 'handled', [])).toEqual(['GET /a', 'GET /c']);
    expect(clock.now()).toBe(NOON_MS);
  });

  it('stall fails the whole batch at once and moves the clock by a minute, once', async () => {
    const clock = clockMemory();
    const network = await withFaults([{ host: 'second.example', play: { stall: true } }], clock);
    const batch = [get('https://second.example/b'), get('https://second.example/c')];
    expect(network.fetchAllSync(batch)).toEqual({ failed: { index: 0, why: 'stall' } });
    expect(clock.now()).toBe(NOON_MS + 60_000);
    expect(await network.call('echo', 'now', [])).toBe(NOON_MS + 60_000);
    expect(await network.call('echo', 'handled', [])).toEqual([]);
  });

  it('answer speaks instead of the service', async () => {
    const body = '{"__type":"ThrottlingException"}';
    const headers = { 'Content-Type': 'application/x-amz-json-1.0' };
    const network = await withFaults([
      { host: 'echo', match: 'DynamoDB_20120810.Query', play: { answer: { status: 400, body, headers } } },
    ]);
    const target = { 'X-Amz-Target': 'DynamoDB_20120810.Query' };
    const [hit, missed] = repliesOf(
      network.fetchAllSync([get('https://echo.example/', target), get('https://echo.example/')]),
    );
    expect([hit?.status, text(hit), hit?.headers['Content-Type']]).toEqual([
      400,
      body,
      'application/x-amz-json-1.0',
    ]);
    expect(missed?.status).toBe(200);
    expect(await network.call('echo', 'handled', [])).toEqual(['GET /']);
  });

  it('quote answers with the whole request, in JSON as JSON wants it, without asking the service', async () => {
    const network = await withFaults([
      { host: 'echo', match: '/json', play: { quote: { status: 400, body: '{"message":"%REQUEST%"}' } } },
      { host: 'echo', match: '/page', play: { quote: { status: 503, body: '<pre>%REQUEST%</pre>' } } },
    ]);
    const [json, page] = repliesOf(
      network.fetchAllSync(
        ['/json', '/page'].map((path) => ({
          method: 'POST',
          url: `https://echo.example${path}?a=1`,
          headers: { Authorization: 'Bearer x' },
          body: bytes('says "hello"'),
        })),
      ),
    );
    expect([json?.status, page?.status]).toEqual([400, 503]);
    const { message } = JSON.parse(text(json)) as { message: string };
    for (const words of ['authorization: Bearer x', 'says "hello"', '/json?a=1']) {
      expect(message).toContain(words);
      expect(text(page)).toContain(words.replace('json', 'page'));
    }
    expect(await network.call('echo', 'handled', [])).toEqual([]);
  });

  it('lost lets the service work, then hides its answer', async () => {
    const network = await withFaults([
      { host: 'echo', match: 'POST', play: { lost: { status: 503, body: '<p>' } } },
    ]);
    const request = {
      method: 'POST',
      url: 'https://echo.example/own-date',
      headers: {},
      body: bytes('hello'),
    };
    const [reply] = repliesOf(network.fetchAllSync([request]));
    expect(reply?.status).toBe(503);
    expect(text(reply)).toBe('<p>');
    expect(reply?.headers['x-amz-crc32']).toBeUndefined();
    expect(await network.call('echo', 'handled', [])).toEqual(['POST /own-date']);
  });

  it('halve cuts the body in half, with a length that fits', async () => {
    const network = await withFaults([{ host: 'echo', play: { halve: true } }]);
    const [reply] = repliesOf(network.fetchAllSync([get('https://echo.example/own-date')]));
    expect(text(reply)).toBe('spoken in');
    expect(reply?.headers).toMatchObject({ 'Content-Length': '9' });
  });

  it('zip encodes the body and makes the checksum of the bytes on the wire anew, as DynamoDB does', async () => {
    const network = await withFaults([{ host: 'echo', play: { zip: true } }]);
    const [reply] = repliesOf(network.fetchAllSync([get('https://echo.example/own-date')]));
    const body = new Uint8Array(reply?.body ?? []);
    expect(reply?.headers).toMatchObject({
      'Content-Encoding': 'gzip',
      'Content-Length': String(body.length),
    });
    expect(gunzipSync(body).toString()).toBe('spoken in two parts');
    expect(reply?.headers['x-amz-crc32']).toBe(String(crc32Of(body)));
  });

  it('skewMs tells a Date that far from the clock; without it Date is the clock, whatever the service says', async () => {
    const network = await withFaults([{ host: 'echo', times: 1, play: { skewMs: 600_000 } }]);
    const batch = [get('https://echo.example/own-date'), get('https://echo.example/own-date')];
    const dates = repliesOf(network.fetchAllSync(batch)).map((reply) => reply.headers.Date);
    expect(dates).toEqual(['Mon, 01 Jun 2026 12:10:00 GMT', 'Mon, 01 Jun 2026 12:00:00 GMT']);
  });

  it('skip and times count the requests that match, in their order', async () => {
    const answer = (status: number) => ({ answer: { status, body: '{}' } });
    const network = await withFaults([
      { host: 'echo.example', match: '/x', skip: 1, times: 1, play: answer(501) },
      { host: 'echo.example', match: '/x', skip: 2, times: 1, play: answer(502) },
    ]);
    const batch = ['/x', '/y', '/x', '/x?z', '/x'].map((path) => get(`https://echo.example${path}`));
    const replies = repliesOf(network.fetchAllSync(batch));
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 501, 502, 200]);
  });

  it('set again begin anew, and none means none', async () => {
    const fault: Fault = { host: 'echo', times: 1, play: { answer: { status: 500, body: '' } } };
    const network = await withFaults([fault]);
    const statusNow = () => repliesOf(network.fetchAllSync([get('https://echo.example/')]))[0]?.status;
    expect([statusNow(), statusNow()]).toEqual([500, 200]);
    await network.setFaults([fault]);
    expect(statusNow()).toBe(500);
    await network.setFaults([]);
    expect(statusNow()).toBe(200);
  });
});

describe('the virtual hosts', () => {
  it('can be called by name, with the clock and the tokens they were given', async () => {
    const clock = clockMemory();
    const network = await start([echo()], clock);
    expect(await network.call('echo', 'add', [2, 3])).toBe(5);
    expect(await network.call('echo', 'emailOf', ['t1'])).toBe('owner@example.com');
    await network.call('echo', 'advance', [5_000]);
    expect(clock.now()).toBe(NOON_MS + 5_000);
  });

  it('that throw, are not there, or answer what no thread can pass on, reject the call and live on', async () => {
    const network = await start();
    await expect(network.call('echo', 'fails', [])).rejects.toMatchObject({
      name: 'RangeError',
      message: 'echo fails',
    });
    await expect(network.call('echo', 'nothing', [])).rejects.toThrow('has no method nothing');
    await expect(network.call('nobody', 'add', [])).rejects.toThrow('No virtual host is named nobody');
    await expect(network.call('echo', 'uncloneable', [])).rejects.toThrow('could not be cloned');
    expect(await network.call('echo', 'add', [1, 1])).toBe(2);
  });

  it.each([
    ['a factory throws', [echo({ factory: 'createBrokenHost' })], 'this factory throws'],
    ['a factory is missing', [echo({ factory: 'nothing' })], 'exports no function nothing'],
    ['two share a name', [echo(), echo()], 'Two virtual hosts are named echo'],
    ['two claim a host', [echo(), echo({ name: 'other' })], 'Two virtual hosts claim echo.example'],
    ['a host name is not lower case', [echo({ options: { hosts: ['Echo.example'] } })], 'must be lower case'],
  ])('do not start when %s', async (_case, hosts, message) => {
    await expect(start(hosts)).rejects.toThrow(message);
  });

  it('are gone after close', async () => {
    const network = await start();
    await network.close();
    expect(() => network.fetchAllSync([get('https://echo.example/')])).toThrow('The network is gone');
    await expect(network.call('echo', 'add', [1, 1])).rejects.toThrow('The network is gone');
  });
});

describe('the trace', () => {
  it('keeps every exchange with its round, its time and the URL that production uses', async () => {
    const network = await start();
    await network.setFaults([{ host: 'second', play: { stall: true } }]);
    network.fetchAllSync([
      { method: 'POST', url: 'https://echo.example/bytes', headers: { A: 'b' }, body: bytes('hi') },
    ]);
    network.fetchAllSync([get('https://second.example/'), get('https://echo.example/cookies')]);
    expect(network.trace).toMatchObject([
      { startedMs: NOON_MS, round: 1, request: { url: 'https://echo.example/bytes', headers: { A: 'b' } } },
      { startedMs: NOON_MS, round: 2, reply: { failed: expect.stringMatching(/^stall/) } },
      { startedMs: NOON_MS, round: 2, reply: { status: 204, headers: { 'Set-Cookie': 'a=1, b=2' } } },
    ]);
    expect(Buffer.from(network.trace[0]?.request.body ?? []).toString()).toBe('hi');
  });
});

/** By an independent way: gzip ends with the CRC-32 and the length of what it holds (RFC 1952, section 2.3). */
function crc32Of(body: Uint8Array): number {
  const zipped = gzipSync(body);
  return zipped.readUInt32LE(zipped.length - 8);
}
