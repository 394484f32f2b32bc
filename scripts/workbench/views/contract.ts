/** What the page shows of a tab, a mailbox and Drive: part of the contract (../contract.ts), whose rules hold here, too. */
import type { TabLine } from '../contract.ts';

export interface TabView extends TabLine {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  readonly gridlines: boolean;
  /** Of each column, pixels; 0 when hidden. */
  readonly columnWidths: readonly number[];
  /** Of each row that `rowsOfNote` counts, pixels; 0 when hidden. Rows after the list: 21. */
  readonly rowHeights: readonly number[];
  /** After these rows nothing holds anything, in the whole tab. */
  readonly rowsOfNote: number;
  /** First of the rows whose cells are here. */
  readonly from: number;
  /** Cells of the rows asked for that hold something or have a format: row by row, left to right. */
  readonly cells: readonly CellView[];
  /** What `CellView.style` counts in. */
  readonly styles: readonly CellStyle[];
  readonly merges: readonly Area[];
  /** Protected areas, as Sheets hatches them. */
  readonly protections: readonly ProtectionView[];
}

/** Zero-based, ends excluded. */
export interface Area {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface ProtectionView {
  /** Null: the whole tab. */
  readonly area: Area | null;
  readonly description: string;
  /** Only a warning is shown. */
  readonly warningOnly: boolean;
}

export interface CellView {
  /** Zero-based. */
  readonly row: number;
  readonly column: number;
  /** As shown; empty when it has only a format. */
  readonly text: string;
  /** As the formula bar shows it: a formula with its `=`. */
  readonly input: string;
  readonly kind: 'empty' | 'text' | 'number' | 'boolean' | 'error';
  /** Index into `TabView.styles`. */
  readonly style: number;
  /** https link of the cell; null when there is none. */
  readonly link: string | null;
  readonly note: string | null;
}

/** Only what differs from a plain cell (Arial 10, black on nothing). Colours `#rrggbb`. */
export interface CellStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strikethrough?: boolean;
  readonly fontFamily?: string;
  /** Points. */
  readonly fontSize?: number;
  readonly color?: string;
  readonly fill?: string;
  /** Numbers right, booleans and errors centre, unless the format says so. */
  readonly align?: 'left' | 'center' | 'right';
  readonly vertical?: 'top' | 'middle' | 'bottom';
  readonly wrap?: boolean;
  readonly borders?: Borders;
}

export interface Borders {
  readonly top?: BorderStyle;
  readonly right?: BorderStyle;
  readonly bottom?: BorderStyle;
  readonly left?: BorderStyle;
}

export interface BorderStyle {
  readonly line: 'solid' | 'dashed' | 'dotted' | 'double';
  readonly px: number;
  readonly color: string;
}

export interface MailLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** The start of the text. */
  readonly opening: string;
  readonly at: string;
  /** Gmail’s labels: `INBOX`, `SENT`, `UNREAD`, names of a person’s own. */
  readonly labels: readonly string[];
  readonly attachments: number;
}

export interface MailView extends MailLine {
  readonly cc: string;
  readonly bcc: string;
  /** Headers as they are, in order. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The plain part; null when there is none. */
  readonly text: string | null;
  /** Where the HTML part is shown (`/api/mail-html?…`); null when there is none. */
  readonly htmlUrl: string | null;
  readonly files: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly url: string;
  }[];
}

export interface DriveFileView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly isFolder: boolean;
  /** The folder’s id; null at the top. */
  readonly parent: string | null;
  readonly modified: string;
  /** Null for folders and what Google’s editors keep. */
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** What the app noted on it, as lines `key: value`. */
  readonly notes: readonly string[];
  readonly byApp: boolean;
  readonly trashed: boolean;
  /** Download; null when there are no bytes. */
  readonly url: string | null;
}

export interface CalendarsView {
  readonly calendars: readonly CalendarView[];
  /** Addresses of the sample’s crew whose calendars can be connected by one act. */
  readonly crew: readonly string[];
}

export interface CalendarView {
  readonly id: string;
  /** Whose it is. */
  readonly account: string;
  readonly name: string;
  /** How Purser stands to it: a sentence. */
  readonly words: string;
  /** Of the weeks around now. */
  readonly events: readonly CalendarEventView[];
}

export interface CalendarEventView {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  /** ISO 8601 with an offset; of an all-day event a date. */
  readonly start: string;
  /** Of an all-day event the day after its last. */
  readonly end: string;
  readonly allDay: boolean;
  readonly by: 'purser' | 'person';
  readonly deleted: boolean;
  /** One of several, of an event that repeats. */
  readonly repeats: boolean;
}
