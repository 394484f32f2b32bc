/** The client side of the loopback: sends requests with production URLs to the gateway. */
import { Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { FAILURE_HEADER, FAILURE_STATUS } from './gateway.ts';
import type { WireOutcome, WireReply, WireRequest } from './messages.ts';

export interface Wire {
  /**
   * Sends the requests of one batch; outcomes come in the order of the requests. The requests go out one after the
   * other: all services live in one thread, so nothing is lost, and the same batch meets them in the same order
   * each time. Redirects are not followed.
   * @throws Error when a URL or a header is none that HTTP can carry.
   */
  sendAll(requests: readonly WireRequest[]): Promise<WireOutcome[]>;
  close(): void;
}

/** Headers that speak of the loopback connection, not of the reply. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

export function openWire(gatewayPort: number): Wire {
  const agent = new Agent({ keepAlive: true });
  return {
    async sendAll(requests) {
      const targets = requests.map((request) => splitUrl(request.url));
      const outcomes: WireOutcome[] = [];
      for (const [index, request] of requests.entries()) {
        const target = targets[index];
        if (target !== undefined) outcomes.push(await send(request, target, gatewayPort, agent));
      }
      return outcomes;
    },
    close: () => agent.destroy(),
  };
}

interface Target {
  readonly host: string;
  readonly path: string;
}

/** By hand, because `URL` would escape and resolve once more what is signed already. */
function splitUrl(url: string): Target {
  const [, host, rest] = /^https:\/\/([^/?#@]+)(?=[/?#]|$)([^#]*)/i.exec(url) ?? [];
  if (host === undefined || rest === undefined) throw new Error(`Not an absolute https URL: ${url}`);
  return { host, path: rest.startsWith('/') ? rest : `/${rest}` };
}

function send(request: WireRequest, target: Target, port: number, agent: Agent): Promise<WireOutcome> {
  return new Promise((resolve, reject) => {
    const unreachable = (error: Error) => resolve({ failed: 'unreachable', detail: error.message });
    // Node leaves the length out for some methods, and sends a body without one.
    const length = request.body === null ? {} : { 'Content-Length': String(request.body.length) };
    const outgoing = openRequest({
      host: '127.0.0.1',
      port,
      agent,
      method: request.method.toUpperCase(),
      path: target.path,
      headers: { ...request.headers, ...length, Host: target.host },
    });
    outgoing.on('error', unreachable);
    outgoing.on('response', (incoming) => {
      const chunks: Uint8Array[] = [];
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      incoming.on('error', unreachable);
      incoming.on('end', () => resolve(outcomeOf(incoming, new Uint8Array(Buffer.concat(chunks)))));
    });
    try {
      outgoing.end(request.body ?? undefined);
    } catch (error) {
      reject(error);
    }
  });
}

function outcomeOf(incoming: IncomingMessage, body: Uint8Array): WireOutcome {
  const status = incoming.statusCode ?? 0;
  const why = incoming.headers[FAILURE_HEADER];
  if (status === FAILURE_STATUS && (why === 'stall' || why === 'unreachable')) {
    return { failed: why, detail: Buffer.from(body).toString() };
  }
  return { status, headers: headersOf(incoming), body };
}

function headersOf(incoming: IncomingMessage): WireReply['headers'] {
  const byLowerName = new Map<string, { name: string; values: string[] }>();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? '';
    const key = name.toLowerCase();
    if (HOP_BY_HOP.has(key)) continue;
    const known = byLowerName.get(key) ?? { name, values: [] };
    known.values.push(incoming.rawHeaders[index + 1] ?? '');
    byLowerName.set(key, known);
  }
  const headers: Record<string, string | string[]> = {};
  for (const { name, values } of byLowerName.values()) {
    headers[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return headers;
}
