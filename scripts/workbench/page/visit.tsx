/** Where links of the product lead that this page can't show as it is. */
import { useState } from 'preact/hooks';
import type { ActResult } from '../contract.ts';
import type { Place } from '../place.ts';
import { useBench, waitWords } from './bench.ts';
import { Modal } from './modal.tsx';
import { Button } from './parts.tsx';

type Elsewhere = Extract<Place, { readonly url: string }>;

export function Visit({ place, onClose }: { readonly place: Elsewhere; readonly onClose: () => void }) {
  if (place.at === 'elsewhere') {
    return (
      <Modal title="A link out of the workbench" onClose={onClose}>
        <p>The workbench has no network. In the real workbook this link leads to:</p>
        <p class="address">{place.url}</p>
        <footer>
          <Button kind="main" onPress={onClose}>
            Close
          </Button>
        </footer>
      </Modal>
    );
  }
  return <SignIn place={place} onClose={onClose} />;
}

/** Google's sign-in page, and the page where it ends. */
function SignIn({ place, onClose }: { readonly place: Elsewhere; readonly onClose: () => void }) {
  const { overview, act } = useBench();
  const { mailboxes, user } = overview;
  const [as, setAs] = useState(
    mailboxes.find(({ address }) => address !== user.email)?.address ?? user.email,
  );
  const [page, setPage] = useState<ActResult['page']>(null);
  const [isGoing, setGoing] = useState(false);
  const go = async (decline: boolean) => {
    setGoing(true);
    const reply = await act({ do: 'visit', url: place.url, as, decline }, 'quiet');
    setGoing(false);
    if (!reply.ok) return;
    if (reply.value.page === null) onClose();
    else setPage(reply.value.page);
  };
  if (page !== null) {
    return (
      <Modal key="end" title={page.title === '' ? 'The page at the end' : page.title} onClose={onClose}>
        <p class="lines">{page.text}</p>
        <footer>
          <Button kind="main" autofocus onPress={onClose}>
            Close
          </Button>
        </footer>
      </Modal>
    );
  }
  const wait = isGoing ? 'It is on its way.' : waitWords(overview);
  return (
    <Modal title={place.at === 'sign-in' ? 'Sign in with Google' : 'The web app'} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === null) void go(false);
        }}
      >
        <fieldset>
          <legend>Choose an account</legend>
          {mailboxes.map(({ address, name }) => (
            <label key={address} class="check">
              <input type="radio" name="account" checked={as === address} onChange={() => setAs(address)} />
              <span>
                {name} <span class="soft">{address}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label>
          Its address; any other will do
          <input type="email" required value={as} onInput={(event) => setAs(event.currentTarget.value)} />
        </label>
        <footer>
          <Button wait={wait} onPress={() => void go(true)}>
            Decline
          </Button>
          <button
            type="submit"
            class="main"
            {...(wait === null ? {} : { 'aria-disabled': 'true' as const, title: wait })}
          >
            Allow
          </button>
        </footer>
      </form>
    </Modal>
  );
}
