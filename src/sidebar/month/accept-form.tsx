/** A finding is accepted by somebody, for a reason. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Action } from './action.tsx';
import type { FindingView } from './contract.ts';
import { Field } from './field.tsx';
import type { Session } from './session.ts';

export interface AcceptFormProps {
  readonly session: Session;
  readonly finding: FindingView;
  readonly close: () => void;
}

export function AcceptForm({ session, finding, close }: AcceptFormProps): JSX.Element {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const name = session.name;
  const missing = { reason: tried && reason.trim() === '', name: tried && name.trim() === '' };
  const id = useId();
  return (
    <form
      class="inline-form"
      aria-label="Accept with a reason"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (session.busy) return;
        setTried(true);
        if (reason.trim() === '') document.getElementById(`${id}-reason`)?.focus();
        else if (name.trim() === '') document.getElementById(`${id}-name`)?.focus();
        else session.accept({ key: finding.key, reason: reason.trim(), name: name.trim() });
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <Field
        id={`${id}-reason`}
        label="Why it is right as it is"
        value={reason}
        change={setReason}
        wrong={missing.reason ? 'Give a reason: the partners may ask for it.' : ''}
        first
      />
      <Field
        id={`${id}-name`}
        label="Your name"
        value={name}
        change={session.rename}
        wrong={missing.name ? 'Say who accepts it.' : ''}
        complete="name"
      />
      <div class="row">
        <Action onAct={() => undefined} off={session.busy} submits main small>
          Accept it
        </Action>
        <Action onAct={close} small>
          Cancel
        </Action>
      </div>
    </form>
  );
}
