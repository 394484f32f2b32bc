/** The fakes on the real loopback network: the script blocks, the servers answer from their own thread. */
import { join } from 'node:path';
import { CLOCK_BYTES, createClock } from '../../../scripts/local/clock.ts';
import type { Fault } from '../../../scripts/local/contract.ts';
import { type Network, startNetwork } from '../../../scripts/local/network/start-network.ts';
import { START_MS, type Toy, toy } from './toy.ts';

let network: Network;
let workspace: Toy;

beforeAll(async () => {
  const memory = new SharedArrayBuffer(CLOCK_BYTES);
  const clock = createClock(memory, START_MS);
  network = await startNetwork({
    clock: memory,
    tokens: new Map(),
    hosts: [
      {
        name: 'echo',
        module: join(import.meta.dirname, '../network/echo-host.ts'),
        factory: 'createEchoHost',
        options: { hosts: ['echo.example'] },
      },
    ],
  });
  workspace = toy({ clock, reply: (requests) => network.fetchAllSync(requests) });
});

afterAll(() => network.close());

const faults = (...list: Fault[]) => network.setFaults(list);

test('a script reaches a server, and reads its answer', () => {
  const code = `const [a, b] = UrlFetchApp.fetchAll([
      { url: 'https://echo.example/a?b=1', headers: { 'X-A': 'é'.length } },
      { url: 'https://echo.example/bytes', method: 'post', payload: [-1, 0, 1] }]);
    const seen = JSON.parse(a.getContentText());
    [seen.method, seen.url, seen.headers.host, seen.headers['x-a'], b.getContent()]`;
  expect(workspace.evaluate(code)).toEqual(['GET', '/a?b=1', 'echo.example', '1', [-1, 0, 1]]);
});

test('a stall throws the batch away and takes a minute of the six', async () => {
  const { evaluate, clock } = workspace;
  await faults({ host: 'echo.example', match: '/slow', play: { stall: true } });
  const before = clock.now();
  const fetch = `UrlFetchApp.fetchAll(['https://echo.example/', 'https://echo.example/slow'])`;
  expect(() => evaluate(fetch)).toThrow('Timeout: https://echo.example/slow');
  expect(clock.now() - before).toBe(60_000);
  expect(() => evaluate(`for (;;) try { ${fetch} } catch (e) { if (/Exceeded/.test(e)) throw e }`)).toThrow(
    'Exceeded maximum execution time',
  );
  await faults();
});

test('an unreachable or unknown host throws the batch away; a zipped answer is unzipped', async () => {
  const { evaluate } = workspace;
  await faults(
    { host: 'echo.example', match: '/gone', play: { unreachable: true } },
    { host: 'echo.example', match: '/zip', play: { zip: true } },
  );
  expect(() =>
    evaluate(`UrlFetchApp.fetchAll(['https://echo.example/', 'https://echo.example/gone'])`),
  ).toThrow('Address unavailable: https://echo.example/gone');
  expect(() => evaluate(`UrlFetchApp.fetch('https://nobody.example/')`)).toThrow('Address unavailable');
  expect(evaluate(`JSON.parse(UrlFetchApp.fetch('https://echo.example/zip').getContentText()).url`)).toBe(
    '/zip',
  );
  await faults();
});
