/** Data with maps and sets as JSON, and back: what `JSON.stringify` alone would lose. */
import type { Json } from './fingerprint.ts';

/**
 * Plain data as JSON: a Map becomes `{"$map":[[key,value]…]}`, a Set `{"$set":[…]}`, an object with a name that
 * begins with `$` is told from those as `{"$object":[[name,value]…]}`. Undefined properties are left out.
 * @throws TypeError for what is no data, such as a function
 */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} is no data`);
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return { $map: pairs(value) };
  if (value instanceof Set) return { $set: [...value].map(toJson) };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.some(([name]) => name.startsWith('$'))) return { $object: pairs(entries) };
  return Object.fromEntries(entries.map(([name, item]) => [name, toJson(item)]));
}

function pairs(entries: Iterable<readonly [unknown, unknown]>): Json {
  return [...entries].map(([key, item]) => [toJson(key), toJson(item)]);
}

/** What `toJson` was given. @throws TypeError for tagged content that `toJson` does not make */
export function fromJson(json: Json): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (isList(json)) return json.map(fromJson);
  const [first] = Object.entries(json);
  switch (first?.[0]) {
    case '$map':
      return new Map(readPairs(first[1]));
    case '$set':
      return new Set(listOf(first[1]).map(fromJson));
    case '$object':
      return Object.fromEntries(readPairs(first[1]).map(([name, item]) => [String(name), item]));
    default:
      return Object.fromEntries(Object.entries(json).map(([name, item]) => [name, fromJson(item)]));
  }
}

function readPairs(json: Json): [unknown, unknown][] {
  return listOf(json).map((pair) => {
    const [key = null, item = null] = listOf(pair);
    return [fromJson(key), fromJson(item)];
  });
}

function listOf(json: Json): readonly Json[] {
  if (!isList(json)) throw new TypeError('a list is missing');
  return json;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
