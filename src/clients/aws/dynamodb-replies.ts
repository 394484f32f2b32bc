/** What DynamoDB's replies must look like, checked where they enter. */
import * as v from 'valibot';
import { PurserError } from '../../host/errors.ts';
import { type AttributeMap, attributeMapProblem } from './attribute-value.ts';
import type { AwsRequestContext } from './aws-error.ts';

export interface TableDescription {
  readonly name: string;
  /** `ACTIVE` when it can be read. */
  readonly status: string;
  readonly key: KeyDescription;
  readonly indexes: readonly IndexDescription[];
  /** DynamoDB counts every six hours or so. */
  readonly itemCount: number;
}

export interface KeyDescription {
  readonly partition: string;
  readonly sort: string | null;
}

export interface IndexDescription extends KeyDescription {
  readonly name: string;
  /** Null for a local index, which is always there. */
  readonly status: string | null;
  /** `ALL`, `KEYS_ONLY` or `INCLUDE`: anything but ALL leaves attributes out of a query. */
  readonly projection: string;
}

/** A reply that can't be used: `reply-malformed`, with the problem in `data.problem`. */
export function malformed(context: AwsRequestContext, problem: string): PurserError {
  return new PurserError('reply-malformed', {
    what: `DynamoDB's reply to ${context.action} on table ${context.table} in ${context.region} can't be read: ${problem}.`,
    now: 'Try again; if it stays, report it with these words.',
    data: { action: context.action, table: context.table, region: context.region, problem },
  });
}

const attributeMap = v.rawCheck<unknown>(({ dataset, addIssue }) => {
  const problem = attributeMapProblem(dataset.value);
  if (problem !== null) addIssue({ message: problem });
});

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#API_Query_ResponseSyntax */
const pageSchema = v.object({
  Items: v.array(v.pipe(v.unknown(), attributeMap)),
  Count: count,
  ScannedCount: count,
  LastEvaluatedKey: v.optional(v.pipe(v.unknown(), attributeMap)),
});

/** One page of a Query or Scan. */
export interface Page {
  readonly Items: readonly AttributeMap[];
  readonly LastEvaluatedKey?: AttributeMap;
}

/** @throws PurserError `reply-malformed` */
export function readPage(body: unknown, context: AwsRequestContext): Page {
  const page = validated(pageSchema, body, context);
  if (page.Count !== page.Items.length) {
    throw malformed(context, `Count says ${page.Count}, but ${page.Items.length} items came`);
  }
  // `attributeMap` has checked every item and the key.
  return page as unknown as Page;
}

const keySchema = v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) }));

const indexSchema = v.object({
  IndexName: v.string(),
  KeySchema: keySchema,
  Projection: v.object({ ProjectionType: v.string() }),
  IndexStatus: v.optional(v.string()),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html#API_DescribeTable_ResponseSyntax */
const describeSchema = v.object({
  Table: v.object({
    TableName: v.string(),
    TableStatus: v.string(),
    KeySchema: keySchema,
    ItemCount: count,
    GlobalSecondaryIndexes: v.optional(v.array(indexSchema), []),
    LocalSecondaryIndexes: v.optional(v.array(indexSchema), []),
  }),
});

/** @throws PurserError `reply-malformed` */
export function readTable(body: unknown, context: AwsRequestContext): TableDescription {
  const { Table } = validated(describeSchema, body, context);
  return {
    name: Table.TableName,
    status: Table.TableStatus,
    key: keyOf(Table.KeySchema, context),
    indexes: [...Table.GlobalSecondaryIndexes, ...Table.LocalSecondaryIndexes].map((index) => ({
      name: index.IndexName,
      status: index.IndexStatus ?? null,
      projection: index.Projection.ProjectionType,
      ...keyOf(index.KeySchema, context),
    })),
    itemCount: Table.ItemCount,
  };
}

function keyOf(schema: v.InferOutput<typeof keySchema>, context: AwsRequestContext): KeyDescription {
  const partition = schema.find((part) => part.KeyType === 'HASH');
  if (partition === undefined) throw malformed(context, 'a key without a HASH part');
  return {
    partition: partition.AttributeName,
    sort: schema.find((part) => part.KeyType === 'RANGE')?.AttributeName ?? null,
  };
}

function validated<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  context: AwsRequestContext,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw malformed(context, `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`);
}
