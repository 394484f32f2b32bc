/**
 * What the sidebar and the server say to each other: plain data, because nothing else crosses google.script.run
 * (developers.google.com/apps-script/guides/html/reference/run): no Date, no undefined at the top. Days are `2026-05-14`,
 * moments ISO 8601 in UTC, money integer cents. All words are made on the server; the sidebar lays them out.
 */

/** Every call answers so; nothing is thrown over google.script.run but what Google itself throws. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: SidebarError };

export interface SidebarError {
  /** Stable, kebab-case; decide by it, never by words. */
  readonly code: string;
  /** What happened, to what. */
  readonly what: string;
  /** What the person can do now; may be empty. */
  readonly now: string;
}

/** The calls, by the names of the functions that the bundle exports. */
export interface SidebarCalls {
  /** The first view, in one call; cheap: what workbook and properties say, no source is asked. Null: last month. */
  sidebarView(month: string | null): Answer<SidebarView>;
  /** How far the run that goes on has come; null when none does. Asked every second while one does. */
  sidebarProgress(): Answer<ProgressView | null>;
  /** Collects and audits; nothing is written or sent. */
  sidebarCheck(month: string): Answer<CheckedMonth>;
  /** As far as the file, with what is to be certified; nothing is filed or sent. */
  sidebarPrepare(month: string): Answer<CheckedMonth>;
  /** Files and sends, or approves, the very file that was looked at. */
  sidebarSend(month: string, certified: Certified): Answer<CheckedMonth>;
  /** What a person says of a mail that may be out. */
  sidebarResolve(month: string, verdict: 'sent' | 'again', certified: Certified | null): Answer<CheckedMonth>;
  sidebarAccept(month: string, accepted: AcceptedFinding): Answer<SidebarView>;
  sidebarAccounts(): Answer<AccountsPart>;
  /** The checklist of the first day, nothing tested yet. */
  sidebarSetUp(): Answer<readonly SetUpCheck[]>;
  /** Tests one point of the checklist. */
  sidebarTest(id: SetUpCheckId): Answer<SetUpCheck>;
  /** A month that was sent already, by hand or by Purser, made again and compared with its tab cell by cell. */
  sidebarMakeAgain(month: string, tabTitle: string): Answer<ComparedMonth>;
}

export interface Certified {
  /** SHA-256 of the file that the person has looked at. */
  readonly sha256: string;
  /** `MailView.seal` of the mail that the person has looked at. */
  readonly seal: string;
  readonly name: string;
  /** False: approved; the clock sends it. */
  readonly sendNow: boolean;
}

export interface AcceptedFinding {
  /** `FindingView.key` */
  readonly key: string;
  readonly reason: string;
  readonly name: string;
}

export interface SidebarView {
  readonly company: string;
  readonly currency: string;
  /** IANA name; moments are shown in it. */
  readonly timeZone: string;
  /** Newest first; all that the register knows, and last month. */
  readonly months: readonly MonthChoice[];
  /** `2026-05` */
  readonly month: string;
  readonly label: string;
  readonly version: number;
  readonly state: MonthState;
  /** A sentence: `Sent on June 1 to 3 people.` */
  readonly stateWords: string;
  /** In the order of the way, as they stood when the view was made. */
  readonly steps: readonly StepView[];
  readonly figures: Figures | null;
  /** `data as of`; null when the month was never calculated. */
  readonly asOf: string | null;
  /**
   * When the clock looks at this month next, and what it will do; null when it will not. A month that waits for a person
   * may be approved for that moment.
   */
  readonly next: { readonly at: string | null; readonly words: string } | null;
  /** A run that goes on, of this or another month. */
  readonly running: ProgressView | null;
  /** Of the last time that the month was audited; worst first. */
  readonly findings: readonly FindingView[];
  /** As many were found beside those, and weigh less; 0 but for a month with hundreds. */
  readonly moreFindings: number;
  /** Up to 24 months before and with this one, oldest first; months that the register does not know are missing. */
  readonly history: readonly HistoryMonth[];
  readonly links: readonly LinkView[];
  /** Of the tabs that may have a statement: shown, and not of Purser's own. */
  readonly tabTitles: readonly string[];
  /** The mail may be out: what was found, and when “send again” may be chosen. */
  readonly unknown: UnknownView | null;
  /** Whether the person may run months and see accounts; else who may, in words. */
  readonly mayRun: boolean;
  readonly ownerWords: string;
}

export interface MonthChoice {
  readonly month: string;
  readonly label: string;
  readonly state: MonthState;
}

/** `new`: never calculated. `open`: the month is not over. `approved`: waits for the clock. */
export type MonthState =
  | 'new'
  | 'open'
  | 'held'
  | 'ready'
  | 'approved'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'unknown';

export interface StepView {
  readonly step: 'collected' | 'audited' | 'posted' | 'approved' | 'filed' | 'sent';
  readonly state: 'done' | 'now' | 'stopped' | 'to-do';
  /** Null when nobody knows. */
  readonly at: string | null;
  /** What happened: `Nora Field certified it`; may be empty. */
  readonly words: string;
}

export interface Figures {
  readonly charters: number;
  readonly guests: number;
  readonly comps: number;
  readonly paying: number;
  readonly reportableCents: number;
  readonly recordedCents: number;
  readonly differenceCents: number;
}

export interface ProgressView {
  /** `2026-05`; empty when nobody knows. */
  readonly month: string;
  /** Of the way of that month; null when nobody knows. */
  readonly step: StepView['step'] | null;
  /** In words: `Posting the month tab`. */
  readonly words: string;
  readonly done: number;
  readonly of: number;
  /** Since when. */
  readonly since: string;
}

export interface FindingView {
  /** Names it for `sidebarAccept`. */
  readonly key: string;
  readonly code: string;
  readonly severity: 'block' | 'warn' | 'info';
  /** In the bookkeeper's words. */
  readonly words: string;
  readonly cents: number | null;
  readonly charterId: string | null;
  readonly links: readonly LinkView[];
  /** False: no reason makes it right. */
  readonly mayAccept: boolean;
  readonly accepted: { readonly by: string; readonly reason: string } | null;
}

export interface LinkView {
  readonly kind: 'cell' | 'mail' | 'file' | 'trip-sheet' | 'region' | 'page';
  readonly label: string;
  /** https only; null: the label says all (the other region's value). */
  readonly url: string | null;
}

export interface HistoryMonth {
  readonly month: string;
  readonly label: string;
  readonly reportableCents: number;
  readonly guests: number;
}

export interface UnknownView {
  /** Sentences: when it was tried, what Sent has. */
  readonly evidence: readonly string[];
  /** Null: now. */
  readonly againFrom: string | null;
}

/** A month as a check, or a run as far as it came, has it. */
export interface CheckedMonth {
  /** The view after it. */
  readonly view: SidebarView;
  readonly status: 'sent' | 'held' | 'ready' | 'unknown' | 'failed';
  readonly alreadySent: boolean;
  /** How recorded revenue comes to differ: signed steps from gross to recorded; null when nothing was calculated. */
  readonly bridge: readonly BridgeStep[] | null;
  /** What would go out; null when the month can't be sent. */
  readonly mail: MailView | null;
  readonly error: SidebarError | null;
}

export interface BridgeStep {
  readonly label: string;
  readonly cents: number;
  /** `total`: a bar from nought. */
  readonly kind: 'total' | 'step';
}

export interface MailView {
  readonly from: string;
  readonly recipients: readonly RecipientView[];
  /** Who got the last one and will not get this one. */
  readonly dropped: readonly string[];
  readonly subject: string;
  /** As plain text. */
  readonly text: string;
  readonly fileName: string;
  /** SHA-256 of the XLSX; null until the month was prepared. */
  readonly sha256: string | null;
  /** Names all else that stands here, and the findings that were open: to be given back with `Certified`. */
  readonly seal: string;
  readonly fingerprint: string;
  readonly statementCode: string;
  /** Why an approval that was given before does not hold any more. */
  readonly voided: string | null;
}

export interface RecipientView {
  readonly address: string;
  readonly kind: 'to' | 'cc';
  /** Did not get the last statement. */
  readonly isNew: boolean;
}

export interface AccountsPart {
  /** Connected accounts and `AWS`. */
  readonly lines: readonly AccountLine[];
}

export interface AccountLine {
  readonly id: string;
  readonly name: string;
  readonly state: 'good' | 'ends-soon' | 'failing' | 'reconnect' | 'missing';
  readonly stateWords: string;
  /** Until when, what fails then; sentences. */
  readonly forecast: readonly string[];
  /** Google's sign-in page for an account that must be reconnected; null: nothing to do here. */
  readonly reconnectUrl: string | null;
}

export type SetUpCheckId =
  | 'settings'
  | 'template'
  | 'tables'
  | 'mail'
  | 'folder'
  | 'triggers'
  | 'test-statement'
  | 'make-again';

export interface SetUpCheck {
  readonly id: SetUpCheckId;
  readonly title: string;
  readonly state: 'untested' | 'good' | 'attention' | 'failed';
  /** What was found; sentences. */
  readonly words: readonly string[];
  /** What to do when it is not good; empty when it is. */
  readonly fix: string;
  readonly links: readonly LinkView[];
}

export interface ComparedMonth {
  readonly month: string;
  readonly tabTitle: string;
  readonly comparedCells: number;
  /** At most 200. */
  readonly differences: readonly { readonly cell: string; readonly was: string; readonly made: string }[];
  readonly allDifferences: number;
  readonly words: string;
}
