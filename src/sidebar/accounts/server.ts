/** The calls of this dialog to the server (developers.google.com/apps-script/guides/html/reference/run). */
import type { AccountsAction, AccountsView } from './view.ts';

interface Run {
  withSuccessHandler(handler: (view: AccountsView | null) => void): Run;
  withFailureHandler(handler: (error: { readonly message?: string }) => void): Run;
  accountsView(): void;
  accountsAct(action: AccountsAction): void;
}

declare const google: { readonly script: { readonly run: Run; readonly host: { close(): void } } };

/** Asks for the view, or has `action` done first; one of the two handlers is called, later. */
export function ask(
  action: AccountsAction | null,
  answered: (view: AccountsView) => void,
  failed: (words: string) => void,
): void {
  const run = google.script.run
    .withSuccessHandler((view) => {
      // A result that can't cross comes as null.
      if (view === null) failed(failureWords(''));
      else answered(view);
    })
    .withFailureHandler((error) => failed(failureWords(error.message ?? '')));
  if (action === null) run.accountsView();
  else run.accountsAct(action);
}

export function closeDialog(): void {
  google.script.host.close();
}

/** Signed in to several accounts, the browser may call as another one (issuetracker.google.com/issues/69270374). */
function failureWords(message: string): string {
  const several =
    'this browser is signed in to several Google accounts: open the workbook in a private window, signed in only as the account that owns Purser.';
  if (message.includes('PERMISSION_DENIED')) return `Google refused the call. That happens when ${several}`;
  const said = message === '' ? '' : ` (${message.slice(0, 200)})`;
  return `The call to Google failed${said}. Nobody knows whether it was done: choose “Check again” to see. If it stays, perhaps ${several}`;
}
