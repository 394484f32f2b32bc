/** Checks a JSON body against the table of messages, and refuses as Google's front end does. */
import { badField } from './api-error.ts';
import type { Json, JsonObject } from './model.ts';
import { MESSAGES } from './schema.ts';

const SCALARS: Record<string, { proto: string; accepts: (value: Json) => boolean }> = {
  string: { proto: 'TYPE_STRING', accepts: (value) => typeof value === 'string' },
  mask: {
    proto: 'type.googleapis.com/google.protobuf.FieldMask',
    accepts: (value) => typeof value === 'string',
  },
  int: {
    proto: 'TYPE_INT32',
    accepts: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  },
  double: { proto: 'TYPE_DOUBLE', accepts: (value) => typeof value === 'number' },
  bool: { proto: 'TYPE_BOOL', accepts: (value) => typeof value === 'boolean' },
};

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function wrongValue(path: string, proto: string, value: Json): Error {
  return badField(path, `Invalid value at '${path}' (${proto}), ${JSON.stringify(value)}`);
}

function checkMessage(message: string, value: JsonObject, path: string): JsonObject {
  const fields = MESSAGES[message] ?? {};
  const checked: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    const type = fields[name];
    if (type === undefined) {
      const where = path === '' ? '' : ` at '${path}'`;
      const words = `Invalid JSON payload received. Unknown name "${name}"${where}: Cannot find field.`;
      throw badField(path, words);
    }
    // A null field is the same as an absent one: https://protobuf.dev/programming-guides/json/
    if (item === null || item === undefined) continue;
    checked[name] = checkValue(type, item, path === '' ? snake(name) : `${path}.${snake(name)}`);
  }
  return checked;
}

function checkValue(type: string, value: Json, path: string): Json {
  if (type === 'any') return value;
  if (type.startsWith('[]')) {
    if (!isList(value)) throw wrongValue(path, type.slice(2), value);
    return value.map((item, index) => checkValue(type.slice(2), item, `${path}[${index}]`));
  }
  const scalar = SCALARS[type];
  if (scalar !== undefined) {
    if (!scalar.accepts(value)) throw wrongValue(path, scalar.proto, value);
    return value;
  }
  if (type.includes('|')) {
    if (typeof value !== 'string' || !type.split('|').includes(value)) {
      throw wrongValue(path, 'TYPE_ENUM', value);
    }
    return value;
  }
  if (!isObject(value)) throw wrongValue(path, `type.googleapis.com/google.apps.sheets.v4.${type}`, value);
  return checkMessage(type, value, path);
}

/**
 * The body as a message of that name, with null fields left out.
 * @throws SheetsApiError 400 for an unknown field, a wrong type or an unknown enum value, at any depth.
 */
export function checkedBody(message: string, body: Json): JsonObject {
  if (!isObject(body)) {
    throw badField('', 'Invalid JSON payload received. Unexpected token. Root element must be a message.');
  }
  return checkMessage(message, body, '');
}

export const asNumber = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
export const asString = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
export const asBool = (value: Json | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;
export const asObject = (value: Json | undefined): JsonObject | undefined =>
  isObject(value) ? value : undefined;
export const asList = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
export const asObjects = (value: Json | undefined): readonly JsonObject[] => asList(value).filter(isObject);
