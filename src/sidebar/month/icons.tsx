/** Small drawings that stand beside words and never instead of them. */
import type { JSX } from 'preact';

const PATHS = {
  done: 'M3 8.5l3.5 3.5L13 5',
  now: 'M8 4v4l2.5 2M8 1.5a6.5 6.5 0 1 0 .01 0z',
  stopped: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.5v4.2M8 11.3v.1',
  todo: 'M8 3a5 5 0 1 0 .01 0z',
  warn: 'M8 1.8l6.6 12.2H1.4zM8 6.4v3.4M8 11.9v.1',
  info: 'M8 1.5a6.5 6.5 0 1 0 .01 0zM8 7.3v4M8 4.7v.1',
  unsure: 'M8 1.5a6.5 6.5 0 1 0 .01 0zM6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.6.3-.8.6-.8 1.2M8 11.4v.1',
  cell: 'M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.3 3v10',
  mail: 'M1.8 3.5h12.4v9H1.8zM2 4l6 5 6-5',
  file: 'M3.5 1.5h6L13 5v9.5H3.5zM9.5 1.5V5H13',
  sheet: 'M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h3',
  region: 'M8 1.5a6.5 6.5 0 1 0 .01 0zM1.6 8h12.8M8 1.5c-4 4-4 9 0 13M8 1.5c4 4 4 9 0 13',
  page: 'M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13.5 2.5L7.5 8.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
