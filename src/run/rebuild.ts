/** A statement, its file and its register row made again from its evidence file. Not part of the bundle. */
import type { SheetValue } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import { calculate } from '../statement/calculate.ts';
import type { Finding } from '../statement/findings.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import type { Statement } from '../statement/statement.ts';
import { toJson } from '../statement/tagged-json.ts';
import { findingsSummary, registerCells } from '../workbook/register.ts';
import type { Proof } from './proof.ts';
import { evidenceNotReproduced, evidenceUnreadable, inputOf, readProof } from './read-proof.ts';
import { statementFile } from './statement-file.ts';

export interface Rebuilt {
  readonly proof: Proof;
  readonly statement: Statement;
  readonly findings: readonly Finding[];
  readonly xlsx: Uint8Array;
  /** As the register has it; of a statement that is not known to be out, without when, to whom and where. */
  readonly registerRow: readonly SheetValue[];
}

/**
 * @param json the parsed content of an `….evidence.json.gz`
 * @throws PurserError `evidence-unreadable` when it is no such file, or one of a newer Purser; `evidence-differs` when
 * it was changed; `evidence-not-reproduced` when what it says does not come to the statement, the findings or the file
 * that it names
 */
export function rebuild(json: unknown): Rebuilt {
  const proof = readProof(json);
  try {
    return rebuilt(proof);
  } catch (thrown) {
    if (thrown instanceof PurserError) throw thrown;
    // Its content was checked, so whoever changed it has made the checksum anew, or this Purser reads other fields.
    throw evidenceUnreadable('lacks something that a statement is made from', thrown);
  }
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
  if (written !== found) throw evidenceNotReproduced(what, written, found);
}
