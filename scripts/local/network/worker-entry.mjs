// A worker thread does not take over its parent's TypeScript loader, so it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./workspace-worker.ts');
