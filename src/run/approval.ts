/**
 * Who stands for a statement, and for what exactly: the hash of the file that the person saw, and hashes of all that it
 * was made from, so that whatever changes before it is sent can be named. Kept in document properties.
 */
import { encode as utf8 } from '@stablelib/utf8';
import * as v from 'valibot';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import type { StatementApproval } from '../statement/statement.ts';
import type { Part } from './approval-parts.ts';
import { addressesOf, marksOf, PARTS, partsOf } from './approval-parts.ts';
import type { Collected } from './collect.ts';
import type { StatementFile } from './statement-file.ts';

const Shape = v.object({
  schema: v.literal(1),
  month: v.string(),
  version: v.number(),
  code: v.string(),
  /** Of the XLSX that the person saw, 64 hex. Where the Template prints approvals, of the draft without them. */
  sha256: v.string(),
  fingerprint: v.string(),
  /** 16 hex of what each part was. */
  parts: v.custom<Readonly<Record<Part, string>>>(
    (parts) =>
      typeof parts === 'object' &&
      parts !== null &&
      PARTS.every((part) => typeof Object.entries(parts).find(([name]) => name === part)?.[1] === 'string'),
  ),
  /** Six hex for each charter, setting and open finding, so that a change can be named; null when they are too many. */
  marks: v.object({
    charters: v.nullable(v.string()),
    settings: v.nullable(v.string()),
    findings: v.nullable(v.string()),
  }),
  /** Addresses, To before Cc; null when they are too many. */
  recipients: v.nullable(v.array(v.string())),
  figures: v.object({ charters: v.number(), reportableCents: v.number(), recordedCents: v.number() }),
  /** The address of whoever had the month prepared. */
  preparedBy: v.string(),
  /** The name as it was typed. */
  approvedBy: v.string(),
  /** The address of the account in which it was typed. */
  account: v.string(),
  /** The very sentence that was agreed to. */
  certification: v.string(),
  /** ISO 8601 UTC. */
  at: v.string(),
  /** The same day in the workbook's zone: `2026-06-01`. */
  on: v.string(),
  /** False: approved for later, without having it sent at once; the setting “Send automatically” then decides. */
  isToGo: v.optional(v.boolean(), true),
  /** With these two again the same content gives the same bytes: `2026-06-01 06:00`, and ISO 8601 UTC. */
  asOf: v.string(),
  createdIso: v.string(),
});

export type Approval = v.InferOutput<typeof Shape>;

export interface Signer {
  readonly approvedBy: string;
  readonly account: string;
  readonly certification: string;
}

/** What a person agrees to by typing a name. */
export const CERTIFICATION = 'I certify that this statement is true, correct and complete.';

/** @param account the address of the account in which the name was typed */
export function signedBy(name: string, account: string): Signer {
  return { approvedBy: name, account, certification: CERTIFICATION };
}

const BY_ITSELF = 'Purser, by itself';

/** Whether nobody certified it: then it holds for its own execution only. */
export function isAutomatic({ approvedBy, account, preparedBy, certification }: Approval): boolean {
  return approvedBy === BY_ITSELF && account === preparedBy && certification !== CERTIFICATION;
}

/** Of a month that nothing is open in, sent by the clock: nobody certifies anything. */
export function signedAutomatically(account: string): Signer {
  return {
    approvedBy: BY_ITSELF,
    account,
    certification:
      'Nothing was left open, so Purser sent it by itself, as the setting “Send automatically” says.',
  };
}

/** The name that somebody typed; null when they typed none, or cancelled: nothing is approved then. */
export function typedName(answer: string | null): string | null {
  const name = cut((answer ?? '').trim(), 100).trim();
  return name === '' ? null : name;
}

/** @param file the one that the person saw */
export function approve(
  collected: Collected,
  file: Pick<StatementFile, 'bytes' | 'createdIso'>,
  signer: Signer,
  atMs: number,
): Approval {
  const { calculation, self, today } = collected;
  const { month, version, code, fingerprint, asOf, totals } = calculation.statement;
  return {
    schema: 1,
    month,
    version,
    code,
    sha256: sha256Hex(file.bytes),
    fingerprint,
    parts: partsOf(collected),
    marks: marksOf(collected),
    recipients: addressesOf(collected),
    figures: {
      charters: totals.charters,
      reportableCents: totals.reportableCents,
      recordedCents: totals.recordedCents,
    },
    preparedBy: self,
    ...signer,
    at: new Date(atMs).toISOString(),
    on: today,
    isToGo: true,
    asOf,
    createdIso: file.createdIso,
  };
}

/** The month with its approval, which the Template may print and the evidence file keeps. */
export function withApproval(collected: Collected, approval: Approval): Collected {
  const { approvedBy, on, certification, preparedBy, account, sha256 } = approval;
  const printed: StatementApproval = { by: approvedBy, on, certification, preparedBy, account, sha256 };
  const { input, calculation } = collected;
  return {
    ...collected,
    input: { ...input, approval: printed },
    calculation: { ...calculation, statement: { ...calculation.statement, approval: printed } },
  };
}

export function approvalKey(month: Month, version: number): string {
  return `approval.${month}.V${version}`;
}

/** So that it can ride along with what else is written; a property holds 9 KB. */
const MOST_BYTES = 4000;

/** The entry to be written. What only serves to name changes is left out where it would not fit. */
export function approvalEntry(approval: Approval): Readonly<Record<string, string>> {
  const { marks } = approval;
  const shorter: readonly Approval[] = [
    approval,
    { ...approval, marks: { ...marks, charters: null } },
    { ...approval, marks: { charters: null, settings: null, findings: null } },
    { ...approval, marks: { ...marks, charters: null, settings: null }, recipients: null },
    { ...approval, marks: { charters: null, settings: null, findings: null }, recipients: null },
  ];
  const texts = shorter.map((one) => JSON.stringify(one));
  const fitting = texts.find((text) => utf8(text).length <= MOST_BYTES) ?? texts[texts.length - 1] ?? '';
  return { [approvalKey(approval.month, approval.version)]: fitting };
}

const NONE = '{}';
const VOID = '{"void":true}';

/** The entry to be written when an approval has done its work. */
export function noApprovalEntry(month: Month, version: number): Readonly<Record<string, string>> {
  return { [approvalKey(month, version)]: NONE };
}

/** The entry to be written when an approval is void: from then on only a person may say that the month goes out. */
export function voidApprovalEntry(month: Month, version: number): Readonly<Record<string, string>> {
  return { [approvalKey(month, version)]: VOID };
}

/** Whether what was approved has changed, and nobody has approved the month since. */
export function wasVoided(
  properties: Readonly<Record<string, string>>,
  month: Month,
  version: number,
): boolean {
  return properties[approvalKey(month, version)] === VOID;
}

/** One that can't be read approves nothing: it is logged, and a person is asked again. */
export function readApproval(
  host: Pick<Host, 'log'>,
  properties: Readonly<Record<string, string>>,
  month: Month,
  version: number,
): Approval | null {
  const key = approvalKey(month, version);
  const json = properties[key] ?? NONE;
  if (json === NONE || json === VOID) return null;
  try {
    const approval = v.parse(Shape, JSON.parse(json));
    if (approval.month === month && approval.version === version) return approval;
  } catch {
    // Said below: what is in it matters to nobody.
  }
  host.log({ event: 'approval-unreadable', key });
  return null;
}
