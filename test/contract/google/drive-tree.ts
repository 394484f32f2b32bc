/** The local Drive with folders of a person, behind real HTTP, and a host whose `fetchAll` reaches it. */
import { join } from 'node:path';
import { CLOCK_BYTES, createClock } from '../../../scripts/local/clock.ts';
import type { Fault } from '../../../scripts/local/contract.ts';
import type { PersonsFile } from '../../../scripts/local/google/persons-drive.ts';
import { startNetwork } from '../../../scripts/local/network/start-network.ts';
import { PurserError } from '../../../src/host/errors.ts';
import type { Host, HttpReply, HttpRequest } from '../../../src/host/host.ts';
import { fakeHost, NOW_MS, OWNER } from '../../tools/fake-host.ts';

export const FOLDER = 'application/vnd.google-apps.folder';
export const SHEET = 'application/vnd.google-apps.spreadsheet';
export const SHORTCUT = 'application/vnd.google-apps.shortcut';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const TOKEN = 'reader';

export interface DriveTree {
  readonly host: Host;
  /** The requests of each round. */
  readonly rounds: HttpRequest[][];
  /** Called before each round; for what other people do meanwhile. */
  beforeRound: (round: number) => void;
  folder(name: string, parent?: string): Promise<string>;
  file(file: Partial<PersonsFile> & { readonly parent: string }): Promise<string>;
  /** The person moves, trashes or deletes; at once. */
  person(method: 'PATCH' | 'DELETE', idAndQuery: string, body?: object): void;
  faults(...faults: readonly Fault[]): Promise<void>;
  close(): Promise<void>;
}

export async function openDriveTree(): Promise<DriveTree> {
  const clock = new SharedArrayBuffer(CLOCK_BYTES);
  createClock(clock, NOW_MS);
  const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
  const network = await startNetwork({
    hosts: [
      {
        name: 'google',
        module: join(import.meta.dirname, '../../../scripts/local/hosts.ts'),
        factory: 'googleHost',
        options: { user: { email: OWNER, name: 'Nora Whitfield' }, seed: 7 },
      },
    ],
    clock,
    tokens: new Map([
      [TOKEN, { email: OWNER, scopes: [scope('drive.readonly'), scope('drive.file')] }],
      ['person', { email: OWNER, scopes: [scope('drive')] }],
    ]),
  });
  const put = (file: PersonsFile) => network.call('google', 'putFile', [file]) as Promise<string>;
  const send = (requests: readonly HttpRequest[]): HttpReply[] => {
    const replies = network.fetchAllSync(
      requests.map(({ method, url, headers, contentType, body }) => ({
        method,
        url,
        headers: { ...headers, ...(contentType === undefined ? {} : { 'Content-Type': contentType }) },
        body: body === undefined ? null : new Uint8Array(Buffer.from(body)),
      })),
    );
    if ('failed' in replies) throw new PurserError('network-failed', { what: 'No reply.', now: '' });
    return replies.map(({ status, headers, body }) => ({
      status,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      text: () => Buffer.from(body).toString(),
      bytes: () => body,
    }));
  };
  const rounds: HttpRequest[][] = [];
  const tree: DriveTree = {
    rounds,
    beforeRound: () => {},
    host: {
      ...fakeHost(),
      fetchAll: (requests) => {
        for (const { url } of requests) expect(url.length).toBeLessThanOrEqual(2048);
        tree.beforeRound(rounds.length);
        rounds.push([...requests]);
        return send(requests);
      },
    },
    folder: (name, parent) =>
      put({ name, parents: parent === undefined ? [] : [parent], mimeType: FOLDER, bytes: null }),
    file: ({ parent, ...file }) =>
      put({ name: 'sheet.csv', mimeType: 'text/csv', bytes: new Uint8Array(), ...file, parents: [parent] }),
    person(method, idAndQuery, body) {
      const [reply] = send([
        {
          method,
          url: `https://www.googleapis.com/drive/v3/files/${idAndQuery}`,
          headers: { Authorization: 'Bearer person' },
          ...(body === undefined ? {} : { contentType: 'application/json', body: JSON.stringify(body) }),
        },
      ]);
      if (reply === undefined || reply.status >= 300) throw new Error(`refused: ${reply?.text()}`);
    },
    faults: (...faults) => network.setFaults(faults),
    close: () => network.close(),
  };
  return tree;
}
