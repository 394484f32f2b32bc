/**
 * Reads of Amazon DynamoDB (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/), as calls for the
 * exchange: signed, all pages, validated.
 */

import { encode as utf8 } from '@stablelib/utf8';
import { asPurserError, PurserError } from '../../host/errors.ts';
import type { HttpReply, LogEvent } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import type { AttributeMap, AttributeValue } from './attribute-value.ts';
import {
  type AwsRefusal,
  type AwsRequestContext,
  clockSkewError,
  isClockSkew,
  isSessionRefused,
  isTransient,
  readRefusal,
  refusalError,
  serviceTimeMs,
} from './aws-error.ts';
import { crc32 } from './crc32.ts';
import type { CredentialSource } from './credentials.ts';
import { malformed, readPage, readTable, type TableDescription } from './dynamodb-replies.ts';
import { type SigningKeys, signRequest } from './sigv4.ts';

export interface DynamoDbOptions {
  /** `us-east-1` */
  readonly region: string;
  readonly credentials: CredentialSource;
  /** Told of a page whose checksum differs. */
  readonly log?: (event: LogEvent) => void;
}

export interface QueryRequest {
  readonly table: string;
  /** The table's own key when absent. */
  readonly index?: string;
  readonly partition: { readonly name: string; readonly value: AttributeValue };
  /** Both ends are included. */
  readonly sortBetween?: {
    readonly name: string;
    readonly from: AttributeValue;
    readonly to: AttributeValue;
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html */
export interface ScanFilter {
  readonly expression: string;
  /** `#name` → attribute. */
  readonly names: Readonly<Record<string, string>>;
  /** `:name` → value. */
  readonly values: AttributeMap;
}

export interface ScanRequest {
  readonly table: string;
  /** For several scans side by side: this one reads part `index` (from 0) of `of`. */
  readonly segment?: { readonly index: number; readonly of: number };
  /** Sees all that was written before it began, at twice the price. */
  readonly isConsistent?: boolean;
  /** Only items that meet it; the service reads all the same. */
  readonly filter?: ScanFilter;
}

/**
 * Each method builds one call, whose failures are: `aws-credentials-refused`, `aws-clock-skew`, `aws-refused`
 * (`data.awsError` says which: ResourceNotFoundException, AccessDeniedException, ValidationException …),
 * `service-throttled`, `service-unavailable` and `reply-malformed`.
 */
export interface DynamoDb {
  /** The items of one partition, in the order of the sort key. */
  queryAll(request: QueryRequest): Call<readonly AttributeMap[]>;
  /** All items of a table, or of one segment, in no order. */
  scanAll(request: ScanRequest): Call<readonly AttributeMap[]>;
  /** A few items, whichever come first: one page, never more. */
  sampleItems(table: string, most: number): Call<readonly AttributeMap[]>;
  describeTable(table: string): Call<TableDescription>;
}

/** @throws PurserError `settings-invalid` for what isn't a region's name: it becomes part of an address. */
export function createDynamoDb(options: DynamoDbOptions): DynamoDb {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(options.region)) {
    throw new PurserError('settings-invalid', {
      what: `“${options.region.slice(0, 40)}” is not an AWS region.`,
      now: 'Enter a region such as us-east-1 in the settings.',
    });
  }
  const signingKeys: SigningKeys = new Map();
  const door: Door = { ...options, signingKeys };
  return {
    queryAll(request) {
      return pagesCall(door, 'Query', request.table, queryInput(request));
    },
    scanAll(request) {
      const { table, segment, isConsistent, filter } = request;
      return pagesCall(door, 'Scan', table, {
        TableName: table,
        ...(segment === undefined ? {} : { Segment: segment.index, TotalSegments: segment.of }),
        ...(isConsistent === true ? { ConsistentRead: true } : {}),
        ...(filter === undefined ? {} : filterInput(filter)),
      });
    },
    sampleItems(table, most) {
      const context = { action: 'Scan', table, region: door.region };
      return signedCall(door, context, { TableName: table, Limit: most }, (body) => ({
        kind: 'done',
        value: readPage(body, context).Items,
      }));
    },
    describeTable(table) {
      const context = { action: 'DescribeTable', table, region: door.region };
      return signedCall(door, context, { TableName: table }, (body) => ({
        kind: 'done',
        value: readTable(body, context),
      }));
    },
  };
}

interface Door extends DynamoDbOptions {
  readonly signingKeys: SigningKeys;
}

/** The service's clock minus ours, once a refusal told. */
interface Clock {
  readonly offsetMs: number;
  readonly isCorrected: boolean;
}

const UNCORRECTED: Clock = { offsetMs: 0, isCorrected: false };

/** Names go through placeholders, because `month` and `date` are reserved words. */
function queryInput({ table, index, partition, sortBetween }: QueryRequest): Record<string, unknown> {
  const names: Record<string, string> = { '#partition': partition.name };
  const values: Record<string, AttributeValue> = { ':partition': partition.value };
  let condition = '#partition = :partition';
  if (sortBetween !== undefined) {
    names['#sort'] = sortBetween.name;
    values[':from'] = sortBetween.from;
    values[':to'] = sortBetween.to;
    condition += ' AND #sort BETWEEN :from AND :to';
  }
  return {
    TableName: table,
    // Refused where the index projects less: attributes that are not there would read as not recorded.
    ...(index === undefined ? {} : { IndexName: index, Select: 'ALL_ATTRIBUTES' }),
    KeyConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

function filterInput(filter: ScanFilter): Record<string, unknown> {
  return {
    FilterExpression: filter.expression,
    ExpressionAttributeNames: filter.names,
    ExpressionAttributeValues: filter.values,
  };
}

function pagesCall(
  door: Door,
  action: 'Query' | 'Scan',
  table: string,
  input: Readonly<Record<string, unknown>>,
  before: readonly AttributeMap[] = [],
  clock: Clock = UNCORRECTED,
): Call<readonly AttributeMap[]> {
  const context = { action, table, region: door.region };
  return signedCall(
    door,
    context,
    input,
    (body, settledClock) => {
      const page = readPage(body, context);
      const items = before.concat(page.Items);
      const next = page.LastEvaluatedKey;
      if (next === undefined) return { kind: 'done', value: items };
      if (JSON.stringify(next) === JSON.stringify(input.ExclusiveStartKey)) {
        throw malformed(context, 'the next page begins where this one began');
      }
      const nextInput = { ...input, ExclusiveStartKey: next };
      return { kind: 'next', call: pagesCall(door, action, table, nextInput, items, settledClock) };
    },
    clock,
  );
}

/** One signed POST; `read` throws `reply-malformed` for a body that isn't what the reference says. */
function signedCall<T>(
  door: Door,
  context: AwsRequestContext,
  input: Readonly<Record<string, unknown>>,
  read: (body: unknown, clock: Clock) => Settled<T>,
  clock: Clock = UNCORRECTED,
): Call<T> {
  const credentials = door.credentials.current();
  return {
    name: `${context.action} ${context.table} in ${context.region}`,
    repeatable: true,
    request({ nowMs }) {
      return signRequest({
        method: 'POST',
        url: `https://dynamodb.${door.region}.amazonaws.com/`,
        headers: { 'X-Amz-Target': `DynamoDB_20120810.${context.action}` },
        contentType: 'application/x-amz-json-1.0',
        body: JSON.stringify(input),
        region: door.region,
        service: 'dynamodb',
        credentials,
        timeMs: nowMs + clock.offsetMs,
        signingKeys: door.signingKeys,
      });
    },
    settle(reply, { nowMs }) {
      if (reply.status !== 200) {
        const refusal = readRefusal(reply);
        const { renew } = door.credentials;
        if (renew !== undefined && isSessionRefused(refusal)) {
          const again = (): Call<T> => {
            renew(credentials);
            return signedCall(door, context, input, read, clock);
          };
          return { kind: 'renew', renew: again };
        }
        return settleRefusal(reply, refusal, context, nowMs, clock, (corrected) =>
          signedCall(door, context, input, read, corrected),
        );
      }
      const text = reply.text();
      checkSum(door, context, reply, text);
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        // Cut off on the way: the next try may come whole.
        return { kind: 'retry', error: malformed(context, 'the reply breaks off or is not JSON') };
      }
      try {
        return read(body, clock);
      } catch (thrown) {
        return { kind: 'failed', error: asPurserError(thrown) };
      }
    },
  };
}

function settleRefusal<T>(
  reply: HttpReply,
  refusal: AwsRefusal,
  context: AwsRequestContext,
  nowMs: number,
  clock: Clock,
  withClock: (clock: Clock) => Call<T>,
): Settled<T> {
  if (isTransient(refusal)) return { kind: 'retry', error: refusalError(refusal, context) };
  const serviceMs = serviceTimeMs(reply);
  if (!isClockSkew(refusal, nowMs + clock.offsetMs, serviceMs)) {
    return { kind: 'failed', error: refusalError(refusal, context) };
  }
  if (clock.isCorrected || serviceMs === null)
    return { kind: 'failed', error: clockSkewError(refusal, context) };
  return { kind: 'again', call: withClock({ offsetMs: serviceMs - nowMs, isCorrected: true }) };
}

/**
 * DynamoDB sums the bytes on the wire, which UrlFetchApp may have unzipped, so a difference is only told. The text
 * is summed, not the bytes, which are slow to get in Apps Script.
 */
function checkSum(door: Door, context: AwsRequestContext, reply: HttpReply, text: string): void {
  const promised = reply.headers['x-amz-crc32'];
  if (door.log === undefined || promised === undefined) return;
  const actual = crc32(utf8(text));
  if (String(actual) === promised.trim()) return;
  door.log({
    event: 'dynamodb-checksum-differs',
    action: context.action,
    table: context.table,
    region: context.region,
    promised,
    actual,
    encoding: reply.headers['content-encoding'] ?? null,
  });
}
