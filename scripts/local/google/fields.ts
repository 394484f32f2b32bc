/**
 * Partial responses: `fields=nextPageToken,files(id,owners/emailAddress)`
 * (developers.google.com/workspace/drive/api/guides/fields-parameter).
 */
import { isRecord } from './http.ts';

/** What a resource can have: `true` is a leaf, or a map with free keys. */
export interface FieldSchema {
  readonly [name: string]: FieldSchema | true;
}

/** The chosen names; an empty map is all that there is. */
export type Selection = ReadonlyMap<string, Selection>;

/** @returns the selection, or the text that can't be read as one. */
export function parseFields(mask: string): Selection | string {
  let at = 0;
  const list = (closing: boolean): Map<string, Selection> | null => {
    const chosen = new Map<string, Selection>();
    for (;;) {
      const path = /^[\w*$-]+(?:\/[\w*$-]+)*/.exec(mask.slice(at))?.[0];
      if (path === undefined) return null;
      at += path.length;
      let inner: Map<string, Selection> | null = new Map();
      if (mask[at] === '(') {
        at += 1;
        inner = list(true);
        if (!inner) return null;
      }
      add(chosen, path.split('/'), inner);
      if (mask[at] === ',') at += 1;
      else if (closing && mask[at] === ')') {
        at += 1;
        return chosen;
      } else return !closing && at === mask.length ? chosen : null;
    }
  };
  const spaced = mask;
  mask = spaced.replace(/\s+/g, '');
  return list(false) ?? spaced;
}

function add(chosen: Map<string, Selection>, path: readonly string[], inner: Selection): void {
  const [name = '', ...rest] = path;
  const below = rest.length > 0 ? new Map<string, Selection>() : new Map(inner);
  if (rest.length > 0) add(below, rest, inner);
  const present = chosen.get(name);
  if (present === undefined) chosen.set(name, below);
  // `owners,owners/me` asks for all of owners.
  else chosen.set(name, present.size === 0 || below.size === 0 ? new Map() : new Map([...present, ...below]));
}

/** The first chosen name that the schema lacks, as a path, or null. */
export function unknownField(selection: Selection, schema: FieldSchema, prefix = ''): string | null {
  for (const [name, below] of selection) {
    if (name === '*') continue;
    const known = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (known === undefined) return prefix + name;
    if (below.size > 0 && known !== true) {
      const found = unknownField(below, known, `${prefix}${name}/`);
      if (found !== null) return found;
    }
  }
  return null;
}

/** What of a JSON value was chosen; arrays are looked through. */
export function select(value: unknown, selection: Selection): unknown {
  if (selection.size === 0) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, selection));
  if (!isRecord(value)) return value;
  const all = selection.get('*');
  const entries = Object.entries(value).flatMap(([name, item]): [string, unknown][] => {
    const below = selection.get(name) ?? all;
    return below ? [[name, select(item, below)]] : [];
  });
  return Object.fromEntries(entries);
}
