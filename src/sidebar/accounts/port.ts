/** What the parts of the dialog can do to the whole. */
import type { AccountsAction } from './view.ts';

export interface Page {
  readonly kept: Map<string, string>;
  act(action: AccountsAction, words: string): void;
  refresh(): void;
  close(): void;
  /** Words that screen readers announce. */
  say(kind: 'good' | 'bad', words: string): void;
  /** Asks before this account is disconnected; null takes the question back. */
  question(subject: string | null): void;
  /** Google's sign-in page was opened. */
  opened(): void;
  dropLink(): void;
  /** The calendar stays as it was chosen. */
  dropPicker(): void;
}
