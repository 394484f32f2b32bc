/** A statement, its file and its register row made again from its evidence file. Not part of the bundle. */
import * as v from 'valibot';
import type { SheetValue } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import { readItems } from '../sources/ledger.ts';
import { withTwins } from '../sources/twin-items.ts';
import { calculate } from '../statement/calculate.ts';
import type { Finding } from '../statement/findings.ts';
import type { Json } from '../statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import type { StatementInput } from '../statement/input.ts';
import { dayIn } from '../statement/local-day.ts';
import { placeLinks } from '../statement/places.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import type { Statement } from '../statement/statement.ts';
import { fromJson, toJson } from '../statement/tagged-json.ts';
import { findingsSummary, registerCells } from '../workbook/register.ts';
import type { Proof } from './proof.ts';
import { PROOF_KIND, PROOF_SCHEMA } from './proof.ts';
import { statementFile } from './statement-file.ts';

export interface Rebuilt {
  readonly proof: Proof;
  readonly statement: Statement;
  readonly findings: readonly Finding[];
  readonly xlsx: Uint8Array;
  /** As the register has it; of a statement that is not known to be out, without when, to whom and where. */
  readonly registerRow: readonly SheetValue[];
}

const Envelope = v.object({
  kind: v.literal(PROOF_KIND),
  schema: v.number(),
  sha256: v.string(),
  content: v.custom<Json>((content) => typeof content === 'object' && content !== null),
});

/**
 * @param json the parsed content of an `….evidence.json.gz`
 * @throws PurserError `evidence-unreadable` when it is no such file, or one of a newer Purser; `evidence-differs` when
 * it was changed, or when what it says does not come to the statement, the findings or the file that it names
 */
export function rebuild(json: unknown): Rebuilt {
  const proof = readProof(json);
  try {
    return rebuilt(proof);
  } catch (thrown) {
    if (thrown instanceof PurserError) throw thrown;
    // Its content was checked, so whoever changed it has made the checksum anew, or this Purser reads other fields.
    throw unreadable('lacks something that a statement is made from', thrown);
  }
}

function readProof(json: unknown): Proof {
  const envelope = v.safeParse(Envelope, json);
  if (!envelope.success) throw unreadable('is not one that Purser wrote', null);
  const { schema, sha256, content } = envelope.output;
  if (schema !== PROOF_SCHEMA) throw unreadable(`has the form ${schema}, which this Purser can’t read`, null);
  const found = sha256Hex(canonicalJson(content));
  if (found !== sha256) throw differs('was changed since Purser wrote it: its checksum', sha256, found);
  // Checked by its checksum; each field again by what it comes to.
  return fromJson(content) as Proof;
}

function rebuilt(proof: Proof): Rebuilt {
  const { statement, findings } = calculate(inputOf(proof));
  same('the statement code', proof.statement.code, statement.code);
  same('the statement’s fingerprint', proof.statement.fingerprint, statement.fingerprint);
  same('the findings', hashOf(proof.findings), hashOf(findings));
  const { tab, createdIso, computed, sha256 } = proof.xlsx;
  const plan = makeSheetPlan(proof.template, statement, tab);
  const values = new Map(computed.map(([row, column, value]) => [`${row} ${column}`, value]));
  const read = (row: number, column: number): SheetValue => values.get(`${row} ${column}`) ?? null;
  const { bytes } = statementFile(statement, plan, read, createdIso);
  same('the file’s SHA-256', sha256, sha256Hex(bytes));
  return { proof, statement, findings, xlsx: bytes, registerRow: registerRow(proof, statement, findings) };
}

function inputOf({ input, places, items, attributes }: Proof): StatementInput {
  const { primary, second, lost } = items;
  const all = {
    primary,
    second: second && {
      charters: withTwins(primary?.charters ?? [], second.charters),
      roster: withTwins(primary?.roster ?? [], second.roster),
    },
    lost,
  };
  const { witnesses } = input;
  return {
    ...input,
    ...readItems(all, attributes),
    linksOf: placeLinks(places),
    witnesses: witnesses === null ? null : { ...witnesses, dayOf: dayIn(places.timeZone) },
  };
}

function registerRow(
  { sent }: Proof,
  statement: Statement,
  findings: readonly Finding[],
): readonly SheetValue[] {
  return registerCells({
    statement,
    status: sent === null ? 'ready' : 'sent',
    findings: findingsSummary(findings),
    ...(sent ?? { sentAt: '', to: '', fileUrl: '', messageUrl: '' }),
  });
}

function hashOf(findings: readonly Finding[]): string {
  return sha256Hex(canonicalJson(toJson(findings)));
}

function same(what: string, written: string, found: string): void {
  if (written !== found) throw differs(`does not come to what it names: ${what}`, written, found);
}

function differs(how: string, written: string, found: string): PurserError {
  return new PurserError('evidence-differs', {
    what: `The evidence file ${how} should be ${written.slice(0, 16)} and is ${found.slice(0, 16)}.`,
    now: 'Take the file from Drive again; if it is the same there, somebody has changed it: its version history tells who.',
    data: { written, found },
  });
}

function unreadable(how: string, cause: unknown): PurserError {
  return new PurserError('evidence-unreadable', {
    what: `The evidence file ${how}.`,
    now: 'Choose a file that ends with .evidence.json.gz, and the Purser that made it or a newer one.',
    cause,
  });
}
