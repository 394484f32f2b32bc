/** The browser of the tests is that of the pictures. */
export { openBrowser } from '../../scripts/screenshots/open-browser.ts';
