// The runner loads the suites as Node does, so somebody must tell Node of TypeScript.
import { register } from 'tsx/esm/api';

register();
