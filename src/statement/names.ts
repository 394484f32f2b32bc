/** Names that settings give with words in double braces: tab, file, subject. */
import { wholeCharacters } from './cell-text.ts';
import type { Month } from './month.ts';
import { monthLabel } from './month.ts';

export interface NameParts {
  readonly month: Month;
  readonly company: string;
  readonly code: string;
  readonly version: number;
}

export const NAME_PLACEHOLDERS = [
  'month',
  'month.iso',
  'company',
  'statement.code',
  'statement.version',
] as const;

type NamePlaceholder = (typeof NAME_PLACEHOLDERS)[number];

/** `{{month}}`, `{{month.iso}}`, `{{company}}`, `{{statement.code}}` and `{{statement.version}}` replaced, once. */
export function fillName(pattern: string, parts: NameParts): string {
  const values: Readonly<Record<NamePlaceholder, string>> = {
    month: monthLabel(parts.month),
    'month.iso': parts.month,
    company: parts.company,
    'statement.code': parts.code,
    'statement.version': String(parts.version),
  };
  return pattern.replace(/\{\{([^{}]*)\}\}/g, (whole, written: string) => {
    const name = NAME_PLACEHOLDERS.find((one) => one === written.trim().toLowerCase());
    return name === undefined ? whole : values[name];
  });
}

/** A tab's title as Sheets takes it: 100 characters at most, no line breaks. */
export function tabTitle(text: string): string {
  return wholeCharacters(oneLine(text), 100).trim();
}

/** A file's name that every system takes. */
export function fileName(text: string): string {
  return `${wholeCharacters(oneLine(text.replace(/[\\/:*?"<>|\r\n\t]+/g, '-')), 150).trim()}.xlsx`;
}

/**
 * A statement's file. Two versions of a month lie side by side in Drive: where the pattern tells them not apart, ` V2`
 * does, from the second one on.
 */
export function statementFileName(pattern: string, parts: NameParts): string {
  const name = fillName(pattern, parts);
  const isToldApart = parts.version === 1 || name !== fillName(pattern, { ...parts, code: '', version: 0 });
  return fileName(isToldApart ? name : `${wholeCharacters(name, 140)} V${parts.version}`);
}

/** One line, for a subject or a header: control characters and line breaks of any kind become spaces. */
export function oneLine(text: string): string {
  return [...text]
    .map((character) => (isBreakOrControl(character.codePointAt(0) ?? 0) ? ' ' : character))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function isBreakOrControl(code: number): boolean {
  return code < 32 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
}
