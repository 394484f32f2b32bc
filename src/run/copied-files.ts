/** The files of statements that were sent, out of Drive; only the very bytes that went out are given. */
import type { ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { getFile } from '../clients/google/drive.ts';
import { downloadFile } from '../clients/google/drive-content.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';

export interface FiledStatement {
  /** For errors: `PRSK3QD202605V1`. */
  readonly code: string;
  readonly fileId: string;
  readonly sha256: string;
}

export interface CopiedFile {
  /** As Drive has it now. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * One round, for the account that filed them: `drive.file` shows nobody else's files
 * (developers.google.com/workspace/drive/api/guides/api-specific-auth).
 * @throws PurserError `filed-file-differs`; `google-not-found` for one that was deleted for good
 */
export function copiedFiles(
  host: Host,
  filed: readonly FiledStatement[],
  options: ExchangeOptions,
): readonly CopiedFile[] {
  const token = host.accessToken();
  const calls = filed.flatMap(({ fileId }, index) => [
    [`bytes ${index}`, downloadFile(token, fileId)] as const,
    [`name ${index}`, getFile(token, fileId)] as const,
  ]);
  const outcomes: Readonly<Record<string, unknown>> = exchange(host, Object.fromEntries(calls), options);
  return filed.map((one, index) => {
    const bytes = thereOrThrow(one, outcomes[`bytes ${index}`] as Outcome<Uint8Array>);
    const { name } = thereOrThrow(one, outcomes[`name ${index}`] as Outcome<DriveFile>);
    if (sha256Hex(bytes) !== one.sha256) throw differs(name, one);
    return { name, bytes };
  });
}

function thereOrThrow<T>({ code, fileId }: FiledStatement, outcome: Outcome<T>): T {
  if (outcome.ok || outcome.error.code !== 'google-not-found') return valueOrThrow(outcome);
  throw new PurserError('google-not-found', {
    what: `The file that was sent as ${code} is not in Drive any more, or this account can’t see it. No copy was sent.`,
    now: 'Forward the statement’s mail out of Sent.',
    data: { fileId, statement: code },
    cause: outcome.error,
  });
}

function differs(name: string, { code, fileId }: FiledStatement): PurserError {
  return new PurserError('filed-file-differs', {
    what: `The file “${name.slice(0, 100)}” in Drive is not the one that was sent as ${code}: somebody has changed it since. No copy was sent.`,
    now: 'Restore the first version of the file in Drive (Manage versions), or forward the statement’s mail out of Sent.',
    data: { fileId, statement: code },
  });
}
