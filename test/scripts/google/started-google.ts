/** A local Google behind a real HTTP server, and a client that says which production host it means. */
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Tokens } from '../../../scripts/local/contract.ts';
import type { GoogleHost } from '../../../scripts/local/google/google-host.ts';
import { createGoogleHost } from '../../../scripts/local/google/google-host.ts';
import type { OAuthClientRecord } from '../../../scripts/local/google/oauth-clients.ts';

export const EMAIL = 'pat@harbor.example';
/** 2026-06-01 10:00 UTC */
export const NOW_MS = Date.UTC(2026, 5, 1, 10);

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The JSON body; undefined when it is none. */
  readonly json: Json;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look deep into JSON that they then compare
export type Json = any;

export interface StartedGoogle {
  readonly google: GoogleHost;
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** A token with these scopes, written without `https://www.googleapis.com/auth/`. */
  token(...scopes: string[]): string;
  send(
    method: string,
    url: string,
    options?: { token?: string; type?: string; body?: string | Uint8Array; headers?: Record<string, string> },
  ): Promise<Reply>;
  close(): Promise<void>;
}

export async function startGoogle(
  nowMs = NOW_MS,
  clients?: readonly OAuthClientRecord[],
): Promise<StartedGoogle> {
  let now = nowMs;
  const clock: Clock = {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (ms) => {
      now = ms;
    },
  };
  const tokens: Tokens = new Map();
  let ids = 0;
  const google = await createGoogleHost({
    user: { email: EMAIL, name: 'Pat Harbor' },
    otherUsers: [{ email: 'kim@harbor.example', name: 'Kim' }],
    tokens,
    ...(clients === undefined ? {} : { clients }),
    clock,
    uuid: () => {
      ids += 1;
      return `uuid-${ids}`;
    },
  });
  const server = createServer((request, response) => google.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    google,
    clock,
    tokens,
    token(...scopes) {
      const full = scopes.map((scope) =>
        scope.startsWith('https:') ? scope : `https://www.googleapis.com/auth/${scope}`,
      );
      const token = `token-${tokens.size + 1}`;
      tokens.set(token, { email: EMAIL, scopes: full });
      return token;
    },
    send(method, url, options = {}) {
      const target = new URL(url);
      const headers: Record<string, string> = { host: target.host, ...options.headers };
      if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
      if (options.type !== undefined) headers['content-type'] = options.type;
      return new Promise((resolve, reject) => {
        const outgoing = httpRequest(
          { host: '127.0.0.1', port, method, path: target.pathname + target.search, headers },
          (incoming) => {
            const chunks: Uint8Array[] = [];
            incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
            incoming.on('end', () => {
              const bytes = Buffer.concat(chunks);
              const text = bytes.toString();
              let json: Json;
              try {
                json = JSON.parse(text);
              } catch {
                json = undefined;
              }
              resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes, text, json });
            });
          },
        );
        outgoing.on('error', reject);
        outgoing.end(options.body);
      });
    },
    async close() {
      await google.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A message of header lines and a body, with CRLF. */
export function eml(headers: readonly string[], body = 'Hello'): Uint8Array {
  return new Uint8Array(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body.replace(/\n/g, '\r\n')}\r\n`));
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
