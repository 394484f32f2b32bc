/**
 * The one list of what Apps Script, the menu, a trigger or a dialog can call. The build makes a top-level function
 * of each name here; nothing else in the bundle is callable from outside.
 */
export { acceptFindings } from './accept-finding-menu.ts';
export { accountsAct, accountsView } from './accounts-view.ts';
export { changesAfterSending } from './after-sending.ts';
export { authCallback, doGet } from './auth-callback.ts';
export { syncCalendars, syncCalendarsNow } from './calendars.ts';
export { sendCorrection } from './correct-statement.ts';
export { handOver } from './hand-over.ts';
export {
  approveStatement,
  connectedAccounts,
  onOpen,
  openSidebar,
  previewStatement,
  sendStatement,
} from './menu.ts';
export { sendCopyOf } from './send-copy-menu.ts';
export { setUp } from './set-up.ts';
export { sidebarAccept } from './sidebar/accept.ts';
export { sidebarAccounts } from './sidebar/accounts.ts';
export { sidebarCheck, sidebarPrepare, sidebarResolve, sidebarSend } from './sidebar/run-calls.ts';
export { sidebarProgress, sidebarView } from './sidebar/view.ts';
export { sidebarMakeAgain, sidebarSetUp, sidebarTest } from './sidebar-set-up/set-up-calls.ts';
export { continueRun, monthlyStatement, tick } from './triggers.ts';
