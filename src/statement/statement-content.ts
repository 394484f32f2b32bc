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
  // Where a compared month's figures come from changes no figure, and earlier statements are proved without it.
  const comparison = content.comparison?.map(({ fromLedger: _where, ...compared }) => compared);
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify({ ...content, comparison })) as Json));
}
