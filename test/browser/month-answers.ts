/** What the server answers when something is done in the sidebar. */
import type {
  AccountsPart,
  CheckedMonth,
  ComparedMonth,
  MailView,
  SetUpCheck,
} from '../../src/sidebar/month/contract.ts';
import { CLEAN, HELD, SENT, UNKNOWN } from './month-scenes.ts';

export const SHA256 = 'a9efd14260bf8c2f0b6d2f2e7a4a86d1c0f3ac0d9b8f4e21d7a55e0f5b1c7f99';
export const SEAL = 'c0ffee0123456789';

const MAIL: MailView = {
  from: 'Nora Field <nora@harbor.example>',
  recipients: [
    { address: 'partners@bluewater.example', kind: 'to', isNew: false },
    { address: 'ines.calloway@calloway-and-daughters.example', kind: 'to', isNew: true },
    { address: 'books@harbor.example', kind: 'cc', isNew: false },
  ],
  dropped: ['former.partner@old.example'],
  subject: 'Harbor Charters revenue statement, May 2026',
  text: [
    'Attached is the revenue statement of Harbor Charters for May 2026.',
    '',
    '  Completed charters          34',
    '  Guests aboard              381',
    '  of them comps                4',
    '  Paying guests              377',
    '  Reportable revenue  $48,014.50',
    '',
    'Revenue counts on the day of sailing. Tax, fees and gratuity are outside revenue.',
    '',
    '- 4 guests sailed without paying (comps), worth $500.00 at the charters’ rates.',
    '',
    'Statement PRSYYPK202605V1, version 1',
    'Fingerprint a9efd14260bf',
  ].join('\n'),
  fileName: 'statement-2026-05-PRSYYPK202605V1.xlsx',
  sha256: SHA256,
  seal: SEAL,
  fingerprint: 'a9efd14260bf',
  statementCode: 'PRSYYPK202605V1',
  voided: null,
};

const BRIDGE = [
  { label: 'Gross', cents: 4_901_450, kind: 'total' },
  { label: 'Comps', cents: -50_000, kind: 'step' },
  { label: 'Discounts', cents: -45_000, kind: 'step' },
  { label: 'Refunds', cents: -30_000, kind: 'step' },
  { label: 'Forfeited', cents: 25_000, kind: 'step' },
  { label: 'Reportable', cents: 4_801_450, kind: 'total' },
  { label: 'Blue Heron, May 16, 10:00', cents: -12_500, kind: 'step' },
  { label: 'Recorded', cents: 4_788_950, kind: 'total' },
] as const;

/** As far as the file. */
export const PREPARED: CheckedMonth = {
  view: CLEAN,
  status: 'ready',
  alreadySent: false,
  bridge: BRIDGE,
  mail: MAIL,
  error: null,
};

/** Looked at only: there is no file yet. */
export const CHECKED: CheckedMonth = { ...PREPARED, mail: { ...MAIL, sha256: null } };

export const CHECKED_HELD: CheckedMonth = { ...PREPARED, view: HELD, status: 'held', mail: null };

export const ALL_SENT: CheckedMonth = { ...PREPARED, view: SENT, status: 'sent', mail: null };

export const ACCOUNTS: AccountsPart = {
  lines: [
    {
      id: 'built-in',
      name: 'nora@harbor.example',
      state: 'good',
      stateWords: 'Your own account',
      forecast: [
        'Charters calendar: read within the last 3 hours; 14 deletions wait: Purser › Sync calendars… asks you.',
      ],
      reconnectUrl: null,
    },
    {
      id: 'office',
      name: 'office@harbor.example',
      state: 'good',
      stateWords: 'Connected; sends statements',
      forecast: ['Good for as long as it is used.', 'Calendar: read within the last 20 minutes.'],
      reconnectUrl: null,
    },
    {
      id: 'bookings',
      name: 'bookings@harbor.example',
      state: 'reconnect',
      stateWords: 'Must be connected again',
      forecast: ['Google withdrew its permission on May 30.', 'Booking mail is not read until then.'],
      reconnectUrl: 'https://accounts.google.com/o/oauth2/v2/auth?x=1',
    },
    {
      id: 'aws',
      name: 'AWS',
      state: 'ends-soon',
      stateWords: 'Session ends in 40 minutes',
      forecast: ['It is renewed by itself within the hour.'],
      reconnectUrl: null,
    },
  ],
};

const TITLES: readonly (readonly [SetUpCheck['id'], string])[] = [
  ['settings', 'Settings'],
  ['template', 'Template'],
  ['tables', 'Charters and roster in AWS'],
  ['mail', 'Booking mail'],
  ['folder', 'Folder for statements'],
  ['triggers', 'Runs by itself'],
  ['test-statement', 'Test statement to myself'],
  ['make-again', 'Make a sent month again'],
];

export const CHECKS: readonly SetUpCheck[] = TITLES.map(([id, title]) => ({
  id,
  title,
  state: 'untested',
  words: [],
  fix: '',
  links: [],
}));

/** What a test of each point finds: mostly good. */
export function tested(id: SetUpCheck['id']): SetUpCheck {
  const title = TITLES.find(([one]) => one === id)?.[1] ?? id;
  if (id === 'template') {
    return {
      id,
      title,
      state: 'failed',
      words: ['The cell C4 of Template has the placeholder {{total.gests}}, which Purser does not know.'],
      fix: 'Correct the cell C4, then test again.',
      links: [
        {
          kind: 'cell',
          label: 'Cell C4',
          url: 'https://docs.google.com/spreadsheets/d/1/edit#gid=1&range=C4',
        },
      ],
    };
  }
  return { id, title, state: 'good', words: ['All 31 settings can be read.'], fix: '', links: [] };
}

export const COMPARED: ComparedMonth = {
  month: '2026-04',
  tabTitle: 'April 2026',
  comparedCells: 412,
  differences: [
    { cell: 'B7', was: '$1,250.00', made: '$1,375.00' },
    { cell: 'N22', was: '', made: '2 comps' },
  ],
  allDifferences: 2,
  words: '410 of 412 cells are the same.',
};

/** “Send again”, before it is certified anew: what would go out. */
export const AGAIN: CheckedMonth = { ...PREPARED, view: UNKNOWN };
