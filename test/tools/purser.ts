/** What a test can do with Purser on the local Workspace, and as its person. */
import type { AppsScript } from '../../scripts/local/apps-script/apps-script.ts';
import type { Answer, Question } from '../../scripts/local/apps-script/spreadsheet-app.ts';
import type { Page } from '../../scripts/local/apps-script/web-visits.ts';
import type { Clock, Fault, TracedExchange } from '../../scripts/local/contract.ts';
import type { LocalDriveFile } from '../../scripts/local/google/google-host.ts';
import type { PersonsFile } from '../../scripts/local/google/persons-drive.ts';
import type { TabSnapshot, WorkbookSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Person } from '../../scripts/local/sign-in.ts';
import type { Workspace } from '../../scripts/local/workspace.ts';
import type { AccountRecord, Purpose } from '../../src/accounts/account.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Item, Scene, SceneInWords } from './scene.ts';
import type { Mail } from './seen.ts';

export interface Choices {
  /** What the person says to the last question; default yes. */
  readonly yes?: boolean;
  readonly as?: string;
  /** What is entered for AWS in Set up…; default what the scene says. */
  readonly aws?: 'role' | 'keys';
  /** Answers in place of the usual ones; null leaves a question to those. */
  readonly answers?: (question: Question) => Answer | null;
}

export interface Purser {
  readonly clock: Clock;
  appsScript(): AppsScript;
  begin(scene?: Scene): Promise<void>;
  /**
   * Does the work, or brings back all that it had brought about when it was done under this name before: the script, the
   * workbook, mail, files, the trace and the clock. For long histories that many tests begin with.
   * @param name says all that the work depends on
   * @param work begins with `begin`, and afterwards changes neither faults nor tables nor rights
   * @returns what the work gave, which is JSON
   */
  once<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** `begin` and `send`, `once`. @throws when it was not sent */
  sent(scene?: SceneInWords): Promise<RunReport>;
  /** Puts the clock at an hour in New York. */
  at(date: string, hour?: number): void;
  setUp(choices?: Choices): { good: string[]; problems: string[] };
  preview(month?: string, choices?: Choices): RunReport;
  send(month?: string, choices?: Choices): RunReport;
  /** Fires one of the triggers' functions, as the account that owns it. */
  trigger(name: 'continueRun' | 'monthlyStatement' | 'tick', as?: string): RunReport | null;
  /** Replaces the charters of both regions. */
  recharter(charters: readonly Item[]): Promise<void>;
  faults(...faults: readonly Fault[]): Promise<void>;
  /** The Workspace’s other switches: `oauth`, `revokeByPerson`, `tokensOf`, `grantScopes` … */
  readonly workspace: Workspace;
  /** A person follows a link to Google, or the web app’s, and consents. */
  signIn(url: string, person: Person): Page;
  setting(key: string, value: string): Promise<void>;
  type(tabTitle: string, a1: string, input: string): Promise<void>;
  /** A person's structural edits: requests of the Sheets API. */
  edit(...requests: readonly object[]): void;
  tabs(): Promise<readonly TabSnapshot[]>;
  tab(title: string): Promise<TabSnapshot>;
  titles(): Promise<readonly string[]>;
  /** Developer metadata of the workbook. */
  snapshotMetadata(): Promise<WorkbookSnapshot['metadata']>;
  mails(kind?: string): Promise<readonly Mail[]>;
  files(): Promise<readonly LocalDriveFile[]>;
  /** Into the owner's mailbox, or another account's. */
  deliver(eml: string, labels: readonly string[], account?: string): Promise<void>;
  /**
   * Another Google account, connected: its record stands in the owner's user properties with tokens that the local
   * Google takes, as after a consent. @returns its subject
   */
  connect(email: string, purposes: readonly Purpose[], change?: Partial<AccountRecord>): Promise<string>;
  /** The record of a connected account as it is kept now. */
  account(subject: string): AccountRecord;
  /** A file that a person puts into Drive. @returns its id */
  putFile(file: PersonsFile): Promise<string>;
  /** Requests since the scene began. */
  trace(): readonly TracedExchange[];
  /** The workbook as a file, as a person would download it. */
  download(): Promise<Uint8Array>;
}
