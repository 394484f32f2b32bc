/** A local Sheets server on a real port, and the few calls that tests make. */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Tokens } from '../../../scripts/local/contract.ts';
import type { SheetsHost } from '../../../scripts/local/sheets/sheets-host.ts';
import { createSheetsHost } from '../../../scripts/local/sheets/sheets-host.ts';

export const SPREADSHEET_ID = 'test-spreadsheet';
const SCOPE = 'https://www.googleapis.com/auth/';

// biome-ignore lint/suspicious/noExplicitAny: replies are JSON of every shape, and a test says what it expects.
export type Reply = { status: number; body: any; text: string };

export interface LocalSheets {
  readonly host: SheetsHost;
  readonly clock: Clock;
  readonly tokens: Tokens;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Of the path after `/v4/spreadsheets/{id}`, with the good token. */
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  /** A batchUpdate that must succeed; answers its replies. */
  update(...requests: object[]): Promise<Record<string, never>[]>;
  /** The message of a batchUpdate that must be refused with 400. */
  refusal(...requests: object[]): Promise<string>;
  /** Values of a range. */
  values(range: string, option?: string): Promise<unknown[][]>;
  write(range: string, values: unknown[][], option?: string): Promise<Reply>;
  close(): Promise<void>;
}

export function standingClock(startMs = Date.UTC(2026, 5, 1, 10)): Clock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    set: (ms) => {
      nowMs = ms;
    },
  };
}

export async function startLocalSheets(): Promise<LocalSheets> {
  const clock = standingClock();
  const tokens: Tokens = new Map([
    ['good', { email: 'owner@example.com', scopes: [`${SCOPE}spreadsheets`] }],
    ['editor', { email: 'editor@example.com', scopes: [`${SCOPE}spreadsheets`] }],
    ['reader', { email: 'owner@example.com', scopes: [`${SCOPE}spreadsheets.readonly`] }],
    ['mail', { email: 'owner@example.com', scopes: [`${SCOPE}gmail.send`] }],
  ]);
  const host = await createSheetsHost({
    spreadsheetId: SPREADSHEET_ID,
    owner: 'owner@example.com',
    tokens,
    clock,
  });
  const server = createServer((request, response) => host.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: 'Bearer good' },
  ): Promise<Reply> {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: { ...type, ...headers },
    });
    sent.end(text);
    const [response] = await once(sent, 'response');
    let answer = '';
    response.setEncoding('utf8');
    for await (const chunk of response) answer += chunk;
    const json = String(response.headers['content-type']).startsWith('application/json');
    return { status: response.statusCode, body: json ? JSON.parse(answer) : null, text: answer };
  }

  const at = (path: string): string => `/v4/spreadsheets/${SPREADSHEET_ID}${path}`;
  const ok = (reply: Reply): Reply => {
    if (reply.status !== 200) throw new Error(`${reply.status}: ${reply.text}`);
    return reply;
  };
  const local: LocalSheets = {
    host,
    clock,
    tokens,
    send,
    get: (path) => send('GET', at(path)),
    post: (path, body) => send('POST', at(path), body),
    put: (path, body) => send('PUT', at(path), body),
    update: async (...requests) => ok(await local.post(':batchUpdate', { requests })).body.replies,
    refusal: async (...requests) => {
      const reply = await local.post(':batchUpdate', { requests });
      if (reply.status !== 400) throw new Error(`Not refused: ${reply.status} ${reply.text}`);
      return reply.body.error.message;
    },
    values: async (range, option = 'UNFORMATTED_VALUE') => {
      const path = `/values/${encodeURIComponent(range)}?valueRenderOption=${option}`;
      return ok(await local.get(path)).body.values ?? [];
    },
    write: async (range, values, option = 'USER_ENTERED') =>
      ok(await local.put(`/values/${encodeURIComponent(range)}?valueInputOption=${option}`, { values })),
    close: async () => {
      await host.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return local;
}
