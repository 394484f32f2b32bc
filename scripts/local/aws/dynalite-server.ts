/** One region's DynamoDB: dynalite in memory, on a loopback port of its own, reached by nobody but its proxy. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

export interface DynaliteReply {
  readonly status: number;
  readonly body: Uint8Array;
}

export interface DynaliteServer {
  /** Sends what a client sent, past the signature. */
  forward(request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: Uint8Array;
  }): Promise<DynaliteReply>;
  /** Runs one action of the API. @throws Error with DynamoDB's name and words when it is refused. */
  run(action: string, input: unknown): Promise<Record<string, unknown>>;
  /** Whether anything was asked that may change a table. */
  isWritten(): boolean;
  /** From now on it counts as not written. */
  forgetWrites(): void;
  close(): Promise<void>;
}

const READING = /\.(Query|Scan|GetItem|BatchGetItem)$/;
const HARMLESS = /\.(Query|Scan|GetItem|BatchGetItem|Describe\w+|List\w+)$/;
const MOST_READINGS = 200;

export async function startDynalite(): Promise<DynaliteServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  surviveOddInput(server);
  // An idle connection that is closed just as it is used again would look like a fault of AWS.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });

  const forward: DynaliteServer['forward'] = ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path,
        headers: { ...headers, 'content-length': String(body.length) },
      };
      const request = http.request(options, (reply) => {
        const chunks: Uint8Array[] = [];
        reply.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 500, body: new Uint8Array(Buffer.concat(chunks)) }),
        );
      });
      request.on('error', reject);
      request.end(body);
    });

  /** What was read since the last write, by what was asked: a scene asks the same again and again. */
  const readings = new Map<string, DynaliteReply>();
  let isWritten = false;
  const remembered: DynaliteServer['forward'] = async (request) => {
    const target = request.headers['x-amz-target'] ?? '';
    if (!HARMLESS.test(target)) {
      isWritten = true;
      readings.clear();
    }
    if (!READING.test(target)) return forward(request);
    const key = `${target} ${Buffer.from(request.body).toString('latin1')}`;
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reply = await forward(request);
    if (readings.size >= MOST_READINGS) readings.clear();
    if (reply.status === 200) readings.set(key, reply);
    return reply;
  };

  return {
    forward: remembered,
    async run(action, input) {
      if (!HARMLESS.test(`.${action}`)) isWritten = true;
      readings.clear();
      const reply = await forward({
        method: 'POST',
        path: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${action}`,
          'x-amz-date': '20260101T000000Z',
          // Dynalite wants the fields and checks none.
          authorization: 'AWS4-HMAC-SHA256 Credential=inside, SignedHeaders=host, Signature=inside',
        },
        body: new Uint8Array(Buffer.from(JSON.stringify(input))),
      });
      const body = JSON.parse(Buffer.from(reply.body).toString()) as Record<string, unknown>;
      if (reply.status !== 200) throw new Error(`${action}: ${String(body.__type)}: ${String(body.message)}`);
      return body;
    },
    isWritten: () => isWritten,
    forgetWrites() {
      isWritten = false;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/**
 * Dynalite throws, and takes the process along, where the input has a null inside a structure. DynamoDB answers with
 * a SerializationException.
 */
function surviveOddInput(server: http.Server): void {
  const [handler] = server.listeners('request') as http.RequestListener[];
  if (handler === undefined) throw new Error('dynalite has no request handler');
  server.removeAllListeners('request');
  server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
    const listen = request.on.bind(request);
    const guarded = (event: string, listener: (...values: unknown[]) => void): http.IncomingMessage =>
      listen(event, (...values: unknown[]) => {
        try {
          listener(...values);
        } catch {
          response.statusCode = 400;
          response.end('{"__type":"com.amazon.coral.service#SerializationException"}');
        }
      });
    Object.assign(request, { on: guarded });
    handler(request, response);
  });
}
