/**
 * DynamoDB's values as they cross the wire
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html). A number stays the
 * decimal string that DynamoDB sent: a float would lose cents.
 */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap }
  /** Base64. */
  | { readonly B: string }
  | { readonly BS: readonly string[] };

/** An item or a key: attribute names to values. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What keeps `value` from being an attribute map, beginning with the place (`crew.SS[2]: …`); null when it is one.
 * By hand rather than by a schema: a month of 10,000 charters has 150,000 values.
 */
export function attributeMapProblem(value: unknown): string | null {
  if (!isRecord(value)) return 'not an object of attributes';
  for (const name in value) {
    const problem = attributeValueProblem(value[name]);
    if (problem !== null) return `${name}${problem}`;
  }
  return null;
}

/** Like `attributeMapProblem`, for one value; the place begins with `.TYPE` or `:`. */
export function attributeValueProblem(value: unknown): string | null {
  if (!isRecord(value)) return ': not an attribute value';
  const types = Object.keys(value);
  const type = types[0];
  if (type === undefined || types.length > 1) return ': not exactly one type';
  const problem = contentProblem(type, value[type]);
  return problem === null ? null : `.${type}${problem}`;
}

function contentProblem(type: string, content: unknown): string | null {
  switch (type) {
    case 'S':
      return typeof content === 'string' ? null : ': not a string';
    case 'N':
      return isDecimal(content) ? null : ': not a decimal string';
    case 'B':
      return isBase64(content) ? null : ': not Base64';
    case 'BOOL':
      return typeof content === 'boolean' ? null : ': not true or false';
    case 'NULL':
      return content === true ? null : ': not true';
    case 'SS':
      return setProblem(content, (member) => typeof member === 'string', 'a string');
    case 'NS':
      return setProblem(content, isDecimal, 'a decimal string');
    case 'BS':
      return setProblem(content, isBase64, 'Base64');
    case 'L':
      return listProblem(content);
    case 'M': {
      const problem = attributeMapProblem(content);
      return problem === null ? null : `.${problem}`;
    }
    default:
      return ': no type of DynamoDB';
  }
}

function setProblem(content: unknown, isMember: (member: unknown) => boolean, what: string): string | null {
  if (!Array.isArray(content) || content.length === 0) return ': not a set with members';
  const wrong = content.findIndex((member) => !isMember(member));
  return wrong < 0 ? null : `[${wrong}]: not ${what}`;
}

function listProblem(content: unknown): string | null {
  if (!Array.isArray(content)) return ': not a list';
  for (const [index, member] of content.entries()) {
    const problem = attributeValueProblem(member);
    if (problem !== null) return `[${index}]${problem}`;
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'string' && DECIMAL.test(value);
}

function isBase64(value: unknown): boolean {
  return typeof value === 'string' && BASE64.test(value);
}
