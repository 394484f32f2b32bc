/**
 * Field masks, of replies (`fields=sheets(properties,data.rowData)`) and of updates (`fields: "title,hidden"`).
 * https://developers.google.com/workspace/sheets/api/guides/field-masks
 */
import { invalid, SheetsApiError } from './api-error.ts';
import type { Json, JsonObject } from './model.ts';
import { MESSAGES } from './schema.ts';
import { isList, isObject } from './validate.ts';

/** Name → what is asked below it; null asks for all of it. */
export type Mask = Map<string, Mask | null>;

function addPath(mask: Mask, path: readonly string[], below: Mask | null): void {
  let level = mask;
  for (const [index, name] of path.entries()) {
    const existing = level.get(name);
    if (existing === null) return;
    if (index === path.length - 1) {
      if (below === null || existing === undefined) level.set(name, below);
      else for (const [key, value] of below) addPath(existing, [key], value);
      return;
    }
    const next: Mask = existing ?? new Map();
    level.set(name, next);
    level = next;
  }
}

/** Null when the text is not a mask. White space is not skipped: Google takes it for a part of the name. */
function parsed(text: string): Mask | null {
  let at = 0;
  function list(closes: boolean): Mask | null {
    const mask: Mask = new Map();
    for (;;) {
      const names = /[^,()]*/y;
      names.lastIndex = at;
      const path = names.exec(text)?.[0] ?? '';
      at += path.length;
      const parts = path.split(/[./]/);
      if (parts.some((part) => part === '')) return null;
      let below: Mask | null = null;
      if (text[at] === '(') {
        at++;
        below = list(true);
        if (below === null) return null;
      }
      addPath(mask, parts, below);
      const next = text[at];
      at++;
      if (next === ',') continue;
      if (next === ')') return closes ? mask : null;
      return next === undefined && !closes ? mask : null;
    }
  }
  const mask = list(false);
  return mask !== null && at > text.length ? mask : null;
}

/** The first path that the message has not, or null. */
function unknownPath(mask: Mask, type: string, above: string): string | null {
  const message = type.replace('[]', '');
  if (message === 'any') return null;
  const fields = MESSAGES[message];
  for (const [name, below] of mask) {
    const path = above === '' ? name : `${above}.${name}`;
    if (name === '*') {
      if (below !== null && fields !== undefined) {
        const first = Object.values(fields).map((field) => unknownPath(below, field, path))[0];
        if (first !== null && first !== undefined) return first;
      }
      continue;
    }
    const field = fields?.[name];
    if (field === undefined) return path;
    const deeper = below === null ? null : unknownPath(below, field, path);
    if (deeper !== null) return deeper;
  }
  return null;
}

/**
 * The mask of a reply that is a message of that name.
 * @throws SheetsApiError 400 for a path that the message has not; the words of the detail are from
 * https://github.com/ringo380/claude-google-sheets-mcp/issues/2
 */
export function responseMask(text: string, message: string): Mask {
  const mask = parsed(text);
  const unknown = mask === null ? text : unknownPath(mask, message, '');
  if (mask === null || unknown !== null) {
    const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${unknown}'.`;
    throw new SheetsApiError('INVALID_ARGUMENT', 'Request contains an invalid argument.', [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field: unknown ?? text, description }],
      },
    ]);
  }
  return mask;
}

/** What a mask leaves of a reply; messages that are left empty stay, as `{}`, in lists only. */
export function masked(value: Json, mask: Mask | null): Json {
  if (mask === null) return value;
  if (isList(value)) return value.map((item) => masked(item, mask));
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  const all = mask.get('*');
  for (const [name, item] of Object.entries(value)) {
    const below = mask.get(name) ?? (mask.has(name) ? null : all);
    if (below === undefined || item === undefined) continue;
    const left = masked(item, below);
    if (below !== null && isObject(left) && Object.keys(left).length === 0) continue;
    kept[name] = left;
  }
  return kept;
}

/**
 * The mask of an update request, relative to the message it names.
 * @throws SheetsApiError 400 when it is missing or names an unknown field.
 */
export function updateMask(fields: Json | undefined, message: string): Mask {
  if (typeof fields !== 'string' || fields === '') {
    throw invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  }
  const mask = parsed(fields);
  const unknown = mask === null ? fields : unknownPath(mask, message, '');
  if (mask === null || unknown !== null) throw invalid(`Invalid field: ${unknown}`);
  return mask;
}

/** Whether an update with this mask sets the field. */
export function names(mask: Mask, field: string): boolean {
  return mask.has('*') || mask.has(field);
}

/** What is asked below a field: null for all of it. */
export function below(mask: Mask, field: string): Mask | null {
  return mask.has('*') ? null : (mask.get(field) ?? null);
}

/** `target` with the masked fields taken from `source`; a field that `source` lacks is cleared. */
export function mergedByMask(target: JsonObject, source: JsonObject, mask: Mask | null): JsonObject {
  if (mask === null || mask.has('*')) return source;
  const merged: Record<string, Json | undefined> = { ...target };
  for (const [name, deeper] of mask) {
    const from = source[name];
    if (deeper === null) {
      if (from === undefined) delete merged[name];
      else merged[name] = from;
      continue;
    }
    const old = merged[name];
    const result = mergedByMask(isObject(old) ? old : {}, isObject(from) ? from : {}, deeper);
    if (Object.keys(result).length === 0) delete merged[name];
    else merged[name] = result;
  }
  return merged;
}
