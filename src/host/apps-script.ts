/** The platform in production: `Host` on the globals of Google Apps Script. Nothing runs at import. */
import { PurserError } from './errors.ts';
import type {
  Authorization,
  Host,
  HttpReply,
  HttpRequest,
  LocalTime,
  PropertyScope,
  PropertyStore,
  TriggerSchedule,
  Triggers,
  Ui,
} from './host.ts';

const LOCK_WAIT_MS = 10_000;
/** 9 KB a value: developers.google.com/apps-script/guides/services/quotas */
const PROPERTY_VALUE_BYTES = 9 * 1024;
const DIALOG_WIDTH_PX = 480;
const DIALOG_HEIGHT_PX = 560;

/** The one implementation of `Host` in production. */
export function appsScriptHost(): Host {
  return {
    fetchAll,
    properties: propertyStore,
    withLock,
    now: () => Date.now(),
    sleep: (ms) => Utilities.sleep(ms),
    random: () => Math.random(),
    uuid: () => Utilities.getUuid(),
    accessToken: () => ScriptApp.getOAuthToken(),
    // Null without the openid scope, whatever the types say:
    // developers.google.com/apps-script/reference/script/script-app#getidentitytoken
    identityToken: () => ScriptApp.getIdentityToken() || null,
    authorization,
    stateToken,
    scriptId: () => ScriptApp.getScriptId(),
    webAppUrl: () => ScriptApp.getService().getUrl() || null,
    userEmail: () => Session.getEffectiveUser().getEmail(),
    visitorEmail: () => Session.getActiveUser().getEmail(),
    workbookId: () => workbook().getId(),
    workbookTimeZone: () => workbook().getSpreadsheetTimeZone(),
    localTime,
    decodeText,
    log: (event) => console.log(JSON.stringify(event)),
    progress: ({ step, done, of }) => {
      if (currentUi() === null) return;
      try {
        // -1 stays until the next toast comes; the last one goes by itself.
        SpreadsheetApp.getActive().toast(`${step} (${done} of ${of})`, 'Purser', done < of ? -1 : 3);
      } catch {
        // A run must not fail because a toast can't be shown.
      }
    },
    ui: () => {
      const ui = currentUi();
      return ui === null ? null : dialogs(ui);
    },
    triggers: () => triggers,
  };
}

/** Null in a web app: developers.google.com/apps-script/reference/spreadsheet/spreadsheet-app#getactivespreadsheet */
function workbook(): GoogleAppsScript.Spreadsheet.Spreadsheet {
  const active: GoogleAppsScript.Spreadsheet.Spreadsheet | null = SpreadsheetApp.getActiveSpreadsheet();
  if (active !== null) return active;
  throw noWorkbook();
}

function noWorkbook(): PurserError {
  return new PurserError('no-workbook', {
    what: 'No workbook is open here.',
    now: 'Do it from Purser’s menu in the workbook.',
  });
}

function authorization(): Authorization {
  const info: GoogleAppsScript.Script.AuthorizationInfo & { getAuthorizedScopes?(): string[] | null } =
    ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL);
  return {
    // Newer than the types: developers.google.com/apps-script/reference/script/authorization-info#getauthorizedscopes
    grantedScopes: info.getAuthorizedScopes?.() ?? null,
    url: info.getAuthorizationUrl() || null,
  };
}

function stateToken(handler: string, args: Readonly<Record<string, string>>, seconds: number): string {
  let builder = ScriptApp.newStateToken().withMethod(handler).withTimeout(seconds);
  for (const [name, value] of Object.entries(args)) builder = builder.withArgument(name, value);
  return builder.createToken();
}

function fetchAll(requests: readonly HttpRequest[]): readonly HttpReply[] {
  if (requests.length === 0) return [];
  let responses: GoogleAppsScript.URL_Fetch.HTTPResponse[];
  try {
    responses = UrlFetchApp.fetchAll(requests.map(fetchRequest));
  } catch (thrown) {
    const hosts = [...new Set(requests.map((request) => hostName(request.url)))].join(', ');
    throw new PurserError('network-failed', {
      what: `Google could not reach ${hosts}, or got no answer in time.`,
      now: 'Try again in a few minutes.',
      data: { hosts, requests: requests.length },
      cause: thrown,
    });
  }
  return responses.map(reply);
}

function fetchRequest(request: HttpRequest): GoogleAppsScript.URL_Fetch.URLFetchRequest {
  const withBody = request.body !== undefined && request.method !== 'GET';
  return {
    url: request.url,
    method: METHODS[request.method],
    headers: { ...request.headers },
    muteHttpExceptions: true,
    followRedirects: false,
    // The URL is encoded already, and a signature covers it as it is.
    escaping: false,
    ...(request.contentType === undefined ? {} : { contentType: request.contentType }),
    ...(withBody && request.body !== undefined ? { payload: payload(request.body) } : {}),
  };
}

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

function payload(body: string | Uint8Array): string | number[] {
  return typeof body === 'string' ? body : signedBytes(body);
}

function signedBytes(bytes: Uint8Array): number[] {
  const signed = new Array<number>(bytes.length);
  bytes.forEach((byte, at) => {
    signed[at] = (byte << 24) >> 24;
  });
  return signed;
}

function reply(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getAllHeaders())) {
    // A repeated header comes as an array:
    // developers.google.com/apps-script/reference/url-fetch/http-response#getallheaders
    const values: unknown[] = Array.isArray(value) ? value : [value];
    headers[name.toLowerCase()] = String(values[values.length - 1] ?? '');
  }
  return {
    status: response.getResponseCode(),
    headers,
    text: () => response.getContentText('UTF-8'),
    // Apps Script's bytes are signed; a Uint8Array takes them modulo 256.
    bytes: () => new Uint8Array(response.getContent()),
  };
}

/** developers.google.com/apps-script/reference/base/blob#getdataasstringcharset */
function decodeText(bytes: Uint8Array, charset: string): string | null {
  try {
    return Utilities.newBlob(signedBytes(bytes)).getDataAsString(charset);
  } catch {
    return null;
  }
}

function hostName(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? 'an address that is not https';
}

function propertyStore(scope: PropertyScope): PropertyStore {
  const store = () => (scope === 'document' ? documentProperties() : PropertiesService.getUserProperties());
  return {
    readAll: () => atGoogle(() => ({ ...store().getProperties() })),
    read: (key) => atGoogle(() => store().getProperty(key)),
    write: (entries) => {
      for (const [key, value] of Object.entries(entries)) {
        const bytes = utf8Bytes(value);
        if (bytes > PROPERTY_VALUE_BYTES) {
          throw new PurserError('property-too-large', {
            what: `The record ${key} is too large for Google's store (${bytes} of ${PROPERTY_VALUE_BYTES} bytes).`,
            now: 'Report this.',
            data: { key, bytes, scope },
          });
        }
      }
      if (Object.keys(entries).length > 0) atGoogle(() => store().setProperties({ ...entries }, false));
    },
    remove: (key) => {
      atGoogle(() => store().deleteProperty(key));
    },
  };
}

/**
 * The platform's own stores fail now and then ("a server error occurred": developers.google.com/apps-script/guides/services/quotas),
 * which passes by itself.
 */
function atGoogle<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (cause instanceof PurserError) throw cause;
    throw new PurserError('platform-failed', {
      what: 'Google’s store of the script’s records did not answer.',
      now: 'Try again in some minutes.',
      cause,
    });
  }
}

/** Null where no document is open: developers.google.com/apps-script/reference/properties/properties-service#getdocumentproperties */
function documentProperties(): GoogleAppsScript.Properties.Properties {
  const properties: GoogleAppsScript.Properties.Properties | null = PropertiesService.getDocumentProperties();
  if (properties !== null) return properties;
  throw noWorkbook();
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function withLock<T>(action: () => T): T {
  // The script's own: a web app has no document, and two kinds of lock would not keep each other out.
  const lock = LockService.getScriptLock();
  if (!atGoogle(() => lock.tryLock(LOCK_WAIT_MS))) {
    throw new PurserError('lock-busy', {
      what: 'Another run of Purser is writing its records.',
      now: 'Try again in a minute.',
      data: { waitedMs: LOCK_WAIT_MS },
    });
  }
  try {
    return action();
  } finally {
    release(lock);
  }
}

/** What was done under the lock is done; one that can’t be given back ends with the execution. */
function release(lock: GoogleAppsScript.Lock.Lock): void {
  try {
    lock.releaseLock();
  } catch (thrown) {
    console.log(JSON.stringify({ event: 'lock-not-released', message: String(thrown).slice(0, 200) }));
  }
}

function localTime(ms: number, timeZone: string): LocalTime {
  const [date = '', time = ''] = Utilities.formatDate(new Date(ms), timeZone, 'yyyy-MM-dd HH:mm').split(' ');
  return { date, time };
}

function currentUi(): GoogleAppsScript.Base.Ui | null {
  try {
    return SpreadsheetApp.getUi();
  } catch {
    return null;
  }
}

function dialogs(ui: GoogleAppsScript.Base.Ui): Ui {
  return {
    ask: (title, question, suggestion) => {
      // Google's prompt has no field for a suggested answer.
      const hint = suggestion === '' ? '' : `\n\nLeave it empty for: ${suggestion}`;
      const response = ui.prompt(title, `${question}${hint}`, ui.ButtonSet.OK_CANCEL);
      if (response.getSelectedButton() !== ui.Button.OK) return null;
      const answer = response.getResponseText().trim();
      return answer === '' ? suggestion : answer;
    },
    confirm: (title, message) => ui.alert(title, message, ui.ButtonSet.YES_NO) === ui.Button.YES,
    tell: (title, message) => {
      ui.alert(title, message, ui.ButtonSet.OK);
    },
    show: (title, html) => showDialog(ui, title, HtmlService.createHtmlOutput(html)),
    showPage: (title, pageName) => showDialog(ui, title, pageOf(pageName)),
    sidebar: (title, pageName) => {
      // Its width can't be chosen: developers.google.com/apps-script/reference/base/ui#showsidebaruserinterface
      ui.showSidebar(pageOf(pageName).setTitle(title));
    },
  };
}

function showDialog(
  ui: GoogleAppsScript.Base.Ui,
  title: string,
  output: GoogleAppsScript.HTML.HtmlOutput,
): void {
  ui.showModalDialog(output.setWidth(DIALOG_WIDTH_PX).setHeight(DIALOG_HEIGHT_PX), title);
}

/** developers.google.com/apps-script/reference/html/html-service#createhtmloutputfromfilefilename */
function pageOf(pageName: string): GoogleAppsScript.HTML.HtmlOutput {
  return HtmlService.createHtmlOutputFromFile(pageName);
}

const triggers: Triggers = {
  list: () =>
    ScriptApp.getProjectTriggers().map((trigger) => ({
      handler: trigger.getHandlerFunction(),
      id: trigger.getUniqueId(),
    })),
  create: (handler, schedule) => {
    scheduled(ScriptApp.newTrigger(handler).timeBased(), schedule).create();
  },
  remove: (id) => {
    for (const trigger of ScriptApp.getProjectTriggers()) {
      if (trigger.getUniqueId() === id) ScriptApp.deleteTrigger(trigger);
    }
  },
};

function scheduled(
  builder: GoogleAppsScript.Script.ClockTriggerBuilder,
  schedule: TriggerSchedule,
): GoogleAppsScript.Script.ClockTriggerBuilder {
  if ('once' in schedule) return builder.after(schedule.afterMs);
  if (schedule.every === 'hour') return builder.everyHours(1);
  if (schedule.every === 'half-hour') return builder.everyMinutes(30);
  // Without a zone it would be the manifest's, which is nobody's here.
  return builder.onMonthDay(schedule.day).atHour(schedule.hour).inTimezone(schedule.timeZone);
}
