/** What a statement says, apart from what names and dates it: all that its fingerprint is of. */
import type { Json } from './fingerprint.ts';
import { canonicalJson, sha256Hex } from './fingerprint.ts';
import type { Statement } from './statement.ts';

export type StatementContent = Omit<
  Statement,
  'version' | 'code' | 'fingerprint' | 'asOf' | 'dataFrom' | 'approval'
>;

export function contentOf(statement: Statement): StatementContent {
  const {
    version: _version,
    code: _code,
    fingerprint: _fingerprint,
    asOf: _asOf,
    dataFrom: _dataFrom,
    approval: _approval,
    ...content
  } = statement;
  return content;
}

/** SHA-256, 64 hex; of content that an earlier Purser made as well, whatever it lacks. */
export function fingerprintOf(content: StatementContent): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(content)) as Json));
}
