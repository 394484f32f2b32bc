/**
 * What the calls of a run would cost at Google and AWS: a model, not a measurement. Each figure is either published
 * (by whom, beside it) or assumed, because nobody published one; assumed figures can be scaled as a whole.
 */

/** Seconds, split by how well they are known. */
export interface Cost {
  readonly published: number;
  readonly assumed: number;
}

export interface TimedRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array | null;
}

export interface TimedReply {
  readonly body: Uint8Array;
}

export type HostCall = 'property-read' | 'property-write' | 'cache-read' | 'cache-write' | 'lock';

const published = (seconds: number): Cost => ({ published: seconds, assumed: 0 });
const assumed = (seconds: number): Cost => ({ published: 0, assumed: seconds });
const sum = (a: Cost, b: Cost): Cost => ({
  published: a.published + b.published,
  assumed: a.assumed + b.assumed,
});
const NOTHING: Cost = { published: 0, assumed: 0 };

/** Five 5-second servers took 27.0 s one by one and 5.50 s at once: tanaikech.github.io, 2018/04/19. */
const FETCH_OVERHEAD = published(0.4);
const FETCH_ALL_OVERHEAD = published(0.5);

const HOST_CALLS: Readonly<Record<HostCall, Cost>> = {
  // ziritione.org "apps_script_performance" and justin.poehnelt.com on key-value stores
  'property-read': published(0.03),
  'property-write': published(0.062),
  'cache-read': published(0.015),
  'cache-write': published(0.06),
  lock: assumed(0.1),
};

/** Sheets, overhead included: tanaikech.github.io, 2018/10/12 (per cell) and 2022/04/25 (smallest call, metadata). */
const SHEETS_READ_SECONDS = 0.18;
const SHEETS_READ_SECONDS_PER_CELL = 2.9e-6;
const SHEETS_WRITE_SECONDS = 0.19;
const SHEETS_WRITE_SECONDS_PER_CELL = 11.4e-6;
const SHEETS_SMALLEST_SECONDS = 0.2;
const SHEETS_METADATA_SECONDS = 0.3;
/** qiita.com/howdy39/items/2fb95bb7b52cb0bb00ab (2017) */
const SHEETS_UPDATE_CELLS_SECONDS_PER_CELL = 300e-6;
/** tanaikech.github.io, 2019/08/28 */
const SHEETS_PASTE_DATA_SECONDS_PER_CELL = 35e-6;
const SHEETS_COPY_SECONDS = 1;
/** Half a second to a second for some 10,000 cells: qiita.com/howdy39/items/2fb95bb7b52cb0bb00ab (2017) */
const SHEETS_COPY_PASTE_SECONDS_PER_CELL = 75e-6;

/** salessheets.ai, one sample */
const GMAIL_LIST_SECONDS = 0.12;
const GMAIL_GET_SECONDS = 0.11;
/** For 100 KB: quickfixters' add-on FAQ. */
const GMAIL_SEND_SECONDS = 1.2;
const GMAIL_BATCH_SECONDS_PER_50_PARTS = 1;
const DRIVE_CREATE_SECONDS = 1;
const DRIVE_EXPORT_SECONDS = 1;
const DRIVE_LIST_SECONDS = 0.3;
/** github.com/googleapis/google-api-dotnet-client/issues/1474: 0.5 s on the average, but the first of a while 12 s */
const CALENDAR_LIST_SECONDS = 0.5;
/** Nobody published one. */
const CALENDAR_WRITE_SECONDS = 0.5;
/** dynobase.dev: 10 to 20 ms at the service */
const DYNAMODB_SECONDS = 0.02;
/** Nobody published one; AWS says only that regional endpoints are the faster ones. */
const STS_SECONDS = 0.1;
const OTHER_SERVICE_SECONDS = 0.3;
const SECONDS_PER_MB_OF_REPLY = 0.25;
const BYTES_PER_MB = 1024 * 1024;
/** UrlFetchApp gives up after about a minute: justin.poehnelt.com, definitive guide to UrlFetchApp. */
const FETCH_TIMEOUT = published(60);

export function hostCallCost(call: HostCall): Cost {
  return HOST_CALLS[call];
}

/** A round that Apps Script threw away as a whole. */
export function failedRoundCost(kind: 'fetch' | 'fetchAll', why: 'unreachable' | 'stall'): Cost {
  if (why === 'stall') return FETCH_TIMEOUT;
  return kind === 'fetch' ? FETCH_OVERHEAD : FETCH_ALL_OVERHEAD;
}

/** The requests run at once, so the slowest one counts; the bytes of all replies share one way in. */
export function roundCost(
  kind: 'fetch' | 'fetchAll',
  exchanges: readonly { readonly request: TimedRequest; readonly reply: TimedReply }[],
): Cost {
  const overhead = kind === 'fetch' ? FETCH_OVERHEAD : FETCH_ALL_OVERHEAD;
  let slowest = NOTHING;
  let replyBytes = 0;
  for (const { request, reply } of exchanges) {
    const sheets = hostOf(request.url) === 'sheets.googleapis.com';
    const cost = sheets ? sheetsCost(request, reply) : sum(overhead, serviceCost(request));
    if (seconds(cost, 1) > seconds(slowest, 1)) slowest = cost;
    if (!sheets) replyBytes += reply.body.length;
  }
  return sum(slowest, assumed((replyBytes / BYTES_PER_MB) * SECONDS_PER_MB_OF_REPLY));
}

export function seconds(cost: Cost, assumedFactor: number): number {
  return cost.published + cost.assumed * assumedFactor;
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}

function serviceCost(request: TimedRequest): Cost {
  const { hostname, pathname, search } = new URL(request.url);
  if (hostname.startsWith('dynamodb.')) return published(DYNAMODB_SECONDS);
  if (hostname.startsWith('sts.')) return assumed(STS_SECONDS);
  if (pathname.startsWith('/batch/gmail')) {
    const parts = text(request.body).match(/^content-type:\s*application\/http/gim)?.length ?? 1;
    return assumed(Math.ceil(parts / 50) * GMAIL_BATCH_SECONDS_PER_50_PARTS);
  }
  if (/\/gmail\/v1\//.test(pathname)) {
    if (/\/(messages|drafts)\/send$/.test(pathname)) return published(GMAIL_SEND_SECONDS);
    return published(/\/(messages|threads)$/.test(pathname) ? GMAIL_LIST_SECONDS : GMAIL_GET_SECONDS);
  }
  if (/\/drive\/v3\//.test(pathname)) {
    if (request.method !== 'GET') return assumed(DRIVE_CREATE_SECONDS);
    return assumed(/\/export$/.test(pathname) ? DRIVE_EXPORT_SECONDS : DRIVE_LIST_SECONDS);
  }
  if (/\/calendar\/v3\//.test(pathname)) {
    return request.method === 'GET' ? published(CALENDAR_LIST_SECONDS) : assumed(CALENDAR_WRITE_SECONDS);
  }
  if (/\/export$/.test(pathname) && search.includes('format=')) return assumed(DRIVE_EXPORT_SECONDS);
  return assumed(OTHER_SERVICE_SECONDS);
}

function sheetsCost(request: TimedRequest, reply: TimedReply): Cost {
  const { pathname } = new URL(request.url);
  if (/\/values[:/]/.test(pathname)) {
    if (request.method === 'GET' || /:batchGet/.test(pathname)) {
      return published(SHEETS_READ_SECONDS + cellsIn(json(reply.body)) * SHEETS_READ_SECONDS_PER_CELL);
    }
    return published(SHEETS_WRITE_SECONDS + cellsIn(json(request.body)) * SHEETS_WRITE_SECONDS_PER_CELL);
  }
  if (/:batchUpdate$/.test(pathname)) return batchUpdateCost(json(request.body));
  if (/:copyTo$/.test(pathname)) return assumed(SHEETS_COPY_SECONDS);
  const cells = gridCellsIn(json(reply.body));
  return published(SHEETS_METADATA_SECONDS + cells * SHEETS_READ_SECONDS_PER_CELL);
}

function batchUpdateCost(body: unknown): Cost {
  let cost = published(SHEETS_SMALLEST_SECONDS);
  for (const request of list(field(body, 'requests'))) {
    const cells = field(request, 'updateCells') ?? field(request, 'appendCells');
    if (cells !== undefined) {
      const count = list(field(cells, 'rows')).reduce(
        (n: number, row) => n + list(field(row, 'values')).length,
        0,
      );
      cost = sum(cost, published(count * SHEETS_UPDATE_CELLS_SECONDS_PER_CELL));
    }
    const paste = field(request, 'pasteData');
    if (paste !== undefined) {
      const count = String(field(paste, 'data') ?? '').split(/[\t\n]/).length;
      cost = sum(cost, published(count * SHEETS_PASTE_DATA_SECONDS_PER_CELL));
    }
    if (field(request, 'duplicateSheet') !== undefined) cost = sum(cost, assumed(SHEETS_COPY_SECONDS));
    const copied = field(request, 'copyPaste');
    if (copied !== undefined) {
      const cells = cellsOfRange(field(copied, 'destination'));
      cost = sum(cost, assumed(cells * SHEETS_COPY_PASTE_SECONDS_PER_CELL));
    }
  }
  return cost;
}

/** Cells of a ValueRange, or of all the ValueRanges of a batch. */
function cellsIn(body: unknown): number {
  const ranges = [body, ...list(field(body, 'valueRanges')), ...list(field(body, 'data'))];
  const batched = list(field(body, 'valueRanges')).map((range) => field(range, 'valueRange'));
  return [...ranges, ...batched].reduce(
    (n: number, range) =>
      n + list(field(range, 'values')).reduce((cells: number, row) => cells + list(row).length, 0),
    0,
  );
}

/** Cells of a GridRange that says where it ends. */
function cellsOfRange(range: unknown): number {
  const size = (start: string, end: string): number =>
    Number(field(range, end) ?? 0) - Number(field(range, start) ?? 0);
  return size('startRowIndex', 'endRowIndex') * size('startColumnIndex', 'endColumnIndex');
}

/** Cells of a spreadsheet that was read with its grid data. */
function gridCellsIn(body: unknown): number {
  let cells = 0;
  for (const sheet of list(field(body, 'sheets'))) {
    for (const grid of list(field(sheet, 'data'))) {
      for (const row of list(field(grid, 'rowData'))) cells += list(field(row, 'values')).length;
    }
  }
  return cells;
}

function text(body: Uint8Array | null): string {
  return body === null ? '' : Buffer.from(body).toString('utf8');
}

function json(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(text(body));
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
