/** The threads of local services and the realms of scripts that one suite has ended with serve the next of its process. */
import { keepRealms } from '../../scripts/local/apps-script/realms.ts';
import { keepIdleWorkers } from '../../scripts/local/network/idle-workers.ts';

keepIdleWorkers();
keepRealms();
