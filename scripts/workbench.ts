/** `npm run workbench`: the whole product in a browser, on the local Workspace, without an account. */
import { spawn } from 'node:child_process';
import { UsageError } from './start/arguments.ts';
import { readWorkbenchArguments, WORKBENCH_USAGE } from './workbench/arguments.ts';
import { openWorkbench } from './workbench/open-workbench.ts';

/** Who has no browser to open opens the address by hand. */
function openBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? (['open', [url]] as const)
      : process.platform === 'win32'
        ? (['cmd', ['/c', 'start', '', url]] as const)
        : (['xdg-open', [url]] as const);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

async function main(): Promise<number> {
  try {
    const options = readWorkbenchArguments(process.argv.slice(2));
    if (options === 'help') {
      console.log(WORKBENCH_USAGE);
      return 0;
    }
    console.log('Preparing the workbench …');
    const { url } = await openWorkbench(options);
    console.log(`The workbench is at ${url}`);
    console.log('Everything in it is in memory, and gone when you end it here with Ctrl+C.');
    if (options.opens && process.stdout.isTTY === true) openBrowser(url);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\nSee: npm run workbench -- --help`);
      return 64;
    }
    if (error instanceof Error && error.message.includes('EADDRINUSE')) {
      console.error('Another program has this port. Choose another one: npm run workbench -- --port 4243');
      return 1;
    }
    throw error;
  }
}

// No handler for Ctrl+C: it would not run while the script waits for an answer.
const code = await main();
if (code !== 0) process.exit(code);
