/**
 * The one list of what Apps Script, the menu, a trigger or a dialog can call. The build makes a top-level function
 * of each name here; nothing else in the bundle is callable from outside.
 */
export { accountsAct, accountsView } from './accounts-view.ts';
export { authCallback, doGet } from './auth-callback.ts';
export { handOver } from './hand-over.ts';
export { connectedAccounts, onOpen, previewStatement, sendStatement } from './menu.ts';
export { setUp } from './set-up.ts';
export { monthlyStatement, tick } from './triggers.ts';
