/** What tests look at afterwards: mails, cells, findings, files. */
import { createHash } from 'node:crypto';
import exceljs from 'exceljs';
import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';
import type { CellSnapshot, TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { RunReport } from '../../src/run/report.ts';

export interface Mail {
  readonly kind: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly from: readonly string[];
  readonly headers: ReadonlyMap<string, unknown>;
  readonly attachments: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly raw: Buffer;
}

export async function readMail(raw: Uint8Array): Promise<Mail> {
  const mail = await simpleParser(Buffer.from(raw));
  const addresses = (field: AddressObject | AddressObject[] | undefined): string[] =>
    [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
  return {
    kind: String(mail.headers.get('x-purser-kind') ?? ''),
    subject: mail.subject ?? '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    from: addresses(mail.from),
    text: mail.text ?? '',
    html: mail.html || '',
    headers: mail.headers,
    attachments: mail.attachments.map(({ filename, content }) => ({ name: filename ?? '', bytes: content })),
    raw: Buffer.from(raw),
  };
}

/** The first cell whose entered text is, or matches, `wanted`. */
export function findCell(
  tab: TabSnapshot,
  wanted: string | RegExp,
): { readonly a1: string; readonly cell: CellSnapshot } {
  const found = Object.entries(tab.cells).find(([, { input }]) =>
    typeof wanted === 'string' ? input === wanted : typeof input === 'string' && wanted.test(input),
  );
  if (found === undefined) throw new Error(`No cell of “${tab.title}” is ${String(wanted)}.`);
  return { a1: found[0], cell: found[1] };
}

/** Computed values of a row, by column letter. */
export function rowValues(tab: TabSnapshot, row: number): Readonly<Record<string, CellSnapshot['value']>> {
  const values: Record<string, CellSnapshot['value']> = {};
  for (const [name, { value }] of Object.entries(tab.cells)) {
    const place = /^([A-Z]+)(\d+)$/.exec(name);
    if (place?.[1] !== undefined && Number(place[2]) === row && value !== null && value !== '')
      values[place[1]] = value;
  }
  return values;
}

/** The tabs that a person sees. */
export function visible(tabs: readonly TabSnapshot[]): string[] {
  return tabs.filter(({ hidden }) => !hidden).map(({ title }) => title);
}

/** Codes of a report's findings, worst first, as they come. */
export function codes(report: RunReport): string[] {
  return report.findings.map(({ code }) => code);
}

export function xlsxOf(report: RunReport): Buffer {
  if (report.xlsxBase64 === null) throw new Error('The report has no XLSX.');
  return Buffer.from(report.xlsxBase64, 'base64');
}

/** A file as a spreadsheet program opens it. */
export async function openXlsx(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  return workbook;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
