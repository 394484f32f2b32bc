/** A button that keeps the focus while nothing can be begun. */
import type { ComponentChildren, JSX } from 'preact';

export interface ActionProps {
  readonly onAct: () => void;
  readonly children: ComponentChildren;
  readonly main?: boolean;
  readonly small?: boolean;
  readonly off?: boolean;
  readonly id?: string;
  /** What is said instead of the words, which it must contain. */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly describedBy?: string;
  /** In a form: the form's own `onSubmit` acts. */
  readonly submits?: boolean;
}

export function Action(props: ActionProps): JSX.Element {
  const { off = false, main = false, small = false, submits = false } = props;
  const kind = [main ? 'main' : '', small ? 'small' : ''].filter(Boolean).join(' ');
  return (
    <button
      type={submits ? 'submit' : 'button'}
      class={kind}
      id={props.id}
      aria-disabled={off ? 'true' : undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (off) event.preventDefault();
        else if (!submits) props.onAct();
      }}
    >
      {props.children}
    </button>
  );
}
