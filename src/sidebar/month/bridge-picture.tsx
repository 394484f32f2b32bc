/** The way from gross to recorded revenue as a waterfall that lies on its side: so its words have room. */
import type { JSX } from 'preact';
import { bridgeBars } from './charts.ts';
import type { BridgeStep } from './contract.ts';
import { Hatch } from './history-picture.tsx';
import type { Wording } from './words.ts';

interface BridgeProps {
  readonly steps: readonly BridgeStep[];
  readonly words: Wording;
}

const WIDTH = 268;
const ROW = 33;
const BAR_TOP = 18;
const BAR_HIGH = 9;
/** Across a bar that does not begin at nought. */
const TORN = 'M10 16l3 4-3 3 3 4-3 3';
const LONGEST_LABEL = 30;

export function BridgeChart({ steps, words }: BridgeProps): JSX.Element {
  const { bars, fromCents } = bridgeBars(steps, WIDTH);
  return (
    <div class="chart" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} class="drawing" aria-hidden="true">
        <Hatch id="hatch-bridge" />
        {bars.slice(1).map(({ label }, index) => {
          const end = bars[index]?.end ?? 0;
          const top = index * ROW + BAR_TOP + BAR_HIGH;
          return <line key={label} x1={end} x2={end} y1={top} y2={top + ROW - BAR_HIGH} class="thread" />;
        })}
        {bars.map(({ label, cents, kind, x, width }, index) => (
          <g key={label} transform={`translate(0 ${index * ROW})`}>
            <text x={0} y={12} class={kind === 'total' ? 'label strong' : 'label'}>
              {label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label}
            </text>
            <text x={WIDTH} y={12} class={kind === 'total' ? 'label amount strong' : 'label amount'}>
              {words.money(cents, kind !== 'total')}
            </text>
            <rect x={x} y={BAR_TOP} width={width} height={BAR_HIGH} class={`step-bar ${kind}`} />
            {fromCents > 0 && kind === 'total' ? <path d={TORN} class="torn" /> : null}
          </g>
        ))}
      </svg>
      {fromCents > 0 ? <p class="soft">The bars begin at {words.money(fromCents)}, not at nought.</p> : null}
    </div>
  );
}

export function BridgeTable({ steps, words }: BridgeProps): JSX.Element {
  return (
    <table>
      <caption class="unseen">The steps from gross to recorded revenue</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ label, cents, kind }) => (
          <tr key={label} class={kind === 'total' ? 'strong' : ''}>
            <th scope="row">{label}</th>
            <td>{words.money(cents, kind !== 'total')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
