/** An error in words, with a way on. */
import type { JSX } from 'preact';
import { Action } from './action.tsx';
import type { SidebarError } from './contract.ts';
import { Icon } from './icons.tsx';

export interface FailureNoteProps {
  readonly error: SidebarError;
  readonly label: string;
  readonly again: () => void;
  readonly off?: boolean;
}

export function FailureNote({ error, label, again, off = false }: FailureNoteProps): JSX.Element {
  return (
    <div class="failure" role="alert">
      <p class="failure-what">
        <Icon name="stopped" />
        <span>{error.what}</span>
      </p>
      {error.now === '' ? null : <p>{error.now}</p>}
      <Action onAct={again} off={off} small>
        {label}
      </Action>
    </div>
  );
}
