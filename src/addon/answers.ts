/** What a run asks of the person in front of the workbook, as dialogs. */
import type { Ui } from '../host/host.ts';
import { certificationQuestion } from '../run/certification-question.ts';
import type { RunRequest } from '../run/month-run.ts';
import { didItGoOutWords, sendAgainWords, waitWords } from '../run/words.ts';
import { monthLabel } from '../statement/month.ts';

/** For a run, by a person, of any kind of statement. */
export function answersOf(ui: Ui): Pick<RunRequest, 'approve' | 'resolve' | 'adopt'> {
  return {
    approve: (ready) => ui.ask(`Statement for ${monthLabel(ready.month)}`, certificationQuestion(ready), ''),
    resolve: (unknown, mayBeSentAgain) => {
      if (ui.confirm('Did it go out?', didItGoOutWords(unknown))) return 'sent';
      if (!mayBeSentAgain) {
        ui.tell('Not yet', waitWords(unknown));
        return null;
      }
      return ui.confirm('Send again?', sendAgainWords(unknown)) ? 'again' : null;
    },
    adopt: (words) => ui.confirm('Is this the workbook that sends?', words),
  };
}
