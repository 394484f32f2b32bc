/**
 * `npm run simulate`: the built bundle on the local Workspace, with faults at its calls, and what became of the month.
 *
 * --seed N --runs M   M random pairs of faults (default 200) from that seed (default 1)
 * --singles           every call with every fault, and another execution or a hand at every call, instead
 * --only WORDS        those whose word contains it: `killed`, `account/`, `0.17=`
 * --replay WORD       one scenario, with its trace
 * --large             a month of 10,000 charters, in one execution and with services so late that it takes several
 * --trace             every trace, not only those of violations
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { createDice } from './local/generate-dice.ts';
import { playLarge } from './simulate/large.ts';
import type { Kind } from './simulate/plan.ts';
import { OUTAGES, randomPair, singleFaults, singleMeetings } from './simulate/plan.ts';
import type { PlayedWord, Question, Reply } from './simulate/player.ts';
import { tableOf } from './simulate/print.ts';
import { wordOf } from './simulate/scenario.ts';
import { REGIONS, SCENES } from './simulate/scene.ts';
import { progressBar } from './start/terminal.ts';

const DEFAULT_RUNS = 200;
const MOST_PLAYERS = 4;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: String(DEFAULT_RUNS) },
    singles: { type: 'boolean', default: false },
    only: { type: 'string' },
    replay: { type: 'string' },
    trace: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    charters: { type: 'string', default: '10000' },
    bundle: { type: 'string' },
  },
});

interface Player {
  ask(question: Question): Promise<Reply>;
  close(): void;
}

function startPlayer(bundleFolder: string): Player {
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./simulate/player.ts', import.meta.url)),
    [bundleFolder],
    {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const gone = (): void => reject(new Error('A player has ended.'));
        child.once('exit', gone);
        child.once('message', (reply: Reply) => {
          child.off('exit', gone);
          resolve(reply);
        });
        child.send(question);
      }),
    close: () => {
      child.send('close');
    },
  };
}

async function kindsOf(player: Player): Promise<Kind[]> {
  const kinds: Kind[] = [];
  for (const scene of SCENES) {
    for (const first of ['monthly', 'person'] as const) {
      const reply = await player.ask({ ask: 'calls', scene, first });
      if (!('calls' in reply)) throw new Error('broken' in reply ? reply.broken : 'No calls.');
      kinds.push({ scene, first, calls: reply.calls });
    }
  }
  return kinds;
}

function wordsFrom(kinds: readonly Kind[]): readonly string[] {
  if (values.singles) {
    const singles = kinds.flatMap((kind) => [
      ...singleFaults(kind),
      ...singleMeetings(kind),
      ...OUTAGES.map(({ outage }) => ({ ...kind, moves: [], outage })),
    ]);
    return singles.map(wordOf);
  }
  return Array.from({ length: Number(values.runs) }, (_, run) =>
    wordOf(randomPair(kinds, createDice(Number(values.seed) * 1_000_003 + run))),
  );
}

async function playAll(players: readonly Player[], words: readonly string[]): Promise<PlayedWord[]> {
  const bar = progressBar(process.stderr.isTTY === true);
  const waiting = [...words];
  const played: PlayedWord[] = [];
  await Promise.all(
    players.map(async (player) => {
      for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
        const reply = await player.ask({ ask: 'play', word, withTrace: values.trace });
        if ('broken' in reply) throw new Error(`${word}: ${reply.broken}`);
        if (!('played' in reply)) throw new Error(`${word} was not played.`);
        played.push(reply.played);
        bar.show(`${played.length} of ${words.length}`, played.length, words.length);
        if (values.trace || reply.played.violations.length > 0) {
          bar.end();
          console.log(failureText(reply.played));
        }
      }
    }),
  );
  bar.end();
  return played;
}

function failureText({ word, outcome, violations, trace }: PlayedWord): string {
  const found = violations.map((words) => `  VIOLATION: ${words}`);
  const again = `  npm run simulate -- --replay '${word}'`;
  return [`\n${word}: ${outcome}`, ...found, again, ...(trace === null ? [] : [trace])].join('\n');
}

async function showLarge(bundleFolder: string): Promise<number> {
  const { seen, violations, trace } = await playLarge({ bundleFolder, charters: Number(values.charters) });
  if (values.trace) console.log(trace);
  console.log(`${values.charters} charters, as the model has it, and with services that answer late:`);
  for (const words of seen) console.log(`  ${words}`);
  for (const words of violations) console.log(`  VIOLATION: ${words}`);
  console.log(`${violations.length} violations.`);
  return violations.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const folder = values.bundle ?? mkdtempSync(join(tmpdir(), 'purser-simulate-'));
  if (values.bundle === undefined) await build({ outDir: folder, regions: REGIONS, reuse: true });
  if (values.large) {
    try {
      return await showLarge(folder);
    } finally {
      if (values.bundle === undefined) rmSync(folder, { recursive: true, force: true });
    }
  }
  const count = values.replay === undefined ? Math.max(1, Math.min(MOST_PLAYERS, availableParallelism())) : 1;
  const players = Array.from({ length: count }, () => startPlayer(folder));
  const startedMs = Date.now();
  try {
    const [first] = players;
    if (first === undefined) return 1;
    if (values.replay !== undefined) {
      const reply = await first.ask({ ask: 'play', word: values.replay, withTrace: true });
      if (!('played' in reply)) throw new Error('broken' in reply ? reply.broken : 'It was not played.');
      console.log(failureText(reply.played));
      return reply.played.violations.length > 0 ? 1 : 0;
    }
    const { only } = values;
    const words = wordsFrom(await kindsOf(first)).filter((word) => only === undefined || word.includes(only));
    const played = await playAll(players, words);
    const failed = played.filter(({ violations }) => violations.length > 0);
    console.log(tableOf(played));
    console.log(
      `${played.length} scenarios from seed ${values.seed} in ${Math.round((Date.now() - startedMs) / 1000)} s, ${failed.length} with violations.`,
    );
    for (const { word } of failed) console.log(`npm run simulate -- --replay '${word}'`);
    return failed.length > 0 ? 1 : 0;
  } finally {
    for (const player of players) player.close();
    if (values.bundle === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
