/** The threads of local services that one suite has ended with serve the next one of its process. */
import { keepIdleWorkers } from '../../scripts/local/network/idle-workers.ts';

keepIdleWorkers();
