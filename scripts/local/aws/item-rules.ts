/**
 * What DynamoDB refuses about an item
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). Dynalite lets some of it
 * pass: it counts characters for bytes, and knows no depth.
 */
import type { AttributeMap, AttributeValue } from '../../../src/clients/aws/attribute-value.ts';

/** A key attribute of a table or of an index. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface ItemKeys {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
  /** Key attributes of indexes: they may be missing, but not of another type, nor empty. */
  readonly indexed?: readonly KeyAttribute[];
}

const ITEM_LIMIT_BYTES = 400 * 1024;
const PARTITION_KEY_LIMIT_BYTES = 2048;
const SORT_KEY_LIMIT_BYTES = 1024;
const ATTRIBUTE_NAME_LIMIT_BYTES = 65_535;
const DEPTH_LIMIT = 32;
const DIGITS_LIMIT = 38;
const LARGEST_EXPONENT = 125;
const SMALLEST_EXPONENT = -130;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** DynamoDB's words for what it would refuse about a PutItem of `item`; null for an item that it takes. */
export function rejectItem(item: AttributeMap, keys: ItemKeys): string | null {
  for (const [name, value] of Object.entries(item)) {
    const problem = nameProblem(name) ?? valueProblem(value, 1);
    if (problem !== null) return `${name}: ${problem}`;
  }
  const keyProblem =
    tableKeyProblem(item, keys.partition, PARTITION_KEY_LIMIT_BYTES) ??
    (keys.sort === undefined ? null : tableKeyProblem(item, keys.sort, SORT_KEY_LIMIT_BYTES));
  if (keyProblem !== null) return keyProblem;
  for (const key of keys.indexed ?? []) {
    const problem = indexKeyProblem(item, key);
    if (problem !== null) return problem;
  }
  const sizeBytes = itemSizeBytes(item);
  if (sizeBytes > ITEM_LIMIT_BYTES) {
    return `Item size has exceeded the maximum allowed size (${sizeBytes} of ${ITEM_LIMIT_BYTES} bytes)`;
  }
  return null;
}

function nameProblem(name: string): string | null {
  const bytes = Buffer.byteLength(name);
  if (bytes === 0) return 'an attribute name may not be empty';
  return bytes > ATTRIBUTE_NAME_LIMIT_BYTES ? 'Attribute name is too large' : null;
}

function tableKeyProblem(item: AttributeMap, key: KeyAttribute, limitBytes: number): string | null {
  const value = item[key.name];
  if (value === undefined) {
    return `One or more parameter values were invalid: Missing the key ${key.name} in the item`;
  }
  const actual = typeOf(value);
  if (actual !== key.type) {
    return `One or more parameter values were invalid: Type mismatch for key ${key.name} expected: ${key.type} actual: ${actual}`;
  }
  const bytes = valueSizeBytes(value);
  if (bytes === 0) {
    return `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${key.name}`;
  }
  return bytes > limitBytes
    ? `One or more parameter values were invalid: Size of ${key.name} has exceeded the maximum size limit of ${limitBytes} bytes`
    : null;
}

function indexKeyProblem(item: AttributeMap, key: KeyAttribute): string | null {
  const value = item[key.name];
  if (value === undefined) return null;
  const actual = typeOf(value);
  if (actual !== key.type) {
    return `One or more parameter values were invalid: Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${actual}`;
  }
  return valueSizeBytes(value) === 0
    ? `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexKey: ${key.name}`
    : null;
}

function valueProblem(value: AttributeValue, depth: number): string | null {
  if (depth > DEPTH_LIMIT) return 'Nesting Levels have exceeded supported limits';
  if (Object.keys(value).length !== 1) {
    return 'Supplied AttributeValue must contain exactly one of the supported datatypes';
  }
  if ('N' in value) return numberProblem(value.N);
  if ('NULL' in value) {
    return value.NULL === true ? null : 'Null attribute value types must have the value of true';
  }
  if ('SS' in value) return setProblem(value.SS, 'An string set  may not be empty');
  if ('BS' in value) return setProblem(value.BS, 'Binary sets should not be empty');
  if ('NS' in value) {
    for (const member of value.NS) {
      const problem = numberProblem(member);
      if (problem !== null) return problem;
    }
    return setProblem(value.NS.map(plainNumber), 'An number set  may not be empty');
  }
  if ('L' in value) return firstProblem(value.L, depth);
  if ('M' in value) {
    for (const name of Object.keys(value.M)) {
      const problem = nameProblem(name);
      if (problem !== null) return problem;
    }
    return firstProblem(Object.values(value.M), depth);
  }
  return null;
}

function firstProblem(values: readonly AttributeValue[], depth: number): string | null {
  for (const value of values) {
    const problem = valueProblem(value, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function setProblem(members: readonly string[], whenEmpty: string): string | null {
  if (members.length === 0) return `One or more parameter values were invalid: ${whenEmpty}`;
  return new Set(members).size === members.length ? null : 'Input collection contains duplicates';
}

/** A decimal as its significant digits and the power of ten of the first one; null for what is no number. */
function significant(text: string): { sign: string; digits: string; exponent: number } | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const all = whole + fraction;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  if (digits === '') return { sign: '', digits: '0', exponent: 0 };
  return { sign: sign === '-' ? '-' : '', digits, exponent: whole.length - leading - 1 + Number(power) };
}

function plainNumber(text: string): string {
  const number = significant(text);
  return number === null ? text : `${number.sign}${number.digits}e${number.exponent}`;
}

function numberProblem(text: string): string | null {
  const number = significant(text);
  if (number === null) return `The parameter cannot be converted to a numeric value: ${text}`;
  if (number.exponent > LARGEST_EXPONENT) {
    return 'Number overflow. Attempting to store a number with magnitude larger than supported range';
  }
  if (number.exponent < SMALLEST_EXPONENT) {
    return 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
  }
  return number.digits.length > DIGITS_LIMIT
    ? 'Attempting to store more than 38 significant digits in a Number'
    : null;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function itemSizeBytes(item: AttributeMap): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueSizeBytes(value);
  return bytes;
}

function valueSizeBytes(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSizeBytes(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return sum(value.SS, (member) => Buffer.byteLength(member));
  if ('NS' in value) return sum(value.NS, numberSizeBytes);
  if ('BS' in value) return sum(value.BS, (member) => Buffer.byteLength(member, 'base64'));
  if ('L' in value) return 3 + sum(value.L, (member) => 1 + valueSizeBytes(member));
  return 3 + Object.keys(value.M).length + itemSizeBytes(value.M);
}

/** About a byte for two digits and one more; Amazon gives no exact rule. */
function numberSizeBytes(text: string): number {
  const number = significant(text);
  if (number === null || number.digits === '0') return 1;
  return 1 + Math.ceil(number.digits.length / 2) + (number.sign === '-' ? 1 : 0);
}

function sum<T>(members: readonly T[], sizeOf: (member: T) => number): number {
  return members.reduce((bytes, member) => bytes + sizeOf(member), 0);
}

function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? '';
}
