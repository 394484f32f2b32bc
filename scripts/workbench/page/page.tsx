/** Where the browser begins. */
import { render } from 'preact';
import { App } from './app.tsx';
import './styles/page.css';
import './styles/desk.css';
import './styles/dialogs.css';
import './styles/layers.css';
import './styles/grid.css';
import './styles/panes.css';

const place = document.getElementById('workbench');
if (place !== null) render(<App />, place);
