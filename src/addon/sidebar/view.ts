/** The sidebar's first view of a month, and what its bar shows while a run goes on. */
import { triggerOwner } from '../../accounts/trigger-owner.ts';
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { leaseHolder, leaseKey } from '../../host/lease.ts';
import { NOTHING_SEEN } from '../../run/glance.ts';
import { STEP_COUNT } from '../../run/steps.ts';
import type {
  Answer,
  Figures,
  HistoryMonth,
  ProgressView,
  SidebarView,
} from '../../sidebar/month/contract.ts';
import { compareText } from '../../statement/charter.ts';
import type { Month } from '../../statement/month.ts';
import { addMonths, monthBefore, monthLabel } from '../../statement/month.ts';
import { cut } from '../../statement/short-text.ts';
import { lineOf } from '../../workbook/register-lines.ts';
import { answered } from './answer.ts';
import type { KeptProgress, Look } from './brief-store.ts';
import { readBrief } from './brief-store.ts';
import type { Facts } from './facts.ts';
import { readFacts } from './facts.ts';
import { findingsOf, findingViews, leftOut } from './findings-view.ts';
import { monthLinks } from './links.ts';
import { nextRun } from './next-run.ts';
import type { Standing } from './standing.ts';
import { standingOf } from './standing.ts';
import { stateWords, unknownView } from './state-words.ts';
import { asOfOf, stepsOf, UNDER_WAY } from './steps.ts';

const MOST_HISTORY_MONTHS = 24;
const MOST_MONTHS = 120;

/** One call of the page: three of the platform, and no source is asked. @param month null: last month */
export function sidebarView(month: Month | null): Answer<SidebarView> {
  return answered((host) => readView(host, month));
}

/** How far the run that goes on has come; null when none does. */
export function sidebarProgress(): Answer<ProgressView | null> {
  return answered((host) => {
    const { progress } = readBrief(host, null);
    if (progress !== null) return progressView(progress);
    const key = leaseKey('statement');
    return leaseView(host, { [key]: host.properties('document').read(key) ?? '{}' });
  });
}

/**
 * @param look what was found just now
 * @throws PurserError `month-invalid`, or Google's
 */
export function readView(host: Host, month: Month | null, look: Look | null = null): SidebarView {
  return viewOf(readFacts(host, month, look));
}

/**
 * After a run, whose end must be told even when the workbook can't be read any more: then of what Purser itself keeps.
 */
export function viewAfter(host: Host, month: Month, look: Look | null): SidebarView {
  try {
    return readView(host, month, look);
  } catch (thrown) {
    host.log({ event: 'workbook-not-read', code: asPurserError(thrown).code });
    return viewOf(readFacts(host, month, look, () => NOTHING_SEEN));
  }
}

function viewOf(facts: Facts): SidebarView {
  const { host, month, properties, glance, brief } = facts;
  const standing = standingOf(facts, month);
  const findings = findingsOf(facts, standing);
  const left = leftOut(facts, standing);
  const figures = figuresOf(standing);
  const running = brief.progress === null ? leaseView(host, properties) : progressView(brief.progress);
  return {
    company: glance.settings?.company ?? glance.tabs.title,
    currency: glance.settings?.currency ?? 'USD',
    timeZone: facts.timeZone,
    months: monthsOf(facts).map((one) => ({
      month: one,
      label: monthLabel(one),
      state: one === month ? standing.state : standingOf(facts, one).state,
    })),
    month,
    label: monthLabel(month),
    version: standing.version,
    state: standing.state,
    stateWords: stateWords(facts, standing, findings),
    steps: stepsOf(facts, standing, findings),
    figures,
    asOf: asOfOf(facts, standing),
    next: nextRun(facts, standing),
    running,
    findings: findingViews(findings),
    moreFindings: left.block + left.warn + left.rest,
    history: historyOf(facts, figures),
    links: monthLinks(facts, standing),
    tabTitles: shownTitles(facts),
    unknown: unknownView(facts, standing),
    ...whoMayRun(host, properties),
  };
}

/** Not Purser's own, and none that is hidden: one of them may have a statement. */
function shownTitles({ glance: { tabs } }: Facts): string[] {
  const notMonths = new Set([...Object.values(tabs.own), ...tabs.audits].map(({ sheetId }) => sheetId));
  return tabs.all.flatMap(({ sheetId, title, hidden }) => (hidden || notMonths.has(sheetId) ? [] : [title]));
}

/** What went out, when it did; else what was found last. */
function figuresOf({ record, look, line }: Standing): Figures | null {
  if (record?.state === 'sent') return record.statement?.totals ?? line?.all ?? null;
  return look?.figures ?? line?.all ?? null;
}

function monthsOf({ month, today, glance, records }: Facts): Month[] {
  const known = [
    month,
    monthBefore(today),
    ...glance.register.map((line) => line.month),
    ...records.flatMap(({ statement }) => statement?.month ?? []),
  ];
  return [...new Set(known)].sort((one, other) => compareText(other, one)).slice(0, MOST_MONTHS);
}

function historyOf({ month, glance }: Facts, figures: Figures | null): HistoryMonth[] {
  const first = addMonths(month, 1 - MOST_HISTORY_MONTHS);
  return Array.from({ length: MOST_HISTORY_MONTHS }, (_, index) => addMonths(first, index)).flatMap((one) => {
    const all = one === month ? figures : (lineOf(glance.register, one)?.all ?? null);
    if (all === null) return [];
    return [{ month: one, label: monthLabel(one), reportableCents: all.reportableCents, guests: all.guests }];
  });
}

/** A trigger owner that nobody is yet keeps nobody from it. */
function whoMayRun(
  host: Host,
  properties: Readonly<Record<string, string>>,
): Pick<SidebarView, 'mayRun' | 'ownerWords'> {
  const owner = triggerOwner(properties);
  const mayRun = owner === null || owner.toLowerCase() === host.userEmail().toLowerCase();
  if (mayRun) return { mayRun, ownerWords: '' };
  return {
    mayRun,
    ownerWords: `${cut(owner)} runs Purser in this workbook: only they can check, prepare and send a month here, and see the accounts.`,
  };
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  collect: 'Reading charters, mail and trip sheets',
  'read mail': 'Reading booking mail',
  calculate: 'Calculating and auditing',
  post: 'Making the month tab',
  verify: 'Reading the month tab back',
  export: 'Making the file',
  file: 'Filing it in Drive',
  send: 'Sending the mail',
  record: 'Writing the register',
};

function progressView({ month, step, done, of, sinceMs }: KeptProgress): ProgressView {
  return {
    month,
    step: UNDER_WAY[step] ?? null,
    words: STEP_WORDS[step] ?? 'Working',
    done,
    of,
    since: new Date(sinceMs).toISOString(),
  };
}

/** Of a run that began elsewhere only its lease tells. */
function leaseView(host: Host, properties: Readonly<Record<string, string>>): ProgressView | null {
  const holder = leaseHolder(properties, 'statement', host.now());
  if (holder === null) return null;
  const by = holder.who === '' ? 'somebody' : cut(holder.who);
  return {
    month: '',
    step: null,
    words: `A run started by ${by} is going on`,
    done: 0,
    of: STEP_COUNT,
    since: new Date(holder.sinceMs).toISOString(),
  };
}
