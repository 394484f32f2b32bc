/** Servers that our clients meet over real HTTP: the local Google, and the emulator that others wrote. */
import http from 'node:http';
import net from 'node:net';
import type { Tokens } from '../../../scripts/local/contract.ts';
import type { GoogleHost } from '../../../scripts/local/google/google-host.ts';
import { createGoogleHost } from '../../../scripts/local/google/google-host.ts';
import { createEmulatorStranger } from '../../../scripts/local/google/stranger.ts';
import type { Call } from '../../../src/clients/exchange.ts';
import type { HttpRequest } from '../../../src/host/host.ts';
import { drive, type Loopback, listen, standingClock } from '../aws/loopback.ts';

export const EMAIL = 'nora@blueheron.example';
export const NOW_MS = Date.UTC(2026, 5, 1, 10);

const SCOPES = ['gmail.readonly', 'gmail.send', 'drive.file', 'spreadsheets'].map(
  (scope) => `https://www.googleapis.com/auth/${scope}`,
);

export interface Server {
  readonly token: string;
  run<T>(call: Call<T>): Promise<T>;
  /** Every request that `run` sent. */
  readonly requests: HttpRequest[];
}

const open: (() => Promise<void>)[] = [];

/** For `afterAll`: a failed test must not leave a server that keeps the process alive. */
export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}

export function server(loopback: Loopback, token: string, close: () => Promise<void>): Server {
  open.push(close);
  const requests: HttpRequest[] = [];
  return {
    token,
    requests,
    run: async (call) => {
      const driven = await drive(loopback, call, () => NOW_MS);
      requests.push(...driven.requests);
      return driven.value;
    },
  };
}

export interface LocalGoogle extends Server {
  readonly google: GoogleHost;
  /** A token of the user with these scopes only. */
  tokenWith(...scopes: readonly string[]): string;
}

export async function localGoogle(): Promise<LocalGoogle> {
  const tokens: Tokens = new Map([['good', { email: EMAIL, scopes: SCOPES }]]);
  let ids = 0;
  const google = await createGoogleHost({
    user: { email: EMAIL, name: 'Nora Whitfield' },
    tokens,
    clock: standingClock(NOW_MS),
    uuid: () => `uuid-${++ids}`,
  });
  const loopback = await listen(google);
  return {
    ...server(loopback, 'good', () => loopback.close()),
    google,
    tokenWith: (...scopes) => {
      const token = `token-${tokens.size}`;
      tokens.set(token, {
        email: EMAIL,
        scopes: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`),
      });
      return token;
    },
  };
}

/** The plain emulator, which doesn't mind the production host's name. */
export async function stranger(): Promise<Server> {
  const emulator = await createEmulatorStranger({ email: EMAIL, name: 'Nora Whitfield' });
  const port = Number(new URL(emulator.baseUrl).port);
  const agent = new http.Agent();
  Object.assign(agent, { createConnection: () => net.connect(port, '127.0.0.1') });
  const close = async (): Promise<void> => {
    agent.destroy();
    await emulator.close();
  };
  return server({ port, agent, close }, emulator.token, close);
}
