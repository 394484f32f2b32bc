/** The search of Drive's `q`: developers.google.com/workspace/drive/api/guides/ref-search-terms. */
import type { DriveRecord } from './drive-store.ts';

export type DriveTest = (file: DriveRecord) => boolean;

type Token = { readonly kind: 'text' | 'word' | 'sign'; readonly value: string };

/**
 * @param folderId turns an id or alias (`root`) into an id
 * @returns null when Google would say "Invalid Value"
 */
export function parseDriveQuery(q: string, folderId: (id: string) => string): DriveTest | null {
  const tokens = tokenize(q);
  if (!tokens) return null;
  let at = 0;
  const peek = (value: string, kind: Token['kind']): boolean =>
    tokens[at]?.kind === kind && tokens[at]?.value === value;
  const take = (value: string, kind: Token['kind'] = 'sign'): boolean => {
    if (!peek(value, kind)) return false;
    at += 1;
    return true;
  };
  const next = (kind: Token['kind']): string | null => {
    const token = tokens[at];
    if (token?.kind !== kind) return null;
    at += 1;
    return token.value;
  };

  const chain = (word: 'and' | 'or', part: () => DriveTest | null): DriveTest | null => {
    const tests: DriveTest[] = [];
    do {
      const test = part();
      if (!test) return null;
      tests.push(test);
    } while (take(word, 'word'));
    return word === 'and'
      ? (file) => tests.every((test) => test(file))
      : (file) => tests.some((test) => test(file));
  };
  const either = (): DriveTest | null => chain('or', both);
  const both = (): DriveTest | null => chain('and', single);
  const single = (): DriveTest | null => {
    if (take('not', 'word')) {
      const test = single();
      return test && ((file) => !test(file));
    }
    if (take('(')) {
      const test = either();
      return test && take(')') ? test : null;
    }
    const value = next('text');
    if (value !== null) return take('in', 'word') ? membership(next('word'), value) : null;
    const term = next('word');
    if (term === null) return null;
    if (take('has', 'word')) return property(term);
    const operator = next('sign') ?? (take('contains', 'word') ? 'contains' : null);
    const operand = next('text') ?? next('word');
    const quoted = tokens[at - 1]?.kind === 'text';
    return operator === null || operand === null ? null : comparison(term, operator, operand, quoted);
  };
  const property = (term: string): DriveTest | null => {
    if (term !== 'appProperties' && term !== 'properties') return null;
    if (!take('{') || !take('key', 'word') || !take('=')) return null;
    const key = next('text');
    if (key === null || !take('and', 'word') || !take('value', 'word') || !take('=')) return null;
    const value = next('text');
    if (value === null || !take('}')) return null;
    return (file) => Object.hasOwn(file[term], key) && file[term][key] === value;
  };
  const membership = (collection: string | null, value: string): DriveTest | null => {
    switch (collection) {
      case 'parents': {
        const id = folderId(value);
        return (file) => file.parents.includes(id);
      }
      case 'owners':
      case 'writers':
      case 'readers':
        return (file) => value === 'me' || file.ownerEmail.toLowerCase() === value.toLowerCase();
      default:
        return null;
    }
  };

  const test = either();
  return test && at === tokens.length ? test : null;
}

function comparison(term: string, operator: string, operand: string, quoted: boolean): DriveTest | null {
  switch (term) {
    case 'name':
    case 'mimeType': {
      if (!quoted) return null;
      if (operator === '=') return (file) => file[term] === operand;
      if (operator === '!=') return (file) => file[term] !== operand;
      if (operator !== 'contains') return null;
      if (term === 'mimeType') return (file) => file.mimeType.startsWith(operand);
      return (file) => nameContains(file.name, operand);
    }
    case 'modifiedTime':
    case 'createdTime': {
      const border = quoted ? timeMs(operand) : null;
      const compare = ORDER[operator];
      return border === null || !compare ? null : (file) => compare(Date.parse(file[term]), border);
    }
    case 'trashed':
    case 'starred':
    case 'sharedWithMe': {
      if (quoted || (operand !== 'true' && operand !== 'false') || (operator !== '=' && operator !== '!='))
        return null;
      const wanted = (operand === 'true') === (operator === '=');
      return (file) => (term === 'trashed' ? file.trashed : false) === wanted;
    }
    default:
      // `fullText` too: nothing here indexes contents, and a wrong "nothing found" would be worse than a refusal.
      return null;
  }
}

const ORDER: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

/** RFC 3339; UTC without a zone, midnight without a time. */
function timeMs(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null;
  const ms = Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** "The contains operator only performs prefix matching for a name term": of each word, in any letter case. */
function nameContains(name: string, wanted: string): boolean {
  const split = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const have = split(name);
  const want = split(wanted);
  if (want.length === 0) return false;
  return have.some((_, start) =>
    want.every((word, offset) => {
      const candidate = have[start + offset] ?? '';
      return offset === want.length - 1 ? candidate.startsWith(word) : candidate === word;
    }),
  );
}

function tokenize(q: string): Token[] | null {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^'\\]|\\['\\])*)'|([A-Za-z][\w.]*)|(<=|>=|!=|[=<>(){}]))/y;
  while (pattern.lastIndex < q.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(q);
    if (!match) return q.slice(from).trim() === '' ? tokens : null;
    if (match[1] !== undefined) tokens.push({ kind: 'text', value: match[1].replace(/\\(['\\])/g, '$1') });
    else if (match[2] !== undefined) tokens.push({ kind: 'word', value: match[2] });
    else tokens.push({ kind: 'sign', value: match[3] ?? '' });
  }
  return tokens;
}
