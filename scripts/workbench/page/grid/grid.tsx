/** The cells of a tab: only the rows in sight are drawn. One stop for the Tab key; arrow keys go from cell to cell. */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Range } from './axis.ts';
import { columnName } from './axis.ts';
import type { Look } from './cells.tsx';
import { cellId, ROW_NUMBERS_PX, RowView } from './cells.tsx';
import type { Sheet, Spot } from './sheet.ts';
import { stepFrom, windowOf } from './sheet.ts';

const LETTERS_PX = 24;

export interface SeenPart {
  readonly topPx: number;
  readonly heightPx: number;
}

interface GridProps {
  readonly sheet: Sheet;
  readonly seen: SeenPart;
  readonly onSeen: (seen: SeenPart) => void;
  readonly active: Spot;
  readonly marked: Range | null;
  readonly pending: Look['pending'];
  readonly editor: JSX.Element | null;
  /** Counts up when the grid should take the focus and show the active cell. */
  readonly summons: number;
  readonly onActive: (spot: Spot) => void;
  /** @param text to begin with; null: what is in the cell */
  readonly onEdit: (text: string | null) => void;
  readonly onClear: () => void;
}

export function Grid(props: GridProps) {
  const { sheet, seen, onSeen, active, marked, pending, editor, summons } = props;
  const { rows, columns, tab } = sheet;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const shown = windowOf(sheet, seen.topPx, seen.heightPx);
  const visible = indexes(0, columns.count).filter((column) => columns.sizePx(column) > 0);
  const look: Look = { sheet, columns: visible, active, marked, pending, editor };
  const isDrawn = active.row < tab.frozenRows || (active.row >= shown.first && active.row <= shown.last);

  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const measure = () => onSeen({ topPx: current.scrollTop, heightPx: current.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [onSeen]);
  useLayoutEffect(() => {
    if (scroller.current !== null) reveal(scroller.current, sheet, active);
    // Not when the sheet was read anew: that does not move what is seen.
  }, [active, summons]);
  useLayoutEffect(() => {
    if (summons > 0) table.current?.focus({ preventScroll: true });
  }, [summons]);

  return (
    <div
      ref={scroller}
      class="scroller"
      onScroll={({ currentTarget }) => {
        const { scrollTop, scrollLeft, clientHeight } = currentTarget;
        currentTarget.toggleAttribute('data-scrolled', scrollLeft > 0);
        // Drawn anew only when the spare rows run out.
        if (Math.abs(scrollTop - seen.topPx) > 100 || scrollTop === 0) {
          onSeen({ topPx: scrollTop, heightPx: clientHeight });
        }
      }}
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is what this table is
        role="grid"
        class={tab.gridlines ? 'grid' : 'grid bare'}
        aria-label={`Cells of ${tab.title}`}
        aria-rowcount={tab.rowCount + 1}
        aria-colcount={tab.columnCount + 1}
        {...(isDrawn ? { 'aria-activedescendant': cellId(active.row, active.column) } : {})}
        tabIndex={0}
        style={{ width: ROW_NUMBERS_PX + columns.totalPx }}
        onKeyDown={(event) => keys(event, props)}
        onMouseDown={(event) => {
          const spot = spotOf(event.target);
          if (spot !== null) props.onActive(spot);
        }}
        onDblClick={(event) => {
          if (spotOf(event.target) !== null) props.onEdit(null);
        }}
      >
        <colgroup>
          <col style={{ width: ROW_NUMBERS_PX }} />
          {visible.map((column) => (
            <col key={column} style={{ width: columns.sizePx(column) }} />
          ))}
        </colgroup>
        <thead class={tab.frozenRows > 0 ? 'has-frozen' : ''}>
          <tr aria-rowindex={1} style={{ height: LETTERS_PX }}>
            <td class="corner" />
            {visible.map((column) => (
              <th
                key={column}
                scope="col"
                class={`${column === active.column ? 'now' : ''}${column < tab.frozenColumns ? ' frozen' : ''}`}
                style={column < tab.frozenColumns ? { left: ROW_NUMBERS_PX + columns.startPx(column) } : {}}
              >
                {columnName(column)}
              </th>
            ))}
          </tr>
          {indexes(0, tab.frozenRows).map((row) => (
            <RowView key={row} look={look} row={row} />
          ))}
        </thead>
        <tbody>
          <Gap px={rows.startPx(shown.first) - rows.startPx(tab.frozenRows)} />
          {indexes(shown.first, shown.last + 1).map((row) => (
            <RowView key={row} look={look} row={row} />
          ))}
          <Gap px={rows.totalPx - rows.startPx(shown.last + 1)} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ px }: { readonly px: number }) {
  return px <= 0 ? null : (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it only keeps the place of rows not drawn
    <tr class="gap" role="none">
      <td style={{ height: px }} />
    </tr>
  );
}

function indexes(from: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_none, offset) => from + offset);
}

function spotOf(target: EventTarget | null): Spot | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-row]') : null;
  return cell === null ? null : { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** Scrolls as little as needed. */
function reveal(scroller: HTMLElement, { rows, columns, tab }: Sheet, { row, column }: Spot): void {
  if (row >= tab.frozenRows) {
    const over = LETTERS_PX + rows.startPx(tab.frozenRows);
    const top = LETTERS_PX + rows.startPx(row);
    const bottom = top + rows.sizePx(row);
    if (top - over < scroller.scrollTop) scroller.scrollTop = top - over;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = bottom - scroller.clientHeight;
    }
  }
  if (column >= tab.frozenColumns) {
    const over = ROW_NUMBERS_PX + columns.startPx(tab.frozenColumns);
    const left = ROW_NUMBERS_PX + columns.startPx(column);
    const right = left + columns.sizePx(column);
    if (left - over < scroller.scrollLeft) scroller.scrollLeft = left - over;
    else if (right > scroller.scrollLeft + scroller.clientWidth) {
      scroller.scrollLeft = right - scroller.clientWidth;
    }
  }
}

function keys(event: KeyboardEvent, { sheet, seen, active, onActive, onEdit, onClear }: GridProps): void {
  const isCommand = event.ctrlKey || event.metaKey;
  const pageRows = Math.max(1, Math.floor(seen.heightPx / 21) - 2);
  const go = (down: number, right: number) => onActive(stepFrom(sheet, active, down, right));
  const lastRow = Math.max(0, sheet.tab.rowsOfNote - 1);
  if (event.key === 'ArrowDown') go(isCommand ? Math.max(1, lastRow - active.row) : 1, 0);
  else if (event.key === 'ArrowUp') go(isCommand ? -sheet.rows.count : -1, 0);
  else if (event.key === 'ArrowRight') go(0, isCommand ? sheet.columns.count : 1);
  else if (event.key === 'ArrowLeft') go(0, isCommand ? -sheet.columns.count : -1);
  else if (event.key === 'PageDown') go(pageRows, 0);
  else if (event.key === 'PageUp') go(-pageRows, 0);
  else if (event.key === 'Home') onActive({ row: isCommand ? 0 : active.row, column: 0 });
  else if (event.key === 'End' && isCommand) onActive({ row: lastRow, column: active.column });
  else if (event.key === 'End') go(0, sheet.columns.count);
  else if (event.key === 'Enter' || event.key === 'F2') onEdit(null);
  else if (event.key === 'Delete' || event.key === 'Backspace') onClear();
  else if (event.key.length === 1 && !isCommand && !event.altKey) onEdit(event.key);
  else return;
  event.preventDefault();
}
