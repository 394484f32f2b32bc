/** HtmlService: developers.google.com/apps-script/reference/html/html-service */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInContext } from 'node:vm';
import { type Execution, strict } from './execution.ts';

/** What a dialog or a sidebar was made of. */
export interface ShownHtml {
  readonly html: string;
  readonly title: string;
  readonly width: number | null;
  readonly height: number | null;
}

const outputs = new WeakMap<object, () => ShownHtml>();

/** What is in an HtmlOutput, or null when `value` is none. */
export function shownHtml(value: unknown): ShownHtml | null {
  return typeof value === 'object' && value !== null ? (outputs.get(value)?.() ?? null) : null;
}

/** Files are read from `bundleFolder`, the folder that clasp pushes. */
export function createHtmlService(
  execution: Execution,
  bundleFolder: string,
): Pick<
  GoogleAppsScript.HTML.HtmlService,
  'createHtmlOutput' | 'createHtmlOutputFromFile' | 'createTemplate' | 'createTemplateFromFile'
> {
  const file = (method: string, name: unknown): string => {
    if (typeof name !== 'string' || !/^[\w/ -]+(\.html)?$/.test(name)) {
      throw execution.signature(`HtmlService.${method}`, [name]);
    }
    const path = join(bundleFolder, name.endsWith('.html') ? name : `${name}.html`);
    if (!existsSync(path)) throw execution.exception(`No HTML file named ${name} was found.`);
    return readFileSync(path, 'utf8');
  };
  const text = (method: string, html: unknown): string => {
    if (typeof html !== 'string') throw execution.signature(`HtmlService.${method}`, [html]);
    return html;
  };
  return strict(execution, 'HtmlService', {
    createHtmlOutput: (html: unknown = '') => output(execution, text('createHtmlOutput', html)),
    createHtmlOutputFromFile: (name: unknown) => output(execution, file('createHtmlOutputFromFile', name)),
    createTemplate: (html: unknown) => template(execution, text('createTemplate', html)),
    createTemplateFromFile: (name: unknown) => template(execution, file('createTemplateFromFile', name)),
  });
}

/** …/reference/html/html-output#addMetaTag(String,String) */
const META_TAGS = [
  'apple-mobile-web-app-capable',
  'google-site-verification',
  'mobile-web-app-capable',
  'viewport',
];

function output(execution: Execution, html: string): GoogleAppsScript.HTML.HtmlOutput {
  let content = html;
  let title = '';
  let width: number | null = null;
  let height: number | null = null;
  const pixels = (method: string, value: unknown): number => {
    if (typeof value !== 'number' || !(value > 0)) throw execution.signature(`HtmlOutput.${method}`, [value]);
    return value;
  };
  const self: object = strict(execution, 'HtmlOutput', {
    addMetaTag: (name: unknown, value: unknown) => {
      if (typeof name !== 'string' || typeof value !== 'string' || !META_TAGS.includes(name)) {
        throw execution.exception('The meta tag you specified is not allowed in this context.');
      }
      return self;
    },
    append: (more: unknown) => {
      content += String(more);
      return self;
    },
    getContent: () => content,
    getHeight: () => height,
    getTitle: () => title,
    getWidth: () => width,
    setContent: (next: unknown) => {
      content = String(next);
      return self;
    },
    setHeight: (value: unknown) => {
      height = pixels('setHeight', value);
      return self;
    },
    setTitle: (value: unknown) => {
      title = String(value);
      return self;
    },
    setWidth: (value: unknown) => {
      width = pixels('setWidth', value);
      return self;
    },
  });
  outputs.set(self, () => ({ html: content, title, width, height }));
  return self as GoogleAppsScript.HTML.HtmlOutput;
}

/** Scriptlets: developers.google.com/apps-script/guides/html/templates . Properties that the script sets are variables. */
function template(execution: Execution, raw: string): GoogleAppsScript.HTML.HtmlTemplate {
  const variables: Record<string, unknown> = {};
  const evaluate = () => {
    execution.checkBudget();
    const code = `(function (__out, __escape, __variables) { with (__variables) { ${scriptletCode(raw)} } })`;
    const run = runInContext(code, execution.realm.globals) as (...parameters: unknown[]) => void;
    let html = '';
    run(
      (value: unknown) => {
        html += String(value);
      },
      escaped,
      variables,
    );
    return output(execution, html);
  };
  const members: Record<string, unknown> = { evaluate, getRawContent: () => raw };
  return new Proxy(members, {
    get: (target, key) =>
      Object.hasOwn(target, key) ? Reflect.get(target, key) : Reflect.get(variables, key),
    set: (_target, key, value) => Reflect.set(variables, key, value),
  }) as unknown as GoogleAppsScript.HTML.HtmlTemplate;
}

function scriptletCode(raw: string): string {
  return raw
    .split(/(<\?[\s\S]*?\?>)/)
    .map((part) => {
      if (part.startsWith('<?!=')) return `__out(${part.slice(4, -2)});`;
      if (part.startsWith('<?=')) return `__out(__escape(${part.slice(3, -2)}));`;
      if (part.startsWith('<?')) return `${part.slice(2, -2)}\n`;
      return `__out(${JSON.stringify(part)});`;
    })
    .join('');
}

function escaped(value: unknown): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&#34;',
    "'": '&#39;',
  };
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
