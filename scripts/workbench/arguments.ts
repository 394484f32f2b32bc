/** The command line of the workbench. */
import { parseArgs } from 'node:util';
import { UsageError } from '../start/arguments.ts';
import type { SampleMonth, SampleView } from './contract.ts';

export const WORKBENCH_USAGE = `npm run workbench [-- OPTIONS]

  --month 2026-04 | 2026-05  the month of the sample to begin with: April is held, May is clean (default: 2026-05)
  --generate N               N clean charters instead of the sample's
  --charters FILE            charters of your own, one JSON object a line, in a workbook of their own
  --first-day                nobody has chosen Set up… yet
  --port N                   where the page is (default: 4242; 0: any that is free)
  --gone-after SECONDS       how long a question waits for somebody who closed the page (default: 300)
  --no-open                  do not open the browser
  --help

Everything is in memory: it is gone when the workbench ends. It can be reached from this computer only.`;

export interface WorkbenchArguments {
  readonly sample: SampleView;
  /** A file of charters in place of the sample’s; null: the sample’s. */
  readonly charters: string | null;
  readonly httpPort: number;
  readonly goneAfterMs: number;
  readonly opens: boolean;
}

const DEFAULT_PORT = 4242;
const MOST_CHARTERS = 20_000;

/** @throws UsageError */
export function readWorkbenchArguments(argv: readonly string[]): WorkbenchArguments | 'help' {
  const { values } = parsed(argv);
  if (values.help) return 'help';
  return {
    sample: {
      month: monthOf(values.month),
      generate: values.generate === undefined ? null : countOf('--generate', values.generate, MOST_CHARTERS),
      firstDay: values['first-day'],
    },
    charters: values.charters ?? null,
    httpPort: values.port === undefined ? DEFAULT_PORT : countOf('--port', values.port, 65_535),
    goneAfterMs: 1000 * countOf('--gone-after', values['gone-after'] ?? '300', 86_400, 1),
    opens: !values['no-open'],
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        month: { type: 'string' },
        generate: { type: 'string' },
        charters: { type: 'string' },
        'first-day': { type: 'boolean', default: false },
        port: { type: 'string' },
        'gone-after': { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function monthOf(text: string | undefined): SampleMonth {
  if (text === undefined || text === '2026-05') return '2026-05';
  if (text === '2026-04') return text;
  throw new UsageError(`--month takes 2026-04 or 2026-05, not “${text}”.`);
}

function countOf(option: string, text: string, most: number, least = 0): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > most || Number(text) < least)
    throw new UsageError(`${option} takes a number from ${least} to ${most}, not “${text}”.`);
  return Number(text);
}
