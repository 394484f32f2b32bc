/**
 * SpreadsheetApp, as far as Purser goes: which workbook, and its user interface. Cells go over the Sheets API.
 * developers.google.com/apps-script/reference/spreadsheet/spreadsheet-app and …/reference/base/ui
 */
import { type Enumerated, type Execution, enumeration, strict } from './execution.ts';
import { shownHtml } from './html-service.ts';

export interface WorkbookInfo {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
}

export type ButtonName = 'CLOSE' | 'OK' | 'CANCEL' | 'YES' | 'NO';

/** What a person is asked by `alert` or `prompt`. */
export interface Question {
  readonly kind: 'alert' | 'prompt';
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly ButtonName[];
}

/** The button that the person presses, and for a prompt what they typed. */
export interface Answer {
  readonly button: ButtonName;
  readonly text?: string;
}

/** What the person in front of the workbook saw, in order. */
export type Shown =
  | {
      readonly kind: 'dialog' | 'sidebar';
      readonly title: string;
      readonly html: string;
      readonly width: number | null;
      readonly height: number | null;
    }
  | { readonly kind: 'toast'; readonly title: string; readonly text: string; readonly seconds: number }
  | {
      readonly kind: 'alert' | 'prompt';
      readonly title: string;
      readonly message: string;
      readonly answer: Answer;
    };

export interface MenuItem {
  readonly caption: string;
  /** Null for a submenu. */
  readonly functionName: string | null;
  readonly items: readonly MenuItem[];
}

export interface SpreadsheetAppOptions {
  readonly workbook: WorkbookInfo;
  readonly answers: ((question: Question) => Answer) | null;
  readonly shown: Shown[];
  /** Menus by caption; a menu of the same name replaces the one before. */
  readonly menus: Map<string, readonly MenuItem[]>;
  readonly isCallable: (functionName: string) => boolean;
}

const UI_SCOPE = 'script.container.ui';
const Button = enumeration(['CLOSE', 'OK', 'CANCEL', 'YES', 'NO']);
const ButtonSet = enumeration(['OK', 'OK_CANCEL', 'YES_NO', 'YES_NO_CANCEL']);
const BUTTONS_OF: ReadonlyMap<unknown, readonly ButtonName[]> = new Map<Enumerated, readonly ButtonName[]>([
  [ButtonSet.OK, ['OK']],
  [ButtonSet.OK_CANCEL, ['OK', 'CANCEL']],
  [ButtonSet.YES_NO, ['YES', 'NO']],
  [ButtonSet.YES_NO_CANCEL, ['YES', 'NO', 'CANCEL']],
]);
const DEFAULT_TOAST_SECONDS = 5;

export function createSpreadsheetApp(execution: Execution, options: SpreadsheetAppOptions): object {
  const { workbook, shown } = options;
  const active = () => {
    execution.needScope('SpreadsheetApp.getActiveSpreadsheet', 'spreadsheets.currentonly', 'spreadsheets');
    // "Returns null if there is none": in a web app nobody opened the workbook, so nothing may rest on it.
    if (!execution.hasDocument) return null;
    return strict(execution, 'Spreadsheet', {
      getId: () => workbook.id,
      getName: () => workbook.name,
      getSpreadsheetLocale: () => workbook.locale,
      getSpreadsheetTimeZone: () => workbook.timeZone,
      getUrl: () => `https://docs.google.com/spreadsheets/d/${workbook.id}/edit`,
      toast: (message: unknown, title: unknown = '', seconds: unknown = DEFAULT_TOAST_SECONDS) => {
        if (typeof seconds !== 'number')
          throw execution.signature('SpreadsheetApp.Spreadsheet.toast', [message, title, seconds]);
        // Nobody sees a toast in a trigger; Google says nothing about it.
        if (!isUnattended(execution))
          shown.push({ kind: 'toast', title: String(title), text: String(message), seconds });
      },
    });
  };
  return strict(execution, 'SpreadsheetApp', {
    flush: () => undefined,
    getActive: active,
    getActiveSpreadsheet: active,
    getUi: () => {
      if (isUnattended(execution))
        throw execution.exception('Cannot call SpreadsheetApp.getUi() from this context.');
      return createUi(execution, options);
    },
  });
}

/** Nobody sits in front of the workbook. */
function isUnattended({ mode }: Execution): boolean {
  return mode === 'trigger' || mode === 'callback' || mode === 'web-app';
}

function createUi(execution: Execution, options: SpreadsheetAppOptions): object {
  const { shown } = options;
  const allowed = (method: string) => {
    execution.needAuthorization(`Ui.${method}`);
    execution.needScope(`Ui.${method}`, UI_SCOPE);
  };
  const ask = (kind: 'alert' | 'prompt', parameters: readonly unknown[]): Answer => {
    allowed(kind);
    const [first, second, third] = parameters;
    const [title, message, set] =
      parameters.length >= 3 ? [first, second, third] : ['', first, second ?? ButtonSet.OK];
    const buttons = BUTTONS_OF.get(set);
    if (typeof message !== 'string' || typeof title !== 'string' || buttons === undefined) {
      throw execution.signature(`Ui.${kind}`, parameters);
    }
    const { answers } = options;
    if (answers === null) throw execution.defect(`Nobody is there to answer: ${title} ${message}`);
    const answer = execution.calls.make('dialog', `${kind} ${title}`, () =>
      answers({ kind, title, message, buttons }),
    );
    if (answer.button !== 'CLOSE' && !buttons.includes(answer.button)) {
      throw execution.defect(`There is no button ${answer.button} on: ${title} ${message}`);
    }
    shown.push({ kind, title, message, answer });
    return answer;
  };
  const show = (kind: 'dialog' | 'sidebar', method: string, content: unknown, title: string | null) => {
    allowed(method);
    const html = shownHtml(content);
    if (html === null) throw execution.signature(`Ui.${method}`, [content]);
    const { width, height } = html;
    execution.calls.make('dialog', `${kind} ${title ?? html.title}`, () => {
      shown.push({ kind, html: html.html, title: title ?? html.title, width, height });
    });
  };
  return strict(execution, 'Ui', {
    Button,
    ButtonSet,
    alert: (...parameters: unknown[]) => Button[ask('alert', parameters).button],
    prompt: (...parameters: unknown[]) => {
      const answer = ask('prompt', parameters);
      return strict(execution, 'PromptResponse', {
        getResponseText: () => answer.text ?? '',
        getSelectedButton: () => Button[answer.button],
      });
    },
    createAddonMenu: () => menu(execution, options, options.workbook.name),
    createMenu: (caption: unknown) => {
      if (typeof caption !== 'string') throw execution.signature('Ui.createMenu', [caption]);
      return menu(execution, options, caption);
    },
    showModalDialog: (content: unknown, title: unknown) => {
      if (typeof title !== 'string') throw execution.signature('Ui.showModalDialog', [content, title]);
      show('dialog', 'showModalDialog', content, title);
    },
    showSidebar: (content: unknown) => show('sidebar', 'showSidebar', content, null),
  });
}

const menuParts = new WeakMap<object, { readonly caption: string; readonly items: readonly MenuItem[] }>();

function menu(execution: Execution, options: SpreadsheetAppOptions, caption: string): object {
  const items: MenuItem[] = [];
  const self: object = strict(execution, 'Menu', {
    addItem: (text: unknown, functionName: unknown) => {
      if (typeof text !== 'string' || typeof functionName !== 'string') {
        throw execution.signature('Menu.addItem', [text, functionName]);
      }
      // Google finds out when the person chooses it; here a slip must not wait for that.
      if (!options.isCallable(functionName))
        throw execution.exception(`Script function not found: ${functionName}`);
      items.push({ caption: text, functionName, items: [] });
      return self;
    },
    addSeparator: () => self,
    addSubMenu: (sub: unknown) => {
      const parts = typeof sub === 'object' && sub !== null ? menuParts.get(sub) : undefined;
      if (parts === undefined) throw execution.signature('Menu.addSubMenu', [sub]);
      items.push({ caption: parts.caption, functionName: null, items: parts.items });
      return self;
    },
    addToUi: () => {
      options.menus.set(caption, items);
    },
  });
  menuParts.set(self, { caption, items });
  return self;
}
