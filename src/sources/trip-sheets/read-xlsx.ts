/**
 * The tabs of an XLSX workbook as text cells (ECMA-376, Office Open XML). Formulas are read by the value that was
 * saved with them.
 */
import { unzipSync } from 'fflate';
import { isDateFormat, isDateFormatId } from './number-format.ts';
import type { Styles } from './read-sheet.ts';
import { readSheet } from './read-sheet.ts';
import { binaryText, scanXml, xmlText } from './scan-xml.ts';
import type { Tab } from './tab.ts';

/** Unpacked, each; more can't be a trip sheet, and would not fit into the script's memory. */
const LARGEST_PART_BYTES = 50_000_000;

export type Workbook = { readonly tabs: readonly Tab[] } | { readonly problem: string };

interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

const NOT_A_WORKBOOK = 'The file is not an XLSX workbook';
const DAMAGED = 'The workbook is damaged';

/** All tabs in their order, hidden ones too. Never throws. */
export function readXlsx(bytes: Uint8Array): Workbook {
  if (isCompoundFile(bytes)) {
    return {
      problem: holdsUtf16(bytes, 'EncryptedPackage')
        ? 'The workbook is protected by a password; save it without one.'
        : 'The file is an old Excel workbook (.xls) or another Office file; save it as .xlsx.',
    };
  }
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b))
    return { problem: `${NOT_A_WORKBOOK}: it is no zip archive.` };
  const index = unzip(bytes, (name) => /\.rels$|(^|\/)(workbook|styles|sharedStrings)\d*\.xml$/i.test(name));
  if ('problem' in index) return index;
  const { parts } = index;
  const workbookPart =
    targetOf(parts, '', 'officeDocument') ?? (parts.has('xl/workbook.xml') ? 'xl/workbook.xml' : null);
  const workbookXml = workbookPart === null ? undefined : parts.get(workbookPart);
  if (workbookPart === null || workbookXml === undefined) {
    return { problem: `${NOT_A_WORKBOOK}: the archive holds none.` };
  }
  const outline = readOutline(workbookXml, workbookPart, parts);
  if (outline === null) return { problem: `${DAMAGED}: its list of tabs can't be read.` };
  const wanted = new Set(outline.sheets.map(({ part }) => part));
  const sheets = unzip(bytes, (name) => wanted.has(name));
  if ('problem' in sheets) return sheets;
  const strings = readStrings(parts.get(targetOf(parts, workbookPart, 'sharedStrings') ?? '') ?? null);
  if (strings === null) return { problem: `${DAMAGED}: its texts can't be read.` };
  const styles = readStyles(parts.get(targetOf(parts, workbookPart, 'styles') ?? '') ?? null);
  if (styles === null) return { problem: `${DAMAGED}: its number formats can't be read.` };
  const tabs: Tab[] = [];
  for (const { name, hidden, part } of outline.sheets) {
    const xml = sheets.parts.get(part);
    const tab = xml === undefined ? null : readSheet(xml, { strings, styles, from1904: outline.from1904 });
    if (tab === null) return { problem: `${DAMAGED}: the tab “${name}” can't be read.` };
    tabs.push({ name, hidden, ...tab });
  }
  return { tabs };
}

/** The header of OLE compound files: old Office formats, and new ones under a password ([MS-OFFCRYPTO] 2.3.4). */
function isCompoundFile(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);
}

function holdsUtf16(bytes: Uint8Array, word: string): boolean {
  return binaryText(bytes).includes([...word].join('\0'));
}

type Unzipped = { readonly parts: ReadonlyMap<string, string> } | { readonly problem: string };

function unzip(bytes: Uint8Array, wants: (name: string) => boolean): Unzipped {
  let tooLarge: string | null = null;
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wants(partName(name))) return false;
        total += originalSize;
        if (total > LARGEST_PART_BYTES) tooLarge ??= name;
        return tooLarge === null;
      },
    });
    if (tooLarge !== null) {
      const megabytes = LARGEST_PART_BYTES / 1_000_000;
      return {
        problem: `The workbook is too large: ${tooLarge} unpacks to more than ${megabytes} MB.`,
      };
    }
    return {
      parts: new Map(Object.entries(files).map(([name, file]) => [partName(name), binaryText(file)])),
    };
  } catch {
    return { problem: `${DAMAGED}: its zip archive can't be unpacked.` };
  }
}

/** Some programs write `/xl/…` or `xl\…`. */
function partName(name: string): string {
  return name.replace(/\\/g, '/').replace(/^\//, '');
}

/** The part that a relation of that type leads to, from `part` (empty: from the package). */
function targetOf(parts: ReadonlyMap<string, string>, part: string, type: string): string | null {
  const found = [...relations(parts, part).values()].find((relation) => relation.type.endsWith(`/${type}`));
  return found?.target ?? null;
}

function relations(parts: ReadonlyMap<string, string>, part: string) {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const found = new Map<string, { readonly type: string; readonly target: string }>();
  scanXml(parts.get(`${folder}_rels/${part.slice(folder.length)}.rels`) ?? '', {
    open(name, attribute) {
      const target = attribute('Target');
      if (name !== 'Relationship' || target === null) return;
      found.set(attribute('Id') ?? '', {
        type: attribute('Type') ?? '',
        target: target.startsWith('/') ? target.slice(1) : withoutDots(folder + target),
      });
    },
  });
  return found;
}

function withoutDots(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function readOutline(xml: string, part: string, parts: ReadonlyMap<string, string>) {
  const related = relations(parts, part);
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  const whole = scanXml(xml, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = isTrue(attribute('date1904'));
      if (name !== 'sheet') return;
      const relation = related.get(attribute('id') ?? '');
      // Sheets of other types (charts, dialogs) hold no cells.
      if (relation === undefined || !relation.type.endsWith('/worksheet')) return;
      sheets.push({
        name: attribute('name') ?? '',
        hidden: ['hidden', 'veryHidden'].includes(attribute('state') ?? ''),
        part: relation.target,
      });
    },
  });
  return whole && sheets.length > 0 ? { sheets, from1904 } : null;
}

function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true' || value === 'on';
}

/** Null when the part is damaged; a workbook may do without. */
function readStrings(xml: string | null): readonly string[] | null {
  const strings: string[] = [];
  if (xml === null) return strings;
  let pieces: string[] = [];
  let inText = false;
  let inReading = false;
  const whole = scanXml(xml, {
    open(name) {
      if (name === 'si') pieces = [];
      // How Japanese text is read aloud, beside the text itself.
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    close(name) {
      inText = false;
      if (name === 'rPh') inReading = false;
      if (name === 'si') strings.push(pieces.join(''));
    },
    text(raw) {
      if (inText) pieces.push(xmlText(raw));
    },
  });
  return whole ? strings : null;
}

function readStyles(xml: string | null): Styles | null {
  const dates: boolean[] = [];
  if (xml === null) return { dates };
  const own = new Map<number, boolean>();
  let inCells = false;
  const whole = scanXml(xml, {
    open(name, attribute) {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt') {
        own.set(Number(attribute('numFmtId')), isDateFormat(attribute('formatCode') ?? ''));
      }
      if (name === 'xf' && inCells) {
        const id = Number(attribute('numFmtId') ?? '0');
        dates.push(own.get(id) ?? isDateFormatId(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return whole ? { dates } : null;
}
