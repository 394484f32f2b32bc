/** Two or more ways to do one thing, timed in turns in one process. */

export interface Contender {
  readonly name: string;
  /** One round of work. */
  run(): void | Promise<void>;
}

export interface Timed {
  readonly name: string;
  /** Median over the rounds. */
  readonly medianMs: number;
  /** Median of this one's time by the first one's time in the same round. */
  readonly ratioToFirst: number;
}

/** The order is shuffled each round, so that none always runs on a warm or a full heap. */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Timed[]> {
  const times = contenders.map((): number[] => []);
  for (const { run } of contenders) for (let warmUp = 0; warmUp < 3; warmUp++) await run();
  for (let round = 0; round < rounds; round++) {
    for (const index of shuffled(contenders.length)) {
      const started = process.hrtime.bigint();
      await contenders[index]?.run();
      times[index]?.push(Number(process.hrtime.bigint() - started) / 1e6);
    }
  }
  const [first = []] = times;
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? [];
    return {
      name,
      medianMs: median(own),
      ratioToFirst: median(own.map((ms, round) => ms / (first[round] ?? Number.NaN))),
    };
  });
}

function shuffled(length: number): number[] {
  return Array.from({ length }, (_, index) => ({ index, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ index }) => index);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
