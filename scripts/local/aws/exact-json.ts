/**
 * JSON with every number as it is written: `1250.10` and 38 digits would not survive a float.
 */
export type ExactJson =
  | { readonly kind: 'string'; readonly text: string }
  /** `text` is the number's own text. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly members: readonly ExactJson[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, ExactJson> };

/** Deeper than any item may be, and far from the end of the stack. */
const DEPTH_LIMIT = 200;
// Strings are only delimited here; JSON.parse judges their inside.
const TOKEN =
  /[\t\n\r ]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|$)/sy;

interface Token {
  readonly kind: 'mark' | 'string' | 'number' | 'word' | 'end';
  readonly text: string;
}

/**
 * @throws SyntaxError for text that isn't JSON (https://www.rfc-editor.org/rfc/rfc8259), and for an object that
 * names a member twice, of which JSON.parse would drop one.
 */
export function parseExactJson(text: string): ExactJson {
  const tokens = new RegExp(TOKEN);
  let token = next();
  const value = readValue(0);
  if (token.kind !== 'end') throw new SyntaxError(`“${token.text}” after the end`);
  return value;

  function next(): Token {
    const from = tokens.lastIndex;
    const match = tokens.exec(text);
    if (match === null) throw new SyntaxError(`character ${from + 1} can't be read`);
    const [, mark, quoted, digits, word] = match;
    if (mark !== undefined) return { kind: 'mark', text: mark };
    if (quoted !== undefined) return { kind: 'string', text: quoted };
    if (digits !== undefined) return { kind: 'number', text: digits };
    if (word !== undefined) return { kind: 'word', text: word };
    return { kind: 'end', text: '' };
  }

  function take(): Token {
    const taken = token;
    token = next();
    return taken;
  }

  function readValue(depth: number): ExactJson {
    if (depth > DEPTH_LIMIT) throw new SyntaxError(`nested deeper than ${DEPTH_LIMIT} levels`);
    const first = take();
    switch (first.kind) {
      case 'string':
        return { kind: 'string', text: JSON.parse(first.text) as string };
      case 'number':
        return { kind: 'number', text: first.text };
      case 'word':
        return first.text === 'null' ? { kind: 'null' } : { kind: 'boolean', value: first.text === 'true' };
      case 'end':
        throw new SyntaxError('it breaks off');
      case 'mark':
        if (first.text === '{') return readObject(depth);
        if (first.text === '[') return readArray(depth);
        throw new SyntaxError(`“${first.text}” where a value should be`);
    }
  }

  function readArray(depth: number): ExactJson {
    const members: ExactJson[] = [];
    if (isMark(']')) return { kind: 'array', members };
    do members.push(readValue(depth + 1));
    while (isMark(','));
    expectMark(']');
    return { kind: 'array', members };
  }

  function readObject(depth: number): ExactJson {
    const members = new Map<string, ExactJson>();
    if (isMark('}')) return { kind: 'object', members };
    do {
      const name = take();
      if (name.kind !== 'string') throw new SyntaxError(`“${name.text}” where a name should be`);
      expectMark(':');
      const key = JSON.parse(name.text) as string;
      if (members.has(key)) throw new SyntaxError(`“${key}” is named twice`);
      members.set(key, readValue(depth + 1));
    } while (isMark(','));
    expectMark('}');
    return { kind: 'object', members };
  }

  /** Takes the mark when it comes next. */
  function isMark(mark: string): boolean {
    const isNext = token.kind === 'mark' && token.text === mark;
    if (isNext) take();
    return isNext;
  }

  function expectMark(mark: string): void {
    if (isMark(mark)) return;
    throw new SyntaxError(
      token.kind === 'end' ? 'it breaks off' : `“${token.text}” where “${mark}” should be`,
    );
  }
}
