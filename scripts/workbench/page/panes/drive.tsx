/** The owner's Drive: folders and files. */
import { useEffect, useRef } from 'preact/hooks';
import type { DriveFileView } from '../../contract.ts';
import { useAsked, useBench } from '../bench.ts';
import { bytesWords, shortMoment } from '../moments.ts';
import { Icon, Shown } from '../parts.tsx';

interface Placed {
  readonly file: DriveFileView;
  readonly depth: number;
}

/** @param wish id of the file that a link asked for */
export function Drive({ wish }: { readonly wish: string | null }) {
  const { overview } = useBench();
  const asked = useAsked<readonly DriveFileView[]>('/api/drive', overview.revisions.drive);
  return (
    <Shown asked={asked} what="Drive">
      {(files) =>
        files.length === 0 ? <p class="soft pad">Drive is empty.</p> : <Files files={files} wish={wish} />
      }
    </Shown>
  );
}

function Files({ files, wish }: { readonly files: readonly DriveFileView[]; readonly wish: string | null }) {
  const { overview } = useBench();
  const wanted = useRef<HTMLTableRowElement>(null);
  // Once for each wish.
  useEffect(() => wanted.current?.scrollIntoView({ block: 'center' }), [wish]);
  return (
    <table class="list">
      <caption class="hidden">Files and folders in Drive</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Changed</th>
          <th scope="col">Size</th>
          <th scope="col">Made by</th>
          <th scope="col">SHA-256 and notes</th>
        </tr>
      </thead>
      <tbody>
        {inOrder(files).map(({ file, depth }) => (
          <tr key={file.id} ref={file.id === wish ? wanted : null} class={file.id === wish ? 'wanted' : ''}>
            <th scope="row" style={{ paddingLeft: 12 + depth * 20 }}>
              <Icon name={file.isFolder ? 'folder' : 'file'} />
              {file.url === null ? (
                file.name
              ) : (
                <a href={file.url} download={file.name} title="Download">
                  {file.name}
                </a>
              )}
              {file.trashed && <span class="chip">in the trash</span>}
            </th>
            <td>{shortMoment(file.modified, overview.timeZone)}</td>
            <td class="number">{file.bytes === null ? '' : bytesWords(file.bytes)}</td>
            <td>{file.byApp ? 'Purser' : 'a person'}</td>
            <td>
              <Notes file={file} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Notes({ file }: { readonly file: DriveFileView }) {
  if (file.sha256 === null && file.notes.length === 0) return null;
  return (
    <details>
      <summary>
        {file.sha256 === null ? 'Notes' : <code>{file.sha256.slice(0, 12)}</code>}
        <span class="hidden"> of {file.name}</span>
      </summary>
      {file.sha256 !== null && <code class="whole">{file.sha256}</code>}
      <ul>
        {file.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

/** Folders with what is in them; what has lost its folder stands at the top. */
function inOrder(files: readonly DriveFileView[]): readonly Placed[] {
  const ids = new Set(files.map(({ id }) => id));
  const inside = new Map<string | null, DriveFileView[]>();
  for (const file of files) {
    const parent = file.parent !== null && ids.has(file.parent) ? file.parent : null;
    inside.set(parent, [...(inside.get(parent) ?? []), file]);
  }
  const placed: Placed[] = [];
  const place = (parent: string | null, depth: number) => {
    const here = [...(inside.get(parent) ?? [])];
    here.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name));
    for (const file of here) {
      placed.push({ file, depth });
      place(file.id, depth + 1);
    }
  };
  place(null, 0);
  return placed;
}
