/** What opens beside the button that opens it: menus and small forms. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuEntry {
  readonly label: string;
  readonly onChoose: () => void;
  /** Beside the label: `hidden`. */
  readonly remark?: string;
  /** Why it can’t be chosen now. */
  readonly wait?: string | null;
  /** One of several; this one is in force. */
  readonly checked?: boolean;
  /** Begins a group; its name. */
  readonly group?: string;
}

interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  readonly upward?: boolean;
  /** `back`: the focus goes back to the button. */
  readonly onClose: (back: boolean) => void;
}

/** A menu that is open: arrow keys, Home, End, first letters, Enter, Esc. */
export function MenuList({ entries, label, upward, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  // At once: the next key is for it already.
  useLayoutEffect(() => {
    const all = items();
    (all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus();
  }, []);
  useOutside(list, () => onClose(false));
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const now = all.findIndex((item) => item.contains(document.activeElement));
    const to = (index: number) => all[(index + all.length) % all.length]?.focus();
    if (event.key === 'ArrowDown') to(now + 1);
    else if (event.key === 'ArrowUp') to(now - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(-1);
    else if (event.key === 'Escape') onClose(true);
    else if (event.key === 'Tab') return onClose(false);
    else if (event.key.length === 1 && event.key !== ' ') {
      const after = [...all.slice(now + 1), ...all.slice(0, now + 1)];
      after.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      class={upward ? 'menu upward' : 'menu'}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry) => (
        <Entry key={entry.label} entry={entry} onClose={onClose} />
      ))}
    </div>
  );
}

function Entry({ entry, onClose }: { readonly entry: MenuEntry; readonly onClose: (back: boolean) => void }) {
  const wait = entry.wait ?? null;
  return (
    <>
      {entry.group !== undefined && (
        <p class="group" role="presentation">
          {entry.group}
        </p>
      )}
      <button
        type="button"
        role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
        {...(entry.checked === undefined ? {} : { 'aria-checked': entry.checked })}
        {...(wait === null ? {} : { 'aria-disabled': 'true' as const, title: wait })}
        tabIndex={-1}
        onClick={() => {
          if (wait !== null) return;
          onClose(true);
          entry.onChoose();
        }}
      >
        <span>{entry.label}</span>
        {entry.remark !== undefined && <span class="soft">{entry.remark}</span>}
      </button>
    </>
  );
}

interface MenuButtonProps {
  readonly children: ComponentChildren;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly upward?: boolean;
  readonly class?: string;
}

/** A button that opens a menu. */
export function MenuButton({ children, label, entries, upward, class: name }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span class="popup">
      <button
        ref={button}
        type="button"
        class={name ?? 'plain'}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && (
        <MenuList
          label={label}
          entries={entries}
          upward={upward ?? false}
          onClose={(back) => {
            setOpen(false);
            if (back) button.current?.focus();
          }}
        />
      )}
    </span>
  );
}

interface PanelProps {
  /** On the button. */
  readonly button: ComponentChildren;
  /** Of the panel, and of the button when it has no words of its own. */
  readonly label: string;
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small form beside it. Esc closes it. */
export function Panel({ button, label, class: name, children }: PanelProps) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const id = useId();
  useOutside(panel, () => setOpen(false));
  useLayoutEffect(() => {
    if (open) panel.current?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <span class="popup">
      <button
        ref={opener}
        type="button"
        class={name ?? ''}
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section
          ref={panel}
          id={id}
          class="panel"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            close();
          }}
        >
          <h2>{label}</h2>
          {children(close)}
        </section>
      )}
    </span>
  );
}

/** Tells of a press outside of the element around it; also of one into a frame, which takes the focus from this window. */
function useOutside(inside: { readonly current: HTMLElement | null }, onOutside: () => void): void {
  const told = useRef(onOutside);
  told.current = onOutside;
  useEffect(() => {
    const onDown = ({ target }: Event) => {
      const around = inside.current?.parentElement ?? null;
      if (around !== null && !(target instanceof Node && around.contains(target))) told.current();
    };
    const onBlur = () => {
      if (inside.current !== null) told.current();
    };
    document.addEventListener('mousedown', onDown);
    window.addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('mousedown', onDown);
      window.removeEventListener('blur', onBlur);
    };
  }, [inside]);
}
