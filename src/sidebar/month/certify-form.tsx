/** The person’s word for the statement, and when it goes out. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Action } from './action.tsx';
import type { Certified, SidebarView } from './contract.ts';
import { Field } from './field.tsx';
import type { Session } from './session.ts';
import { counted, type Wording } from './words.ts';

export interface CertifyFormProps {
  readonly session: Session;
  readonly words: Wording;
  /** What the clock will do with an approved month; null: it can only be sent now. */
  readonly next: SidebarView['next'];
  /** The mail may be out already. */
  readonly again: boolean;
  readonly submit: (certified: Certified) => void;
  /** Of the file that is shown above. */
  readonly sha256: string;
  /** Of the mail that is shown above. */
  readonly seal: string;
  readonly recipients: number;
}

export function CertifyForm(props: CertifyFormProps): JSX.Element {
  const { session, words, next, again, submit, sha256, seal, recipients } = props;
  const [chosenNow, setChosenNow] = useState(true);
  const [tried, setTried] = useState(false);
  const sendNow = chosenNow || next === null;
  const blank = session.name.trim() === '';
  return (
    <form
      class="certify"
      aria-labelledby="certify-heading"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (session.busy) return;
        setTried(true);
        if (blank) document.getElementById('certify-name')?.focus();
        else submit({ sha256, seal, name: session.name.trim(), sendNow });
      }}
    >
      <h3 id="certify-heading">Certify</h3>
      <p>I certify that this statement is true, correct and complete.</p>
      <Field
        id="certify-name"
        label="Your name"
        value={session.name}
        change={session.rename}
        wrong={tried && blank ? 'Type your name: it stands under the sentence above.' : ''}
        complete="name"
      />
      {next === null ? null : (
        <fieldset>
          <legend>When</legend>
          <Choice id="when-now" label="Send it now" chosen={sendNow} choose={() => setChosenNow(true)} />
          <Choice
            id="when-clock"
            label={`Approve it; Purser sends it ${next.at === null ? 'with the next hourly check' : `on ${words.moment(next.at)}`}, if nothing has changed`}
            chosen={!sendNow}
            choose={() => setChosenNow(false)}
          />
        </fieldset>
      )}
      <div class="row">
        <Action onAct={() => undefined} off={session.busy} submits main>
          {sendNow
            ? `Certify and send ${again ? 'again ' : ''}to ${counted(recipients, 'person', 'people')}`
            : 'Certify and approve'}
        </Action>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Choice({ id, label, chosen, choose }: ChoiceProps): JSX.Element {
  return (
    <label class="choice" for={id}>
      <input id={id} type="radio" name="when" checked={chosen} onChange={choose} />
      <span>{label}</span>
    </label>
  );
}
