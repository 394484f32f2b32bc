/**
 * The port to the platform: all that Purser asks of Apps Script, and nothing else.
 *
 * Synchronous, because Apps Script is. The one implementation in production is `apps-script.ts`.
 */

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, https, percent-encoded already. */
  readonly url: string;
  /** Never `Host` or `Content-Length`: UrlFetchApp throws on both. Never `Content-Type`: see `contentType`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** A string is sent as UTF-8. */
  readonly body?: string | Uint8Array;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case; the last value when a header is repeated. */
  readonly headers: Readonly<Record<string, string>>;
  text(): string;
  bytes(): Uint8Array;
}

/**
 * `document`: shared by all users of the workbook. `user`: the person who runs the script; in a trigger, its
 * creator. 9 KB a value, 500 KB a store (developers.google.com/apps-script/guides/services/quotas).
 */
export type PropertyScope = 'document' | 'user';

/** Each method is one call to the platform, 30 to 60 ms. */
export interface PropertyStore {
  readAll(): Readonly<Record<string, string>>;
  read(key: string): string | null;
  /** Writes all entries in one call; other keys stay. */
  write(entries: Readonly<Record<string, string>>): void;
  remove(key: string): void;
}

export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

export type LogEvent = Readonly<Record<string, string | number | boolean | null>> & {
  readonly event: string;
};

export interface LocalTime {
  /** `2026-05-14` */
  readonly date: string;
  /** `17:30` */
  readonly time: string;
}

export interface Authorization {
  /** Scopes of the user's grant; null when the platform does not tell. */
  readonly grantedScopes: readonly string[] | null;
  /** Where the rest is granted; null when nothing lacks. */
  readonly url: string | null;
}

/** The few things that Purser says to, or asks of, the person in front of the workbook. */
export interface Ui {
  /** The answer, or null when the person cancelled. */
  ask(title: string, question: string, suggestion: string): string | null;
  confirm(title: string, message: string): boolean;
  tell(title: string, message: string): void;
  /** A modal dialog; `html` is a whole document, built with escaped text only. */
  show(title: string, html: string): void;
  /** A modal dialog with a page that was built beside the script; `pageName` is what importing its `.html` gives. */
  showPage(title: string, pageName: string): void;
  /** Beside the workbook, 300 pixels wide, until the person closes it; `pageName` as above. */
  sidebar(title: string, pageName: string): void;
}

export interface TriggerInfo {
  readonly handler: string;
  readonly id: string;
}

export type TriggerSchedule =
  | { readonly every: 'hour' }
  | { readonly every: 'half-hour' }
  /** At that hour of that zone's clocks. */
  | { readonly every: 'month'; readonly day: number; readonly hour: number; readonly timeZone: string }
  | { readonly once: true; readonly afterMs: number };

/** Sees only the triggers of the account that asks (developers.google.com/apps-script/guides/triggers/installable). */
export interface Triggers {
  list(): readonly TriggerInfo[];
  create(handler: string, schedule: TriggerSchedule): void;
  remove(id: string): void;
}

export interface Host {
  /**
   * Sends all requests at once; replies come in the order of the requests, whatever their status.
   * @throws PurserError of kind `unavailable` when one request can't be sent or times out: Apps Script then
   * throws away the replies of the whole batch.
   */
  fetchAll(requests: readonly HttpRequest[]): readonly HttpReply[];
  /** A store of the document throws PurserError `no-workbook` where the platform has none open. */
  properties(scope: PropertyScope): PropertyStore;
  /**
   * Runs `action` while no other execution of this script runs one. Brief work on properties only: never HTTP.
   * @throws PurserError `lock-busy` when the lock isn't free within ten seconds.
   */
  withLock<T>(action: () => T): T;
  /** Milliseconds since 1970 UTC. */
  now(): number;
  sleep(ms: number): void;
  /** From 0 up to 1, for jitter; never for secrets. */
  random(): number;
  /** A version 4 UUID of a secure source: 122 random bits, good for secrets. */
  uuid(): string;
  /** The user's own OAuth token with the manifest's scopes. */
  accessToken(): string;
  /** The user's OpenID Connect token, or null without the `openid` scope. */
  identityToken(): string | null;
  /** What the user has granted of the manifest's scopes: consent is granular, so it may be a part. */
  authorization(): Authorization;
  /**
   * A token for Google's callback page of scripts: whoever comes back with it, as the same person and in time, calls
   * `handler` with `args` (developers.google.com/apps-script/reference/script/state-token-builder).
   * @param seconds at most 3,600
   */
  stateToken(handler: string, args: Readonly<Record<string, string>>, seconds: number): string;
  scriptId(): string;
  /** Where the web app answers; null when none was deployed. */
  webAppUrl(): string | null;
  /** The e-mail address of the person who runs the script; empty when the platform won't say. */
  userEmail(): string;
  /**
   * The e-mail address of the person who sits in front of it, which is somebody else in a web app that runs as its owner;
   * empty when the platform won't say, as of strangers (developers.google.com/apps-script/reference/base/session).
   */
  visitorEmail(): string;
  /** @throws PurserError `no-workbook` in the web app, which has none open */
  workbookId(): string;
  /** The workbook's own time zone, an IANA name. */
  workbookTimeZone(): string;
  /** The wall clock in an IANA zone. */
  localTime(ms: number, timeZone: string): LocalTime;
  /** Bytes to text by a charset's IANA name; null when the platform does not know the charset. */
  decodeText(bytes: Uint8Array, charset: string): string | null;
  log(event: LogEvent): void;
  progress(progress: Progress): void;
  /** Null where nobody looks at the workbook: in a trigger, on Google's callback page, and in the web app. */
  ui(): Ui | null;
  triggers(): Triggers;
}
