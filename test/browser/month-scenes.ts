/** Months in each state, as the server tells them to the sidebar. */
import type { FindingView, HistoryMonth, SidebarView, StepView } from '../../src/sidebar/month/contract.ts';

const STEPS = ['collected', 'audited', 'posted', 'approved', 'filed', 'sent'] as const;

/** The first `done` steps are done, the next one is `then`. */
function steps(done: number, then: StepView['state'] = 'to-do', words = ''): readonly StepView[] {
  return STEPS.map((step, index) => ({
    step,
    state: index < done ? 'done' : index === done ? then : 'to-do',
    at: index < done ? `2026-06-01T10:0${index}:00Z` : null,
    words: index === done ? words : step === 'approved' && index < done ? 'Nora Field certified it' : '',
  }));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** 24 months up to May 2026, busy in summer. */
const HISTORY: readonly HistoryMonth[] = Array.from({ length: 24 }, (_, index) => {
  const year = 2024 + Math.floor((index + 5) / 12);
  const ofYear = (index + 5) % 12;
  const season = [0.2, 0.25, 0.45, 0.8, 1, 1.4, 1.75, 1.7, 1.2, 0.7, 0.35, 0.3][ofYear] ?? 1;
  const grown = index < 12 ? 1 : 1.12;
  return {
    month: `${year}-${String(ofYear + 1).padStart(2, '0')}`,
    label: `${MONTHS[ofYear]} ${year}`,
    reportableCents: index === 23 ? 4_801_450 : Math.round(4_287_000 * season * grown),
    guests: Math.round(340 * season * grown),
  };
});

export const CLEAN: SidebarView = {
  company: 'Harbor Charters',
  currency: 'USD',
  timeZone: 'America/New_York',
  months: [
    { month: '2026-05', label: 'May 2026', state: 'ready' },
    { month: '2026-04', label: 'April 2026', state: 'sent' },
  ],
  month: '2026-05',
  label: 'May 2026',
  version: 1,
  state: 'ready',
  stateWords: 'Everything agrees. It waits for somebody to certify it.',
  steps: steps(3),
  figures: {
    charters: 34,
    guests: 381,
    comps: 4,
    paying: 377,
    reportableCents: 4_801_450,
    recordedCents: 4_801_450,
    differenceCents: 0,
  },
  asOf: '2026-06-01T10:00:00Z',
  next: { at: '2026-06-02T10:00:00Z', words: 'Purser sends it as it was approved, if nothing has changed.' },
  running: null,
  findings: [],
  history: HISTORY,
  links: [
    { kind: 'cell', label: 'Tab May 2026', url: 'https://docs.google.com/spreadsheets/d/1/edit#gid=5' },
  ],
  tabTitles: ['Template', 'April 2026', 'May 2026'],
  unknown: null,
  moreFindings: 0,
  mayRun: true,
  ownerWords: '',
};

const FINDINGS: readonly FindingView[] = [
  {
    key: '["revenue-differs","BH-2026-05-017",-12500,0]',
    code: 'revenue-differs',
    severity: 'block',
    words: 'Blue Heron, May 16, 10:00: recorded $1,250.00, but 11 paying guests at $125.00 make $1,375.00.',
    cents: -12_500,
    charterId: 'BH-2026-05-017',
    links: [
      {
        kind: 'cell',
        label: 'Cell J22',
        url: 'https://docs.google.com/spreadsheets/d/1/edit#gid=5&range=J22',
      },
      { kind: 'mail', label: 'Booking HB-45239', url: 'https://mail.google.com/mail/u/0/#all/18f' },
      { kind: 'trip-sheet', label: 'Trip sheet', url: 'https://drive.google.com/file/d/2/view' },
    ],
    mayAccept: true,
    accepted: null,
  },
  {
    key: 'regions-differ/BH-2026-05-020',
    code: 'regions-differ',
    severity: 'block',
    words: 'Blue Heron, May 20, 17:30: the regions do not agree on guests.',
    cents: null,
    charterId: 'BH-2026-05-020',
    links: [{ kind: 'region', label: 'us-west-2 says 12', url: null }],
    mayAccept: false,
    accepted: null,
  },
  {
    key: 'crew-unknown/BH-2026-05-021',
    code: 'crew-unknown',
    severity: 'warn',
    words: 'Kestrel, May 21, 9:00: the crew member cr-joan is not in the roster.',
    cents: null,
    charterId: 'BH-2026-05-021',
    links: [],
    mayAccept: true,
    accepted: null,
  },
  {
    key: 'comps/2026-05',
    code: 'comps',
    severity: 'info',
    words: '4 guests sailed without paying, worth $500.00.',
    cents: 50_000,
    charterId: null,
    links: [],
    mayAccept: false,
    accepted: null,
  },
  {
    key: 'paid-not-sailed/K-2026-05-003',
    code: 'paid-not-sailed',
    severity: 'warn',
    words: 'Kestrel, May 3, 9:00 was cancelled and has $90.00 recorded.',
    cents: 9_000,
    charterId: 'K-2026-05-003',
    links: [],
    mayAccept: true,
    accepted: { by: 'Nora Field', reason: 'The deposit is kept; the guests agreed.' },
  },
];

export const HELD: SidebarView = {
  ...CLEAN,
  state: 'held',
  stateWords: '2 findings stop it, 1 asks for a look. Nothing is filed or sent.',
  steps: steps(3, 'stopped', 'Held by 2 findings'),
  figures: {
    charters: 34,
    guests: 381,
    comps: 4,
    paying: 377,
    reportableCents: 4_801_450,
    recordedCents: 4_788_950,
    differenceCents: -12_500,
  },
  findings: FINDINGS,
};

export const SENT: SidebarView = {
  ...CLEAN,
  state: 'sent',
  stateWords: 'Sent on June 1 to 3 people.',
  steps: steps(6),
  next: { at: null, words: 'Once a day Purser looks whether it has changed at the source.' },
  links: [
    { kind: 'cell', label: 'Tab May 2026', url: 'https://docs.google.com/spreadsheets/d/1/edit#gid=5' },
    { kind: 'file', label: 'Statement in Drive', url: 'https://drive.google.com/file/d/3/view' },
    { kind: 'mail', label: 'Mail in Sent', url: 'https://mail.google.com/mail/u/0/#sent/18f' },
  ],
};

export const UNKNOWN: SidebarView = {
  ...CLEAN,
  state: 'unknown',
  stateWords: 'Gmail broke off while the mail was handed over. It may be out.',
  steps: steps(5, 'stopped', 'Nobody knows whether the mail went out'),
  next: null,
  unknown: {
    evidence: [
      'Tried on June 1 at 6:05 AM from nora@harbor.example.',
      'Sent has no mail with the code PRSYYPK202605V1; Gmail’s search may be some minutes behind.',
    ],
    againFrom: null,
  },
};

export const FIRST_DAY: SidebarView = {
  ...CLEAN,
  months: [{ month: '2026-05', label: 'May 2026', state: 'new' }],
  state: 'new',
  stateWords: 'Nothing was done for May 2026 yet. Begin with the checklist in Set up.',
  steps: steps(0),
  figures: null,
  asOf: null,
  next: null,
  history: [],
  links: [],
};

export const RUNNING: SidebarView = {
  ...CLEAN,
  state: 'new',
  stateWords: 'A run is going on.',
  steps: steps(1),
  running: {
    month: '2026-05',
    step: 'posted',
    words: 'Posting the month tab',
    done: 4,
    of: 10,
    since: '2026-06-01T10:00:00Z',
  },
};

/** Each text of `plain` replaced by `hostile`, but for what decides something: keys, codes, months, moments, links. */
export function withHostileTexts<T>(plain: T, hostile: string): T {
  const decides =
    /^(month|state|step|kind|at|asOf|againFrom|since|severity|code|timeZone|currency|key|id|charterId|url|status|sha256|seal)$/;
  const changed = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return decides.test(name) ? value : `${hostile} ${name}`;
    if (Array.isArray(value)) return value.map((one, index) => changed(one, `${name}${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, key)]));
  };
  return changed(plain, '') as T;
}
