/** A field of a form with its label, and what is wrong with it. */
import type { JSX } from 'preact';

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  /** Empty: nothing is wrong. */
  readonly wrong: string;
  readonly type?: 'text' | 'month';
  readonly complete?: 'name' | 'off';
  /** What may be chosen instead of typing. */
  readonly offers?: readonly string[];
  /** Has the focus when it appears. */
  readonly first?: boolean;
}

export function Field(props: FieldProps): JSX.Element {
  const { id, label, value, change, wrong } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={props.type ?? 'text'}
        value={value}
        list={props.offers === undefined ? undefined : `${id}-offers`}
        autocomplete={props.complete ?? 'off'}
        aria-required="true"
        aria-invalid={wrong === '' ? undefined : 'true'}
        aria-describedby={wrong === '' ? undefined : `${id}-wrong`}
        ref={props.first ? focusOnce : null}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      {props.offers === undefined ? null : (
        <datalist id={`${id}-offers`}>
          {props.offers.map((offer) => (
            <option key={offer} value={offer} />
          ))}
        </datalist>
      )}
      {wrong === '' ? null : (
        <p id={`${id}-wrong`} class="wrong">
          {wrong}
        </p>
      )}
    </div>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
