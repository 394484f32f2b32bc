/** Small parts that many have. */
import type { ComponentChildren, JSX } from 'preact';
import type { Asked } from './bench.ts';

const ICONS = {
  boat: 'M3 13h18l-3 6H6zM12 3v8M12 4l6 7h-6M10 6l-4 5h4',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  restart: 'M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M7 10l5 5 5-5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  lock: 'M7 11h10v8H7zM9 11V8a3 3 0 0 1 6 0v3',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  folder: 'M4 6h6l2 2h8v11H4z',
  clip: 'M9 12V7a3 3 0 0 1 6 0v9a4 4 0 0 1-8 0V9',
  alert: 'M12 4 3 20h18zM12 10v4M12 17v.5',
  up: 'M7 14l5-5 5 5',
  panel: 'M4 5h16v14H4zM14 5v14',
} as const;

/** A drawing that only repeats what words beside it say. */
export function Icon({ name }: { readonly name: keyof typeof ICONS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

interface CloseProps {
  readonly label: string;
  readonly onClose: () => void;
}

export function Close({ label, onClose }: CloseProps) {
  return (
    <button type="button" class="plain round" aria-label={label} onClick={onClose}>
      <Icon name="close" />
    </button>
  );
}

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** Why it can’t be pressed now; null: it can. */
  readonly wait?: string | null;
  readonly kind?: 'main' | 'danger' | 'plain';
  readonly autofocus?: boolean;
  readonly label?: string;
}

/** Can be reached while it can’t be pressed, and says why. */
export function Button({ children, onPress, wait = null, kind, autofocus, label }: ButtonProps) {
  return (
    <button
      type="button"
      class={kind ?? ''}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(wait === null ? {} : { 'aria-disabled': 'true' as const, title: wait })}
      autofocus={autofocus ?? false}
      onClick={() => {
        if (wait === null) onPress();
      }}
    >
      {children}
    </button>
  );
}

/** What was asked for, or why it is not there. */
export function Shown<T>({
  asked,
  what,
  children,
}: {
  readonly asked: Asked<T>;
  /** `The mailbox` */
  readonly what: string;
  readonly children: (value: T) => JSX.Element;
}) {
  if (asked.value !== null) return children(asked.value);
  if (asked.error === null) return <p class="soft pad">{what} is being read…</p>;
  return (
    <div class="pad" role="alert">
      <p class="bad">{asked.error.what}</p>
      {asked.error.now !== '' && <p>{asked.error.now}</p>}
      <Button onPress={asked.again}>Try again</Button>
    </div>
  );
}
