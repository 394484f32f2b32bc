/**
 * The worker thread in which the gateway and all virtual hosts run, so that they answer while the script blocks. It
 * serves one network at a time; all that belongs to a network is made anew when the next is opened.
 */
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { createClock } from '../clock.ts';
import type { Clock, Tokens, VirtualHost } from '../contract.ts';
import { startGateway } from './gateway.ts';
import type {
  Ask,
  AsyncReply,
  AsyncRequest,
  ModuleSpec,
  Opening,
  Started,
  SyncReply,
  SyncRequest,
} from './messages.ts';
import { openWire } from './wire.ts';

type Factory = (options: Record<string, unknown>) => VirtualHost | Promise<VirtualHost>;

interface Serving {
  readonly port: number;
  answer(question: Ask): Promise<unknown>;
}

async function serve({ open: setup, syncPort }: Opening): Promise<Serving> {
  const signal = new Int32Array(setup.signal);
  const replySync = (reply: SyncReply): void => {
    const bodies =
      'outcomes' in reply ? reply.outcomes.flatMap((one) => ('failed' in one ? [] : [one.body.buffer])) : [];
    syncPort.postMessage(reply, bodies as ArrayBuffer[]);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const reportBroken = (error: unknown): void => {
    replySync({ broken: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };

  const clock = createClock(setup.clock, null);
  const tokens: Tokens = new Map(setup.tokens);
  const hosts = new Map<string, VirtualHost>();
  for (const spec of setup.hosts) {
    if (hosts.has(spec.name)) throw new Error(`Two virtual hosts are named ${spec.name}.`);
    hosts.set(spec.name, await makeHost(spec, clock, tokens, (name) => hosts.get(name)));
  }
  const gateway = await startGateway({ hosts: [...hosts.values()], clock, onHostThrew: reportBroken });
  const wire = openWire(gateway.port);

  syncPort.on('message', (asked: SyncRequest) => {
    const { id } = asked;
    if ('question' in asked) {
      answer({ ...asked.question, id })
        .then((value) => replySync({ id, answer: { id, value } }))
        .catch((error: unknown) => replySync({ id, answer: errorReply(id, error) }));
      return;
    }
    wire.sendAll(asked.requests).then(
      (outcomes) => replySync({ id, outcomes }),
      (error: unknown) => replySync({ id, refused: error instanceof Error ? error.message : String(error) }),
    );
  });
  // A host that throws later would leave the blocked main thread waiting for a reply that never comes.
  process.on('uncaughtException', reportBroken);
  process.on('unhandledRejection', reportBroken);

  return {
    port: gateway.port,
    async answer(question) {
      switch (question.ask) {
        case 'call':
          return callHost(hosts, question.host, question.method, question.args);
        case 'faults':
          return gateway.setFaults(question.faults);
        case 'close':
          wire.close();
          await gateway.close();
          process.off('uncaughtException', reportBroken);
          process.off('unhandledRejection', reportBroken);
          syncPort.close();
      }
    },
  };
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

function errorReply(id: number, error: unknown): AsyncReply {
  const thrown = error instanceof Error ? error : new Error(String(error));
  return { id, error: { name: thrown.name, message: thrown.message, stack: thrown.stack ?? '' } };
}

let serving: Serving | null = null;

async function open(opening: Opening): Promise<Started> {
  try {
    serving = await serve(opening);
    return { port: serving.port };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function answer(request: AsyncRequest): Promise<unknown> {
  if (serving === null) throw new Error('No network is open.');
  const asked = serving;
  if (request.ask === 'close') serving = null;
  return asked.answer(request);
}

parentPort?.on('message', (message: Opening | AsyncRequest) => {
  if ('open' in message) {
    open(message).then((started) => parentPort?.postMessage(started));
    return;
  }
  answer(message)
    .then((value) => parentPort?.postMessage({ id: message.id, value } satisfies AsyncReply))
    // Also when the value can't be cloned.
    .catch((error: unknown) => parentPort?.postMessage(errorReply(message.id, error)));
});
