/** What calls and seconds a piece of work has cost, by the counters of the local Workspace. */
import type { AppsScript } from '../local/apps-script/apps-script.ts';
import type { TracedExchange } from '../local/contract.ts';
import type { Network } from '../local/network/start-network.ts';

export interface Spent {
  readonly host: number;
  readonly http: number;
  readonly rounds: number;
  /** By the model: assumed latencies halved, as they are, and doubled. */
  readonly seconds: readonly [number, number, number];
  /** Of one request or reply, pages of a query apart. */
  readonly largestBytes: number;
  /** Whose that is: `GET sheets.googleapis.com …/values:batchGet`. */
  readonly largestOf: string;
  readonly largestPageBytes: number;
}

const FACTORS = [0.5, 1, 2] as const;

/** Counts what `work` does. */
export function spentBy(appsScript: AppsScript, network: Network, work: () => void): Spent {
  const before = { ...appsScript.counts };
  const seconds = () => FACTORS.map((assumedFactor) => appsScript.modelledSeconds({ assumedFactor }));
  const secondsBefore = seconds();
  const traced = network.trace.length;
  work();
  const [low = 0, middle = 0, high = 0] = seconds().map((now, index) => now - (secondsBefore[index] ?? 0));
  const exchanges = network.trace.slice(traced);
  const largest = largestOf(exchanges.filter((exchange) => !isPage(exchange)));
  return {
    host: appsScript.counts.host - before.host,
    http: appsScript.counts.http - before.http,
    rounds: appsScript.counts.rounds - before.rounds,
    seconds: [low, middle, high],
    largestBytes: largest === null ? 0 : bytesOf(largest),
    largestOf: largest === null ? '' : nameOf(largest),
    largestPageBytes: bytesOf(largestOf(exchanges.filter(isPage))),
  };
}

function isPage({ request }: TracedExchange): boolean {
  return request.url.includes('dynamodb.');
}

function largestOf(exchanges: readonly TracedExchange[]): TracedExchange | null {
  return exchanges.reduce<TracedExchange | null>(
    (largest, exchange) => (bytesOf(exchange) > bytesOf(largest) ? exchange : largest),
    null,
  );
}

function bytesOf(exchange: TracedExchange | null): number {
  if (exchange === null) return 0;
  const { request, reply } = exchange;
  return Math.max(request.body.length, 'failed' in reply ? 0 : reply.body.length);
}

function nameOf({ request }: TracedExchange): string {
  const { hostname, pathname } = new URL(request.url);
  return `${request.method} ${hostname} …/${pathname.split('/').at(-1) ?? ''}`;
}
