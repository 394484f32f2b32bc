/**
 * The local AWS: DynamoDB in some regions, that takes only what AWS would take. Signatures, times and session tokens
 * are verified; what lies behind is dynalite.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as zlib from 'node:zlib';
import type { AttributeMap } from '../../../src/clients/aws/attribute-value.ts';
import type { Clock, VirtualHost } from '../contract.ts';
import type { DynaliteReply } from './dynalite-server.ts';
import { rejectItem } from './item-rules.ts';
import { openRegion, type Region, type TableContent } from './region.ts';
import { type LocalCredentials, type ReceivedRequest, signatureRefusal } from './signature-check.ts';
import { keysOf, type TableSchema } from './tables.ts';

export interface AwsHostOptions {
  /** `us-east-1` */
  readonly regions: readonly string[];
  readonly credentials: readonly LocalCredentials[];
  readonly clock: Clock;
  /** The session credentials of a token; null for one that AWS does not know. */
  readonly sessionOf?: (sessionToken: string) => LocalCredentials | null;
  /** True for what the key's policy does not allow: `Query`, `crew-dispatch`. */
  readonly deny?: (action: string, table: string) => boolean;
}

export interface AwsHost extends VirtualHost {
  /**
   * Creates the table when it isn't there, and writes the items; an item with the same key is replaced.
   * @throws Error naming the items that DynamoDB would refuse; then none is written.
   */
  seed(region: string, schema: TableSchema, items: readonly AttributeMap[]): Promise<void>;
  /** Likewise, and drops all other tables of the region. */
  fill(region: string, contents: readonly TableContent[]): Promise<void>;
  /** DynamoDB's words for what it would refuse about an item; null for one that it takes. */
  reject(schema: TableSchema, item: AttributeMap): string | null;
}

/** AWS refuses larger requests with 413. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
const ACCOUNT = '123456789012';
/** In Node since 20.15, in @types/node 20 not yet; the client has its own, so that two agree. */
const { crc32 } = zlib as unknown as { crc32(data: Uint8Array): number };

export async function createAwsHost(options: AwsHostOptions): Promise<AwsHost> {
  const regions = new Map<string, Region>();
  for (const name of options.regions) regions.set(name, await openRegion(name, options.clock));

  const regionOf = (name: string): Region => {
    const region = regions.get(name);
    if (region === undefined)
      throw new Error(`No local DynamoDB in ${name}; there are: ${[...regions.keys()].join(', ')}.`);
    return region;
  };
  let requestCount = 0;
  const nextRequestId = (): string => requestIdOf(++requestCount);

  return {
    hosts: options.regions.map(hostOf),
    handle(request, response) {
      const region = [...regions.values()].find(({ name }) => hostOf(name) === hostNameOf(request));
      const requestId = nextRequestId();
      receive(request)
        .then((received) => (received === null ? TOO_LARGE : answer(received, region, options)))
        .catch((thrown: unknown) => failure(thrown))
        .then((reply) => send(response, reply, requestId, options.clock));
    },
    async close() {
      await Promise.all([...regions.values()].map((region) => region.close()));
    },
    async seed(regionName, schema, items) {
      await regionOf(regionName).seed({ schema, items });
    },
    async fill(regionName, contents) {
      await regionOf(regionName).fill(contents);
    },
    reject: (schema, item) => rejectItem(item, keysOf(schema)),
  };
}

const TOO_LARGE: DynaliteReply = { status: 413, body: new Uint8Array() };

function hostOf(region: string): string {
  return `dynamodb.${region}.amazonaws.com`;
}

function hostNameOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().replace(/:443$/, '');
}

/** Null when it is larger than AWS takes. */
async function receive(request: IncomingMessage): Promise<ReceivedRequest | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = chunk as Uint8Array;
    bytes += buffer.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(buffer);
  }
  if (bytes > BODY_LIMIT_BYTES) return null;
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: request.headers,
    body: new Uint8Array(Buffer.concat(chunks)),
  };
}

async function answer(
  received: ReceivedRequest,
  region: Region | undefined,
  options: AwsHostOptions,
): Promise<DynaliteReply> {
  if (region === undefined) return coralError(400, 'UnknownOperationException', null);
  const [, action = ''] = String(received.headers['x-amz-target'] ?? '').split('.');
  if (received.method === 'POST') {
    const refusal = signatureRefusal(received, {
      region: region.name,
      service: 'dynamodb',
      credentials: credentialsFor(received, options),
      nowMs: options.clock.now(),
    });
    if (refusal !== null) return coralError(400, refusal.name, { message: refusal.message });
    const input = inputOf(received.body);
    // Dynalite would die of some of them.
    if (input === null) return coralError(400, 'SerializationException', null);
    for (const table of tablesOf(input)) {
      if (options.deny?.(action, table) === true) return accessDenied(action, table, region.name);
    }
  }
  const reply = await region.server().forward({
    method: received.method,
    path: received.path,
    headers: headersFor(received),
    body: received.body,
  });
  return /Table$/.test(action) && reply.status === 200
    ? ownTable(reply, region, action, options.clock)
    : reply;
}

function credentialsFor(
  { headers }: ReceivedRequest,
  { credentials, sessionOf }: AwsHostOptions,
): readonly LocalCredentials[] {
  const token = headers['x-amz-security-token'];
  const session = typeof token === 'string' ? sessionOf?.(token) : null;
  return session ? [...credentials, session] : credentials;
}

/** The headers that dynalite looks at; `Origin` would make it answer for browsers. */
function headersFor({ headers }: ReceivedRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['content-type', 'x-amz-target', 'x-amz-date', 'date', 'authorization']) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}

/** Null for what is no JSON object. */
function inputOf(body: Uint8Array): Record<string, unknown> | null {
  try {
    const input: unknown = JSON.parse(textOf(body));
    return typeof input === 'object' && input !== null && !Array.isArray(input)
      ? (input as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** `*` for an action on no table, as in an IAM policy. */
function tablesOf({ TableName, RequestItems }: Record<string, unknown>): string[] {
  if (typeof TableName === 'string') return [TableName];
  return typeof RequestItems === 'object' && RequestItems !== null ? Object.keys(RequestItems) : ['*'];
}

/** Dynalite knows one region, and the machine's time. */
function ownTable(reply: DynaliteReply, region: Region, action: string, clock: Clock): DynaliteReply {
  const body = JSON.parse(textOf(reply.body)) as Record<string, Record<string, unknown>>;
  const table = body.Table ?? body.TableDescription;
  if (table === undefined) return reply;
  const name = String(table.TableName);
  if (action === 'CreateTable') region.createdMs.set(name, clock.now());
  const createdMs = region.createdMs.get(name);
  if (createdMs !== undefined) table.CreationDateTime = createdMs / 1000;
  const text = JSON.stringify(body).replace(
    /arn:aws:dynamodb:[a-z0-9-]+:\d+:/g,
    `arn:aws:dynamodb:${region.name}:${ACCOUNT}:`,
  );
  return { status: reply.status, body: bytesOf(text) };
}

function coralError(status: number, name: string, fields: Record<string, string> | null): DynaliteReply {
  const body = { __type: `com.amazon.coral.service#${name}`, ...fields };
  return { status, body: bytesOf(JSON.stringify(body)) };
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** IAM's refusal, unlike others, writes `Message`. */
function accessDenied(action: string, table: string, region: string): DynaliteReply {
  const resource = `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${table}`;
  return coralError(400, 'AccessDeniedException', {
    Message: `User: arn:aws:iam::${ACCOUNT}:user/purser is not authorized to perform: dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
  });
}

function failure(thrown: unknown): DynaliteReply {
  const body = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: String(thrown) };
  return { status: 500, body: bytesOf(JSON.stringify(body)) };
}

function send(response: ServerResponse, reply: DynaliteReply, requestId: string, clock: Clock): void {
  if (response.destroyed) return;
  response.statusCode = reply.status;
  response.setHeader('Server', 'Server');
  response.setHeader('Date', new Date(clock.now()).toUTCString());
  response.setHeader('Content-Type', 'application/x-amz-json-1.0');
  response.setHeader('Content-Length', reply.body.length);
  response.setHeader('x-amzn-RequestId', requestId);
  response.setHeader('x-amz-crc32', String(crc32(reply.body)));
  response.end(reply.body);
}

/** 52 characters as AWS's, but the same in every run, so that traces can be compared. */
function requestIdOf(ordinal: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHash('sha512').update(`request ${ordinal}`).digest().subarray(0, 52);
  return [...bytes].map((byte) => alphabet.charAt(byte % 32)).join('');
}
