/** A server that says what a test wants said by scripts/workbench/contract.ts. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageBundle } from '../../scripts/workbench/bundle-page.ts';
import { bundlePage } from '../../scripts/workbench/bundle-page.ts';
import type { Act, ActResult, CellView, Overview, Reply, TabView } from '../../scripts/workbench/contract.ts';

export interface WorkbenchFake {
  readonly url: string;
  /** Acts in the order in which they came. */
  readonly acts: readonly Act[];
  /** Paths of views that were asked for, in order. */
  readonly asked: readonly string[];
  /** Another overview for all pages that are open. */
  show(overview: Overview): void;
  /** Ends all connections and answers none until `comeBack`, which has another token. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface FakeOptions {
  readonly overview: Overview;
  /** What a view has, by its path and query; undefined: an error in words. */
  readonly view: (path: URL) => unknown;
  readonly act?: (act: Act) => Reply<ActResult>;
}

let bundled: Promise<PageBundle> | null = null;

export async function openWorkbenchFake(options: FakeOptions): Promise<WorkbenchFake> {
  bundled ??= bundlePage();
  const { script, style } = await bundled;
  const acts: Act[] = [];
  const asked: string[] = [];
  const listeners = new Set<ServerResponse>();
  let { overview } = options;
  let token = 'first-token';
  const event = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const send = (type: string, body: string, status = 200) => {
      response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
    };
    const reply = (value: unknown) => send('application/json', JSON.stringify(value));
    if (url.pathname === '/') return send('text/html', shell(token));
    if (url.pathname === '/page.js') return send('text/javascript', script);
    if (url.pathname === '/page.css') return send('text/css', style);
    if (url.pathname === '/favicon.ico') return send('text/plain', '', 404);
    if (url.pathname.startsWith('/frame/')) return send('text/html', '<!doctype html><p>The frame.</p>');
    if (url.pathname === '/api/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(event('overview', overview));
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return;
    }
    if (url.pathname === '/api/act') {
      if (request.headers['x-workbench-token'] !== token) return send('text/plain', 'No token.', 403);
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        const act = JSON.parse(body) as Act;
        acts.push(act);
        reply(options.act?.(act) ?? { ok: true, value: { words: '', page: null } });
      });
      return;
    }
    asked.push(url.pathname + url.search);
    const value = options.view(url);
    reply(
      value === undefined
        ? { ok: false, error: { what: `There is nothing at ${url.pathname}.`, now: 'Ask for another.' } }
        : { ok: true, value },
    );
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const goAway = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    acts,
    asked,
    show(next) {
      overview = next;
      for (const listener of listeners) listener.write(event('overview', overview));
    },
    goAway,
    async comeBack() {
      token = 'second-token';
      await listen(port);
    },
    close: goAway,
  };
}

function shell(token: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Workbench</title>
    <meta name="workbench-token" content="${token}"><link rel="stylesheet" href="/page.css"></head>
    <body><div id="workbench"></div><script type="module" src="/page.js"></script></body></html>`;
}

/** One that is at rest; everything in it says `words`, if given. */
export function overviewOf(words = 'Harbor'): Overview {
  return {
    world: 1,
    title: `${words} master`,
    company: words,
    user: { email: 'owner@harbor.example', name: words },
    timeZone: 'America/New_York',
    clock: {
      now: '2026-06-01T10:00:00.000Z',
      local: '2026-06-01 06:00',
      statementDay: '2026-07-01T10:00:00.000Z',
      nextDue: '2026-06-01T10:30:00.000Z',
    },
    busy: null,
    tabs: [
      { id: 1, title: `${words} May`, hidden: false, color: '#1a6fd4' },
      { id: 2, title: `${words} log`, hidden: false, color: null },
      { id: 3, title: `${words} template`, hidden: true, color: null },
    ],
    menus: [
      {
        caption: 'Purser',
        items: [
          { caption: 'Open sidebar', functionName: 'openSidebar', items: [] },
          { caption: `Send ${words}…`, functionName: 'sendStatement', items: [] },
          { caption: 'Set up…', functionName: 'setUp', items: [] },
        ],
      },
    ],
    triggers: [
      {
        id: 't1',
        handler: `tick ${words}`,
        owner: `owner of ${words}`,
        schedule: 'every hour',
        next: '2026-06-01T10:30:00.000Z',
      },
    ],
    faults: [
      {
        id: 'east',
        label: `us-east-1 is down ${words}`,
        words: `No reply. ${words}`,
        on: false,
        isOnce: false,
      },
      {
        id: 'revoke',
        label: 'Revoke the token',
        words: `The account is gone. ${words}`,
        on: false,
        isOnce: true,
      },
    ],
    network: { slow: false, factor: 1 },
    mailboxes: [
      { address: 'owner@harbor.example', name: words, messages: 1 },
      { address: 'office@harbor.example', name: words, messages: 0 },
    ],
    questions: [],
    dialogs: [],
    sidebar: null,
    revisions: { workbook: 1, mail: 1, drive: 1, calendars: 1, log: 1 },
    sample: { month: '2026-05', generate: null, firstDay: false },
    remarks: [`All of this is forgotten when the workbench ends. ${words}`],
  };
}

/** A tab of so many rows, six columns of which hold something; its first row is frozen. */
export function tabOf(url: URL, rowCount: number, words = 'Heron'): TabView {
  const from = Number(url.searchParams.get('from') ?? 0);
  const end = Math.min(rowCount, from + Number(url.searchParams.get('rows') ?? 500));
  const cells: CellView[] = [];
  const put = (row: number, column: number, text: string, more: Partial<CellView> = {}) => {
    cells.push({ row, column, text, input: text, kind: 'text', style: 0, link: null, note: null, ...more });
  };
  for (let row = from; row < end; row++) {
    if (row === 0) {
      for (let column = 0; column < 6; column++) put(0, column, `Head ${column + 1}`, { style: 1 });
      continue;
    }
    put(row, 0, `Row ${row + 1}`);
    put(row, 1, words, { note: row === 2 ? `Note ${words}` : null });
    put(row, 2, String(row * 12.5), { kind: 'number', style: 2 });
    put(row, 3, String(row * 25), { kind: 'number', input: `=C${row + 1}*2` });
  }
  const id = Number(url.searchParams.get('id'));
  return {
    ...(overviewOf().tabs.find((tab) => tab.id === id) ?? { id, title: words, hidden: false, color: null }),
    rowCount,
    columnCount: 10,
    frozenRows: 1,
    frozenColumns: 1,
    gridlines: true,
    columnWidths: Array.from({ length: 10 }, () => 100),
    rowHeights: [],
    rowsOfNote: rowCount,
    from,
    cells,
    styles: [{}, { bold: true, fill: '#fff2cc' }, { color: '#0b6e4f' }],
    merges: [{ startRow: 5, endRow: 7, startColumn: 4, endColumn: 6 }],
    protections: [{ area: null, description: words, warningOnly: true }],
  };
}
