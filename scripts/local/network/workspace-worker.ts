/** The worker thread in which the gateway and all virtual hosts run, so that they answer while the script blocks. */
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createClock } from '../clock.ts';
import type { Clock, Tokens, VirtualHost } from '../contract.ts';
import { type Gateway, startGateway } from './gateway.ts';
import type {
  AsyncReply,
  AsyncRequest,
  ModuleSpec,
  Started,
  SyncReply,
  SyncRequest,
  WorkerSetup,
} from './messages.ts';
import { openWire, type Wire } from './wire.ts';

type Factory = (options: Record<string, unknown>) => VirtualHost | Promise<VirtualHost>;

const { syncPort, setup } = workerData as { syncPort: MessagePort; setup: WorkerSetup };
const signal = new Int32Array(setup.signal);

function replySync(reply: SyncReply): void {
  const bodies =
    'outcomes' in reply ? reply.outcomes.flatMap((one) => ('failed' in one ? [] : [one.body.buffer])) : [];
  syncPort.postMessage(reply, bodies as ArrayBuffer[]);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

function reportBroken(error: unknown): void {
  replySync({ broken: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

async function makeHost(
  spec: ModuleSpec,
  clock: Clock,
  tokens: Tokens,
  peer: (name: string) => VirtualHost | undefined,
): Promise<VirtualHost> {
  const loaded = (await import(pathToFileURL(spec.module).href)) as Record<string, unknown>;
  const factory = loaded[spec.factory];
  if (typeof factory !== 'function') throw new Error(`${spec.module} exports no function ${spec.factory}.`);
  return (factory as Factory)({ ...spec.options, clock, tokens, peer });
}

async function callHost(
  hosts: ReadonlyMap<string, VirtualHost>,
  name: string,
  method: string,
  args: readonly unknown[],
) {
  const host = hosts.get(name);
  if (host === undefined) throw new Error(`No virtual host is named ${name}.`);
  const found = (host as unknown as Record<string, unknown>)[method];
  if (typeof found !== 'function') throw new Error(`The virtual host ${name} has no method ${method}.`);
  return (await found.apply(host, args)) as unknown;
}

async function answer(
  request: AsyncRequest,
  hosts: ReadonlyMap<string, VirtualHost>,
  gateway: Gateway,
  wire: Wire,
): Promise<unknown> {
  switch (request.ask) {
    case 'call':
      return callHost(hosts, request.host, request.method, request.args);
    case 'faults':
      return gateway.setFaults(request.faults);
    case 'close':
      wire.close();
      return gateway.close();
  }
}

function errorReply(id: number, error: unknown): AsyncReply {
  const thrown = error instanceof Error ? error : new Error(String(error));
  return { id, error: { name: thrown.name, message: thrown.message, stack: thrown.stack ?? '' } };
}

async function run(): Promise<void> {
  const clock = createClock(setup.clock, null);
  const tokens: Tokens = new Map(setup.tokens);
  const hosts = new Map<string, VirtualHost>();
  for (const spec of setup.hosts) {
    if (hosts.has(spec.name)) throw new Error(`Two virtual hosts are named ${spec.name}.`);
    hosts.set(spec.name, await makeHost(spec, clock, tokens, (name) => hosts.get(name)));
  }
  const gateway = await startGateway({ hosts: [...hosts.values()], clock, onHostThrew: reportBroken });
  const wire = openWire(gateway.port);

  syncPort.on('message', ({ id, requests }: SyncRequest) => {
    wire.sendAll(requests).then(
      (outcomes) => replySync({ id, outcomes }),
      (error: unknown) => replySync({ id, refused: error instanceof Error ? error.message : String(error) }),
    );
  });
  parentPort?.on('message', (request: AsyncRequest) => {
    answer(request, hosts, gateway, wire)
      .then((value) => parentPort?.postMessage({ id: request.id, value } satisfies AsyncReply))
      // Also when the value can't be cloned.
      .catch((error: unknown) => parentPort?.postMessage(errorReply(request.id, error)));
  });
  parentPort?.postMessage({ port: gateway.port } satisfies Started);
}

run().then(
  () => {
    // A host that throws later would leave the blocked main thread waiting for a reply that never comes.
    process.on('uncaughtException', reportBroken);
    process.on('unhandledRejection', reportBroken);
  },
  (error: unknown) => {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ failed } satisfies Started);
  },
);
