/**
 * A page of the script as Google serves it: in a sandbox, with google.script.run and google.script.host
 * (developers.google.com/apps-script/guides/html/reference/run and …/reference/host).
 */

/** As the page’s CSP and as the attribute of its iframe: scripts, forms, dialogs and new windows, no origin of its own. */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-modals';

/** @param origin of the workbench, as the browser names it */
export function framePolicy(origin: string): string {
  return [
    `sandbox ${SANDBOX}`,
    "default-src 'none'",
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    `connect-src ${origin}/frame-call`,
    `frame-ancestors ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * @param key lets this page, and nothing else of the workbench, call the script
 * @param nowIso what the workbench's clock says: the page's clocks go on from there
 */
export function framePage(
  html: string,
  origin: string,
  frame: number,
  key: string,
  nowIso: string | null,
): string {
  const values = JSON.stringify({ url: `${origin}/frame-call`, origin, frame, key, nowIso });
  const script = `<script>(${SHIM})(${values.replaceAll('<', '\\u003c')})</script>`;
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  return `${doctype}${script}${html.slice(doctype.length)}`;
}

/** Runs in the page, before all of its own: plain ES2020, as text because it is no part of this program. */
const SHIM = `function (given) {
  'use strict';
  if (given.nowIso !== null) {
    var Real = Date;
    var aheadMs = Real.parse(given.nowIso) - Real.now();
    window.Date = class Date extends Real {
      constructor() {
        if (arguments.length === 0) super(Real.now() + aheadMs);
        else super(...arguments);
      }
      static now() { return Real.now() + aheadMs; }
    };
  }
  var tell = function (message) { parent.postMessage(message, given.origin); };
  var check = function (value, path) {
    if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return;
    if (typeof value === 'number' && isFinite(value)) return;
    if (typeof value === 'object' && !(value instanceof Date) && !(value instanceof Node)) {
      Object.keys(value).forEach(function (key) { check(value[key], path + '.' + key); });
      return;
    }
    throw new TypeError('Failed due to illegal value in property: ' + path);
  };
  var call = function (name, args, handlers) {
    args.forEach(function (value, at) { check(value, String(at)); });
    var body = JSON.stringify({ frame: given.frame, key: given.key, name: name, args: args });
    fetch(given.url, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: body })
      .then(function (reply) {
        if (!reply.ok) throw new Error('The workbench refused the call: ' + reply.status);
        return reply.json();
      })
      .catch(function (error) {
        return { ok: false, error: { what: 'NetworkError: Connection failure due to HTTP 0 (' + error.message + ')' } };
      })
      .then(function (reply) {
        if (reply.ok) {
          if (handlers.success) handlers.success(reply.value, handlers.object);
        } else if (handlers.failure) {
          handlers.failure(new Error(reply.error.what), handlers.object);
        } else {
          console.error('google.script.run.' + name + ': ' + reply.error.what);
        }
      });
  };
  var runner = function (handlers) {
    var next = function (change) { return runner(Object.assign({}, handlers, change)); };
    return new Proxy({}, {
      get: function (_, name) {
        if (name === 'withSuccessHandler') return function (success) { return next({ success: success }); };
        if (name === 'withFailureHandler') return function (failure) { return next({ failure: failure }); };
        if (name === 'withUserObject') return function (object) { return next({ object: object }); };
        if (typeof name !== 'string' || name === 'then') return undefined;
        return function () { call(name, Array.prototype.slice.call(arguments), handlers); };
      },
    });
  };
  window.google = {
    script: {
      run: runner({}),
      host: {
        origin: 'https://docs.google.com',
        close: function () { tell({ workbench: 'close' }); },
        setHeight: function (height) { tell({ workbench: 'size', width: null, height: Number(height) }); },
        setWidth: function (width) { tell({ workbench: 'size', width: Number(width), height: null }); },
        editor: { focus: function () { tell({ workbench: 'focus-editor' }); } },
      },
    },
  };
  var open = function (url) { tell({ workbench: 'open', url: String(url) }); };
  window.open = function (url) { open(url); return null; };
  addEventListener('click', function (event) {
    var link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link === null || event.defaultPrevented || !/^https?:/.test(link.href)) return;
    event.preventDefault();
    open(link.href);
  });
}`;
