/** The workbench over HTTP: on 127.0.0.1 only, for pages of its own only. What it can't say itself the main thread says. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Overview, Reply, Toast } from './contract.ts';
import { framePage, framePolicy } from './frame-page.ts';
import type { Answered, Asked, FileAnswer, FrameContent } from './link.ts';
import { bodyOf, readAct, readFrameCall } from './requests.ts';

export interface HttpServer {
  readonly httpPort: number;
  showOverview(overview: Overview): void;
  showToast(toast: Toast): void;
  setFrame(frame: FrameContent): void;
}

export interface HttpServerOptions {
  /** 0: any that is free. */
  readonly httpPort: number;
  readonly token: string;
  readonly script: string;
  readonly style: string;
  readonly goneAfterMs: number;
  ask(asked: Asked): Promise<Answered>;
  /** Nobody has had the page open for `goneAfterMs`. Told again and again. */
  gone(): void;
}

const TOKEN_HEADER = 'x-workbench-token';
const HEARTBEAT_MS = 15_000;
/** So that a browser does not make a page of what is data, nor keep it. */
const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** HTML out of mails: looks, and nothing else. */
const SHOWN_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @throws Error when the port is taken */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const frames = new Map<number, { readonly html: string; readonly key: string }>();
  const watchers = new Set<ServerResponse>();
  let overview: Overview | null = null;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else words(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
  // A question may wait for its person as long as they need.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.httpPort, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  let alone = setInterval(options.gone, options.goneAfterMs);
  const watch = (response: ServerResponse): void => {
    watchers.add(response);
    clearInterval(alone);
    response.on('close', () => {
      watchers.delete(response);
      if (watchers.size === 0) {
        clearInterval(alone);
        alone = setInterval(options.gone, options.goneAfterMs);
      }
    });
  };
  setInterval(() => {
    for (const watcher of watchers) watcher.write(': still here\n\n');
  }, HEARTBEAT_MS);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? '').toLowerCase();
    // A name that an attacker lets point to this machine is not one of these.
    if (!hosts.includes(host))
      return words(response, 403, 'The workbench answers to 127.0.0.1 and localhost only.');
    const origin = `http://${host}`;
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    if (request.method === 'POST') return post(request, response, pathname, origin);
    if (request.method !== 'GET') return words(response, 405, 'The workbench takes GET and POST.');
    if (pathname === '/')
      return page(response, 'text/html', pageHtml(), { 'Content-Security-Policy': PAGE_POLICY });
    if (pathname === '/page.js') return page(response, 'text/javascript', options.script);
    if (pathname === '/page.css') return page(response, 'text/css', options.style);
    const frame = /^\/frame\/(\d+)$/.exec(pathname)?.[1];
    if (frame !== undefined) return showFrame(response, Number(frame), origin);
    if (pathname.startsWith('/api/') && request.headers['sec-fetch-site'] === 'cross-site')
      return words(response, 403, 'This is for the page of the workbench.');
    if (pathname === '/api/events') return events(response);
    if (pathname === '/api/overview' && overview !== null)
      return json(response, { ok: true, value: overview });
    const name = /^\/api\/([a-z-]+)$/.exec(pathname)?.[1];
    if (name === undefined || name === 'act') return words(response, 404, 'There is nothing here.');
    const answered = await options.ask({ ask: 'view', name, query: Object.fromEntries(searchParams) });
    if ('reply' in answered) json(response, answered.reply);
    else file(response, answered.file);
  }

  async function post(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    origin: string,
  ): Promise<void> {
    const from = request.headers.origin;
    if (pathname === '/frame-call') {
      // A page in a sandbox has no origin.
      response.setHeader('Access-Control-Allow-Origin', 'null');
      const call = await understood(request, response, readFrameCall);
      if (call === null) return;
      const known = frames.get(call.frame);
      if (known === undefined || !isSame(known.key, call.key))
        return words(response, 403, 'This page was closed.');
      return waiting(response, { ask: 'call', name: call.name, args: call.args });
    }
    if (pathname !== '/api/act') return words(response, 404, 'There is nothing here.');
    const token = request.headers[TOKEN_HEADER];
    if (
      typeof token !== 'string' ||
      !isSame(options.token, token) ||
      (from !== undefined && from !== origin)
    ) {
      return words(response, 403, 'This is for the page of the workbench. Load it anew.');
    }
    const act = await understood(request, response, readAct);
    if (act !== null) await waiting(response, { ask: 'act', act });
  }

  async function understood<T>(
    request: IncomingMessage,
    response: ServerResponse,
    read: (body: string) => T,
  ): Promise<T | null> {
    const body = await bodyOf(request);
    if (body === null) {
      words(response, 413, 'The request is too long.');
      return null;
    }
    try {
      return read(body);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      json(response, { ok: false, error: { what, now: '' } });
      return null;
    }
  }

  /** Blanks keep the connection alive; JSON may begin with them. */
  async function waiting(response: ServerResponse, asked: Asked): Promise<void> {
    response.writeHead(200, { ...COMMON, 'Content-Type': 'application/json; charset=utf-8' });
    response.flushHeaders();
    const heartbeat = setInterval(() => response.write(' '), HEARTBEAT_MS);
    try {
      const answered = await options.ask(asked);
      response.end(JSON.stringify('reply' in answered ? answered.reply : null));
    } finally {
      clearInterval(heartbeat);
    }
  }

  function events(response: ServerResponse): void {
    response.writeHead(200, { ...COMMON, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    watch(response);
    if (overview !== null) response.write(eventText('overview', overview));
  }

  function showFrame(response: ServerResponse, id: number, origin: string): void {
    const found = frames.get(id);
    if (found === undefined) {
      words(response, 404, 'This page was closed.');
      return;
    }
    // The page is of another origin, whatever its address.
    page(response, 'text/html', framePage(found.html, origin, id, found.key, overview?.clock.now ?? null), {
      'Content-Security-Policy': framePolicy(origin),
    });
  }

  function pageHtml(): string {
    return [
      '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Purser workbench</title>',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<meta name="workbench-token" content="${options.token}"><link rel="icon" href="data:,">`,
      '<link rel="stylesheet" href="/page.css"></head><body><div id="workbench"></div>',
      '<script src="/page.js"></script></body></html>',
    ].join('');
  }

  function tell(name: string, value: object): void {
    const text = eventText(name, value);
    for (const watcher of watchers) watcher.write(text);
  }

  return {
    httpPort: port,
    showOverview(next) {
      overview = next;
      tell('overview', next);
    },
    showToast: (toast) => tell('toast', toast),
    setFrame({ id, html }) {
      if (html === null) frames.delete(id);
      else frames.set(id, { html, key: randomBytes(24).toString('base64url') });
    },
  };
}

/** JSON has no line breaks, so each event is one line. */
function eventText(name: string, value: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function page(
  response: ServerResponse,
  type: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { ...COMMON, 'Content-Type': `${type}; charset=utf-8`, ...more });
  response.end(text);
}

function words(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...COMMON, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function json(response: ServerResponse, reply: Reply<unknown>): void {
  response.writeHead(200, { ...COMMON, 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(reply));
}

function file(response: ServerResponse, { name, type, bytes, isShown }: FileAnswer): void {
  const disposition = isShown ? 'inline' : `attachment; filename*=UTF-8''${headerName(name)}`;
  response.writeHead(200, {
    ...COMMON,
    'Content-Type': /^[\w.+-]+\/[\w.+-]+(; charset=utf-8)?$/.test(type) ? type : 'application/octet-stream',
    'Content-Disposition': disposition,
    'Content-Security-Policy': SHOWN_POLICY,
  });
  response.end(Buffer.from(bytes));
}

/** RFC 8187; encodeURIComponent refuses half a surrogate pair, and leaves some signs that are no part of it. */
function headerName(name: string): string {
  return encodeURIComponent(name.replaceAll(/[\\/\p{Cs}]/gu, '_')).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
}
