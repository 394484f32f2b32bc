/** The hash of data that is asked for more than once, such as a Template of some thousand cells. */
import { canonicalJson, sha256Hex } from './fingerprint.ts';
import { toJson } from './tagged-json.ts';

const known = new WeakMap<object, string>();

/** SHA-256 of it as canonical JSON, 64 hex; made once of each object, which nobody changes. */
export function contentKey(content: object): string {
  const key = known.get(content) ?? sha256Hex(canonicalJson(toJson(content)));
  known.set(content, key);
  return key;
}
