/** Items from JSON lines: plain JSON, DynamoDB JSON, or DynamoDB's export to S3. */
import type { AttributeMap, AttributeValue } from '../../../src/clients/aws/attribute-value.ts';
import { type ExactJson, parseExactJson } from './exact-json.ts';
import { type KeyAttribute, rejectItem } from './item-rules.ts';

export interface ItemLines {
  readonly items: AttributeMap[];
  readonly problems: LineProblem[];
}

export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/**
 * One item a line; blank lines are skipped; a byte order mark and CRLF are fine. `keyName` is the table's string
 * partition key, `indexed` are the key attributes of its indexes.
 *
 * A line is DynamoDB JSON when its key is (`{"charterId":{"S":"x"},…}`), and plain JSON otherwise, where a number
 * becomes N with the very text of the file, and every array a list. Either may be wrapped as
 * `{"Item":{…}}` (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).
 * What DynamoDB would refuse, and a key that was there before, is a problem; all lines are read.
 */
export function readItemLines(
  text: string,
  keyName: string,
  indexed: readonly KeyAttribute[] = [],
): ItemLines {
  const items: AttributeMap[] = [];
  const problems: LineProblem[] = [];
  const lineOfKey = new Map<string, number>();
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    if (raw.trim() === '') continue;
    const { item, key, problem } = readLine(raw.replace(/\r$/, ''), keyName, indexed);
    if (problem !== null) problems.push({ line, problem });
    // The key of a refused item counts too, so that every line to be mended is named at once.
    if (key !== null) {
      const before = lineOfKey.get(key);
      if (before !== undefined) {
        problems.push({ line, problem: `${keyName} “${key}” is on line ${before} already` });
        continue;
      }
      lineOfKey.set(key, line);
    }
    if (item !== null && problem === null) items.push(item);
  }
  return { items, problems };
}

interface Line {
  readonly item: AttributeMap | null;
  readonly key: string | null;
  readonly problem: string | null;
}

function readLine(text: string, keyName: string, indexed: readonly KeyAttribute[]): Line {
  let item: AttributeMap;
  try {
    item = itemOf(parse(text), keyName);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return { item: null, key: null, problem: thrown.message };
  }
  const keyValue = item[keyName];
  const key = keyValue !== undefined && 'S' in keyValue && keyValue.S !== '' ? keyValue.S : null;
  const problem = rejectItem(item, { partition: { name: keyName, type: 'S' }, indexed });
  return { item, key, problem };
}

function parse(text: string): ExactJson {
  try {
    return parseExactJson(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new SyntaxError(`not JSON: ${thrown.message}`);
  }
}

function itemOf(line: ExactJson, keyName: string): AttributeMap {
  if (line.kind !== 'object') throw new SyntaxError('not an object');
  const wrapped = line.members.get('Item');
  const members = wrapped?.kind === 'object' && !line.members.has(keyName) ? wrapped.members : line.members;
  const key = members.get(keyName);
  const isTyped = key !== undefined && typedContent(key) !== null;
  return mapMembers(members, isTyped ? fromTyped : fromPlain);
}

function mapMembers(
  members: ReadonlyMap<string, ExactJson>,
  convert: (value: ExactJson, place: string) => AttributeValue,
  place = '',
): AttributeMap {
  const map: Record<string, AttributeValue> = {};
  for (const [name, value] of members) {
    // Defined, because `__proto__` assigned would vanish.
    Object.defineProperty(map, name, {
      value: convert(value, `${place}${name}`),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return map;
}

function fromPlain(value: ExactJson): AttributeValue {
  switch (value.kind) {
    case 'string':
      return { S: value.text };
    case 'number':
      return { N: value.text };
    case 'boolean':
      return { BOOL: value.value };
    case 'null':
      return { NULL: true };
    case 'array':
      return { L: value.members.map(fromPlain) };
    case 'object':
      return { M: mapMembers(value.members, fromPlain) };
  }
}

const TYPES: ReadonlySet<string> = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The one type and content of `{"S":"x"}`; null for anything else. */
function typedContent(value: ExactJson): readonly [string, ExactJson] | null {
  if (value.kind !== 'object' || value.members.size !== 1) return null;
  const [entry] = value.members;
  return entry !== undefined && TYPES.has(entry[0]) ? entry : null;
}

function fromTyped(value: ExactJson, place: string): AttributeValue {
  const typed = typedContent(value);
  if (typed === null) throw new SyntaxError(`${place}: not one value in DynamoDB JSON`);
  const [type, content] = typed;
  const wrong = (should: string): SyntaxError => new SyntaxError(`${place}.${type}: should be ${should}`);
  const string = (member: ExactJson): string => {
    if (member.kind !== 'string') throw wrong('a string');
    return member.text;
  };
  const base64 = (member: ExactJson): string => {
    const text = string(member);
    if (!BASE64.test(text)) throw wrong('Base64');
    return text;
  };
  const members = (): readonly ExactJson[] => {
    if (content.kind !== 'array') throw wrong('an array');
    return content.members;
  };
  switch (type) {
    case 'S':
      return { S: string(content) };
    case 'N':
      return { N: string(content) };
    case 'B':
      return { B: base64(content) };
    case 'SS':
      return { SS: members().map(string) };
    case 'NS':
      return { NS: members().map(string) };
    case 'BS':
      return { BS: members().map(base64) };
    case 'L':
      return { L: members().map((member, index) => fromTyped(member, `${place}[${index}]`)) };
    case 'BOOL':
      if (content.kind !== 'boolean') throw wrong('true or false');
      return { BOOL: content.value };
    case 'NULL':
      if (content.kind !== 'boolean' || !content.value) throw wrong('true');
      return { NULL: true };
    default:
      if (content.kind !== 'object') throw wrong('an object');
      return { M: mapMembers(content.members, fromTyped, `${place}.`) };
  }
}
