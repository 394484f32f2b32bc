/** What comes over HTTP, checked where it comes in. */
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Act } from './contract.ts';

const MOST_BYTES = 4_000_000;

const tab = v.pipe(v.number(), v.integer());
const text = v.pipe(v.string(), v.maxLength(50_000));
const month = v.picklist(['2026-04', '2026-05']);

const wallTime = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/));
const inCalendar = { account: text, calendar: text };
const eventWords = { title: text, start: wallTime, end: wallTime };

const ACT = v.variant('do', [
  v.strictObject({
    do: v.literal('type'),
    tab,
    a1: v.pipe(v.string(), v.regex(/^[A-Za-z]{1,3}[1-9]\d{0,6}$/)),
    input: text,
  }),
  v.strictObject({ do: v.literal('rename-tab'), tab, title: text }),
  v.strictObject({ do: v.literal('delete-tab'), tab }),
  v.strictObject({ do: v.literal('duplicate-tab'), tab }),
  v.strictObject({ do: v.literal('show-tab'), tab, hidden: v.boolean() }),
  v.strictObject({ do: v.literal('menu'), functionName: v.pipe(v.string(), v.maxLength(100)) }),
  v.strictObject({
    do: v.literal('answer'),
    question: v.number(),
    button: v.picklist(['CLOSE', 'OK', 'CANCEL', 'YES', 'NO']),
    text,
  }),
  v.strictObject({ do: v.literal('close-frame'), frame: v.number() }),
  v.strictObject({ do: v.literal('fire'), trigger: text }),
  v.strictObject({ do: v.literal('clock-to'), at: v.pipe(v.string(), v.isoTimestamp()), fire: v.boolean() }),
  v.strictObject({
    do: v.literal('clock-by'),
    unit: v.picklist(['hour', 'day', 'month']),
    fire: v.boolean(),
  }),
  v.strictObject({ do: v.literal('stop') }),
  v.strictObject({ do: v.literal('fault'), id: text, on: v.boolean() }),
  v.strictObject({
    do: v.literal('network'),
    slow: v.boolean(),
    factor: v.pipe(v.number(), v.minValue(0.1), v.maxValue(5)),
  }),
  v.strictObject({ do: v.literal('visit'), url: text, as: text, decline: v.boolean() }),
  v.strictObject({ do: v.literal('connect-crew') }),
  v.strictObject({ do: v.literal('add-event'), ...inCalendar, ...eventWords }),
  v.strictObject({ do: v.literal('change-event'), event: text, ...inCalendar, ...eventWords }),
  v.strictObject({ do: v.literal('delete-event'), event: text, ...inCalendar }),
  v.strictObject({ do: v.literal('expire-sync-tokens') }),
  v.strictObject({
    do: v.literal('reset'),
    month,
    generate: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20_000))),
    firstDay: v.boolean(),
  }),
]);

const CALL = v.strictObject({
  frame: v.number(),
  key: v.string(),
  name: v.pipe(v.string(), v.maxLength(100)),
  args: v.array(v.unknown()),
});

/** @throws Error with a sentence */
export function readAct(body: string): Act {
  return read(ACT, body) satisfies Act;
}

/** @throws Error with a sentence */
export function readFrameCall(body: string): v.InferOutput<typeof CALL> {
  return read(CALL, body);
}

function read<S extends v.GenericSchema>(schema: S, body: string): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Error('The request is no JSON.');
  }
  const found = v.safeParse(schema, value);
  if (found.success) return found.output;
  const [issue] = found.issues;
  throw new Error(
    `The workbench does not understand the request: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
  );
}

/** Null when it is too long; read to the end all the same, or the client would see a connection that breaks. */
export async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const piece = part as Buffer;
    bytes += piece.length;
    if (bytes <= MOST_BYTES) parts.push(piece);
  }
  return bytes > MOST_BYTES ? null : Buffer.concat(parts).toString('utf8');
}
