/** The tables that Purser reads, as an operator would have made them, and any other. */
import type { ItemKeys, KeyAttribute } from './item-rules.ts';

export interface TableSchema {
  readonly name: string;
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
  /** Global secondary indexes; all attributes are projected unless told otherwise. */
  readonly indexes?: readonly IndexSchema[];
}

export interface IndexSchema {
  readonly name: string;
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
  readonly projection?: 'ALL' | 'KEYS_ONLY';
}

/** `crew-dispatch` with its month index; `index` null makes it without. */
export function crewDispatch(names: { table?: string; index?: string | null } = {}): TableSchema {
  const { table = 'crew-dispatch', index = 'month-date-index' } = names;
  return {
    name: table,
    partition: { name: 'charterId', type: 'S' },
    indexes:
      index === null
        ? []
        : [{ name: index, partition: { name: 'month', type: 'S' }, sort: { name: 'date', type: 'S' } }],
  };
}

export function crewRoster(name = 'crew-roster'): TableSchema {
  return { name, partition: { name: 'crewId', type: 'S' } };
}

/** The key attributes of all indexes of a table. */
export function indexedAttributes(schema: TableSchema): KeyAttribute[] {
  return (schema.indexes ?? []).flatMap((index) =>
    index.sort ? [index.partition, index.sort] : [index.partition],
  );
}

export function keysOf(schema: TableSchema): ItemKeys {
  const { partition, sort } = schema;
  return { partition, ...(sort === undefined ? {} : { sort }), indexed: indexedAttributes(schema) };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export function createTableInput(schema: TableSchema): Record<string, unknown> {
  const keyAttributes = [
    schema.partition,
    ...(schema.sort ? [schema.sort] : []),
    ...indexedAttributes(schema),
  ];
  const types = new Map(keyAttributes.map(({ name, type }) => [name, type]));
  const indexes = (schema.indexes ?? []).map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.projection ?? 'ALL' },
  }));
  return {
    TableName: schema.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...types].map(([name, type]) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(schema),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  };
}

function keySchema(key: { partition: KeyAttribute; sort?: KeyAttribute }): object[] {
  const parts = [{ AttributeName: key.partition.name, KeyType: 'HASH' }];
  if (key.sort !== undefined) parts.push({ AttributeName: key.sort.name, KeyType: 'RANGE' });
  return parts;
}
