/** A month's state as a sentence or two. */

import { mayBeSentAgain, SEARCH_LAG_MS } from '../../delivery/outbox.ts';
import { addressesOf } from '../../delivery/outbox-record.ts';
import { readApproval } from '../../run/approval.ts';
import type { UnknownView } from '../../sidebar/month/contract.ts';
import type { Finding } from '../../statement/findings.ts';
import { isHeld } from '../../statement/findings.ts';
import { addMonths, dateLabel, firstDay, monthLabel } from '../../statement/month.ts';
import { cut } from '../../statement/short-text.ts';
import { saysSent } from '../../workbook/register.ts';
import { counted, PEOPLE } from './counted.ts';
import type { Facts } from './facts.ts';
import { openCounts } from './findings-view.ts';
import { dayWords, momentWords } from './moments.ts';
import type { Standing } from './standing.ts';
import { failedTry } from './standing.ts';

export function stateWords(facts: Facts, standing: Standing, findings: readonly Finding[]): string {
  const { settingsProblem } = facts.glance;
  return [
    ownWords(facts, standing, findings),
    ...(standing.cutOff === null ? [] : ['A run of it was cut off, and goes on by itself.']),
    ...(settingsProblem === null ? [] : [settingsProblem.message]),
  ].join(' ');
}

function ownWords(facts: Facts, standing: Standing, findings: readonly Finding[]): string {
  const { host, properties, timeZone, nowMs } = facts;
  const { month, state, record, line, approval, look, version } = standing;
  const label = monthLabel(month);
  const { blocks, toSee } = openCounts(facts, standing, findings);
  switch (state) {
    case 'new':
      return `${label} has not been calculated yet.`;
    case 'open': {
      const from = dateLabel(firstDay(addMonths(month, 1)));
      return `${label} is not over yet: it can be checked now, and sent from ${from}.`;
    }
    case 'held':
      return isHeld(findings)
        ? `${counted(blocks, ['finding blocks', 'findings block'])} sending.`
        : 'Held when it was last looked at; what held it is accepted by now. Prepare it again.';
    case 'ready': {
      const looks =
        toSee === 0
          ? 'Nothing is open'
          : `Nothing blocks, ${counted(toSee, ['finding', 'findings'])} to look at`;
      return line === null || (look !== null && line.status !== 'ready')
        ? `${looks}. The month can be prepared.`
        : `${looks}. It waits for a person to certify it.`;
    }
    case 'approved':
      return approval === null
        ? ''
        : `${cut(approval.approvedBy)} approved it on ${dateLabel(approval.on)}; it is not sent yet.`;
    case 'queued': {
      const until = record?.notBefore;
      const isLater = until !== undefined && Date.parse(until) > nowMs;
      return `The mail waits${isLater ? ` until ${momentWords(host, until, timeZone)}` : ''}; nothing went out.`;
    }
    case 'sending':
      return 'The mail is going out.';
    case 'sent': {
      const next = readApproval(host, properties, month, version + 1);
      const more =
        next === null
          ? ''
          : ` ${cut(next.approvedBy)} approved a corrected statement, which is not sent yet.`;
      return `${sentWords(facts, standing)}${more}`;
    }
    case 'failed': {
      if (record !== null)
        return 'Gmail refused the mail, and nothing went out. Prepare it again to send it.';
      const tried = failedTry(properties, month);
      return tried === null
        ? 'The last run failed, and nothing went out.'
        : `The clock’s run on ${dateLabel(tried.day)} failed (${tried.code}); the log says why.`;
    }
    case 'unknown':
      return 'Nobody can tell yet whether the mail went out.';
  }
}

function sentWords({ host, timeZone }: Facts, { record, line, version }: Standing): string {
  const what = version > 1 ? `Sent as corrected statement, version ${version},` : 'Sent';
  if (record === null) {
    const at = line === null || line.sentAt === '' ? '' : ` (${cut(line.sentAt, 40)})`;
    return `${what.replace(/,$/, '')}, as the register says${at}.`;
  }
  const on = dayWords(host, record.sentAt ?? record.changedAt, timeZone);
  const people = record.recipients.length;
  const to = people === 0 ? '' : ` to ${counted(people, PEOPLE)}`;
  const by = record.settledBy === undefined ? '' : `, as ${cut(record.settledBy)} said`;
  return `${what} on ${on}${to}${by}.`;
}

/** Of a mail that may be out: what is known of it without a look into Sent; null when none may be. */
export function unknownView(facts: Facts, { state, record, line }: Standing): UnknownView | null {
  if (state !== 'unknown') return null;
  if (record === null) {
    const what =
      line !== null && saysSent(line) ? 'it was sent' : 'an earlier run could not tell whether it went out';
    return {
      evidence: [`The register says that ${what}; Purser’s own record of the mail is lost.`],
      againFrom: null,
    };
  }
  const { host, timeZone, nowMs } = facts;
  const { subject, attemptedAt, lastError, from, attempts } = record;
  const to = [...addressesOf(record, 'to'), ...addressesOf(record, 'cc')];
  const evidence = [
    `The mail is “${cut(subject, 200)}”${to.length === 0 ? '' : `, to ${to.map((one) => cut(one)).join(', ')}`}.`,
    ...(attemptedAt === undefined
      ? []
      : [
          `It was last tried on ${momentWords(host, attemptedAt, timeZone)}${from === undefined ? '' : `, from ${cut(from)}`}.`,
        ]),
    ...(lastError === undefined
      ? []
      : [
          `No answer said that it went out, and none that it did not. What came back: ${cut(lastError.replace(/^[a-z-]+: /, ''), 300)}`,
        ]),
  ];
  const waits = attempts > 0 && !mayBeSentAgain(record, nowMs);
  const triedMs = Date.parse(attemptedAt ?? record.changedAt);
  return { evidence, againFrom: waits ? new Date(triedMs + SEARCH_LAG_MS).toISOString() : null };
}
