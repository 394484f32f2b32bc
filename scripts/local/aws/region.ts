/** The tables of one region: filled by who sets a scene, and emptied for the next. */
import type { AttributeMap } from '../../../src/clients/aws/attribute-value.ts';
import type { Clock } from '../contract.ts';
import { type DynaliteServer, startDynalite } from './dynalite-server.ts';
import { rejectItem } from './item-rules.ts';
import { createTableInput, keysOf, type TableSchema } from './tables.ts';

export interface TableContent {
  readonly schema: TableSchema;
  readonly items: readonly AttributeMap[];
}

export interface Region {
  readonly name: string;
  server(): DynaliteServer;
  /** When a table was made, by the Workspace's clock; dynalite goes by the machine's. */
  readonly createdMs: Map<string, number>;
  /**
   * Creates the table when it isn't there, and writes the items; an item with the same key is replaced.
   * @throws Error naming the items that DynamoDB would refuse; then none is written.
   */
  seed(content: TableContent): Promise<void>;
  /**
   * Drops all tables but these, which are as if they were just made. What had the same content before, and was only
   * read since, is taken again: filling it takes longer than most of what a test does with it.
   * @throws as `seed`
   */
  fill(contents: readonly TableContent[]): Promise<void>;
  close(): Promise<void>;
}

const BATCH_SIZE = 25;
const MOST_KEPT = 8;
const MOST_KEPT_LETTERS = 200_000;

export async function openRegion(name: string, clock: Clock): Promise<Region> {
  let server = await startDynalite();
  /** What the server was filled with; null when that can't be told, or need not be. */
  let filledWith: string | null = null;
  /** Servers that are not in use, by what they were filled with; oldest first. */
  const kept = new Map<string, DynaliteServer>();
  const createdMs = new Map<string, number>();

  /** Puts the server away, to be taken again if it still holds what it was filled with. */
  async function leave(): Promise<void> {
    const left = filledWith !== null && !server.isWritten() && !kept.has(filledWith) ? filledWith : null;
    if (left === null) {
      await server.close();
      return;
    }
    kept.set(left, server);
    const [oldest] = kept;
    if (kept.size <= MOST_KEPT || oldest === undefined) return;
    kept.delete(oldest[0]);
    await oldest[1].close();
  }

  const seed: Region['seed'] = async ({ schema, items }) => {
    refuseBadItems(schema, items);
    await ensureTable(server, schema, () => createdMs.set(schema.name, clock.now()));
    await writeAll(server, schema, items);
  };

  return {
    name,
    server: () => server,
    createdMs,
    seed,
    async fill(contents) {
      const text = JSON.stringify(contents);
      const content = text.length > MOST_KEPT_LETTERS ? null : text;
      if (content === null || content !== filledWith || server.isWritten()) {
        const known = kept.get(content ?? '');
        kept.delete(content ?? '');
        await leave();
        server = known ?? (await startDynalite());
        filledWith = null;
        createdMs.clear();
        if (known === undefined) {
          for (const each of contents) await seed(each);
          server.forgetWrites();
        }
        filledWith = content;
      }
      for (const { schema } of contents) createdMs.set(schema.name, clock.now());
    },
    async close() {
      await Promise.all([server, ...kept.values()].map((one) => one.close()));
    },
  };
}

function refuseBadItems(schema: TableSchema, items: readonly AttributeMap[]): void {
  const keys = keysOf(schema);
  const problems = items.flatMap((item, index) => {
    const problem = rejectItem(item, keys);
    return problem === null ? [] : [`item ${index + 1}: ${problem}`];
  });
  if (problems.length > 0)
    throw new Error(`${schema.name} can't hold what it should: ${problems.join('; ')}`);
}

async function ensureTable(server: DynaliteServer, schema: TableSchema, onCreate: () => void): Promise<void> {
  const { TableNames } = await server.run('ListTables', {});
  if (Array.isArray(TableNames) && TableNames.includes(schema.name)) return;
  onCreate();
  await server.run('CreateTable', createTableInput(schema));
  const deadline = Date.now() + 5_000;
  for (;;) {
    const { Table } = await server.run('DescribeTable', { TableName: schema.name });
    if ((Table as Record<string, unknown>).TableStatus === 'ACTIVE') return;
    if (Date.now() > deadline) throw new Error(`Table ${schema.name} did not become active.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function writeAll(
  server: DynaliteServer,
  schema: TableSchema,
  items: readonly AttributeMap[],
): Promise<void> {
  // One batch may not name a key twice; the last of a key wins, as it would over time.
  const nameOf = (item: AttributeMap): string =>
    JSON.stringify([item[schema.partition.name], schema.sort === undefined ? null : item[schema.sort.name]]);
  const unique = [...new Map(items.map((item) => [nameOf(item), item])).values()];
  const batches: AttributeMap[][] = [];
  for (let from = 0; from < unique.length; from += BATCH_SIZE)
    batches.push(unique.slice(from, from + BATCH_SIZE));
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await server.run('BatchWriteItem', {
        RequestItems: { [schema.name]: batch.map((Item) => ({ PutRequest: { Item } })) },
      });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}
