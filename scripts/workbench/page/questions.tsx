/** What the script asks the person; it waits for the answer. */
import { useState } from 'preact/hooks';
import type { ButtonName, QuestionView } from '../contract.ts';
import { useBench } from './bench.ts';
import { Modal } from './modal.tsx';
import { Button } from './parts.tsx';
import { RemarksHere } from './remarks.tsx';

const CAPTIONS: Readonly<Record<ButtonName, string>> = {
  CLOSE: 'Close',
  OK: 'OK',
  CANCEL: 'Cancel',
  YES: 'Yes',
  NO: 'No',
};

export function Question({ question }: { readonly question: QuestionView }) {
  const { act } = useBench();
  const [text, setText] = useState('');
  const [isAnswered, setAnswered] = useState(false);
  const answer = async (button: ButtonName) => {
    if (isAnswered) return;
    setAnswered(true);
    const { ok } = await act({ do: 'answer', question: question.id, button, text }, 'quiet');
    if (!ok) setAnswered(false);
  };
  const main = question.buttons.includes('OK') ? 'OK' : question.buttons.includes('YES') ? 'YES' : null;
  // As in Sheets, the one that goes on stands at the right.
  const inOrder = [...question.buttons].sort((a, b) => Number(a === main) - Number(b === main));
  return (
    <Modal
      title={question.title === '' ? 'Purser' : question.title}
      class="question"
      onClose={() => void answer('CLOSE')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (main !== null) void answer(main);
        }}
      >
        {question.kind === 'alert' ? (
          <p class="lines">{question.message}</p>
        ) : (
          <label class="lines">
            {question.message}
            <input value={text} autofocus onInput={(event) => setText(event.currentTarget.value)} />
          </label>
        )}
        {question.kind === 'prompt' && <RemarksHere />}
        <footer>
          {inOrder.map((button) =>
            button === main ? (
              <button key={button} type="submit" class="main" autofocus={question.kind === 'alert'}>
                {CAPTIONS[button]}
              </button>
            ) : (
              <Button key={button} onPress={() => void answer(button)}>
                {CAPTIONS[button]}
              </Button>
            ),
          )}
        </footer>
      </form>
    </Modal>
  );
}
