/** The clock of this small world, and how to move it. */
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { useBench, waitWords } from './bench.ts';
import { momentOf, momentWords, wallClock } from './moments.ts';
import { Button, Icon } from './parts.tsx';
import { Panel } from './popups.tsx';

export function ClockPanel() {
  const { overview } = useBench();
  const { clock, timeZone } = overview;
  return (
    <Panel
      label="The clock"
      button={
        <>
          <Icon name="clock" />
          <span class="hidden">The clock: </span>
          <time dateTime={clock.now}>{momentWords(clock.now, timeZone)}</time>
        </>
      }
    >
      {() => <Moves />}
    </Panel>
  );
}

function Moves() {
  const { overview, act } = useBench();
  const { clock, timeZone } = overview;
  const [fire, setFire] = useState(true);
  const shown = wallClock(Date.parse(clock.now), timeZone);
  const [picked, setPicked] = useState(shown);
  // What was picked before the clock moved was meant from where it stood.
  useLayoutEffect(() => setPicked(shown), [shown]);
  const zoneHint = useId();
  const wait = waitWords(overview);
  const to = (at: string) => void act({ do: 'clock-to', at, fire });
  const pickedMoment = momentOf(picked, timeZone);
  const goesBack = pickedMoment !== null && pickedMoment < clock.now;
  return (
    <>
      <p>
        {momentWords(clock.now, timeZone)} <span class="soft">({timeZone})</span>
      </p>
      <label class="check">
        <input type="checkbox" checked={fire} onChange={(event) => setFire(event.currentTarget.checked)} />
        Fire the triggers that fall due on the way
      </label>
      <div class="row">
        {(['hour', 'day', 'month'] as const).map((unit) => (
          <Button key={unit} wait={wait} onPress={() => void act({ do: 'clock-by', unit, fire })}>
            {`+1 ${unit}`}
          </Button>
        ))}
      </div>
      <div class="column">
        <Button wait={wait} onPress={() => to(clock.statementDay)}>
          To the statement day: {momentWords(clock.statementDay, timeZone)}
        </Button>
        {clock.nextDue !== null && (
          <Button wait={wait} onPress={() => to(clock.nextDue ?? clock.now)}>
            To the next trigger: {momentWords(clock.nextDue, timeZone)}
          </Button>
        )}
      </div>
      <form
        class="row end"
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === null && pickedMoment !== null) to(pickedMoment);
        }}
      >
        <label>
          To another time
          <input
            type="datetime-local"
            required
            value={picked}
            aria-describedby={zoneHint}
            onInput={(event) => setPicked(event.currentTarget.value)}
          />
        </label>
        <button type="submit" {...(wait === null ? {} : { 'aria-disabled': 'true' as const, title: wait })}>
          Move
        </button>
      </form>
      <p id={zoneHint} class="soft">
        {goesBack
          ? 'That is before now: nothing fires on the way back.'
          : 'On the clocks of the workbook’s zone.'}
      </p>
    </>
  );
}
