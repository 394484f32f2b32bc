/** What a severity is called wherever a person reads it. */
import type { Finding, Severity } from './findings.ts';
import { isOpen } from './findings.ts';

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  block: 'Blocks sending',
  warn: 'Look at this',
  info: 'Good to know',
};

/** What a finding weighs now: nothing once it is accepted. */
export function weightWords(finding: Pick<Finding, 'severity' | 'accepted'>): string {
  return isOpen(finding) ? SEVERITY_WORDS[finding.severity] : 'Accepted';
}
