/** The workbench's page, made anew at each start of the workbench. */
import { join } from 'node:path';
import { build } from 'esbuild';

export interface PageBundle {
  /** `page/page.tsx` with all that it imports. */
  readonly script: string;
  /** The CSS that it imports. */
  readonly style: string;
}

const folder = join(import.meta.dirname, 'page');

/** @throws Error when the page does not bundle */
export async function bundlePage(): Promise<PageBundle> {
  const made = await build({
    absWorkingDir: folder,
    entryPoints: ['page.tsx'],
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const textOf = (ending: string) => {
    const file = made.outputFiles.find(({ path }) => path.endsWith(ending));
    if (file === undefined) throw new Error(`The bundler gave no file that ends with ${ending}.`);
    return file.text;
  };
  return { script: textOf('.js'), style: textOf('.css') };
}
