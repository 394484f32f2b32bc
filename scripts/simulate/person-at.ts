/** What the person in front of the workbook answers. */
import type { Answer, Question } from '../local/apps-script/spreadsheet-app.ts';

export interface Person {
  /** The month that they name. */
  readonly month: string;
  /** Of a statement that may be out, when they have looked into Sent; default: they don’t know. */
  readonly wentOut?: boolean;
  /** They look at everything, and then don’t send. */
  readonly declines?: boolean;
}

const NAME = 'Nora Whitfield';

export function personAt(person: Person): (question: Question) => Answer {
  return ({ kind, title, message, buttons }) => {
    if (kind === 'prompt') {
      if (/certif|your name/i.test(message)) {
        return person.declines === true ? { button: 'CANCEL' } : { button: 'OK', text: NAME };
      }
      return { button: 'OK', text: person.month };
    }
    if (!buttons.includes('YES')) return { button: 'OK' };
    return { button: saysYes(person, title) ? 'YES' : 'NO' };
  };
}

function saysYes({ wentOut, declines }: Person, title: string): boolean {
  if (title === 'Did it go out?') return wentOut === true;
  if (title === 'Send again?') return wentOut === false;
  return declines !== true;
}
