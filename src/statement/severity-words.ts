/** What a severity is called wherever a person reads it. */
import type { Severity } from './findings.ts';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  block: 'Blocks sending',
  warn: 'Look at this',
  info: 'Good to know',
};
