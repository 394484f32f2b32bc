/** The workbook: formula bar, cells, tabs. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useBench } from '../bench.ts';
import type { Range } from './axis.ts';
import { cellName, rangeOf } from './axis.ts';
import type { Look } from './cells.tsx';
import { CellEditor } from './editor.tsx';
import { FormulaBar } from './formula-bar.tsx';
import type { SeenPart } from './grid.tsx';
import { Grid } from './grid.tsx';
import type { Spot } from './sheet.ts';
import { stepFrom, windowOf } from './sheet.ts';
import { TabStrip } from './tab-strip.tsx';
import { useSheet } from './use-sheet.ts';

/** What a link asked to see; another `count` is another wish. */
export interface Wish {
  readonly tab: number | null;
  readonly range: string | null;
  readonly count: number;
}

interface Draft {
  readonly text: string;
  readonly where: 'cell' | 'bar';
  /** What it is for, wherever the person goes meanwhile. */
  readonly tab: number;
  readonly spot: Spot;
}

const TOP_LEFT: Spot = { row: 0, column: 0 };
/** Until the grid knows its size. */
const UNSEEN: SeenPart = { topPx: 0, heightPx: 800 };
const STEPS = { down: [1, 0], right: [0, 1], stay: [0, 0] } as const;

export function SheetArea({ wish, summons }: { readonly wish: Wish; readonly summons: number }) {
  const { overview, act } = useBench();
  const { tabs, revisions } = overview;
  const [wanted, setWanted] = useState<number | null>(null);
  const chosen = (tabs.find(({ id }) => id === wanted) ?? tabs.find(({ hidden }) => !hidden))?.id ?? null;
  const [spots, setSpots] = useState<ReadonlyMap<number, Spot>>(new Map());
  const active = (chosen === null ? undefined : spots.get(chosen)) ?? TOP_LEFT;
  const [marked, setMarked] = useState<Range | null>(null);
  const [seen, setSeen] = useState<SeenPart>(UNSEEN);
  const [rows, setRows] = useState({ first: 0, last: 60 });
  const { sheet, error } = useSheet(chosen, revisions.workbook, rows);
  const [draft, setDraft] = useState<Draft | null>(null);
  const draftNow = useRef<Draft | null>(null);
  const [pending, setPending] = useState<Look['pending']>(null);
  const [focusGrid, setFocusGrid] = useState(0);
  const [unmet, setUnmet] = useState<string | null>(null);

  const hold = (next: Draft | null) => {
    draftNow.current = next;
    setDraft(next);
  };
  const type = (text: string, where: Draft['where']) => {
    if (chosen === null) return;
    hold({ tab: chosen, spot: active, ...draftNow.current, text, where });
  };
  const choose = (tab: number) => {
    done('stay');
    setMarked(null);
    setSeen({ topPx: 0, heightPx: seen.heightPx });
    setWanted(tab);
  };
  const goTo = (spot: Spot) => {
    done('stay');
    if (chosen !== null) setSpots(new Map(spots).set(chosen, spot));
    setMarked(null);
  };
  const goToRange = (range: Range) => {
    goTo({ row: range.startRow, column: range.startColumn });
    const isOne = range.endRow - range.startRow === 1 && range.endColumn - range.startColumn === 1;
    setMarked(isOne ? null : range);
    setFocusGrid(focusGrid + 1);
  };
  const seenRows = useCallback((part: SeenPart) => setSeen(part), []);

  // Once for each wish.
  useEffect(() => {
    if (wish.count === 0) return;
    if (wish.tab !== null) choose(wish.tab);
    setUnmet(wish.range ?? 'A1');
  }, [wish.count]);
  // When the tab that was wished for is there.
  useEffect(() => {
    if (unmet === null || sheet === null || (wish.tab !== null && sheet.tab.id !== wish.tab)) return;
    const range = rangeOf(unmet, sheet.tab.rowCount, sheet.columns.count);
    setUnmet(null);
    if (range !== null) goToRange(range);
  }, [unmet, sheet]);
  useEffect(() => {
    if (sheet !== null) setRows(windowOf(sheet, seen.topPx, seen.heightPx));
  }, [sheet, seen]);
  // What came from the server goes before what was typed.
  useEffect(() => setPending(null), [sheet]);

  const put = async (input: string, tab: number, spot: Spot) => {
    if (tab === chosen) setPending({ ...spot, text: input });
    const a1 = cellName(spot.row, spot.column);
    const { ok } = await act({ do: 'type', tab, a1, input }, 'quiet');
    if (!ok) setPending(null);
  };
  /** Puts in what is being typed. */
  function done(next: keyof typeof STEPS): void {
    const typed = draftNow.current;
    if (typed === null) return;
    hold(null);
    // Another tab may be shown by now, and none while one is read.
    const isShown = sheet?.tab.id === typed.tab;
    if (!isShown || typed.text !== inputOf(typed.spot)) void put(typed.text, typed.tab, typed.spot);
    if (next === 'stay' || !isShown) return;
    const [down, right] = STEPS[next];
    goTo(stepFrom(sheet, typed.spot, down, right));
    setFocusGrid(focusGrid + 1);
  }
  const cancel = () => {
    hold(null);
    setFocusGrid(focusGrid + 1);
  };

  /** Keys that are quicker than the page find what they have begun. */
  const begin = (text: string | null) => {
    const before = draftNow.current;
    if (before === null) type(text ?? inputOf(active), 'cell');
    else if (text === null) done('down');
    else type(before.text + text, before.where);
  };
  const inputOf = ({ row, column }: Spot) => sheet?.cell(row, column)?.input ?? '';

  return (
    <main class="sheet-area" aria-label="Workbook">
      <FormulaBar
        sheet={sheet}
        active={active}
        draft={draft?.text ?? null}
        onDraft={(text) => type(text, 'bar')}
        onDone={done}
        onCancel={cancel}
        onGo={goToRange}
      />
      <div
        id="sheet"
        class="sheet"
        role="tabpanel"
        {...(chosen === null ? {} : { 'aria-labelledby': `tab-${chosen}` })}
      >
        {sheet !== null && (
          <Grid
            key={sheet.tab.id}
            sheet={sheet}
            seen={seen}
            onSeen={seenRows}
            active={active}
            marked={marked}
            pending={pending}
            summons={focusGrid + summons}
            onActive={goTo}
            onEdit={begin}
            onClear={() => {
              if (inputOf(active) !== '') void put('', sheet.tab.id, active);
            }}
            editor={
              draft?.where === 'cell' ? (
                <CellEditor
                  label={`Type into ${cellName(active.row, active.column)}`}
                  text={draft.text}
                  onText={(text) => type(text, 'cell')}
                  onDone={done}
                  onCancel={cancel}
                />
              ) : null
            }
          />
        )}
        {sheet === null && error === null && <p class="soft pad">The tab is being read…</p>}
        {error !== null && (
          <p class="bad pad" role="alert">
            {error.what} {error.now}
          </p>
        )}
      </div>
      <TabStrip chosen={chosen} onChoose={choose} />
    </main>
  );
}
