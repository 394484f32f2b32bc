/** A virtual host for the network's tests: says what reached it, and misbehaves on request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { threadId } from 'node:worker_threads';
import type { Clock, Tokens, VirtualHost } from '../../../scripts/local/contract.ts';

interface EchoOptions {
  readonly hosts: readonly string[];
  readonly clock: Clock;
  readonly tokens: Tokens;
}

export interface EchoHost extends VirtualHost {
  /** Method and path of every request answered. */
  handled(): readonly string[];
  add(a: number, b: number): Promise<number>;
  fails(): never;
  uncloneable(): () => void;
  now(): number;
  advance(ms: number): void;
  emailOf(token: string): string | undefined;
  thread(): number;
}

export function createEchoHost({ hosts, clock, tokens }: EchoOptions): EchoHost {
  const handled: string[] = [];
  return {
    hosts,
    handle(request, response) {
      if (request.url === '/throws') throw new Error('echo threw at once');
      if (request.url === '/throws-later') {
        setImmediate(() => {
          throw new Error('echo threw later');
        });
        return;
      }
      if (request.url === '/silent') return;
      readBody(request).then((body) => {
        handled.push(`${request.method} ${request.url}`);
        answer(request, response, body);
      });
    },
    close: async () => {},
    handled: () => handled,
    add: async (a, b) => a + b,
    fails: () => {
      throw new RangeError('echo fails');
    },
    uncloneable: () => () => {},
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    emailOf: (token) => tokens.get(token)?.email,
    thread: () => threadId,
  };
}

export function createBrokenHost(): never {
  throw new Error('this factory throws');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (request.url === '/redirect') {
    response.writeHead(302, { Location: 'https://echo.example/elsewhere' }).end();
    return;
  }
  if (request.url === '/bytes') {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(body);
    return;
  }
  if (request.url === '/cookies') {
    response.writeHead(204, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-One', '1']).end();
    return;
  }
  if (request.url === '/own-date') {
    response.setHeader('x-amz-crc32', '1');
    response.setHeader('Content-Length', 'spoken in two parts'.length);
    response.writeHead(200, 'Fine', { Date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'Content-Type': 'text/plain' });
    response.write('spoken ');
    response.end('in two parts');
    return;
  }
  const { method, url, headers } = request;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ method, url, headers, body: body.toString('latin1') }));
}
