/** Rows and cells of the grid as they look. */
import type { JSX } from 'preact';
import type { BorderStyle, CellStyle, CellView } from '../../contract.ts';
import type { Range } from './axis.ts';
import type { Sheet, Spot } from './sheet.ts';
import { covers, roomPx } from './sheet.ts';

export interface Look {
  readonly sheet: Sheet;
  readonly columns: readonly number[];
  readonly active: Spot;
  readonly marked: Range | null;
  /** What was typed and has not come back yet. */
  readonly pending: (Spot & { readonly text: string }) | null;
  /** In place of the active cell while it is typed into. */
  readonly editor: JSX.Element | null;
}

export const ROW_NUMBERS_PX = 46;

const PX_PER_POINT = 4 / 3;

export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

export function RowView({ look, row }: { readonly look: Look; readonly row: number }) {
  const { sheet, columns, active } = look;
  const height = sheet.rows.sizePx(row);
  if (height === 0) return null;
  return (
    <tr aria-rowindex={row + 2} style={{ height }}>
      <th scope="row" class={row === active.row ? 'now' : ''}>
        {row + 1}
      </th>
      {columns.map((column) => (
        <CellBox key={column} look={look} row={row} column={column} />
      ))}
    </tr>
  );
}

function CellBox({
  look,
  row,
  column,
}: {
  readonly look: Look;
  readonly row: number;
  readonly column: number;
}) {
  const { sheet, active, marked, pending, editor, columns } = look;
  const area = sheet.merge(row, column);
  if (area !== null && (area.startRow !== row || area.startColumn !== column)) return null;
  const cell = sheet.cell(row, column);
  const style = cell === null ? {} : sheet.style(cell);
  const isActive = active.row === row && active.column === column;
  const waits = pending !== null && pending.row === row && pending.column === column ? pending : null;
  const isFrozen = column < sheet.tab.frozenColumns;
  const classes = [
    isActive && 'active',
    marked !== null && covers(marked, row, column) && 'marked',
    hasFill(style) && 'filled',
    style.color !== undefined && 'own',
    isFrozen && 'frozen',
    column === sheet.tab.frozenColumns - 1 && 'last-frozen',
    cell?.note && 'noted',
    waits !== null && 'waits',
  ].filter((name) => typeof name === 'string' && name !== '');
  const spanned = area === null ? 1 : columns.filter((one) => one >= column && one < area.endColumn).length;
  return (
    <td
      id={cellId(row, column)}
      aria-colindex={column + 2}
      class={classes.join(' ')}
      data-row={row}
      data-column={column}
      {...(area === null ? {} : { rowSpan: visibleRows(sheet, row, area.endRow), colSpan: spanned })}
      {...(cell?.note ? { title: cell.note } : {})}
      style={{
        ...boxStyle(style),
        ...(isFrozen ? { left: ROW_NUMBERS_PX + sheet.columns.startPx(column) } : {}),
      }}
    >
      {(cell !== null || waits !== null) && (
        <CellText
          text={waits?.text ?? cell?.text ?? ''}
          kind={cell?.kind ?? 'text'}
          style={style}
          heightPx={sheet.rows.startPx(area?.endRow ?? row + 1) - sheet.rows.startPx(row) - 1}
          widthPx={
            area === null
              ? cell === null
                ? sheet.columns.sizePx(column)
                : roomPx(sheet, cell)
              : sheet.columns.startPx(area.endColumn) - sheet.columns.startPx(area.startColumn)
          }
        />
      )}
      {isActive && editor}
    </td>
  );
}

function visibleRows(sheet: Sheet, from: number, end: number): number {
  let count = 0;
  for (let row = from; row < end; row++) if (sheet.rows.sizePx(row) > 0) count++;
  return count;
}

interface TextProps {
  readonly text: string;
  readonly kind: CellView['kind'];
  readonly style: CellStyle;
  readonly heightPx: number;
  readonly widthPx: number;
}

function CellText({ text, kind, style, heightPx, widthPx }: TextProps) {
  if (text === '') return null;
  const usual = kind === 'number' ? 'right' : kind === 'boolean' || kind === 'error' ? 'center' : 'left';
  return (
    <div
      class={`text ${style.align ?? usual} ${style.vertical ?? 'bottom'}${style.wrap ? ' wrap' : ''}`}
      style={{ height: heightPx, width: widthPx - 1 }}
    >
      <span>{text}</span>
    </div>
  );
}

/** White is the paper. */
function hasFill({ fill }: CellStyle): boolean {
  return fill !== undefined && fill.toLowerCase() !== '#ffffff';
}

function boxStyle(style: CellStyle): JSX.CSSProperties {
  const { borders = {} } = style;
  const lines = [style.underline && 'underline', style.strikethrough && 'line-through'].filter(Boolean);
  return {
    ...(hasFill(style) ? { backgroundColor: style.fill ?? '' } : {}),
    ...(style.color === undefined ? {} : { '--own': style.color }),
    ...(style.bold ? { fontWeight: 'bold' } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(lines.length > 0 ? { textDecoration: lines.join(' ') } : {}),
    ...(style.fontFamily === undefined
      ? {}
      : { fontFamily: `"${style.fontFamily.replaceAll('"', '')}", Arial` }),
    ...(style.fontSize === undefined ? {} : { fontSize: `${style.fontSize * PX_PER_POINT}px` }),
    ...(borders.top === undefined ? {} : { borderTop: line(borders.top) }),
    ...(borders.right === undefined ? {} : { borderRight: line(borders.right) }),
    ...(borders.bottom === undefined ? {} : { borderBottom: line(borders.bottom) }),
    ...(borders.left === undefined ? {} : { borderLeft: line(borders.left) }),
  };
}

/** In the dark, lines that were made for white paper are toned down (grid.css). */
function line({ line: kind, px, color }: BorderStyle): string {
  return `${px}px ${kind} color-mix(in srgb, ${color} var(--line-share), var(--grid-line))`;
}
