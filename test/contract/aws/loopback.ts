/** A virtual host on a loopback port, and ways for strangers to reach it under its production name. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Clock, VirtualHost } from '../../../scripts/local/contract.ts';
import type { Call } from '../../../src/clients/exchange.ts';
import type { HttpReply, HttpRequest } from '../../../src/host/host.ts';

export interface Loopback {
  readonly port: number;
  /** Connects any host name to this server; the `Host` header stays what the client wrote. */
  readonly agent: http.Agent;
  close(): Promise<void>;
}

export async function listen(host: VirtualHost): Promise<Loopback> {
  const server = http.createServer((request, response) => host.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });
  Object.assign(agent, { createConnection: () => net.connect(port, '127.0.0.1') });
  return {
    port,
    agent,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await host.close();
    },
  };
}

export function standingClock(ms: number): Clock {
  let now = ms;
  return {
    now: () => now,
    advance: (by) => {
      now += by;
    },
    set: (to) => {
      now = to;
    },
  };
}

export function replyOf(
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): HttpReply {
  const bytes = Buffer.from(body);
  return { status, headers, text: () => bytes.toString('utf8'), bytes: () => new Uint8Array(bytes) };
}

/** Sends as UrlFetchApp does: the host comes from the URL, the content type from its own option. */
export function fetchThrough(loopback: Loopback, request: HttpRequest): Promise<HttpReply> {
  const match = /^https:\/\/([^/?]+)([^#]*)$/.exec(request.url);
  if (match === null) throw new Error(`not an https address: ${request.url}`);
  const [, host = '', path = ''] = match;
  const forbidden = Object.keys(request.headers).find((name) =>
    /^(host|content-length|content-type)$/i.test(name),
  );
  if (forbidden !== undefined) throw new Error(`UrlFetchApp refuses the header ${forbidden}`);
  const headers = {
    ...request.headers,
    Host: host,
    ...(request.contentType === undefined ? {} : { 'Content-Type': request.contentType }),
  };
  return new Promise((resolve, reject) => {
    const options = {
      host,
      path: path === '' ? '/' : path,
      method: request.method,
      headers,
      agent: loopback.agent,
    };
    const sent = http.request(options, (incoming) => {
      const chunks: Uint8Array[] = [];
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      incoming.on('end', () => {
        const flat: Record<string, string> = {};
        for (const [name, value] of Object.entries(incoming.headers)) flat[name] = String(value);
        resolve(replyOf(incoming.statusCode ?? 0, new Uint8Array(Buffer.concat(chunks)), flat));
      });
    });
    sent.on('error', reject);
    sent.end(request.body);
  });
}

export interface Driven<T> {
  readonly value: T;
  readonly requests: readonly HttpRequest[];
}

/** Runs one call to its end over real HTTP, as the exchange does but for waiting; throws the call's error. */
export async function drive<T>(loopback: Loopback, first: Call<T>, nowMs: () => number): Promise<Driven<T>> {
  const requests: HttpRequest[] = [];
  let call = first;
  for (let round = 0; round < 1_000; round++) {
    const attempt = { nowMs: nowMs() };
    const request = call.request(attempt);
    requests.push(request);
    const settled = call.settle(await fetchThrough(loopback, request), attempt);
    if (settled.kind === 'done') return { value: settled.value, requests };
    if (settled.kind === 'failed' || settled.kind === 'retry') throw settled.error;
    if (settled.kind === 'all') throw new Error('a single call does not fan out');
    call = settled.kind === 'renew' ? settled.renew() : settled.call;
  }
  throw new Error('the call never ends');
}
