/** `npm start`: does what a person does who chose “Send statement…” and confirmed, on the local Workspace. */
import { createInterface } from 'node:readline/promises';
import { readArguments, USAGE, UsageError } from './start/arguments.ts';
import { startMonth } from './start/start-month.ts';

const askMonth = process.stdin.isTTY && process.stdout.isTTY ? ask : null;

async function ask(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question('Which month? (such as 2026-05) ');
  } finally {
    terminal.close();
  }
}

async function main(): Promise<number> {
  try {
    const options = await readArguments(process.argv.slice(2), askMonth);
    if (options === 'help') {
      console.log(USAGE);
      return 0;
    }
    return await startMonth(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\nSee: npm start -- --help`);
    return 64;
  }
}

process.exitCode = await main();
