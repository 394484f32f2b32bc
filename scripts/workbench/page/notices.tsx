/** What is said for a moment: the script's toasts, what came of a deed, what went wrong. */
import { useEffect } from 'preact/hooks';
import type { Notice } from './bench.ts';
import { Close, Icon } from './parts.tsx';

interface NoticesProps {
  readonly notices: readonly Notice[];
  readonly onClose: (id: number) => void;
}

export function Notices({ notices, onClose }: NoticesProps) {
  return (
    <section class="notices" aria-label="Messages">
      <div role="status">
        {notices
          .filter(({ bad }) => !bad)
          .map((notice) => (
            <Card key={notice.id} notice={notice} onClose={() => onClose(notice.id)} />
          ))}
      </div>
      <div role="alert">
        {notices
          .filter(({ bad }) => bad)
          .map((notice) => (
            <Card key={notice.id} notice={notice} onClose={() => onClose(notice.id)} />
          ))}
      </div>
    </section>
  );
}

function Card({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }) {
  // Once for each notice.
  useEffect(() => {
    if (notice.seconds < 0) return;
    const timer = setTimeout(onClose, notice.seconds * 1000);
    return () => clearTimeout(timer);
  }, [notice.id]);
  return (
    <div class={notice.bad ? 'notice wrong' : 'notice'}>
      {notice.bad && <Icon name="alert" />}
      <p>
        {notice.title !== '' && <strong>{notice.title}</strong>}
        <span class="lines">{notice.text}</span>
      </p>
      <Close label={`Close the message ${notice.title || notice.text}`} onClose={onClose} />
    </div>
  );
}
