/**
 * Google's OAuth hosts, served by the emulator: its token endpoint (authorization code with PKCE, refresh),
 * revocation, sign-in page and userinfo. It runs in a worker, started by the first request, because most runs
 * never sign anybody in.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Tokens } from '../contract.ts';
import { bearerOf } from './authorization.ts';
import { workerFile } from './emulator-worker.cjs';
import type { Answer, ApiCall } from './http.ts';
import { isRecord } from './http.ts';

export interface OAuthServer {
  /** Null for a path that isn't OAuth's. */
  answer(call: ApiCall): Promise<Answer | null>;
  /** JSON-serialisable; null when nobody ever signed in. */
  state(): unknown;
  close(): Promise<void>;
}

export interface AccountName {
  readonly email: string;
  readonly name: string;
}

/** Google's hosts and paths (accounts.google.com/.well-known/openid-configuration) as the emulator has them. */
const PATHS: readonly (readonly [method: string, host: string, path: string, emulated: string])[] = [
  ['POST', 'oauth2.googleapis.com', '/token', '/oauth2/token'],
  ['POST', 'oauth2.googleapis.com', '/revoke', '/oauth2/revoke'],
  ['GET', 'openidconnect.googleapis.com', '/v1/userinfo', '/oauth2/v2/userinfo'],
  ['GET', 'www.googleapis.com', '/oauth2/v2/userinfo', '/oauth2/v2/userinfo'],
  ['GET', 'www.googleapis.com', '/oauth2/v3/userinfo', '/oauth2/v2/userinfo'],
  ['GET', 'accounts.google.com', '/o/oauth2/v2/auth', '/o/oauth2/v2/auth'],
  ['POST', 'accounts.google.com', '/o/oauth2/v2/auth/callback', '/o/oauth2/v2/auth/callback'],
  ['GET', 'accounts.google.com', '/.well-known/openid-configuration', '/.well-known/openid-configuration'],
];

interface WorkerReply extends Answer {
  readonly number: number;
  readonly failed?: string;
  readonly tokens: readonly { token: string; login: string; scopes: string[] }[];
  readonly state: unknown;
}

/** @param tokens gets the access tokens that the emulator gives out, so that Gmail and Drive take them */
export function createOAuthServer(
  accounts: readonly AccountName[],
  tokens: Tokens,
  saved: unknown,
): OAuthServer {
  let state: unknown = saved ?? null;
  if (isRecord(saved) && Array.isArray(saved.tokens)) keepTokens(tokens, saved.tokens);
  let worker: Promise<Worker> | null = null;
  let count = 0;
  const waiting = new Map<number, { resolve(reply: WorkerReply): void; reject(error: Error): void }>();

  const start = async (): Promise<Worker> => {
    const started = startEmulator({ accounts, baseUrl: 'https://accounts.google.com', state, listen: false });
    await once(started, 'message');
    started.on('message', (reply: WorkerReply) => {
      const asker = waiting.get(reply.number);
      waiting.delete(reply.number);
      if (reply.failed === undefined) asker?.resolve(reply);
      else asker?.reject(new Error(reply.failed));
    });
    started.unref();
    return started;
  };

  return {
    async answer(call) {
      const known = PATHS.find(
        ([method, host, path]) => call.method === method && call.host === host && call.path === path,
      );
      if (!known) return null;
      worker ??= start();
      const thread = await worker;
      count += 1;
      const number = count;
      const token = bearerOf(call);
      const grant = token === null ? undefined : tokens.get(token);
      const url = new URL(known[3], 'https://accounts.google.com');
      url.search = call.query.toString();
      thread.ref();
      const reply = await new Promise<WorkerReply>((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        thread.postMessage({
          number,
          request: { url: url.href, method: call.method, headers: call.headers, body: call.body },
          grant: grant && { token, email: grant.email, scopes: grant.scopes },
        });
      });
      if (waiting.size === 0) thread.unref();
      state = reply.state;
      keepTokens(tokens, reply.tokens);
      if (known[2] === '/revoke') {
        const revoked = new URLSearchParams(call.body.toString()).get('token');
        if (revoked) tokens.delete(revoked);
      }
      const { 'content-length': _length, ...headers } = reply.headers;
      return { status: reply.status, headers, body: reply.body };
    },
    state: () => state,
    async close() {
      const thread = await worker;
      await thread?.terminate();
      worker = null;
    },
  };
}

function keepTokens(tokens: Tokens, given: WorkerReply['tokens']): void {
  for (const { token, login, scopes } of given) {
    if (!tokens.has(token)) tokens.set(token, { email: login, scopes });
  }
}

/** The emulator's thread; its first message says that it is ready (`{ port }` when it listens). */
export function startEmulator(options: {
  accounts: readonly AccountName[];
  baseUrl: string;
  state?: unknown;
  listen: boolean;
  tokens?: Readonly<Record<string, { login: string; id: number; scopes: readonly string[] }>>;
}): Worker {
  return new Worker(workerFile, {
    // The parent may run under a TypeScript loader, which this plain file would only wait for.
    execArgv: [],
    workerData: {
      purserEmulator: true,
      baseUrl: options.baseUrl,
      listen: options.listen,
      state: isRecord(options.state) ? options.state : null,
      tokens: options.tokens ?? {},
      seed: { users: options.accounts },
    },
  });
}
