/** The files that `npm start` is given, read and checked before anything is written. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import { addMonths } from '../../src/statement/month.ts';
import { readItemLines } from '../local/aws/export-lines.ts';
import type { TableSchema } from '../local/aws/tables.ts';
import { indexedAttributes } from '../local/aws/tables.ts';
import { generateMonth } from '../local/generate.ts';
import type { CrewCalendar } from '../sample/calendars.ts';
import { statementMail } from '../sample/mails.ts';
import { BOOKING_AGENTS, COMPANY, OFFICE, WORKBOOK_TITLE } from '../sample/operator.ts';
import { jsonLines } from '../sample/statements.ts';
import type { StartArguments } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { crewCalendarsOf } from './crew-calendars.ts';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Inputs {
  readonly charters: readonly AttributeMap[];
  readonly chartersSecond: readonly AttributeMap[];
  readonly roster: readonly AttributeMap[];
  readonly inbox: readonly NamedBytes[];
  readonly sent: readonly NamedBytes[];
  readonly tripSheets: readonly NamedBytes[];
  /** Of the crew, when everything else is the sample's too. */
  readonly calendars: readonly CrewCalendar[];
  readonly workbook: Uint8Array | null;
  readonly workbookTitle: string;
  readonly user: { readonly email: string; readonly name: string };
  /** What a person of this operator has typed into the settings. */
  readonly settings: ReadonlyMap<string, string>;
  /** What finds the booking mail, for a workbook whose settings don't say; empty when there is none. */
  readonly mailSettings: ReadonlyMap<string, string>;
}

export interface Schemas {
  readonly charters: TableSchema;
  readonly roster: TableSchema;
}

const SAMPLE = join(import.meta.dirname, '..', '..', 'sample');
const GENERATOR_SEED = 20_260_501;

/** @throws UsageError naming every file and line that can't be used */
export async function readInputs(options: StartArguments, schemas: Schemas): Promise<Inputs> {
  const own = [options.charters, options.roster, options.mail, options.workbook].some(
    (file) => file !== null,
  );
  const folder = (given: string | null, sample: string): string | null =>
    given ?? (own ? null : join(SAMPLE, sample));
  const mail = folder(options.mail, 'mail');
  const tripSheets = folder(options.tripSheets, 'trip-sheets');
  const workbook = folder(options.workbook, 'workbook.xlsx');
  const generated =
    options.generate === null
      ? null
      : generateMonth({ month: options.month, charters: options.generate, seed: GENERATOR_SEED });
  const chartersText =
    generated === null ? textOf(folder(options.charters, 'charters.jsonl')) : jsonLines(generated.charters);
  const rosterText =
    generated !== null && options.roster === null
      ? jsonLines(generated.roster)
      : textOf(folder(options.roster, 'roster.jsonl'));
  const problems: string[] = [];
  const read = (text: string | null, file: string | null, schema: TableSchema): readonly AttributeMap[] => {
    if (text === null) return [];
    if (isScanOutput(text)) {
      problems.push(
        `${file ?? ''} is what a scan or a query prints, not lines. Make lines of it: jq -c '.Items[]'`,
      );
      return [];
    }
    const lines = readItemLines(text, schema.partition.name, indexedAttributes(schema));
    problems.push(
      ...lines.problems.map(({ line, problem }) => `${file ?? 'generated'}, line ${line}: ${problem}`),
    );
    return lines.items;
  };
  const charters = read(chartersText, options.charters, schemas.charters);
  const second = options.chartersSecond;
  const chartersSecond = second === null ? charters : read(textOf(second), second, schemas.charters);
  const roster = read(rosterText, options.roster, schemas.roster);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const sent = emlFiles(mail === null ? null : join(mail, 'sent'), false);
  if (!own && options.generate !== null) sent.push(await priorMail(options.month));
  // Mail and sheets of the sample say nothing of generated charters.
  const inbox = generated === null || options.mail !== null ? emlFiles(mail, options.mail !== null) : [];
  return {
    charters,
    chartersSecond,
    roster,
    inbox,
    sent,
    tripSheets:
      generated === null || options.tripSheets !== null
        ? sheetFiles(tripSheets, options.tripSheets !== null)
        : [],
    calendars: isSample(options) ? crewCalendarsOf(options.month) : [],
    workbook: workbook === null ? null : bytesOf(workbook),
    workbookTitle: own ? titleOf(options.workbook) : WORKBOOK_TITLE,
    user: own
      ? { email: 'owner@purser.example', name: 'Owner' }
      : { email: OFFICE.address, name: OFFICE.name },
    settings: own ? new Map() : new Map([['Company', COMPANY]]),
    mailSettings: new Map(inbox.length === 0 ? [] : [own ? ALL_RECEIVED : AGENTS]),
  };
}

/** Nothing is given, nor generated. */
function isSample(options: StartArguments): boolean {
  const { charters, chartersSecond, roster, mail, tripSheets, workbook, generate } = options;
  return [charters, chartersSecond, roster, mail, tripSheets, workbook, generate].every(
    (one) => one === null,
  );
}

const AGENTS = ['Booking agent', BOOKING_AGENTS] as const;
/** The mail that somebody gives by hand is about bookings. */
const ALL_RECEIVED = ['Booking mail search', '-in:sent -in:drafts'] as const;

/** `{"Items":[…]}`, as the AWS command line prints it. */
function isScanOutput(text: string): boolean {
  if (!/^\s*\{\s*"Items"\s*:\s*\[/.test(text)) return false;
  try {
    return Array.isArray((JSON.parse(text) as { Items?: unknown }).Items);
  } catch {
    return false;
  }
}

/** A generated month has a month before it, whose mail somebody sent. */
async function priorMail(month: string): Promise<NamedBytes> {
  const prior = addMonths(month, -1);
  return { name: `${prior}.eml`, bytes: await statementMail(prior, null) };
}

export function bytesOf(file: string): Uint8Array {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file.`);
  const bytes = new Uint8Array(readFileSync(file));
  if (bytes.length === 0) throw new UsageError(`${file} is empty.`);
  return bytes;
}

function textOf(file: string | null): string | null {
  if (file === null) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(file));
    if (text.trim() === '') throw new UsageError(`${file} is empty.`);
    return text;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [first, second] = bytesOf(file);
    const zipped = first === 0x1f && second === 0x8b;
    throw new UsageError(zipped ? `${file} is zipped; gunzip it first.` : `${file} is not UTF-8 text.`);
  }
}

function emlFiles(folder: string | null, needed: boolean): NamedBytes[] {
  return filesIn(folder, ['.eml'], needed);
}

function sheetFiles(folder: string | null, needed: boolean): NamedBytes[] {
  return filesIn(folder, ['.csv', '.xlsx'], needed);
}

/** Files with one of these endings, by name; `needed` complains of a folder that isn't there. */
function filesIn(folder: string | null, endings: readonly string[], needed: boolean): NamedBytes[] {
  if (folder === null) return [];
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    if (needed) throw new UsageError(`There is no folder ${folder}.`);
    return [];
  }
  return readdirSync(folder)
    .filter((name) => endings.includes(extname(name).toLowerCase()))
    .sort()
    .map((name) => ({ name, bytes: bytesOf(join(folder, name)) }));
}

function titleOf(file: string | null): string {
  const name =
    file
      ?.split(/[\\/]/)
      .pop()
      ?.replace(/\.xlsx$/i, '') ?? '';
  return name === '' ? 'Charters' : name;
}
