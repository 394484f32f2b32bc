/** A dialog in front of everything. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Close } from './parts.tsx';

interface ModalProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Its cross, and Esc. */
  readonly onClose: () => void;
  readonly class?: string;
}

/** Opens with what it is first drawn with, in front of those that are open; gives the focus back when it goes. */
export function Modal({ title, children, onClose, class: name }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null || current.open) return;
    current.showModal();
    return () => current.close();
  }, []);
  return (
    <dialog
      ref={box}
      class={name ?? ''}
      aria-labelledby={heading}
      onCancel={(event) => {
        // Only what the server says closes it.
        event.preventDefault();
        onClose();
      }}
    >
      <div class="modal-head">
        <h2 id={heading}>{title}</h2>
        <Close label="Close" onClose={onClose} />
      </div>
      {children}
    </dialog>
  );
}
