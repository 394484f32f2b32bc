/** A real browser for tests and pictures: Chromium out of an npm package on Linux, elsewhere the Chrome that is installed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.cache', 'chromium-153.0.0');

/** Launched in 0.3 s; the very first one also unpacks it, in 2 s. Whoever opens it closes it. */
export function openBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return chromium.launch({ channel: 'chrome' });
  }
  if (!existsSync(folder)) unpack();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu'],
    // A bare system has neither the libraries nor a font.
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

/**
 * Into our own cache, and put there whole: the package would leave it in the system's folder for temporary files, where
 * a half that an interrupted process left behind is taken for all of it.
 */
function unpack(): void {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  // In a process of its own: the package reads TMPDIR as it is loaded.
  const code = `
    import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    env: { ...process.env, TMPDIR: fresh },
  });
  writeFileSync(join(fresh, 'fonts.conf'), fontsConfig);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another process was quicker.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** The fonts of the package behind those of the system. */
const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
