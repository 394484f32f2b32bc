/** Typing into a cell. */
import { useLayoutEffect, useRef } from 'preact/hooks';

interface EditorProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** `down`, `right`: where to go on. */
  readonly onDone: (next: 'down' | 'right' | 'stay') => void;
  readonly onCancel: () => void;
}

/** Enter and Tab put it in, Esc does not; Alt+Enter begins a line. */
export function CellEditor({ label, text, onText, onDone, onCancel }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  // At once: the next key is for it already.
  useLayoutEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  return (
    <textarea
      ref={field}
      class="cell-editor"
      aria-label={label}
      rows={Math.min(8, text.split('\n').length)}
      value={text}
      spellcheck={false}
      onInput={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => editKeys(event, { text, onText, onDone, onCancel })}
      onMouseDown={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
      onBlur={() => onDone('stay')}
    />
  );
}

/** The keys of a field that a cell is typed into. */
export function editKeys(
  event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement },
  { onText, onDone, onCancel }: Omit<EditorProps, 'label'>,
): void {
  event.stopPropagation();
  if (event.isComposing) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    onCancel();
  } else if (event.key === 'Enter' && (event.altKey || event.ctrlKey)) {
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end, value } = event.currentTarget;
    onText(`${value.slice(0, start)}\n${value.slice(end)}`);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    onDone('down');
  } else if (event.key === 'Tab' && !event.shiftKey) {
    event.preventDefault();
    onDone('right');
  }
}
