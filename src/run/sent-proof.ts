/** A statement as it was sent, from its evidence file in Drive: statement, input and settings of then. */
import { decode as utf8Text } from '@stablelib/utf8';
import { gunzipSync } from 'fflate';
import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { andThen, send } from '../clients/exchange.ts';
import { downloadFile } from '../clients/google/drive-content.ts';
import { evidenceFilesCall } from '../delivery/filing.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { calculate } from '../statement/calculate.ts';
import type { StatementInput } from '../statement/input.ts';
import type { Statement } from '../statement/statement.ts';
import { fingerprintOf } from '../statement/statement-content.ts';
import type { Settings } from '../workbook/settings.ts';
import { fold, readSettings } from '../workbook/settings.ts';
import { SETTINGS } from '../workbook/settings-list.ts';
import type { Proof } from './proof.ts';
import {
  evidenceDiffers,
  evidenceNotReproduced,
  evidenceUnreadable,
  inputOf,
  readProof,
} from './read-proof.ts';

export interface SentProof {
  readonly proof: Proof;
  /** What the statement was calculated from. */
  readonly input: StatementInput;
  /**
   * As they were typed then; what this Purser knows and that one did not is at its default. The date order of a
   * workbook that names none is that of `en_US`: its locale is not in the evidence.
   */
  readonly settings: Settings;
  /** As it was sent. */
  readonly statement: Statement;
  /** What this Purser comes to from the same: another one where it calculates or words something otherwise. */
  readonly recalculated: Statement;
}

/**
 * @param token of the account that filed it: `drive.file` shows nobody else’s files
 * @param code `PRSK3QD202605V1`
 * @throws PurserError `google-not-found` when Drive has no evidence file of that code; `evidence-unreadable` and
 * `evidence-differs` when it is not as Purser wrote it; `evidence-not-reproduced` when it does not keep the statement
 * itself, and this Purser comes to another one; Drive’s own
 */
export function readSentProof(host: Host, token: string, code: string, options: ExchangeOptions): SentProof {
  return sentProofFrom(send(host, evidenceCall(token, code), options), code);
}

/** The bytes of the evidence file: a search, then a download. Fails with `google-not-found` when there is none. */
export function evidenceCall(token: string, code: string): Call<Uint8Array> {
  return andThen(evidenceFilesCall(token, code), ([first]) =>
    first === undefined
      ? { kind: 'failed', error: evidenceMissing(code) }
      : { kind: 'next', call: downloadFile(token, first.id, Number(first.size)) },
  );
}

/** @throws PurserError `evidence-unreadable`, `evidence-differs`, `evidence-not-reproduced` */
export function sentProofFrom(bytes: Uint8Array, code: string): SentProof {
  const proof = readProof(parsed(bytes));
  try {
    const input = inputOf(proof);
    // Witnesses change findings only, and to match them takes longer than all the rest.
    const { statement: recalculated } = calculate({ ...input, witnesses: null, calendars: null });
    if (recalculated.code !== code)
      throw evidenceDiffers('is of another statement: its code', code, recalculated.code);
    const statement = statementAsSent(proof, recalculated);
    return { proof, input, settings: settingsAsSent(proof), statement, recalculated };
  } catch (thrown) {
    if (thrown instanceof PurserError && thrown.code !== 'settings-invalid') throw thrown;
    throw evidenceUnreadable('lacks something that a statement is made from', thrown);
  }
}

function statementAsSent({ statement: { fingerprint, content } }: Proof, recalculated: Statement): Statement {
  if (recalculated.fingerprint === fingerprint) return recalculated;
  const what = 'the statement’s fingerprint';
  if (content === undefined) throw evidenceNotReproduced(what, fingerprint, recalculated.fingerprint);
  const found = fingerprintOf(content);
  if (found !== fingerprint)
    throw evidenceDiffers(`holds another statement than it names: ${what}`, fingerprint, found);
  return { ...recalculated, ...content, fingerprint };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Text(gunzipSync(bytes)));
  } catch (thrown) {
    throw evidenceUnreadable('is no gzipped JSON', thrown);
  }
}

function settingsAsSent({ settings, input, places }: Proof): Settings {
  const known = new Set(SETTINGS.map(({ key }) => fold(key)));
  const rows = settings.filter(([key]) => known.has(fold(key)));
  const workbook = { title: input.company, timeZone: places.timeZone, locale: 'en_US' };
  return readSettings('Purser settings', [['Setting', 'Value'], ...rows], workbook);
}

function evidenceMissing(code: string): PurserError {
  return new PurserError('google-not-found', {
    what: `The evidence file of ${code} is not in Drive, or this account can’t see it.`,
    now: 'Take it out of Drive’s bin, where deleted files stay for 30 days; Purser finds it wherever it lies. Without it nobody can tell what has changed since the statement was sent.',
    data: { code },
  });
}
