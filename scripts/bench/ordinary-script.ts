/**
 * The same job as people write it: one page, one mail, one file, one row at a time. A bundle of its own, for the same
 * local Workspace, which has no GmailApp and no SpreadsheetApp with rows: each of their calls is one REST call here.
 *
 * It checks nothing, compares the regions' counts only, and is not resumable.
 */
import { signRequest } from '../../src/clients/aws/sigv4.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** One region's month, page by page. */
export function ordinaryCharters(region: string, month: string, keys: Keys): Item[] {
  const items: Item[] = [];
  let start: unknown;
  do {
    const page = dynamodb(region, keys, 'Query', {
      TableName: 'crew-dispatch',
      IndexName: 'month-date-index',
      KeyConditionExpression: '#m = :m',
      ExpressionAttributeNames: { '#m': 'month' },
      ExpressionAttributeValues: { ':m': { S: month } },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }) as { Items: Item[]; LastEvaluatedKey?: unknown };
    items.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function dynamodb(region: string, credentials: Keys, operation: string, body: unknown): unknown {
  const signed = signRequest({
    method: 'POST',
    url: `https://dynamodb.${region}.amazonaws.com/`,
    headers: { 'X-Amz-Target': `DynamoDB_20120810.${operation}` },
    contentType: 'application/x-amz-json-1.0',
    body: JSON.stringify(body),
    region,
    service: 'dynamodb',
    credentials,
    timeMs: Date.now(),
  });
  return call(signed.url, {
    method: 'post',
    contentType: 'application/x-amz-json-1.0',
    headers: { ...signed.headers },
    payload: typeof signed.body === 'string' ? signed.body : '',
  });
}

/** Ids of all booking mail, newest first. */
export function ordinaryMailIds(query: string): string[] {
  const ids: string[] = [];
  let token = '';
  do {
    const page = call(
      `https://gmail.googleapis.com/gmail/v1/users/me/messages?maxResults=100&q=${encodeURIComponent(query)}${token}`,
    ) as { messages?: { id: string }[]; nextPageToken?: string };
    ids.push(...(page.messages ?? []).map(({ id }) => id));
    token = page.nextPageToken === undefined ? '' : `&pageToken=${page.nextPageToken}`;
  } while (token !== '');
  return ids;
}

/** The booking references in the mails' snippets and subjects, one mail after the other. */
export function ordinaryMail(ids: readonly string[]): number {
  let found = 0;
  for (const id of ids) {
    const mail = call(`https://gmail.googleapis.com/gmail/v1/users/me/messages/${id}?format=full`);
    if (/HB-\d+/.test(JSON.stringify(mail))) found += 1;
  }
  return found;
}

/** How many trip sheets name a charter, one file after the other. */
export function ordinaryTripSheets(folder: string): number {
  const list = call(
    `https://www.googleapis.com/drive/v3/files?pageSize=1000&fields=files(id)&q=${encodeURIComponent(`'${folder}' in parents and trashed = false`)}`,
  ) as { files: { id: string }[] };
  for (const { id } of list.files) {
    fetched(`https://www.googleapis.com/drive/v3/files/${id}?alt=media`).getContent();
  }
  return list.files.length;
}

/** A copy of the Template, and a row for each charter below it. */
export function ordinaryTab(spreadsheetId: string, title: string): void {
  const origin = `https://sheets.googleapis.com/v4/spreadsheets/${spreadsheetId}`;
  const book = call(`${origin}?fields=sheets.properties`) as {
    sheets: { properties: { sheetId: number; title: string } }[];
  };
  const template = book.sheets.find(({ properties }) => properties.title === 'Template');
  const request = { sourceSheetId: template?.properties.sheetId ?? 0, newSheetName: title };
  call(`${origin}:batchUpdate`, json({ requests: [{ duplicateSheet: request }] }));
}

export function ordinaryRows(spreadsheetId: string, title: string, items: readonly Item[]): void {
  for (const { charterId, date, departs, vessel, guests, comps, revenueTotal } of items) {
    const texts = [charterId, date, departs, vessel].map((value) => value?.S ?? '');
    const numbers = [guests, comps, revenueTotal].map((value) => Number(value?.N ?? 0));
    appendRow(spreadsheetId, title, [...texts, ...numbers]);
  }
}

function appendRow(spreadsheetId: string, title: string, row: readonly (string | number)[]): void {
  call(
    `https://sheets.googleapis.com/v4/spreadsheets/${spreadsheetId}/values/${encodeURIComponent(`'${title}'!A1`)}:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS`,
    json({ values: [row] }),
  );
}

/** Exported, filed, sent, written down. */
export function ordinarySend(spreadsheetId: string, month: string, to: string): void {
  const xlsx = fetched(
    `https://www.googleapis.com/drive/v3/files/${spreadsheetId}/export?mimeType=${encodeURIComponent(XLSX_TYPE)}`,
  ).getContent();
  const attachment = Utilities.base64Encode(xlsx);
  const file = call('https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart', {
    method: 'post',
    contentType: 'multipart/related; boundary=part',
    payload: `--part\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ name: `statement-${month}.xlsx` })}\r\n--part\r\nContent-Type: ${XLSX_TYPE}\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--part--`,
  }) as { id: string };
  const mail = [
    `To: ${to}`,
    `Subject: Statement ${month}`,
    'MIME-Version: 1.0',
    `Content-Type: ${XLSX_TYPE}; name="statement-${month}.xlsx"`,
    'Content-Transfer-Encoding: base64',
    '',
    attachment.replace(/.{76}/g, '$&\r\n'),
  ].join('\r\n');
  const raw = Utilities.base64EncodeWebSafe(mail);
  call('https://gmail.googleapis.com/gmail/v1/users/me/messages/send', json({ raw }));
  appendRow(spreadsheetId, 'Purser register', [month, 1, 'sent', file.id]);
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type FetchOptions = GoogleAppsScript.URL_Fetch.URLFetchRequestOptions;

function json(body: unknown): FetchOptions {
  return { method: 'post', contentType: 'application/json', payload: JSON.stringify(body) };
}

function call(url: string, options: FetchOptions = {}): unknown {
  return JSON.parse(fetched(url, options).getContentText());
}

function fetched(url: string, options: FetchOptions = {}): GoogleAppsScript.URL_Fetch.HTTPResponse {
  const isGoogle = url.includes('googleapis.com');
  const headers = isGoogle
    ? { ...options.headers, Authorization: `Bearer ${ScriptApp.getOAuthToken()}` }
    : { ...options.headers };
  return UrlFetchApp.fetch(url, { ...options, headers });
}
