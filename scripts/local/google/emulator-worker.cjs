// The emulator (@emulators/google) in a thread of its own: it ships only as an ES module with an `import`
// condition, which jest's CommonJS can't load, and Node can. Required from outside, this file only says where it is.
const { isMainThread, parentPort, workerData } = require('node:worker_threads');

exports.workerFile = __filename;

async function start() {
  const [{ createServer }, { googlePlugin, seedFromConfig }, { serve }] = await Promise.all([
    import('@emulators/core'),
    import('@emulators/google'),
    import('@hono/node-server'),
  ]);
  const { baseUrl, tokens, seed } = workerData;
  const { app, store } = createServer(googlePlugin, { baseUrl, tokens });
  seedFromConfig(store, baseUrl, seed);
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => parentPort.postMessage({ port }));
}

if (!isMainThread && workerData && workerData.purserEmulator) start();
