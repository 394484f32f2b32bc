import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { parse } from 'acorn';
import { build } from '../../scripts/build.ts';

const REGIONS = ['us-east-1', 'us-west-2'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const TOY = {
  'rates.ts': `
    export const secretRate = 125n;
    export function helper(): string { return 'private'; }
    export class Rate { static count = 0; #cents = 12500; label = 'é €'; get cents(): number { return this.#cents; } }
  `,
  'main.ts': `
    import { helper, Rate, secretRate } from './rates.ts';
    export function onOpen(event: { user: string }): string {
      let label: string | undefined;
      label ??= new Rate().label;
      return \`\${event?.user} \${label} \${helper()} \${secretRate}\`;
    }
    export const runMonth = (...months: string[]): number => months.length;
    export function whoAmI(this: unknown): unknown { return this; }
    export type NotAFunction = string;
    function notExported(): void {}
    export function fails(): void { notExported(); throw new Error('as it should'); }
  `,
};

async function buildToy(files: Record<string, string> = TOY, regions: readonly string[] = REGIONS) {
  write(files);
  const outDir = join(folder, 'dist');
  const result = await build({ outDir, regions, entry: join(folder, 'main.ts') });
  return { ...result, outDir, code: readFileSync(join(outDir, 'Code.js'), 'utf8') };
}

function realmOf(code: string) {
  const realm = createContext(Object.create(null));
  const before = new Set(runInContext('Object.getOwnPropertyNames(globalThis)', realm) as string[]);
  runInContext(code, realm);
  const after = runInContext('Object.getOwnPropertyNames(globalThis)', realm) as string[];
  return { realm, added: after.filter((name) => !before.has(name)) };
}

describe('the built script', () => {
  it('is ES2020, which Apps Script parses, and pure ASCII', async () => {
    const { code } = await buildToy();
    parse(code, { ecmaVersion: 2020, sourceType: 'script' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    expect(code).toMatch(/^[\x00-\x7f]*$/);
  });

  it('shows only the listed functions and the one closure behind them', async () => {
    const { code, exports } = await buildToy();
    const { added } = realmOf(code);
    expect(exports).toEqual(['fails', 'onOpen', 'runMonth', 'whoAmI']);
    expect([...added].sort()).toEqual(['__purser', 'fails', 'onOpen', 'runMonth', 'whoAmI']);
  });

  it('declares them as top-level functions, which is how Apps Script finds them', async () => {
    const { code, exports } = await buildToy();
    const { body } = parse(code, { ecmaVersion: 2020, sourceType: 'script' });
    const declared = body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node.id.name] : []));
    expect(declared.sort()).toEqual([...exports]);
  });

  it('runs with nothing but the language, and passes arguments, results, this and errors through', async () => {
    const { realm } = realmOf((await buildToy()).code);
    const run = (source: string): unknown => runInContext(source, realm);
    expect(run(`onOpen({ user: 'ann' })`)).toBe('ann é € private 125');
    expect(run(`runMonth('2026-05', '2026-06')`)).toBe(2);
    expect(run(`const me = {}; whoAmI.call(me) === me`)).toBe(true);
    expect(() => run('fails()')).toThrow('as it should');
  });

  it('is the same, byte for byte, each time', async () => {
    const first = await buildToy();
    expect((await buildToy()).code).toBe(first.code);
  });

  it('loads without an exception of fflate’s, whose message V8 would read the whole script for', async () => {
    const outDir = join(folder, 'dist');
    await build({ outDir, regions: REGIONS });
    const code = readFileSync(join(outDir, 'Code.js'), 'utf8');
    expect(code).toContain('stream:!0');
    expect(code).not.toMatch(/try\s*\{[\w$]+\.decode\([\w$]+,\s*\{\s*stream:/);
  });

  it('says what it is, and how big it was and is', async () => {
    const longNames = Array.from({ length: 50 }, (_, index) => `rememberedNumber${index} += month.length;`);
    const declared = longNames.map((line) => `let ${line.split(' ')[0]} = 0;`);
    const main = `${declared.join('')} export function add(month: string): void { ${longNames.join('')} }`;
    const { code, bytes, minifiedBytes } = await buildToy({ 'main.ts': main });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(code.startsWith(`/* Purser ${version}.`)).toBe(true);
    expect(minifiedBytes).toBe(Buffer.byteLength(code));
    expect(minifiedBytes).toBeLessThan(bytes / 2);
  });

  it('only names its pages, which are files beside it with their script and style in place', async () => {
    const { code, outDir, pages } = await buildToy({
      'main.ts': `import page from './side/page.html'; export function sidebar(): string { return page; }`,
      'side/page.html': `<p title="$&">é</p><link rel="stylesheet" href="./page.css"><script src="./client.ts"></script>`,
      'side/page.css': 'p { color: red; }',
      'side/client.ts': `import { word } from './word.ts'; document.title = word + '</script>' as string;`,
      'side/word.ts': `export const word: string = 'hello';`,
    });
    expect(runInContext('sidebar()', realmOf(code).realm)).toBe('page');
    expect(code).not.toContain('hello');
    const page = readFileSync(join(outDir, 'page.html'), 'utf8');
    expect(pages).toEqual([{ name: 'page', bytes: Buffer.byteLength(page) }]);
    expect(page).toContain('<p title="$&">é</p><style>p{color:red}</style><script>');
    expect(page).toContain('hello');
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(page).not.toContain('src=');
    expect(readdirSync(outDir).sort()).toEqual(['Code.js', 'appsscript.json', 'page.html']);
  });

  it('comes with its pages, whole, when it was made before', async () => {
    const [anew, again] = [join(folder, 'anew'), join(folder, 'again')];
    const made = await build({ outDir: anew, regions: REGIONS });
    expect(made.pages.map(({ name }) => name)).toEqual(['accounts', 'month']);
    expect(await build({ outDir: again, regions: REGIONS, reuse: true })).toEqual(made);
    for (const file of ['month.html', 'accounts.html']) {
      expect(readFileSync(join(again, file), 'utf8')).toBe(readFileSync(join(anew, file), 'utf8'));
    }
  });
});

describe('the build refuses', () => {
  it.each([
    ['a default export', 'export default function () {}', 'exports default'],
    ['a private name', 'export function secret_() {}', 'exports secret_'],
    ['nothing to call', 'const x = 1;', 'exports nothing'],
    [
      'an export that is no function',
      'export const rate = 125;',
      'exports rate, which is no function but number',
    ],
    [
      'work at load with what is not there',
      'setTimeout(() => {}, 1); export function a() {}',
      'setTimeout is not defined',
    ],
    [
      'a missing import',
      `import { b } from './b.ts'; export function a() { return b; }`,
      'Could not resolve',
    ],
    [
      'a Node module',
      `import { join } from 'node:path'; export function a() { return join('b'); }`,
      'Could not resolve',
    ],
    ['top-level await', 'await 1; export function a() {}', 'Top-level await'],
  ])('%s, and writes nothing', async (_case, main, message) => {
    await expect(buildToy({ 'main.ts': main })).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['main.ts']);
  });

  it.each([
    [
      'another page’s, which it would write over',
      ['a/page', 'b/page'],
      /page\.html: the name page is taken by .*page\.html/,
    ],
    ['the script’s own, which a project can’t have twice', ['a/code'], 'the name code is taken'],
    ['one that Google would have to be asked about', ['a/my page'], 'a-z and hyphens only'],
  ])('a page with a name of %s', async (_case, names, message) => {
    const pages = Object.fromEntries(names.map((name) => [`${name}.html`, '<p></p>']));
    const imports = names.map((name, index) => `import page${index} from './${name}.html';`);
    const used = `export function all() { return [${names.map((_name, index) => `page${index}`)}]; }`;
    await expect(buildToy({ ...pages, 'main.ts': `${imports.join('')}${used}` })).rejects.toThrow(message);
    expect(readdirSync(folder)).not.toContain('dist');
  });

  it.each([[[]], [['']], [['us-east']], [['us-east-1/x']], [['cn-north-1']], [['us-east-1', 'US-WEST-2']]])(
    'the regions %j',
    async (regions) => {
      await expect(buildToy(TOY, regions)).rejects.toThrow(/region/i);
    },
  );
});

describe('the built manifest', () => {
  async function manifest(regions?: readonly string[]) {
    const { outDir } = await buildToy(TOY, regions);
    return JSON.parse(readFileSync(join(outDir, 'appsscript.json'), 'utf8'));
  }

  it('lets the script reach Google and the AWS regions named, once each, and nothing else', async () => {
    const { urlFetchWhitelist } = await manifest(['eu-west-1', 'us-gov-west-1', 'eu-west-1']);
    expect(urlFetchWhitelist).toEqual([
      'https://sheets.googleapis.com/',
      'https://gmail.googleapis.com/',
      'https://www.googleapis.com/',
      'https://oauth2.googleapis.com/',
      'https://openidconnect.googleapis.com/',
      'https://accounts.google.com/',
      'https://dynamodb.eu-west-1.amazonaws.com/',
      'https://sts.eu-west-1.amazonaws.com/',
      'https://dynamodb.us-gov-west-1.amazonaws.com/',
      'https://sts.us-gov-west-1.amazonaws.com/',
    ]);
  });

  it('keeps all of the manifest in the repository', async () => {
    const { urlFetchWhitelist: _list, ...rest } = await manifest();
    expect(rest).toEqual(JSON.parse(readFileSync('appsscript.json', 'utf8')));
  });

  // Scopes: developers.google.com/gmail/api/auth/scopes, /workspace/drive/api/guides/api-specific-auth
  it('asks for no scope that reads, changes or deletes more than the work needs', async () => {
    const { oauthScopes } = await manifest();
    const tooWide = [
      'https://mail.google.com/',
      'auth/drive',
      'auth/gmail.modify',
      'auth/gmail.compose',
      'auth/calendar',
    ];
    for (const scope of tooWide) expect(oauthScopes.filter((one: string) => one.endsWith(scope))).toEqual([]);
    expect(oauthScopes).toContain('openid');
  });

  it('is all that is there beside a script without pages, so that clasp pushes these two', async () => {
    const { outDir } = await buildToy();
    expect(readdirSync(outDir).sort()).toEqual(['Code.js', 'appsscript.json']);
  });
});
