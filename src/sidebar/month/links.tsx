/** Links that lead out of the sidebar. It is a frame of its own, so each opens beside it. */
import type { JSX } from 'preact';
import type { LinkView } from './contract.ts';
import type { IconName } from './icons.tsx';
import { Icon } from './icons.tsx';

const ICONS: { readonly [Kind in LinkView['kind']]: IconName } = {
  cell: 'cell',
  mail: 'mail',
  file: 'file',
  'trip-sheet': 'sheet',
  region: 'region',
  page: 'page',
};

export function Links({ links, label }: { readonly links: readonly LinkView[]; readonly label: string }) {
  if (links.length === 0) return null;
  return (
    <ul class="links" aria-label={label}>
      {links.map((link) => (
        <li key={`${link.kind} ${link.label} ${link.url}`}>
          <OneLink link={link} />
        </li>
      ))}
    </ul>
  );
}

/** An address that is not https is not followed: then only the words stand. */
function OneLink({ link }: { readonly link: LinkView }): JSX.Element {
  const inside = (
    <>
      <Icon name={ICONS[link.kind] ?? 'page'} />
      <span>{link.label}</span>
    </>
  );
  const url = safeUrl(link.url);
  if (url === null) return <span class="link-words">{inside}</span>;
  return (
    <a class="link" href={url} target="_blank" rel="noopener noreferrer">
      {inside}
      <span class="unseen"> (opens in a new tab)</span>
    </a>
  );
}

/** Null for what is not an https address. */
export function safeUrl(url: string | null): string | null {
  return url !== null && /^https:\/\/[^\s/]/i.test(url) ? url : null;
}
