/** The looks of the pages around connecting: from 360 px to a desktop, light and dark. */

export const PAGE_STYLE = `
:root{color-scheme:light dark;--back:#f3f5f8;--card:#fff;--ink:#1d2733;--soft:#5a6572;--line:#d5dbe3;--brand:#1b365d;--on-brand:#fff;--good:#1a6b3c;--bad:#a3390b}
@media (prefers-color-scheme:dark){:root{--back:#12171e;--card:#1c232d;--ink:#e6eaf0;--soft:#a5b0bd;--line:#36404d;--brand:#a9c7f0;--on-brand:#12171e;--good:#7dd3a0;--bad:#f5a37b}}
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:var(--back);color:var(--ink);font:16px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere}
main{max-width:560px;margin:0 auto;padding:24px;background:var(--card);border:1px solid var(--line);border-radius:8px}
.brand{margin:0 0 16px;color:var(--soft);font-size:14px;letter-spacing:.04em}
h1{display:flex;align-items:center;gap:12px;margin:0 0 16px;font-size:22px;line-height:1.3}
.sign{flex:none;display:inline-flex;align-items:center;justify-content:center;width:32px;height:32px;border:2px solid var(--soft);border-radius:50%;color:var(--soft);font-size:18px}
.good{border-color:var(--good);color:var(--good)}
.bad{border-color:var(--bad);color:var(--bad)}
p,ul{margin:0 0 12px}
ul{padding-left:22px}
main>:last-child{margin-bottom:0}
.small{color:var(--soft);font-size:14px}
.button{display:inline-block;padding:12px 20px;border-radius:6px;background:var(--brand);color:var(--on-brand);font-weight:bold;text-decoration:none}
.button:hover{text-decoration:underline}
.button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
`.trim();
