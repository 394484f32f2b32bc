/** What a test begins with: the operator, a month's charters, the mail of the month before. */
import type { TableSchema } from '../../scripts/local/aws/tables.ts';

export const OWNER = { email: 'nora@harbor.example', name: 'Nora Field' };
export const COMPANY = 'Harbor Sails';
export const ZONE = 'America/New_York';
export const REGIONS = ['us-east-1', 'us-west-2'] as const;

/** An item as a plain JSON line has it, or in DynamoDB JSON. */
export type Item = Readonly<Record<string, unknown>>;

export interface Scene {
  /** Date in New York on which the clock stands at 06:00; default `2026-06-01`. */
  readonly today?: string;
  readonly charters?: readonly Item[];
  /** Of the second region; default those of the primary. */
  readonly chartersSecond?: readonly Item[];
  readonly roster?: readonly Item[];
  readonly schemas?: { readonly charters: TableSchema; readonly roster: TableSchema };
  /** Mail in Sent; default April's statement, sent by hand. */
  readonly sent?: readonly string[];
  readonly workbook?: Uint8Array;
  /** Received mail, which the setting “Booking mail search” then finds. */
  readonly bookingMail?: readonly Uint8Array[];
  /** Files of the folder that the setting “Trip sheets folder” then names. */
  readonly tripSheets?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Typed into the settings tab after set-up. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How far the script's clock is ahead of the services'. */
  readonly clockAheadMs?: number;
  /** How Purser proves itself to AWS; default as a role, without keys. */
  readonly aws?: 'role' | 'keys';
  /**
   * Default true: the owner has chosen “Set up…” and said yes to everything. `owner-only`: nothing of that is there but
   * the owner, which is quicker.
   */
  readonly setUp?: boolean | 'owner-only';
  /** Set up… is really chosen, though scenes like this one were set up before: for who looks at what it shows or gets. */
  readonly setUpAnew?: boolean;
}

/** One that its JSON tells apart from all others. */
export type SceneInWords = Omit<Scene, 'workbook' | 'bookingMail' | 'tripSheets'>;

export const ROSTER: readonly Item[] = [
  { crewId: 'cr-1', name: 'Tom Archer', email: 'tom@harbor.example', role: 'captain' },
  { crewId: 'cr-2', name: 'Siobhán Ní Bhriain', email: 'siobhan@harbor.example', role: 'mate' },
];

/** A public charter of eight guests at the standard rate that nothing is to be said about. */
export function charter(id: string, more: Item = {}): Item {
  return {
    charterId: id,
    month: '2026-05',
    date: '2026-05-09',
    departs: '10:00',
    vessel: `Vessel ${id}`,
    kind: 'public',
    status: 'completed',
    guests: 8,
    comps: 0,
    revenueTotal: 1000,
    crew: ['cr-1'],
    bookingRefs: [`HB-${id}`],
    ...more,
  };
}

/** Without one of its attributes. */
export function without(item: Item, attribute: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== attribute));
}

/** Three charters: 8 + 10 + 6 guests, 2 comps, $2,750.00. */
export function cleanMonth(month = '2026-05'): readonly Item[] {
  const at = (day: string): Item => ({ month, date: `${month}-${day}` });
  const id = (number: number): string => `C-${month}-${number}`;
  return [
    charter(id(1), at('03')),
    charter(id(2), { ...at('14'), guests: 10, comps: 2, compNotes: 'Dana Whitlock, travel writer' }),
    charter(id(3), { ...at('31'), kind: 'private', guests: 6, flatPrice: 750, revenueTotal: 750 }),
  ];
}

export const PARTNERS = ['grace@partner.example', 'rene@partner.example'] as const;
export const ACCOUNTANT = 'priya@accounts.example';

const LABELS: Readonly<Record<string, string>> = {
  '2026-03': 'March 2026',
  '2026-04': 'April 2026',
  '2026-05': 'May 2026',
  '2026-06': 'June 2026',
};

/** A statement mail as the owner sent it by hand before Purser. */
export function handMail(
  month: string,
  more: {
    readonly to?: string;
    readonly company?: string;
    readonly subject?: string;
    readonly text?: string;
  } = {},
): string {
  const next = `2026-${String(Number(month.slice(5)) + 1).padStart(2, '0')}-02T12:00:00Z`;
  return [
    `From: ${OWNER.name} <${OWNER.email}>`,
    `To: ${more.to ?? `Grace <${PARTNERS[0]}>, ${PARTNERS[1]}`}`,
    `Cc: ${ACCOUNTANT}`,
    `Subject: ${more.subject ?? `${more.company ?? COMPANY} revenue statement, ${LABELS[month] ?? month}`}`,
    `Date: ${new Date(next).toUTCString()}`,
    `Message-ID: <hand-${month}@harbor.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    more.text ?? 'The month in short.',
    '',
  ].join('\n');
}
