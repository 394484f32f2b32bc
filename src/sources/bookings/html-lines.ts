/**
 * An HTML body as the lines that a person sees: a table's row is one line with cells. Nothing is executed or
 * fetched. One pass, left to right, whatever the markup (html.spec.whatwg.org names the void and raw elements).
 */
import { decodeEntities } from './html-entities.ts';
import { endOfTag, indexOfClosing, isLongRow, LONGEST_TAG_CHARACTERS } from './html-tags.ts';
import type { MailLine, MailLines } from './mail-text.ts';
import {
  cleanText,
  LONGEST_BODY_CHARACTERS,
  LONGEST_LINE_CHARACTERS,
  MOST_LINES,
  tidy,
} from './mail-text.ts';

const LONGEST_HTML_CHARACTERS = 12_000_000;
const MOST_TAGS = 400_000;
const DEEPEST_TABLE = 60;

const BREAKS = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dd dt section article header footer main address pre hr center form fieldset blockquote figure caption br'.split(
    ' ',
  ),
);
/** Their content is not text that a reader sees. */
const RAW = new Set(
  'script style title template textarea noscript svg math iframe object select xml'.split(' '),
);
/** Words struck out no longer count. */
const STRUCK = new Set(['s', 'strike', 'del']);
const BOLD = new Set(['b', 'strong', 'th', 'dt']);
/** Bold figures ahead of a word (`<b>2 x</b> Adults`) are no label. */
const BOLD_LABEL = /\p{L}{2}|:\s*$/u;
const HIDDEN = /display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all/i;
const STRUCK_STYLE = /text-decoration[a-z-]{0,10}\s{0,3}:\s{0,3}line-through/i;
const VOID = new Set('br hr img input meta link area base col embed source track wbr'.split(' '));

interface Row {
  /** Lines of each cell that is finished; empty cells count, a column is told by its place. */
  cells: string[][];
  open: boolean;
}

/** @returns the lines, and whether there was a picture (`hasImage`): a mail may be nothing but one. */
export function linesOfHtml(body: string): MailLines & { readonly hasImage: boolean } {
  const html = body.length > LONGEST_HTML_CHARACTERS ? body.slice(0, LONGEST_HTML_CHARACTERS) : body;
  const lines: MailLine[] = [];
  const rows: Row[] = [];
  let cell: string[] = [];
  let current = '';
  /** Everything on this line so far was bold: what follows is its value. */
  let boldOnly = true;
  let bold = 0;
  let depth = 0;
  let tableDepth = 0;
  let struck = 0;
  let rowStruck = false;
  const hiddenBy: { name: string; nested: number; kind: 'hidden' | 'struck' }[] = [];
  let hasImage = false;
  let kept = 0;
  let tags = 0;
  let wasCut = html.length < body.length;

  const inCell = () => rows.length > 0 && tableDepth > 0;
  const emit = (cells: string[]) => {
    if (lines.length >= MOST_LINES) wasCut = true;
    else
      lines.push({
        cells: cells.length === 0 ? [''] : cells,
        depth,
        ...(rowStruck ? { isStruck: true } : {}),
      });
  };
  const breakLine = () => {
    const text = tidy(
      cleanText(current.slice(0, LONGEST_LINE_CHARACTERS * 2)).replace(/\s+/g, (run) =>
        run.includes('\t') ? '\t' : ' ',
      ),
    );
    current = '';
    boldOnly = true;
    if (inCell()) {
      if (text !== '') cell.push(text.slice(0, LONGEST_LINE_CHARACTERS));
      return;
    }
    if (text !== '') emit(splitTabs(text));
    else if (lines[lines.length - 1]?.cells[0] !== '') emit(['']);
  };
  const endCell = () => {
    breakLine();
    const row = rows[rows.length - 1];
    if (row !== undefined) {
      row.cells.push(cell);
      row.open = false;
    }
    cell = [];
  };
  const flushRow = () => {
    const row = rows[rows.length - 1];
    if (row === undefined) return;
    if (row.open || cell.length > 0 || current.trim() !== '') endCell();
    const all = row.cells;
    const cells = all.filter((content) => content.length > 0);
    row.cells = [];
    if (cells.length === 0) return;
    if (cells.every((content) => content.length === 1)) {
      emit(
        cells.length === 1
          ? splitTabs(cells[0]?.[0] ?? '')
          : all.flatMap((content) => (content.length === 0 ? [''] : splitTabs(content[0] ?? ''))),
      );
    } else if (
      cells.length === 2 &&
      cells[0]?.length === 1 &&
      (cells[1]?.length ?? 0) <= 8 &&
      (cells[0][0] ?? '').length <= 40
    ) {
      emit([cells[0][0] ?? '', (cells[1] ?? []).map((line) => line.replace(/\t/g, ' ')).join('; ')]);
    } else {
      for (const content of cells) {
        for (const line of content) emit(splitTabs(line));
        emit(['']);
      }
    }
  };
  const addText = (raw: string) => {
    if (struck > 0 || raw === '' || current.length > LONGEST_LINE_CHARACTERS * 2) return;
    if (kept > LONGEST_BODY_CHARACTERS) {
      wasCut = true;
      return;
    }
    kept += raw.length;
    const text = decodeEntities(raw).replace(/[\t\n\r\f ]+/g, ' ');
    if (bold === 0 && text.trim() !== '') {
      if (boldOnly && BOLD_LABEL.test(current) && !current.endsWith('\t')) current = `${current}\t`;
      boldOnly = false;
    }
    if (current.length < LONGEST_LINE_CHARACTERS * 2) current += text;
  };

  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      addText(html.slice(at));
      break;
    }
    if (open > at) addText(html.slice(at, open));
    if (++tags > MOST_TAGS) {
      wasCut = true;
      break;
    }
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const match = /^<(\/?)([A-Za-z][A-Za-z0-9:]{0,20})/.exec(html.slice(open, open + 24));
    if (match === null) {
      if (html[open + 1] === '!' || html[open + 1] === '?') {
        const end = html.indexOf('>', open);
        at = end < 0 ? html.length : end + 1;
      } else {
        addText('<');
        at = open + 1;
      }
      continue;
    }
    const close = endOfTag(html, open + match[0].length);
    const closing = match[1] === '/';
    const name = (match[2] ?? '').toLowerCase();
    const attributes = html.slice(open + match[0].length, Math.min(close, open + LONGEST_TAG_CHARACTERS));
    at = Math.min(close + 1, html.length);

    if (!closing && RAW.has(name)) {
      if (attributes.endsWith('/')) continue;
      const end = indexOfClosing(html, name, at);
      at = end < 0 ? html.length : end;
      continue;
    }
    const innermost = hiddenBy[hiddenBy.length - 1];
    if (innermost !== undefined && innermost.name === name && !VOID.has(name)) {
      innermost.nested += closing ? -1 : 1;
      if (innermost.nested === 0) {
        hiddenBy.pop();
        struck--;
      }
      if (innermost.kind === 'hidden' || innermost.nested === 0) continue;
    }
    if (innermost?.kind === 'hidden') continue;
    if (!closing && !VOID.has(name)) {
      const isHidden = HIDDEN.test(attributes) || /\shidden(?:\s|=|$)/i.test(attributes);
      const isStruck = STRUCK.has(name) || STRUCK_STYLE.test(attributes);
      if (name === 'tr') {
        if (inCell()) flushRow();
        rowStruck = isStruck && isLongRow(html, at);
        if (rowStruck) continue;
      }
      if ((isHidden && name !== 'body' && name !== 'html') || isStruck) {
        hiddenBy.push({ name, nested: 1, kind: isHidden ? 'hidden' : 'struck' });
        struck++;
        continue;
      }
    }
    if (name === 'img') {
      hasImage = true;
      continue;
    }
    if (BOLD.has(name)) {
      if (name === 'dt' && inCell() === false) breakLine();
      bold = Math.max(0, bold + (closing ? -1 : 1));
    }
    if (name === 'table') {
      if (inCell()) {
        if (closing) {
          flushRow();
          rows.pop();
          tableDepth--;
        } else {
          flushRow();
        }
      } else breakLine();
      if (!closing && tableDepth < DEEPEST_TABLE) {
        tableDepth++;
        rows.push({ cells: [], open: false });
      }
    } else if (name === 'tr') {
      if (inCell()) flushRow();
      else breakLine();
      if (closing) rowStruck = false;
    } else if (name === 'td' || name === 'th') {
      if (!inCell()) {
        if (closing) current += '\t';
      } else {
        const row = rows[rows.length - 1];
        if (row?.open === true || cell.length > 0 || current.trim() !== '') endCell();
        if (row !== undefined) row.open = !closing;
      }
    } else if (name === 'blockquote') {
      if (inCell()) breakLine();
      else {
        breakLine();
        depth = Math.min(DEEPEST_TABLE, Math.max(0, depth + (closing ? -1 : 1)));
      }
    } else if (name === 'dd') {
      if (closing) breakLine();
      else current += '\t';
    } else if (name === 'dt') {
      if (!closing) boldOnly = true;
    } else if (BREAKS.has(name)) {
      breakLine();
      if ((name === 'p' || name === 'hr' || name.startsWith('h')) && !inCell()) {
        if (lines[lines.length - 1]?.cells[0] !== '') emit(['']);
      }
    }
  }
  while (rows.length > 0) {
    flushRow();
    rows.pop();
  }
  tableDepth = 0;
  breakLine();
  return { lines, wasCut, hasImage };
}

function splitTabs(text: string): string[] {
  return text
    .split('\t')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
