/**
 * The one door to all local services: an HTTP server on 127.0.0.1 that tells them apart by the `Host` header and
 * plays the faults that a test asks for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock, Fault, VirtualHost } from '../contract.ts';
import { type FaultBook, faultBook } from './faults.ts';
import type { WireFailure } from './messages.ts';
import { dateReply, halved, holdReply, zipped } from './outgoing.ts';

/** On replies that the gateway gives instead of silence, with `FAILURE_STATUS`; its value is a `WireFailure`. */
export const FAILURE_HEADER = 'x-local-gateway-failure';
/** No registered status (https://www.iana.org/assignments/http-status-codes). */
export const FAILURE_STATUS = 599;

export interface Gateway {
  readonly port: number;
  /** Replaces all faults; their counters start at nought. */
  setFaults(faults: readonly Fault[]): void;
  /** Closes the server and the virtual hosts. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly hosts: readonly VirtualHost[];
  readonly clock: Clock;
  /** Told when a virtual host throws, which it must not. */
  readonly onHostThrew: (error: unknown) => void;
}

/**
 * Starts the gateway on a free port of 127.0.0.1.
 *
 * @throws Error when two virtual hosts claim the same name, or a name isn't lower case.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const byName = hostsByName(options.hosts);
  let faults = faultBook([]);
  // No timeouts: a kept-alive socket that the server closes in the moment of its next use would look unreachable.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    try {
      serve(request, response, byName, faults, options.clock);
    } catch (error) {
      options.onHostThrew(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway has no port.');
  return {
    port: address.port,
    setFaults(next) {
      faults = faultBook(next);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all(options.hosts.map((host) => host.close()));
    },
  };
}

function hostsByName(hosts: readonly VirtualHost[]): ReadonlyMap<string, VirtualHost> {
  const byName = new Map<string, VirtualHost>();
  for (const host of hosts) {
    for (const name of host.hosts) {
      if (name !== name.toLowerCase()) throw new Error(`The host name ${name} must be lower case.`);
      if (byName.has(name)) throw new Error(`Two virtual hosts claim ${name}.`);
      byName.set(name, host);
    }
  }
  return byName;
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  byName: ReadonlyMap<string, VirtualHost>,
  faults: FaultBook,
  clock: Clock,
): void {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const target = request.headers['x-amz-target'];
  const play = faults.take({
    host: name,
    method: request.method ?? '',
    path: request.url ?? '',
    target: typeof target === 'string' ? target : '',
  });
  let skewMs = 0;
  dateReply(response, () => clock.now() + skewMs);

  if (play !== null && 'unreachable' in play) {
    request.socket.destroy();
    return;
  }
  if (play !== null && 'stall' in play) {
    fail(request, response, 'stall', 'A fault: no answer within the time limit.');
    return;
  }
  if (play !== null && 'answer' in play) {
    request.resume();
    const { status, body, headers } = play.answer;
    response.writeHead(status, { 'Content-Type': guessType(body), ...headers });
    response.end(body);
    return;
  }
  if (play !== null && 'quote' in play) {
    quoteRequest(request, response, play.quote);
    return;
  }
  const host = byName.get(name);
  if (host === undefined) {
    fail(request, response, 'unreachable', `No local service answers for the host ${name || '(none)'}.`);
    return;
  }
  if (play !== null) {
    if ('skewMs' in play) skewMs = play.skewMs;
    else if ('halve' in play) holdReply(response, halved);
    else if ('zip' in play) holdReply(response, (reply) => zipped(reply, response.hasHeader('x-amz-crc32')));
    else if ('lost' in play) {
      holdReply(response, () => {
        for (const header of response.getHeaderNames()) response.removeHeader(header);
        const { status, body } = play.lost;
        return { status, body: new TextEncoder().encode(body), headers: { 'Content-Type': guessType(body) } };
      });
    } else throw new Error(`The gateway knows no fault ${JSON.stringify(play)}.`);
  }
  host.handle(request, response);
}

function fail(request: IncomingMessage, response: ServerResponse, why: WireFailure, detail: string): void {
  request.resume();
  response.writeHead(FAILURE_STATUS, { [FAILURE_HEADER]: why, 'Content-Type': 'text/plain' });
  response.end(detail);
}

/** Headers that prove something come first: who cuts long words must cut them, too. */
function quoteRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: string },
): void {
  const chunks: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
    const first = headers.filter((header) => /^(authorization|x-amz-security-token):/.test(header));
    const text = [...first, Buffer.concat(chunks).toString(), request.url, ...headers].join('\n');
    const type = guessType(body);
    const quoted = type.startsWith('application/json') ? JSON.stringify(text).slice(1, -1) : text;
    response.writeHead(status, { 'Content-Type': type });
    response.end(body.replaceAll('%REQUEST%', () => quoted));
  });
}

/** Google's and AWS's front ends answer in HTML when the service behind them did not write the answer. */
function guessType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json; charset=UTF-8' : 'text/html; charset=UTF-8';
}
