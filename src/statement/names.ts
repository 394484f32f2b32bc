/** Names that settings give with words in double braces: tab, file, subject. */
import { monthLabel } from './month.ts';
import type { Month } from './month.ts';

export interface NameParts {
  readonly month: Month;
  readonly company: string;
  readonly code: string;
  readonly version: number;
}

/** `{{month}}`, `{{month.iso}}`, `{{company}}`, `{{statement.code}}` and `{{statement.version}}` replaced, once. */
export function fillName(pattern: string, parts: NameParts): string {
  const values = new Map<string, string>([
    ['month', monthLabel(parts.month)],
    ['month.iso', parts.month],
    ['company', parts.company],
    ['statement.code', parts.code],
    ['statement.version', String(parts.version)],
  ]);
  return pattern.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => values.get(name.toLowerCase()) ?? whole);
}

/** A tab's title as Sheets takes it: 100 characters at most, no line breaks. */
export function tabTitle(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').trim().slice(0, 100);
}

/** A file's name that every system takes. */
export function fileName(text: string): string {
  return `${text
    .replace(/[\\/:*?"<>|\r\n\t]+/g, '-')
    .trim()
    .slice(0, 150)}.xlsx`;
}

/** One line, for a subject or a header: control characters become spaces. */
export function oneLine(text: string): string {
  return [...text].map((character) => ((character.codePointAt(0) ?? 0) < 32 || character === '\u007f' ? ' ' : character)).join('').replace(/ {2,}/g, ' ').trim();
}
