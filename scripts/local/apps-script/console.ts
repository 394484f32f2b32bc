/** `console` and Logger: developers.google.com/apps-script/guides/logging */
import { format } from 'node:util';
import { type Execution, strict } from './execution.ts';

export interface LogLine {
  readonly severity: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
  readonly atMs: number;
  readonly text: string;
}

export function createConsole(execution: Execution, lines: LogLine[]): object {
  const started = new Map<string, number>();
  const write =
    (severity: LogLine['severity']) =>
    (...values: unknown[]) => {
      lines.push({ severity, atMs: execution.clock.now(), text: format(...values) });
    };
  return strict(execution, 'console', {
    log: write('DEBUG'),
    info: write('INFO'),
    warn: write('WARNING'),
    error: write('ERROR'),
    time: (label: unknown) => {
      started.set(String(label), execution.clock.now());
    },
    timeEnd: (label: unknown) => {
      const since = started.get(String(label)) ?? execution.clock.now();
      write('DEBUG')(`${String(label)}: ${execution.clock.now() - since}ms`);
    },
  });
}

export function createLogger(execution: Execution, lines: LogLine[]): object {
  let own: LogLine[] = [];
  const self: object = strict(execution, 'Logger', {
    clear: () => {
      own = [];
    },
    getLog: () => own.map(({ text }) => `${text}\n`).join(''),
    log: (...values: unknown[]) => {
      const line = { severity: 'INFO', atMs: execution.clock.now(), text: format(...values) } as const;
      own.push(line);
      lines.push(line);
      return self;
    },
  });
  return self;
}
