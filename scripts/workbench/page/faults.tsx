/** What can go wrong in this small world, to be switched on. */
import { useEffect, useState } from 'preact/hooks';
import type { FaultView } from '../contract.ts';
import { useBench } from './bench.ts';
import { Button, Icon } from './parts.tsx';
import { Panel } from './popups.tsx';

export function FaultsPanel() {
  const { overview, act } = useBench();
  const { faults, network } = overview;
  const count = faults.filter(({ on }) => on).length + (network.slow ? 1 : 0);
  return (
    <Panel
      label="Faults"
      class={count > 0 ? 'alarmed' : ''}
      button={
        <>
          <Icon name="bolt" />
          {count === 0 ? 'Faults' : count === 1 ? '1 fault' : `${count} faults`}
        </>
      }
    >
      {() => (
        <>
          <p class="soft">What is on stays on until you switch it off.</p>
          <ul class="switch-list">
            {faults.map((fault) => (
              <Fault key={fault.id} fault={fault} />
            ))}
            <li>
              <Switch
                label="Slow network"
                words="Each call takes as long as it would at Google."
                on={network.slow}
                onSwitch={(slow) => void act({ do: 'network', slow, factor: network.factor }, 'quiet')}
              />
              {network.slow && <Slowness />}
            </li>
          </ul>
        </>
      )}
    </Panel>
  );
}

function Fault({ fault }: { readonly fault: FaultView }) {
  const { act } = useBench();
  const set = (on: boolean) =>
    void act({ do: 'fault', id: fault.id, on }, fault.isOnce ? undefined : 'quiet');
  return (
    <li>
      {fault.isOnce ? (
        <div class="switch">
          <span>
            <strong>{fault.label}</strong>
            <span class="soft">{fault.words}</span>
          </span>
          <Button
            label={`Do it: ${fault.label}`}
            wait={fault.on ? 'It has happened.' : null}
            onPress={() => set(true)}
          >
            {fault.on ? 'Done' : 'Do it'}
          </Button>
        </div>
      ) : (
        <Switch label={fault.label} words={fault.words} on={fault.on} onSwitch={set} />
      )}
    </li>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly words: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
}

function Switch({ label, words, on, onSwitch }: SwitchProps) {
  return (
    <label class="switch">
      <span>
        <strong>{label}</strong>
        <span class="soft">{words}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
    </label>
  );
}

function Slowness() {
  const { overview, act } = useBench();
  const { factor, slow } = overview.network;
  const [shown, setShown] = useState(factor);
  useEffect(() => setShown(factor), [factor]);
  return (
    <label class="slowness">
      {`Google’s time × ${shown}`}
      <input
        type="range"
        min="0.1"
        max="5"
        step="0.1"
        value={shown}
        onInput={(event) => setShown(Number(event.currentTarget.value))}
        onChange={(event) =>
          void act({ do: 'network', slow, factor: Number(event.currentTarget.value) }, 'quiet')
        }
      />
    </label>
  );
}
