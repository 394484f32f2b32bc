/** Above the workbook: its name, the menus, what goes on, and the workbench's own switches. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Busy, MenuItemView, MenuView } from '../contract.ts';
import { useBench, waitWords } from './bench.ts';
import { ClockPanel } from './clock.tsx';
import { FaultsPanel } from './faults.tsx';
import { Button, Icon } from './parts.tsx';
import type { MenuEntry } from './popups.tsx';
import { MenuList, Panel } from './popups.tsx';
import { Remarks } from './remarks.tsx';
import { SamplePanel } from './sample.tsx';

export function Header() {
  const { overview } = useBench();
  return (
    <header class="masthead">
      <div class="mark">
        <Icon name="boat" />
      </div>
      <div class="names">
        <h1>
          {overview.title} <span class="soft">{overview.company}</span>
        </h1>
        <MenuBar menus={overview.menus} />
      </div>
      <BusyView busy={overview.busy} />
      <div class="switches">
        <ClockPanel />
        <FaultsPanel />
        <SamplePanel />
        <Panel label="About this workbench" button="About">
          {() => <Remarks />}
        </Panel>
      </div>
    </header>
  );
}

function MenuBar({ menus }: { readonly menus: readonly MenuView[] }) {
  const { overview, act } = useBench();
  const [open, setOpen] = useState<number | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const wait = waitWords(overview);
  const focus = (index: number) => {
    bar.current?.querySelectorAll<HTMLElement>('[data-menu]')[index]?.focus();
  };
  const entries = (items: readonly MenuItemView[], group?: string): readonly MenuEntry[] =>
    items.flatMap((item, index) => {
      const { functionName } = item;
      if (functionName === null) return entries(item.items, item.caption);
      return [
        {
          label: item.caption,
          wait,
          ...(group !== undefined && index === 0 ? { group } : {}),
          onChoose: () => void act({ do: 'menu', functionName }),
        },
      ];
    });
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const next = (index + step + menus.length) % menus.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setOpen(index);
    else if (step !== 0) {
      focus(next);
      if (open !== null) setOpen(next);
    } else return;
    event.preventDefault();
  };
  if (menus.length === 0) return <p class="soft">The workbook’s script has not made its menu yet.</p>;
  return (
    <div ref={bar} class="menu-bar" role="menubar" aria-label="Menus of the workbook">
      {menus.map((menu, index) => (
        <span key={menu.caption} class="popup" role="none">
          <button
            type="button"
            role="menuitem"
            data-menu=""
            aria-haspopup="menu"
            aria-expanded={open === index}
            tabIndex={index === 0 ? 0 : -1}
            class="plain"
            onClick={() => setOpen(open === index ? null : index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {menu.caption}
          </button>
          {open === index && (
            <MenuList
              label={menu.caption}
              entries={entries(menu.items)}
              onClose={(back) => {
                setOpen(null);
                if (back) focus(index);
              }}
            />
          )}
        </span>
      ))}
    </div>
  );
}

/** What the script does now; told to screen readers when it changes, without the running figures. */
function BusyView({ busy }: { readonly busy: Busy | null }) {
  const { act } = useBench();
  return (
    <div class="busy">
      <p role="status" class="words">
        {busy !== null && (
          <>
            <strong>{busy.what}</strong>
            <span>
              {busy.waits ? 'Waits for your answer' : busy.progress === '' ? 'Running…' : busy.progress}
            </span>
          </>
        )}
      </p>
      {busy !== null && (
        <>
          <p class="soft figures">
            <Seconds sinceMs={busy.sinceMs} />, {busy.calls} {busy.calls === 1 ? 'call' : 'calls'} to Google
            and AWS
          </p>
          {busy.mayStop && <Button onPress={() => void act({ do: 'stop' })}>Stop</Button>}
          <div class={busy.waits ? 'stripe still' : 'stripe'} aria-hidden="true" />
        </>
      )}
    </div>
  );
}

function Seconds({ sinceMs }: { readonly sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <>{Math.max(0, Math.round((nowMs - sinceMs) / 1000))} s</>;
}
