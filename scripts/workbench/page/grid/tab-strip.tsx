/** The tabs of the workbook, below the grid, and what can be done with them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TabLine } from '../../contract.ts';
import { useBench } from '../bench.ts';
import { Modal } from '../modal.tsx';
import { Button, Icon } from '../parts.tsx';
import type { MenuEntry } from '../popups.tsx';
import { MenuButton } from '../popups.tsx';

interface TabStripProps {
  readonly chosen: number | null;
  readonly onChoose: (tab: number) => void;
}

export function TabStrip({ chosen, onChoose }: TabStripProps) {
  const { overview, act } = useBench();
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    strip.current
      ?.querySelector(`[data-tab="${chosen}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  const now = overview.tabs.find(({ id }) => id === chosen) ?? null;
  const inSight = overview.tabs.filter((tab) => !tab.hidden || tab.id === chosen);
  const all: readonly MenuEntry[] = overview.tabs.map((tab) => ({
    label: tab.title,
    checked: tab.id === chosen,
    ...(tab.hidden ? { remark: 'hidden' } : {}),
    onChoose: () => onChoose(tab.id),
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    const at = inSight.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: inSight.length - 1 }[event.key];
    const next = to === undefined ? undefined : inSight[(to + inSight.length) % inSight.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.id);
    strip.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div class="tab-strip">
      <MenuButton label="All tabs" entries={all} upward>
        <Icon name="menu" />
      </MenuButton>
      {now !== null && (
        <MenuButton label={`Do something with the tab ${now.title}`} entries={deeds(now)} upward>
          <Icon name="up" />
        </MenuButton>
      )}
      <div ref={strip} role="tablist" aria-label="Tabs of the workbook" tabIndex={-1} onKeyDown={onKeyDown}>
        {inSight.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === chosen}
            {...(tab.id === chosen ? { 'aria-controls': 'sheet' } : {})}
            tabIndex={tab.id === chosen ? 0 : -1}
            class={tab.hidden ? 'is-hidden' : ''}
            style={tab.color === null ? {} : { boxShadow: `inset 0 -3px ${tab.color}` }}
            onClick={() => onChoose(tab.id)}
          >
            {tab.title}
            {tab.hidden && <span class="soft"> (hidden)</span>}
          </button>
        ))}
      </div>
      {asking === 'rename' && now !== null && <Rename tab={now} onClose={() => setAsking(null)} />}
      {asking === 'delete' && now !== null && (
        <Modal title={`Delete the tab ${now.title}?`} onClose={() => setAsking(null)}>
          <p>There is no way back but “Start again” with the sample.</p>
          <footer>
            <Button onPress={() => setAsking(null)}>Cancel</Button>
            <Button
              kind="danger"
              onPress={() => {
                setAsking(null);
                void act({ do: 'delete-tab', tab: now.id });
              }}
            >
              Delete
            </Button>
          </footer>
        </Modal>
      )}
    </div>
  );

  function deeds(tab: TabLine): readonly MenuEntry[] {
    return [
      { label: 'Rename…', onChoose: () => setAsking('rename') },
      { label: 'Duplicate', onChoose: () => void act({ do: 'duplicate-tab', tab: tab.id }) },
      {
        label: tab.hidden ? 'Unhide' : 'Hide',
        onChoose: () => void act({ do: 'show-tab', tab: tab.id, hidden: !tab.hidden }),
      },
      { label: 'Delete…', onChoose: () => setAsking('delete') },
    ];
  }
}

function Rename({ tab, onClose }: { readonly tab: TabLine; readonly onClose: () => void }) {
  const { act } = useBench();
  const [title, setTitle] = useState(tab.title);
  return (
    <Modal title={`Rename the tab ${tab.title}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          if (title !== tab.title) void act({ do: 'rename-tab', tab: tab.id, title });
        }}
      >
        <label>
          New name
          <input value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <button type="submit" class="main">
            Rename
          </button>
        </footer>
      </form>
    </Modal>
  );
}
