/**
 * `npm run script-id -- SCRIPT_ID_OR_URL`: puts the id of somebody's own Apps Script project into `.clasp.json`,
 * where a placeholder stands in a fresh clone. `clasp create-script` and `clasp clone-script` both refuse to work
 * beside a `.clasp.json`, so the id comes from the editor.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PLACEHOLDER_SCRIPT_ID = 'put-the-id-of-your-script-here';

export type ScriptIdReading = { readonly id: string } | { readonly problem: string };

/** The exit code, and what to print; `problem` goes to stderr. */
export interface ScriptIdOutcome {
  readonly exitCode: 0 | 1 | 64;
  readonly words: string;
}

/** Script ids have 57 characters today; Google promises no length, so near it is enough. */
const SCRIPT_ID = /^[A-Za-z0-9_-]{50,65}$/;
/** The id follows `/d/` or `/projects/` in the editor's address, whichever account or domain stands before. */
const EDITOR_PATH = /^(?:\/a\/[^/]+)?(?:\/u\/\d+)?(?:\/macros)?(?:\/d|\/home\/projects)\/([^/]+)(?:\/.*)?$/;

/**
 * The script id in what a person pasted: the id itself, or the address of the script's editor
 * (`https://script.google.com/d/ID/edit`, `https://script.google.com/home/projects/ID/edit`).
 */
export function readScriptId(pasted: string): ScriptIdReading {
  const text = pasted.trim();
  if (text === '') return { problem: 'There is no script id.' };
  if (text === PLACEHOLDER_SCRIPT_ID)
    return { problem: 'That is the placeholder, not the id of your script.' };
  if (/^[a-z]+:\/\//i.test(text)) return readUrl(text);
  return readId(text);
}

function readUrl(text: string): ScriptIdReading {
  if (!URL.canParse(text)) return { problem: `“${cut(text)}” is not an address.` };
  const url = new URL(text);
  if (url.hostname === 'docs.google.com') {
    return {
      problem:
        'That is the address of the workbook, not of its script. In the workbook choose Extensions › Apps Script.',
    };
  }
  if (url.protocol !== 'https:' || url.hostname !== 'script.google.com') {
    return { problem: `“${cut(text)}” is not an address at https://script.google.com/.` };
  }
  if (url.pathname.includes('/macros/s/')) {
    return { problem: 'That is the address of a deployment. Paste the address of the script’s editor.' };
  }
  const id = EDITOR_PATH.exec(url.pathname)?.[1];
  return id === undefined
    ? { problem: `“${cut(text)}” is not the address of a script’s editor.` }
    : readId(id);
}

function readId(id: string): ScriptIdReading {
  if (SCRIPT_ID.test(id)) return { id };
  if (/^[A-Za-z0-9_-]{44}$/.test(id)) {
    return { problem: `“${id}” has 44 characters, as a workbook’s id has. A script’s id has 57.` };
  }
  if (/^AKfycb/.test(id))
    return { problem: `“${cut(id)}” is the id of a deployment. A script’s id has 57 characters.` };
  return {
    problem: `“${cut(id)}” is not a script id: 57 letters, digits, “-” and “_”; this has ${[...id].length} characters.`,
  };
}

/**
 * Reads what was pasted and writes the id into the file; its other keys stay.
 *
 * @param args what stands behind the command
 * @param file the path of `.clasp.json`; made when it isn't there
 */
export function setScriptId(args: readonly string[], file: string): ScriptIdOutcome {
  const [pasted, ...more] = args;
  if (pasted === undefined || more.length > 0) {
    return {
      exitCode: 64,
      words: `One script id, or the address of the script’s editor, is needed.\n${WHERE}`,
    };
  }
  const reading = readScriptId(pasted);
  if ('problem' in reading)
    return { exitCode: 64, words: `${reading.problem} Nothing was changed.\n${WHERE}` };
  const before = existsSync(file) ? readProject(file) : { rootDir: 'dist' };
  if (before === null) {
    return {
      exitCode: 1,
      words: `${file} is not a JSON object, so it is left as it is. Restore it, then run this again.`,
    };
  }
  const { scriptId: old } = before;
  writeFileSync(file, `${JSON.stringify({ ...before, scriptId: reading.id }, null, 2)}\n`);
  const replaced =
    typeof old === 'string' && old !== PLACEHOLDER_SCRIPT_ID && old !== reading.id ? `It was ${old}.\n` : '';
  return { exitCode: 0, words: `The script id in .clasp.json is ${reading.id}\n${replaced}${NEXT}` };
}

const WHERE =
  'Find it in the workbook: Extensions › Apps Script › Project Settings › Script ID; or copy the editor’s address.\n' +
  'Then: npm run script-id -- SCRIPT_ID_OR_URL';

const NEXT = [
  'Next:',
  '  npx clasp login            once; it opens the browser',
  '  npm run build              makes dist/ (-- --regions eu-west-1,eu-central-1 for other AWS regions)',
  '  npx clasp show-file-status lists the script, its two pages and appsscript.json in dist/, nothing else',
  '  npx clasp push --force     replaces what the script has, its manifest too',
  'Then open the workbook anew and choose Purser › Set up….',
].join('\n');

function readProject(file: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Jest runs this file as CommonJS, everything else as an ES module. */
const thisFile = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);
// Run by node itself or by the bootstrap, which names the script after itself.
const position = process.argv.slice(0, 3).findIndex((argument) => resolve(argument) === thisFile);
if (position > 0) {
  const file = join(dirname(dirname(thisFile)), '.clasp.json');
  const { exitCode, words } = setScriptId(process.argv.slice(position + 1), file);
  if (exitCode === 0) console.log(words);
  else console.error(words);
  process.exitCode = exitCode;
}
