/** Single attributes of an item, read with what is wrong with them in words. */
import type { AttributeMap, AttributeValue } from '../clients/aws/attribute-value.ts';
import { compareText } from '../statement/charter.ts';
import type { AmountProblem, Cents } from '../statement/money.ts';
import { canonicalDecimal, centsFromDollars, wholeNumber } from '../statement/money.ts';
import { cut } from '../statement/short-text.ts';

const LARGEST_HEADS = 100_000;

const AMOUNT_WORDS: Record<AmountProblem, string> = {
  'not-a-number': 'is not a number',
  negative: 'is negative',
  'too-many-decimals': 'has more than two decimals',
  'too-large': 'is too large',
};

const HEADS_WORDS: Record<AmountProblem, string> = {
  ...AMOUNT_WORDS,
  'too-many-decimals': 'is not a whole number',
};

/** Reads one item, collecting problems; a wrong attribute reads as its neutral value and leaves a problem. */
export interface ItemReader {
  readonly problems: string[];
  /** A needed text; not empty. */
  text(attribute: string): string;
  optionalText(attribute: string): string | null;
  /** A needed number of heads. */
  heads(attribute: string): number;
  optionalHeads(attribute: string): number | null;
  /** A needed amount in dollars. */
  cents(attribute: string): Cents;
  optionalCents(attribute: string): Cents | null;
  /** A set or a list of texts; absent is empty. */
  texts(attribute: string): readonly string[];
}

export function readItem(item: AttributeMap): ItemReader {
  const problems: string[] = [];
  const present = (attribute: string): AttributeValue | null => {
    const value = item[attribute];
    return value === undefined || 'NULL' in value ? null : value;
  };
  const missing = (attribute: string): void => {
    problems.push(`${attribute} is missing`);
  };
  const number = <T>(
    attribute: string,
    parse: (text: string) => number | AmountProblem,
    words: Record<AmountProblem, string>,
    neutral: T,
  ): number | T => {
    const value = present(attribute);
    if (value === null) return neutral;
    if (!('N' in value)) {
      problems.push(`${attribute} is ${typeWords(value)}, not a number`);
      return neutral;
    }
    const read = parse(value.N);
    if (typeof read === 'number') return read;
    problems.push(`${attribute} ${cut(value.N, 40)} ${words[read]}`);
    return neutral;
  };
  const heads = (text: string): number | AmountProblem => wholeNumber(text, LARGEST_HEADS);
  const optionalText = (attribute: string): string | null => {
    const value = present(attribute);
    if (value === null) return null;
    if ('S' in value) return value.S.trim() === '' ? null : value.S;
    problems.push(`${attribute} is ${typeWords(value)}, not a text`);
    return null;
  };
  return {
    problems,
    optionalText,
    text: (attribute) => {
      const before = problems.length;
      const value = optionalText(attribute);
      if (value === null && problems.length === before) missing(attribute);
      return value ?? '';
    },
    heads: (attribute) => {
      if (present(attribute) === null) missing(attribute);
      return number(attribute, heads, HEADS_WORDS, 0);
    },
    optionalHeads: (attribute) => number(attribute, heads, HEADS_WORDS, null),
    cents: (attribute) => {
      if (present(attribute) === null) missing(attribute);
      return number(attribute, centsFromDollars, AMOUNT_WORDS, 0);
    },
    optionalCents: (attribute) => number(attribute, centsFromDollars, AMOUNT_WORDS, null),
    texts: (attribute) => {
      const value = present(attribute);
      if (value === null) return [];
      if ('SS' in value) return value.SS;
      if ('S' in value) return value.S.trim() === '' ? [] : [value.S];
      if ('L' in value) {
        const texts = value.L.map((entry) => ('S' in entry ? entry.S : null));
        if (texts.every((entry) => entry !== null)) return [...new Set(texts)];
      }
      problems.push(`${attribute} is not a set or a list of texts`);
      return [];
    },
  };
}

/** An attribute as text to show: sets and lists of texts without their order; null when absent. */
export function comparableText(value: AttributeValue | undefined): string | null {
  if (value === undefined || 'NULL' in value) return null;
  if ('S' in value) return value.S;
  if ('N' in value) return value.N;
  if ('SS' in value) return [...value.SS].sort(compareText).join(', ');
  if ('L' in value)
    return value.L.map((entry) => comparableText(entry) ?? '')
      .sort(compareText)
      .join(', ');
  return JSON.stringify(value);
}

/**
 * Equal exactly when two attributes say the same: numbers by value, sets and lists without their order, but never
 * the text `5` and the number 5, nor `a, b` and the set of `a` and `b`. Null when absent.
 */
export function comparableKey(value: AttributeValue | undefined): string | null {
  if (value === undefined || 'NULL' in value) return null;
  if ('S' in value) return `text ${value.S}`;
  if ('N' in value) return `number ${canonicalDecimal(value.N) ?? value.N}`;
  if ('SS' in value) return `texts ${JSON.stringify([...value.SS].sort(compareText))}`;
  if ('L' in value && value.L.every((entry) => 'S' in entry)) {
    return `texts ${JSON.stringify(value.L.map((entry) => comparableText(entry) ?? '').sort(compareText))}`;
  }
  return JSON.stringify(value);
}

/** What kind of value it is, in words, where two values look the same and are not. */
export function typeWords(value: AttributeValue): string {
  if ('S' in value) return `the text “${cut(value.S, 40)}”`;
  if ('N' in value) return `the number ${cut(value.N, 40)}`;
  if ('BOOL' in value) return 'true or false';
  if ('L' in value) return 'a list';
  if ('M' in value) return 'a map';
  return 'a set or binary';
}
