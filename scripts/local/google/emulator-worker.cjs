// The emulator (@emulators/google) in a thread of its own: it ships only as an ES module with an `import`
// condition, which jest's CommonJS can't load, and Node can. Required from outside, this file only says where it is.
const { isMainThread, parentPort, workerData } = require('node:worker_threads');

exports.workerFile = __filename;

async function start() {
  const [{ createServer, serializeTokenMap, restoreTokenMap }, { googlePlugin, seedFromConfig }] =
    await Promise.all([import('@emulators/core'), import('@emulators/google')]);
  const { app, store, tokenMap } = createServer(googlePlugin, {
    baseUrl: workerData.baseUrl,
    tokens: workerData.tokens,
  });
  if (workerData.state) {
    store.restore(workerData.state.store);
    restoreTokenMap(tokenMap, workerData.state.tokens);
  } else {
    seedFromConfig(store, workerData.baseUrl, workerData.seed);
  }

  if (workerData.listen) {
    const { serve } = await import('@hono/node-server');
    serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      parentPort.postMessage({ port }),
    );
    return;
  }

  parentPort.on('message', async ({ number, request, grant }) => {
    try {
      if (grant) tokenMap.set(grant.token, { login: grant.email, id: 1, scopes: grant.scopes });
      const body = ['GET', 'HEAD'].includes(request.method) ? undefined : request.body;
      const reply = await app.fetch(
        new Request(request.url, { method: request.method, headers: request.headers, body }),
      );
      parentPort.postMessage({
        number,
        status: reply.status,
        headers: Object.fromEntries(reply.headers),
        body: new Uint8Array(await reply.arrayBuffer()),
        tokens: serializeTokenMap(tokenMap),
        state: JSON.parse(JSON.stringify({ store: store.snapshot(), tokens: serializeTokenMap(tokenMap) })),
      });
    } catch (thrown) {
      parentPort.postMessage({ number, failed: String(thrown) });
    }
  });
  parentPort.postMessage({ ready: true });
}

if (!isMainThread && workerData && workerData.purserEmulator) start();
