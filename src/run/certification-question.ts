/** What a person reads before certifying a statement with a name. */
import { shortFingerprint } from '../statement/statement.ts';
import { CERTIFICATION } from './approval.ts';
import type { RunReport } from './report.ts';
import { correctionLines, figureLines, findingLine, fromLines } from './words.ts';

/** A dialog with more would not fit a screen; the preview and the audit tab have them all. */
const MOST_FINDINGS = 12;

/** Figures, recipients, findings, the file and its hash, then the sentence that the name stands under. */
export function certificationQuestion(report: RunReport): string {
  const findings = report.findings.map((finding) => `• ${findingLine(finding)}`);
  const rest = findings.length - MOST_FINDINGS;
  const corrected = correctionLines(report);
  return [
    ...(report.voided === null ? [] : [report.voided, '']),
    ...(corrected.length === 0 ? [] : [...corrected, '']),
    ...figureLines(report),
    '',
    ...fromLines(report),
    `To: ${report.to.join(', ')}`,
    ...(report.cc.length > 0 ? [`Cc: ${report.cc.join(', ')}`] : []),
    `Subject: ${report.subject}`,
    `File: ${report.fileName}${report.sha256 === null ? '' : `, SHA-256 ${shortFingerprint(report.sha256)}`}`,
    ...(findings.length > 0 ? ['', ...findings.slice(0, MOST_FINDINGS)] : []),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    '',
    `“${CERTIFICATION}”`,
    'Type your name to say so. Without a name nothing is approved.',
  ].join('\n');
}
