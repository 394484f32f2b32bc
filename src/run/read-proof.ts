/** An evidence file, read: what `proof.ts` wrote, checked by its checksum, and the input that the statement was made from. */
import * as v from 'valibot';
import { PurserError } from '../host/errors.ts';
import { readItems } from '../sources/ledger.ts';
import { withTwins } from '../sources/twin-items.ts';
import type { Json } from '../statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import type { StatementInput } from '../statement/input.ts';
import { dayIn } from '../statement/local-day.ts';
import { placeLinks } from '../statement/places.ts';
import { fromJson } from '../statement/tagged-json.ts';
import type { Proof } from './proof.ts';
import { PROOF_KIND, PROOF_SCHEMA } from './proof.ts';

const Envelope = v.object({
  kind: v.literal(PROOF_KIND),
  schema: v.number(),
  sha256: v.string(),
  content: v.custom<Json>((content) => typeof content === 'object' && content !== null),
});

/**
 * @param json the parsed content of an `….evidence.json.gz`
 * @throws PurserError `evidence-unreadable` when it is no such file, or one of a newer Purser; `evidence-differs` when
 * it was changed
 */
export function readProof(json: unknown): Proof {
  const envelope = v.safeParse(Envelope, json);
  if (!envelope.success) throw evidenceUnreadable('is not one that Purser wrote', null);
  const { schema, sha256, content } = envelope.output;
  if (schema !== PROOF_SCHEMA)
    throw evidenceUnreadable(`has the form ${schema}, which this Purser can’t read`, null);
  const found = sha256Hex(canonicalJson(content));
  if (found !== sha256)
    throw evidenceDiffers('was changed since Purser wrote it: its checksum', sha256, found);
  // Checked by its checksum; each field again by what it comes to.
  return fromJson(content) as Proof;
}

/** The very input, functions included. It may throw anything for content that no Purser wrote. */
export function inputOf({ input, places, items, attributes }: Proof): StatementInput {
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
    accepted: input.accepted ?? [],
    ...readItems(all, attributes),
    linksOf: placeLinks(places),
    witnesses: witnesses === null ? null : { ...witnesses, dayOf: dayIn(places.timeZone) },
  };
}

/** `evidence-differs` */
export function evidenceDiffers(how: string, written: string, found: string): PurserError {
  return new PurserError('evidence-differs', {
    what: `The evidence file ${how} should be ${written.slice(0, 16)} and is ${found.slice(0, 16)}.`,
    now: 'Take the file from Drive again; if it is the same there, somebody has changed it: its version history tells who.',
    data: { written, found },
  });
}

/**
 * `evidence-not-reproduced`: the checksum fits, and all the same this Purser comes to something else.
 * @param what `the statement’s fingerprint`
 */
export function evidenceNotReproduced(what: string, written: string, found: string): PurserError {
  return new PurserError('evidence-not-reproduced', {
    what: `The evidence file is whole, but this Purser does not come to what it names: ${what} should be ${written.slice(0, 16)} and is ${found.slice(0, 16)}.`,
    now: 'Either the Purser that made the file calculated otherwise, or somebody has changed the file and made its checksum anew. Read it with the Purser of that time, and compare the fingerprint with the one in the mail that was sent.',
    data: { written, found },
  });
}

/** `evidence-unreadable` */
export function evidenceUnreadable(how: string, cause: unknown): PurserError {
  return new PurserError('evidence-unreadable', {
    what: `The evidence file ${how}.`,
    now: 'Choose a file that ends with .evidence.json.gz, and the Purser that made it or a newer one.',
    cause,
  });
}
