/** How the local script is deployed. */

export const LOCAL_SCRIPT_ID = '1LocalWorkspaceScript000000000000000000000000000000000000';

/** Where OAuth servers send people back to: developers.google.com/apps-script/reference/script/state-token-builder */
export const LOCAL_CALLBACK_URL = `https://script.google.com/macros/d/${LOCAL_SCRIPT_ID}/usercallback`;

export const LOCAL_WEB_APP_URL =
  'https://script.google.com/macros/s/AKfycbLocalWorkspaceDeployment000000000000000000000000000000/exec';
