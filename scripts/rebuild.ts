/** `npm run rebuild`: a statement and its register row made again from its evidence file. */
import { rebuildFile, USAGE } from './rebuild/rebuild-file.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(USAGE);
else process.exitCode = rebuildFile(args, console.log, console.error);
