/** The command line of `npm start`, read strictly: what it can't mean is bad usage. */
import { parseArgs } from 'node:util';
import { isMonth, monthFromLabel } from '../../src/statement/month.ts';
import { fold } from '../../src/workbook/settings.ts';
import { SETTINGS } from '../../src/workbook/settings-list.ts';

export const USAGE = `npm start [-- OPTIONS]

  --month 2026-05            the month; 2026-05 with the sample operator
  --out DIR                  where everything is written (default: out/MONTH)
  --charters FILE            charters of the primary region, JSON lines or a DynamoDB export
  --charters-second FILE     charters of the second region (default: the same)
  --roster FILE              crew, JSON lines
  --mail DIR                 a folder of .eml; mail that was sent under sent/
  --trip-sheets DIR          .csv and .xlsx trip sheets
  --workbook FILE.xlsx       the master workbook (one in DIR goes before it)
  --set "Key=value"          a setting, as typed into the settings tab; may be repeated
  --generate N               N clean charters instead of the sample's
  --trace FILE.har           every HTTP request and reply of the run, without tokens and keys
  --trace-secrets            with --trace: tokens and keys, too
  --no-send                  stop before filing and sending
  --json                     print summary.json and nothing else
  --help

Without files of your own the sample operator in sample/ is used; with any, nothing of the sample is.
Tables are named crew-dispatch and crew-roster, with the index month-date-index.

Exit: 0 sent, already sent or ready; 2 held or unknown; 1 failed; 64 bad usage.`;

/** What can't be done as asked, in words for the terminal; exit code 64. */
export class UsageError extends Error {}

export interface StartArguments {
  readonly month: string;
  readonly out: string;
  readonly charters: string | null;
  readonly chartersSecond: string | null;
  readonly roster: string | null;
  readonly mail: string | null;
  readonly tripSheets: string | null;
  readonly workbook: string | null;
  /** Setting's key, as the list has it → value. */
  readonly settings: ReadonlyMap<string, string>;
  readonly generate: number | null;
  readonly trace: string | null;
  /** Whether the trace shows tokens and keys. */
  readonly traceSecrets: boolean;
  readonly send: boolean;
  readonly json: boolean;
}

const SAMPLE_MONTH = '2026-05';

/**
 * @param askMonth asks the person in front of the terminal; null where nobody is
 * @throws UsageError
 */
export async function readArguments(
  argv: readonly string[],
  askMonth: (() => Promise<string>) | null,
): Promise<StartArguments | 'help'> {
  const values = parse(argv);
  if (values.help) return 'help';
  const own = [
    values.charters,
    values['charters-second'],
    values.roster,
    values.mail,
    values['trip-sheets'],
    values.workbook,
  ];
  const month = await chooseMonth(
    values.month,
    own.every((value) => value === undefined),
    askMonth,
  );
  if (values.generate !== undefined && values.charters !== undefined) {
    throw new UsageError('--generate makes the charters itself; leave out --charters, or --generate.');
  }
  if (values['charters-second'] !== undefined && values.charters === undefined) {
    throw new UsageError('--charters-second needs --charters.');
  }
  if (values['trace-secrets'] && values.trace === undefined) {
    throw new UsageError('--trace-secrets needs --trace FILE.har.');
  }
  return {
    month,
    out: values.out ?? `out/${month}`,
    charters: values.charters ?? null,
    chartersSecond: values['charters-second'] ?? null,
    roster: values.roster ?? null,
    mail: values.mail ?? null,
    tripSheets: values['trip-sheets'] ?? null,
    workbook: values.workbook ?? null,
    settings: readSettingOptions(values.set ?? []),
    generate: values.generate === undefined ? null : readCount(values.generate),
    trace: values.trace ?? null,
    traceSecrets: values['trace-secrets'] ?? false,
    send: !values['no-send'],
    json: values.json ?? false,
  };
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const OPTIONS = {
  month: TEXT,
  out: TEXT,
  charters: TEXT,
  'charters-second': TEXT,
  roster: TEXT,
  mail: TEXT,
  'trip-sheets': TEXT,
  workbook: TEXT,
  set: { type: 'string', multiple: true },
  generate: TEXT,
  trace: TEXT,
  'trace-secrets': FLAG,
  'no-send': FLAG,
  json: FLAG,
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(argv: readonly string[]) {
  const bare = lacksValue(argv);
  if (bare !== null) throw needsValue(bare);
  try {
    const { values } = parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: OPTIONS,
    });
    for (const [name, value] of Object.entries(values)) {
      if (value === '') throw needsValue(name);
    }
    return values;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function needsValue(name: string): UsageError {
  return new UsageError(`--${name} needs a value; npm start -- --help shows which.`);
}

/** The first option that ends the line, or has another one where its value should be; Node calls that “ambiguous”. */
function lacksValue(argv: readonly string[]): string | null {
  for (let at = 0; at < argv.length; at++) {
    const name = /^--([a-z-]+)$/.exec(argv[at] ?? '')?.[1];
    const option = Object.entries(OPTIONS).find(([key]) => key === name)?.[1];
    if (name === undefined || option?.type !== 'string') continue;
    const value = argv[at + 1];
    if (value === undefined || value === '' || value.startsWith('-')) return name;
    at += 1;
  }
  return null;
}

async function chooseMonth(
  given: string | undefined,
  sample: boolean,
  askMonth: (() => Promise<string>) | null,
): Promise<string> {
  if (given === undefined && !sample && askMonth === null) {
    throw new UsageError('--month is needed with files of your own, such as --month 2026-05.');
  }
  const text = given ?? (sample || askMonth === null ? SAMPLE_MONTH : await askMonth());
  const month = monthFromLabel(text);
  if (month === null || !isMonth(month)) throw new UsageError(`“${text}” is not a month such as 2026-05.`);
  return month;
}

function readSettingOptions(options: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const problems: string[] = [];
  for (const option of options) {
    const at = option.indexOf('=');
    const key = at < 0 ? option : option.slice(0, at);
    const known = SETTINGS.find((setting) => fold(setting.key) === fold(key));
    if (at < 0) problems.push(`--set “${option}” has no “=”; write --set "Company=Blue Heron Charters".`);
    else if (known === undefined) problems.push(`there is no setting “${key.trim()}”${nearest(key)}.`);
    else settings.set(known.key, option.slice(at + 1).trim());
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return settings;
}

function nearest(key: string): string {
  const words = fold(key)
    .split(' ')
    .filter((word) => word.length > 2);
  const alike = SETTINGS.filter((setting) => words.some((word) => fold(setting.key).includes(word))).slice(
    0,
    4,
  );
  return alike.length === 0 ? '' : `; there is ${alike.map((setting) => `“${setting.key}”`).join(', ')}`;
}

function readCount(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 20_000) {
    throw new UsageError(`--generate takes a number from 0 to 20000, not “${text}”.`);
  }
  return Number(text);
}
