/** The way of a month as a line of steps, with what happened when. */
import type { StepView } from '../../sidebar/month/contract.ts';
import type { Finding } from '../../statement/findings.ts';
import { cut } from '../../statement/short-text.ts';
import { counted, PEOPLE } from './counted.ts';
import type { Facts } from './facts.ts';
import { openCounts } from './findings-view.ts';
import { momentOfCell, momentWords } from './moments.ts';
import type { Standing } from './standing.ts';

type Step = StepView['step'];

/** By the steps of a run. */
export const UNDER_WAY: Readonly<Record<string, Step>> = {
  collect: 'collected',
  'read mail': 'collected',
  calculate: 'audited',
  post: 'posted',
  verify: 'posted',
  export: 'posted',
  file: 'filed',
  send: 'sent',
  record: 'sent',
};

/** As what is kept tells them: of a run that goes on it has not heard. */
export function stepsOf(facts: Facts, standing: Standing, findings: readonly Finding[]): StepView[] {
  const audit = audited(facts, standing, findings);
  const tab = posted(facts, standing);
  const steps = [
    collected(facts, standing),
    audit,
    tab,
    approved(standing),
    filed(standing),
    sent(facts, standing),
  ];
  return audit.state === 'stopped' && tab.state === 'done' ? steps.map(stoppedAfterTab) : steps;
}

/** What blocks does not keep the tab from being made, to be looked at: the way ends behind it. */
function stoppedAfterTab(step: StepView): StepView {
  if (step.step === 'audited') return { ...step, state: 'done' };
  if (step.step !== 'approved' || step.state === 'done') return step;
  return { ...step, state: 'stopped', words: 'first settle what blocks' };
}

/** Of the look or the run that is in view: when its data was read. */
export function asOfOf({ host, timeZone }: Facts, { look, line, record }: Standing): string | null {
  const isSent = record?.state === 'sent';
  return momentOfCell(host, isSent ? (line?.asOf ?? '') : (look?.asOf ?? line?.asOf ?? ''), timeZone);
}

function collected(facts: Facts, standing: Standing): StepView {
  return {
    step: 'collected',
    state: isMade(standing) ? 'done' : 'to-do',
    at: asOfOf(facts, standing),
    words: '',
  };
}

function audited(facts: Facts, standing: Standing, findings: readonly Finding[]): StepView {
  if (!isMade(standing)) return toDo('audited');
  const { blocks, toSee } = openCounts(facts, standing, findings);
  const isStopped = blocks > 0 && (standing.state === 'held' || standing.state === 'open');
  const words =
    blocks > 0
      ? counted(blocks, ['finding blocks', 'findings block'])
      : toSee > 0
        ? `${counted(toSee, ['finding', 'findings'])} to look at`
        : 'nothing is open';
  return { step: 'audited', state: isStopped ? 'stopped' : 'done', at: asOfOf(facts, standing), words };
}

function posted({ glance }: Facts, { month, version }: Standing): StepView {
  const tab = glance.tabs.months.find((one) => one.month === month && one.version === version);
  if (tab === undefined) return toDo('posted');
  return {
    step: 'posted',
    state: 'done',
    at: glance.audit?.postedAt ?? null,
    words: `tab “${cut(tab.title)}”`,
  };
}

function approved({ record, approval, state }: Standing): StepView {
  const given = record?.statement?.approval ?? approval;
  if (given === null || given === undefined) {
    // A month that went out by hand was approved by whoever sent it.
    return { ...toDo('approved'), state: state === 'sent' ? 'done' : 'to-do' };
  }
  return { step: 'approved', state: 'done', at: given.at, words: `by ${cut(given.approvedBy)}` };
}

function filed({ record, line, state }: Standing): StepView {
  const name = record?.attachments?.[0]?.name;
  const isFiled = record?.statement !== undefined || (line?.fileUrl ?? '') !== '';
  if (!isFiled) return { ...toDo('filed'), state: state === 'sent' ? 'done' : 'to-do' };
  // It was filed, and checked, right before the mail was tried.
  return {
    step: 'filed',
    state: 'done',
    at: record?.attemptedAt ?? null,
    words: name === undefined ? '' : cut(name),
  };
}

function sent({ host, timeZone }: Facts, { record, line, state }: Standing): StepView {
  const step = 'sent';
  switch (state) {
    case 'sent': {
      const at =
        record === null
          ? momentOfCell(host, line?.sentAt ?? '', timeZone)
          : (record.sentAt ?? record.changedAt);
      const people = record?.recipients.length ?? 0;
      return { step, state: 'done', at, words: people === 0 ? '' : `to ${counted(people, PEOPLE)}` };
    }
    case 'sending':
      return { step, state: 'now', at: null, words: '' };
    case 'unknown':
      return {
        step,
        state: 'stopped',
        at: record?.attemptedAt ?? null,
        words: 'nobody can tell whether it went out',
      };
    case 'queued': {
      const until = record?.notBefore;
      return {
        ...toDo(step),
        words: until === undefined ? 'waits' : `waits until ${momentWords(host, until, timeZone)}`,
      };
    }
    case 'failed':
      return record === null
        ? toDo(step)
        : { step, state: 'stopped', at: record.changedAt, words: 'Gmail refused it' };
    default:
      return toDo(step);
  }
}

function isMade({ record, line, look }: Standing): boolean {
  return record !== null || line !== null || look !== null;
}

function toDo(step: Step): StepView {
  return { step, state: 'to-do', at: null, words: '' };
}
