/**
 * What the dialog “Connected accounts” and the server say to each other: plain data, because nothing else crosses
 * google.script.run (developers.google.com/apps-script/guides/html/reference/run). Never a token, a secret or a
 * verifier. All words are made on the server; the dialog only lays them out.
 */

export type AccountState = 'connected' | 'ends-soon' | 'failing' | 'reconnect';

export interface AccountCard {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly state: AccountState;
  /** A word or two: `Must be reconnected`. */
  readonly stateWords: string;
  /** What is wrong or will be, until when, which job fails then, what was not granted; sentences. */
  readonly details: readonly string[];
  /** What it is connected for. */
  readonly purposes: readonly { readonly purpose: string; readonly words: string }[];
  /** Which settings name it; a sentence. */
  readonly uses: string;
  /** Where its charters are written; null: it is not connected for its calendar. */
  readonly calendar: string | null;
  /** Until when its access lasts, and when it was renewed last; sentences, or empty. */
  readonly renewal: string;
  /** What is asked before it is disconnected. */
  readonly question: string;
}

/** Asked for one account: which of its calendars charters are written to. */
export interface CalendarPicker {
  readonly subject: string;
  readonly email: string;
  /** Those that it may write to. */
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  /** Id of the one that is chosen by now; empty: none. */
  readonly chosen: string;
  /** Who in the roster the account is; sentences. */
  readonly words: string;
  /** Why the calendars could not be listed; null when they were. */
  readonly problem: string | null;
}

/** Somebody connected another account than was asked for; nothing changes until a person says so. */
export interface WaitingCard {
  readonly id: string;
  readonly words: string;
}

export interface PurposeChoice {
  readonly purpose: string;
  readonly label: string;
  readonly explanation: string;
}

export interface AccountsView {
  /** False for anybody but the owner of the triggers, who alone sees and changes the accounts. */
  readonly mayChange: boolean;
  readonly hasClient: boolean;
  /** The client's public part. */
  readonly clientId: string | null;
  /** Where invitation links lead; null when nothing is deployed. */
  readonly webAppUrl: string | null;
  /** To be registered in Google Cloud as authorized redirect URIs. */
  readonly callbackUrl: string;
  readonly accounts: readonly AccountCard[];
  /** Records that can't be read; sentences. */
  readonly problems: readonly string[];
  readonly waiting: readonly WaitingCard[];
  /** Links that can still be used. */
  readonly invitations: readonly { readonly id: string; readonly words: string }[];
  readonly choices: readonly PurposeChoice[];
  /** What happened, newest first. */
  readonly trail: readonly { readonly when: string; readonly words: string }[];
  /** Null: nobody asked. */
  readonly picker: CalendarPicker | null;
  readonly notice: { readonly kind: 'good' | 'bad'; readonly words: string } | null;
  /** `open`: Google's sign-in page, for this browser; `copy`: an invitation, to be sent to somebody. */
  readonly link: { readonly way: 'open' | 'copy'; readonly url: string; readonly words: string } | null;
}

export type AccountsAction =
  | { readonly type: 'store-client'; readonly clientId: string; readonly clientSecret: string }
  | { readonly type: 'connect'; readonly purposes: readonly string[] }
  | { readonly type: 'reconnect'; readonly subject: string }
  | { readonly type: 'invite'; readonly purposes: readonly string[]; readonly email: string }
  | { readonly type: 'disconnect'; readonly subject: string }
  | { readonly type: 'drop-purpose'; readonly subject: string; readonly purpose: string }
  | { readonly type: 'test'; readonly subject: string }
  | { readonly type: 'list-calendars'; readonly subject: string }
  /** @param calendarId empty: none */
  | { readonly type: 'choose-calendar'; readonly subject: string; readonly calendarId: string }
  | { readonly type: 'confirm'; readonly id: string }
  | { readonly type: 'discard'; readonly id: string }
  | { readonly type: 'withdraw'; readonly id: string }
  | { readonly type: 'set-web-app'; readonly url: string };
