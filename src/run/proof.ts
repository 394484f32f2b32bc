/**
 * The evidence file of a statement: all that it and its register row were made from, as gzipped JSON beside the
 * statement in Drive. `rebuild.ts` makes both again from it; docs/evidence-file.md tells what stands where.
 */
import { encode as utf8 } from '@stablelib/utf8';
import { gzipSync } from 'fflate';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import type { Recipients } from '../delivery/recipients.ts';
import type { LedgerItems, LedgerSource } from '../sources/ledger.ts';
import type { Twin } from '../sources/twin-items.ts';
import { withoutTwins } from '../sources/twin-items.ts';
import type { Calculation } from '../statement/calculate.ts';
import type { Finding } from '../statement/findings.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import type { StatementInput, Witnesses } from '../statement/input.ts';
import type { Places } from '../statement/places.ts';
import type { StatementContent } from '../statement/statement-content.ts';
import { contentOf } from '../statement/statement-content.ts';
import { toJson } from '../statement/tagged-json.ts';
import type { Template } from '../statement/template.ts';
import type { RegisterEntry } from '../workbook/register.ts';
import type { ComputedCell, StatementFile } from './statement-file.ts';

export const PROOF_KIND = 'purser-evidence';
export const PROOF_SCHEMA = 1;

/** What was known once the mail was out. */
export type SentFacts = Pick<RegisterEntry, 'sentAt' | 'to' | 'fileUrl' | 'messageUrl'>;

export interface ProofSource {
  readonly input: StatementInput;
  /** What the input's links were made of. */
  readonly places: Places;
  readonly items: LedgerItems;
  readonly attributes: Pick<LedgerSource, 'charterAttributes' | 'rosterAttributes'>;
  /** The trip sheets that were read, each with the SHA-256 of its bytes. */
  readonly tripSheetFiles: readonly object[];
  /** The settings tab, its header first. */
  readonly settingsRows: SheetValues;
  readonly calculation: Pick<Calculation, 'statement' | 'findings'>;
  readonly recipients: Recipients;
  readonly subject: string;
  readonly template: Template;
  readonly monthTitle: string;
  readonly file: StatementFile;
  readonly fileName: string;
  /** Null before the statement is sent. */
  readonly sent: SentFacts | null;
}

/** The items of both regions, the second's only where they differ. */
export interface KeptItems {
  readonly primary: LedgerItems['primary'];
  readonly second: { readonly charters: readonly Twin[]; readonly roster: readonly Twin[] } | null;
  readonly lost: readonly AttributeMap[];
}

/** Without readings and roster, which the items tell, and without functions, which the places tell. */
export type KeptInput = Omit<StatementInput, 'readings' | 'roster' | 'linksOf' | 'witnesses' | 'accepted'> & {
  readonly witnesses: Omit<Witnesses, 'dayOf'> | null;
  /** Lacking in files of a Purser that knew no accepting. */
  readonly accepted?: StatementInput['accepted'];
};

/** What the file says; in it, maps and sets stand as `toJson` writes them. */
export interface Proof {
  readonly statement: {
    readonly code: string;
    readonly fingerprint: string;
    /**
     * As the Purser that made it calculated it, so that a later one knows what was sent whatever it comes to itself.
     * Lacking in files of before it was kept.
     */
    readonly content?: StatementContent;
  };
  readonly xlsx: {
    readonly name: string;
    readonly sha256: string;
    readonly createdIso: string;
    readonly tab: string;
    readonly computed: readonly ComputedCell[];
  };
  readonly input: KeptInput;
  readonly places: Places;
  readonly items: KeptItems;
  readonly attributes: ProofSource['attributes'];
  readonly tripSheetFiles: ProofSource['tripSheetFiles'];
  /** Name and value as they were typed; nothing else of the tab, and never a secret: those live elsewhere. */
  readonly settings: readonly (readonly [name: string, value: SheetValue])[];
  readonly findings: readonly Finding[];
  readonly recipients: Recipients;
  readonly subject: string;
  readonly template: Template;
  readonly sent: SentFacts | null;
}

export function proofOf(source: ProofSource): Proof {
  const { statement, findings } = source.calculation;
  const { charterAttributes, rosterAttributes } = source.attributes;
  const { bytes, createdIso, computed } = source.file;
  return {
    statement: {
      code: statement.code,
      fingerprint: statement.fingerprint,
      content: contentOf(statement),
    },
    xlsx: {
      name: source.fileName,
      sha256: sha256Hex(bytes),
      createdIso,
      tab: source.monthTitle,
      computed,
    },
    input: keptInput(source.input),
    places: source.places,
    items: keptItems(source.items),
    attributes: { charterAttributes, rosterAttributes },
    tripSheetFiles: source.tripSheetFiles,
    settings: source.settingsRows
      .slice(1)
      .flatMap(([name = '', value = '']) => (name === '' ? [] : [[String(name), value] as const])),
    findings,
    recipients: source.recipients,
    subject: source.subject,
    template: source.template,
    sent: source.sent,
  };
}

function keptInput(input: StatementInput): KeptInput {
  const { readings: _readings, roster: _roster, linksOf: _linksOf, witnesses, ...rest } = input;
  if (witnesses === null) return { ...rest, witnesses };
  const { dayOf: _dayOf, ...heard } = witnesses;
  return { ...rest, witnesses: heard };
}

function keptItems({ primary, second, lost }: LedgerItems): KeptItems {
  return {
    primary,
    second: second && {
      charters: withoutTwins(primary?.charters ?? [], second.charters),
      roster: withoutTwins(primary?.roster ?? [], second.roster),
    },
    lost,
  };
}

/**
 * The file's bytes, the same for the same proof: canonical JSON with the SHA-256 of its content, as gzip dated by the
 * run (MTIME of RFC 1952).
 * @throws TypeError when the input has come to hold a function that `rebuild` does not know how to make
 */
export function proofBytes(proof: Proof): Uint8Array {
  const content = utf8(canonicalJson(toJson(proof)));
  const head = utf8('{"content":');
  const tail = utf8(`,"kind":"${PROOF_KIND}","schema":${PROOF_SCHEMA},"sha256":"${sha256Hex(content)}"}\n`);
  const json = new Uint8Array(head.length + content.length + tail.length);
  json.set(head, 0);
  json.set(content, head.length);
  json.set(tail, head.length + content.length);
  return gzipSync(json, { mtime: proof.xlsx.createdIso });
}
