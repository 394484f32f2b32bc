/** What this small world began with, and how to begin anew. */
import { useState } from 'preact/hooks';
import type { SampleMonth } from '../contract.ts';
import { useBench, waitWords } from './bench.ts';
import { Button, Icon } from './parts.tsx';
import { Panel } from './popups.tsx';

const MOST_CHARTERS = 10_000;

export function SamplePanel() {
  return (
    <Panel
      label="Start again"
      button={
        <>
          <Icon name="restart" />
          Start again
        </>
      }
    >
      {(close) => <Choice onDone={close} />}
    </Panel>
  );
}

function Choice({ onDone }: { readonly onDone: () => void }) {
  const { overview, act } = useBench();
  const { sample } = overview;
  const [month, setMonth] = useState<SampleMonth>(sample.month);
  const [count, setCount] = useState(sample.generate === null ? '' : String(sample.generate));
  const [firstDay, setFirstDay] = useState(sample.firstDay);
  const wait = waitWords(overview);
  const generate = count.trim() === '' ? null : Number(count);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wait !== null) return;
        onDone();
        void act({ do: 'reset', month, generate, firstDay });
      }}
    >
      <fieldset>
        <legend>The month to send</legend>
        {(
          [
            ['2026-05', 'May 2026: clean'],
            ['2026-04', 'April 2026: held, with things to look into'],
          ] as const
        ).map(([value, words]) => (
          <label key={value} class="check">
            <input type="radio" name="month" checked={month === value} onChange={() => setMonth(value)} />
            {words}
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={firstDay}
          onChange={(event) => setFirstDay(event.currentTarget.checked)}
        />
        The first day: nothing is set up yet
      </label>
      <label>
        Generated charters in place of the sample’s (empty: none)
        <input
          type="number"
          min="1"
          max={MOST_CHARTERS}
          value={count}
          onInput={(event) => setCount(event.currentTarget.value)}
        />
      </label>
      <p>All that was done here is forgotten.</p>
      <footer>
        <Button onPress={onDone}>Cancel</Button>
        <button
          type="submit"
          class="main"
          {...(wait === null ? {} : { 'aria-disabled': 'true' as const, title: wait })}
        >
          Start again
        </button>
      </footer>
    </form>
  );
}
