/** The sidebar of the month: where the browser begins. */
import { render } from 'preact';
import { App } from './app.tsx';
import { Guarded } from './guarded.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no app.');
root.replaceChildren();
render(
  <Guarded>
    <App />
  </Guarded>,
  root,
);
