/** All that a run is given, read and checked; nothing is written yet, so that bad usage leaves nothing behind. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { addMonths } from '../../src/statement/month.ts';
import { charterAttributeKey, rosterAttributeKey, SETTINGS } from '../../src/workbook/settings-list.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import { crewDispatch, crewRoster } from '../local/aws/tables.ts';
import type { WorkspaceState } from '../local/workspace.ts';
import { zonedMs } from '../local/zoned-time.ts';
import type { StartArguments } from './arguments.ts';
import { UsageError } from './arguments.ts';
import type { Inputs, Schemas } from './inputs.ts';
import { bytesOf, readInputs } from './inputs.ts';
import { readXlsxSettings } from './workbook-settings.ts';

/** An .xlsx carries no zone. */
export const TIME_ZONE = 'America/New_York';
const HOUR = 6;

export interface PreparedRun {
  /** Absolute. */
  readonly out: string;
  readonly inputs: Inputs;
  readonly schemas: Schemas;
  /** Of a run before in the same folder. */
  readonly state: KeptState | null;
  readonly workbook: Uint8Array | null;
  /** The primary first. */
  readonly regions: readonly string[];
  /** 06:00 of the statement day, milliseconds since 1970 UTC. */
  readonly startMs: number;
}

/** What a folder keeps from run to run. */
export interface KeptState extends WorkspaceState {
  /** Whose workbook it is, whatever files the next run is given. */
  readonly user?: Inputs['user'];
  /** SHA-256 of each mail that was put into the mailbox. */
  readonly delivered?: readonly string[];
}

function readState(file: string): KeptState | null {
  if (!existsSync(file)) return null;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as KeptState;
    if (state.version === 1) return state;
  } catch {
    // Told below, as any other state that can't be used.
  }
  throw new UsageError(
    `${file} can't be read: it holds what was sent already. Put it back, or choose another --out.`,
  );
}

export function stateFile(out: string): string {
  return join(out, '.state', 'state.json');
}

/** @throws UsageError */
export async function prepareRun(options: StartArguments): Promise<PreparedRun> {
  const out = resolve(options.out);
  if (existsSync(out) && !statSync(out).isDirectory()) throw new UsageError(`--out: ${out} is not a folder.`);
  const traceFolder = options.trace === null ? null : dirname(resolve(options.trace));
  if (traceFolder !== null && !existsSync(traceFolder)) {
    throw new UsageError(`--trace: there is no folder ${traceFolder}.`);
  }
  const keptFile = join(out, 'workbook.xlsx');
  const kept = existsSync(keptFile) ? bytesOf(keptFile) : null;
  const given = kept ?? (options.workbook === null ? null : bytesOf(options.workbook));
  const file = kept === null ? (options.workbook ?? '') : keptFile;
  const typed =
    given === null ? new Map<string, string>() : await readXlsxSettings(given, file, OWN_TAB_TITLES.settings);
  // The command line goes before the settings tab.
  for (const [key, value] of options.settings) typed.set(key, value);
  const setting = (key: string): string =>
    typed.get(key) ?? SETTINGS.find((one) => one.key === key)?.fallback ?? '';
  const schemas = schemasOf(setting);
  const inputs = await readInputs(options, schemas);
  const regions = [setting('Primary region'), setting('Second region')].filter((region) =>
    /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
  );
  const day = `${addMonths(options.month, 1)}-${statementDay(setting('Statement day'))}`;
  return {
    out,
    inputs,
    schemas,
    state: readState(stateFile(out)),
    workbook: kept ?? inputs.workbook,
    regions: [...new Set(regions)],
    startMs: zonedMs(day, HOUR, knownZone(setting('Time zone'))),
  };
}

function schemasOf(setting: (key: string) => string): Schemas {
  const charters = crewDispatch();
  const keyed = (name: string): { name: string; type: 'S' } => ({ name, type: 'S' });
  return {
    charters: {
      ...charters,
      partition: keyed(setting(charterAttributeKey('charterId'))),
      indexes: (charters.indexes ?? []).map((index) => ({
        ...index,
        partition: keyed(setting(charterAttributeKey('month'))),
        sort: keyed(setting(charterAttributeKey('date'))),
      })),
    },
    roster: { ...crewRoster(), partition: keyed(setting(rosterAttributeKey('crewId'))) },
  };
}

function statementDay(text: string): string {
  return /^([1-9]|1\d|2[0-8])$/.test(text) ? text.padStart(2, '0') : '01';
}

/** A zone that nobody knows is for the settings to refuse, not for the clock. */
function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    return TIME_ZONE;
  }
}
