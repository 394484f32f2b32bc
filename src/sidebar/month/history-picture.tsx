/** Twelve months as bars, each beside the same month of the year before, and guests under them. */
import type { JSX } from 'preact';
import type { MonthPair } from './charts.ts';
import { barUp, initialOf, roundTop } from './charts.ts';
import type { HistoryMonth } from './contract.ts';
import type { Wording } from './words.ts';
import { compared, count } from './words.ts';

interface HistoryProps {
  readonly pairs: readonly MonthPair[];
  readonly words: Wording;
}

/** In units of the drawing, which are pixels in a sidebar of 300. */
const WIDTH = 268;
const LEFT = 34;
const SLOT = (WIDTH - LEFT) / 12;
const BAR = 7;
const REVENUE = { base: 118, high: 100 } as const;
const GUESTS = { base: 188, high: 44 } as const;

/** One sentence for revenue, one for guests; what can’t be compared is only told. */
export function historyWords(pairs: readonly MonthPair[], words: Wording): readonly string[] {
  const last = pairs[pairs.length - 1];
  if (last === undefined || last.now === null) return [];
  const { now, before } = last;
  const revenue = words.money(now.reportableCents);
  const guests = `${count(now.guests)} guests`;
  if (before === null) return [`${now.label}: ${revenue} and ${guests}.`];
  const more = compared(now.reportableCents, before.reportableCents);
  const moreGuests = compared(now.guests, before.guests);
  return [
    more === null
      ? `${now.label}: ${revenue}.`
      : `${now.label}: ${revenue}, ${more} in ${before.label} (${words.money(before.reportableCents)}).`,
    moreGuests === null
      ? `${guests}.`
      : `${guests}, ${moreGuests} in ${before.label} (${count(before.guests)}).`,
  ];
}

export function HistoryChart({ pairs, words }: HistoryProps): JSX.Element {
  const known = pairs.flatMap(({ now, before }) => [now, before]).filter((one) => one !== null);
  const topCents = roundTop(Math.max(0, ...known.map((one) => one.reportableCents)));
  const topGuests = roundTop(Math.max(0, ...known.map((one) => one.guests)));
  return (
    <div class="chart" aria-hidden="true">
      <ul class="legend">
        <li>
          <span class="swatch this" /> this year
        </li>
        <li>
          <span class="swatch last" /> a year before
        </li>
      </ul>
      <svg viewBox={`0 0 ${WIDTH} 206`} class="drawing" aria-hidden="true">
        <Hatch id="hatch-history" />
        <Scale {...REVENUE} top={words.shortMoney(topCents)} half={words.shortMoney(topCents / 2)} />
        <Bars pairs={pairs} value={(one) => one.reportableCents} most={topCents} {...REVENUE} />
        <text x={0} y={GUESTS.base - GUESTS.high - 9} class="axis">
          Guests
        </text>
        <Scale {...GUESTS} top={count(topGuests)} half={null} />
        <Bars pairs={pairs} value={(one) => one.guests} most={topGuests} {...GUESTS} />
        {pairs.map(({ month }, index) => (
          <text
            key={month}
            x={LEFT + SLOT * (index + 0.5)}
            y={202}
            class={index === pairs.length - 1 ? 'axis month strong' : 'axis month'}
          >
            {initialOf(month)}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface ScaleProps {
  readonly base: number;
  readonly high: number;
  readonly top: string;
  readonly half: string | null;
}

function Scale({ base, high, top, half }: ScaleProps): JSX.Element {
  const line = (y: number, label: string | null) => (
    <>
      <line x1={LEFT} x2={WIDTH} y1={y} y2={y} class={y === base ? 'base' : 'grid'} />
      {label === null ? null : (
        <text x={LEFT - 4} y={y + 3.5} class="axis amount">
          {label}
        </text>
      )}
    </>
  );
  return (
    <g>
      {line(base, '0')}
      {half === null ? null : line(base - high / 2, half)}
      {line(base - high, top)}
    </g>
  );
}

interface BarsProps {
  readonly pairs: readonly MonthPair[];
  readonly value: (month: HistoryMonth) => number;
  readonly most: number;
  readonly base: number;
  readonly high: number;
}

function Bars({ pairs, value, most, base, high }: BarsProps): JSX.Element {
  return (
    <g>
      {pairs.map(({ month, now, before }, index) => {
        const left = LEFT + SLOT * index + (SLOT - 2 * BAR - 1) / 2;
        const chosen = index === pairs.length - 1;
        return (
          <g key={month}>
            {before === null ? null : (
              <rect {...barUp(value(before), most, left, BAR, base, high)} class="bar-last" />
            )}
            {now === null ? null : (
              <rect
                {...barUp(value(now), most, left + BAR + 1, BAR, base, high)}
                class={chosen ? 'bar-this chosen' : 'bar-this'}
              />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Stripes: a bar of another kind is known by them and not by its color alone. */
export function Hatch({ id }: { readonly id: string }): JSX.Element {
  return (
    <defs>
      <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4" height="4" class="hatch-ground" />
        <line x1="0" y1="0" x2="0" y2="4" class="hatch-line" />
      </pattern>
    </defs>
  );
}

export function HistoryTable({ pairs, words }: HistoryProps): JSX.Element {
  const money = (one: HistoryMonth | null) => (one === null ? '–' : words.money(one.reportableCents));
  const guests = (one: HistoryMonth | null) => (one === null ? '–' : count(one.guests));
  return (
    <table class="figures-only">
      <caption class="unseen">Reportable revenue and guests, each month and the same a year before</caption>
      <thead>
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Revenue</th>
          <th scope="col">Year before</th>
          <th scope="col">Guests</th>
          <th scope="col">Year before</th>
        </tr>
      </thead>
      <tbody>
        {pairs
          .filter(({ now, before }) => now !== null || before !== null)
          .map(({ month, now, before }) => (
            <tr key={month}>
              <th scope="row">{month}</th>
              <td>{money(now)}</td>
              <td>{money(before)}</td>
              <td>{guests(now)}</td>
              <td>{guests(before)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
