/**
 * What the workbench's page and its server say to each other: JSON over HTTP, on 127.0.0.1 only. Plain data, no Node and
 * no DOM. Moments are ISO 8601 in UTC. Text from mails, cells and files is data: the page never makes HTML of it.
 *
 * | request | answer |
 * |---|---|
 * | `GET /` | the page: `<meta name="workbench-token" content="…">` has the token, `<div id="workbench">` is empty |
 * | `GET /page.js`, `GET /page.css` | `page/page.tsx` and the CSS that it imports, bundled (automatic JSX of Preact) |
 * | `GET /api/events` | `EventSource`; events named `overview` (`Overview`) and `toast` (`Toast`). The first comes at once |
 * | `GET /api/overview` | `Reply<Overview>` |
 * | `GET /api/tab?id=SHEETID&from=0&rows=500` | `Reply<TabView>`, the cells of these rows (at most 2,000; as many by default 500) |
 * | `GET /api/mails?account=ADDRESS` | `Reply<readonly MailLine[]>`, newest first |
 * | `GET /api/mail?account=ADDRESS&id=ID` | `Reply<MailView>` |
 * | `GET /api/mail-html?account=ADDRESS&id=ID` | the HTML part, for an `<iframe sandbox src>`; forbids itself all but looks |
 * | `GET /api/attachment?account=ADDRESS&id=ID&n=0` | the bytes, as a download |
 * | `GET /api/drive` | `Reply<readonly DriveFileView[]>` |
 * | `GET /api/file?id=ID` | the bytes, as a download |
 * | `GET /api/workbook` | the workbook as .xlsx, as a download |
 * | `GET /api/calendars` | `Reply<CalendarsView>` |
 * | `GET /api/log` | `Reply<readonly LogEntry[]>`, newest first, at most 500 |
 * | `POST /api/act`, an `Act` as JSON | `Reply<ActResult>`, when it is done |
 * | `GET /frame/ID` | the HTML of a `FrameView`, for an `<iframe src>` |
 *
 * Every POST needs the header `X-Workbench-Token`. An answer may take as long as a person needs for a question: it begins
 * with blanks, which `response.json()` passes over. What is shown while an act goes on comes by `/api/events`. Views can be
 * asked while the script runs. Always status 200 with a `Reply`, but 403 (foreign host, no token), 404 and 405 as text.
 */

export type {
  Area,
  BorderStyle,
  Borders,
  CalendarEventView,
  CalendarsView,
  CalendarView,
  CellStyle,
  CellView,
  DriveFileView,
  MailLine,
  MailView,
  TabView,
} from './views/contract.ts';

/** Of every call. `what`: what happened; `now`: what the person can do, may be empty. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly what: string; readonly now: string } };

/** Sent whenever something in it changed. */
export interface Overview {
  /** Another number after the server was started anew or the sample was reset: forget all that is shown. */
  readonly world: number;
  /** The workbook’s title. */
  readonly title: string;
  readonly company: string;
  /** Whose browser this is: the owner’s. */
  readonly user: { readonly email: string; readonly name: string };
  /** IANA name of the workbook’s zone. */
  readonly timeZone: string;
  readonly clock: ClockView;
  /** What the script does now; null when it does nothing. */
  readonly busy: Busy | null;
  /** In their order, hidden ones too. */
  readonly tabs: readonly TabLine[];
  readonly menus: readonly MenuView[];
  readonly triggers: readonly TriggerView[];
  readonly faults: readonly FaultView[];
  readonly network: NetworkView;
  readonly mailboxes: readonly MailboxLine[];
  /** Questions that wait for an answer; the last one is the one on top. */
  readonly questions: readonly QuestionView[];
  /** Html dialogs that are open; the last one is on top. */
  readonly dialogs: readonly FrameView[];
  readonly sidebar: FrameView | null;
  /** Count up when what they name may have changed: ask for what is shown of it again. */
  readonly revisions: Revisions;
  readonly sample: SampleView;
  /** Sentences about this workbench: that it forgets all when it ends, what the file holds that is not shown. */
  readonly remarks: readonly string[];
}

export interface Revisions {
  readonly workbook: number;
  readonly mail: number;
  readonly drive: number;
  readonly calendars: number;
  readonly log: number;
}

export interface ClockView {
  readonly now: string;
  /** `2026-06-01 06:00`, in the workbook’s zone. */
  readonly local: string;
  /** The next statement’s moment to look at: six on the statement day after now. */
  readonly statementDay: string;
  /** When the next trigger is due; null when there is none. */
  readonly nextDue: string | null;
}

export interface Busy {
  /** What began it, in words: `Send statement…`, `Trigger tick`. */
  readonly what: string;
  /** What it shows of its progress (the newest toast); may be empty. */
  readonly progress: string;
  /** Real time since 1970 UTC, milliseconds. */
  readonly sinceMs: number;
  /** Calls to Google and AWS so far. */
  readonly calls: number;
  /** Whether `stop` ends it: moving the clock from trigger to trigger. */
  readonly mayStop: boolean;
  /** A question waits for the person. */
  readonly waits: boolean;
}

export interface TabLine {
  readonly id: number;
  readonly title: string;
  readonly hidden: boolean;
  /** `#rrggbb` or null. */
  readonly color: string | null;
}

export interface MenuView {
  readonly caption: string;
  readonly items: readonly MenuItemView[];
}

export interface MenuItemView {
  readonly caption: string;
  /** For the act `menu`; null: a submenu. */
  readonly functionName: string | null;
  readonly items: readonly MenuItemView[];
}

export interface TriggerView {
  readonly id: string;
  readonly handler: string;
  readonly owner: string;
  /** In words: `every hour`. */
  readonly schedule: string;
  /** Null: it has had its one run. */
  readonly next: string | null;
}

export interface FaultView {
  readonly id: string;
  /** `us-east-1 is down` */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly words: string;
  readonly on: boolean;
  /** True: it happens when switched on and can’t be taken back here (a revoked token: connect the account again). */
  readonly isOnce: boolean;
}

export interface NetworkView {
  /** Each call takes as long as it would at Google. */
  readonly slow: boolean;
  /** Times the modelled time: 0.1 to 5. */
  readonly factor: number;
}

export interface MailboxLine {
  readonly address: string;
  readonly name: string;
  readonly messages: number;
}

export interface LogEntry {
  readonly at: string;
  /** `request`: one call to Google or AWS; `act`: what a person did here; `script`: what Purser logged. */
  readonly kind: 'act' | 'script' | 'request' | 'toast' | 'error';
  readonly text: string;
}

export interface Toast {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  /** Negative: until it is closed. */
  readonly seconds: number;
}

export type ButtonName = 'CLOSE' | 'OK' | 'CANCEL' | 'YES' | 'NO';

/** `Ui.alert` or `Ui.prompt`; the script waits. Closing it by its cross is the button `CLOSE`. */
export interface QuestionView {
  readonly id: number;
  readonly kind: 'alert' | 'prompt';
  readonly title: string;
  /** Lines. */
  readonly message: string;
  readonly buttons: readonly ButtonName[];
}

/**
 * A page of the script: `<iframe src={url} sandbox="allow-scripts allow-forms allow-popups allow-modals">`. The server sends
 * it with that sandbox, too, and with google.script.run. It says to its parent, by postMessage: `FrameMessage`; look whether
 * `event.source` is the iframe’s window.
 */
export interface FrameView {
  readonly id: number;
  readonly kind: 'dialog' | 'sidebar';
  readonly title: string;
  /** `/frame/7` */
  readonly url: string;
  /** Pixels; null: Google’s own size (600 × 400). A sidebar is 300 wide. */
  readonly width: number | null;
  readonly height: number | null;
}

export type FrameMessage =
  /** google.script.host.close(): do the act `close-frame`. */
  | { readonly workbench: 'close' }
  /** google.script.host.setHeight, setWidth */
  | { readonly workbench: 'size'; readonly width: number | null; readonly height: number | null }
  /** google.script.host.editor.focus() */
  | { readonly workbench: 'focus-editor' }
  /** The person follows a link: show what `placeOf` (place.ts) says; `sign-in` and `web-app`: the act `visit`. */
  | { readonly workbench: 'open'; readonly url: string };

export interface SampleView {
  readonly month: SampleMonth;
  /** Generated charters in place of the sample’s; null: the sample’s own. */
  readonly generate: number | null;
  readonly firstDay: boolean;
}

/** In the sample April is held and May is clean, but for what the crew’s calendars say. */
export type SampleMonth = '2026-04' | '2026-05';

export type Act =
  /** As typed: `=A1`, `2026-05-14`, `'007`; empty clears. `a1`: `B7`. */
  | { readonly do: 'type'; readonly tab: number; readonly a1: string; readonly input: string }
  | { readonly do: 'rename-tab'; readonly tab: number; readonly title: string }
  | { readonly do: 'delete-tab'; readonly tab: number }
  | { readonly do: 'duplicate-tab'; readonly tab: number }
  | { readonly do: 'show-tab'; readonly tab: number; readonly hidden: boolean }
  /** Runs to its end, with its questions. */
  | { readonly do: 'menu'; readonly functionName: string }
  | { readonly do: 'answer'; readonly question: number; readonly button: ButtonName; readonly text: string }
  | { readonly do: 'close-frame'; readonly frame: number }
  | { readonly do: 'fire'; readonly trigger: string }
  /** `fire`: each trigger that falls due on the way goes off at its time. A clock that goes back fires nothing. */
  | { readonly do: 'clock-to'; readonly at: string; readonly fire: boolean }
  | { readonly do: 'clock-by'; readonly unit: 'hour' | 'day' | 'month'; readonly fire: boolean }
  | { readonly do: 'stop' }
  | { readonly do: 'fault'; readonly id: string; readonly on: boolean }
  | { readonly do: 'network'; readonly slow: boolean; readonly factor: number }
  /** The person follows a link to Google’s sign-in page or the web app, chooses this account, and consents or declines. */
  | { readonly do: 'visit'; readonly url: string; readonly as: string; readonly decline: boolean }
  /** Five of the sample’s crew fill their calendars and connect them. */
  | { readonly do: 'connect-crew' }
  /** A person’s hand in their own calendar. `start` and `end`: `2026-06-03T17:30` by the clocks of the workbook’s zone. */
  | ({ readonly do: 'add-event' } & InCalendar & EventWords)
  | ({ readonly do: 'change-event'; readonly event: string } & InCalendar & EventWords)
  | ({ readonly do: 'delete-event'; readonly event: string } & InCalendar)
  /** Google forgets what was read: the next list is a full one. */
  | { readonly do: 'expire-sync-tokens' }
  | {
      readonly do: 'reset';
      readonly month: SampleMonth;
      readonly generate: number | null;
      readonly firstDay: boolean;
    };

interface InCalendar {
  readonly account: string;
  readonly calendar: string;
}

interface EventWords {
  readonly title: string;
  readonly start: string;
  readonly end: string;
}

export interface ActResult {
  /** What came of it, a sentence; may be empty. A script that threw is `ok: false` with its words. */
  readonly words: string;
  /** `visit`: the page at the end, as text; null otherwise. */
  readonly page: { readonly title: string; readonly text: string } | null;
}
